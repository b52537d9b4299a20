package runs

import (
	"cmp"
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// WhatIf says what a result would be with other figures.
func (h *HTTP) WhatIf(ctx context.Context, r api.WhatIfRequestObject) (api.WhatIfResponseObject, error) {
	changes := make([]WhatIfChange, len(r.Body.Changes))
	for i, c := range r.Body.Changes {
		changes[i] = WhatIfChange{Segment: c.Segment, Item: c.Item, Actual: given(c.Actual), Points: given(c.Points)}
		if c.Events != nil {
			changes[i].Events = countsOf(*c.Events)
		}
	}
	w, err := h.service.WhatIf(ctx, access.ActorOf(ctx), r.Period, r.StaffNo, changes)
	if err != nil {
		return nil, err
	}
	before, err := w.Book.Explanation(w.Before, r.Period, lang.Of(ctx))
	if err != nil {
		return nil, err
	}
	after, err := w.Book.Explanation(w.After, r.Period, lang.Of(ctx))
	if err != nil {
		return nil, err
	}
	return api.WhatIf200JSONResponse{Before: *before, After: *after}, nil
}

// given reads a figure that the contract has found to be a decimal.
func given(text *string) scoring.Number {
	n, _ := scoring.ParseNumber(api.Given(text)) // absent where it is left out
	return n
}

// countsOf lists counts of events by their types.
func countsOf(counts map[string]int) []scoring.EventCount {
	events := make([]scoring.EventCount, 0, len(counts))
	for kind, count := range counts {
		events = append(events, scoring.EventCount{Type: kind, Count: int64(count)})
	}
	slices.SortFunc(events, func(a, b scoring.EventCount) int { return cmp.Compare(a.Type, b.Type) })
	return events
}
