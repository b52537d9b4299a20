package runs

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/scoring"
)

// shownDigits is how exactly a figure is shown that is not a decimal.
const shownDigits = 10

// rateDecimals are those of a percentage beside a score.
const rateDecimals = 2

// Explanation gives an explained result as the contract has it: in words, and in
// the figures that the words are made of.
func (b *Book) Explanation(m *MemberTrace, period string, l lang.Language) (*api.Explanation, error) {
	b.NamePlaces(m, l)
	t := m.Trace
	answer := &api.Explanation{
		Period: period, Run: b.Run.Number, Rules: b.Run.Rules, Published: b.Run.Published, StaffNo: m.StaffNo, Name: m.Name, Pinyin: api.Optional(people.Written(m.Name, m.Pinyin)),
		Trace: m.Lines(l), Segments: make([]api.ExplainedSegment, len(t.Segments)), Steps: explainedSteps(t), Grades: []api.ExplainedGrade{},
	}
	for i := range t.Segments {
		answer.Segments[i] = explainedSegment(t, i, l)
	}
	if t.Result.Status == scoring.Complete {
		answer.Rounding = shareOut(t, answer.Segments)
	}
	if t.Main >= 0 {
		answer.Grades, answer.NextGrade = explainedGrades(t, t.Segments[t.Main].Card.Grades)
	}
	d := json.NewDecoder(bytes.NewReader(b.AppendJSON(nil, m.Result)))
	d.UseNumber()
	if err := d.Decode(&answer.Result); err != nil {
		return nil, fmt.Errorf("reading a result: %w", err)
	}
	return answer, nil
}

// figureText writes a figure as it is; nil where there is none.
func figureText(n scoring.Number) *string {
	switch {
	case !n.Valid():
		return nil
	case n.IsDecimal():
		text := n.String()
		return &text
	}
	text := n.Significant(shownDigits)
	return &text
}

// fixed writes a score with its decimals; nil where there is none.
func fixed(n scoring.Number, precision int) *string {
	if !n.Valid() {
		return nil
	}
	text := n.Fixed(precision)
	return &text
}

func explainedSegment(t *scoring.Trace, at int, l lang.Language) api.ExplainedSegment {
	s := &t.Segments[at]
	segment := api.ExplainedSegment{
		Scorecard: s.Scorecard, Name: textAnswer(s.Card.Name), Place: api.Optional(s.Place), Days: s.Days, Counts: s.Counts, Main: t.Main == at,
		Base: fixed(s.Base, s.Card.Precision), Perspectives: []api.ExplainedPerspective{}, Items: []api.ExplainedItem{},
	}
	if !s.Counts {
		return segment
	}
	for i := range s.Card.Perspectives {
		segment.Perspectives = append(segment.Perspectives, explainedPerspective(s, i))
	}
	for i := range s.Items {
		item := explainedItem(&s.Items[i], s.Card.Precision)
		item.Line = t.ItemLine(string(l), at, i)
		segment.Items = append(segment.Items, item)
	}
	return segment
}

func explainedPerspective(s *scoring.SegmentTrace, at int) api.ExplainedPerspective {
	p := api.ExplainedPerspective{Name: textAnswer(s.Card.Perspectives[at].Name)}
	weight := scoring.FromInt(0)
	for i := range s.Items {
		if t := &s.Items[i]; t.Perspective == at && t.EffectiveWeight.Valid() {
			weight = weight.Add(t.EffectiveWeight)
		}
	}
	if at < len(s.Subtotals) && weight.Sign() > 0 {
		p.Points, p.Weight = fixed(s.Subtotals[at], s.Card.Precision), figureText(weight)
		p.Rate = fixed(s.Subtotals[at].Mul(scoring.FromInt(100)).Quo(weight).Round(rateDecimals), rateDecimals)
	}
	return p
}

