package periods

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
)

// HTTP answers the operations on periods.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// ListPeriods lists periods, the latest first.
func (h *HTTP) ListPeriods(ctx context.Context, r api.ListPeriodsRequestObject) (api.ListPeriodsResponseObject, error) {
	found, next, err := h.service.Page(ctx, access.ActorOf(ctx), State(api.Given(r.Params.State)),
		page.Query{Limit: api.Given(r.Params.Limit), Cursor: api.Given(r.Params.Cursor)})
	if err != nil {
		return nil, err
	}
	answer := api.ListPeriods200JSONResponse{Items: make([]api.Period, len(found)), Next: api.Optional(next)}
	for i, p := range found {
		answer.Items[i] = p.answer()
	}
	return answer, nil
}

// CreatePeriod makes a period in draft.
func (h *HTTP) CreatePeriod(ctx context.Context, r api.CreatePeriodRequestObject) (api.CreatePeriodResponseObject, error) {
	p, err := h.service.Create(ctx, access.ActorOf(ctx), r.Body.Code, api.Given(r.Body.MinDays))
	if err != nil {
		return nil, err
	}
	return api.CreatePeriod201JSONResponse(p.answer()), nil
}

// GetPeriod gives a period with what blocks its next state.
func (h *HTTP) GetPeriod(ctx context.Context, r api.GetPeriodRequestObject) (api.GetPeriodResponseObject, error) {
	status, err := h.service.Show(ctx, access.ActorOf(ctx), r.Period)
	if err != nil {
		return nil, err
	}
	return api.GetPeriod200JSONResponse(status.answer(lang.Of(ctx))), nil
}

// OpenPeriod goes on to collecting.
func (h *HTTP) OpenPeriod(ctx context.Context, r api.OpenPeriodRequestObject) (api.OpenPeriodResponseObject, error) {
	p, err := h.service.Open(ctx, access.ActorOf(ctx), r.Period, seen(r.Body.Version))
	if err != nil {
		return nil, err
	}
	return api.OpenPeriod200JSONResponse(p.answer()), nil
}

// ScorePeriod goes on to scoring.
func (h *HTTP) ScorePeriod(ctx context.Context, r api.ScorePeriodRequestObject) (api.ScorePeriodResponseObject, error) {
	p, err := h.service.Score(ctx, access.ActorOf(ctx), r.Period, seen(r.Body.Version))
	if err != nil {
		return nil, err
	}
	return api.ScorePeriod200JSONResponse(p.answer()), nil
}

// PublishPeriod shows members the results of a run.
func (h *HTTP) PublishPeriod(ctx context.Context, r api.PublishPeriodRequestObject) (api.PublishPeriodResponseObject, error) {
	p, err := h.service.Publish(ctx, access.ActorOf(ctx), r.Period, seen(r.Body.Version), api.Given(r.Body.Run))
	if err != nil {
		return nil, err
	}
	return api.PublishPeriod200JSONResponse(p.answer()), nil
}

// ClosePeriod closes a period for good.
func (h *HTTP) ClosePeriod(ctx context.Context, r api.ClosePeriodRequestObject) (api.ClosePeriodResponseObject, error) {
	p, err := h.service.Close(ctx, access.ActorOf(ctx), r.Period, seen(r.Body.Version))
	if err != nil {
		return nil, err
	}
	return api.ClosePeriod200JSONResponse(p.answer()), nil
}

// CreateWaiver lets a blocker pass.
func (h *HTTP) CreateWaiver(ctx context.Context, r api.CreateWaiverRequestObject) (api.CreateWaiverResponseObject, error) {
	w, err := h.service.Waive(ctx, access.ActorOf(ctx), r.Period, BlockerCode(r.Body.Blocker), api.Given(r.Body.Subject), r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return api.CreateWaiver201JSONResponse(w.answer()), nil
}

// seen is the version that a caller has seen; whoever has seen none has seen an old one.
func seen(version int64) int64 {
	if version == 0 {
		return -1
	}
	return version
}

func (p *Period) answer() api.Period {
	answer := api.Period{
		Code: p.Code, FirstDay: p.FirstDay.String(), LastDay: p.LastDay.String(), MinDays: p.MinDays, State: api.PeriodState(p.State), Version: p.Version,
	}
	if at := p.PublishedAt.UTC(); !at.IsZero() {
		answer.PublishedAt = &at
	}
	return answer
}

func (w *Waiver) answer() api.Waiver {
	return api.Waiver{Blocker: string(w.Blocker), Subject: api.Optional(w.Subject), Reason: w.Reason, MadeBy: w.MadeBy, MadeAt: w.MadeAt}
}

func (s *Status) answer(l lang.Language) api.PeriodStatus {
	answer := api.PeriodStatus{
		Period: s.Period.answer(), Next: api.Optional(string(s.Next)),
		Blockers: make([]api.Blocker, len(s.Blockers)), Waivers: make([]api.Waiver, len(s.Waivers)),
	}
	if s.Run != nil {
		answer.Run = &api.RunState{Number: s.Run.Number, FinishedAt: s.Run.FinishedAt, Members: s.Run.Members, Outdated: s.Run.Outdated}
	}
	for i := range s.Blockers {
		answer.Blockers[i] = s.Blockers[i].answer(l)
	}
	for i := range s.Waivers {
		answer.Waivers[i] = s.Waivers[i].answer()
	}
	return answer
}

func (b *Blocker) answer(l lang.Language) api.Blocker {
	answer := api.Blocker{
		Blocker: string(b.Code), Message: b.problem().In(l), Subject: api.Optional(b.Subject), Unit: api.Optional(b.Unit),
		UnitName: api.Optional(b.UnitName), Count: b.Count, Reason: api.Optional(string(b.Reason)), Waived: api.Optional(b.Waived),
	}
	if len(b.Items) == 0 {
		return answer
	}
	items := make([]struct {
		Item   string `json:"item"`
		Reason string `json:"reason"`
	}, len(b.Items))
	for i, item := range b.Items {
		items[i].Item, items[i].Reason = item.Item, string(item.Reason)
	}
	answer.Items = &items
	return answer
}
