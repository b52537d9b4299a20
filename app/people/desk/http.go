package desk

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/people"
)

// HTTP answers the operations on preferences and saved views.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// GetPreferences gives how the caller likes the pages.
func (h *HTTP) GetPreferences(ctx context.Context, _ api.GetPreferencesRequestObject) (api.GetPreferencesResponseObject, error) {
	p, err := h.service.Preferences(ctx, access.ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	return api.GetPreferences200JSONResponse{
		Language: api.PreferencesLanguage(p.Language), Theme: api.PreferencesTheme(p.Theme), Density: api.PreferencesDensity(p.Density),
		TabMovesInGrids: p.TabMovesInGrids, TourSeen: p.TourSeen,
	}, nil
}

// PutPreferences keeps how the caller likes the pages.
func (h *HTTP) PutPreferences(ctx context.Context, r api.PutPreferencesRequestObject) (api.PutPreferencesResponseObject, error) {
	p := Preferences{string(r.Body.Language), string(r.Body.Theme), string(r.Body.Density), r.Body.TabMovesInGrids, r.Body.TourSeen}
	if err := h.service.PutPreferences(ctx, access.ActorOf(ctx), p); err != nil {
		return nil, err
	}
	return api.PutPreferences200JSONResponse(*r.Body), nil
}

// ListViews lists the caller's views and those that others share.
func (h *HTTP) ListViews(ctx context.Context, r api.ListViewsRequestObject) (api.ListViewsResponseObject, error) {
	views, err := h.service.Views(ctx, access.ActorOf(ctx), api.Given(r.Params.Page))
	if err != nil {
		return nil, err
	}
	answer := api.ListViews200JSONResponse{Items: make([]api.View, len(views))}
	for i := range views {
		answer.Items[i] = views[i].answer()
	}
	return answer, nil
}

// CreateView saves a view.
func (h *HTTP) CreateView(ctx context.Context, r api.CreateViewRequestObject) (api.CreateViewResponseObject, error) {
	b := r.Body
	made, err := h.service.CreateView(ctx, access.ActorOf(ctx), View{Page: b.Page, Name: b.Name, Query: b.Query, Shared: api.Given(b.Shared)})
	if err != nil {
		return nil, err
	}
	return api.CreateView201JSONResponse(made.answer()), nil
}

// ChangeView changes a view of the caller's.
func (h *HTTP) ChangeView(ctx context.Context, r api.ChangeViewRequestObject) (api.ChangeViewResponseObject, error) {
	b := r.Body
	changed, err := h.service.ChangeView(ctx, access.ActorOf(ctx), View{ID: r.Id, Name: b.Name, Query: b.Query, Shared: b.Shared, Version: b.Version})
	if err != nil {
		return nil, err
	}
	return api.ChangeView200JSONResponse(changed.answer()), nil
}

// DeleteView deletes a view of the caller's.
func (h *HTTP) DeleteView(ctx context.Context, r api.DeleteViewRequestObject) (api.DeleteViewResponseObject, error) {
	if err := h.service.DeleteView(ctx, access.ActorOf(ctx), r.Id); err != nil {
		return nil, err
	}
	return api.DeleteView204Response{}, nil
}

func (v *View) answer() api.View {
	return api.View{
		Id: v.ID, Page: v.Page, Name: v.Name, Query: v.Query, Shared: v.Shared, Mine: v.Mine, MadeBy: api.Optional(v.MadeBy), MadeByPinyin: api.Optional(people.Written(v.MadeBy, v.Pinyin)), Version: v.Version,
	}
}
