package runs

import (
	"slices"

	"github.com/steelyard/steelyard/scoring"
)

// adaptation fits what was frozen under one definition of a scorecard to another:
// an item finds its input by its key, a metric item else by its metric. What the
// other definition does not know has not been said under it.
type adaptation struct {
	code    string
	minDays int
	old     []*scoring.Item
	items   []*scoring.Item
	from    []int // of each item, its place in the old definition; -1 for none
	other   *scoring.Scorecard
}

func newAdaptation(book *Book, code string, other *scoring.Scorecard) *adaptation {
	a := &adaptation{code: code, minDays: book.Run.MinDays, old: book.cards[code].items, items: other.Items(), other: other}
	for _, item := range a.items {
		at := slices.IndexFunc(a.old, func(o *scoring.Item) bool { return o.Key == item.Key && o.Source == item.Source })
		if item.Source == scoring.SourceMetric && (at < 0 || a.old[at].MetricCode() != item.MetricCode()) {
			at = slices.IndexFunc(a.old, func(o *scoring.Item) bool {
				return o.Source == scoring.SourceMetric && o.MetricCode() == item.MetricCode()
			})
		}
		a.from = append(a.from, at)
	}
	return a
}

// member fits a member's inputs, and the adjustments and vetoes where the
// scorecard is that of the main segment.
func (a *adaptation) member(m *scoring.Member) {
	most, main := 0, ""
	for i := range m.Segments {
		s := &m.Segments[i]
		if s.Days >= a.minDays && s.Days >= most {
			most, main = s.Days, s.Scorecard
		}
		if s.Scorecard == a.code && len(s.Inputs) > 0 {
			s.Inputs = a.inputs(s.Inputs)
		}
	}
	if main != a.code {
		return
	}
	m.Adjustments = slices.DeleteFunc(m.Adjustments, func(e scoring.Entry) bool {
		return !slices.ContainsFunc(a.other.Adjustments, func(x scoring.Adjustment) bool { return x.Key == e.Key })
	})
	m.Vetoes = slices.DeleteFunc(m.Vetoes, func(key string) bool {
		return !slices.ContainsFunc(a.other.Vetoes, func(x scoring.Veto) bool { return x.Key == key })
	})
}

func (a *adaptation) inputs(frozen []scoring.Input) []scoring.Input {
	inputs := make([]scoring.Input, len(a.items))
	for i, item := range a.items {
		switch {
		case a.from[i] >= 0:
			inputs[i] = fitted(item, frozen[a.from[i]])
		case item.Source == scoring.SourceEvents:
			inputs[i] = scoring.Input{Given: true, Events: noEvents}
		}
	}
	return inputs
}

// fitted leaves of an input what an item can take.
func fitted(item *scoring.Item, in scoring.Input) scoring.Input {
	switch item.Source {
	case scoring.SourceRating:
		in.Ratings = slices.DeleteFunc(in.Ratings, func(r scoring.Rating) bool {
			return !slices.ContainsFunc(item.Rating.Roles, func(x scoring.Role) bool { return x.Role == r.Role }) ||
				!slices.ContainsFunc(item.Rating.Levels, func(x scoring.Level) bool { return x.Level == r.Level })
		})
	case scoring.SourceSurvey:
		if in.Survey == nil {
			break
		}
		count := scoring.FromInt(in.Survey.Count)
		if in.Survey.Sum.Cmp(item.Survey.ScaleMin.Mul(count)) < 0 || in.Survey.Sum.Cmp(item.Survey.ScaleMax.Mul(count)) > 0 {
			return scoring.Input{}
		}
	case scoring.SourceEvents:
		in.Events = slices.DeleteFunc(in.Events, func(e scoring.EventCount) bool {
			return !slices.ContainsFunc(item.Method.Events, func(x scoring.EventPoints) bool { return x.Type == e.Type })
		})
	}
	return in
}
