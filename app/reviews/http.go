package reviews

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/page"
)

// HTTP answers the operations on rubrics and reviews.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// ListRubrics lists rubrics.
func (h *HTTP) ListRubrics(ctx context.Context, r api.ListRubricsRequestObject) (api.ListRubricsResponseObject, error) {
	list, next, err := h.service.Rubrics(ctx, access.ActorOf(ctx), query(r.Params.Limit, r.Params.Cursor))
	if err != nil {
		return nil, err
	}
	answer := api.ListRubrics200JSONResponse{Items: make([]api.Rubric, len(list)), Next: optional(next)}
	for i := range list {
		answer.Items[i] = list[i].answer()
	}
	return answer, nil
}

// GetRubric gives one rubric.
func (h *HTTP) GetRubric(ctx context.Context, r api.GetRubricRequestObject) (api.GetRubricResponseObject, error) {
	found, err := h.service.Rubric(ctx, access.ActorOf(ctx), r.Rubric)
	if err != nil {
		return nil, err
	}
	return api.GetRubric200JSONResponse(found.answer()), nil
}

// PutRubric makes or replaces a rubric.
func (h *HTTP) PutRubric(ctx context.Context, r api.PutRubricRequestObject) (api.PutRubricResponseObject, error) {
	rubric := Rubric{Code: r.Rubric, Name: textOf(r.Body.Name), Version: r.Body.Version}
	for _, l := range r.Body.Levels {
		rubric.Levels = append(rubric.Levels, RubricLevel{Level: l.Level, Name: textOf(l.Name), Description: textOf(l.Description)})
	}
	put, err := h.service.PutRubric(ctx, access.ActorOf(ctx), rubric)
	if err != nil {
		return nil, err
	}
	return api.PutRubric200JSONResponse(put.answer()), nil
}

// ListReviews lists what was written.
func (h *HTTP) ListReviews(ctx context.Context, r api.ListReviewsRequestObject) (api.ListReviewsResponseObject, error) {
	p := r.Params
	filter := Filter{Unit: given(p.Unit), Staff: given(p.Staff), Role: given(p.Role), State: State(given(p.State))}
	list, next, err := h.service.Reviews(ctx, access.ActorOf(ctx), r.Period, filter, query(p.Limit, p.Cursor))
	if err != nil {
		return nil, err
	}
	answer := api.ListReviews200JSONResponse{Items: make([]api.ReviewCell, len(list)), Next: optional(next)}
	for i := range list {
		answer.Items[i] = list[i].listed()
	}
	return answer, nil
}

// GetReviewGrid gives what the caller is to rate.
func (h *HTTP) GetReviewGrid(ctx context.Context, r api.GetReviewGridRequestObject) (api.GetReviewGridResponseObject, error) {
	p := r.Params
	filter := GridFilter{Role: given(p.Role), Unit: given(p.Unit)}
	grid, err := h.service.Grid(ctx, access.ActorOf(ctx), r.Period, filter, query(p.Limit, p.Cursor))
	if err != nil {
		return nil, err
	}
	return api.GetReviewGrid200JSONResponse(grid.answer()), nil
}

// SaveReviewGrid saves cells of the caller's grid.
func (h *HTTP) SaveReviewGrid(ctx context.Context, r api.SaveReviewGridRequestObject) (api.SaveReviewGridResponseObject, error) {
	changes := make([]CellChange, len(r.Body.Cells))
	for i, c := range r.Body.Cells {
		changes[i] = CellChange{
			StaffNo: c.StaffNo, Unit: c.Unit, Position: given(c.Position), Item: c.Item, Role: c.Role,
			Level: c.Level, Comment: given(c.Comment), Version: c.Version,
		}
	}
	out, err := h.service.Save(ctx, access.ActorOf(ctx), r.Period, changes)
	if err != nil {
		return nil, err
	}
	return api.SaveReviewGrid200JSONResponse{Saved: out.Saved, Refused: out.Refused, Outcomes: out.answers(ctx)}, nil
}

