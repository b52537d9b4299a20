package periods

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// batchKind is the kind of the batches that record who did what to a period. They
// bring no inputs: a run is not outdated by them.
const batchKind = "period"

// Service creates periods, says what blocks them, and moves them on. Each change
// is a batch: it is recorded with who made it, and none is made while files come in.
type Service struct {
	db      *db.DB
	batches *imports.Service
	trail   *audit.Service
}

// NewService makes the service.
func NewService(d *db.DB, clock func() time.Time) *Service {
	return &Service{db: d, batches: imports.NewService(d, clock, nil, nil)}
}

// Audited has reads of lists put on the audit trail; without it they are not.
func (s *Service) Audited(trail *audit.Service) *Service {
	s.trail = trail
	return s
}

// record does f in a transaction as one batch.
func (s *Service) record(ctx context.Context, actor rbac.Actor, f func(context.Context, db.Tx, *imports.Batch) error) error {
	_, err := s.batches.Record(ctx, actor, batchKind, f)
	return err
}

// changed keeps in a batch what became of a period.
func changed(b *imports.Batch, action string, before, after Period) {
	b.About(action, "period", after.Code)
	b.SetPeriod(after.ID)
	b.History("period", after.ID, 0, before, after)
	b.Count(0, 1, 0, 0)
}

// Status is a period with what stands in the way of its next state.
type Status struct {
	*Period
	Next     State     `json:"next,omitempty"` // none: it is closed
	Run      *RunState `json:"run,omitempty"`  // the published run, before publishing the latest
	Blockers []Blocker `json:"blockers"`
	Waivers  []Waiver  `json:"waivers"`
}

// Blocked tells whether something stands in the way that nobody has let pass.
func (s *Status) Blocked() bool { return blocked(s.Period, s.Blockers) != nil }

