package runs_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods/runs"
)

func TestNamesOfResultsAreSpelledAsTheStaffFileHasThem(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		run := b.calculate()
		no := b.value("SELECT MIN(staff_no) FROM results")
		spelled := func(want string) {
			t.Helper()
			p, err := b.Runs.Page(t.Context(), b.actor, month, runs.PageFilter{Search: no}, page.Query{})
			if err != nil || len(p.Rows) != 1 || p.Rows[0].Pinyin != want {
				t.Fatalf("the list has %+v, %v; want the pinyin %q", p, err, want)
			}
			_, m, err := b.Runs.Explain(t.Context(), b.actor, month, run.Number, no)
			if err != nil || m.Pinyin != want {
				t.Errorf("the explanation has %+v, %v; want the pinyin %q", m, err, want)
			}
			l, err := b.Runs.Lineage(t.Context(), b.actor, month, run.Number, no)
			if err != nil || l.Result.Pinyin != want {
				t.Errorf("the lineage has %+v, %v; want the pinyin %q", l, err, want)
			}
		}
		b.mustExec("UPDATE staff SET pinyin = 'dan tian fang' WHERE staff_no = ?", no)
		spelled("dan tian fang")
		b.mustExec("UPDATE staff SET name = '某某', pinyin = 'mou mou' WHERE staff_no = ?", no)
		spelled("") // of the name that they bear now, not of the one that the run froze
	})
}
