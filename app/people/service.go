package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Recorder does a change as a batch that is kept, and can be undone.
type Recorder interface {
	Record(ctx context.Context, actor rbac.Actor, kind string, f func(context.Context, db.Tx, *imports.Batch) error) (*imports.Record, error)
}

// Service shows units and staff, and changes units.
type Service struct {
	db      *db.DB
	today   func() db.Date
	batches Recorder
	trail   *audit.Service
}

// NewService makes the service. Today is the day in the bank's time zone.
func NewService(d *db.DB, today func() db.Date, batches Recorder) *Service {
	return &Service{db: d, today: today, batches: batches}
}

// Audited has reads of lists put on the audit trail; without it they are not.
func (s *Service) Audited(trail *audit.Service) *Service {
	s.trail = trail
	return s
}

// Units gives the tree of the units that the actor may see.
func (s *Service) Units(ctx context.Context, actor rbac.Actor) (tree *Tree, err error) {
	if err := access.Require(actor, rbac.UnitRead); err != nil {
		return nil, err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		tree, err = Units(ctx, tx, actor.Scope(rbac.UnitRead))
		return err
	})
	return tree, err
}

// Member is one of the staff with the whole of their assignments.
type Member struct {
	Staff
	Assignments []Assignment `json:"assignments"`
}

// Staff gives the member of a staff number, and the units that they name.
func (s *Service) Staff(ctx context.Context, actor rbac.Actor, no string) (*Member, *Tree, error) {
	if err := access.Require(actor, rbac.StaffRead); err != nil {
		return nil, nil, err
	}
	member := new(Member)
	var tree *Tree
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if tree, err = Units(ctx, tx, rbac.Everything()); err != nil {
			return err
		}
		seen, err := placesIn(ctx, tx, actor.Scope(rbac.StaffRead))
		if err != nil {
			return err
		}
		return eachStaff(ctx, tx, actor.Scope(rbac.StaffRead), "s.staff_no = ?", []any{no}, 0, func(m *Staff, assignments []Assignment) error {
			member.Staff, member.Assignments = *m, seen.of(m, assignments)
			return nil
		})
	})
	if err != nil {
		return nil, nil, err
	}
	if member.ID == 0 {
		return nil, nil, fault.New(fault.NotFound, "staff.unknown", lang.Args{"code": no})
	}
	return member, tree, nil
}

// StaffFilter says which members are listed.
type StaffFilter struct {
	Search string // part of the number or the name, or how the name sounds
	After  string // the staff number after which the list goes on
	Limit  int    // 100 if 0, at most 1000
}

// StaffList lists members in the order in which they came.
func (s *Service) StaffList(ctx context.Context, actor rbac.Actor, filter StaffFilter) ([]Member, *Tree, error) {
	if err := access.Require(actor, rbac.StaffRead); err != nil {
		return nil, nil, err
	}
	if filter.Limit <= 0 {
		filter.Limit = 100
	}
	members := []Member{}
	var tree *Tree
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if tree, err = Units(ctx, tx, rbac.Everything()); err != nil {
			return err
		}
		condition, args := "1 = 1", []any(nil)
		if filter.After != "" {
			condition, args = "s.id > (SELECT id FROM staff WHERE staff_no = ?)", []any{filter.After}
		}
		if filter.Search != "" {
			condition += " AND ?"
			args = append(args, Found("s", filter.Search))
		}
		seen, err := placesIn(ctx, tx, actor.Scope(rbac.StaffRead))
		if err != nil {
			return err
		}
		return eachStaff(ctx, tx, actor.Scope(rbac.StaffRead), condition, args, min(filter.Limit, 1000), func(m *Staff, assignments []Assignment) error {
			members = append(members, Member{Staff: *m, Assignments: seen.of(m, assignments)})
			return nil
		})
	})
	return members, tree, err
}

// Reached gives the numbers of the members whom a permission of the actor reaches;
// nil for everybody.
func (s *Service) Reached(ctx context.Context, actor rbac.Actor, p rbac.Permission) (numbers map[string]bool, err error) {
	scope := actor.Scope(p)
	if scope.All && len(scope.Except)+len(scope.ExceptUnits)+len(scope.NotStaff) == 0 {
		return nil, nil //nolint:nilnil // nobody is named where everybody is reached
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		members, err := StaffByNo(ctx, tx, scope)
		numbers = make(map[string]bool, len(members))
		for no := range members {
			numbers[no] = true
		}
		return err
	})
	return numbers, err
}

