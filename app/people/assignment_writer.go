package people

import (
	"context"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
)

// assignmentWriter gathers the assignments that a file makes, changes and removes.
type assignmentWriter struct {
	roster  *roster
	fresh   []*Assignment
	changed []*Assignment
	removed []*Assignment
	before  map[int64]Assignment
	rows    map[assignmentKey]int
}

// assignmentKey is what tells assignments apart.
type assignmentKey struct {
	staff int64
	from  db.Date
}

func newAssignmentWriter(r *roster) *assignmentWriter {
	return &assignmentWriter{roster: r, before: map[int64]Assignment{}, rows: map[assignmentKey]int{}}
}

// take takes in what becomes of a member's assignments by one row: write, which
// is new without an id, and remove; either may be nil.
func (w *assignmentWriter) take(write, remove *Assignment, old *member, row int) {
	if old != nil {
		for _, a := range old.assignments {
			if write != nil && a.ID == write.ID || remove != nil && a.ID == remove.ID {
				w.before[a.ID] = a
			}
		}
	}
	if remove != nil {
		w.removed = append(w.removed, remove)
		w.rows[assignmentKey{remove.StaffID, remove.From}] = row
	}
	switch {
	case write == nil:
		return
	case write.ID == 0:
		w.fresh = append(w.fresh, write)
	default:
		w.changed = append(w.changed, write)
	}
	w.rows[assignmentKey{write.StaffID, write.From}] = row
}

func (w *assignmentWriter) row(a *Assignment) int { return w.rows[assignmentKey{a.StaffID, a.From}] }

func (w *assignmentWriter) write(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	table := assignmentTable()
	if err := table.Delete(ctx, tx, w.removed); err != nil {
		return err
	}
	for _, a := range w.removed {
		b.History("assignment", a.ID, w.row(a), w.before[a.ID], nil)
	}
	if err := table.Update(ctx, tx, w.changed); err != nil {
		return err
	}
	for _, a := range w.changed {
		b.History("assignment", a.ID, w.row(a), w.before[a.ID], a)
	}
	if err := table.Insert(ctx, tx, w.fresh); err != nil {
		return err
	}
	if len(w.fresh) == 0 {
		return nil
	}
	return w.roster.newAssignments(ctx, tx, func(a *Assignment) { b.History("assignment", a.ID, w.row(a), nil, a) })
}
