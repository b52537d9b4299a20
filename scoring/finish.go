package scoring

import (
	"iter"
	"slices"
)

// Finish works out what depends on the peers: their figures, totals and ranks.
func (e *Evaluation) Finish() {
	if e.finished {
		return
	}
	e.finished = true
	for _, g := range e.groups {
		g.finish()
	}
	var scratch Result
	var t ItemTrace
	for i := range e.members.size {
		m := e.members.at(i)
		e.resolve(m, &scratch, &t)
		e.sum(m, &scratch)
		if m.total.Valid() {
			g := e.segments.at(int(m.first) + int(m.main)).group
			g.ranked = append(g.ranked, int32(i))
		}
	}
	for _, g := range e.groups {
		e.rank(g)
	}
}

// resolve works out a member's counting segments.
func (e *Evaluation) resolve(m *memberState, r *Result, t *ItemTrace) {
	r.Segments = resized(r.Segments, int(m.segments))
	for i := range r.Segments {
		state, s := e.segments.at(int(m.first)+i), &r.Segments[i]
		card := state.group.card
		s.Index, s.Scorecard, s.PeerGroup, s.Days = int(state.index), card.key, state.group.name, int(state.days)
		s.Items = resized(s.Items, len(card.items))
		for k := range card.items {
			e.outcome(&card.items[k], &state.items[k], state.group, &s.Items[k], t)
		}
		card.weigh(s)
	}
}

// outcome gives an item's score, or why it has none.
func (e *Evaluation) outcome(item *compiledItem, state *itemState, g *peerGroup, r *ItemResult, t *ItemTrace) {
	why := state.why
	r.Key, r.Score = item.Key, Number{}
	switch {
	case why != valued:
	case state.form == formUnits:
		r.Score = Number{num: state.units, den: powers[item.card.precision]}
	case state.form == formLarge:
		r.Score = e.large[state.units]
	default:
		t.reset()
		peers := &g.items[item.peer]
		t.X = peers.values[state.units]
		why = peers.against(item, int(state.units), t)
		r.Score = t.Score
	}
	r.Reason = reasons[why]
}

// resized gives a list of n elements that keeps those it had, for use again.
func resized[T any](list []T, n int) []T {
	if cap(list) < n {
		list = append(list[:cap(list)], make([]T, n-cap(list))...)
	}
	return list[:n]
}

// sum works out a member's base (R3) and total from its segments.
func (e *Evaluation) sum(m *memberState, r *Result) {
	days, weighted := zero, zero
	for i := range r.Segments {
		s := &r.Segments[i]
		if s.Status != Complete {
			m.why = segmentIncomplete
			return
		}
		d := FromInt(int64(s.Days))
		days, weighted = days.Add(d), weighted.Add(d.Mul(s.Base))
	}
	if m.why != valued {
		return
	}
	card := e.segments.at(int(m.first) + int(m.main)).group.card
	m.base = r.Segments[0].Base
	if len(r.Segments) > 1 {
		m.base = weighted.Quo(days).Round(card.precision)
	}
	m.total = card.total(m.base, &m.extras)
}

// rank gives the complete members of a group their places; equals share the better one.
func (e *Evaluation) rank(g *peerGroup) {
	slices.SortFunc(g.ranked, func(a, b int32) int {
		return e.members.at(int(b)).total.Cmp(e.members.at(int(a)).total)
	})
	for i, index := range g.ranked {
		m := e.members.at(int(index))
		m.rank = int32(i + 1)
		if i > 0 {
			if before := e.members.at(int(g.ranked[i-1])); before.total.Cmp(m.total) == 0 {
				m.rank = before.rank
			}
		}
	}
}

// Results gives the results in the order of Add, after Finish, which it calls if
// nobody did. Each result and all within it is used again for the next.
func (e *Evaluation) Results() iter.Seq[*Result] {
	return func(yield func(*Result) bool) {
		e.Finish()
		var r Result
		var t ItemTrace
		for i := range e.members.size {
			m := e.members.at(i)
			e.resolve(m, &r, &t)
			e.conclude(m, &r)
			if !yield(&r) {
				return
			}
		}
	}
}

// conclude fills in what a result says of the member as a whole.
func (e *Evaluation) conclude(m *memberState, r *Result) {
	*r = Result{ID: m.id, Status: Incomplete, Reason: reasons[m.why], Main: int(m.main), Segments: r.Segments}
	if m.main < 0 {
		r.Status = NotAssessed
		return
	}
	g := e.segments.at(int(m.first) + int(m.main)).group
	r.Precision = g.card.precision
	if !m.total.Valid() {
		return
	}
	r.Status, r.Base, r.Total = Complete, m.base, m.total
	r.Bonus, r.Deduction = m.extras.bonus, m.extras.deduction
	r.Rank, r.Peers = int(m.rank), len(g.ranked)
	if grade := g.card.grade(m.total); grade != nil {
		r.Grade, r.Coefficient = grade.Grade, grade.Coefficient
	}
}

// clone gives a copy that nobody uses again.
func (r *Result) clone() *Result {
	c := *r
	c.Segments = slices.Clone(r.Segments)
	for i := range c.Segments {
		c.Segments[i].Items = slices.Clone(c.Segments[i].Items)
	}
	return &c
}
