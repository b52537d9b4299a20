package scorecards

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/scoring"
)

// HTTP answers the operations on metrics and scorecards.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// ListMetrics lists metrics.
func (h *HTTP) ListMetrics(ctx context.Context, r api.ListMetricsRequestObject) (api.ListMetricsResponseObject, error) {
	p := r.Params
	metrics, next, err := h.service.MetricPage(ctx, access.ActorOf(ctx),
		page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor), Sort: api.Given(p.Sort)})
	if err != nil {
		return nil, err
	}
	answer := api.ListMetrics200JSONResponse{Items: make([]api.Metric, len(metrics)), Next: api.Optional(next)}
	for i, m := range metrics {
		answer.Items[i] = api.Metric{Code: m.Code, Name: m.Name, UnitOfMeasure: m.Measure, Decimals: m.Decimals}
	}
	return answer, nil
}

// ListScorecards lists the newest version of every scorecard.
func (h *HTTP) ListScorecards(ctx context.Context, r api.ListScorecardsRequestObject) (api.ListScorecardsResponseObject, error) {
	p := r.Params
	list, next, err := h.service.Page(ctx, access.ActorOf(ctx),
		page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor), Sort: api.Given(p.Sort)})
	if err != nil {
		return nil, err
	}
	return api.ListScorecards200JSONResponse{Items: answers(list), Next: api.Optional(next)}, nil
}

// ListScorecardVersions lists the versions of one scorecard, the newest first.
func (h *HTTP) ListScorecardVersions(ctx context.Context, r api.ListScorecardVersionsRequestObject) (api.ListScorecardVersionsResponseObject, error) {
	list, next, err := h.service.VersionPage(ctx, access.ActorOf(ctx), r.Scorecard,
		page.Query{Limit: api.Given(r.Params.Limit), Cursor: api.Given(r.Params.Cursor)})
	if err != nil {
		return nil, err
	}
	return api.ListScorecardVersions200JSONResponse{Items: answers(list), Next: api.Optional(next)}, nil
}

// GetScorecardVersion gives a version with its definition.
func (h *HTTP) GetScorecardVersion(ctx context.Context, r api.GetScorecardVersionRequestObject) (api.GetScorecardVersionResponseObject, error) {
	v, err := h.service.Version(ctx, access.ActorOf(ctx), r.Scorecard, r.Number)
	if err != nil {
		return nil, err
	}
	answer, err := v.whole()
	return api.GetScorecardVersion200JSONResponse(answer), err
}

// PublishScorecard puts the draft of a scorecard in force.
func (h *HTTP) PublishScorecard(ctx context.Context, r api.PublishScorecardRequestObject) (api.PublishScorecardResponseObject, error) {
	actor := access.ActorOf(ctx)
	if _, err := h.service.Publish(ctx, actor, r.Scorecard); err != nil {
		return nil, err
	}
	v, err := h.service.Version(ctx, actor, r.Scorecard, 0)
	if err != nil {
		return nil, err
	}
	answer, err := v.whole()
	return api.PublishScorecard200JSONResponse(answer), err
}

// ScoreCase scores what is sent along; nothing is kept.
func (h *HTTP) ScoreCase(_ context.Context, r api.ScoreCaseRequestObject) (api.ScoreCaseResponseObject, error) {
	text, err := json.Marshal(r.Body)
	if err != nil {
		return nil, fmt.Errorf("reading a case: %w", err)
	}
	read, err := scoring.ReadCase(bytes.NewReader(text), "")
	if err != nil {
		problems := Problems(err, "")
		wrong := fault.Wrap(err, fault.Invalid, "scoring.invalid", lang.Args{"count": len(problems)})
		wrong.Problems = problems
		return nil, wrong
	}
	e := scoring.NewEvaluation(read.PeriodDays, read.MinDays, read.Scorecards)
	for i := range read.Staff {
		if err := e.Add(&read.Staff[i]); err != nil {
			return nil, fmt.Errorf("scoring a case: %w", err)
		}
	}
	e.Finish()
	var out bytes.Buffer
	if err := scoring.WriteResults(&out, e.Results()); err != nil {
		return nil, fmt.Errorf("scoring a case: %w", err)
	}
	answer := api.ScoreCase200JSONResponse{}
	d := json.NewDecoder(&out)
	d.UseNumber()
	if err := d.Decode(&answer); err != nil {
		return nil, fmt.Errorf("reading results: %w", err)
	}
	return answer, nil
}

func answers(list []Version) []api.ScorecardVersion {
	all := make([]api.ScorecardVersion, len(list))
	for i := range list {
		all[i] = list[i].answer()
	}
	return all
}

func (v *Version) answer() api.ScorecardVersion {
	answer := api.ScorecardVersion{Code: v.Code, Number: v.Number, State: api.ScorecardVersionState(v.State), Sha256: v.SHA256}
	if name := v.Card.Name; name.Zh != "" || name.En != "" {
		answer.Name = &api.Text{Zh: name.In("zh"), En: name.In("en")}
	}
	if v.State != StateDraft {
		answer.PublishedAt = &v.PublishedAt
	}
	return answer
}

// whole is the answer with the definition.
func (v *Version) whole() (api.ScorecardVersion, error) {
	answer := v.answer()
	definition := map[string]any{}
	d := json.NewDecoder(bytes.NewReader([]byte(v.Definition)))
	d.UseNumber()
	if err := d.Decode(&definition); err != nil {
		return answer, fmt.Errorf("reading a definition: %w", err)
	}
	answer.Definition = &definition
	return answer, nil
}

var _ = lang.Register(map[string]lang.Text{
	"scoring.invalid": {Zh: "计分输入有 {count} 处错误", En: "the case has {count} {count:fault|faults}"},
})
