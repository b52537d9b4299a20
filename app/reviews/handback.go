package reviews

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/rbac"
)

// reasonMost bounds what somebody writes as a reason, in characters.
const reasonMost = 500

// HandBack names submitted cells of one rater, and says why they are handed back.
type HandBack struct {
	StaffNo  string
	Unit     string // code
	Position string // all if empty
	Role     string
	Rater    string // staff number, or username without one
	Item     string // all if empty
	Reason   string
}

// Return hands submitted cells back to their rater, who may write and submit them
// again: they are no facts any more. It gives how many. What is not in the actor's
// scope is not found; one's own reviews nobody hands back.
func (s *Service) Return(ctx context.Context, actor rbac.Actor, period string, back HandBack) (int, error) {
	if err := access.Require(actor, rbac.ReviewReturn); err != nil {
		return 0, err
	}
	reason, err := checkReason(back.Reason)
	if err != nil {
		return 0, err
	}
	n := 0
	_, err = s.batches.Record(ctx, actor, batchKind, func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		p, err := s.month.Read(ctx, tx, period)
		if err != nil {
			return err
		}
		before, err := back.find(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		if err := p.open(); err != nil {
			return err
		}
		after := make([]*Cell, len(before))
		for i, c := range before {
			copied := *c
			copied.State, copied.ReturnReason, copied.ReturnedBy = Returned, reason, actor.Name
			copied.WrittenAt = b.At
			copied.Version++
			after[i] = &copied
		}
		n = len(after)
		b.About("review.return", "review", strings.Join([]string{p.Code, back.StaffNo, back.Unit, back.Role}, "/"))
		b.Because(reason)
		b.SetPeriod(p.ID)
		return changeStates(ctx, tx, b, p, before, after)
	})
	return n, err
}

// checkReason gives a reason without the blanks around it.
func checkReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return "", fault.New(fault.Invalid, "review.no_reason", nil)
	}
	if f := checkText(reason, reasonMost); f != nil {
		return "", f
	}
	return reason, nil
}

// find reads the submitted cells that are meant.
func (h *HandBack) find(ctx context.Context, tx db.Tx, actor rbac.Actor, p *Period) ([]*Cell, error) {
	for _, text := range []string{h.StaffNo, h.Unit, h.Position, h.Role, h.Rater, h.Item} {
		if f := checkText(text, nameMost); f != nil {
			return nil, f
		}
	}
	scope := actor.Scope(rbac.ReviewReturn)
	own := len(scope.NotStaff) > 0
	scope.NotStaff = nil // of one's own record more may be said than that it is not there
	cells, err := readCells(ctx, tx, p, func(q *bun.SelectQuery) *bun.SelectQuery {
		q.Where("s.staff_no = ? AND u.code = ? AND c.role = ? AND c.state <> 'draft'", h.StaffNo, h.Unit, h.Role).
			Where(raterNo+" = ?", h.Rater).Where("?", db.InScope(scope, "u.path", "c.staff_id")).OrderExpr("c.id")
		if h.Position != "" {
			q.Where("c.position = ?", h.Position)
		}
		if h.Item != "" {
			q.Where("c.item = ?", h.Item)
		}
		return q
	})
	if err != nil {
		return nil, err
	}
	if len(cells) == 0 {
		return nil, fault.New(fault.NotFound, "review.unknown", nil)
	}
	if own && cells[0].staffID == actor.StaffID {
		return nil, access.Refused(rbac.Decision{Step: rbac.StepSeparation, Permission: rbac.ReviewReturn})
	}
	var submitted []*Cell
	for _, c := range cells {
		if c.State == Submitted {
			submitted = append(submitted, c)
		}
	}
	if len(submitted) == 0 {
		return nil, fault.New(fault.Conflict, "review.not_submitted", nil)
	}
	return submitted, nil
}