// SubmitReviews submits what the caller has drafted.
func (h *HTTP) SubmitReviews(ctx context.Context, r api.SubmitReviewsRequestObject) (api.SubmitReviewsResponseObject, error) {
	var keys []CellKey
	if r.Body.Reviews != nil {
		for _, k := range *r.Body.Reviews {
			keys = append(keys, CellKey{StaffNo: k.StaffNo, Unit: k.Unit, Position: given(k.Position), Role: k.Role, Item: given(k.Item)})
		}
	}
	out, err := h.service.Submit(ctx, access.ActorOf(ctx), r.Period, keys)
	if err != nil {
		return nil, err
	}
	return api.SubmitReviews200JSONResponse{Submitted: out.Saved, Outcomes: out.answers(ctx)}, nil
}

// ReturnReviews hands submitted reviews back.
func (h *HTTP) ReturnReviews(ctx context.Context, r api.ReturnReviewsRequestObject) (api.ReturnReviewsResponseObject, error) {
	b := r.Body
	n, err := h.service.Return(ctx, access.ActorOf(ctx), r.Period, HandBack{
		StaffNo: b.StaffNo, Unit: b.Unit, Position: given(b.Position), Role: b.Role, Rater: b.Rater, Item: given(b.Item), Reason: b.Reason,
	})
	if err != nil {
		return nil, err
	}
	return api.ReturnReviews200JSONResponse{Returned: n}, nil
}

// GetReviewProgress says how far the reviews are.
func (h *HTTP) GetReviewProgress(ctx context.Context, r api.GetReviewProgressRequestObject) (api.GetReviewProgressResponseObject, error) {
	list, err := h.service.Progress(ctx, access.ActorOf(ctx), r.Period, given(r.Params.Unit))
	if err != nil {
		return nil, err
	}
	answer := api.GetReviewProgress200JSONResponse{Items: make([]api.ReviewProgress, len(list))}
	for i, p := range list {
		answer.Items[i] = api.ReviewProgress{
			Unit: p.Unit, UnitName: p.UnitName, Role: p.Role, Due: p.Due, Draft: p.Draft, Submitted: p.Submitted, Returned: p.Returned,
		}
	}
	return answer, nil
}

// ListReviewers lists who rates whom.
func (h *HTTP) ListReviewers(ctx context.Context, r api.ListReviewersRequestObject) (api.ListReviewersResponseObject, error) {
	p := r.Params
	who := Who{Staff: given(p.Staff), Unit: given(p.Unit)}
	list, next, err := h.service.Reviewers(ctx, access.ActorOf(ctx), r.Period, who, query(p.Limit, p.Cursor))
	if err != nil {
		return nil, err
	}
	answer := api.ListReviewers200JSONResponse{Items: make([]api.Reviewer, len(list)), Next: optional(next)}
	for i := range list {
		answer.Items[i] = list[i].answer()
	}
	return answer, nil
}

// CreateReviewer names a reviewer.
func (h *HTTP) CreateReviewer(ctx context.Context, r api.CreateReviewerRequestObject) (api.CreateReviewerResponseObject, error) {
	b := r.Body
	named, err := h.service.Name(ctx, access.ActorOf(ctx), r.Period, NewReviewer{
		StaffNo: b.StaffNo, Unit: b.Unit, Position: given(b.Position), Role: b.Role, Rater: b.Rater, Reason: b.Reason,
	})
	if err != nil {
		return nil, err
	}
	return api.CreateReviewer201JSONResponse(named.answer()), nil
}

// EndReviewer ends a reviewer who was named.
func (h *HTTP) EndReviewer(ctx context.Context, r api.EndReviewerRequestObject) (api.EndReviewerResponseObject, error) {
	if err := h.service.EndNaming(ctx, access.ActorOf(ctx), r.Period, r.Id); err != nil {
		return nil, err
	}
	return api.EndReviewer204Response{}, nil
}

func query(limit *int, cursor *string) page.Query {
	return page.Query{Limit: given(limit), Cursor: given(cursor)}
}

// given is what a caller gave, the zero value where they gave nothing.
func given[T any](v *T) T {
	var none T
	if v == nil {
		return none
	}
	return *v
}

// optional is a text of an answer, left out where it is empty.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
