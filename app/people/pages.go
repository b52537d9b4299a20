package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

// UnitFilter narrows a list of units; what is left out narrows nothing.
type UnitFilter struct {
	Search string // part of the code or the name
	Under  string // the code of a unit: it and all below
	Level  Level
	On     db.Date // those that were open on a day; all, if zero
}

// UnitRow is a unit with the code of its parent, as far as that is in scope.
type UnitRow struct {
	Unit
	ParentCode string
}

// UnitPage is a page of units.
type UnitPage struct {
	Units []UnitRow
	Next  string // the cursor of the next page; empty on the last
}

// UnitPage lists the units that the actor may see, by code or name.
func (s *Service) UnitPage(ctx context.Context, actor rbac.Actor, f UnitFilter, q page.Query) (*UnitPage, error) {
	if err := access.Require(actor, rbac.UnitRead); err != nil {
		return nil, err
	}
	plan, err := q.Plan("u.id", page.Order{Name: "code", Column: "u.code"}, page.Order{Name: "name", Column: "u.name"})
	if err != nil {
		return nil, err
	}
	var rows []UnitRow
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		scope := actor.Scope(rbac.UnitRead)
		w := &where{}
		if f.Under != "" {
			path, err := unitPath(ctx, tx, scope, f.Under)
			if err != nil {
				return err
			}
			w.and("?", db.InScope(rbac.Scope{Subtrees: []string{path}}, "u.path", ""))
		}
		if f.Level != "" {
			w.and("u.level = ?", string(f.Level))
		}
		if !f.On.IsZero() {
			w.and("(u.opened_on IS NULL OR u.opened_on <= ?) AND (u.closed_on IS NULL OR u.closed_on >= ?)", f.On.String(), f.On.String())
		}
		if f.Search != "" {
			w.and(`(LOWER(u.code) LIKE ? ESCAPE '\' OR LOWER(u.name) LIKE ? ESCAPE '\')`, db.Containing(f.Search), db.Containing(f.Search))
		}
		w.and("?", plan.Where())
		rows, err = unitRows(ctx, tx, scope, w, fmt.Sprintf("ORDER BY %s LIMIT %d", plan.OrderBy(), plan.Fetch()))
		return err
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "unit", fmt.Sprintf("search=%s under=%s level=%s on=%s", f.Search, f.Under, f.Level, f.On))
	found := &UnitPage{Units: rows}
	if len(rows) > plan.Limit {
		found.Units = rows[:plan.Limit]
		last := found.Units[plan.Limit-1]
		found.Next = plan.Next(map[string]string{"code": last.Code, "name": last.Name}[plan.Sort()], last.ID)
	}
	return found, nil
}

// Unit gives one unit that the actor may see.
func (s *Service) Unit(ctx context.Context, actor rbac.Actor, code string) (*UnitRow, error) {
	if err := access.Require(actor, rbac.UnitRead); err != nil {
		return nil, err
	}
	var rows []UnitRow
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		w := &where{}
		w.and("u.code = ?", code)
		rows, err = unitRows(ctx, tx, actor.Scope(rbac.UnitRead), w, "")
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, unknownUnit(code)
	}
	return &rows[0], nil
}

func unknownUnit(code string) error {
	return fault.New(fault.NotFound, "unit.unknown", lang.Args{"code": code})
}

// where gathers conditions.
type where struct {
	conditions []string
	args       []any
}

func (w *where) and(condition string, args ...any) {
	w.conditions, w.args = append(w.conditions, condition), append(w.args, args...)
}

