package reviews

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

// Filter narrows a list of reviews. What is empty narrows nothing.
type Filter struct {
	Unit  string // code: the unit and all below it
	Staff string // staff number
	Role  string
	State State
}

// text is the filter as the audit trail has it.
func (f Filter) text(period string) string {
	return strings.Join([]string{period, f.Unit, f.Staff, f.Role, string(f.State)}, " ")
}

// Reviews lists what was written in the actor's scope in a period, by staff number.
//
// A draft is its rater's alone. Members see what was said of them when the results
// are published. Who gave a rating is known of managers and of the member itself;
// of all others, peers first, only to the rater and to those who may hand it back.
// What a rater writes into a returned review is a draft again, and not shown.
func (s *Service) Reviews(ctx context.Context, actor rbac.Actor, period string, filter Filter, q page.Query) (list []*Cell, next string, err error) {
	if err := access.Require(actor, rbac.ReviewRead); err != nil {
		return nil, "", err
	}
	for _, text := range []string{filter.Unit, filter.Staff, filter.Role} {
		if f := checkText(text, nameMost); f != nil {
			return nil, "", f
		}
	}
	plan, err := q.Plan("c.id", page.Order{Name: "staff_no", Column: "s.staff_no"})
	if err != nil {
		return nil, "", err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := s.month.Read(ctx, tx, period)
		if err != nil {
			return err
		}
		open, err := openTo(ctx, tx, actor)
		if err != nil {
			return err
		}
		list, err = readCells(ctx, tx, p, func(q *bun.SelectQuery) *bun.SelectQuery {
			return filter.narrow(visible(q, actor, p)).Where("?", plan.Where()).OrderExpr(plan.OrderBy()).Limit(int64(plan.Fetch()))
		})
		for _, c := range list {
			c.Names.Item = p.itemName(c.Position, c.Item)
			c.veil(actor, open)
		}
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if len(list) > plan.Limit {
		list = list[:plan.Limit]
		last := list[plan.Limit-1]
		next = plan.Next(last.StaffNo, last.id)
	}
	s.trail.Listed(ctx, actor, "reviews", filter.text(period))
	return list, next, nil
}

// visible narrows cells down to those that the actor may see.
func visible(q *bun.SelectQuery, actor rbac.Actor, p *Period) *bun.SelectQuery {
	q.Where("?", db.InScope(actor.Scope(rbac.ReviewRead), "u.path", "c.staff_id")).
		Where("(c.state <> 'draft' OR c.rater_id = ?)", actor.UserID)
	if !p.Shown && actor.StaffID != 0 {
		q.Where("(c.staff_id <> ? OR c.rater_id = ?)", actor.StaffID, actor.UserID)
	}
	return q
}

func (f Filter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if f.Unit != "" {
		q.Where("EXISTS (SELECT 1 FROM units fu WHERE fu.code = ? AND u.path >= fu.path AND u.path < SUBSTR(fu.path, 1, LENGTH(fu.path) - 1) || '0')", f.Unit)
	}
	if f.Staff != "" {
		q.Where("s.staff_no = ?", f.Staff)
	}
	if f.Role != "" {
		q.Where("c.role = ?", f.Role)
	}
	if f.State != "" {
		q.Where("c.state = ?", string(f.State))
	}
	return q
}

// openTo gives the units in which the actor may know who gave every rating.
func openTo(ctx context.Context, tx db.Tx, actor rbac.Actor) (map[int64]bool, error) {
	open := map[int64]bool{}
	scope := actor.Scope(rbac.ReviewReturn)
	scope.Staff, scope.NotStaff = nil, nil
	if scope.Empty() {
		return open, nil
	}
	err := tx.Each(ctx, "SELECT u.id FROM units u WHERE ?", []any{db.InScope(scope, "u.path", "")}, func(r db.Row) error {
		open[r.Int(0)] = true
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading units: %w", err)
	}
	return open, nil
}

// veil takes out of a cell what the reader may not know.
func (c *Cell) veil(reader rbac.Actor, open map[int64]bool) {
	if reader.UserID != 0 && c.raterID == reader.UserID {
		return
	}
	if c.State == Returned {
		c.Level, c.Comment = "", ""
	}
	own := reader.StaffID != 0 && c.staffID == reader.StaffID
	if c.Role == RoleManager || c.Role == RoleSelf || (open[c.unitID] && !own) {
		return
	}
	c.Rater, c.WrittenBy, c.ReturnedBy, c.WrittenAt = "", "", "", time.Time{} // the hour tells who it was
	c.Names.Rater, c.Names.RaterPinyin = "", ""
}
