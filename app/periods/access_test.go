package periods_test

import (
	"context"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

// reading is a user who reads periods and results at a unit, and their own results.
func (o *office) reading(unitID, staffID int64) rbac.Actor {
	o.t.Helper()
	s, err := rbac.NewSnapshot(rbac.Policy{
		Units: []rbac.Unit{
			{ID: 1, Code: "HQ", Path: "/1/", Level: rbac.HeadOffice}, {ID: 2, Code: "B1", Path: "/1/2/", Level: rbac.Branch}, {ID: 3, Code: "B2", Path: "/1/3/", Level: rbac.Branch},
		},
		Users: []rbac.User{{ID: 1, Name: "reader", StaffID: staffID}},
		Roles: []rbac.Role{{Code: "reader", Lines: []rbac.Line{{Permission: rbac.PeriodRead, Reach: rbac.AtUnit, Effect: rbac.Allow}, {Permission: rbac.ResultRead, Reach: rbac.Self, Effect: rbac.Allow}}},
			{Code: "manager", Lines: []rbac.Line{{Permission: rbac.PeriodRead, Reach: rbac.Subtree, Effect: rbac.Allow}, {Permission: rbac.ResultRead, Reach: rbac.Subtree, Effect: rbac.Allow}}}},
		Grants: []rbac.Grant{{ID: 1, UserID: 1, Role: map[bool]string{true: "reader", false: "manager"}[staffID != 0], UnitID: unitID, From: "2020-01-01"}},
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return s.Actor(1, "2026-11-02")
}

func TestAPeriodTellsAManagerOfTheirUnitsAloneAndAMemberOfNoDraft(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		units := func(by rbac.Actor) map[string]bool {
			status, err := o.Show(t.Context(), by, "2026-10")
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			for _, b := range status.Blockers {
				seen[b.Unit] = true
			}
			return seen
		}
		if seen := units(o.reading(2, 0)); !seen["B1"] || seen["B2"] {
			t.Errorf("the manager of B1 is told of %v", seen)
		}
		o.run(1, "incomplete", "incomplete")
		o.at(periods.Scoring)
		if _, err := o.Waive(t.Context(), operator, "2026-10", periods.Incomplete, "002", "agreed with B2"); err != nil {
			t.Fatal(err)
		}
		manager, err := o.Show(t.Context(), o.reading(2, 0), "2026-10")
		if err != nil || manager.Run == nil || manager.Run.Members != 1 || len(manager.Waivers) != 0 {
			t.Errorf("the manager of B1 sees %+v, %v", manager, err)
		}
		for _, b := range manager.Blockers {
			if b.Subject == "002" {
				t.Error("the manager of B1 is told of a member of B2")
			}
		}
		member, err := o.Show(t.Context(), o.reading(2, 1), "2026-10")
		if err != nil || member.Run != nil || len(member.Blockers) != 0 || len(member.Waivers) != 0 {
			t.Errorf("a member sees %+v, %v", member, err)
		}
	})
}

func TestARepeatedRequestMakesOnePeriodAndHasTheFirstAnswer(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		named := func(request byte) context.Context {
			return idempotency.With(t.Context(), idempotency.Key{UserID: 7, Key: "once", Operation: "createPeriod", Request: [32]byte{request}})
		}
		first, err := o.Create(named(1), operator, "2026-11", 3)
		if err != nil {
			t.Fatal(err)
		}
		again, err := o.Create(named(1), operator, "2026-11", 3)
		if err != nil || again.Code != first.Code || again.MinDays != 3 || again.Version != first.Version {
			t.Errorf("the repeated request: %+v, %v", again, err)
		}
		if _, err := o.Create(named(2), operator, "2026-12", 3); err == nil {
			t.Error("another request has the same key")
		}
		if list, err := o.List(t.Context(), operator); err != nil || len(list) != 2 {
			t.Errorf("the periods are %v, %v", list, err)
		}
	})
}
