package periods

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// gaps finds what a period lacks: it reads the members with their segments, then
// the facts in force, each set once as a stream.
type gaps struct {
	period  *Period
	tree    *people.Tree
	cards   map[string]*cardIndex // by code
	members map[int64]*gapMember
	counts  map[gap]int
}

// gap is what a blocker counts.
type gap struct {
	code    BlockerCode
	subject string
	unitID  int64
}

// cardIndex finds the items of a scorecard by what facts name.
type cardIndex struct {
	items    []*scoring.Item
	byMetric map[int64][]int // by the metric's id
	byKey    map[string]int
}

type gapMember struct {
	segments []Segment
	spans    []people.Span
	cards    []*cardIndex // of the segments
	given    [][]input    // by segment and item
}

// input tells which figures of an item are there.
type input struct {
	actual, target, baseline, survey bool
	placedTarget                     bool // a target names this segment: one that names none does not count
	ratings                          []int
	rated                            bool
}

func readGaps(ctx context.Context, tx db.Tx, scope rbac.Scope, p *Period) (*gaps, error) {
	g := &gaps{period: p, cards: map[string]*cardIndex{}, members: map[int64]*gapMember{}, counts: map[gap]int{}}
	published, err := scorecards.Published(ctx, tx)
	if err != nil {
		return nil, err
	}
	metrics, err := scorecards.Metrics(ctx, tx)
	if err != nil {
		return nil, err
	}
	ids := map[string]int64{}
	for _, m := range metrics {
		ids[m.Code] = m.ID
	}
	for i := range published {
		g.cards[published[i].Code] = newCardIndex(published[i].Card, ids)
	}
	if g.tree, err = people.Units(ctx, tx, rbac.Everything()); err != nil {
		return nil, err
	}
	return g, p.EachMember(ctx, tx, scope, CardsOf(published), g.tree, g.addMember)
}

func newCardIndex(card *scoring.Scorecard, metricIDs map[string]int64) *cardIndex {
	index := &cardIndex{items: card.Items(), byMetric: map[int64][]int{}, byKey: map[string]int{}}
	for i, item := range index.items {
		if item.Source == scoring.SourceMetric {
			id := metricIDs[item.MetricCode()]
			index.byMetric[id] = append(index.byMetric[id], i)
			continue
		}
		index.byKey[item.Key] = i
	}
	return index
}

func (g *gaps) addMember(m *Member) error {
	unscored := map[gap]bool{}
	for i := range m.Spans {
		span := &m.Spans[i]
		if span.State == people.Active && !g.scored(m, span) {
			unscored[gap{NoScorecard, span.Position, span.UnitID}] = true
		}
	}
	for at := range unscored {
		g.counts[at]++
	}
	if len(m.Segments) == 0 {
		return nil
	}
	member := &gapMember{segments: m.Segments, spans: m.Spans}
	for i := range m.Segments {
		index := g.cards[m.Segments[i].Scorecard]
		member.cards = append(member.cards, index)
		member.given = append(member.given, make([]input, len(index.items)))
	}
	g.members[m.ID] = member
	return nil
}

func (g *gaps) scored(m *Member, span *people.Span) bool {
	return slices.ContainsFunc(m.Segments, func(s Segment) bool { return s.UnitID == span.UnitID && s.Position == span.Position })
}

// missing counts the items without input, of segments that count, whose missing
// rule is not to leave them out.
func (g *gaps) missing(lacks func(*scoring.Item, *input) (BlockerCode, bool)) {
	for _, m := range g.members {
		for s := range m.segments {
			if m.segments[s].Days < g.period.MinDays {
				continue
			}
			for i, item := range m.cards[s].items {
				if item.Missing == scoring.MissingExclude {
					continue
				}
				if code, lacking := lacks(item, &m.given[s][i]); lacking {
					g.counts[gap{code, item.Key, m.segments[s].UnitID}]++
				}
			}
		}
	}
}

func lacksTarget(item *scoring.Item, in *input) (BlockerCode, bool) {
	_, target, baseline := item.Needs()
	return MissingTargets, (target && !in.target) || (baseline && !in.baseline)
}

func lacksInput(item *scoring.Item, in *input) (BlockerCode, bool) {
	switch item.Source {
	case scoring.SourceMetric:
		return MissingActuals, !in.actual
	case scoring.SourceSurvey:
		return MissingSurveys, !in.survey
	case scoring.SourceRating:
		return MissingReviews, !reviewed(item, in)
	}
	return "", false // no incident recorded is none
}

// reviewed tells whether somebody has rated, and every required role enough.
func reviewed(item *scoring.Item, in *input) bool {
	for i, role := range item.Rating.Roles {
		if role.Required && (in.ratings == nil || in.ratings[i] < max(1, int(role.Min))) {
			return false
		}
	}
	return in.rated
}

// blockers lists what was counted, by sort, unit and subject.
func (g *gaps) blockers(codes ...BlockerCode) []Blocker {
	var list []Blocker
	for _, at := range slices.SortedFunc(maps.Keys(g.counts), func(a, b gap) int {
		return cmp.Or(cmp.Compare(slices.Index(codes, a.code), slices.Index(codes, b.code)),
			cmp.Compare(g.unitCode(a.unitID), g.unitCode(b.unitID)), cmp.Compare(a.subject, b.subject))
	}) {
		if !slices.Contains(codes, at.code) {
			continue
		}
		b := Blocker{Code: at.code, Subject: at.subject, Count: g.counts[at]}
		if unit := g.tree.ByID(at.unitID); unit != nil {
			b.Unit, b.UnitName = unit.Code, unit.Name
		}
		list = append(list, b)
	}
	return list
}

func (g *gaps) unitCode(id int64) string {
	if unit := g.tree.ByID(id); unit != nil {
		return unit.Code
	}
	return ""
}
