package facts

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
)

// HTTP answers the operations on targets.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// ListTargets lists targets.
func (h *HTTP) ListTargets(ctx context.Context, r api.ListTargetsRequestObject) (api.ListTargetsResponseObject, error) {
	p := r.Params
	filter := TargetFilter{Unit: api.Given(p.Unit), Metric: api.Given(p.Metric), Missing: api.Given(p.Missing), Search: api.Given(p.Search)}
	found, err := h.service.Targets(ctx, access.ActorOf(ctx), r.Period, filter, page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor)})
	if err != nil {
		return nil, err
	}
	answer := api.ListTargets200JSONResponse{Items: make([]api.Target, len(found.Targets)), Next: api.Optional(found.Next), Total: &found.Total}
	for i, t := range found.Targets {
		answer.Items[i] = *t.answer()
	}
	return answer, nil
}

// SaveTargets saves targets that were typed.
func (h *HTTP) SaveTargets(ctx context.Context, r api.SaveTargetsRequestObject) (api.SaveTargetsResponseObject, error) {
	changes := make([]TargetChange, len(r.Body.Cells))
	for i, c := range r.Body.Cells {
		changes[i] = TargetChange{
			StaffNo: c.StaffNo, Unit: api.Given(c.Unit), Position: api.Given(c.Position), Metric: c.Metric,
			Target: c.Target, Baseline: c.Baseline, Version: c.Version,
		}
	}
	out, err := h.service.SaveTargets(ctx, access.ActorOf(ctx), r.Period, changes)
	if err != nil {
		return nil, err
	}
	answer := api.SaveTargets200JSONResponse{Batch: api.Optional(out.Batch), Outcomes: make([]api.TargetOutcome, len(out.Outcomes))}
	for i := range out.Outcomes {
		answer.Outcomes[i] = out.Outcomes[i].answer(i, lang.Of(ctx))
	}
	return answer, nil
}

func (o *TargetOutcome) answer(index int, l lang.Language) api.TargetOutcome {
	answer := api.TargetOutcome{Index: index, Saved: o.Saved.answer(), Current: o.Current.answer()}
	if p := o.Problem; p != nil {
		answer.Problem = &api.ProblemAt{Path: api.Optional(p.Path), Value: api.Optional(p.Value), Code: p.Code, Message: lang.Say(l, p.Code, p.Args)}
	}
	return answer
}

func (t *Target) answer() *api.Target {
	if t == nil {
		return nil
	}
	return &api.Target{
		StaffNo: t.StaffNo, Name: t.Name, Pinyin: api.Optional(people.Written(t.Name, t.Pinyin)), Unit: t.Unit, UnitName: api.Optional(t.UnitName), Position: t.Position,
		Metric: t.Metric.Code, MetricName: t.Metric.Name, UnitOfMeasure: t.Metric.Measure, Decimals: t.Metric.Decimals,
		Target: api.Optional(t.Target), Baseline: api.Optional(t.Baseline), Actual: api.Optional(t.Actual), Version: t.Version,
	}
}
