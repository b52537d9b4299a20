package scoring_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/scoring"
)

// member gives the member of the sound case, changed.
func member(t *testing.T, change func(*scoring.Member)) (*scoring.Evaluation, *scoring.Member) {
	t.Helper()
	c := readCase(t, []byte(sound))
	m := &c.Staff[0]
	change(m)
	return scoring.NewEvaluation(c.PeriodDays, c.MinDays, c.Scorecards), m
}

func only(t *testing.T, e *scoring.Evaluation) *scoring.Result {
	t.Helper()
	var found *scoring.Result
	for r := range e.Results() {
		if found != nil {
			t.Fatal("more than one result")
		}
		found = r
	}
	return found
}

func TestAnAdjustmentOrVetoThatTheMainScorecardDoesNotListLeavesTheMemberIncomplete(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*scoring.Member)
		reason scoring.Reason
	}{
		{"an adjustment", func(m *scoring.Member) { m.Adjustments[0].Key = "elsewhere" }, scoring.AdjustmentNotListed},
		{"a veto", func(m *scoring.Member) { m.Vetoes = []string{"major", "afar"} }, scoring.VetoNotListed},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, m := member(t, func(m *scoring.Member) {
				m.Segments = []scoring.Segment{{Scorecard: "other", Days: 9, Inputs: m.Segments[1].Inputs}, {Scorecard: "other", Days: 10, Inputs: m.Segments[1].Inputs}}
				m.Adjustments[0].Key, m.Vetoes = "elsewhere", nil
			})
			m.Segments[0].Scorecard, m.Segments[0].Inputs = "rm", nil
			c.change(m)
			if len(m.Vetoes) == 0 {
				m.Adjustments[0].Key = "idea"
			}
			if err := e.Add(m); err != nil {
				t.Fatal(err)
			}
			if r := only(t, e); r.Status != scoring.Incomplete || r.Total.Valid() || r.Rank != 0 {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestTheReasonOfAnIncompleteMemberIsTheAdjustmentIfItsSegmentsAreComplete(t *testing.T) {
	e, m := member(t, func(m *scoring.Member) {
		m.Segments = m.Segments[1:]
		m.Adjustments[0].Key, m.Vetoes = "idea", nil
	})
	if err := e.Add(m); err != nil {
		t.Fatal(err)
	}
	if r := only(t, e); r.Reason != scoring.AdjustmentNotListed || r.Segments[0].Status != scoring.Complete {
		t.Errorf("%+v", r)
	}
}

func TestAMemberThatWasNotReadFromAFileIsRefusedWithItsFault(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*scoring.Member)
		want   string
	}{
		"an unknown scorecard": {func(m *scoring.Member) { m.Segments[0].Scorecard = "x" }, `segments[0].scorecard: there is no scorecard "x"`},
		"no segments":          {func(m *scoring.Member) { m.Segments = nil }, `segments: needs at least one entry`},
		"no days":              {func(m *scoring.Member) { m.Segments[1].Days = 0 }, `segments[1].days: 0 is not above 0`},
		"too many days":        {func(m *scoring.Member) { m.Segments[1].Days = 30 }, `segments: the segments have 50 days together, the period 31`},
		"inputs of another":    {func(m *scoring.Member) { m.Segments[0].Inputs = m.Segments[1].Inputs }, `segments[0].inputs: 1 inputs, not one for each item`},
		"negative points":      {func(m *scoring.Member) { m.Adjustments[0].Points = scoring.FromInt(-1) }, `adjustments[0].points: -1 is below 0`},
		"an unknown level":     {func(m *scoring.Member) { m.Segments[0].Inputs[10].Ratings[0].Level = "x" }, `segments[0].inputs.teamwork: the rubric has no level "x"`},
		"an unknown role":      {func(m *scoring.Member) { m.Segments[0].Inputs[10].Ratings[0].Role = "x" }, `segments[0].inputs.teamwork: the item lists no role "x"`},
		"an unknown event":     {func(m *scoring.Member) { m.Segments[0].Inputs[7].Events[0].Type = "x" }, `segments[0].inputs.compliance: no points are given for events of the type "x"`},
		"a negative count":     {func(m *scoring.Member) { m.Segments[0].Inputs[7].Events[0].Count = -1 }, `segments[0].inputs.compliance: a count below 0`},
		"an impossible sum":    {func(m *scoring.Member) { m.Segments[0].Inputs[6].Survey.Sum = scoring.FromInt(61) }, `segments[0].inputs.satisfaction: a sum that`},
	} {
		t.Run(name, func(t *testing.T) {
			e, m := member(t, c.change)
			err := e.Add(m)
			var faults scoring.InputErrors
			if !errors.As(err, &faults) || !strings.HasPrefix(err.Error(), c.want) {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			if strings.ContainsAny(err.Error(), "{}") {
				t.Errorf("a name is not filled: %v", err)
			}
			e, m = member(t, func(*scoring.Member) {})
			if err := e.Add(m); err != nil {
				t.Fatal(err)
			}
			if only(t, e) == nil {
				t.Error("the next member has no result")
			}
		})
	}
}

func TestAMemberThatWasNotAddedHasNoTrace(t *testing.T) {
	e, m := member(t, func(*scoring.Member) {})
	e.Finish()
	if e.Explain(m) != nil {
		t.Error("a trace of nobody")
	}
}

func TestAListOfScorecardsSharesNeitherCodesNorPositions(t *testing.T) {
	item := `"perspectives": [{"key": "p", "items": [{"key": "i", "weight": 100, "source": "metric", "method": {"type": "direct"}}]}]`
	file := `[{"code": "a", "positions": ["x"], ` + item + `}, {"code": "a", "positions": ["x", "y"], "peer_group": "floor", ` + item + `}, {` + item + `}, 5]`
	_, err := scoring.ReadScorecards(strings.NewReader(file), "cards.json")
	want := `[1].code: "a" stands here a second time
[1].peer_group: "floor" is none of bank, branch, unit
[1].positions[0]: "x" stands here a second time
[2].code: is needed and not there
[3]: not an object: 5`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestAFaultOfOneScorecardByItselfStandsAtTheFile(t *testing.T) {
	file := `{"perspectives": [{"key": "p", "items": [{"key": "i", "weight": "99.99", "source": "metric", "method": {"type": "direct"}}]}]}`
	_, err := scoring.ReadScorecards(strings.NewReader(file), "card.json")
	if err == nil || err.Error() != `card.json: the weights add up to 99.99, not 100` {
		t.Error(err)
	}
}

func TestAMemberIsReadByItselfWithAnythingThatOneOfItsScorecardsLists(t *testing.T) {
	c := readCase(t, []byte(sound))
	read := func(adjustment string) error {
		data := `{"id": "E1", "segments": [{"scorecard": "rm", "days": 20}, {"scorecard": "other", "days": 3}], "adjustments": [{"key": "` + adjustment + `", "points": "1"}]}`
		_, err := scoring.ReadMember([]byte(data), c.Scorecards)
		return err
	}
	if err := read("elsewhere"); err != nil {
		t.Error(err)
	}
	if err := read("nowhere"); err == nil || err.Error() != `adjustments[0].key: the main scorecard lists no adjustment "nowhere"` {
		t.Error(err)
	}
}

func TestARaterWhoRatesTwiceAmongManyIsFound(t *testing.T) {
	var ratings []string
	for i := range 40 {
		ratings = append(ratings, fmt.Sprintf(`{"role": "peer", "rater": "P%d", "level": "1"}`, i%39))
	}
	file := strings.Replace(sound, `{"role": "peer", "rater": "P1", "level": "2"}`, strings.Join(ratings, ","), 1)
	want := `staff[0].segments[0].inputs.teamwork.ratings[40].rater: "P0" has rated in this role already`
	if got := faultsOf(t, file); len(got) != 1 || got[0] != want {
		t.Errorf("got %q", got)
	}
}

func TestAPeriodOfAnyLengthIsEvaluated(t *testing.T) {
	file := strings.NewReplacer(`"period_days": 31`, `"period_days": 900000000000000`, `"days": 20`, `"days": 500000000000000`, `"days": 10`, `"days": 300000000000000`).Replace(sound)
	r := scoring.EvaluateCase(readCase(t, []byte(file)))[0]
	if r.Segments[0].Days != 500000000000000 || r.Main != 0 || r.Segments[1].Base.String() != "7" {
		t.Errorf("%+v", r)
	}
}

func TestAMemberMayHaveThousandsOfSegments(t *testing.T) {
	c := readCase(t, []byte(strings.Replace(sound, `"period_days": 31`, `"period_days": 900000`, 1)))
	m := &c.Staff[0]
	m.Segments, m.Adjustments, m.Vetoes = m.Segments[1:], nil, nil
	for range 40000 {
		m.Segments = append(m.Segments, m.Segments[0])
	}
	if r := scoring.EvaluateCase(c)[0]; len(r.Segments) != 40001 || r.Main != 40000 || r.Total.String() != "7" {
		t.Errorf("%d segments, main %d, total %s", len(r.Segments), r.Main, r.Total)
	}
}
