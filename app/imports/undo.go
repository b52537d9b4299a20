package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Undo puts back what a batch did, as a batch of its own. It is a conflict when
// a run has computed from it, when a later batch has touched the same rows, when
// its period is published, or when it is undone already.
func (s *Service) Undo(ctx context.Context, actor rbac.Actor, id int64) (*Record, error) {
	if err := access.RequireWhole(actor, rbac.BatchUndo); err != nil {
		return nil, err
	}
	record := &Record{Kind: "undo"}
	err := s.batch(ctx, actor, record, Options{}, func(ctx context.Context, tx db.Tx, b *Batch) error {
		undone, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := s.mayUndo(actor, undone); err != nil {
			return err
		}
		if err := undone.canUndo(); err != nil {
			return err
		}
		if err := aboutOthers(ctx, tx, actor, id); err != nil {
			return err
		}
		record.Undoes = id
		b.About("batch.undo", "batch", strconv.FormatInt(id, 10))
		b.SetPeriod(undone.PeriodID)
		if err := s.undo(ctx, tx, b, id); err != nil || b.counts.Nothing() {
			return err
		}
		b.counts = Counts{New: undone.Withdrawn, Changed: undone.Changed, Withdrawn: undone.New}
		return nil
	}, func(context.Context, db.Tx) error {
		if record.Nothing() {
			return fault.New(fault.Conflict, "batch.nothing", lang.Args{"batch": id})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return record, nil
}

// recorded are the permissions of changes that are no imports, by the first word
// of their kinds.
var recorded = map[string]rbac.Permission{"unit": rbac.UnitManage, "scorecard": rbac.ScorecardManage, "metric": rbac.MetricManage, "period": rbac.PeriodManage}

// mayUndo lets those undo a batch who may also make one of its kind. Of a kind
// that nothing here names nobody but the operator may.
func (s *Service) mayUndo(actor rbac.Actor, r *Record) error {
	word, _, _ := strings.Cut(r.Kind, " ")
	needed := recorded[word]
	for i := range s.kinds {
		if s.kinds[i].Name == r.Kind {
			needed = s.kinds[i].Permission
		}
	}
	if r.Undoes != 0 {
		return nil // it is not undone, whoever asks
	}
	return access.RequireWhole(actor, needed)
}

// aboutOthers refuses whoever would put back something about themselves.
func aboutOthers(ctx context.Context, tx db.Tx, actor rbac.Actor, id int64) error {
	if actor.StaffID == 0 {
		return nil
	}
	own, err := tx.NewSelect().Table("history").Where("batch_id = ?", id).
		Where("((entity = 'staff' AND entity_id = ?0) OR (entity = 'assignment' AND (before LIKE ?1 OR after LIKE ?1)))",
			actor.StaffID, fmt.Sprintf(`%%"staff_id":%d,%%`, actor.StaffID)).Exists(ctx)
	for _, table := range FactTables() {
		if err != nil || own {
			break
		}
		own, err = tx.NewSelect().Table(table).Where("staff_id = ? AND (batch_id = ? OR ended_batch_id = ?)", actor.StaffID, id, id).Exists(ctx)
	}
	switch {
	case err != nil:
		return fmt.Errorf("looking for the actor's own rows: %w", err)
	case own:
		return fault.New(fault.Forbidden, "batch.self", lang.Args{"batch": id})
	}
	return nil
}

// canUndo says what of the batch itself forbids to undo it.
func (r *Record) canUndo() error {
	switch {
	case r.UndoneBy != 0:
		return fault.New(fault.Conflict, "batch.undone", lang.Args{"batch": r.ID, "by": r.UndoneBy})
	case r.Undoes != 0:
		return fault.New(fault.Conflict, "batch.is_undo", lang.Args{"batch": r.ID})
	}
	return nil
}

func (s *Service) undo(ctx context.Context, tx db.Tx, b *Batch, id int64) error {
	changes, err := historyOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if len(changes) > 0 {
		if err := masterFree(ctx, tx, id); err != nil {
			return err
		}
	}
	for _, entity := range slices.Backward(s.entities) {
		if mine := changes[entity.Kind()]; len(mine) > 0 {
			if err := entity.Undo(ctx, tx, b, mine); err != nil {
				return err
			}
			delete(changes, entity.Kind())
		}
	}
	for kind := range changes {
		return fault.New(fault.Conflict, "batch.not_undoable", lang.Args{"batch": id, "entity": entityName(kind)})
	}
	for _, table := range FactTables() {
		if err := undoFacts(ctx, tx, b, table, id); err != nil {
			return err
		}
	}
	return nil
}

func historyOf(ctx context.Context, tx db.Tx, id int64) (map[string][]Change, error) {
	changes := map[string][]Change{}
	err := tx.Each(ctx, "SELECT entity, entity_id, before, after FROM history WHERE batch_id = ? ORDER BY id", []any{id}, func(r db.Row) error {
		kind := r.Text(0)
		changes[kind] = append(changes[kind], Change{ID: r.Int(1), Before: json.RawMessage(r.Text(2)), After: json.RawMessage(r.Text(3))})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading history: %w", err)
	}
	return changes, nil
}

// masterFree refuses when a run has seen the batch, or a later batch, neither
// undone nor itself an undoing, has touched one of its entities.
func masterFree(ctx context.Context, tx db.Tx, id int64) error {
	if err := notComputed(ctx, tx, id, "1 = 1"); err != nil {
		return err
	}
	var later int64
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MIN(b.id), 0) FROM batches b
		WHERE b.id > ? AND b.undoes_batch_id IS NULL AND NOT EXISTS (SELECT 1 FROM batches u WHERE u.undoes_batch_id = b.id)
		AND EXISTS (SELECT 1 FROM history l JOIN history h ON h.entity = l.entity AND h.entity_id = l.entity_id
			WHERE l.batch_id = b.id AND h.batch_id = ?)`, id, id).Scan(&later)
	if err != nil {
		return fmt.Errorf("looking for later batches: %w", err)
	}
	return touchedBy(id, later)
}

func touchedBy(id, later int64) error {
	if later == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "batch.later", lang.Args{"batch": id, "later": later})
}

// notComputed refuses when a run of a period that meets the condition has seen
// the batch, or is at work.
func notComputed(ctx context.Context, tx db.Tx, id int64, periods string, args ...any) error {
	var run struct {
		Period string
		Number int
	}
	err := tx.NewSelect().TableExpr("runs AS r").Join("JOIN periods AS p ON p.id = r.period_id").
		ColumnExpr("p.code AS period, r.number AS number").
		Where("r.last_batch_id >= ?", id).Where(periods, args...).OrderExpr("r.id").Limit(1).Scan(ctx, &run)
	switch {
	case db.IsNoRows(err):
		return nil
	case err != nil:
		return fmt.Errorf("looking for runs: %w", err)
	}
	return fault.New(fault.Conflict, "batch.computed", lang.Args{"batch": id, "period": run.Period, "run": run.Number})
}

// undoFacts ends the rows that the batch made and makes current again those that it ended.
func undoFacts(ctx context.Context, tx db.Tx, b *Batch, table string, id int64) error {
	var periods []int64
	err := tx.NewSelect().Table(table).ColumnExpr("DISTINCT period_id").Where("batch_id = ? OR ended_batch_id = ?", id, id).Scan(ctx, &periods)
	if err != nil {
		return fmt.Errorf("reading %s: %w", table, err)
	}
	if len(periods) == 0 {
		return nil
	}
	if err := factsFree(ctx, tx, table, id, periods); err != nil {
		return err
	}
	ended, err := affected(tx.NewUpdate().Table(table).Set("ended_batch_id = ?", b.ID).Where("batch_id = ? AND ended_batch_id IS NULL", id).Exec(ctx))
	if err != nil {
		return fmt.Errorf("ending %s: %w", table, err)
	}
	revived, err := affected(tx.NewUpdate().Table(table).Set("ended_batch_id = NULL").Where("ended_batch_id = ?", id).Exec(ctx))
	if db.IsUnique(err) {
		return fault.Wrap(err, fault.Conflict, "batch.replaced", lang.Args{"batch": id})
	}
	if err != nil {
		return fmt.Errorf("reviving %s: %w", table, err)
	}
	b.Count(0, revived, 0, ended)
	return nil
}

func factsFree(ctx context.Context, tx db.Tx, table string, id int64, periods []int64) error {
	var published string
	err := tx.NewSelect().Table("periods").ColumnExpr("COALESCE(MIN(code), '')").
		Where("id IN (?)", bun.List(periods)).Where("state IN ('published', 'closed')").Scan(ctx, &published)
	if err != nil {
		return fmt.Errorf("reading periods: %w", err)
	}
	if published != "" {
		return fault.New(fault.Conflict, "batch.published", lang.Args{"batch": id, "period": published})
	}
	if err := notComputed(ctx, tx, id, "r.period_id IN (?)", bun.List(periods)); err != nil {
		return err
	}
	var later int64
	err = tx.NewSelect().Table(table).ColumnExpr("COALESCE(MIN(ended_batch_id), 0)").Where("batch_id = ?", id).Scan(ctx, &later)
	if err != nil {
		return fmt.Errorf("reading %s: %w", table, err)
	}
	return touchedBy(id, later)
}
