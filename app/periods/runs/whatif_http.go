package runs

import (
	"cmp"
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
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

// GetLineage says where every figure of a result comes from.
func (h *HTTP) GetLineage(ctx context.Context, r api.GetLineageRequestObject) (api.GetLineageResponseObject, error) {
	l, err := h.service.Lineage(ctx, access.ActorOf(ctx), r.Period, api.Given(r.Params.Run), r.StaffNo)
	if err != nil {
		return nil, err
	}
	answer := api.GetLineage200JSONResponse{
		Period: r.Period, StaffNo: l.Result.StaffNo, Name: l.Result.Name, Pinyin: api.Optional(people.Written(l.Result.Name, l.Result.Pinyin)), Run: l.Book.Run.Answer(), Result: l.Result.answer(),
		InputSha256: api.Optional(l.InputSHA), ResultSha256: api.Optional(l.ResultSHA),
		Scorecards: make([]api.LineageScorecard, len(l.Cards)), Inputs: make([]api.LineageInput, len(l.Inputs)),
	}
	for i, c := range l.Cards {
		name := textAnswer(c.Name)
		answer.Scorecards[i] = api.LineageScorecard{Code: c.Code, Number: c.Number, Name: &name, Sha256: c.SHA256}
	}
	for i := range l.Inputs {
		answer.Inputs[i] = l.Inputs[i].answer(lang.Of(ctx))
	}
	return answer, nil
}

func (in *LineageInput) answer(l lang.Language) api.LineageInput {
	row := int(in.Row)
	answer := api.LineageInput{
		Segment: in.Segment, Kind: api.LineageInputKind(in.Kind), Field: in.Field.In(l), Value: api.Optional(in.Value),
		Batch: api.Optional(in.Batch), File: api.Optional(in.File), Row: api.Optional(row), MadeBy: api.Optional(in.MadeBy), Superseded: api.Optional(in.Superseded),
	}
	if in.Unit != nil {
		answer.Unit, answer.UnitName = in.Unit.Code, api.Optional(in.Unit.Name)
	}
	if in.Item != nil {
		name := textAnswer(in.Item.Name)
		answer.Item, answer.ItemName = &in.Item.Key, &name
	}
	if !in.MadeAt.IsZero() {
		answer.MadeAt = &in.MadeAt
	}
	return answer
}
