package runs_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/periods/runs"
)

func TestEveryTraceComesToTheStoredResult(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		var book *runs.Book
		members := 0
		err := b.Runs.EachTrace(t.Context(), b.actor, month, runs.Latest, runs.Filter{}, func(opened *runs.Book) error {
			book = opened
			return nil
		}, func(m *runs.MemberTrace) error {
			members++
			total := ""
			if m.Trace.Result.Total.Valid() {
				total = m.Trace.Result.Total.Fixed(m.Precision)
			}
			if total != m.Total.Text(m.Precision) || m.Trace.Result.Rank != m.Place || len(m.Trace.Segments) != len(m.Segments) {
				t.Errorf("%s: the trace comes to %q, rank %d; stored are %q, %d", m.StaffNo, total, m.Trace.Result.Rank, m.Total.Text(m.Precision), m.Place)
			}
			if m.Unit == nil || m.Input == nil || book.Cards[m.Scorecard] == nil {
				t.Errorf("%s: the unit %v, the input %v, or the scorecard %s is missing", m.StaffNo, m.Unit, m.Input, m.Scorecard)
			}
			return nil
		})
		if err != nil || members != 240 || book.Members != 240 {
			t.Errorf("got %d of %d traces: %v", members, book.Members, err)
		}
	})
}

func TestResultsOfAUnitAreThoseOfItAndAllBelow(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	all, _ := b.results(runs.Latest, runs.Filter{ByUnit: true})
	seen := 0
	for _, branch := range []string{"B01", "B02", "B03"} {
		ids, _ := b.results(runs.Latest, runs.Filter{Unit: branch})
		if len(ids) == 0 || !slices.IsSorted(ids) {
			t.Errorf("%s: got %v", branch, ids)
		}
		seen += len(ids)
	}
	if len(all) != 240 || seen != 240 {
		t.Errorf("the branches have %d of %d members", seen, len(all))
	}
	err := b.Runs.Results(t.Context(), b.actor, month, runs.Latest, runs.Filter{Unit: "B99"}, nil, func(*runs.Result) error { return nil })
	if e, ok := fault.As(err); !ok || e.Code != "runs.no_unit" {
		t.Errorf("an unknown unit: got %v", err)
	}
}

func TestExplainSaysInWordsHowAnItemCameToItsContribution(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		_, m, err := b.Runs.Explain(t.Context(), b.actor, month, runs.Latest, "100014")
		if err != nil {
			t.Fatal(err)
		}
		for language, want := range map[string][]string{"en": {"attainment 70.00 % (cap 120 %) × weight 8 % = 5.60", "82.24"}, "zh": {"完成率 70.00%（上限 120%） × 权重 8% = 5.60", "82.24"}} {
			text := strings.Join(m.Trace.Lines(language), "\n")
			for _, words := range want {
				if !strings.Contains(text, words) {
					t.Errorf("%s: %q is not in\n%s", language, words, text)
				}
			}
		}
		_, _, err = b.Runs.Explain(t.Context(), b.actor, month, runs.Latest, "999999")
		if e, ok := fault.As(err); !ok || e.Kind != fault.NotFound || e.Code != "runs.no_member" {
			t.Errorf("an unknown staff number: got %v", err)
		}
	})
}