// Create makes a period in draft. One that is there already is a conflict.
func (s *Service) Create(ctx context.Context, actor rbac.Actor, code string, minDays int) (*Period, error) {
	if err := access.RequireWhole(actor, rbac.PeriodManage); err != nil {
		return nil, err
	}
	p, err := New(code, minDays)
	if err != nil {
		return nil, err
	}
	err = s.record(ctx, actor, func(ctx context.Context, tx db.Tx, b *imports.Batch) (err error) {
		p, err = idempotency.Do(ctx, tx, b.At, func() (*Period, error) {
			if err := insert(ctx, tx, p); err != nil {
				return nil, err
			}
			b.About("period.create", "period", p.Code)
			b.SetPeriod(p.ID)
			b.History("period", p.ID, 0, nil, *p)
			b.Count(1, 0, 0, 0)
			return p, nil
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// List gives the periods, the latest month first, at most 1000.
func (s *Service) List(ctx context.Context, actor rbac.Actor) ([]*Period, error) {
	if err := access.Require(actor, rbac.PeriodRead); err != nil {
		return nil, err
	}
	var found []*Period
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		found, err = list(ctx, tx)
		return err
	})
	return found, err
}

// Show gives a period with what blocks its next state, as far as the actor's scope reaches.
func (s *Service) Show(ctx context.Context, actor rbac.Actor, code string) (*Status, error) {
	if err := access.Require(actor, rbac.PeriodRead); err != nil {
		return nil, err
	}
	var status *Status
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := Find(ctx, tx, code)
		if err != nil {
			return err
		}
		scope := scopeIn(actor, p.State)
		if status, err = statusOf(ctx, tx, scope, p, 0); err != nil {
			return err
		}
		return status.within(ctx, tx, scope)
	})
	if err != nil {
		return nil, err
	}
	return status, nil
}

// Waive lets a blocker of the next state pass, for a reason that is kept. The
// subject is that of blockers or the code of a unit; empty for all of the sort.
func (s *Service) Waive(ctx context.Context, actor rbac.Actor, code string, blocker BlockerCode, subject, reason string) (*Waiver, error) {
	if err := access.RequireWhole(actor, rbac.PeriodManage); err != nil {
		return nil, err
	}
	var waiver *Waiver
	err := s.record(ctx, actor, func(ctx context.Context, tx db.Tx, b *imports.Batch) (err error) {
		waiver, err = idempotency.Do(ctx, tx, b.At, func() (*Waiver, error) {
			return letPass(ctx, tx, b, code, blocker, subject, reason)
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return waiver, nil
}

// letPass makes a waiver of what blocks a period now.
func letPass(ctx context.Context, tx db.Tx, b *imports.Batch, code string, blocker BlockerCode, subject, reason string) (*Waiver, error) {
	p, err := locked(ctx, tx, code, 0)
	if err != nil {
		return nil, err
	}
	if err := p.unpublished("period.no_waiver"); err != nil {
		return nil, err
	}
	status, err := statusOf(ctx, tx, rbac.Everything(), p, 0)
	if err != nil {
		return nil, err
	}
	waiver, err := newWaiver(p, status.Blockers, blocker, subject, reason)
	if err != nil {
		return nil, err
	}
	waiver.MadeBy, waiver.MadeAt = b.Actor.Name, b.At
	b.About("period.waive", "period", p.Code)
	b.Because(strings.TrimSpace(string(blocker)+" "+subject) + ": " + waiver.Reason)
	b.SetPeriod(p.ID)
	b.Count(1, 0, 0, 0)
	return waiver, insertWaiver(ctx, tx, p, waiver)
}

// Open goes from draft to collecting. The version is that which the caller has
// seen, 0 for any; so with the other transitions.
func (s *Service) Open(ctx context.Context, actor rbac.Actor, code string, version int64) (*Period, error) {
	return s.move(ctx, actor, code, version, rbac.PeriodManage, "period.open", (*Period).Open)
}

// Score goes from collecting to scoring.
func (s *Service) Score(ctx context.Context, actor rbac.Actor, code string, version int64) (*Period, error) {
	return s.move(ctx, actor, code, version, rbac.PeriodManage, "period.score", (*Period).Score)
}

// Close goes from published to closed.
func (s *Service) Close(ctx context.Context, actor rbac.Actor, code string, version int64) (*Period, error) {
	return s.move(ctx, actor, code, version, rbac.PeriodClose, "period.close", (*Period).Close)
}

func (s *Service) move(ctx context.Context, actor rbac.Actor, code string, version int64,
	needs rbac.Permission, action string, step func(*Period) error,
) (*Period, error) {
	if err := access.RequireWhole(actor, needs); err != nil {
		return nil, err
	}
	var moved *Period
	err := s.record(ctx, actor, func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		p, err := locked(ctx, tx, code, version)
		if err != nil {
			return err
		}
		before := *p
		if err := step(p); err != nil {
			return err
		}
		status, err := statusOf(ctx, tx, rbac.Everything(), &before, 0)
		if err != nil {
			return err
		}
		if err := blocked(p, status.Blockers); err != nil {
			return err
		}
		if err := update(ctx, tx, p); err != nil {
			return err
		}
		changed(b, action, before, *p)
		moved = p
		return nil
	})
	if err != nil {
		return nil, err
	}
	return moved, nil
}

// Publish shows members the results of a run, the latest that can be seen for
// number 0. From then on the run and the inputs of the period cannot change.
// While a run is at work it is a conflict.
func (s *Service) Publish(ctx context.Context, actor rbac.Actor, code string, version int64, number int) (*Period, error) {
	if err := access.RequireWhole(actor, rbac.PeriodPublish); err != nil {
		return nil, err
	}
	lock, err := s.lockRuns(ctx, code)
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	var published *Period
	err = s.record(ctx, actor, func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		p, err := locked(ctx, tx, code, version)
		if err != nil {
			return err
		}
		if p.State != Scoring {
			return p.Publish(0, time.Time{})
		}
		status, err := statusOf(ctx, tx, rbac.Everything(), p, number)
		if err != nil {
			return err
		}
		if err := blocked(p, status.Blockers); err != nil {
			return err
		}
		if err := publishesOthers(ctx, tx, actor, status.Run.ID); err != nil {
			return err
		}
		before := *p
		if err := p.Publish(status.Run.ID, b.At); err != nil {
			return err
		}
		if err := update(ctx, tx, p); err != nil {
			return err
		}
		changed(b, "period.publish", before, *p)
		published = p
		return nil
	})
	if err != nil {
		return nil, err
	}
	return published, nil
}

// publishesOthers refuses whoever has a result in the run that they would publish.
func publishesOthers(ctx context.Context, tx db.Tx, actor rbac.Actor, runID int64) error {
	if actor.StaffID == 0 {
		return nil
	}
	own, err := tx.NewSelect().Table("results").Where("run_id = ? AND staff_id = ?", runID, actor.StaffID).Exists(ctx)
	if err != nil {
		return fmt.Errorf("reading results: %w", err)
	}
	if !own {
		return nil
	}
	return access.RequireOn(actor, rbac.PeriodPublish, rbac.Target{Whole: true, StaffID: actor.StaffID})
}

// lockRuns takes the lock that a run of the period holds while it works.
func (s *Service) lockRuns(ctx context.Context, code string) (*db.Lock, error) {
	var p *Period
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		p, err = Find(ctx, tx, code)
		return err
	})
	if err != nil {
		return nil, err
	}
	lock, err := s.db.TryLock(ctx, RunLock(p.ID))
	if fault.KindOf(err) == fault.Conflict {
		return nil, fault.Wrap(err, fault.Conflict, "period.running", lang.Args{"period": code})
	}
	return lock, err
}

// RunLock names the lock that is held while a run of a period is made.
func RunLock(periodID int64) string { return fmt.Sprintf("run/%d", periodID) }
