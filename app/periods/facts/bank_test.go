package facts_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/facts"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
)

// bank is a database with units, staff, metrics and scorecards, and a period.
type bank struct {
	t       *testing.T
	db      *db.DB
	imports *imports.Service
	periods *periods.Service
	actor   rbac.Actor
}

var (
	skipErrors = imports.Options{SkipErrors: true}
	replace    = imports.Options{Replace: true}
)

func clock() time.Time { return time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC) }

func today() db.Date { return db.DateOf(clock()) }

// newBank loads the bank of testdata and opens October 2026.
func newBank(t *testing.T, d *db.DB) *bank {
	t.Helper()
	b := &bank{
		t: t, db: d, actor: rbac.Operator("tester"), periods: periods.NewService(d, clock),
		imports: imports.NewService(d, clock, slices.Concat(people.Kinds(today), scorecards.Kinds(), facts.Kinds()), slices.Concat(people.Entities(today), scorecards.Entities())),
	}
	for _, kind := range []string{"units", "staff", "assignments", "metrics"} {
		b.mustImport(kind, "testdata/"+kind+".xlsx")
	}
	b.mustImport("scorecards", "testdata/scorecards.json")
	if _, err := b.periods.Create(t.Context(), b.actor, "2026-10", 5); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bank) exec(query string, args ...any) {
	b.t.Helper()
	err := b.db.Write(b.t.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw(query, args...).Exec(ctx)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// count gives the number that a query answers with.
func (b *bank) count(query string, args ...any) int {
	b.t.Helper()
	var n int
	err := b.db.Snapshot(b.t.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(query, args...).Scan(ctx, &n)
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

func (b *bank) importFile(kind, path string, o imports.Options) (*imports.Summary, error) {
	b.t.Helper()
	return b.imports.Import(b.t.Context(), b.actor, kind, path, o, nil)
}

func (b *bank) mustImport(kind, path string) *imports.Summary {
	b.t.Helper()
	summary, err := b.importFile(kind, path, imports.Options{})
	if err != nil {
		b.t.Fatalf("importing %s: %v", path, err)
	}
	return summary
}

// csv writes lines into a file.
func (b *bank) csv(lines ...string) string {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), "facts.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// lines imports the lines of a text.
func (b *bank) lines(kind string, lines ...string) *imports.Summary {
	b.t.Helper()
	return b.mustImport(kind, b.csv(lines...))
}

// faults gives the problems of an import that must fail.
func (b *bank) faults(kind string, lines ...string) []fault.Problem {
	b.t.Helper()
	_, err := b.importFile(kind, b.csv(lines...), imports.Options{})
	wrong, ok := fault.As(err)
	if !ok || wrong.Kind != fault.Invalid {
		b.t.Fatalf("got %v, want an input error", err)
	}
	return wrong.Problems
}
