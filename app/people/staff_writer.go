package people

import (
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
)

// staffWriter gathers what a staff file changes.
type staffWriter struct {
	roster      *roster
	fresh       []*staffLine
	changed     []*staffLine // the staff of which has the member's id
	before      map[int64]Staff
	assignments *assignmentWriter
	planned     map[*staffLine]staffPlan
}

// staffPlan is what a row does to a member who is there already.
type staffPlan struct {
	after  Staff
	first  *Assignment // to be written; one without an id is new
	remove *Assignment
	warn   string
}

// plan works out what a row would do, or what is wrong with it.
func (w *staffWriter) plan(b *imports.Batch, l *staffLine) {
	first := Assignment{UnitID: l.first.ID, Position: l.staff.FirstPosition, From: l.staff.HiredOn, State: Active}
	old, there := w.roster.members.Get(l.staff.StaffNo)
	if !there {
		if first.From.Before(l.first.OpenedOn) {
			b.Fault(&l.Taken, l.Row.Problem("hired_on", "unit.not_open", lang.Args{"code": l.first.Code, "day": l.first.OpenedOn}))
		}
		w.checkOpen(b, l, []Assignment{first})
		return
	}
	if !l.Row.Has("email") {
		l.staff.Email = old.Email
	}
	if !l.Row.Has("pinyin") && l.staff.Name == old.Name {
		l.staff.Pinyin = old.Pinyin
	}
	p, tooLate := correction(old, l.staff, first)
	if tooLate != nil {
		b.Fault(&l.Taken, l.Row.Problem("hired_on", "staff.hired_after_assignment", lang.Args{"day": tooLate.From}))
		return
	}
	if p.first != nil {
		w.checkOpen(b, l, withAssignment(old.assignments, p.remove, p.first))
	}
	if w.planned == nil {
		w.planned = map[*staffLine]staffPlan{}
	}
	w.planned[l] = p
}

func (w *staffWriter) checkOpen(b *imports.Batch, l *staffLine, assignments []Assignment) {
	if u := w.roster.closedUnit(assignments); u != nil {
		b.Fault(&l.Taken, l.Row.Problem("unit_code", "unit.closed", lang.Args{"code": u.Code, "day": u.ClosedOn}))
	}
}

// correction works out what a row says anew of a member. The unit and position
// of the row are those of the assignment from the first day, as long as no
// assignments file has replaced it; a row that says where the member stands now
// changes nothing of it. tooLate is an assignment from before the new first day.
func correction(old *member, row Staff, first Assignment) (p staffPlan, tooLate *Assignment) {
	p.after = row
	p.after.ID = old.ID
	first.StaffID = old.ID
	own := old.firstOfFile()
	if moved := row.FirstUnitID != old.FirstUnitID || row.FirstPosition != old.FirstPosition; moved && old.stands(row) {
		p.after.FirstUnitID, p.after.FirstPosition = old.FirstUnitID, old.FirstPosition
		first.UnitID, first.Position = old.FirstUnitID, old.FirstPosition
		if old.FirstUnitID == 0 {
			first.UnitID, first.Position = row.FirstUnitID, row.FirstPosition
		}
	}
	for i := range old.assignments {
		a := &old.assignments[i]
		if a != own && a.From.Before(row.HiredOn) {
			return p, a
		}
		if a != own && a.From == row.HiredOn {
			p.remove = own
			if row.HiredOn == old.HiredOn && p.after.first() != old.first() && old.FirstUnitID != 0 {
				p.warn = "staff.first_replaced"
			}
			return p, nil
		}
	}
	switch {
	case own == nil:
		p.first = &first
	case own.UnitID != first.UnitID || own.Position != first.Position || own.From != first.From:
		first.ID = own.ID
		p.first = &first
		if own.From == first.From {
			p.warn = "staff.first_corrected"
		}
	}
	return p, nil
}

type placeOfWork struct {
	unit     int64
	position string
}

func (s *Staff) first() placeOfWork { return placeOfWork{s.FirstUnitID, s.FirstPosition} }

// firstOfFile gives the assignment from the first day if it is as the staff
// file made it, nil if an assignments file has replaced it.
func (m *member) firstOfFile() *Assignment {
	for i := range m.assignments {
		a := &m.assignments[i]
		if a.From == m.HiredOn && a.State == Active && a.To.IsZero() &&
			(m.FirstUnitID == 0 || m.first() == placeOfWork{a.UnitID, a.Position}) {
			return a
		}
	}
	return nil
}

// stands says whether a row names the unit and position of the last assignment.
func (m *member) stands(row Staff) bool {
	if len(m.assignments) == 0 {
		return false
	}
	last := slices.MaxFunc(m.assignments, byFrom)
	return row.first() == placeOfWork{last.UnitID, last.Position}
}

// withAssignment gives the assignments as they will be.
func withAssignment(assignments []Assignment, remove, write *Assignment) []Assignment {
	var list []Assignment
	for _, a := range assignments {
		gone := remove != nil && a.ID == remove.ID
		replaced := write != nil && (a.From == write.From || write.ID != 0 && a.ID == write.ID)
		if !gone && !replaced {
			list = append(list, a)
		}
	}
	if write != nil {
		list = append(list, *write)
	}
	return list
}

// count takes a good row into what is written.
func (w *staffWriter) count(b *imports.Batch, l *staffLine) {
	old, there := w.roster.members.Get(l.staff.StaffNo)
	if !there {
		w.fresh = append(w.fresh, l)
		b.Count(1, 0, 0, 0)
		return
	}
	p := w.planned[l]
	if p.warn != "" {
		b.Warn(l.Row.Problem("unit_code", p.warn, lang.Args{"day": old.HiredOn}))
	}
	same := p.after == old.Staff
	if same && p.first == nil && p.remove == nil {
		b.Count(0, 0, 1, 0)
		return
	}
	b.Count(0, 1, 0, 0)
	if !same {
		l.staff = p.after
		w.before[old.ID] = old.Staff
		w.changed = append(w.changed, l)
	}
	w.assignments.take(p.first, p.remove, old, l.Row.Number)
}

func (w *staffWriter) write(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	table := staffTable()
	fresh, rows := make([]*Staff, len(w.fresh)), make(map[string]*staffLine, len(w.fresh))
	for i, l := range w.fresh {
		fresh[i], rows[l.staff.StaffNo] = &l.staff, l
	}
	if err := table.Insert(ctx, tx, fresh); err != nil {
		return err
	}
	err := tx.Each(ctx, "SELECT id, staff_no FROM staff WHERE id > ? ORDER BY id", []any{w.roster.lastStaff}, func(r db.Row) error {
		if l := rows[r.Text(1)]; l != nil {
			l.staff.ID = r.Int(0)
		}
		return nil
	})
	if err != nil {
		return err
	}
	changed := make([]*Staff, len(w.changed))
	for i, l := range w.changed {
		changed[i] = &l.staff
	}
	if err := table.Update(ctx, tx, changed); err != nil {
		return err
	}
	for _, l := range append(w.fresh, w.changed...) {
		keep(b, "staff", l.staff.ID, l.Row.Number, w.before, &l.staff)
	}
	for _, l := range w.fresh {
		w.assignments.take(&Assignment{
			StaffID: l.staff.ID, UnitID: l.staff.FirstUnitID, Position: l.staff.FirstPosition, From: l.staff.HiredOn, State: Active,
		}, nil, nil, l.Row.Number)
	}
	return w.assignments.write(ctx, tx, b)
}
