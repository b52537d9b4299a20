package periods

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// RunState is what publishing needs to know of a run that can be seen.
type RunState struct {
	ID          int64     `bun:"id" json:"-"`
	Number      int       `bun:"number" json:"number"`
	FinishedAt  time.Time `bun:"finished_at" json:"finished_at"`
	LastBatchID int64     `bun:"last_batch_id" json:"-"`
	Members     int       `bun:"members" json:"members"`
	// Outdated is set when inputs came in after the run.
	Outdated bool `bun:"-" json:"outdated"`
}

// visibleRun reads a run of a period by its number, the latest for 0; false if there is none.
func visibleRun(ctx context.Context, tx bun.IDB, p *Period, number int) (*RunState, bool, error) {
	run := new(RunState)
	query := tx.NewSelect().Table("runs").Column("id", "number", "finished_at", "last_batch_id", "members").
		Where("period_id = ? AND state = 'done'", p.ID).Order("number DESC").Limit(1)
	if number != 0 {
		query = query.Where("number = ?", number)
	}
	err := query.Scan(ctx, run)
	switch {
	case db.IsNoRows(err):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("reading runs: %w", err)
	}
	run.FinishedAt = run.FinishedAt.UTC()
	run.Outdated, err = tx.NewSelect().Table("batches").
		Where("id > ? AND (period_id = ? OR period_id IS NULL)", run.LastBatchID, p.ID).Exists(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("reading batches: %w", err)
	}
	return run, true, nil
}

// runBlockers are those of a run: it is missing, outdated, or has incomplete members.
func runBlockers(ctx context.Context, tx db.Tx, scope rbac.Scope, p *Period, number int) (*RunState, []Blocker, error) {
	run, found, err := visibleRun(ctx, tx, p, number)
	switch {
	case err != nil:
		return nil, nil, err
	case !found && number != 0:
		return nil, nil, fault.New(fault.NotFound, "period.unknown_run", lang.Args{"period": p.Code, "run": number})
	case !found:
		return nil, []Blocker{{Code: NoRun, Count: 1}}, nil
	}
	var blockers []Blocker
	if run.Outdated {
		blockers = append(blockers, Blocker{Code: OutdatedRun, Count: 1})
	}
	err = tx.Each(ctx, `SELECT r.staff_no, r.reason, u.code, u.name FROM results r JOIN units u ON u.id = r.unit_id
		WHERE r.run_id = ? AND r.status = 'incomplete' AND ? ORDER BY u.code, r.staff_no`,
		[]any{run.ID, db.InScope(scope, "u.path", "r.staff_id")}, func(row db.Row) error {
			blockers = append(blockers, Blocker{
				Code: Incomplete, Subject: row.Text(0), Detail: row.Text(1), Unit: row.Text(2), UnitName: row.Text(3), Count: 1,
			})
			return nil
		})
	if err != nil {
		return nil, nil, fmt.Errorf("reading results: %w", err)
	}
	return run, blockers, nil
}
