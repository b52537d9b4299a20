package runs_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/scoring"
)

// sum adds up exact texts; those that are not there count as nothing.
func sum(t *testing.T, texts ...*string) scoring.Number {
	t.Helper()
	total := scoring.FromInt(0)
	for _, text := range texts {
		if text == nil {
			continue
		}
		n, err := scoring.ParseNumber(*text)
		if err != nil {
			t.Fatal(err)
		}
		total = total.Add(n)
	}
	return total
}

func TestTheFiguresOfAnExplanationAddUpToItsTotal(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	var book *runs.Book
	several, stepped := 0, 0
	err := b.Runs.EachTrace(t.Context(), b.actor, month, runs.Latest, runs.Filter{}, func(opened *runs.Book) error {
		book = opened
		return nil
	}, func(m *runs.MemberTrace) error {
		e, err := book.Explanation(m, month, "zh")
		if err != nil || m.Status != string(scoring.Complete) {
			return err
		}
		parts := []*string{e.Rounding}
		for i := range e.Segments {
			parts = append(parts, e.Segments[i].Points)
			addUp(t, m.StaffNo, &e.Segments[i])
		}
		if len(parts) > 2 {
			several++
		}
		base := sum(t, parts...)
		for i := range e.Steps {
			stepped++
			parts = append(parts, &e.Steps[i].Points)
		}
		if base.Fixed(m.Precision) != e.Result["base"] || sum(t, parts...).Fixed(m.Precision) != e.Result["total"] {
			t.Errorf("%s: the segments come to %s, with the steps to %s; the result is %v", m.StaffNo, base, sum(t, parts...), e.Result)
		}
		return nil
	})
	if err != nil || several == 0 || stepped == 0 {
		t.Errorf("%d members with several segments, %d steps: %v", several, stepped, err)
	}
}

// addUp checks that items make perspectives, and perspectives the base of a segment.
func addUp(t *testing.T, who string, s *api.ExplainedSegment) {
	t.Helper()
	if !s.Counts {
		return
	}
	items, perspectives := make([]*string, len(s.Items)), make([]*string, len(s.Perspectives))
	for i := range s.Items {
		items[i] = s.Items[i].Points
		if s.Items[i].Line == "" {
			t.Errorf("%s: %s is not explained", who, s.Items[i].Item)
		}
	}
	for i := range s.Perspectives {
		perspectives[i] = s.Perspectives[i].Points
	}
	if base := sum(t, s.Base); sum(t, items...).Cmp(base) != 0 || sum(t, perspectives...).Cmp(base) != 0 {
		t.Errorf("%s: the items come to %s, the perspectives to %s, the base is %s", who, sum(t, items...), sum(t, perspectives...), base)
	}
}
