package reviews

import (
	"context"
	"time"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Service keeps rubrics, and lets raters fill and submit the review grid.
type Service struct {
	db      *db.DB
	clock   func() time.Time
	batches *imports.Service
	month   Month
	policy  func() Policy
	trail   *audit.Service
}

// NewService makes the service. The policy in force is asked anew for each use.
func NewService(d *db.DB, clock func() time.Time, batches *imports.Service, month Month, policy func() Policy) *Service {
	return &Service{db: d, clock: clock, batches: batches, month: month, policy: policy}
}

// Audited has the service put on record which lists were read.
func (s *Service) Audited(trail *audit.Service) *Service {
	s.trail = trail
	return s
}

// readBoard reads a period and what the actor is to rate in it.
func (s *Service) readBoard(ctx context.Context, tx db.Tx, actor rbac.Actor, code string) (*board, error) {
	p, err := s.month.Read(ctx, tx, code)
	if err != nil {
		return nil, err
	}
	b, err := readBoard(ctx, tx, s.month, s.policy(), actor, p)
	if err == nil && len(b.seats) > 0 {
		b.overseer, err = oversees(ctx, tx, b.tree, actor.UserID, 0, s.today(actor))
	}
	return b, err
}

// today is the day as of which an actor acts; the operator of the machine has none
// but that of the clock.
func (s *Service) today(actor rbac.Actor) db.Date {
	if day, err := db.ParseDate(string(actor.Day())); err == nil {
		return day
	}
	return db.DateOf(s.clock())
}

// open is nil while reviews are written in the period, a conflict otherwise.
func (p *Period) open() error {
	if p.Collecting {
		return nil
	}
	return fault.New(fault.Conflict, "review.period", lang.Args{"period": p.Code, "state": p.StateName})
}