// places are the units, and the members, whose assignments a scope sees.
type places struct {
	units *Tree
	own   []int64
}

func placesIn(ctx context.Context, tx db.Tx, scope rbac.Scope) (*places, error) {
	tree, err := Units(ctx, tx, scope)
	return &places{units: tree, own: scope.Staff}, err
}

// of gives those of a member's assignments that are in scope.
func (p *places) of(m *Staff, assignments []Assignment) []Assignment {
	whole := slices.Contains(p.own, m.ID)
	var seen []Assignment
	for _, a := range assignments {
		if whole || p.units.ByID(a.UnitID) != nil {
			seen = append(seen, a)
		}
	}
	return seen
}

// MoveUnit puts a unit under another parent, with all that is below it, at once.
// The version is that which the caller has seen, 0 for any; so with the other changes.
func (s *Service) MoveUnit(ctx context.Context, actor rbac.Actor, code, parent string, version int64) (*imports.Record, error) {
	return s.change(ctx, actor, "unit move", code, version, func(_ context.Context, _ db.Tx, tree *Tree, u *Unit) error {
		up := tree.ByCode(parent)
		switch {
		case up == nil:
			return fault.New(fault.NotFound, "unit.unknown", lang.Args{"code": parent})
		case u.ParentID == 0:
			return fault.New(fault.Conflict, "unit.move_root", lang.Args{"code": code})
		case strings.HasPrefix(up.Path, u.Path):
			return fault.New(fault.Conflict, "unit.move_below", lang.Args{"code": code, "parent": parent})
		case !up.ClosedOn.IsZero():
			return fault.New(fault.Conflict, "unit.parent_closed", lang.Args{"code": parent, "day": up.ClosedOn})
		}
		u.ParentID = up.ID
		return nil
	})
}

// CloseUnit closes a unit at the end of a day. It is a conflict while a unit
// below is open, or somebody has an assignment there after that day.
func (s *Service) CloseUnit(ctx context.Context, actor rbac.Actor, code string, day db.Date, version int64) (*imports.Record, error) {
	return s.change(ctx, actor, "unit close", code, version, func(ctx context.Context, tx db.Tx, tree *Tree, u *Unit) error {
		if day.Before(u.OpenedOn) {
			return fault.New(fault.Invalid, "unit.close_before_open", lang.Args{"code": code, "day": u.OpenedOn})
		}
		for _, below := range tree.Under(u.ID) {
			if below.ID != u.ID && (below.ClosedOn.IsZero() || below.ClosedOn.After(day)) {
				return fault.New(fault.Conflict, "unit.close_open_below", lang.Args{"code": code, "below": below.Code})
			}
		}
		after, err := staffAfter(ctx, tx, u.ID, day)
		if err != nil {
			return err
		}
		if len(after) > 0 {
			more := fault.New(fault.Conflict, "unit.close_staff", lang.Args{"code": code, "day": day, "count": len(after)})
			for _, no := range after {
				more.Problems = append(more.Problems, fault.Problem{Code: "unit.close_member", Args: lang.Args{"staff_no": no}})
			}
			return more
		}
		u.ClosedOn = day
		return nil
	})
}

// OpenUnit opens a unit again, or says from which day it is open; no day leaves
// the day of its opening as it is.
func (s *Service) OpenUnit(ctx context.Context, actor rbac.Actor, code string, day db.Date, version int64) (*imports.Record, error) {
	return s.change(ctx, actor, "unit open", code, version, func(ctx context.Context, tx db.Tx, tree *Tree, u *Unit) error {
		if up := tree.Parent(u.ID); up != nil && !up.ClosedOn.IsZero() {
			return fault.New(fault.Conflict, "unit.parent_closed", lang.Args{"code": up.Code, "day": up.ClosedOn})
		}
		u.ClosedOn = db.Date{}
		if day.IsZero() {
			return nil
		}
		u.OpenedOn = day
		var earlier int
		err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM assignments WHERE unit_id = ? AND from_on < ? AND state <> 'left'", u.ID, day.String()).Scan(&earlier)
		if err != nil {
			return fmt.Errorf("reading assignments: %w", err)
		}
		if earlier > 0 {
			return fault.New(fault.Conflict, "unit.open_after_staff", lang.Args{"code": code, "day": day, "count": earlier})
		}
		return nil
	})
}