func unitRows(ctx context.Context, tx db.Tx, scope rbac.Scope, w *where, rest string) ([]UnitRow, error) {
	rows := []UnitRow{}
	query := `SELECT u.id, u.code, u.name, u.parent_id, u.level, u.path, u.opened_on, u.closed_on, u.version, p.code
		FROM units u LEFT JOIN units p ON p.id = u.parent_id AND ? WHERE ? AND ` + strings.Join(w.conditions, " AND ") + " " + rest
	args := append([]any{db.InScope(scope, "p.path", ""), db.InScope(scope, "u.path", "")}, w.args...)
	err := tx.Each(ctx, query, args, func(r db.Row) error {
		rows = append(rows, UnitRow{Unit: scanUnit(r), ParentCode: r.Text(9)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading units: %w", err)
	}
	return rows, nil
}

// unitPath gives the path of a unit in scope.
func unitPath(ctx context.Context, tx db.Tx, scope rbac.Scope, code string) (string, error) {
	var path string
	err := tx.NewSelect().Table("units").Column("path").Where("code = ?", code).Where("?", db.InScope(scope, "path", "")).Scan(ctx, &path)
	if db.IsNoRows(err) {
		return "", unknownUnit(code)
	}
	return path, err
}

// PageFilter narrows a page of the staff; what is left out narrows nothing.
type PageFilter struct {
	Search string  // part of the number or the name, or how the name sounds
	Unit   string  // the code of a unit: who is at it or below
	On     db.Date // those who were there on a day, with where they were; everybody ever, if zero
	Today  db.Date // when somebody is at a unit, unless On says it
	Count  bool    // whether to count all that there are
}

// StaffRow is a member with those assignments that are in scope.
type StaffRow struct {
	Staff
	Assignments []Placed
}

// Placed is an assignment with its unit.
type Placed struct {
	Assignment
	UnitCode, UnitName string
}

// StaffPage is a page of the staff.
type StaffPage struct {
	Staff []StaffRow
	Next  string // the cursor of the next page; empty on the last
	Total int64  // how many there are on all pages, where they were to be counted
}

// StaffPage lists the members that the actor may see, by staff_no or name: their
// own record, and those who work or worked at a unit in scope, with what is of it.
func (s *Service) StaffPage(ctx context.Context, actor rbac.Actor, f PageFilter, q page.Query) (*StaffPage, error) {
	if err := access.Require(actor, rbac.StaffRead); err != nil {
		return nil, err
	}
	plan, err := q.Plan("s.id", page.Order{Name: "staff_no", Column: "s.staff_no"}, page.Order{Name: "name", Column: "s.name"})
	if err != nil {
		return nil, err
	}
	var rows []StaffRow
	var total int64
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		scope := actor.Scope(rbac.StaffRead)
		w := &where{}
		if err := f.narrow(ctx, tx, scope, w); err != nil {
			return err
		}
		if f.Count {
			if total, err = countStaff(ctx, tx, scope, w); err != nil {
				return err
			}
		}
		w.and("?", plan.Where())
		rows, err = staffRows(ctx, tx, scope, w, fmt.Sprintf("ORDER BY %s LIMIT %d", plan.OrderBy(), plan.Fetch()))
		return err
	})
	if err != nil {
		return nil, err
	}
	if !f.On.IsZero() {
		on(f.On, rows)
	}
	s.trail.Listed(ctx, actor, "staff", fmt.Sprintf("search=%s unit=%s on=%s", f.Search, f.Unit, f.On))
	found := &StaffPage{Staff: rows, Total: total}
	if len(rows) > plan.Limit {
		found.Staff = rows[:plan.Limit]
		last := found.Staff[plan.Limit-1]
		found.Next = plan.Next(map[string]string{"staff_no": last.StaffNo, "name": last.Name}[plan.Sort()], last.ID)
	}
	return found, nil
}

// Member gives one member that the actor may see, with what is in scope.
func (s *Service) Member(ctx context.Context, actor rbac.Actor, no string) (*StaffRow, error) {
	if err := access.Require(actor, rbac.StaffRead); err != nil {
		return nil, err
	}
	var rows []StaffRow
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		w := &where{}
		w.and("s.staff_no = ?", no)
		rows, err = staffRows(ctx, tx, actor.Scope(rbac.StaffRead), w, "")
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.NotFound, "staff.unknown", lang.Args{"code": no})
	}
	return &rows[0], nil
}

