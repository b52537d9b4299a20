package scorecards

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// GetMetric gives a metric with what draws on it.
func (h *HTTP) GetMetric(ctx context.Context, r api.GetMetricRequestObject) (api.GetMetricResponseObject, error) {
	detail, err := h.service.Metric(ctx, access.ActorOf(ctx), r.Metric)
	if err != nil {
		return nil, err
	}
	answer, err := detail.answer()
	return api.GetMetric200JSONResponse(answer), err
}

// PutMetric makes or changes a metric.
func (h *HTTP) PutMetric(ctx context.Context, r api.PutMetricRequestObject) (api.PutMetricResponseObject, error) {
	b := r.Body
	detail, err := h.service.PutMetric(ctx, access.ActorOf(ctx),
		Metric{Code: r.Metric, Name: b.Name, Measure: b.UnitOfMeasure, Decimals: b.Decimals}, b.Version)
	if err != nil {
		return nil, err
	}
	answer, err := detail.answer()
	return api.PutMetric200JSONResponse(answer), err
}

func (d *MetricDetail) answer() (api.MetricDetail, error) {
	answer := api.MetricDetail{Code: d.Code, Name: d.Name, UnitOfMeasure: d.Measure, Decimals: d.Decimals, Version: d.Version}
	uses := make([]map[string]any, len(d.UsedBy))
	for i := range d.UsedBy {
		v := d.UsedBy[i].Version.answer()
		uses[i] = map[string]any{"scorecard": v.Code, "name": v.Name, "number": v.Number, "state": v.State, "items": d.UsedBy[i].Items}
	}
	return answer, reshape(uses, &answer.UsedBy)
}

// PutDraft makes or replaces the draft of a scorecard.
func (h *HTTP) PutDraft(ctx context.Context, r api.PutDraftRequestObject) (api.PutDraftResponseObject, error) {
	definition, err := json.Marshal(r.Body.Definition)
	if err != nil {
		return nil, fmt.Errorf("reading a definition: %w", err)
	}
	v, err := h.service.PutDraft(ctx, access.ActorOf(ctx), r.Scorecard, definition, api.Given(r.Body.Sha256))
	if err != nil {
		return nil, err
	}
	answer, err := v.whole()
	return api.PutDraft200JSONResponse(answer), err
}

// DeleteDraft throws the draft of a scorecard away.
func (h *HTTP) DeleteDraft(ctx context.Context, r api.DeleteDraftRequestObject) (api.DeleteDraftResponseObject, error) {
	if err := h.service.DeleteDraft(ctx, access.ActorOf(ctx), r.Scorecard); err != nil {
		return nil, err
	}
	return api.DeleteDraft204Response{}, nil
}

// CheckScorecard finds what is wrong with a definition, and what rules warn of.
func (h *HTTP) CheckScorecard(ctx context.Context, r api.CheckScorecardRequestObject) (api.CheckScorecardResponseObject, error) {
	definition, err := json.Marshal(r.Body.Definition)
	if err != nil {
		return nil, fmt.Errorf("reading a definition: %w", err)
	}
	found, err := h.service.Check(ctx, access.ActorOf(ctx), definition)
	if err != nil {
		return nil, err
	}
	l := lang.Of(ctx)
	answer := api.CheckScorecard200JSONResponse{
		Valid: found.Valid(), WeightSum: found.WeightSum, Findings: make([]api.ScorecardFinding, len(found.Findings)),
	}
	for i := range found.Findings {
		f := &found.Findings[i]
		message, source := f.In(l)
		answer.Findings[i] = api.ScorecardFinding{
			Severity: "error", Code: f.Code, Path: api.Optional(f.Path), Message: message, Source: api.Optional(source),
		}
		if f.Warning {
			answer.Findings[i].Severity = "warning"
		}
	}
	return answer, nil
}

// DrawCurve scores a range of values by an item's method.
func (h *HTTP) DrawCurve(ctx context.Context, r api.DrawCurveRequestObject) (api.DrawCurveResponseObject, error) {
	b := r.Body
	ask := CurveAsk{Item: b.Item, Precision: scoring.DefaultPrecision, From: b.From, To: b.To, Steps: api.Given(b.Steps), Values: api.Given(b.Values)}
	if b.Precision != nil {
		ask.Precision = *b.Precision
	}
	curve, err := h.service.Curve(ctx, access.ActorOf(ctx), ask, lang.Of(ctx))
	if err != nil {
		return nil, err
	}
	return api.DrawCurve200JSONResponse{Points: curveAnswer(curve.Points), Values: curveAnswer(curve.Values)}, nil
}

func curveAnswer(points []CurvePoint) []api.CurvePoint {
	answer := make([]api.CurvePoint, len(points))
	for i, p := range points {
		answer[i] = api.CurvePoint{X: p.X, Score: api.Optional(p.Score), Words: api.Optional(p.Words)}
	}
	return answer
}

// DiffScorecards says what changed from one version to another.
func (h *HTTP) DiffScorecards(ctx context.Context, r api.DiffScorecardsRequestObject) (api.DiffScorecardsResponseObject, error) {
	from, to, list, err := h.service.Changes(ctx, access.ActorOf(ctx), r.Scorecard, r.Params.Before, r.Params.After, lang.Of(ctx))
	if err != nil {
		return nil, err
	}
	answer := api.DiffScorecards200JSONResponse{Before: from.answer(), After: to.answer()}
	changes := make([]map[string]any, len(list))
	for i, c := range list {
		changes[i] = map[string]any{"path": c.Path, "words": c.Words}
		for name, text := range map[string]string{"item": c.Item, "before": c.Before, "after": c.After} {
			if text != "" {
				changes[i][name] = text
			}
		}
	}
	return answer, reshape(changes, &answer.Changes)
}

// reshape gives a value the shape of an answer that has no name of its own.
func reshape(value, into any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("writing an answer: %w", err)
	}
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(into); err != nil {
		return fmt.Errorf("writing an answer: %w", err)
	}
	return nil
}
