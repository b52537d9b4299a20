package periods

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
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
		Where("id > ? AND kind <> ? AND (period_id = ? OR period_id IS NULL)", run.LastBatchID, batchKind, p.ID).Exists(ctx)
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
	incomplete, err := incompleteMembers(ctx, tx, scope, run.ID)
	return run, append(blockers, incomplete...), err
}

// incompleteMembers lists the incomplete members of a run by unit and staff
// number, each with the items that have no value.
func incompleteMembers(ctx context.Context, tx db.Tx, scope rbac.Scope, runID int64) ([]Blocker, error) {
	var blockers []Blocker
	at := map[int64]int{}
	here := bun.SafeQuery("(1 = 1)")
	if bounded(scope) { // what is missing elsewhere is not told here
		here = bun.SafeQuery(`EXISTS (SELECT 1 FROM result_segments v JOIN units vu ON vu.id = v.unit_id
			WHERE v.run_id = r.run_id AND v.staff_id = r.staff_id AND v.status <> 'complete' AND ?)`, db.InScope(scope, "vu.path", "v.staff_id"))
	}
	err := tx.Each(ctx, `SELECT r.staff_id, r.staff_no, r.reason, u.code, u.name FROM results r JOIN units u ON u.id = r.unit_id
		WHERE r.run_id = ? AND r.status = 'incomplete' AND ? AND ? ORDER BY u.code, r.staff_no`,
		[]any{runID, db.InScope(scope, "u.path", "r.staff_id"), here}, func(row db.Row) error {
			at[row.Int(0)] = len(blockers)
			blockers = append(blockers, Blocker{
				Code: Incomplete, Subject: row.Text(1), Reason: scoring.Reason(row.Text(2)), Unit: row.Text(3), UnitName: row.Text(4), Count: 1,
			})
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("reading results: %w", err)
	}
	if len(blockers) == 0 {
		return nil, nil
	}
	items, err := itemKeys(ctx, tx, runID)
	if err != nil {
		return nil, err
	}
	err = tx.Each(ctx, `SELECT i.staff_id, g.scorecard, i.item_no, i.reason FROM result_items i
		JOIN results r ON r.run_id = i.run_id AND r.staff_id = i.staff_id AND r.status = 'incomplete'
		JOIN result_segments g ON g.run_id = i.run_id AND g.staff_id = i.staff_id AND g.segment_no = i.segment_no
		JOIN units u ON u.id = g.unit_id
		WHERE i.run_id = ? AND i.status = 'missing' AND ? ORDER BY i.staff_id, i.segment_no, i.item_no`,
		[]any{runID, db.InScope(scope, "u.path", "i.staff_id")}, func(row db.Row) error {
			keys := items[row.Text(1)]
			if b, ok := at[row.Int(0)]; ok && int(row.Int(2)) <= len(keys) {
				blockers[b].Items = append(blockers[b].Items, LackingItem{keys[row.Int(2)-1], scoring.Reason(row.Text(3))})
			}
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("reading results: %w", err)
	}
	return blockers, nil
}

// itemKeys gives the keys of the items of a run's frozen scorecards, in their order.
func itemKeys(ctx context.Context, tx db.Tx, runID int64) (map[string][]string, error) {
	keys := map[string][]string{}
	err := tx.Each(ctx, "SELECT code, definition FROM run_scorecards WHERE run_id = ?", []any{runID}, func(row db.Row) error {
		code := row.Text(0)
		cards, err := scoring.ReadScorecards(bytes.NewReader(row.Bytes(1)), code)
		if err != nil {
			return err
		}
		for _, card := range cards {
			for _, item := range card.Items() {
				keys[code] = append(keys[code], item.Key)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the scorecards of a run: %w", err)
	}
	return keys, nil
}
