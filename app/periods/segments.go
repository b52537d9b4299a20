package periods

import (
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// Segment is the part of a member's period at one unit in one position that a
// scorecard scores.
type Segment struct {
	UnitID   int64
	Position string
	// First and Last are the first and the last active day; days between them
	// may belong to other segments, or to none.
	First, Last db.Date
	Days        int    // active days: leave, and what is outside the employment, do not count
	Scorecard   string // code
	PeerGroup   string // see PeerGroup
}

// Card is what a segment needs to know of the scorecard of its position.
type Card struct {
	Code      string
	PeerGroup string // bank, branch or unit: who is compared with whom
}

// Cards are the scorecards by position.
type Cards map[string]Card

// Segments works out a member's segments from what was in force in the period
// (people.Timeline from its first to its last day): the days of active
// assignments, grouped by unit and position, in the order of their last day.
// Positions without a scorecard give none.
func Segments(spans []people.Span, cards Cards, tree *people.Tree) []Segment {
	var segments []Segment
	for i := range spans {
		span := &spans[i]
		card, scored := cards[span.Position]
		if span.State != people.Active || !scored {
			continue
		}
		at := slices.IndexFunc(segments, func(s Segment) bool { return s.UnitID == span.UnitID && s.Position == span.Position })
		if at < 0 {
			segments = append(segments, Segment{
				UnitID: span.UnitID, Position: span.Position, First: span.From, Last: span.To, Days: span.Days(),
				Scorecard: card.Code, PeerGroup: PeerGroup(card, span.UnitID, tree),
			})
			continue
		}
		segments[at].Days += span.Days()
		segments[at].Last = span.To // spans come in the order of their days
	}
	slices.SortFunc(segments, func(a, b Segment) int { return a.Last.Compare(b.Last) })
	return segments
}

// PeerGroup names those that a segment is compared with and ranked among: the
// scorecard's code, "@", and the code of the root (bank), of the nearest branch
// (branch: the unit itself included, the root if there is none), or of the unit.
func PeerGroup(card Card, unitID int64, tree *people.Tree) string {
	var unit *people.Unit
	switch card.PeerGroup {
	case "unit":
		unit = tree.ByID(unitID)
	case "branch":
		unit = tree.Branch(unitID)
	default:
		unit = tree.Root()
	}
	if unit == nil {
		return card.Code + "@"
	}
	return card.Code + "@" + unit.Code
}

// Member is a member of the staff as a period sees them.
type Member struct {
	*people.Staff
	// Spans are what was in force in the period, whatever position and state.
	Spans []people.Span
	// Segments are what is scored; none for a member who is not in the results.
	Segments []Segment
}

// EachMember hands out every member in scope in the order of their ids, each
// with their segments, as one stream; f decides what to do with those that have
// none. What is handed out is good until f returns, the slices beyond. f must not
// use the transaction.
func (p *Period) EachMember(ctx context.Context, tx db.Tx, scope rbac.Scope, cards Cards, tree *people.Tree, f func(*Member) error) error {
	return people.EachStaff(ctx, tx, scope, p.member(cards, tree, f))
}

// EachMemberOf is EachMember for those who have one of these staff numbers.
func (p *Period) EachMemberOf(ctx context.Context, tx db.Tx, scope rbac.Scope, numbers []string, cards Cards, tree *people.Tree, f func(*Member) error) error {
	return people.EachOf(ctx, tx, scope, numbers, p.member(cards, tree, f))
}

// EachMemberFound is EachMember for those whom a text finds; see people.Found.
func (p *Period) EachMemberFound(ctx context.Context, tx db.Tx, scope rbac.Scope, text string, cards Cards, tree *people.Tree, f func(*Member) error) error {
	return people.EachFound(ctx, tx, scope, text, p.member(cards, tree, f))
}

// member makes members of the staff those of the period.
func (p *Period) member(cards Cards, tree *people.Tree, f func(*Member) error) func(*people.Staff, []people.Assignment) error {
	var member Member
	return func(s *people.Staff, assignments []people.Assignment) error {
		spans := people.Timeline(assignments, p.FirstDay, p.LastDay)
		member = Member{Staff: s, Spans: spans, Segments: Segments(spans, cards, tree)}
		return f(&member)
	}
}
