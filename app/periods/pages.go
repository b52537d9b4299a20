package periods

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

// Page lists the periods in a state, all of them for none, the latest month
// first, and gives the cursor of the next page.
func (s *Service) Page(ctx context.Context, actor rbac.Actor, state State, q page.Query) (found []*Period, next string, err error) {
	if err := access.Require(actor, rbac.PeriodRead); err != nil {
		return nil, "", err
	}
	if q.Sort == "" {
		q.Sort = "-code"
	}
	plan, err := q.Plan("id", page.Order{Name: "code", Column: "code"})
	if err != nil {
		return nil, "", err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		query := tx.NewSelect().Model(&found).Where("?", plan.Where()).OrderExpr(plan.OrderBy()).Limit(int64(plan.Fetch()))
		if state != "" {
			query.Where("state = ?", string(state))
		}
		return query.Scan(ctx)
	})
	if err != nil {
		return nil, "", fmt.Errorf("reading periods: %w", err)
	}
	if len(found) > plan.Limit {
		found = found[:plan.Limit]
		last := found[plan.Limit-1]
		next = plan.Next(last.Code, last.ID)
	}
	s.trail.Listed(ctx, actor, "period", "state="+string(state))
	return found, next, nil
}
