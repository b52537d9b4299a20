package seed_test

import (
	"testing"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/seed"
	"github.com/steelyard/steelyard/rbac"
)

func TestTheDemoBankGoesThroughTheServices(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		clock := &seed.Clock{}
		program := app.New(d, clock.Now)
		operator := rbac.Operator("demo")
		loader := seed.Loader{
			Imports: program.Imports, Periods: program.Periods, Runs: program.Runs,
			Clock: clock, Actor: operator, Progress: func(int, int) {},
		}
		if err := loader.Load(t.Context(), db.NewDate(2026, 11, 24)); err != nil {
			t.Fatal(err)
		}
		list, err := program.Periods.List(t.Context(), operator)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != 12 || list[0].Code != "2026-10" || list[0].State != periods.Scoring {
			t.Errorf("%d months, the last is %s in %s", len(list), list[0].Code, list[0].State)
		}
		for _, p := range list[1:] {
			if p.State != periods.Closed {
				t.Errorf("%s is %s", p.Code, p.State)
			}
		}
	})
}
