package runs_test

import (
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/scoring"
)

// whatIf asks what the result of a member would be.
func (b *bank) whatIf(staffNo string, changes ...runs.WhatIfChange) *runs.WhatIf {
	b.Helper()
	w, err := b.Runs.WhatIf(b.Context(), b.actor, month, staffNo, changes)
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// unranked is a result without its place.
func unranked(w *runs.Book, r *runs.Result) string {
	alone := *r
	alone.Place, alone.Peers = 0, 0
	return string(w.AppendJSON(nil, &alone))
}

func TestWhatWouldBeIsWhatARunWithThoseFiguresGives(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		for _, c := range []struct{ card, metric string }{{"rm-corporate", "deposits"}, {"rm-retail", "wealth_sales"}, {"rm-retail", "aum_growth"}, {"teller", "transactions"}} {
			no := b.value(`SELECT MIN(r.staff_no) FROM results r WHERE r.scorecard = ? AND r.status = 'complete'
				AND (SELECT COUNT(*) FROM result_segments s WHERE s.run_id = r.run_id AND s.staff_id = r.staff_id) = 1`, c.card)
			actual, _ := scoring.ParseNumber("123.5")
			w := b.whatIf(no, runs.WhatIfChange{Item: c.metric, Actual: actual})
			b.lines("actuals", "考核期,工号,指标代码,实际值", month+","+no+","+c.metric+",123.5")
			b.calculate()
			_, now := b.results(runs.Latest, runs.Filter{Staff: []string{no}})
			_, then := b.results(1, runs.Filter{Staff: []string{no}})
			var book *runs.Book
			var run *runs.Result
			err := b.Runs.Results(t.Context(), b.actor, month, runs.Latest, runs.Filter{Staff: []string{no}}, func(o *runs.Book) error { book = o; return nil }, func(r *runs.Result) error { run = r; return nil })
			if err != nil {
				t.Fatal(err)
			}
			if got, want := unranked(w.Book, w.After.Result), unranked(book, run); got != want {
				t.Errorf("%s with another %s: got\n%s\nthe run gives\n%s", no, c.metric, got, want)
			}
			if now[no] == then[no] || unranked(w.Book, w.After.Result) == unranked(w.Book, w.Before.Result) {
				t.Errorf("%s: another %s changes nothing", no, c.metric)
			}
			if w.After.Place != 0 || w.Before.Place == 0 {
				t.Errorf("%s: the places are %d and %d", no, w.Before.Place, w.After.Place)
			}
		}
	})
}

func TestWhatWouldBeWithTheSameFiguresIsWhatIs(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	for _, card := range []string{"rm-corporate", "rm-retail", "teller"} {
		no := b.value("SELECT MIN(staff_no) FROM results WHERE scorecard = ? AND status = 'complete'", card)
		same := b.whatIf(no)
		if unranked(same.Book, same.Before.Result) != unranked(same.Book, same.After.Result) {
			t.Errorf("%s: nothing was changed", no)
		}
	}
	no := b.value(`SELECT MIN(r.staff_no) FROM results r WHERE r.scorecard = 'rm-retail' AND r.status = 'complete'
		AND (SELECT COUNT(*) FROM result_segments s WHERE s.run_id = r.run_id AND s.staff_id = r.staff_id) = 1`)
	w := b.whatIf(no, runs.WhatIfChange{Item: "teamwork", Points: scoring.FromInt(64)}, runs.WhatIfChange{Item: "satisfaction", Points: scoring.FromInt(75)},
		runs.WhatIfChange{Item: "compliance", Events: []scoring.EventCount{{Type: "complaint", Count: 2}}})
	for _, item := range w.After.Trace.Segments[0].Items {
		want := map[string]int64{"teamwork": 64, "satisfaction": 75}
		if points, ok := want[item.Item.Key]; ok && item.X.Cmp(scoring.FromInt(points)) != 0 {
			t.Errorf("%s is taken for %s", item.Item.Key, item.X)
		}
	}
	for _, l := range []lang.Language{lang.Zh, lang.En} {
		if explained, err := w.Book.Explanation(w.After, month, l); err != nil || len(explained.Trace) == 0 || strings.Contains(strings.Join(explained.Trace, ""), "{") {
			t.Errorf("explained: %+v, %v", explained, err)
		}
	}
}

func TestWhatDoesNotFitAnItemIsRefusedAndWhoIsOutOfSightIsNotFound(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		no := b.value("SELECT MIN(staff_no) FROM results WHERE scorecard = 'rm-retail' AND status = 'complete'")
		one := scoring.FromInt(1)
		for name, c := range map[string]runs.WhatIfChange{
			"no such item":        {Item: "nothing", Actual: one},
			"no such segment":     {Segment: 9, Item: "card_activation", Actual: one},
			"points of a metric":  {Item: "card_activation", Points: one},
			"actual of a rating":  {Item: "teamwork", Actual: one},
			"nothing":             {Item: "card_activation"},
			"events of a rating":  {Item: "teamwork", Events: []scoring.EventCount{}},
			"an event not listed": {Item: "compliance", Events: []scoring.EventCount{{Type: "flood", Count: 1}}},
			"points below zero":   {Item: "teamwork", Points: scoring.FromInt(-1)},
		} {
			_, err := b.Runs.WhatIf(t.Context(), b.actor, month, no, []runs.WhatIfChange{c})
			if e, ok := fault.As(err); !ok || e.Kind != fault.Invalid || e.Code != "whatif.item" || len(e.Problems) != 1 {
				t.Errorf("%s: %v", name, err)
			}
		}
		member := b.somebody(no, belonging(), "B01")
		if _, err := b.Runs.WhatIf(t.Context(), member, month, no, nil); fault.KindOf(err) != fault.NotFound {
			t.Errorf("one's own that is not published: %v", err)
		}
		who := b.transferred()
		manager := b.somebody("", managing(), who.before)
		p, err := b.Runs.ItemPage(t.Context(), manager, month, runs.ItemFilter{}, page.Query{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range p.Rows {
			if row.StaffNo != who.no {
				continue
			}
			w, err := b.Runs.WhatIf(t.Context(), manager, month, who.no, nil)
			if err != nil || w.After.Status != runs.Partial || w.After.Total.Known || len(w.After.Segments) != 1 || len(w.After.Trace.Segments) != 1 {
				t.Errorf("a part is %+v, %v", w, err)
			}
			if _, err := b.Runs.WhatIf(t.Context(), manager, month, who.no, []runs.WhatIfChange{{Segment: 1, Item: p.Items(row.Result)[0].Key, Actual: one}}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("a segment out of sight: %v", err)
			}
		}
		b.publish()
		if w, err := b.Runs.WhatIf(t.Context(), member, month, no, []runs.WhatIfChange{{Item: "card_activation", Actual: one}}); err != nil || !w.After.Total.Known {
			t.Errorf("one's own: %v", err)
		}
		colleague := b.value("SELECT MAX(staff_no) FROM results WHERE staff_no <> ?", no)
		_, of := b.Runs.WhatIf(t.Context(), member, month, colleague, nil)
		_, absent := b.Runs.WhatIf(t.Context(), member, month, "999999", nil)
		if fault.KindOf(of) != fault.NotFound || strings.ReplaceAll(of.Error(), colleague, "999999") != absent.Error() {
			t.Errorf("a colleague: %v; nobody: %v", of, absent)
		}
	})
}
