package people_test

import (
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// manager is a user who reads units and staff of a unit and all below it.
func (b bank) manager(unit string) rbac.Actor {
	b.Helper()
	p := rbac.Policy{
		Users: []rbac.User{{ID: 1, Name: "manager"}},
		Roles: []rbac.Role{{Code: "manager", Lines: []rbac.Line{
			{Permission: rbac.UnitRead, Reach: rbac.Subtree, Effect: rbac.Allow}, {Permission: rbac.StaffRead, Reach: rbac.Subtree, Effect: rbac.Allow},
		}}},
	}
	for _, u := range b.tree().All() {
		p.Units = append(p.Units, rbac.Unit{ID: u.ID, Code: u.Code, Path: u.Path, Level: rbac.Level(u.Level)})
		if u.Code == unit {
			p.Grants = append(p.Grants, rbac.Grant{ID: 1, UserID: 1, Role: "manager", UnitID: u.ID, From: "2020-01-01"})
		}
	}
	s, err := rbac.NewSnapshot(p)
	if err != nil {
		b.Fatal(err)
	}
	return s.Actor(1, "2026-11-02")
}

func (b bank) staffed() {
	b.Helper()
	b.loadUnits()
	b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01", "E2,乙,S2,rm,2020-01-01", "E3,丙,S1,rm,2020-01-01", "E4,O'Brien ? %,S1,rm,2020-01-01")
	b.load("assignments", assignmentHead, "E3,S2,rm,2026-10-16,,active")
}

func (b bank) listed(actor rbac.Actor, f people.PageFilter) string {
	b.Helper()
	f.Today = db.NewDate(2026, 11, 2)
	var numbers []string
	q := page.Query{Limit: 2}
	for {
		found, err := b.people.StaffPage(b.Context(), actor, f, q)
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range found.Staff {
			numbers = append(numbers, s.StaffNo)
		}
		if q.Cursor = found.Next; q.Cursor == "" {
			return strings.Join(numbers, " ")
		}
	}
}

func TestZ05_AStaffListAndItsSearchTellOfTheScopeAlone(t *testing.T) {
	eachBank(t, func(b bank) {
		b.staffed()
		first, second := b.manager("S1"), b.manager("S2")
		for _, c := range []struct {
			by   rbac.Actor
			f    people.PageFilter
			want string
		}{
			{operator(), people.PageFilter{}, "E1 E2 E3 E4"}, {first, people.PageFilter{}, "E1 E3 E4"}, {second, people.PageFilter{}, "E2 E3"},
			{first, people.PageFilter{Search: "E2"}, ""}, {first, people.PageFilter{Search: "乙"}, ""}, {first, people.PageFilter{Search: "%"}, "E4"},
			{first, people.PageFilter{Search: "o'brien ?"}, "E4"}, {first, people.PageFilter{Search: "_"}, ""},
			{first, people.PageFilter{Unit: "S1"}, "E1 E4"}, {second, people.PageFilter{Unit: "S2"}, "E2 E3"}, {operator(), people.PageFilter{Unit: "HQ"}, "E1 E2 E3 E4"},
		} {
			if got := b.listed(c.by, c.f); got != c.want {
				b.Errorf("%s, %+v: got %q, want %q", c.by.Name, c.f, got, c.want)
			}
		}
		_, elsewhere := b.people.StaffPage(b.Context(), first, people.PageFilter{Unit: "S2"}, page.Query{})
		_, absent := b.people.StaffPage(b.Context(), first, people.PageFilter{Unit: "X9"}, page.Query{})
		if fault.KindOf(elsewhere) != fault.NotFound || strings.ReplaceAll(elsewhere.Error(), "S2", "X9") != absent.Error() {
			b.Errorf("another unit: %v; none: %v", elsewhere, absent)
		}
		_, of := b.people.Member(b.Context(), first, "E2")
		_, nobody := b.people.Member(b.Context(), first, "E9")
		if fault.KindOf(of) != fault.NotFound || strings.ReplaceAll(of.Error(), "E2", "E9") != nobody.Error() {
			b.Errorf("a member elsewhere: %v; nobody: %v", of, nobody)
		}
	})
}

func TestAfterATransferEachManagerSeesTheAssignmentAtTheirUnit(t *testing.T) {
	eachBank(t, func(b bank) {
		b.staffed()
		for unit, want := range map[string]string{"S1": "S1", "S2": "S2", "HQ": "S1 S2"} {
			member, err := b.people.Member(b.Context(), b.manager(unit), "E3")
			if err != nil {
				b.Fatal(err)
			}
			var units []string
			for _, a := range member.Assignments {
				units = append(units, a.UnitCode)
			}
			if got := strings.Join(units, " "); got != want {
				b.Errorf("the manager of %s sees the assignments at %s", unit, got)
			}
			old, _, err := b.people.Staff(b.Context(), b.manager(unit), "E3")
			if err != nil || len(old.Assignments) != len(units) {
				b.Errorf("the manager of %s sees %d assignments on the command line, %v", unit, len(old.Assignments), err)
			}
		}
	})
}

func TestUnitsAreListedInScopeAndAnOldVersionIsAConflict(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		found, err := b.people.UnitPage(b.Context(), b.manager("B1"), people.UnitFilter{}, page.Query{})
		if err != nil {
			b.Fatal(err)
		}
		for _, u := range found.Units {
			if u.Code == "B1" && u.ParentCode != "" || u.Code == "B2" || u.Code == "HQ" {
				b.Errorf("the manager of B1 sees %s under %q", u.Code, u.ParentCode)
			}
		}
		if _, err := b.people.Unit(b.Context(), b.manager("B1"), "B2"); fault.KindOf(err) != fault.NotFound {
			b.Errorf("another branch: %v", err)
		}
		if _, err := b.people.MoveUnit(b.Context(), b.manager("HQ"), "S1", "B2", 0); fault.KindOf(err) != fault.Forbidden {
			b.Errorf("moving by who may only read: %v", err)
		}
		before, err := b.people.Unit(b.Context(), operator(), "S1")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := b.people.MoveUnit(b.Context(), operator(), "S1", "B2", before.Version); err != nil {
			b.Fatal(err)
		}
		_, err = b.people.MoveUnit(b.Context(), operator(), "S1", "B1", before.Version)
		if e, ok := fault.As(err); !ok || e.Code != "unit.version" || e.Current == nil {
			b.Errorf("an old version: %v", err)
		}
	})
}

