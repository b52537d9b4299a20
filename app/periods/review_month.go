package periods

import (
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/reviews"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// ReviewMonth hands periods out to those who write reviews.
type ReviewMonth struct{}

var _ reviews.Month = ReviewMonth{}

// Read gives the period of a code with what is rated in it.
func (ReviewMonth) Read(ctx context.Context, tx db.Tx, code string) (*reviews.Period, error) {
	p, err := Find(ctx, tx, code)
	if err != nil {
		return nil, err
	}
	published, err := scorecards.Published(ctx, tx)
	if err != nil {
		return nil, err
	}
	month := &reviews.Period{
		ID: p.ID, Code: p.Code, First: p.FirstDay, Last: p.LastDay, MinDays: p.MinDays, State: string(p.State), StateName: p.State.Name(),
		Collecting: p.State == Collecting, Shown: !p.State.Before(Published),
		Cards: make(map[string]*reviews.Card, len(published)), Positions: map[string]string{},
	}
	for i := range published {
		card := published[i].Card
		month.Cards[published[i].Code] = ratedCard(published[i].Code, card)
		for _, position := range card.Positions {
			month.Positions[position] = published[i].Code
		}
	}
	return month, nil
}

func ratedCard(code string, card *scoring.Scorecard) *reviews.Card {
	rated := &reviews.Card{Code: code}
	for _, item := range card.Items() {
		if item.Source == scoring.SourceRating {
			rated.Items = append(rated.Items, &reviews.Item{Key: item.Key, Name: item.Name, Levels: item.Rating.Levels, Roles: item.Rating.Roles})
		}
	}
	return rated
}

// EachMember hands out the members in scope with those of their segments that count.
func (ReviewMonth) EachMember(ctx context.Context, tx db.Tx, month *reviews.Period, scope rbac.Scope, tree *people.Tree, f func(*reviews.Member) error) error {
	p := &Period{ID: month.ID, Code: month.Code, FirstDay: month.First, LastDay: month.Last, MinDays: month.MinDays}
	cards := make(Cards, len(month.Positions))
	for position, code := range month.Positions {
		cards[position] = Card{Code: code}
	}
	return p.EachMember(ctx, tx, scope, cards, tree, func(m *Member) error {
		member := reviews.Member{StaffID: m.ID, StaffNo: m.StaffNo, Name: m.Name, Pinyin: m.Pinyin}
		for i := range m.Spans {
			if s := &m.Spans[i]; s.State == people.Active && !slices.Contains(member.ActiveAt, s.UnitID) {
				member.ActiveAt = append(member.ActiveAt, s.UnitID)
			}
		}
		for i := range m.Segments {
			if s := &m.Segments[i]; s.Days >= p.MinDays {
				member.Segments = append(member.Segments, reviews.Segment{
					UnitID: s.UnitID, Position: s.Position, First: s.First, Last: s.Last, Card: month.Cards[s.Scorecard],
				})
			}
		}
		return f(&member)
	})
}
