package cli

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/apptest/world"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/rbac/rbactest"
)

// loaded puts a world into the database of a URL and closes it again.
func loaded(t *testing.T, url string, f func(a *app.App)) {
	t.Helper()
	a, err := app.Open(t.Context(), url, now)
	if err != nil {
		t.Fatal(err)
	}
	f(a)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestTheCommandCanAnswersTheCases(t *testing.T) {
	cases, err := rbactest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.File, func(t *testing.T) {
			apptest.EachURL(t, func(t *testing.T, url string) {
				for i, stage := range c.Stages {
					loaded(t, url, func(a *app.App) {
						if i == 0 {
							world.Load(t, a, c.World)
						}
						world.Apply(t, a, stage)
					})
					for _, q := range stage.Questions {
						can(t, url, c.World, q)
					}
				}
			})
		})
	}
}

// can asks a question of the cases on the command line.
func can(t *testing.T, url string, w rbactest.World, q rbactest.Question) {
	t.Helper()
	args := []string{"can", world.Username(w, q.User), string(q.Permission), "--on", string(q.On), "--db", url, "--json"}
	if q.Unit != "" {
		args = append(args, "--unit", q.Unit)
	}
	if q.Staff != "" {
		args = append(args, "--staff", q.Staff)
	}
	got := steelyard(t, nil, args...)
	var answer struct {
		Allowed     bool
		Step        rbac.Step
		Owner       rbac.Level
		Explanation []string
	}
	if err := json.Unmarshal([]byte(got.stdout), &answer); err != nil {
		t.Fatalf("%s: exit %d, %q %q", q.Why, got.code, got.stdout, got.stderr)
	}
	code := exitFailed
	if q.Allowed {
		code = exitDone
	}
	if answer.Allowed != q.Allowed || answer.Step != q.Step || q.Owner != "" && answer.Owner != q.Owner || len(answer.Explanation) == 0 || got.code != code {
		t.Errorf("%s: exit %d, %s", q.Why, got.code, got.stdout)
	}
}

func TestCanSaysWhyInTheUsersLanguageAndExitsWithTheAnswer(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		smallBank(t, url)
		env := []string{"STEELYARD_DB=" + url}
		yes := steelyard(t, env, "can", "bm", "review.read", "--unit", "A")
		if yes.code != exitDone || !strings.Contains(yes.stdout, "yes") || !strings.Contains(yes.stdout, "the grant: unit manager at A A") {
			t.Errorf("yes: %+v", yes)
		}
		no := steelyard(t, env, "can", "bm", "review.read", "--unit", "B", "--lang", "zh")
		if no.code != exitFailed || !strings.Contains(no.stdout, "不可以") || no.stderr != "" {
			t.Errorf("no: %+v", no)
		}
		for _, args := range [][]string{{"bm", "no.such"}, {"nobody1", "review.read"}, {"bm", "review.read", "--unit", "X"}, {"bm", "review.read", "--on", "soon"}} {
			if got := steelyard(t, env, append([]string{"can"}, args...)...); got.code != exitWrong {
				t.Errorf("%v: %+v", args, got)
			}
		}
		if got := steelyard(t, env, "who-can", "review.write", "--unit", "A"); got.code != exitDone || !strings.Contains(got.stdout, "bm") || strings.Contains(got.stdout, "hr1") {
			t.Errorf("who can: %+v", got)
		}
	})
}

// smallBank has a head office, two branches, the manager of one, HR and administrators.
func smallBank(t *testing.T, url string) {
	t.Helper()
	loaded(t, url, func(a *app.App) {
		world.Load(t, a, rbactest.World{
			Units: []rbactest.Unit{
				{Code: "HQ", Level: rbac.HeadOffice}, {Code: "A", Parent: "HQ", Level: rbac.Branch}, {Code: "B", Parent: "HQ", Level: rbac.Branch},
			},
			Users: []rbactest.User{{Name: "bm"}, {Name: "hr1"}, {Name: "sec"}, {Name: "sys"}},
			Grants: []rbactest.Grant{
				{User: "bm", Role: "branch_manager", Unit: "A", From: "2026-01-01"}, {User: "hr1", Role: "hr_admin", Unit: "HQ", From: "2026-01-01"},
				{User: "sec", Role: "security_admin", Unit: "HQ", From: "2026-01-01"}, {User: "sys", Role: "system_admin", Unit: "HQ", From: "2026-01-01"},
			},
		})
	})
}

