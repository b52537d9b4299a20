package jobs

import (
	"context"

	"github.com/steelyard/steelyard/app/api"
)

// CreateListExport asks for a workbook of a list as the same parameters list it.
func (h *HTTP) CreateListExport(ctx context.Context, r api.CreateListExportRequestObject) (api.CreateListExportResponseObject, error) {
	b := r.Body
	list := &ListArgs{List: string(b.List), Period: api.Given(b.Period), Query: b.Query, Columns: b.Columns}
	shown, err := h.ask(ctx, Order{Kind: Export, Subject: list.List, Args: ExportArgs{Lang: string(b.Language), List: list}})
	return api.CreateListExport202JSONResponse(shown), err
}
