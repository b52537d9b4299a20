package runs

import (
	"slices"

	"github.com/steelyard/steelyard/scoring"
)

// member compares the results of one member, and counts what it finds; nil if nothing but the rank differs.
func (d *difference) member(before, after *Result, frozenBefore, frozenAfter *scoring.Member) *Change {
	switch {
	case before == nil:
		d.summary.New++
		return &Change{Kind: MemberNew, After: after, Total: after.Total.Minus(Points{})}
	case after == nil:
		d.summary.Gone++
		return &Change{Kind: MemberGone, Before: before, Total: Points{}.Minus(before.Total)}
	}
	c := &Change{
		Kind: MemberChanged, Before: before, After: after, Total: after.Total.Minus(before.Total),
		Moved: moved(before, after), Cards: d.versions(before, after), Items: d.items(before, after, frozenBefore, frozenAfter),
		Adjustments: before.Bonus != after.Bonus || before.Deduction != after.Deduction,
	}
	if frozenBefore != nil && frozenAfter != nil {
		c.Adjustments = !slices.EqualFunc(frozenBefore.Adjustments, frozenAfter.Adjustments, func(a, b scoring.Entry) bool {
			return a.Key == b.Key && a.Points.Cmp(b.Points) == 0
		})
		c.Vetoes = !slices.Equal(frozenBefore.Vetoes, frozenAfter.Vetoes)
	}
	if !c.Moved && len(c.Items) == 0 && !c.Adjustments && !c.Vetoes && outcomeOf(before) == outcomeOf(after) {
		if before.Place != after.Place {
			d.summary.RankOnly++
		}
		return nil
	}
	d.summary.Changed++
	return c
}

// totals are what a member's result comes to, the place among others aside.
type totals struct {
	status, reason, grade, coefficient string
	base, bonus, deduction, total      Points
}

func outcomeOf(r *Result) totals {
	return totals{r.Status, r.Reason, r.Grade, r.Coefficient, r.Base, r.Bonus, r.Deduction, r.Total}
}

func moved(before, after *Result) bool {
	return !slices.EqualFunc(before.Segments, after.Segments, func(a, b Segment) bool {
		return a.UnitID == b.UnitID && a.Position == b.Position && a.Scorecard == b.Scorecard && a.Days == b.Days && a.PeerGroup == b.PeerGroup
	})
}

// versions lists the scorecards of a member of which the runs used different versions.
func (d *difference) versions(before, after *Result) []string {
	var codes []string
	for _, change := range d.summary.Cards {
		uses := func(s Segment) bool { return s.Scorecard == change.Code }
		if slices.ContainsFunc(before.Segments, uses) || slices.ContainsFunc(after.Segments, uses) {
			codes = append(codes, change.Code)
		}
	}
	return codes
}

// items compares segment with segment (those of one unit and position) and item with item.
func (d *difference) items(before, after *Result, frozenBefore, frozenAfter *scoring.Member) []ItemChange {
	var changes []ItemChange
	matched := make([]bool, len(before.Segments))
	for i := range after.Segments {
		s := &after.Segments[i]
		now := side{d.after, s, frozenInputs(frozenAfter, i)}
		old := side{run: d.before}
		for j := range before.Segments {
			if b := &before.Segments[j]; !matched[j] && b.UnitID == s.UnitID && b.Position == s.Position {
				old.segment, old.inputs, matched[j] = b, frozenInputs(frozenBefore, j), true
				break
			}
		}
		changes = append(changes, compareSegments(old, now)...)
	}
	for j := range before.Segments {
		if !matched[j] {
			changes = append(changes, compareSegments(side{d.before, &before.Segments[j], frozenInputs(frozenBefore, j)}, side{run: d.after})...)
		}
	}
	return changes
}

func frozenInputs(m *scoring.Member, segment int) []scoring.Input {
	if m == nil || segment >= len(m.Segments) {
		return nil
	}
	return m.Segments[segment].Inputs
}

// side is a segment as one of the two runs has it; none if segment is nil.
type side struct {
	run     *Book
	segment *Segment
	inputs  []scoring.Input
}

func compareSegments(before, after side) []ItemChange {
	var changes []ItemChange
	main := after
	if after.segment == nil || len(after.segment.Items) == 0 {
		main = before
	}
	if main.segment == nil {
		return nil
	}
	card := main.run.cards[main.segment.Scorecard]
	for i := range main.segment.Items {
		if i >= len(card.items) {
			break
		}
		item := card.items[i]
		change := ItemChange{
			Scorecard: card.Code, Key: item.Key, Name: item.Name, Precision: card.Precision,
			Before: before.state(item.Key), After: after.state(item.Key),
		}
		if unit := main.run.Units[main.segment.UnitID]; unit != nil {
			change.Unit = unit.Code
		}
		if change.found(before, after) {
			changes = append(changes, change)
		}
	}
	return changes
}

// state gives an item of the side by its key; nil if it is not there.
func (s side) state(key string) *ItemState {
	if s.segment == nil {
		return nil
	}
	card := s.run.cards[s.segment.Scorecard]
	i, ok := card.keys[key]
	if !ok || i >= len(s.segment.Items) {
		return nil
	}
	state := &ItemState{Item: s.segment.Items[i], Of: card.items[i]}
	if i < len(s.inputs) {
		state.Input = &s.inputs[i]
	}
	return state
}

// found says whether the item differs, and sets Peers where nothing of the member's own does.
func (c *ItemChange) found(before, after side) bool {
	if c.Before == nil || c.After == nil {
		return c.Before != c.After
	}
	known := c.Before.Input != nil && c.After.Input != nil
	same := known && sameInput(c.Before.Input, c.After.Input)
	if c.Before.Item == c.After.Item {
		return known && !same
	}
	a, b := before.run.cards[before.segment.Scorecard], after.run.cards[after.segment.Scorecard]
	c.Peers = same && a.compares() && a.SHA256 == b.SHA256 && c.Before.Score != c.After.Score && before.segment.Days == after.segment.Days
	return true
}

// sameInput says whether two inputs are the same, whatever the decimals they are written with.
func sameInput(a, b *scoring.Input) bool {
	same := func(a, b scoring.Number) bool { return a.Valid() == b.Valid() && a.Cmp(b) == 0 }
	if !same(a.Actual, b.Actual) || !same(a.Target, b.Target) || !same(a.Baseline, b.Baseline) {
		return false
	}
	if (a.Survey == nil) != (b.Survey == nil) {
		return false
	}
	if a.Survey != nil && (a.Survey.Count != b.Survey.Count || !same(a.Survey.Sum, b.Survey.Sum)) {
		return false
	}
	return slices.Equal(a.Ratings, b.Ratings) && slices.Equal(a.Events, b.Events)
}
