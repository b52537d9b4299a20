package runs

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// ItemScore is how one item of a result stands, with what its scorecard says of it.
type ItemScore struct {
	*scoring.Item
	Perspective scoring.Text
	Precision   int
	Outcome     Item
}

// ItemPage is a page of results with the items of their main segments. Of whose
// main segment is out of sight it is the last segment in sight, as in Page.
type ItemPage struct {
	Page
	cards cards
}

// Items gives the items of a row, in the order of its scorecard.
func (p *ItemPage) Items(r *Result) []ItemScore { return p.cards.scores(r) }

// ItemFilter narrows a page of results with their items.
type ItemFilter struct {
	Run       int    // its number; Latest for the published or last one
	Unit      string // the code of a unit: it and all below
	Scorecard string // its code
}

// byItem begins the name of an order: by the score of the item whose key follows.
const byItem = "item:"

// ItemPage gives a page of results with their items, by staff_no, name, total, or
// item: and the key of an item.
func (s *Service) ItemPage(ctx context.Context, actor rbac.Actor, code string, f ItemFilter, q page.Query) (*ItemPage, error) {
	if err := access.Require(actor, rbac.ResultRead); err != nil {
		return nil, err
	}
	var found *ItemPage
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := periods.Find(ctx, tx, code)
		if err != nil {
			return err
		}
		run, seen, err := look(ctx, tx, actor, p, f.Run)
		if err != nil {
			return err
		}
		found = &ItemPage{Page: Page{Run: run, Rows: []Row{}}}
		if found.cards, err = frozenCards(ctx, tx, run.ID); err != nil {
			return err
		}
		l := &listing{tx: tx, run: run, sight: seen, page: &found.Page, cards: found.cards, items: true}
		if l.plan, err = q.Plan("r.staff_id", l.itemOrders(q.Sort)...); err != nil {
			return err
		}
		if f.Scorecard != "" {
			l.and(l.shownCard()+" = ?", f.Scorecard)
		}
		return l.read(ctx, PageFilter{Unit: f.Unit})
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "result", "period="+code+PageFilter{Run: f.Run, Unit: f.Unit}.text()+" scorecard="+f.Scorecard)
	return found, nil
}

// shown is the number of the segment that a result (r) is shown with: the main
// one, or where that is out of sight the last in sight.
func (s *sight) shown() schema.QueryWithArgs {
	if s.whole {
		return bun.SafeQuery(mainNumber)
	}
	return bun.SafeQuery(`CASE WHEN ? THEN `+mainNumber+` ELSE (SELECT MAX(near.segment_no) FROM result_segments AS near
		WHERE near.run_id = r.run_id AND near.staff_id = r.staff_id AND near.unit_id IN (?)) END`, s.main(), s.unitIDs())
}

// mainNumber is the number of the main segment of a result (r): a member has one
// segment for a unit and position.
const mainNumber = `(SELECT MAX(main.segment_no) FROM result_segments AS main WHERE main.run_id = r.run_id
	AND main.staff_id = r.staff_id AND main.unit_id = r.unit_id AND main.position = r.position)`

// shownNumber is the number of the segment that a row is shown with.
func (l *listing) shownNumber() string {
	if l.sight.whole {
		return mainNumber
	}
	return "r.shown"
}

// shownCard is the code of the scorecard that a row is shown with.
func (l *listing) shownCard() string {
	if l.sight.whole {
		return "r.scorecard"
	}
	return "(SELECT g.scorecard FROM result_segments AS g WHERE g.run_id = r.run_id AND g.staff_id = r.staff_id AND g.segment_no = r.shown)"
}

// itemOrders are the orders of results, and the one by an item that is asked for.
func (l *listing) itemOrders(sort string) []page.Order {
	orders := slices.DeleteFunc(l.sight.orders(), func(o page.Order) bool { return o.Name == "rank" })
	name := strings.TrimPrefix(sort, "-")
	key, ok := strings.CutPrefix(name, byItem)
	if !ok {
		return orders
	}
	numbers := ""
	for _, code := range l.cards.codes() {
		if at, known := l.cards[code].keys[key]; known {
			numbers += fmt.Sprintf(" WHEN %d THEN %d", l.cards[code].VersionID, at+1)
		}
	}
	if numbers == "" {
		return orders
	}
	return append(orders, page.Order{Name: name, Int: true, Column: fmt.Sprintf(`COALESCE((SELECT i.score FROM result_segments AS g
		JOIN run_scorecards AS c ON c.run_id = g.run_id AND c.code = g.scorecard
		JOIN result_items AS i ON i.run_id = g.run_id AND i.staff_id = g.staff_id AND i.segment_no = g.segment_no
			AND i.item_no = CASE c.scorecard_version_id%s ELSE 0 END
		WHERE g.run_id = r.run_id AND g.staff_id = r.staff_id AND g.segment_no = %s), %d)`, numbers, l.shownNumber(), noScore)})
}

// noScore is what an item without a score is sorted as: as the lowest.
const noScore = -1 << 52

// score is what a row is sorted as by an item.
func (l *listing) score(r *Result, key string) int64 {
	for _, s := range l.cards.scores(r) {
		if s.Key == key && s.Outcome.Score.Known {
			return s.Outcome.Score.Scaled
		}
	}
	return noScore
}

// scores gives the items of the segment that a result is shown with, none where
// it is too short to count.
func (c cards) scores(r *Result) []ItemScore {
	scores, card := []ItemScore{}, c[r.Scorecard]
	at := slices.IndexFunc(r.Segments, func(s Segment) bool { return s.UnitID == r.UnitID && s.Position == r.Position })
	if at < 0 || card == nil {
		return scores
	}
	items := r.Segments[at].Items
	for p := range card.Perspectives {
		perspective := &card.Perspectives[p]
		for i := range perspective.Items {
			if len(scores) == len(items) {
				return scores
			}
			scores = append(scores, ItemScore{
				Item: &perspective.Items[i], Perspective: perspective.Name, Precision: card.Precision, Outcome: items[len(scores)],
			})
		}
	}
	return scores
}
