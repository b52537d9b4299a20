package grants_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/apptest/world"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/rbac/rbactest"
)

// noon is when the tests take place, in UTC.
var noon = time.Date(2026, 10, 31, 4, 0, 0, 0, time.UTC)

func open(t *testing.T, d *db.DB) *app.App {
	t.Helper()
	a := app.New(d, func() time.Time { return noon })
	if err := a.LoadPolicy(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheCasesAreAnsweredFromTheDatabase(t *testing.T) {
	cases, err := rbactest.Cases()
	if err != nil || len(cases) == 0 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		t.Run(c.File, func(t *testing.T) {
			apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
				a := open(t, d)
				world.Load(t, a, c.World)
				for _, stage := range c.Stages {
					world.Apply(t, a, stage)
					for _, q := range stage.Questions {
						ask(t, a, c.World, q)
					}
					for _, l := range stage.Lists {
						listed(t, a, c.World, l)
					}
				}
			})
		})
	}
}

func ask(t *testing.T, a *app.App, w rbactest.World, q rbactest.Question) {
	t.Helper()
	got, err := a.Grants.Can(t.Context(), world.Operator(), grants.Question{
		Username: world.Username(w, q.User), Permission: q.Permission, Unit: q.Unit, StaffNo: q.Staff, On: world.Day(t, q.On),
	})
	switch {
	case err != nil:
		t.Errorf("%s: %v", q.Why, err)
	case got.Allowed != q.Allowed || got.Step != q.Step:
		t.Errorf("%s: %v by %s, want %v by %s", q.Why, got.Allowed, got.Step, q.Allowed, q.Step)
	case q.Owner != "" && (got.Power == nil || got.Power.Owner != q.Owner):
		t.Errorf("%s: the owner is %v, want %s", q.Why, got.Power, q.Owner)
	}
}

func listed(t *testing.T, a *app.App, w rbactest.World, l rbactest.List) {
	t.Helper()
	u, _ := a.Guard.Snapshot().UserNamed(world.Username(w, l.User))
	scope := a.Guard.Snapshot().Scope(u.ID, l.Permission, l.On)
	var codes []string
	err := a.DB.Snapshot(t.Context(), func(ctx context.Context, tx db.Tx) error {
		tree, err := people.Units(ctx, tx, scope)
		if err != nil {
			return err
		}
		for _, u := range tree.All() {
			codes = append(codes, u.Code)
		}
		return nil
	})
	want := slices.Sorted(slices.Values(l.Units))
	if err != nil || !slices.Equal(codes, want) {
		t.Errorf("the units of %s for %s are %v, want %v (%v)", l.User, l.Permission, codes, want, err)
	}
}
