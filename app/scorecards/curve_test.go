package scorecards_test

import (
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
)

func curve(t *testing.T, source string, method map[string]any, values ...string) (*scorecards.Curve, error) {
	t.Helper()
	return (&scorecards.Service{}).Curve(t.Context(), rbac.Operator("tester"), scorecards.CurveAsk{
		Item: map[string]any{"source": source, "method": method}, Precision: 2, From: "0", To: "1.5", Steps: 3, Values: values,
	}, lang.En)
}

func TestACurveIsWhatARunWouldScore(t *testing.T) {
	for _, c := range []struct {
		source string
		method map[string]any
		want   string // of the values 0.5, 1 and 1.3
		words  string // of the last
	}{
		{"metric", map[string]any{"type": "ratio", "cap": "120"}, "50.00 100.00 120.00", "attainment 130.00 % (cap 120 %), score 120.00"},
		{"metric", map[string]any{"type": "ratio", "direction": "lower"}, "50.00 100.00 100.00", "less is better"},
		{"metric", map[string]any{"type": "ratio", "direction": "lower", "inverse": "reciprocal"}, "50.00 100.00 100.00", "target / actual"},
		{"metric", map[string]any{"type": "steps", "table": []any{map[string]any{"from": "0.8", "score": "60"}, map[string]any{"from": "1.2", "score": "110"}}}, "0.00 60.00 110.00", "reaches the step"},
		{"metric", map[string]any{"type": "interpolate", "of": "growth", "points": []any{map[string]any{"x": "0", "score": "0"}, map[string]any{"x": "1", "score": "100"}}}, "50.00 100.00 100.00", "growth 130.00 %"},
		{"metric", map[string]any{"type": "threshold", "of": "gap", "op": ">=", "value": "1"}, "0.00 100.00 100.00", "passed"},
		{"metric", map[string]any{"type": "increments", "from": "1", "step": "0.1", "gain": "2", "loss": "10"}, "50.00 100.00 100.00", "score 100.00"},
		{"rating", map[string]any{"type": "direct"}, "0.50 1.00 1.30", "points 1.3"},
		{"survey", map[string]any{"type": "efficacy", "unsatisfactory": "0", "satisfactory": "1"}, "80.00 100.00 100.00", "points 1.3"},
	} {
		got, err := curve(t, c.source, c.method, "0.5", "1", "1.3")
		if err != nil {
			t.Errorf("%v: %v", c.method, err)
			continue
		}
		said := got.Values[0].Score + " " + got.Values[1].Score + " " + got.Values[2].Score
		if said != c.want || !strings.Contains(got.Values[2].Words, c.words) {
			t.Errorf("%s %v: %s, %q; want %s, %q", c.source, c.method, said, got.Values[2].Words, c.want, c.words)
		}
		if len(got.Points) < 4 || got.Points[0].X != "0" || got.Points[len(got.Points)-1].X != "1.5" {
			t.Errorf("%v: the points are %+v", c.method, got.Points)
		}
	}
}

func TestEventsAreCountedOneByOne(t *testing.T) {
	got, err := curve(t, "events", map[string]any{"type": "deduct", "points": map[string]any{"late": "15"}}, "2", "0.5")
	if err != nil || len(got.Points) != 2 || got.Points[1].Score != "85.00" || got.Values[0].Score != "70.00" || got.Values[1].Score != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatComparesPeopleHasNoCurve(t *testing.T) {
	for _, method := range []string{"rank", "relative", "standard"} {
		if _, err := curve(t, "metric", map[string]any{"type": method}); codeOf(err) != "curve.peers" {
			t.Errorf("%s: %v", method, err)
		}
	}
	_, err := curve(t, "metric", map[string]any{"type": "steps", "table": []any{map[string]any{"from": "x", "score": "1"}}})
	if wrong, ok := fault.As(err); !ok || wrong.Code != "scorecard.invalid" || wrong.Problems[0].Path != "/method/table/0/from" {
		t.Errorf("a table that cannot be read: %v", err)
	}
	if _, err := curve(t, "events", map[string]any{"type": "ratio"}); codeOf(err) != "scorecard.invalid" {
		t.Errorf("a method that does not fit: %v", err)
	}
}
