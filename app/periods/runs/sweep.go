package runs

import (
	"context"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/periods"
)

// sweepMembers is how many members' rows one deleting transaction takes: few
// enough that SQLite's one writer is free again within a fraction of a second.
const sweepMembers = 1000

// memberTables are the tables that hold rows of a run by member.
var memberTables = []string{"result_items", "result_segments", "results", "frozen_members"}

// Sweep takes away every run that a program which is gone left unfinished. A
// run that another program still works on is left alone.
func (s *Service) Sweep(ctx context.Context) error {
	var working []Run
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.NewSelect().Model(&working).Where("state = ?", Working).OrderExpr("id").Scan(ctx)
	})
	if err != nil {
		return err
	}
	for _, run := range working {
		lock, err := s.db.TryLock(ctx, periods.RunLock(run.PeriodID))
		if fault.KindOf(err) == fault.Conflict {
			continue
		}
		if err != nil {
			return err
		}
		err = s.sweepPeriod(ctx, run.PeriodID)
		lock.Release()
		if err != nil {
			return err
		}
	}
	return nil
}

// sweepPeriod takes away the unfinished run of a period whose lock the caller holds.
func (s *Service) sweepPeriod(ctx context.Context, periodID int64) error {
	var ids []int64
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.NewSelect().Table("runs").Column("id").
			Where("period_id = ?", periodID).Where("state = ?", Working).Scan(ctx, &ids)
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.remove(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// remove deletes a working run with all its rows, the run itself last, so that
// a sweep that is cut short is taken up by the next. A run that is done after
// all stays as it is.
func (s *Service) remove(ctx context.Context, runID int64) error {
	working := false
	err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { // see calculation.write
		held, err := tx.NewUpdate().Table("runs").Set("done_members = 0").Where("id = ?", runID).Where("state = ?", Working).Exec(ctx)
		if err != nil {
			return err
		}
		n, err := held.RowsAffected()
		working = n > 0
		return err
	})
	if err != nil || !working {
		return err
	}
	for _, table := range memberTables {
		if err := s.removeRows(ctx, table, runID); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		for _, table := range []string{"run_scorecards", "run_units"} {
			if _, err := tx.NewDelete().Table(table).Where("run_id = ?", runID).Exec(ctx); err != nil {
				return err
			}
		}
		_, err := tx.NewDelete().Table("runs").Where("id = ?", runID).Where("state = ?", Working).Exec(ctx)
		return err
	})
}

// removeRows deletes a run's rows of one table, a transaction for each so many members.
func (s *Service) removeRows(ctx context.Context, table string, runID int64) error {
	for after := int64(-1); ; {
		var last int64
		err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			chunk := tx.NewSelect().Table(table).ColumnExpr("DISTINCT staff_id").
				Where("run_id = ?", runID).Where("staff_id > ?", after).OrderExpr("staff_id").Limit(sweepMembers)
			err := tx.NewSelect().ColumnExpr("COALESCE(MAX(staff_id), 0)").TableExpr("(?) AS chunk", chunk).Scan(ctx, &last)
			if err != nil || last == 0 {
				return err
			}
			_, err = tx.NewDelete().Table(table).
				Where("run_id = ?", runID).Where("staff_id > ?", after).Where("staff_id <= ?", last).Exec(ctx)
			return err
		})
		if err != nil || last == 0 {
			return err
		}
		after = last
	}
}

// thaw drops the frozen inputs that nobody needs any more: those of runs of the
// period that are neither published, nor the latest, nor the one before it,
// which the latest is compared with.
func (s *Service) thaw(ctx context.Context, periodID int64) error {
	var ids []int64
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		published := tx.NewSelect().Table("periods").Column("published_run_id").
			Where("id = ?", periodID).Where("published_run_id IS NOT NULL")
		newest := tx.NewSelect().Table("runs").Column("id").
			Where("period_id = ?", periodID).Where("state = ?", Done).OrderExpr("number DESC").Limit(keptRuns)
		return tx.NewSelect().TableExpr("runs AS r").Column("r.id").
			Where("r.period_id = ?", periodID).Where("r.state = ?", Done).
			Where("r.id NOT IN (?)", published).
			Where("r.id NOT IN (SELECT newest.id FROM (?) AS newest)", newest).
			Where("EXISTS (SELECT 1 FROM frozen_members AS f WHERE f.run_id = r.id)").Scan(ctx, &ids)
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.removeRows(ctx, "frozen_members", id); err != nil {
			return err
		}
	}
	return nil
}

// keptRuns is how many of the newest runs keep their frozen inputs.
const keptRuns = 2
