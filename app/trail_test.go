package app_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/reports"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
)

// trail is a bank whose audit trail is watched.
type trail struct {
	*testing.T
	*app.App
	by rbac.Actor
}

func clock() time.Time { return time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC) }

func (b *trail) exec(query string, args ...any) {
	b.Helper()
	err := b.DB.Write(b.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
	if err != nil {
		b.Fatalf("%s: %v", query, err)
	}
}

func (b *trail) text(query string) string {
	b.Helper()
	var v any
	err := b.DB.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error { return tx.QueryRowContext(ctx, query).Scan(&v) })
	if err != nil {
		b.Fatalf("%s: %v", query, err)
	}
	if text, ok := v.([]byte); ok {
		return string(text)
	}
	return fmt.Sprint(v)
}

// state is what the changes of this test would change.
func (b *trail) state() string {
	b.Helper()
	var parts []string
	for _, query := range []string{
		"SELECT COUNT(*) FROM batches", "SELECT COUNT(*) FROM history", "SELECT COUNT(*) FROM units", "SELECT COALESCE(SUM(version), 0) FROM units",
		"SELECT COUNT(*) FROM staff", "SELECT COUNT(*) FROM assignments", "SELECT COUNT(*) FROM metrics", "SELECT COUNT(*) FROM scorecard_versions WHERE state = 'published'",
		"SELECT COUNT(*) FROM periods", "SELECT COALESCE(SUM(version), 0) FROM periods", "SELECT COUNT(*) FROM period_waivers", "SELECT COUNT(*) FROM targets",
		"SELECT COUNT(*) FROM actuals WHERE ended_batch_id IS NULL", "SELECT COUNT(*) FROM runs", "SELECT COUNT(*) FROM audit_records",
	} {
		parts = append(parts, b.text(query))
	}
	return strings.Join(parts, " ")
}

// breakTrail makes every record of the audit trail fail; mend makes them good again.
func (b *trail) breakTrail() (mend func()) {
	b.Helper()
	if b.DB.Engine() == db.SQLite {
		b.exec("CREATE TRIGGER no_audit BEFORE INSERT ON audit_records BEGIN SELECT RAISE(ABORT, 'the disk of the trail is full'); END")
		return func() { b.exec("DROP TRIGGER no_audit") }
	}
	b.exec("CREATE OR REPLACE FUNCTION no_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk of the trail is full'; END $$")
	b.exec("CREATE TRIGGER no_audit BEFORE INSERT ON audit_records FOR EACH ROW EXECUTE FUNCTION no_audit()")
	return func() { b.exec("DROP TRIGGER no_audit ON audit_records") }
}

func (b *trail) load(file string) func(context.Context) error {
	kind, _, _ := strings.Cut(file, ".")
	return func(ctx context.Context) error {
		_, err := b.Imports.Import(ctx, b.by, kind, filepath.Join("periods", "facts", "testdata", file), imports.Options{}, nil)
		return err
	}
}