// narrow turns the filter into conditions on the staff (s).
func (f PageFilter) narrow(ctx context.Context, tx db.Tx, scope rbac.Scope, w *where) error {
	if f.Search != "" {
		w.and("?", Found("s", f.Search))
	}
	if f.Unit == "" && f.On.IsZero() {
		return nil
	}
	day, at := f.On, db.InScope(scope, "cu.path", "c.staff_id")
	if f.Unit != "" {
		path, err := unitPath(ctx, tx, scope, f.Unit)
		if err != nil {
			return err
		}
		at = db.InScope(rbac.Scope{Subtrees: []string{path}}, "cu.path", "")
	}
	if day.IsZero() {
		day = f.Today
	}
	w.and(`s.id IN (SELECT c.staff_id FROM assignments c JOIN units cu ON cu.id = c.unit_id
		WHERE ? AND c.state <> 'left' AND c.from_on <= ? AND (c.to_on IS NULL OR c.to_on >= ?)
		AND NOT EXISTS (SELECT 1 FROM assignments l WHERE l.staff_id = c.staff_id AND l.from_on > c.from_on AND l.from_on <= ? AND (l.to_on IS NULL OR l.to_on >= ?)))`,
		at, day.String(), day.String(), day.String(), day.String())
	return nil
}

// on leaves each member the assignment that was in force on a day.
func on(day db.Date, rows []StaffRow) {
	for i := range rows {
		rows[i].Assignments = slices.DeleteFunc(rows[i].Assignments, func(a Placed) bool {
			return a.From.After(day) || !a.To.IsZero() && a.To.Before(day)
		})
		if n := len(rows[i].Assignments); n > 1 {
			rows[i].Assignments = rows[i].Assignments[n-1:]
		}
	}
}

func countStaff(ctx context.Context, tx db.Tx, scope rbac.Scope, w *where) (total int64, err error) {
	query := "SELECT COUNT(*) FROM staff s WHERE ?"
	for _, condition := range w.conditions {
		query += " AND " + condition
	}
	err = tx.Each(ctx, query, append([]any{memberScope(scope, "s.id")}, w.args...), func(r db.Row) error {
		total = r.Int(0)
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("counting staff: %w", err)
	}
	return total, nil
}

// staffRows reads members in scope, then their assignments in scope.
func staffRows(ctx context.Context, tx db.Tx, scope rbac.Scope, w *where, rest string) ([]StaffRow, error) {
	rows, at := []StaffRow{}, map[int64]int{}
	var ids []int64
	query := "SELECT " + staffColumns + " FROM staff s WHERE ? AND " + strings.Join(w.conditions, " AND ") + " " + rest
	err := tx.Each(ctx, query, append([]any{memberScope(scope, "s.id")}, w.args...), func(r db.Row) error {
		var row StaffRow
		scanStaff(r, &row.Staff)
		at[row.ID], ids = len(rows), append(ids, row.ID)
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading staff: %w", err)
	}
	if len(ids) == 0 {
		return rows, nil
	}
	err = tx.Each(ctx, `SELECT a.id, a.staff_id, a.unit_id, a.position, a.from_on, a.to_on, a.state, u.code, u.name
		FROM assignments a JOIN units u ON u.id = a.unit_id WHERE a.staff_id IN (?) AND ? ORDER BY a.staff_id, a.from_on`,
		[]any{bun.List(ids), db.InScope(scope, "u.path", "a.staff_id")}, func(r db.Row) error {
			row := &rows[at[r.Int(1)]]
			row.Assignments = append(row.Assignments, Placed{UnitCode: r.Text(7), UnitName: r.Text(8), Assignment: Assignment{
				ID: r.Int(0), StaffID: r.Int(1), UnitID: r.Int(2), Position: r.Text(3), From: r.Date(4), To: r.Date(5), State: State(r.Text(6)),
			}})
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("reading assignments: %w", err)
	}
	return rows, nil
}
