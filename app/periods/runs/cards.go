package runs

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/scoring"
)

// Card is a scorecard as a run froze it.
type Card struct {
	*scoring.Scorecard
	Code       string
	VersionID  int64
	Definition string // JSON, exactly as it was published
	SHA256     string // of the definition, in hexadecimal

	items []*scoring.Item
}

// card is a scorecard with the ways from a fact to its items.
type card struct {
	Card
	keys    map[string]int  // of items
	metrics map[int64][]int // items by the id of their metric
	events  []int           // events items
}

// cards are scorecards by code.
type cards map[string]*card

func newCard(c Card) *card {
	c.items = c.Items()
	one := &card{Card: c, keys: map[string]int{}, metrics: map[int64][]int{}}
	for i, item := range one.items {
		one.keys[item.Key] = i
		if item.Source == scoring.SourceEvents {
			one.events = append(one.events, i)
		}
	}
	return one
}

// link gives the cards of published versions, linked to the metrics that they draw on.
func link(published []scorecards.Version, metrics []*scorecards.Metric) cards {
	ids := make(map[string]int64, len(metrics))
	for _, m := range metrics {
		ids[m.Code] = m.ID
	}
	linked := cards{}
	for i := range published {
		v := &published[i]
		one := newCard(Card{Scorecard: v.Card, Code: v.Code, VersionID: v.ID, Definition: v.Definition, SHA256: v.SHA256})
		for i, item := range one.items {
			if id, ok := ids[item.MetricCode()]; ok && item.Source == scoring.SourceMetric {
				one.metrics[id] = append(one.metrics[id], i)
			}
		}
		linked[v.Code] = one
	}
	return linked
}

// frozenCards reads the scorecards of a run.
func frozenCards(ctx context.Context, tx db.Tx, runID int64) (cards, error) {
	found := cards{}
	err := tx.Each(ctx, `SELECT code, scorecard_version_id, definition, sha256 FROM run_scorecards WHERE run_id = ?`,
		[]any{runID}, func(row db.Row) error {
			c, err := readCard(row.Text(0), row.Text(2))
			if err != nil {
				return err
			}
			found[row.Text(0)] = newCard(Card{Scorecard: c, Code: row.Text(0), VersionID: row.Int(1), Definition: row.Text(2), SHA256: row.Text(3)})
			return nil
		})
	return found, err
}

func readCard(code, definition string) (*scoring.Scorecard, error) {
	list, err := scoring.ReadScorecards(bytes.NewReader([]byte(definition)), code)
	if err == nil && len(list) != 1 {
		err = fmt.Errorf("%d scorecards in one definition", len(list))
	}
	if err != nil {
		return nil, fmt.Errorf("reading the frozen scorecard %s: %w", code, err)
	}
	return list[0], nil
}

// codes lists the scorecards in their order.
func (c cards) codes() []string { return slices.Sorted(maps.Keys(c)) }

// list gives the scorecards in the order of their codes.
func (c cards) list() []Card {
	list := make([]Card, 0, len(c))
	for _, code := range c.codes() {
		list = append(list, c[code].Card)
	}
	return list
}

// scoring gives the scorecards as the evaluation takes them.
func (c cards) scoring() map[string]*scoring.Scorecard {
	parsed := make(map[string]*scoring.Scorecard, len(c))
	for code, card := range c {
		parsed[code] = card.Scorecard
	}
	return parsed
}
