package reports

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// byItem begins the name of a column that holds the score of the item whose key follows.
const byItem = "item:"

// team is the list of results with the scores of their items: those who have one
// scorecard stand together, as on the page.
func team() list {
	return list{permission: rbac.ResultRead, columns: resultColumns, numbers: []string{"run"}, perMember: true, perPeriod: true, team: true,
		read: func(ctx context.Context, a ListAPI, period string, p parameters) (any, error) {
			r := api.ListItemResultsRequestObject{Period: period}
			return answer(p(&r.Params), func() (any, error) { return a.ListItemResults(ctx, r) })
		}}
}

// column finds a column by its name; of a team each item is one.
func (l *list) column(name string) (listColumn, bool) {
	if key, ok := strings.CutPrefix(name, byItem); ok && l.team && key != "" {
		return listColumn{name: name, kind: asFigure, item: key}, true
	}
	at := slices.IndexFunc(l.columns, func(c listColumn) bool { return c.name == name })
	if at < 0 {
		return listColumn{}, false
	}
	return l.columns[at], true
}

// flat gives a row of a team as one of its result.
func flat(row listRow) listRow {
	if result, ok := row["result"].(map[string]any); ok {
		maps.Copy(row, result)
	}
	return row
}

// itemsOf are the items of a row.
func itemsOf(row listRow) iter.Seq[map[string]any] {
	return func(yield func(map[string]any) bool) {
		items, _ := row["items"].([]any)
		for _, one := range items {
			if item, ok := one.(map[string]any); ok && !yield(item) {
				return
			}
		}
	}
}

// score is that of an item of a row; nil for nothing.
func (row listRow) score(key string) any {
	for item := range itemsOf(row) {
		if item["item"] == key {
			return item["score"]
		}
	}
	return nil
}

// together reads all rows, puts those of one scorecard together in the order in
// which the scorecards are met, and finds out what the items are called.
func (b *listBook) together(rows iter.Seq2[listRow, error]) (iter.Seq2[listRow, error], error) {
	var cards []string
	by, names := map[string][]listRow{}, map[string]string{}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		card, _ := row["scorecard"].(string)
		if by[card] == nil {
			cards = append(cards, card)
		}
		by[card] = append(by[card], row)
		for item := range itemsOf(row) {
			key, _ := item["item"].(string)
			if names[key] == "" {
				names[key] = nameOf(item["name"], b.lang)
			}
		}
	}
	for i := range b.columns {
		if c := &b.columns[i]; c.item != "" {
			c.title = names[c.item]
		}
	}
	return func(yield func(listRow, error) bool) {
		for _, card := range cards {
			for _, row := range by[card] {
				if !yield(row, nil) {
					return
				}
			}
		}
	}, nil
}

// nameOf is a name as the API has it, in both languages.
func nameOf(name any, l lang.Language) string {
	both, _ := name.(map[string]any)
	return lang.Text{Zh: plain(both["zh"]), En: plain(both["en"])}.In(l)
}
