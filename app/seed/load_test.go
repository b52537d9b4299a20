package seed_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/app/reviews"
	"github.com/steelyard/steelyard/app/seed"
	"github.com/steelyard/steelyard/rbac"
)

func TestTheDemoBankGoesThroughTheServices(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		clock := &seed.Clock{}
		program := opened(t, d, clock)
		operator := rbac.Operator("demo")
		loader := loaderOf(program, clock, operator)
		if latest, made, err := loader.Ensure(t.Context(), db.NewDate(2026, 11, 24)); err != nil || !made || latest != "2026-10" {
			t.Fatalf("the last month is %q, made: %t, %v", latest, made, err)
		}
		list, err := program.Periods.List(t.Context(), operator)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != 13 || list[1].Code != "2026-10" || list[1].State != periods.Scoring {
			t.Errorf("%d months, the last is %s in %s", len(list), list[1].Code, list[1].State)
		}
		if list[0].Code != "2026-11" || list[0].State != periods.Collecting {
			t.Errorf("the month that has begun is %s in %s", list[0].Code, list[0].State)
		}
		awkward(t, program, operator)
		letIn(t, program)
		for _, p := range list[2:] {
			if p.State != periods.Closed {
				t.Errorf("%s is %s", p.Code, p.State)
			}
		}
		if latest, made, err := loader.Ensure(t.Context(), db.NewDate(2027, 1, 5)); err != nil || made || latest != "2026-10" {
			t.Errorf("a second time, later: the last month is %q, made: %t, %v", latest, made, err)
		}
	})
}

// opened makes the services on a database with the roles of a new bank.
func opened(t *testing.T, d *db.DB, clock *seed.Clock) *app.App {
	t.Helper()
	program := app.New(d, clock.Now)
	if err := program.LoadPolicy(t.Context()); err != nil {
		t.Fatal(err)
	}
	return program
}

func loaderOf(program *app.App, clock *seed.Clock, actor rbac.Actor) seed.Loader {
	return seed.Loader{
		Imports: program.Imports, People: program.People, Periods: program.Periods, Runs: program.Runs,
		Users: program.Users, Grants: program.Grants, Auth: program.Auth, Reviews: program.Reviews,
		Clock: clock, Actor: actor, As: program.Actor, Progress: func(int, int) {},
	}
}

func TestAnotherBankIsNotMadeIntoTheDemoBank(t *testing.T) {
	clock := &seed.Clock{}
	program := opened(t, apptest.SQLite(t), clock)
	file := filepath.Join(t.TempDir(), "units.csv")
	if err := os.WriteFile(file, []byte("机构代码,机构名称,上级机构,层级\n0001,别的银行,,总行\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	operator := rbac.Operator("demo")
	if _, err := program.Imports.Import(t.Context(), operator, "units", file, imports.Options{}, nil); err != nil {
		t.Fatal(err)
	}
	loader := loaderOf(program, clock, operator)
	if _, _, err := loader.Ensure(t.Context(), db.NewDate(2026, 11, 24)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("the demo bank is loaded over another: %v", err)
	}
}

// awkward looks for the cases of the last month that somebody will ask about.
func awkward(t *testing.T, program *app.App, operator rbac.Actor) {
	t.Helper()
	found := map[string]int{}
	err := program.Runs.Results(t.Context(), operator, "2026-10", runs.Latest, runs.Filter{}, func(*runs.Book) error { return nil },
		func(r *runs.Result) error {
			found[r.Status]++
			switch total := r.Total.Text(r.Precision); {
			case len(r.Segments) == 2 && r.Segments[0].Position != r.Segments[1].Position:
				found["two posts in turn"]++
			case len(r.Segments) == 2:
				found["transferred"]++
			case r.Scorecard == "teller" && total == "95.0" && r.Grade == "A":
				found["on the grade line"]++
			case total == "59.99":
				found["vetoed"]++
			case r.Bonus.Text(2) == "6.00":
				found["bonuses capped"]++
			case r.Deduction.Text(2) == "10.00":
				found["deductions capped"]++
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	for what, least := range map[string]int{
		"complete": 200, "incomplete": 1, "not_assessed": 1, "two posts in turn": 1, "transferred": 1,
		"on the grade line": 2, "vetoed": 1, "bonuses capped": 1, "deductions capped": 1,
	} {
		if found[what] < least {
			t.Errorf("%s: %d of at least %d", what, found[what], least)
		}
	}
}

// letIn signs in as every kind of user, who has what they are there for; one of them has reviews to write.
func letIn(t *testing.T, program *app.App) {
	t.Helper()
	roles := map[string]bool{}
	for _, a := range seed.Accounts() {
		in, err := program.Auth.SignIn(t.Context(), a.Username, seed.Password, auth.Client{})
		if err != nil {
			t.Errorf("%s (%s): %v", a.Username, a.Role, err)
			continue
		}
		roles[a.Role] = true
		actor := program.Actor(in.UserID)
		if a.Sees.Zh == "" || a.Sees.En == "" || !actor.Decide(rbac.UnitRead, rbac.Target{}).Allowed {
			t.Errorf("%s (%s) sees nothing", a.Username, a.Role)
		}
		if a.Unit != "B0102" || a.Role != "branch_manager" {
			continue
		}
		grid, err := program.Reviews.Grid(t.Context(), actor, "2026-11", reviews.GridFilter{}, page.Query{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		states := map[reviews.State]int{}
		waiting := 0
		for _, row := range grid.Rows {
			waiting += len(row.Items) - len(row.Cells)
			for _, cell := range row.Cells {
				states[cell.State]++
			}
		}
		if states[reviews.Submitted] == 0 || states[reviews.Draft] == 0 || waiting == 0 {
			t.Errorf("the grid of %s has %v and %d cells to fill", a.Username, states, waiting)
		}
	}
	for _, role := range rbac.DefaultPolicy().Roles {
		if !roles[role.Code] {
			t.Errorf("the demo has no %s", role.Code)
		}
	}
}