func TestWhoWasAtAUnitOnADayIsListedWithTheAssignmentOfThatDay(t *testing.T) {
	eachBank(t, func(b bank) {
		b.staffed()
		b.load("assignments", assignmentHead, "E2,S2,rm,2026-10-20,2026-10-25,leave", "E2,S2,rm,2026-11-01,,left")
		before, after := db.NewDate(2026, 10, 15), db.NewDate(2026, 10, 16)
		for _, c := range []struct {
			by   rbac.Actor
			f    people.PageFilter
			want string
		}{
			{operator(), people.PageFilter{On: before}, "E1 E2 E3 E4"},
			{operator(), people.PageFilter{On: db.NewDate(2019, 12, 31)}, ""},
			{operator(), people.PageFilter{On: db.NewDate(2026, 10, 20)}, "E1 E2 E3 E4"},
			{operator(), people.PageFilter{On: db.NewDate(2026, 11, 1)}, "E1 E3 E4"},
			{operator(), people.PageFilter{On: before, Unit: "S1"}, "E1 E3 E4"},
			{operator(), people.PageFilter{On: after, Unit: "S1"}, "E1 E4"},
			{b.manager("S1"), people.PageFilter{On: before}, "E1 E3 E4"},
			{b.manager("S1"), people.PageFilter{On: after}, "E1 E4"},
		} {
			if got := b.listed(c.by, c.f); got != c.want {
				b.Errorf("%s, %+v: got %q, want %q", c.by.Name, c.f, got, c.want)
			}
		}
		for day, want := range map[db.Date]string{before: "S1", after: "S2"} {
			found, err := b.people.StaffPage(b.Context(), operator(), people.PageFilter{Search: "E3", On: day}, page.Query{})
			if err != nil || len(found.Staff) != 1 || len(found.Staff[0].Assignments) != 1 || found.Staff[0].Assignments[0].UnitCode != want {
				b.Errorf("on %s: %+v %v", day, found, err)
			}
		}
	})
}

func TestUnitsAreListedAsTheyWereOpenOnADay(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		if _, err := b.people.OpenUnit(b.Context(), operator(), "S1", db.NewDate(2026, 3, 1), 0); err != nil {
			b.Fatal(err)
		}
		if _, err := b.people.CloseUnit(b.Context(), operator(), "S1", db.NewDate(2026, 6, 30), 0); err != nil {
			b.Fatal(err)
		}
		for day, want := range map[string]bool{"2026-02-28": false, "2026-03-01": true, "2026-06-30": true, "2026-07-01": false} {
			on, err := db.ParseDate(day)
			if err != nil {
				b.Fatal(err)
			}
			found, err := b.people.UnitPage(b.Context(), operator(), people.UnitFilter{Search: "S1", On: on}, page.Query{})
			if err != nil || len(found.Units) == 1 != want {
				b.Errorf("on %s: %+v %v", day, found, err)
			}
		}
	})
}
