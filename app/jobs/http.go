package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
)

// HTTP answers the operations on jobs, and those that ask for one.
type HTTP struct {
	service *Service
	status  func(fault.Kind) int
}

// NewHTTP makes the handlers; status translates a kind of error as answers do,
// for a job that failed tells why in the same words.
func NewHTTP(s *Service, status func(fault.Kind) int) *HTTP { return &HTTP{s, status} }

// ListJobs lists the caller's jobs, the last first.
func (h *HTTP) ListJobs(ctx context.Context, r api.ListJobsRequestObject) (api.ListJobsResponseObject, error) {
	f := Filter{Everyone: given(r.Params.Everyone), State: State(given(r.Params.State))}
	found, err := h.service.List(ctx, access.ActorOf(ctx), f, page.Query{Limit: given(r.Params.Limit), Cursor: given(r.Params.Cursor)})
	if err != nil {
		return nil, err
	}
	answer := api.ListJobs200JSONResponse{Items: make([]api.Job, 0, len(found.Jobs)), Next: named(found.Next)}
	for _, job := range found.Jobs {
		shown, err := h.shown(ctx, job)
		if err != nil {
			return nil, err
		}
		answer.Items = append(answer.Items, shown)
	}
	return answer, nil
}

// GetJob says how far a job is and what it gave.
func (h *HTTP) GetJob(ctx context.Context, r api.GetJobRequestObject) (api.GetJobResponseObject, error) {
	job, err := h.service.Get(ctx, access.ActorOf(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	shown, err := h.shown(ctx, job)
	return api.GetJob200JSONResponse(shown), err
}

// CancelJob cancels a job of the caller.
func (h *HTTP) CancelJob(ctx context.Context, r api.CancelJobRequestObject) (api.CancelJobResponseObject, error) {
	job, err := h.service.Cancel(ctx, access.ActorOf(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	shown, err := h.shown(ctx, job)
	return api.CancelJob200JSONResponse(shown), err
}

// CreateRun asks for a run of a period.
func (h *HTTP) CreateRun(ctx context.Context, r api.CreateRunRequestObject) (api.CreateRunResponseObject, error) {
	shown, err := h.ask(ctx, Order{Kind: Run, Subject: r.Period, Args: PeriodArgs{Period: r.Period}})
	return api.CreateRun202JSONResponse(shown), err
}

// CreateVerification asks for a run to be recomputed.
func (h *HTTP) CreateVerification(ctx context.Context, r api.CreateVerificationRequestObject) (api.CreateVerificationResponseObject, error) {
	shown, err := h.ask(ctx, Order{Kind: Verify, Subject: r.Period, Args: PeriodArgs{Period: r.Period}})
	return api.CreateVerification202JSONResponse(shown), err
}

// CreateExport asks for the workbook of a period, in the caller's language.
func (h *HTTP) CreateExport(ctx context.Context, r api.CreateExportRequestObject) (api.CreateExportResponseObject, error) {
	args := ExportArgs{Period: r.Period, Lang: string(lang.Of(ctx))}
	reason := ""
	if r.Body != nil {
		args.Run, args.Unit, reason = given(r.Body.Run), given(r.Body.Unit), given(r.Body.Reason)
	}
	shown, err := h.ask(ctx, Order{Kind: Export, Subject: r.Period, Args: args, Reason: reason})
	return api.CreateExport202JSONResponse(shown), err
}

func (h *HTTP) ask(ctx context.Context, o Order) (api.Job, error) {
	job, err := h.service.Ask(ctx, access.ActorOf(ctx), o)
	if err != nil {
		return api.Job{}, err
	}
	return h.shown(ctx, job)
}

// shown is a job as the contract writes it, in the language of the request.
func (h *HTTP) shown(ctx context.Context, j *Job) (api.Job, error) {
	l := lang.Of(ctx)
	shown := api.Job{
		Id: j.ID, Kind: api.JobKind(j.Kind), Subject: j.Subject, MadeBy: j.MadeBy, State: api.JobState(j.State),
		Done: j.Done, Total: j.Total, Attempt: j.Attempt, QueuedAt: j.QueuedAt,
	}
	if j.Step != "" {
		step := lang.Say(l, j.Step, nil)
		shown.Step = &step
	}
	if !j.StartedAt.IsZero() {
		shown.StartedAt = &j.StartedAt
	}
	if !j.FinishedAt.IsZero() {
		shown.FinishedAt = &j.FinishedAt
	}
	if j.Problem != nil {
		shown.Problem = h.problem(l, j)
	}
	h.showFile(&shown, j)
	result, err := said(l, j.Result)
	shown.Result = result
	return shown, err
}

func (h *HTTP) showFile(shown *api.Job, j *Job) {
	if j.Output == nil {
		return
	}
	file := j.Output
	field := shown.File
	fill(&field)
	field.Name, field.Size, field.Sha256, field.ExpiresAt = file.Name, file.Size, file.SHA256, &file.ExpiresAt
	shown.File = field
}

// fill makes what a pointer points to, whatever type the contract gave it no name for.
func fill[T any](p **T) { *p = new(T) }

func (h *HTTP) problem(l lang.Language, j *Job) *api.Problem {
	p := j.Problem
	told := &api.Problem{Status: h.status(p.Kind), Code: p.Code, Title: p.Fault().In(l), RequestId: named(j.RequestID)}
	if len(p.At) == 0 {
		return told
	}
	places := make([]api.ProblemAt, len(p.At))
	for i := range p.At {
		places[i] = place(l, &p.At[i])
	}
	told.Problems = &places
	return told
}

func place(l lang.Language, p *fault.Problem) api.ProblemAt {
	at := api.ProblemAt{
		Code: p.Code, Message: lang.Say(l, p.Code, p.Args),
		Path: named(p.Path), Sheet: named(p.Sheet), Column: named(p.Column), Value: named(p.Value),
	}
	if p.Row > 0 {
		at.Row = &p.Row
	}
	return at
}

// said is a result in the language of the request: the problems in it have their words.
func said(l lang.Language, result json.RawMessage) (*map[string]any, error) {
	if result == nil {
		return nil, nil //nolint:nilnil // the contract's word for "no result"
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(result, &fields); err != nil {
		return nil, fmt.Errorf("reading the result of a job: %w", err)
	}
	told := make(map[string]any, len(fields))
	for name, value := range fields {
		told[name] = value
	}
	for _, name := range placesIn {
		var problems []fault.Problem
		if value, there := fields[name]; there && json.Unmarshal(value, &problems) == nil {
			places := make([]api.ProblemAt, len(problems))
			for i := range problems {
				problems[i].Args = bilingual(problems[i].Args)
				places[i] = place(l, &problems[i])
			}
			told[name] = places
		}
	}
	return &told, nil
}

// placesIn are the fields of results that are Places.
var placesIn = []string{"left", "warnings"}

func given[T any](p *T) (value T) {
	if p != nil {
		value = *p
	}
	return value
}

func named(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

var errNoUpload = errors.New("an upload without a body")
