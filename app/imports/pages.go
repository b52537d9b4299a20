package imports

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

// Audited has reads of lists put on the audit trail; without it they are not.
func (s *Service) Audited(trail *audit.Service) *Service {
	s.trail = trail
	return s
}

// BatchPage is a page of batches, the last first.
type BatchPage struct {
	Batches []Record
	Next    string // the cursor of the next page; empty on the last
}

// BatchPage lists batches, the last first; the limit is that of the query.
func (s *Service) BatchPage(ctx context.Context, actor rbac.Actor, filter Filter, q page.Query) (*BatchPage, error) {
	if err := access.RequireWhole(actor, rbac.BatchRead); err != nil {
		return nil, err
	}
	if q.Sort == "" {
		q.Sort = "-id"
	}
	plan, err := q.Plan("b.id", page.Order{Name: "id", Column: "b.id", Int: true})
	if err != nil {
		return nil, err
	}
	found := &BatchPage{Batches: []Record{}}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		query := selectRecords(tx, &found.Batches)
		return filter.narrow(query).Where("?", plan.Where()).OrderExpr(plan.OrderBy()).Limit(int64(plan.Fetch())).Scan(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("listing batches: %w", err)
	}
	for i := range found.Batches {
		found.Batches[i].MadeAt = found.Batches[i].MadeAt.UTC()
	}
	if len(found.Batches) > plan.Limit {
		found.Batches = found.Batches[:plan.Limit]
		last := found.Batches[plan.Limit-1].ID
		found.Next = plan.Next(last, last)
	}
	s.trail.Listed(ctx, actor, "batch", fmt.Sprintf("kind=%s period=%s", filter.Kind, filter.Period))
	return found, nil
}

func (f Filter) narrow(query *bun.SelectQuery) *bun.SelectQuery {
	if f.Kind != "" {
		query.Where("b.kind = ?", f.Kind)
	}
	if f.Period != "" {
		query.Where("p.code = ?", f.Period)
	}
	return query
}
