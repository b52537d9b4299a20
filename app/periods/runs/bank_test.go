package runs_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/rbac"
)

const month = "2026-10"

// bank is a bank with a month of figures, on a database of its own.
type bank struct {
	*testing.T
	*app.App
	actor rbac.Actor
}

func clock() time.Time { return time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC) }

// newBank imports the month of a bank that the facts' tests keep.
func newBank(t *testing.T, d *db.DB) *bank {
	t.Helper()
	b := &bank{T: t, App: app.New(d, clock), actor: rbac.Operator("tester")}
	for _, file := range []string{"units.xlsx", "metrics.xlsx", "scorecards.json", "staff.xlsx", "assignments.xlsx"} {
		b.load(file)
	}
	if _, err := b.Periods.Create(t.Context(), b.actor, month, 5); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"targets.xlsx", "actuals.xlsx", "surveys.xlsx", "events.csv", "adjustments.xlsx", "vetoes.xlsx", "reviews.xlsx"} {
		b.load(file)
	}
	return b
}

func (b *bank) load(file string) {
	b.Helper()
	kind, _, _ := strings.Cut(file, ".")
	b.importFile(kind, filepath.Join("..", "facts", "testdata", file))
}

func (b *bank) importFile(kind, path string) {
	b.Helper()
	if _, err := b.Imports.Import(b.Context(), b.actor, kind, path, imports.Options{}, nil); err != nil {
		b.Fatalf("importing %s: %v", path, err)
	}
}

// lines imports the lines of a text.
func (b *bank) lines(kind string, lines ...string) {
	b.Helper()
	path := filepath.Join(b.TempDir(), kind+".csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		b.Fatal(err)
	}
	b.importFile(kind, path)
}

func (b *bank) calculate() *runs.Run {
	b.Helper()
	run, err := b.Runs.Run(b.Context(), b.actor, month, nil)
	if err != nil {
		b.Fatal(err)
	}
	return run
}

// exec changes the database behind the program's back.
func (b *bank) exec(query string, args ...any) error {
	return b.DB.Write(b.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw(query, args...).Exec(ctx)
		return err
	})
}

func (b *bank) mustExec(query string, args ...any) {
	b.Helper()
	if err := b.exec(query, args...); err != nil {
		b.Fatal(err)
	}
}

// value gives what a query answers with, as text.
func (b *bank) value(query string, args ...any) string {
	b.Helper()
	var v any
	err := b.DB.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(query, args...).Scan(ctx, &v)
	})
	if err != nil {
		b.Fatalf("%s: %v", query, err)
	}
	if text, ok := v.([]byte); ok {
		return string(text)
	}
	return fmt.Sprint(v)
}

func (b *bank) wantConflict(err error, code string) {
	b.Helper()
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Conflict || e.Code != code {
		b.Errorf("got %v, want the conflict %s", err, code)
	}
}

// publish brings the period to published; whatever blocks it is let pass.
func (b *bank) publish() {
	b.Helper()
	ctx := b.Context()
	for _, step := range []func(context.Context, rbac.Actor, string, int64) (*periods.Period, error){
		b.Periods.Open, b.Periods.Score,
		func(ctx context.Context, actor rbac.Actor, code string, version int64) (*periods.Period, error) {
			return b.Periods.Publish(ctx, actor, code, version, 0)
		},
	} {
		b.waiveAll()
		if _, err := step(ctx, b.actor, month, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func (b *bank) waiveAll() {
	b.Helper()
	status, err := b.Periods.Show(b.Context(), b.actor, month)
	if err != nil {
		b.Fatal(err)
	}
	waived := map[periods.BlockerCode]bool{}
	for _, blocker := range status.Blockers {
		if blocker.Waived == "" && !waived[blocker.Code] {
			waived[blocker.Code] = true
			if _, err := b.Periods.Waive(b.Context(), b.actor, month, blocker.Code, "", "agreed by the committee"); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// results gives the stored results as JSON, by staff number.
func (b *bank) results(number int, filter runs.Filter) (ids []string, byID map[string]string) {
	b.Helper()
	byID = map[string]string{}
	var book *runs.Book
	err := b.Runs.Results(b.Context(), b.actor, month, number, filter, func(opened *runs.Book) error {
		book = opened
		return nil
	}, func(r *runs.Result) error {
		ids = append(ids, r.StaffNo)
		byID[r.StaffNo] = string(book.AppendJSON(nil, r))
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return ids, byID
}

// differences verifies the month.
func (b *bank) differences() []runs.Difference {
	b.Helper()
	var found []runs.Difference
	_, err := b.Runs.Verify(b.Context(), b.actor, month, nil, func(d runs.Difference) error {
		found = append(found, d)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return found
}
