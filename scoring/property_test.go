package scoring_test

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/steelyard/steelyard/scoring"
	"github.com/steelyard/steelyard/scoring/scoringtest"
)

func fixed(r *scoring.Result) string { return string(scoring.AppendResult(nil, r)) }

func TestResultsEqualThePlainRenderingOfTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t)
		got, want := scoring.EvaluateCase(c), scoringtest.Evaluate(c)
		for i := range want {
			if fixed(got[i]) != fixed(want[i]) {
				t.Fatalf("got  %s\nwant %s\ncase %s", fixed(got[i]), fixed(want[i]), caseJSON(c))
			}
			for s := range want[i].Segments {
				for k := range want[i].Segments[s].Items {
					g, w := got[i].Segments[s].Items[k].EffectiveWeight, want[i].Segments[s].Items[k].EffectiveWeight
					if got[i].Segments[s].Status == scoring.Complete && g.Cmp(w) != 0 {
						t.Fatalf("effective weight %s, want %s", g, w)
					}
				}
			}
		}
	})
}

func TestZScoresOfAnyFiguresEqualThePlainRendering(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		item := scoring.Item{Key: "i", Weight: scoring.FromInt(100), Source: scoring.SourceMetric, Missing: scoring.MissingZero,
			Method: scoring.Method{Type: scoring.MethodStandard, Mean: figure(t, "mean", -10, 100), SD: figure(t, "sd", 0, 30),
				Of:    rapid.SampledFrom([]scoring.Of{"actual", "attainment", "growth"}).Draw(t, "of"),
				Order: rapid.SampledFrom([]scoring.Order{"asc", "desc"}).Draw(t, "order"), Floor: figure(t, "floor", -200, 0), Cap: figure(t, "cap", 100, 300)}}
		c := &scoring.Case{PeriodDays: 30, Scorecards: map[string]*scoring.Scorecard{"s": {Precision: rapid.IntRange(0, 4).Draw(t, "precision"),
			Perspectives: []scoring.Perspective{{Key: "p", Items: []scoring.Item{item}}}}}}
		draw := rapid.SampledFrom([]func(*rapid.T, string) scoring.Number{amount, wide,
			func(t *rapid.T, label string) scoring.Number { return figure(t, label, 1, 9) }}).Draw(t, "figures")
		for range rapid.IntRange(1, 12).Draw(t, "staff") {
			in := scoring.Input{Given: true, Actual: draw(t, "actual"), Target: draw(t, "target"), Baseline: draw(t, "baseline")}
			c.Staff = append(c.Staff, scoring.Member{ID: "x", Segments: []scoring.Segment{{Scorecard: "s", Days: 30, Inputs: []scoring.Input{in}}}})
		}
		got, want := scoring.EvaluateCase(c), scoringtest.Evaluate(c)
		for i := range want {
			if fixed(got[i]) != fixed(want[i]) {
				t.Fatalf("got  %s\nwant %s\ncase %s", fixed(got[i]), fixed(want[i]), caseJSON(c))
			}
		}
	})
}

func TestContributionsAddUpToTheBase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, r := range scoring.EvaluateCase(drawCase(t)) {
			for _, s := range r.Segments {
				if s.Status != scoring.Complete {
					continue
				}
				sum, weights := scoring.FromInt(0), scoring.FromInt(0)
				for _, item := range s.Items {
					if item.Contribution.Valid() {
						sum, weights = sum.Add(item.Contribution), weights.Add(item.EffectiveWeight)
					}
				}
				if sum.Cmp(s.Base) != 0 || weights.Cmp(scoring.FromInt(100)) != 0 {
					t.Fatalf("contributions %s of weights %s, base %s", sum, weights, s.Base)
				}
			}
		}
	})
}

func TestTheOrderOfStaffAndItemsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t)
		want := byID(scoring.EvaluateCase(c))
		slices.Reverse(c.Staff)
		for _, card := range c.Scorecards {
			slices.Reverse(card.Perspectives)
			for p := range card.Perspectives {
				slices.Reverse(card.Perspectives[p].Items)
			}
		}
		for i := range c.Staff {
			for s := range c.Staff[i].Segments {
				slices.Reverse(c.Staff[i].Segments[s].Inputs)
				for k := range c.Staff[i].Segments[s].Inputs {
					slices.Reverse(c.Staff[i].Segments[s].Inputs[k].Ratings)
				}
			}
			slices.Reverse(c.Staff[i].Adjustments)
		}
		for id, r := range byID(scoring.EvaluateCase(c)) {
			for s := range r.Segments {
				slices.Reverse(r.Segments[s].Items)
			}
			if fixed(r) != fixed(want[id]) {
				t.Fatalf("got  %s\nwant %s", fixed(r), fixed(want[id]))
			}
		}
	})
}

func byID(results []*scoring.Result) map[string]*scoring.Result {
	m := map[string]*scoring.Result{}
	for _, r := range results {
		m[r.ID] = r
	}
	return m
}

