package runs

import (
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/scoring"
)

// eventRow is a count of incidents of one type, for one item or, with an empty
// item, for every events item that lists the type.
type eventRow struct {
	segment    int
	kind, item string
	count      int64
}

// event keeps a row of incidents. A row that names its place more exactly takes
// the place of one with the same type and item.
func (a *assembly) event(row db.Row, i int) error {
	segment, ok := a.segment(row, i)
	if !ok {
		return nil
	}
	e := eventRow{segment: segment, kind: a.text(row.Bytes(3)), item: a.text(row.Bytes(4)), count: row.Int(5)}
	for at := len(a.events) - 1; at >= 0 && a.events[at].segment >= a.firsts[i]; at-- {
		if o := &a.events[at]; o.segment == segment && o.kind == e.kind && o.item == e.item {
			o.count = e.count
			return nil
		}
	}
	a.events = append(a.events, e)
	return nil
}

// countEvents adds the rows of incidents up, by item and type.
func (a *assembly) countEvents() {
	for _, e := range a.events {
		card := a.cards[e.segment]
		for _, item := range card.events {
			if (e.item == "" || e.item == card.items[item].Key) && e.count > 0 && costs(card.items[item], e.kind) {
				addEvents(&a.slots[a.starts[e.segment]+item], e)
			}
		}
	}
}

// costs says whether a deduct item lists a type of event.
func costs(item *scoring.Item, kind string) bool {
	return slices.ContainsFunc(item.Method.Events, func(p scoring.EventPoints) bool { return p.Type == kind })
}

func addEvents(input *scoring.Input, e eventRow) {
	for i := range input.Events {
		if input.Events[i].Type == e.kind {
			input.Events[i].Count += e.count
			return
		}
	}
	input.Events = append(input.Events, scoring.EventCount{Type: e.kind, Count: e.count})
}
