package periods

import (
	"context"
	"fmt"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/scoring"
)

// A row of facts begins with the member, the unit and the position; what names
// the item, and the figures, follow.
const placeColumns = "staff_id, unit_id, position, "

func (g *gaps) each(ctx context.Context, tx db.Tx, table, columns, where string, f func(db.Row, *gapMember)) error {
	query := "SELECT " + placeColumns + columns + " FROM " + table + " WHERE period_id = ? AND ended_batch_id IS NULL" + where
	err := tx.Each(ctx, query, []any{g.period.ID}, func(row db.Row) error {
		if m := g.members[row.Int(0)]; m != nil {
			f(row, m)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading %s: %w", table, err)
	}
	return nil
}

// readTargets reads the targets that name a place, then those that serve every
// segment that none of the former names.
func (g *gaps) readTargets(ctx context.Context, tx db.Tx) error {
	const columns = "metric_id, target, baseline"
	err := g.each(ctx, tx, "targets", columns, " AND (unit_id IS NOT NULL OR position <> '')", func(row db.Row, m *gapMember) {
		g.metric(row, m, "targets", func(in *input) {
			in.placedTarget, in.target, in.baseline = true, !row.Null(4), !row.Null(5)
		})
	})
	if err != nil {
		return err
	}
	return g.each(ctx, tx, "targets", columns, " AND unit_id IS NULL AND position = ''", func(row db.Row, m *gapMember) {
		for s := range m.segments {
			for _, i := range m.cards[s].byMetric[row.Int(3)] {
				if in := &m.given[s][i]; !in.placedTarget {
					in.target, in.baseline = !row.Null(4), !row.Null(5)
				}
			}
		}
	})
}

// readInputs reads what is collected in a month.
func (g *gaps) readInputs(ctx context.Context, tx db.Tx) error {
	err := g.each(ctx, tx, "actuals", "metric_id, actual", "", func(row db.Row, m *gapMember) {
		g.metric(row, m, "actuals", func(in *input) { in.actual = in.actual || !row.Null(4) })
	})
	if err != nil {
		return err
	}
	err = g.each(ctx, tx, "surveys", "item, answers", "", func(row db.Row, m *gapMember) {
		g.item(row, m, "surveys", scoring.SourceSurvey, func(_ *scoring.Item, in *input) { in.survey = in.survey || !row.Null(4) })
	})
	if err != nil {
		return err
	}
	err = g.each(ctx, tx, "reviews", "item, role, level", " AND level IS NOT NULL", func(row db.Row, m *gapMember) {
		g.item(row, m, "reviews", scoring.SourceRating, func(item *scoring.Item, in *input) { in.rate(item, row.Bytes(4)) })
	})
	if err != nil {
		return err
	}
	return g.each(ctx, tx, "events", "item", " AND item <> ''", func(row db.Row, m *gapMember) {
		g.item(row, m, "events", scoring.SourceEvents, func(*scoring.Item, *input) {})
	})
}

func (in *input) rate(item *scoring.Item, role []byte) {
	in.rated = true
	for i := range item.Rating.Roles {
		if item.Rating.Roles[i].Role != string(role) {
			continue
		}
		if in.ratings == nil {
			in.ratings = make([]int, len(item.Rating.Roles))
		}
		in.ratings[i]++
	}
}

// metric gives the inputs of the segment that a row with a metric belongs to.
func (g *gaps) metric(row db.Row, m *gapMember, table string, f func(*input)) {
	id := row.Int(3)
	at := g.place(row, m, table, func(c *cardIndex) bool { return len(c.byMetric[id]) > 0 })
	if at < 0 {
		return
	}
	for _, i := range m.cards[at].byMetric[id] {
		f(&m.given[at][i])
	}
}

// item gives the input of the segment that a row with an item's key belongs to.
func (g *gaps) item(row db.Row, m *gapMember, table string, source scoring.Source, f func(*scoring.Item, *input)) {
	key := row.Bytes(3)
	at := g.place(row, m, table, func(c *cardIndex) bool {
		i, ok := c.byKey[string(key)]
		return ok && c.items[i].Source == source
	})
	if at < 0 {
		return
	}
	card := m.cards[at]
	if i, ok := card.byKey[string(key)]; ok && card.items[i].Source == source {
		f(card.items[i], &m.given[at][i])
	}
}

// place gives the segment of a row, -1 for none, and counts a row that should
// have one: a scorecard of the member has what it is for, and the member was not
// at its place unscored.
func (g *gaps) place(row db.Row, m *gapMember, table string, has func(*cardIndex) bool) int {
	if !slices.ContainsFunc(m.cards, has) {
		return -1
	}
	var unitID int64
	if !row.Null(1) {
		unitID = row.Int(1)
	}
	position := row.Text(2)
	at, why := Place(m.segments, unitID, position)
	if why == NoSuchSegment && Stood(m.spans, unitID, position) {
		return -1
	}
	if why != Placed {
		g.counts[gap{UnplacedFacts, table, m.segments[len(m.segments)-1].UnitID}]++
	}
	return at
}
