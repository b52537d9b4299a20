package facts_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
)

// inForce counts the rows of a table that are in force and meet a condition.
func (b *bank) inForce(table, condition string) int {
	b.t.Helper()
	return b.count("SELECT COUNT(*) FROM " + table + " WHERE ended_batch_id IS NULL AND " + condition)
}

func (b *bank) wants(s *imports.Summary, added, changed, unchanged, withdrawn int) {
	b.t.Helper()
	got := [4]int{s.New, s.Changed, s.Unchanged, s.Withdrawn}
	if want := [4]int{added, changed, unchanged, withdrawn}; got != want {
		b.t.Errorf("new, changed, unchanged, withdrawn: got %v, want %v", got, want)
	}
}

func TestAChangedRowStandsBesideTheOldOne(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.wants(b.lines("actuals", actualsHead, "2026-10,100007,visits,3,,", "2026-10,100014,visits,5,,"), 2, 0, 0, 0)
		changed := b.lines("actuals", actualsHead, "2026-10,100007,visits,4,,", "2026-10,100014,visits,5,,")
		b.wants(changed, 0, 1, 1, 0)
		if n := b.count("SELECT COUNT(*) FROM actuals WHERE actual = '3' AND ended_batch_id = ?", changed.BatchID); n != 1 {
			t.Error("the old value is gone")
		}
		b.wants(b.lines("actuals", actualsHead, "2026-10,100007,visits,,,"), 0, 1, 0, 0)
		if b.inForce("actuals", "actual IS NULL") != 1 || b.inForce("actuals", "actual = '4'") != 0 {
			t.Error("a blank cell is no value, and replaces")
		}
	})
}

func TestReplaceMakesTheFileTheWholeListOfItsKind(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.lines("actuals", actualsHead, "2026-10,100007,visits,3,,", "2026-10,100014,visits,5,,", "2026-10,100014,loans,5,,")
		summary, err := b.importFile("actuals", b.csv(actualsHead, "2026-10,100007,visits,3,,", "2026-10,100014,visits,6,,"), replace)
		if err != nil {
			t.Fatal(err)
		}
		b.wants(summary, 0, 1, 1, 1)
		if n := b.count("SELECT COUNT(*) FROM actuals"); n != 4 {
			t.Errorf("%d rows: what is withdrawn is kept as history", n)
		}
		if _, err := b.importFile("actuals", b.csv(actualsHead, "2026-10,100007,visits,3,,", "2026-10,1,visits,6,,"),
			imports.Options{Replace: true, SkipErrors: true}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("half a file is no whole list: got %v", err)
		}
	})
}

func TestUndoPutsBackWhatABatchEnded(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.lines("actuals", actualsHead, "2026-10,100007,visits,3,,")
		second := b.lines("actuals", actualsHead, "2026-10,100007,visits,4,B0203,", "2026-10,100014,visits,5,,")
		b.wants(second, 1, 1, 0, 0)
		if _, err := b.imports.Undo(t.Context(), b.actor, second.BatchID); err != nil {
			t.Fatal(err)
		}
		if b.inForce("actuals", "1 = 1") != 1 || b.inForce("actuals", "actual = '3'") != 1 {
			t.Error("the first value is not in force again")
		}
	})
}

func TestAValueForTheSameSegmentTakesTheOldOnesPlaceHoweverItNamesTheUnit(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.lines("actuals", actualsHead, "2026-10,100007,visits,3,,")
	b.wants(b.lines("actuals", actualsHead, "2026-10,100007,visits,4,B0203,"), 0, 1, 0, 0)
	b.wants(b.lines("actuals", actualsHead, "2026-10,100007,visits,5,,rm_corporate"), 0, 1, 0, 0)
	if b.inForce("actuals", "1 = 1") != 1 || b.inForce("actuals", "actual = '5'") != 1 {
		t.Error("a segment has two values")
	}
	b.lines("targets", targetsHead, "2026-10,007000,visits,3,,")
	b.wants(b.lines("targets", targetsHead, "2026-10,007000,visits,4,,B0101"), 1, 0, 0, 0)
	if b.inForce("targets", "1 = 1") != 2 {
		t.Error("a target at a unit stands beside the one for every segment")
	}
}

