// Package world puts the small banks of rbac's cases into a database, the way a
// bank comes there: by files, grants and moves.
package world

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/rbac/rbactest"
)

// Operator does what is done to a world.
func Operator() rbac.Actor { return rbac.Operator("tester") }

// Username is what a user of a case is called in a database, where the username
// of a member is the staff number.
func Username(w rbactest.World, name string) string {
	at := slices.IndexFunc(w.Users, func(u rbactest.User) bool { return u.Name == name })
	if at >= 0 && w.Users[at].Staff != "" {
		return strings.ToLower(w.Users[at].Staff)
	}
	return name
}

// Load puts a world into an empty database.
func Load(t testing.TB, a *app.App, w rbactest.World) {
	t.Helper()
	if err := a.LoadPolicy(t.Context()); err != nil {
		t.Fatal(err)
	}
	units := []string{"unit_code,name,parent_code,level"}
	for _, u := range w.Units {
		units = append(units, fmt.Sprintf("%s,%s,%s,%s", u.Code, u.Code, u.Parent, u.Level))
	}
	staff, assignments := []string{"staff_no,name,unit_code,position,hired_on"}, []string{"staff_no,unit_code,position,from,to,state"}
	for _, m := range w.Staff {
		first := m.Assignments[0]
		staff = append(staff, fmt.Sprintf("%s,%s,%s,客户经理,%s", m.No, m.No, first.Unit, first.From))
		for _, s := range m.Assignments {
			assignments = append(assignments, fmt.Sprintf("%s,%s,客户经理,%s,%s,active", m.No, s.Unit, s.From, s.Until))
		}
	}
	users := []string{"username,staff_no,state"}
	for _, u := range w.Users {
		users = append(users, fmt.Sprintf("%s,%s,active", Username(w, u.Name), u.Staff))
	}
	for _, r := range w.Roles {
		role := grants.Role{Code: r.Code, Name: lang.Text{Zh: r.NameZh, En: r.NameEn}, Lines: r.Lines}
		if _, err := a.Grants.PutRole(t.Context(), Operator(), role); err != nil {
			t.Fatal(err)
		}
	}
	Import(t, a, "units", units...)
	Import(t, a, "staff", staff...)
	Import(t, a, "assignments", assignments...)
	Import(t, a, "users", users...)
	grantAll(t, a, w)
	Apply(t, a, rbactest.Stage{Powers: w.Powers})
}

func grantAll(t testing.TB, a *app.App, w rbactest.World) {
	t.Helper()
	lines := []string{"username,role,unit_code,from,to"}
	for _, g := range w.Grants {
		lines = append(lines, fmt.Sprintf("%s,%s,%s,%s,%s", Username(w, g.User), g.Role, g.Unit, g.From, g.Until))
	}
	Import(t, a, "grants", lines...)
	disabled := []string{"username,state"}
	for _, u := range w.Users {
		if u.Disabled {
			disabled = append(disabled, Username(w, u.Name)+",disabled")
		}
	}
	Import(t, a, "users", disabled...)
}

// Import takes lines in as a file of a kind; a file without rows is passed over.
func Import(t testing.TB, a *app.App, kind string, lines ...string) *imports.Summary {
	t.Helper()
	if len(lines) < 2 {
		return nil
	}
	summary, err := TryImport(t.Context(), t, a, Operator(), kind, lines...)
	if err != nil {
		t.Fatalf("importing %s: %v", kind, err)
	}
	return summary
}

// TryImport takes lines in as a file of a kind for an actor.
func TryImport(ctx context.Context, t testing.TB, a *app.App, actor rbac.Actor, kind string, lines ...string) (*imports.Summary, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), kind+".csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return a.Imports.Import(ctx, actor, kind, path, imports.Options{}, nil)
}

// Apply does what a stage changes.
func Apply(t testing.TB, a *app.App, s rbactest.Stage) {
	t.Helper()
	for _, m := range s.Moves {
		if _, err := a.People.MoveUnit(t.Context(), Operator(), m.Unit, m.To, 0); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range s.Powers {
		SetOwner(t, a, p.Permission, p.Owner)
	}
}

// SetOwner gives a power to a level, whatever stands there.
func SetOwner(t testing.TB, a *app.App, p rbac.Permission, owner rbac.Level) {
	t.Helper()
	rows, err := a.Grants.Responsibilities(t.Context(), Operator())
	if err != nil {
		t.Fatal(err)
	}
	var version int64
	if at := slices.IndexFunc(rows, func(r grants.Responsibility) bool { return r.Permission == p }); at >= 0 {
		version = rows[at].Version
	}
	if _, err := a.Grants.SetOwner(t.Context(), Operator(), p, owner, version, "a test"); err != nil {
		t.Fatal(err)
	}
}

// Day reads a day of a case.
func Day(t testing.TB, day rbac.Day) db.Date {
	t.Helper()
	d, err := db.ParseDate(string(day))
	if err != nil {
		t.Fatal(err)
	}
	return d
}