// rising are the methods whose score never falls when x rises, as drawn with
// risingMethod: shares of the best only among positive values.
func risingMethod(t *rapid.T) scoring.Method {
	kind := rapid.SampledFrom([]scoring.MethodType{"ratio", "steps", "interpolate", "increments", "efficacy", "threshold", "rank", "relative", "standard", "direct"}).Draw(t, "method")
	m := scoring.Method{Type: kind}
	drawParameters(t, "m", &m)
	switch kind {
	case "steps":
		for i := 1; i < len(m.Table); i++ {
			m.Table[i].Score = m.Table[i-1].Score.Add(scoring.FromInt(int64(i)))
		}
		m.Below = m.Table[0].Score.Sub(scoring.FromInt(1))
	case "interpolate":
		for i := 1; i < len(m.Points); i++ {
			m.Points[i].Score = m.Points[i-1].Score.Add(scoring.FromInt(int64(i)))
		}
	case "efficacy":
		if m.Unsatisfactory.Cmp(m.Satisfactory) > 0 {
			m.Unsatisfactory, m.Satisfactory = m.Satisfactory, m.Unsatisfactory
		}
	case "threshold":
		m.Op = rapid.SampledFrom([]scoring.Op{">=", ">"}).Draw(t, "op")
	}
	return m
}

func TestMoreIsNeverWorseWhereMoreIsBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		item := scoring.Item{Key: "i", Weight: scoring.FromInt(100), Source: scoring.SourceMetric, Method: risingMethod(t)}
		c := &scoring.Case{PeriodDays: 30, Scorecards: map[string]*scoring.Scorecard{"s": {Precision: 2,
			Perspectives: []scoring.Perspective{{Key: "p", Items: []scoring.Item{item}}}}}}
		target := figure(t, "target", 1, 50)
		for range 6 {
			in := scoring.Input{Given: true, Actual: amount(t, "actual"), Target: target}
			c.Staff = append(c.Staff, scoring.Member{ID: "x", Segments: []scoring.Segment{{Scorecard: "s", Days: 30, Inputs: []scoring.Input{in}}}})
		}
		slices.SortFunc(c.Staff, func(a, b scoring.Member) int {
			return a.Segments[0].Inputs[0].Actual.Cmp(b.Segments[0].Inputs[0].Actual)
		})
		results := scoring.EvaluateCase(c)
		for i := 1; i < len(results); i++ {
			before, score := results[i-1].Segments[0].Items[0].Score, results[i].Segments[0].Items[0].Score
			if score.Cmp(before) < 0 {
				t.Fatalf("%s falls to %s\n%s", before, score, caseJSON(c))
			}
		}
	})
}

func TestACaseIsTheSameAfterWritingAndReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t)
		read, err := scoring.ReadCase(bytes.NewReader(caseJSON(c)), "case.json")
		if err != nil {
			t.Fatalf("%v\n%s", err, caseJSON(c))
		}
		got, want := scoring.EvaluateCase(read), scoring.EvaluateCase(c)
		for i := range want {
			if fixed(got[i]) != fixed(want[i]) {
				t.Fatalf("got  %s\nwant %s", fixed(got[i]), fixed(want[i]))
			}
		}
		for i := range c.Staff {
			written := scoring.AppendMember(nil, &c.Staff[i], c.Scorecards)
			member, err := scoring.ReadMember(written, c.Scorecards)
			if err != nil || !bytes.Equal(written, scoring.AppendMember(nil, &member, c.Scorecards)) {
				t.Fatalf("%s\n%v", written, err)
			}
		}
		for _, card := range c.Scorecards {
			cards, err := scoring.ReadScorecards(bytes.NewReader(card.JSON()), "card.json")
			if err != nil || !bytes.Equal(cards[0].JSON(), card.JSON()) {
				t.Fatalf("%s\n%v", card.JSON(), err)
			}
		}
	})
}

func TestTheTraceTellsTheSameFiguresAsTheResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t)
		e := scoring.NewEvaluation(c.PeriodDays, c.MinDays, c.Scorecards)
		for i := range c.Staff {
			if err := e.Add(&c.Staff[i]); err != nil {
				t.Fatal(err)
			}
		}
		results := scoring.EvaluateCase(c)
		e.Finish()
		var again scoring.Trace
		for i := range c.Staff {
			trace := e.Explain(&c.Staff[i])
			if !reflect.DeepEqual(trace.Result.Segments, results[i].Segments) && len(results[i].Segments) > 0 {
				t.Fatalf("got  %s\nwant %s", fixed(trace.Result), fixed(results[i]))
			}
			if fixed(trace.Result) != fixed(results[i]) || trace.Result.Reason != results[i].Reason {
				t.Fatalf("got  %s\nwant %s", fixed(trace.Result), fixed(results[i]))
			}
			if !e.ExplainTo(&again, &c.Staff[i]) || fixed(again.Result) != fixed(results[i]) {
				t.Fatalf("a trace used again: %s", fixed(again.Result))
			}
			for _, lang := range []string{"zh", "en"} {
				if lines := trace.Lines(lang); len(lines) == 0 {
					t.Fatal("no words")
				}
			}
		}
	})
}