func TestAdjustmentsAreTheWholeListOfTheMembersInTheFile(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		first := []string{
			adjustmentsHead, "2026-10,100007,mentor,1,a", "2026-10,100007,mentor,1,a", "2026-10,100007,discipline,2,b", "2026-10,100014,mentor,3,c",
		}
		b.wants(b.lines("adjustments", first...), 4, 0, 0, 0)
		b.wants(b.lines("adjustments", first...), 0, 0, 4, 0)
		b.wants(b.lines("adjustments", adjustmentsHead, "2026-10,100007,mentor,1,a", "2026-10,100007,mentor,1.5,a"), 0, 1, 1, 1)
		if b.inForce("adjustments", "1 = 1") != 3 {
			t.Error("the other member's list was touched")
		}
		half := []string{adjustmentsHead, "2026-10,100007,mentor,9,a", "2026-10,100007,mentor,-1,a", "2026-10,100014,mentor,4,c"}
		summary, err := b.importFile("adjustments", b.csv(half...), skipErrors)
		if err != nil {
			t.Fatal(err)
		}
		b.wants(summary, 0, 1, 0, 0)
		if summary.Wrong != 2 || b.inForce("adjustments", "points = '9'") != 0 {
			t.Errorf("half a member's list got in: %+v", summary.Counts)
		}
	})
}

func TestAPercentageIsReadHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.lines("actuals", actualsHead, "2026-10,100007,churn,8.59%,,", "2026-10,100014,churn,8.59,,", `２０２６-10,100021,complaints,"１,２３４.５0",,`)
	if b.inForce("actuals", "actual = '8.59'") != 2 || b.inForce("actuals", "actual = '1234.5'") != 1 {
		t.Error("figures were not read as they were meant")
	}
	b.lines("targets", targetsHead, "2026-10,100007,churn,５％,12.5%,")
	if b.inForce("targets", "target = '5' AND baseline = '12.5'") != 1 {
		t.Error("a target in percent was not read")
	}
}

func TestAFileWithQuirksIsImportedAlike(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.lines("actuals", actualsHead, "2026-10,100007,visits,1250000,,")
	for name, lines := range map[string][]string{
		"separators and a title above the header": {"某银行十月数据;;;", "", "实际值;指标代码;工号;考核期", "1,250,000;visits;100007;2026年10月"},
		"English headers, tabs and blanks around": {"Staff No\tPeriod\tMETRIC CODE\tActual", " 100007 \t2026/10\t visits\t １２５００００ "},
		"a byte order mark":                       {"\ufeff" + actualsHead, "202610,100007,visits,1250000.00,,"},
	} {
		s, err := b.importFile("actuals", b.csv(lines...), imports.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s.Unchanged != 1 || !s.Nothing() {
			t.Errorf("%s: got %+v", name, s.Counts)
		}
	}
}

func TestAPublishedPeriodTakesNoImports(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.lines("actuals", actualsHead, "2026-10,100007,visits,3,,")
		for _, state := range []string{"published", "closed"} {
			b.exec("UPDATE periods SET state = ?, published_run_id = 1", state)
			for _, f := range []struct{ kind, head, row string }{
				{"targets", targetsHead, "2026-10,100007,visits,5,,"},
				{"actuals", actualsHead, "2026-10,100007,visits,4,,"},
				{"surveys", surveysHead, "2026-10,100007,satisfaction,2,9,"},
				{"events", eventsHead, "2026-10,100007,complaint,1,,"},
				{"adjustments", adjustmentsHead, "2026-10,100007,mentor,1,why"},
				{"vetoes", vetoesHead, "2026-10,100007,major_violation,why"},
				{"reviews", reviewsHead, "2026-10,100007,teamwork,manager,M1,4,,"},
			} {
				_, err := b.importFile(f.kind, b.csv(f.head, f.row), imports.Options{})
				if fault.KindOf(err) != fault.Conflict {
					t.Errorf("%s, %s: got %v", state, f.kind, err)
				}
			}
		}
		if b.inForce("actuals", "actual = '3'") != 1 {
			t.Error("the value has changed")
		}
	})
}

func TestAFileWithoutRowsWithdrawsTheWholeListOfThePeriodThatIsNamed(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.lines("actuals", actualsHead, "2026-10,100007,visits,3,,", "2026-10,100014,visits,5,,")
		if _, err := b.importFile("actuals", b.csv(actualsHead), replace); fault.KindOf(err) != fault.Invalid {
			t.Errorf("without a period: got %v, want a fault", err)
		}
		summary, err := b.importFile("actuals", b.csv(actualsHead), imports.Options{Replace: true, Period: "2026-10"})
		if err != nil {
			t.Fatal(err)
		}
		b.wants(summary, 0, 0, 0, 2)
		if n := b.inForce("actuals", "1 = 1"); n != 0 {
			t.Errorf("%d rows are in force", n)
		}
	})
}

func TestEveryFaultOfARowIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	_, err := b.importFile("actuals", b.csv(actualsHead, "2026-10,nobody,nothing,seven,nowhere,"), imports.Options{})
	e, _ := fault.As(err)
	if e == nil || len(e.Problems) != 4 {
		t.Fatalf("got %v, want four faults: staff number, metric, figure and unit", err)
	}
}