func (b *trail) waiveAll() {
	b.Helper()
	status, err := b.Periods.Show(b.Context(), b.by, "2026-10")
	if err != nil {
		b.Fatal(err)
	}
	done := map[string]bool{}
	for _, blocker := range status.Blockers {
		if code := string(blocker.Code); blocker.Waived == "" && !done[code] {
			done[code] = true
			if _, err := b.Periods.Waive(b.Context(), b.by, "2026-10", blocker.Code, "", "agreed"); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// change is one change and the action that stands on record for it.
type change struct {
	action string
	do     func(context.Context) error
}

func (b *trail) changes() []change {
	draft := func(ctx context.Context) error {
		text, err := os.ReadFile(filepath.Join("periods", "facts", "testdata", "scorecards.json"))
		if err != nil {
			return err
		}
		path := filepath.Join(b.TempDir(), "draft.json")
		if err := os.WriteFile(path, []byte(strings.Replace(string(text), `"zh": "`, `"zh": "新`, 1)), 0o600); err != nil {
			return err
		}
		_, err = b.Imports.Import(ctx, b.by, "scorecards", path, imports.Options{Draft: true}, nil)
		return err
	}
	err2 := func(_ any, err error) error { return err }
	list := []change{
		{"import.units", b.load("units.xlsx")}, {"import.metrics", b.load("metrics.xlsx")}, {"import.scorecards", b.load("scorecards.json")},
		{"import.staff", b.load("staff.xlsx")}, {"import.assignments", b.load("assignments.xlsx")},
		{"unit.move", func(ctx context.Context) error { return err2(b.People.MoveUnit(ctx, b.by, "B0101", "B02", 0)) }},
		{"unit.move", func(ctx context.Context) error { return err2(b.People.MoveUnit(ctx, b.by, "B0101", "B01", 0)) }},
		{"unit.open", func(ctx context.Context) error {
			return err2(b.People.OpenUnit(ctx, b.by, "B0101", db.NewDate(2000, 1, 1), 0))
		}},
		{"period.create", func(ctx context.Context) error { return err2(b.Periods.Create(ctx, b.by, "2026-10", 5)) }},
		{"import.targets", b.load("targets.xlsx")}, {"import.actuals", b.load("actuals.xlsx")},
		{"batch.undo", func(ctx context.Context) error {
			records, err := b.Imports.Batches(ctx, b.by, imports.Filter{Kind: "actuals"})
			if err != nil {
				return err
			}
			return err2(b.Imports.Undo(ctx, b.by, records[0].ID))
		}},
		{"import.actuals", b.load("actuals.xlsx")},
		{"period.open", func(ctx context.Context) error { return err2(b.Periods.Open(ctx, b.by, "2026-10", 0)) }},
		{"period.waive", func(ctx context.Context) error {
			return err2(b.Periods.Waive(ctx, b.by, "2026-10", "reviews", "teamwork", "agreed"))
		}},
		{"period.score", func(ctx context.Context) error { return err2(b.Periods.Score(ctx, b.by, "2026-10", 0)) }},
		{"run.create", func(ctx context.Context) error { return err2(b.Runs.Run(ctx, b.by, "2026-10", nil)) }},
		{"period.publish", func(ctx context.Context) error { return err2(b.Periods.Publish(ctx, b.by, "2026-10", 0, 0)) }},
		{"period.close", func(ctx context.Context) error { return err2(b.Periods.Close(ctx, b.by, "2026-10", 0)) }},
		{"import.scorecards", draft},
		{"scorecard.publish", func(ctx context.Context) error {
			versions, err := b.Cards.List(ctx, b.by)
			for _, v := range versions {
				if v.State == scorecards.StateDraft {
					return err2(b.Cards.Publish(ctx, b.by, v.Code))
				}
			}
			return err
		}},
	}
	return list
}

func TestL01_EveryChangeHasOneRecordOrDoesNotHappen(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := &trail{T: t, App: app.New(d, clock), by: rbac.Operator("tester")}
		ctx := audit.From(t.Context(), audit.Origin{Address: "10.0.0.7", RequestID: "request-1", Session: "digest-1"})
		for _, c := range b.changes() {
			if c.action == "period.open" || c.action == "period.score" || c.action == "period.publish" {
				b.waiveAll()
			}
			before := b.state()
			mend := b.breakTrail()
			err := c.do(ctx)
			mend()
			if e, ok := fault.As(err); !ok || e.Code != "audit.unavailable" || e.Kind != fault.Unavailable {
				t.Errorf("%s without a trail: %v", c.action, err)
			}
			if after := b.state(); after != before {
				t.Fatalf("%s without a trail has changed %s to %s", c.action, before, after)
			}
			last := b.text("SELECT COALESCE(MAX(id), 0) FROM audit_records")
			if err := c.do(ctx); err != nil {
				t.Fatalf("%s: %v", c.action, err)
			}
			records := b.text("SELECT COUNT(*) FROM audit_records WHERE id > " + last)
			if got := b.text("SELECT action FROM audit_records ORDER BY id DESC LIMIT 1"); records != "1" || got != c.action {
				t.Errorf("%s left %s records, the last of %s", c.action, records, got)
			}
		}
		if n := b.text("SELECT COUNT(*) FROM audit_records WHERE address = '10.0.0.7' AND request_id = 'request-1' AND session = 'digest-1' AND outcome = 'done' AND actor = 'tester'"); n == "0" {
			t.Error("no record says from where it came")
		}
		list, err := b.Audit.Search(t.Context(), b.by, audit.Filter{Action: "period.publish"}, page.Query{})
		if err != nil || len(list.Records) != 1 || list.Records[0].Key != "2026-10" || !strings.Contains(string(list.Records[0].After), `"published"`) || !strings.Contains(string(list.Records[0].Before), `"scoring"`) {
			t.Errorf("the record of publishing: %+v, %v", list, err)
		}
	})
}

func TestL01_AnExportIsOnRecordWithTheDigestOfItsFile(t *testing.T) {
	t.Parallel()
	b := &trail{T: t, App: app.New(apptest.SQLite(t), clock), by: rbac.Operator("tester")}
	for _, c := range b.changes()[:5] {
		if err := c.do(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Periods.Create(t.Context(), b.by, "2026-10", 5); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Runs.Run(t.Context(), b.by, "2026-10", nil); err != nil {
		t.Fatal(err)
	}
	w, err := b.Reports.Open(t.Context(), b.by, reports.Request{Period: "2026-10", Unit: "B01", Lang: lang.En})
	if err != nil {
		t.Fatal(err)
	}
	file := new(strings.Builder)
	mend := b.breakTrail()
	if err := w.WriteSummary(t.Context(), new(strings.Builder)); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("an export that cannot be recorded: %v", err)
	}
	mend()
	if err := w.WriteSummary(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	record := b.text("SELECT after FROM audit_records WHERE action = 'export.run'")
	if !strings.Contains(record, digest(file.String())) || !strings.Contains(record, `"unit":"B01"`) || !strings.Contains(record, fmt.Sprintf(`"members":%d`, w.Members)) {
		t.Errorf("the record of the export is %s", record)
	}
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
