package people_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// bank is a database with the services of people on it.
type bank struct {
	*testing.T
	db      *db.DB
	imports *imports.Service
	people  *people.Service
}

func eachBank(t *testing.T, f func(b bank)) {
	t.Helper()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		clock := func() time.Time { return time.Date(2026, 11, 3, 1, 2, 3, 0, time.UTC) }
		today := func() db.Date { return db.DateOf(clock()) }
		service := imports.NewService(d, clock, people.Kinds(today), people.Entities(today))
		f(bank{T: t, db: d, imports: service, people: people.NewService(d, today, service)})
	})
}

func operator() rbac.Actor { return rbac.Operator("tester") }

// write makes a file of lines.
func (b bank) write(name string, lines ...string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func (b bank) try(kind string, o imports.Options, lines ...string) (*imports.Summary, error) {
	b.Helper()
	return b.imports.Import(b.Context(), operator(), kind, b.write(kind+".csv", lines...), o, nil)
}

// load imports lines that must be good.
func (b bank) load(kind string, lines ...string) *imports.Summary {
	b.Helper()
	summary, err := b.try(kind, imports.Options{}, lines...)
	if err != nil {
		b.Fatalf("%s: %v", kind, err)
	}
	return summary
}

// refuse imports lines that must be refused, and gives the faults in English.
func (b bank) refuse(kind string, lines ...string) []string {
	b.Helper()
	_, err := b.try(kind, imports.Options{}, lines...)
	wrong, ok := fault.As(err)
	if !ok || wrong.Kind != fault.Invalid {
		b.Fatalf("%s was not refused as invalid: %v", kind, err)
	}
	var said []string
	for _, p := range wrong.Problems {
		said = append(said, p.In(lang.En))
	}
	return said
}

func (b bank) expect(got []string, want ...string) {
	b.Helper()
	if len(got) != len(want) {
		b.Errorf("%d faults, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
		return
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			b.Errorf("fault %d is\n%s\nwithout\n%s", i, got[i], want[i])
		}
	}
}

const (
	unitHead       = "unit_code,name,parent_code,level"
	staffHead      = "staff_no,name,unit_code,position,hired_on"
	assignmentHead = "staff_no,unit_code,position,from,to,state"
)

func (b bank) loadUnits() {
	b.Helper()
	b.load("units", unitHead, "HQ,总行,,head_office", "B1,东分行,HQ,branch", "B2,西分行,HQ,branch", "S1,一支行,B1,sub_branch", "S2,二支行,B1,支行")
}

func (b bank) tree() *people.Tree {
	b.Helper()
	tree, err := b.people.Units(b.Context(), operator())
	if err != nil {
		b.Fatal(err)
	}
	return tree
}

// shown checks what a batch says that it changed.
func (b bank) shown(batch int64, want ...string) {
	b.Helper()
	_, changes, err := b.imports.Batch(b.Context(), operator(), batch, imports.Page{Limit: len(want)})
	if err != nil || changes.More {
		b.Fatalf("batch %d: more than %d changes, or %v", batch, len(want), err)
	}
	got := make([]string, len(changes.List))
	for i := range changes.List {
		text, err := json.Marshal(&changes.List[i])
		if err != nil {
			b.Fatal(err)
		}
		got[i] = string(text)
	}
	b.equal(got, want)
}

// pathOf gives a unit's path in codes.
func pathOf(tree *people.Tree, code string) string {
	u := tree.ByCode(code)
	if u == nil {
		return ""
	}
	path := u.Code
	for up := tree.Parent(u.ID); up != nil; up = tree.Parent(up.ID) {
		path = up.Code + "/" + path
	}
	return path
}

// soundPaths fails when a unit's path is not its parent's and its own id.
func (b bank) soundPaths() {
	b.Helper()
	tree := b.tree()
	for _, u := range tree.All() {
		above := "/"
		if up := tree.Parent(u.ID); up != nil {
			above = up.Path
		}
		if !strings.HasPrefix(u.Path, above) || strings.Count(u.Path, "/") != strings.Count(above, "/")+1 {
			b.Errorf("%s has the path %s under %s", u.Code, u.Path, above)
		}
	}
}

// assignments gives a member's assignments as texts.
func (b bank) assignments(no string) []string {
	b.Helper()
	m, tree, err := b.people.Staff(b.Context(), operator(), no)
	if err != nil {
		b.Fatal(err)
	}
	var said []string
	for _, a := range m.Assignments {
		said = append(said, strings.TrimRight(strings.Join([]string{tree.ByID(a.UnitID).Code, a.Position, a.From.String(), a.To.String(), string(a.State)}, " "), " "))
	}
	return said
}

func (b bank) equal(got, want []string) {
	b.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		b.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func (b bank) exec(query string, args ...any) {
	b.Helper()
	err := b.db.Write(b.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

func codeOf(err error) string {
	if e, ok := fault.As(err); ok {
		return e.Code
	}
	return ""
}
