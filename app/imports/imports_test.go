package imports_test

import (
	"context"
	"fmt"
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
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

// bank is a database with two members, one period and one metric, and a service
// that takes in actuals in the simplest way: what a member had is ended.
type bank struct {
	*testing.T
	db      *db.DB
	imports *imports.Service
}

func eachBank(t *testing.T, f func(b bank)) {
	t.Helper()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		clock := func() time.Time { return time.Date(2026, 11, 3, 1, 2, 3, 456789123, time.UTC) }
		b := bank{T: t, db: d, imports: imports.NewService(d, clock, []imports.Kind{actualsKind()}, nil)}
		b.exec("INSERT INTO staff (id, staff_no, name, hired_on) VALUES (1, '001', '甲', '2020-01-01'), (2, '2', '乙', '2020-01-01')")
		b.exec("INSERT INTO periods (id, code, first_day, last_day, min_days, state) VALUES (1, '2026-10', '2026-10-01', '2026-10-31', 5, 'collecting')")
		f(b)
	})
}

func actualsKind() imports.Kind {
	return imports.Kind{
		Name: "actuals", PerPeriod: true,
		Columns: []sheets.Column{{Name: "staff_no", Zh: "工号", Required: true}, {Name: "actual", Zh: "实际值", Required: true}},
		Table:   func(imports.Options) imports.TableImporter { return new(actualImport) },
	}
}

type actualLine struct {
	imports.Taken
	no, actual string
}

type actualImport struct{ lines []*actualLine }

func (i *actualImport) Parse(row sheets.Row) []fault.Problem {
	c := imports.Cells{Row: row}
	line := &actualLine{Taken: imports.Taken{Row: row}, no: c.Code("staff_no"), actual: c.Text("actual")}
	line.Wrong = len(c.Problems) > 0
	i.lines = append(i.lines, line)
	return c.Problems
}

func (i *actualImport) Apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	codes := imports.NewCodes[int64](2)
	codes.Add("001", 1)
	codes.Add("2", 2)
	b.SetPeriod(1)
	for _, l := range i.lines {
		id, p := codes.Find(l.Row, "staff_no", l.no, "test.unknown")
		if p != nil {
			b.Fault(&l.Taken, *p)
		}
		if l.Wrong || b.Blocked() {
			continue
		}
		ended, err := tx.NewUpdate().Table("actuals").Set("ended_batch_id = ?", b.ID).
			Where("staff_id = ? AND ended_batch_id IS NULL", id).Exec(ctx)
		if err != nil {
			return err
		}
		if n, _ := ended.RowsAffected(); n > 0 {
			b.Count(0, 1, 0, 0)
		} else {
			b.Count(1, 0, 0, 0)
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO actuals (period_id, staff_id, metric_id, actual, batch_id, row_no) VALUES (1, ?, 1, ?, ?, ?)", id, l.actual, b.ID, l.Row.Number)
		if err != nil {
			return err
		}
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{"test.unknown": {Zh: "没有 {code}", En: "no {code}"}})

func operator() rbac.Actor { return rbac.Operator("tester") }

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

func (b bank) try(o imports.Options, lines ...string) (*imports.Summary, error) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "actuals.csv")
	if err := os.WriteFile(path, []byte("staff_no,actual\n"+strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	return b.imports.Import(b.Context(), operator(), "actuals", path, o, nil)
}

func (b bank) load(lines ...string) *imports.Summary {
	b.Helper()
	s, err := b.try(imports.Options{}, lines...)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// current gives the actuals that count, as "staff=actual".
func (b bank) current() string {
	b.Helper()
	var said []string
	err := b.db.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.Each(ctx, "SELECT staff_id, actual FROM actuals WHERE ended_batch_id IS NULL ORDER BY staff_id", nil, func(r db.Row) error {
			said = append(said, fmt.Sprintf("%d=%s", r.Int(0), r.Text(1)))
			return nil
		})
	})
	if err != nil {
		b.Fatal(err)
	}
	return strings.Join(said, " ")
}

func codeOf(err error) string {
	if e, ok := fault.As(err); ok {
		return e.Code
	}
	return ""
}

func (b bank) undo(id int64) error {
	b.Helper()
	_, err := b.imports.Undo(b.Context(), operator(), id)
	return err
}

func TestAnUndoneCorrectionMakesTheValueBeforeCurrentAgain(t *testing.T) {
	eachBank(t, func(b bank) {
		first := b.load("001,10", "2,20")
		second := b.load("001,11")
		if got := b.current(); got != "1=11 2=20" {
			b.Errorf("current is %s", got)
		}
		if err := b.undo(first.BatchID); codeOf(err) != "batch.later" {
			b.Errorf("undoing under a correction: %v", err)
		}
		if err := b.undo(second.BatchID); err != nil {
			b.Fatal(err)
		}
		if got := b.current(); got != "1=10 2=20" {
			b.Errorf("current is %s", got)
		}
		if err := b.undo(first.BatchID); err != nil {
			b.Fatal(err)
		}
		if got := b.current(); got != "" {
			b.Errorf("current is %s", got)
		}
	})
}

func TestWhatARunOfThePeriodHasSeenIsNotUndone(t *testing.T) {
	eachBank(t, func(b bank) {
		s := b.load("001,10")
		b.exec("INSERT INTO runs (period_id, number, state, rules, period_days, min_days, last_batch_id, made_by, started_at) VALUES (1, 1, 'done', '1', 31, 5, ?, 'tester', '2026-11-01 00:00:00')", s.BatchID)
		if err := b.undo(s.BatchID); codeOf(err) != "batch.computed" {
			b.Errorf("undoing what was computed from: %v", err)
		}
		if err := b.undo(b.load("2,20").BatchID); err != nil {
			b.Errorf("undoing what came after the run: %v", err)
		}
	})
}

