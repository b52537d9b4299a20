package facts_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/periods"
)

func TestAPositionDecidesWhereAUnitFitsTwoSegments(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.lines("staff", "工号,姓名,机构代码,岗位,入职日期",
		"300001,张三,B0101,rm_retail,2020-01-01", "300002,李四,B0101,guard,2020-01-01")
	b.lines("assignments", "工号,机构代码,岗位,生效日期,结束日期,状态",
		"300001,B0101,rm_corporate,2026-10-15,,active", "300002,B0102,rm_corporate,2026-10-15,,active")

	problems := b.faults("actuals", actualsHead, "2026-10,300001,visits,3,B0101,")
	if len(problems) != 1 || problems[0].Code != "facts.needs_position" || problems[0].Column != "岗位" {
		t.Errorf("got %s", said(problems))
	}
	b.wants(b.lines("actuals", actualsHead, "2026-10,300001,visits,3,B0101,rm_corporate"), 1, 0, 0, 0)

	summary := b.lines("actuals", actualsHead, "2026-10,300002,visits,3,B0101,")
	if len(summary.Notices) != 1 || summary.Notices[0].Code != "facts.unscored_place" {
		t.Errorf("a unit where the member was and is not scored is a warning: got %s", said(summary.Notices))
	}
}

func TestAnEventIsOneThatItsItemLists(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	path := filepath.Join(t.TempDir(), "scorecards.json")
	err := os.WriteFile(path, []byte(`[{"code":"clerk","name":{"zh":"柜员","en":"Clerk"},"positions":["clerk"],"peer_group":"unit","perspectives":[{"key":"p","name":{"zh":"一","en":"One"},"items":[
		{"key":"tills","name":{"zh":"一","en":"One"},"weight":"50","source":"events","method":{"type":"deduct","points":{"shortage":"5"}}},
		{"key":"vaults","name":{"zh":"二","en":"Two"},"weight":"50","source":"events","method":{"type":"deduct","points":{"breach":"5"}}}]}]}]`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	b.mustImport("scorecards", path)
	b.lines("staff", "工号,姓名,机构代码,岗位,入职日期", "300001,张三,B0101,clerk,2020-01-01")
	problems := b.faults("events", eventsHead, "2026-10,300001,breach,1,tills,")
	if len(problems) != 1 || problems[0].Code != "facts.event_type_of_item" {
		t.Errorf("got %s", said(problems))
	}
	b.wants(b.lines("events", eventsHead, "2026-10,300001,breach,1,vaults,", "2026-10,300001,shortage,2,,"), 2, 0, 0, 0)
}

// workbook writes rows into an .xlsx file; format is set on the cells of the last column.
func (b *bank) workbook(format int, rows ...[]any) string {
	b.t.Helper()
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{NumFmt: format})
	if err != nil {
		b.t.Fatal(err)
	}
	for i, row := range rows {
		first, _ := excelize.CoordinatesToCellName(1, i+1)
		last, _ := excelize.CoordinatesToCellName(len(row), i+1)
		if err := f.SetSheetRow("Sheet1", first, &row); err != nil {
			b.t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", last, last, style); err != nil {
			b.t.Fatal(err)
		}
	}
	path := filepath.Join(b.t.TempDir(), "facts.xlsx")
	if err := f.SaveAs(path); err != nil {
		b.t.Fatal(err)
	}
	return path
}

func TestANumericStaffNumberThatLostItsZerosSaysSo(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	path := b.workbook(0, []any{"考核期", "工号", "考核项", "评价角色", "评价人", "等级"},
		[]any{"2026-10", 100007, "teamwork", "peer", 7018, "4"}, []any{"2026-10", 7018, "teamwork", "peer", "P1", "4"})
	_, err := b.importFile("reviews", path, imports.Options{})
	wrong, ok := fault.As(err)
	if !ok || len(wrong.Problems) != 2 {
		t.Fatalf("got %v", err)
	}
	for i, column := range []string{"评价人", "工号"} {
		if p := wrong.Problems[i]; p.Code != "import.lost_zeros" || p.Column != column || p.Args["code"] != "007018" {
			t.Errorf("got %s", p.In("en"))
		}
	}
}

func TestAPercentFormatOfAWorkbookIsThePercentageShown(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	const percent = 10
	head := []any{"考核期", "工号", "指标代码", "实际值"}
	b.mustImport("actuals", b.workbook(percent, head, []any{"2026-10", "100007", "churn", 0.0859}))
	if b.inForce("actuals", "actual = '8.59'") != 1 {
		t.Error("a cell 0.0859 in a percent format is 8.59")
	}
	_, err := b.importFile("actuals", b.workbook(percent, head, []any{"2026-10", "100007", "visits", 0.5}), imports.Options{})
	wrong, ok := fault.As(err)
	if !ok || len(wrong.Problems) != 1 || wrong.Problems[0].Code != "cell.percent" {
		t.Errorf("a percent format on what is no percentage: got %v", err)
	}
}

// What an import writes is part of what is published, or it is refused: it never
// comes in behind the back of publishing.
func TestAnImportAndPublishingDoNotPassEachOther(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.exec(`INSERT INTO runs (period_id, number, state, rules, period_days, min_days, last_batch_id, made_by, started_at, finished_at)
			SELECT p.id, 1, 'done', 'r', 31, 5, (SELECT MAX(id) FROM batches), 'tester', ?, ? FROM periods p`, clock(), clock())
		b.exec("UPDATE periods SET state = 'scoring'")
		published := make(chan error)
		err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			if _, err := periods.LockOpen(ctx, tx, []string{"2026-10"}); err != nil {
				return err
			}
			go func() {
				_, err := b.periods.Publish(t.Context(), b.actor, "2026-10", 0, 0)
				published <- err
			}()
			_, err := tx.NewRaw("INSERT INTO batches (kind, period_id, made_by, made_at) SELECT 'actuals', id, 'tester', ? FROM periods", clock()).Exec(ctx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-published; fault.KindOf(err) != fault.Conflict {
			t.Errorf("got %v: the run is older than the import", err)
		}
	})
}
