package runs

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

// compare gives the rows of a page what changed since the month before, where
// that is published and the actor sees both totals.
func (l *listing) compare(ctx context.Context, actor rbac.Actor, p *periods.Period) error {
	runID, err := publishedBefore(ctx, l.tx, p)
	if err != nil || runID == 0 || len(l.page.Rows) == 0 {
		return err
	}
	before, err := l.resultsOf(ctx, actor, runID)
	if err != nil {
		return err
	}
	for i := range l.page.Rows {
		row := &l.page.Rows[i]
		if was := before[row.StaffID]; was != nil && was.Total.Known && row.Total.Known {
			row.Change, row.ChangePrecision = row.Total.Minus(was.Total), max(row.Precision, was.Precision)
		}
	}
	return nil
}

// publishedBefore is the run that was published of the month before a period; 0 if there is none.
func publishedBefore(ctx context.Context, tx db.Tx, p *periods.Period) (runID int64, err error) {
	month, err := time.Parse("2006-01", p.Code)
	if err != nil {
		return 0, fmt.Errorf("the period %s is no month: %w", p.Code, err)
	}
	err = tx.NewSelect().Model((*periods.Period)(nil)).ColumnExpr("COALESCE(published_run_id, 0)").
		Where("code = ?", month.AddDate(0, -1, 0).Format("2006-01")).Scan(ctx, &runID)
	if db.IsNoRows(err) {
		return 0, nil
	}
	return runID, err
}

// resultsOf reads the results that a published run has of the members of a page, as far as they are in sight.
func (l *listing) resultsOf(ctx context.Context, actor rbac.Actor, runID int64) (map[int64]*Result, error) {
	seen, err := sightOf(ctx, l.tx, actor, rbac.ResultRead, true)
	if err != nil || seen.nothing() {
		return nil, err
	}
	ids := make([]int64, len(l.page.Rows))
	for i := range l.page.Rows {
		ids[i] = l.page.Rows[i].StaffID
	}
	results, args := map[int64]*Result{}, []any{runID, bun.List(ids)}
	err = l.tx.Each(ctx, "SELECT "+resultColumns+" FROM results WHERE run_id = ? AND staff_id IN (?)", args, func(row db.Row) error {
		results[row.Int(0)] = scanResult(row)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the results of the month before: %w", err)
	}
	if seen.whole {
		return results, nil
	}
	if err := readSegments(ctx, l.tx, ofRun, args, results); err != nil {
		return nil, err
	}
	for id, r := range results {
		if _, ok := seen.cut(r); !ok {
			delete(results, id)
		}
	}
	return results, nil
}
