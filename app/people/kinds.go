package people

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Kinds lists the files of this feature in the order in which a bank loads them.
// Today is the day in the bank's time zone.
func Kinds(today func() db.Date) []imports.Kind {
	return []imports.Kind{unitsKind(today), staffKind(), assignmentsKind()}
}

// Entities lists what this feature keeps a history of, the referred first. Today
// is the day in the bank's time zone.
func Entities(today func() db.Date) []imports.Entity {
	return []imports.Entity{unitEntity{unitTable(), today}, staffEntity{staffTable()}, assignmentTable()}
}

// unitEntity puts units back, and with them the paths of those below. The root
// stays the root, at its level.
type unitEntity struct {
	*imports.Table[Unit]
	today func() db.Date
}

func (e unitEntity) Undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	change := PolicyChange{Actor: b.Actor, Today: e.today(), Code: "policy.last_administrator"}
	return change.Do(ctx, tx, func(rbac.Actor) error { return e.undo(ctx, tx, b, changes) })
}

func (e unitEntity) undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	was, err := Units(ctx, tx, rbac.Everything())
	if err != nil {
		return err
	}
	if err := e.Table.Undo(ctx, tx, b, changes); err != nil {
		return err
	}
	tree, err := Units(ctx, tx, rbac.Everything())
	if err != nil {
		return err
	}
	if old, root := was.Root(), tree.Root(); old != nil && root != nil && (old.ID != root.ID || old.Level != root.Level) {
		return fault.New(fault.Conflict, "unit.root_fixed", lang.Args{"root": old.Code, "level": old.Level.Name()})
	}
	before := map[int64]Unit{}
	for _, u := range tree.All() {
		before[u.ID] = *u
	}
	moved := repath(tree.byCode, before)
	for _, u := range moved {
		b.History("unit", u.ID, 0, before[u.ID], u)
	}
	return updateUnits(ctx, tx, moved)
}

// staffEntity puts members back, unless an assignment would be left from before
// somebody was hired.
type staffEntity struct{ *imports.Table[Staff] }

func (e staffEntity) Undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	if err := e.Table.Undo(ctx, tx, b, changes); err != nil {
		return err
	}
	var no string
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MIN(s.staff_no), '') FROM staff s
		JOIN assignments a ON a.staff_id = s.id WHERE a.from_on < s.hired_on`).Scan(&no)
	if err != nil {
		return fmt.Errorf("checking assignments: %w", err)
	}
	if no != "" {
		return fault.New(fault.Conflict, "staff.undo_assignment", lang.Args{"staff_no": no})
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"staff.undo_assignment": {
		Zh: "不能撤销：员工 {staff_no} 会有早于入职日期的任职；请先撤销后来的批次",
		En: "this cannot be undone: the member {staff_no} would have an assignment from before being hired; undo the later batches first",
	},
})
