package runs_test

import (
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

func TestEveryFrozenFigureIsTracedToTheRowThatItCameFrom(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		who := b.transferred()
		numbers := append([]string{who.no}, b.worked("B01")[:12]...)
		found := 0
		for _, no := range numbers {
			_, m, err := b.Runs.Explain(t.Context(), b.actor, month, runs.Latest, no)
			if err != nil {
				t.Fatal(err)
			}
			l, err := b.Runs.Lineage(t.Context(), b.actor, month, runs.Latest, no)
			if err != nil {
				t.Fatal(err)
			}
			if len(l.InputSHA) != 64 || len(l.ResultSHA) != 64 || len(l.Cards) == 0 || l.Cards[0].Number != 1 || len(l.Cards[0].SHA256) != 64 {
				t.Errorf("%s: %+v", no, l)
			}
			for s, segment := range m.Input.Segments {
				for i, in := range segment.Inputs {
					item := l.Book.Cards[segment.Scorecard].Item(i)
					for field, n := range map[string]scoring.Number{"target": in.Target, "baseline": in.Baseline, "actual": in.Actual} {
						if !n.Valid() {
							continue
						}
						found++
						b.traced(l, no, s, item.Key, field, n)
					}
					levels := 0
					for _, one := range l.Inputs {
						if one.Segment == s && one.Item != nil && one.Item.Key == item.Key && one.Kind == "review" {
							levels++
						}
					}
					if levels != len(in.Ratings) {
						t.Errorf("%s: %d ratings of %s, %d are traced", no, len(in.Ratings), item.Key, levels)
					}
				}
			}
			for _, in := range l.Inputs {
				switch told := in.Batch != 0 || in.Row != 0 || in.File != "" || in.MadeBy != "" || !in.MadeAt.IsZero(); {
				case in.Kind == "review" && strings.Contains(in.Field.En, "(peers)"):
					if told {
						t.Errorf("%s: a peer's rating tells %+v", no, in)
					}
				case !told || in.File == "" || in.Row == 0 || in.MadeBy != "tester" || in.MadeAt.IsZero():
					t.Errorf("%s: %s of %s comes from nowhere: %+v", no, in.Field.En, in.Kind, in)
				}
			}
		}
		if found < 50 {
			t.Errorf("%d figures", found)
		}
	})
}

// traced finds the one input that says where a figure comes from.
func (b *bank) traced(l *runs.Lineage, no string, segment int, item, field string, n scoring.Number) {
	b.Helper()
	for _, in := range l.Inputs {
		if in.Segment != segment || in.Item == nil || in.Item.Key != item || in.Field.En != field {
			continue
		}
		if value, err := scoring.ParseNumber(in.Value); err != nil || value.Cmp(n) != 0 {
			b.Errorf("%s: %s of %s is %s, traced to %s", no, field, item, n, in.Value)
		}
		return
	}
	b.Errorf("%s: %s of %s is traced to nothing", no, field, item)
}

func TestACorrectionAfterTheRunLeavesTheLineageAndSaysSo(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		no := b.value(`SELECT MIN(s.staff_no) FROM actuals a JOIN staff s ON s.id = a.staff_id JOIN metrics m ON m.id = a.metric_id
			JOIN results r ON r.staff_id = s.id AND r.scorecard = 'rm-corporate' AND r.status = 'complete' WHERE m.code = 'visits'
			AND (SELECT COUNT(*) FROM result_segments g WHERE g.run_id = r.run_id AND g.staff_id = r.staff_id) = 1`)
		was := b.value("SELECT a.actual FROM actuals a JOIN staff s ON s.id = a.staff_id JOIN metrics m ON m.id = a.metric_id WHERE m.code = 'visits' AND s.staff_no = ? AND a.ended_batch_id IS NULL", no)
		b.lines("actuals", "考核期,工号,指标代码,实际值", month+","+no+",visits,7777")
		of := func(number int) (string, bool) {
			l, err := b.Runs.Lineage(t.Context(), b.actor, month, number, no)
			if err != nil {
				t.Fatal(err)
			}
			for _, in := range l.Inputs {
				if in.Kind == "actual" && in.Item.Key == "visits" {
					return in.Value, in.Superseded
				}
			}
			return "", false
		}
		if value, superseded := of(1); value != was || !superseded {
			t.Errorf("the first run used %s, it is told of %q, superseded: %v", was, value, superseded)
		}
		b.calculate()
		if value, superseded := of(2); value != "7777" || superseded {
			t.Errorf("the second run: %q, superseded: %v", value, superseded)
		}
		if _, err := b.Runs.Lineage(t.Context(), b.actor, month, runs.Latest, "999999"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("nobody: %v", err)
		}
		manager := b.somebody("", append(managing(), lines(rbac.Subtree, rbac.RunVerify)...), "B01")
		if _, err := b.Runs.Lineage(t.Context(), manager, month, runs.Latest, no); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("who verifies a branch alone: %v", err)
		}
	})
}
