package imports

import (
	"context"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
)

// HTTP answers the operations on batches.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// ListBatches lists batches, the last first.
func (h *HTTP) ListBatches(ctx context.Context, r api.ListBatchesRequestObject) (api.ListBatchesResponseObject, error) {
	f := Filter{Kind: api.Given(r.Params.Kind), Period: api.Given(r.Params.Period)}
	found, err := h.service.BatchPage(ctx, access.ActorOf(ctx), f, page.Query{Limit: api.Given(r.Params.Limit), Cursor: api.Given(r.Params.Cursor)})
	if err != nil {
		return nil, err
	}
	answer := api.ListBatches200JSONResponse{Items: make([]api.Batch, 0, len(found.Batches)), Next: api.Optional(found.Next)}
	for i := range found.Batches {
		answer.Items = append(answer.Items, found.Batches[i].answer())
	}
	return answer, nil
}

// GetBatch shows a batch and a page of what it changed.
func (h *HTTP) GetBatch(ctx context.Context, r api.GetBatchRequestObject) (api.GetBatchResponseObject, error) {
	p := Page{Skip: api.Given(r.Params.Skip), Limit: page.DefaultLimit}
	if r.Params.Limit != nil {
		p.Limit = *r.Params.Limit
	}
	record, changes, err := h.service.Batch(ctx, access.ActorOf(ctx), r.Id, p)
	if err != nil {
		return nil, err
	}
	answer := api.GetBatch200JSONResponse{Batch: record.answer(), Changes: make([]api.BatchChange, 0, len(changes.List)), More: changes.More}
	for i := range changes.List {
		answer.Changes = append(answer.Changes, changes.List[i].answer(lang.Of(ctx)))
	}
	return answer, nil
}

// UndoBatch undoes a batch.
func (h *HTTP) UndoBatch(ctx context.Context, r api.UndoBatchRequestObject) (api.UndoBatchResponseObject, error) {
	record, err := h.service.Undo(ctx, access.ActorOf(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.UndoBatch200JSONResponse(record.answer()), nil
}

func (r *Record) answer() api.Batch {
	return api.Batch{
		Id: r.ID, Kind: r.Kind, Period: api.Optional(r.Period), File: api.Optional(r.FileName), Sha256: api.Optional(r.SHA256),
		New: r.New, Changed: r.Changed, Unchanged: r.Unchanged, Withdrawn: r.Withdrawn, Wrong: r.Wrong,
		Undoes: api.Optional(r.Undoes), UndoneBy: api.Optional(r.UndoneBy), MadeBy: r.MadeBy, MadeAt: r.MadeAt,
	}
}

// answer gives a difference as the contract has it: its values by the names of
// their fields, and as people read them.
func (d *Difference) answer(l lang.Language) api.BatchChange {
	key := make([]string, len(d.Key))
	for i, v := range d.Key {
		key[i] = v.Text
	}
	answer := api.BatchChange{
		Entity: d.Entity, Key: strings.Join(key, " "), Row: api.Optional(d.Row), Before: d.Before.answer(), After: d.After.answer(),
		Fields: []api.ChangedField{},
	}
	title := d.Title()
	answer.EntityName = api.Optional(api.Text{Zh: title.Zh, En: title.En})
	at := map[string]int{}
	for _, v := range slices.Concat(d.Before, d.After) {
		if _, there := at[v.Field.Name]; !there {
			at[v.Field.Name] = len(answer.Fields)
			answer.Fields = append(answer.Fields, api.ChangedField{Name: v.Field.Name, Title: api.Text{Zh: v.Field.Title.Zh, En: v.Field.Title.En}})
		}
	}
	for _, v := range d.Before {
		answer.Fields[at[v.Field.Name]].Before = api.Optional(v.In(l))
	}
	for _, v := range d.After {
		answer.Fields[at[v.Field.Name]].After = api.Optional(v.In(l))
	}
	return answer
}

func (v Values) answer() *map[string]any {
	if v == nil {
		return nil
	}
	values := make(map[string]any, len(v))
	for _, value := range v {
		values[value.Field.Name] = value.Text
	}
	return &values
}
