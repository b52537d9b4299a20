package people

import (
	"context"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// member is somebody of the staff with all assignments.
type member struct {
	Staff
	assignments []Assignment
}

// roster is who a file speaks of: those of its numbers that exist, and besides
// them the numbers with zeros in front.
type roster struct {
	tree    *Tree
	units   *imports.Codes[*Unit]
	members *imports.Codes[*member]
	// The highest ids, so that what is new can be read back.
	lastStaff, lastAssignment int64
	closing                   bool // there are closed units
}

// readRoster reads the units, and the members of the staff numbers that wanted has.
func readRoster(ctx context.Context, tx db.Tx, wanted map[string]bool) (*roster, error) {
	tree, err := Units(ctx, tx, rbac.Everything())
	if err != nil {
		return nil, err
	}
	r := &roster{tree: tree, units: imports.NewCodes[*Unit](len(tree.All())), members: imports.NewCodes[*member](len(wanted))}
	for _, u := range tree.All() {
		r.units.Add(u.Code, u)
		r.closing = r.closing || !u.ClosedOn.IsZero()
	}
	err = EachStaff(ctx, tx, rbac.Everything(), func(s *Staff, assignments []Assignment) error {
		r.lastStaff = max(r.lastStaff, s.ID)
		for i := range assignments {
			r.lastAssignment = max(r.lastAssignment, assignments[i].ID)
		}
		if wanted[s.StaffNo] || strings.HasPrefix(s.StaffNo, "0") {
			r.members.Add(s.StaffNo, &member{Staff: *s, assignments: slices.Clone(assignments)})
		}
		return nil
	})
	return r, err
}

// always is the last day of all.
func always() db.Date { return db.NewDate(9999, 12, 31) }

// closedUnit gives a unit where somebody would be after its closing, or before
// its opening, by these assignments.
func (r *roster) closedUnit(assignments []Assignment) *Unit {
	if !r.closing || len(assignments) == 0 {
		return nil
	}
	first := slices.MinFunc(assignments, byFrom).From
	for _, span := range Timeline(assignments, first, always()) {
		if u := r.tree.ByID(span.UnitID); u != nil && span.State != Left && !u.ClosedOn.IsZero() && span.To.After(u.ClosedOn) {
			return u
		}
	}
	return nil
}

// newAssignments reads back the assignments that were made since the roster was read.
func (r *roster) newAssignments(ctx context.Context, tx db.Tx, f func(*Assignment)) error {
	return tx.Each(ctx, "SELECT id, staff_id, unit_id, position, from_on, to_on, state FROM assignments WHERE id > ? ORDER BY id",
		[]any{r.lastAssignment}, func(row db.Row) error {
			f(&Assignment{
				ID: row.Int(0), StaffID: row.Int(1), UnitID: row.Int(2), Position: row.Text(3),
				From: row.Date(4), To: row.Date(5), State: State(row.Text(6)),
			})
			return nil
		})
}

var _ = lang.Register(map[string]lang.Text{
	"staff.unknown": {Zh: "工号 {code} 不存在；请更正工号，或先导入员工", En: "there is no staff number {code}; correct it or import the member first"},
	"unit.closed":   {Zh: "机构 {code} 已于 {day} 撤销，之后不能有任职；请更正机构或日期", En: "the unit {code} closed on {day}, and nobody can be there after that; correct the unit or the dates"},
})