// change does something to one unit as a batch; paths below follow. Whoever does
// it may do it in the whole bank: a unit that moves concerns more than itself.
func (s *Service) change(ctx context.Context, actor rbac.Actor, kind, code string, version int64,
	f func(context.Context, db.Tx, *Tree, *Unit) error,
) (*imports.Record, error) {
	if err := access.RequireWhole(actor, rbac.UnitManage); err != nil {
		return nil, err
	}
	return s.batches.Record(ctx, actor, kind, func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		change := PolicyChange{Actor: actor, Today: s.today(), Code: "policy.last_administrator"}
		return change.Do(ctx, tx, func(rbac.Actor) error {
			b.About(strings.ReplaceAll(kind, " ", "."), "unit", code)
			return changeUnit(ctx, tx, b, code, version, f)
		})
	})
}

func changeUnit(ctx context.Context, tx db.Tx, b *imports.Batch, code string, version int64, f func(context.Context, db.Tx, *Tree, *Unit) error) error {
	tree, err := Units(ctx, tx, rbac.Everything())
	if err != nil {
		return err
	}
	u := tree.ByCode(code)
	if u == nil {
		return fault.New(fault.NotFound, "unit.unknown", lang.Args{"code": code})
	}
	if version != 0 && version != u.Version {
		stale := fault.New(fault.Conflict, "unit.version", lang.Args{"code": code})
		stale.Current = map[string]any{"code": u.Code, "name": u.Name, "level": u.Level, "version": u.Version}
		return stale
	}
	before := map[int64]Unit{}
	for _, each := range tree.All() {
		before[each.ID] = *each
	}
	if err := f(ctx, tx, tree, u); err != nil {
		return err
	}
	changed := repath(tree.byCode, before)
	for _, each := range changed {
		keep(b, "unit", each.ID, 0, before, each)
	}
	b.Count(0, len(changed), 0, 0)
	return updateUnits(ctx, tx, changed)
}

// staffAfter gives the numbers of those who have not left and are at a unit after a day.
func staffAfter(ctx context.Context, tx db.Tx, unit int64, day db.Date) ([]string, error) {
	var numbers []string
	err := eachStaff(ctx, tx, rbac.Everything(), "s.id IN (SELECT staff_id FROM assignments WHERE unit_id = ?)", []any{unit}, 0,
		func(s *Staff, assignments []Assignment) error {
			for _, span := range Timeline(assignments, day.AddDays(1), always()) {
				if span.UnitID == unit && span.State != Left {
					numbers = append(numbers, s.StaffNo)
					break
				}
			}
			return nil
		})
	return numbers, err
}

var _ = lang.Register(map[string]lang.Text{
	"unit.version":           {Zh: "机构 {code} 已被他人修改；请刷新后重试", En: "the unit {code} was changed meanwhile; look at it again"},
	"unit.move_root":         {Zh: "机构 {code} 是全行的最上级，不能移到其他机构之下", En: "{code} is the root of the bank and goes under no other unit"},
	"unit.move_below":        {Zh: "机构 {code} 不能移到自己或其下级 {parent} 之下", En: "{code} cannot go under itself or under {parent}, which is below it"},
	"unit.close_before_open": {Zh: "机构 {code} 于 {day} 才开业", En: "{code} opens on {day} only"},
	"unit.close_open_below":  {Zh: "机构 {code} 还有未撤销的下级机构 {below}；请先撤销或移走", En: "{code} has an open unit {below} below it; close or move that first"},
	"unit.close_staff":       {Zh: "机构 {code} 在 {day} 之后仍有 {count} 名员工任职；请先导入其新任职", En: "{code} has {count} staff after {day}; import their new assignments first"},
	"unit.close_member":      {Zh: "工号 {staff_no}", En: "staff number {staff_no}"},
	"unit.open_after_staff":  {Zh: "机构 {code} 在 {day} 之前已有 {count} 条任职", En: "{code} has {count} {count:assignment|assignments} from before {day}"},
})