func explainedItem(t *scoring.ItemTrace, precision int) api.ExplainedItem {
	method, of := string(t.Method.Type), api.ExplainedItemOf(t.Method.Of)
	item := api.ExplainedItem{
		Item: t.Item.Key, Name: textAnswer(t.Item.Name), Perspective: t.Perspective, Source: api.ExplainedItemSource(t.Item.Source),
		Method: &method, Of: api.Optional(of), Lower: api.Optional(t.Method.Direction == scoring.Lower), Status: api.ExplainedItemStatus(t.Status),
		Actual: figureText(t.Actual), Target: figureText(t.Target), Baseline: figureText(t.Baseline), Value: figureText(t.X),
		Floor: figureText(t.Method.Floor), Cap: figureText(t.Method.Cap), Score: fixed(t.Score, precision),
		Weight: t.Weight.String(), EffectiveWeight: figureText(t.EffectiveWeight), Points: fixed(t.Contribution, precision),
	}
	if t.Item.Source == scoring.SourceMetric {
		item.Metric = &t.Item.Metric
		if t.Item.Metric == "" {
			item.Metric = &t.Item.Key
		}
	}
	if full := t.EffectiveWeight.Sub(t.Contribution); full.Sign() > 0 {
		item.Lost = fixed(full.Round(precision), precision)
	}
	if t.Item.Source == scoring.SourceEvents {
		events := make([]api.ExplainedEvent, len(t.Method.Events))
		for i, e := range t.Method.Events {
			events[i] = api.ExplainedEvent{Type: e.Type, Name: textAnswer(scoring.EventName(e.Type)), Points: e.Points.String()}
			for _, happened := range t.Events {
				if happened.Type == e.Type {
					events[i].Count = happened.Count
				}
			}
		}
		item.Events = &events
	}
	return item
}

// shareOut says what each segment that counts gives to the base of the member, and
// gives what rounding leaves between them and the base.
func shareOut(t *scoring.Trace, segments []api.ExplainedSegment) *string {
	r, days := t.Result, int64(0)
	for i := range r.Segments {
		days += int64(r.Segments[i].Days)
	}
	rest := r.Base
	for i := range r.Segments {
		s := &r.Segments[i]
		points := s.Base.Mul(scoring.FromInt(int64(s.Days))).Quo(scoring.FromInt(days)).Round(r.Precision)
		if len(r.Segments) == 1 {
			points = r.Base
		}
		rest = rest.Sub(points)
		if s.Index < len(segments) {
			segments[s.Index].Points = fixed(points, r.Precision)
		}
	}
	if rest.Sign() == 0 {
		return nil
	}
	return fixed(rest, r.Precision)
}

// explainedSteps leads from the base to the total.
func explainedSteps(t *scoring.Trace) []api.ExplainedStep {
	steps := []api.ExplainedStep{}
	if t.Result.Status != scoring.Complete {
		return steps
	}
	add := func(kind api.ExplainedStepKind, name *api.Text, points scoring.Number) {
		if points.Sign() != 0 {
			steps = append(steps, api.ExplainedStep{Kind: kind, Name: name, Points: points.Fixed(t.Result.Precision)})
		}
	}
	for i := range t.Adjustments {
		a := &t.Adjustments[i]
		name := textAnswer(scoring.AdjustmentName(a.Name, a.Key))
		if a.Type == scoring.Deduction {
			add("deduction", &name, a.Counted.Neg())
		} else {
			add("bonus", &name, a.Counted)
		}
	}
	add("bonus_cap", nil, t.Result.Bonus.Sub(t.BonusSum))
	add("deduction_cap", nil, t.DeductionSum.Sub(t.Result.Deduction))
	limited := t.BeforeVeto.Sub(t.Uncapped)
	if limited.Sign() < 0 {
		add("total_cap", nil, limited)
	} else {
		add("floor", nil, limited)
	}
	for i := range t.Vetoes {
		if v := &t.Vetoes[i]; v.Bit {
			name := textAnswer(scoring.AdjustmentName(v.Name, v.Key))
			add("veto", &name, t.Result.Total.Sub(t.BeforeVeto))
		}
	}
	return steps
}

// explainedGrades gives the grades, and the next better one with what is missing.
func explainedGrades(t *scoring.Trace, grades []scoring.Grade) (all []api.ExplainedGrade, next *api.ExplainedGrade) {
	all = make([]api.ExplainedGrade, len(grades))
	total := t.Result.Total
	for i, g := range grades {
		all[i] = api.ExplainedGrade{Grade: g.Grade, Min: figureText(g.Min)}
		if total.Valid() && g.Min.Valid() && g.Min.Cmp(total) > 0 {
			better := all[i]
			better.Gap = figureText(g.Min.Sub(total))
			next = &better
		}
	}
	return all, next
}
