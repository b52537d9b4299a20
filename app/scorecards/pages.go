package scorecards

import (
	"context"
	"fmt"
	"math"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

// MetricPage lists metrics by code or name, and gives the cursor of the next page.
func (s *Service) MetricPage(ctx context.Context, actor rbac.Actor, q page.Query) (metrics []Metric, next string, err error) {
	if err := access.Require(actor, rbac.MetricRead); err != nil {
		return nil, "", err
	}
	plan, err := q.Plan("m.id", page.Order{Name: "code", Column: "m.code"}, page.Order{Name: "name", Column: "m.name"})
	if err != nil {
		return nil, "", err
	}
	metrics = []Metric{}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		query := fmt.Sprintf("SELECT m.id, m.code, m.name, m.unit_of_measure, m.decimals FROM metrics AS m WHERE ? ORDER BY %s LIMIT %d", plan.OrderBy(), plan.Fetch())
		return tx.Each(ctx, query, []any{plan.Where()}, func(r db.Row) error {
			metrics = append(metrics, Metric{ID: r.Int(0), Code: r.Text(1), Name: r.Text(2), Measure: r.Text(3), Decimals: int(r.Int(4))})
			return nil
		})
	})
	if err != nil {
		return nil, "", fmt.Errorf("reading metrics: %w", err)
	}
	if len(metrics) > plan.Limit {
		metrics = metrics[:plan.Limit]
		last := metrics[plan.Limit-1]
		next = plan.Next(map[string]string{"code": last.Code, "name": last.Name}[plan.Sort()], last.ID)
	}
	s.trail.Listed(ctx, actor, "metric", "")
	return metrics, next, nil
}

// Page lists the newest version of every scorecard by code, and gives the cursor
// of the next page.
func (s *Service) Page(ctx context.Context, actor rbac.Actor, q page.Query) ([]Version, string, error) {
	list, err := s.List(ctx, actor)
	if err != nil {
		return nil, "", err
	}
	s.trail.Listed(ctx, actor, "scorecard", "")
	return page.Cut(q, "code", list, func(v Version) string { return v.Code })
}

// VersionPage lists the versions of one scorecard, the newest first, and gives the
// cursor of the next page.
func (s *Service) VersionPage(ctx context.Context, actor rbac.Actor, code string, q page.Query) ([]Version, string, error) {
	list, err := s.Versions(ctx, actor, code)
	if err != nil {
		return nil, "", err
	}
	s.trail.Listed(ctx, actor, "scorecard", "scorecard="+code)
	return page.Cut(q, "age", list, func(v Version) string { return fmt.Sprintf("%010d", math.MaxInt32-v.Number) })
}