func TestABatchOfAPublishedPeriodIsNotUndone(t *testing.T) {
	eachBank(t, func(b bank) {
		s := b.load("001,10")
		b.exec("UPDATE periods SET state = 'published'")
		if err := b.undo(s.BatchID); codeOf(err) != "batch.published" {
			b.Errorf("undoing in a published period: %v", err)
		}
		if got := b.current(); got != "1=10" {
			b.Errorf("current is %s", got)
		}
	})
}

func TestAWithdrawnValueThatCameAnewIsNotRevivedBesideIt(t *testing.T) {
	eachBank(t, func(b bank) {
		b.load("001,10")
		b.exec("INSERT INTO batches (id, kind, made_by, made_at) VALUES (90, 'actuals', 'tester', '2026-11-02 00:00:00')")
		b.exec("UPDATE actuals SET ended_batch_id = 90")
		b.exec("INSERT INTO actuals (period_id, staff_id, metric_id, actual, batch_id) VALUES (1, 1, 1, '12', 1)")
		if err := b.undo(90); codeOf(err) != "batch.replaced" {
			b.Errorf("reviving beside a new value: %v", err)
		}
	})
}

func TestF12_TheSameFileTwiceIsOneBatchAndAnAbortedOneLeavesNothing(t *testing.T) {
	eachBank(t, func(b bank) {
		s := b.load("001,10")
		ctx, cancel := context.WithCancel(b.Context())
		cancel()
		path := filepath.Join(b.TempDir(), "actuals.csv")
		if err := os.WriteFile(path, []byte("staff_no,actual\n2,20\n"), 0o600); err != nil {
			b.Fatal(err)
		}
		if _, err := b.imports.Import(ctx, operator(), "actuals", path, imports.Options{}, nil); err == nil {
			b.Error("an aborted import says that it is done")
		}
		if got := b.current(); got != "1=10" {
			b.Errorf("current is %s", got)
		}
		records, err := b.imports.Batches(b.Context(), operator(), imports.Filter{Period: "2026-10"})
		if err != nil || len(records) != 1 || records[0].ID != s.BatchID || records[0].New != 1 || records[0].MadeBy != "tester" ||
			!records[0].MadeAt.Equal(time.Date(2026, 11, 3, 1, 2, 3, 456789000, time.UTC)) {
			b.Errorf("the batches are %+v, %v", records, err)
		}
	})
}

func TestSkippedErrorsLeaveTheWrongRowsAndSayWhich(t *testing.T) {
	eachBank(t, func(b bank) {
		s, err := b.try(imports.Options{SkipErrors: true}, "001,10", "9,1", ",", "2,20", "2,")
		if err != nil {
			b.Fatal(err)
		}
		if s.New != 2 || s.Wrong != 2 || len(s.Left) != 2 || s.Left[0].Row != 3 || s.Left[1].Row != 6 {
			b.Errorf("the summary is %+v", s)
		}
		if got := b.current(); got != "1=10 2=20" {
			b.Errorf("current is %s", got)
		}
	})
}

func TestFilesThatCannotBeTakenSayWhy(t *testing.T) {
	eachBank(t, func(b bank) {
		dir := b.TempDir()
		for name, c := range map[string]struct {
			kind, file, content, code string
			options                   imports.Options
		}{
			"a kind that does not exist":        {kind: "wages", file: "a.csv", content: "x", code: "import.kind"},
			"a file that is not there":          {kind: "actuals", file: "", code: "file.missing"},
			"an empty file":                     {kind: "actuals", file: "b.csv", content: "", code: "file.empty"},
			"a file without the columns":        {kind: "actuals", file: "c.csv", content: "工号\n001\n", code: "file.header_missing"},
			"a text that is no UTF-8":           {kind: "actuals", file: "d.csv", content: "staff_no,actual\n\xff\xff\xff,1\n", code: "file.encoding"},
			"a NUL, a bidi mark and a bad text": {kind: "actuals", file: "e.csv", content: "staff_no,actual\n00\x001,1\n001\u202e,2\n", code: "import.wrong"},
		} {
			path := filepath.Join(dir, "missing.csv")
			if c.file != "" {
				path = filepath.Join(dir, c.file)
				if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
					b.Fatal(err)
				}
			}
			_, err := b.imports.Import(b.Context(), operator(), c.kind, path, c.options, nil)
			if codeOf(err) != c.code || fault.KindOf(err) != fault.Invalid {
				b.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
		if got := b.current(); got != "" {
			b.Errorf("current is %s", got)
		}
	})
}

func TestACodeThatLostItsZerosSaysWhichCodeThereIs(t *testing.T) {
	eachBank(t, func(b bank) {
		_, err := b.imports.Import(b.Context(), operator(), "actuals", filepath.Join("testdata", "lost_zeros.xlsx"), imports.Options{}, nil)
		wrong, ok := fault.As(err)
		if !ok || len(wrong.Problems) != 1 || wrong.Problems[0].Code != "import.lost_zeros" || wrong.Problems[0].Args["code"] != "001" {
			b.Errorf("a numeric cell that lost zeros: %v", err)
		}
	})
}