func TestAsAUserACommandHasThatUsersRightsAndNoMore(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		smallBank(t, url)
		run := func(as string, args ...string) printed {
			t.Helper()
			return steelyard(t, []string{"STEELYARD_DB=" + url, "STEELYARD_AS=" + as, "USER=root"}, args...)
		}
		if got := run("bm", "unit", "list"); got.code != exitDone || !strings.Contains(got.stdout, "A") || strings.Contains(got.stdout, "HQ") {
			t.Errorf("the units of a branch manager: %+v", got)
		}
		if got := run("bm", "unit", "show", "B"); got.code != exitWrong || got.stderr != strings.Replace(run("bm", "unit", "show", "X").stderr, "X", "B", 1) {
			t.Errorf("another branch: %+v", got)
		}
		for _, args := range [][]string{{"period", "create", "2026-10"}, {"user", "create", "x"}, {"grant", "add", "sys", "trainer", "A"}, {"can", "hr1", "unit.read"}} {
			if got := run("bm", args...); got.code != exitFailed || got.stdout != "" {
				t.Errorf("%v: %+v", args, got)
			}
		}
		if got := run("nobody1", "unit", "list"); got.code != exitWrong {
			t.Errorf("an unknown user: %+v", got)
		}
		if got := run("hr1", "period", "create", "2026-10"); got.code != exitDone {
			t.Errorf("HR creates a period: %+v", got)
		}
		loaded(t, url, func(a *app.App) {
			var actor, address string
			err := a.DB.Snapshot(t.Context(), func(ctx context.Context, tx db.Tx) error {
				return tx.QueryRowContext(ctx, "SELECT actor, address FROM audit_records WHERE action = 'period.create'").Scan(&actor, &address)
			})
			if err != nil || actor != "hr1" || address != "operator:root" {
				t.Errorf("on record: %q at %q, %v", actor, address, err)
			}
		})
		if got := run("sec", "grant", "add", "sec", "hr_admin", "HQ"); got.code != exitFailed || !strings.Contains(got.stderr, "separation") {
			t.Errorf("a grant to oneself: %+v", got)
		}
	})
}

func TestAnEmptyNameAfterAsIsNotTheOperator(t *testing.T) {
	url := filepath.Join(t.TempDir(), "b.db")
	smallBank(t, url)
	for name, c := range map[string]struct {
		variables []string
		args      []string
	}{
		"an empty word":                  {nil, []string{"--as", "", "user", "reset", "sec"}},
		"nothing after the sign":         {nil, []string{"--as=", "user", "list"}},
		"a blank":                        {nil, []string{"--as", " ", "user", "list"}},
		"after the command":              {nil, []string{"user", "reset", "sec", "--as="}},
		"an empty variable":              {[]string{"STEELYARD_AS="}, []string{"user", "list"}},
		"an empty flag before a name":    {[]string{"STEELYARD_AS=bm"}, []string{"--as=", "user", "list"}},
		"a command that takes no --as":   {nil, []string{"--as=", "migrate"}},
		"a command without the database": {[]string{"STEELYARD_AS="}, []string{"version"}},
	} {
		for language, want := range map[string]string{"zh": "请写明用户，或去掉它", "en": "name a user, or leave --as out"} {
			got := steelyard(t, append(c.variables, "STEELYARD_DB="+url, "STEELYARD_LANG="+language), c.args...)
			if got.code != exitWrong || got.stdout != "" || !strings.Contains(got.stderr, want) {
				t.Errorf("%s: %+v", name, got)
			}
		}
	}
	if got := steelyard(t, []string{"STEELYARD_AS=", "STEELYARD_DB=" + url}, "--as", "hr1", "unit", "list"); got.code != exitDone {
		t.Errorf("a flag goes before the variable: %+v", got)
	}
}

func TestUsersAndGrantsByCommand(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		smallBank(t, url)
		run := func(code int, want string, args ...string) string {
			t.Helper()
			got := steelyard(t, []string{"STEELYARD_DB=" + url}, args...)
			if got.code != code || !strings.Contains(got.stdout+got.stderr, want) {
				t.Errorf("%v: exit %d, %s%s without %q", args, got.code, got.stdout, got.stderr, want)
			}
			return got.stdout
		}
		run(exitDone, "one-time secret", "user", "create", "clerk", "--email", "c@bank.example")
		run(exitFailed, "taken", "user", "create", "clerk")
		run(exitWrong, "reserved", "user", "create", "Admin")
		run(exitDone, "c@bank.example", "user", "show", "clerk")
		run(exitDone, "disabled", "user", "disable", "clerk")
		run(exitFailed, "disabled", "user", "invite", "clerk")
		run(exitDone, "active", "user", "enable", "clerk")
		run(exitDone, "one-time secret", "user", "invite", "clerk")
		run(exitDone, "--cursor", "user", "list", "--limit", "2")
		var grant struct{ ID int64 }
		if err := json.Unmarshal([]byte(run(exitDone, "team_leader", "grant", "add", "clerk", "team_leader", "A", "--json")), &grant); err != nil {
			t.Fatal(err)
		}
		id := strconv.FormatInt(grant.ID, 10)
		run(exitDone, "2099-12-31", "grant", "end", id, "--on", "2099-12-31", "--reason", "for a time")
		run(exitDone, "revoked by operator", "grant", "revoke", id, "--reason", "moved")
		run(exitFailed, "revoked already", "grant", "revoke", id, "--reason", "moved")
		run(exitDone, "revoked by operator", "grant", "list", "--user", "clerk")
		run(exitDone, "branch_manager", "role", "list")
		run(exitDone, "review.write", "role", "show", "branch_manager")
		run(exitDone, "review.write", "responsibility", "list")
		run(exitDone, "sub-branch", "responsibility", "set", "review.write", "sub_branch", "--reason", "circular 12")
		run(exitWrong, "owner must be", "responsibility", "set", "review.write", "nobody")
		run(exitFailed, "no active user", "user", "disable", "sec")
	})
}
