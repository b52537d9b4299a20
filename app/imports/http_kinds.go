package imports

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// ListImportKinds lists the kinds of file with their columns, in the order in
// which a bank loads them.
func (h *HTTP) ListImportKinds(ctx context.Context, _ api.ListImportKindsRequestObject) (api.ListImportKindsResponseObject, error) {
	actor := access.ActorOf(ctx)
	answer := api.ListImportKinds200JSONResponse{}
	for _, k := range h.service.Kinds() {
		answer.Items = append(answer.Items, k.answer(actor))
	}
	return answer, nil
}

func (k *Kind) answer(actor rbac.Actor) api.ImportKind {
	title := k.Title
	if title == (lang.Text{}) {
		title = lang.Text{Zh: k.Name, En: k.Name}
	}
	answer := api.ImportKind{
		Kind: k.Name, Name: api.Text{Zh: title.Zh, En: title.En}, NeedsPeriod: k.PerPeriod,
		Allowed: access.RequireWhole(actor, k.Permission) == nil,
	}
	fill(&answer.Columns, len(k.Columns))
	for i, c := range k.Columns {
		column := &answer.Columns[i]
		column.Name, column.Required, column.Headings = c.Name, c.Required, api.Text{Zh: c.Zh, En: c.En}
	}
	return answer
}

// fill makes a list of n, whatever type the contract gave its elements no name for.
func fill[T any](list *[]T, n int) { *list = make([]T, n) }
