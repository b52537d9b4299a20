package runs

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
)

// HTTP answers the operations on runs and results.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// ListRuns lists the runs of a period, the newest first.
func (h *HTTP) ListRuns(ctx context.Context, r api.ListRunsRequestObject) (api.ListRunsResponseObject, error) {
	list, next, err := h.service.RunPage(ctx, access.ActorOf(ctx), r.Period,
		page.Query{Limit: api.Given(r.Params.Limit), Cursor: api.Given(r.Params.Cursor)})
	if err != nil {
		return nil, err
	}
	answer := api.ListRuns200JSONResponse{Items: make([]api.Run, len(list)), Next: api.Optional(next)}
	for i := range list {
		answer.Items[i] = list[i].Answer()
	}
	return answer, nil
}

// Answer gives the run as the contract has it.
func (r *Run) Answer() api.Run {
	return api.Run{
		Number: r.Number, Rules: r.Rules, Members: r.Members, Digest: r.Digest, MadeBy: r.MadeBy,
		StartedAt: r.StartedAt, FinishedAt: r.FinishedAt, Published: r.Published,
	}
}

// ListResults lists results.
func (h *HTTP) ListResults(ctx context.Context, r api.ListResultsRequestObject) (api.ListResultsResponseObject, error) {
	p := r.Params
	f := PageFilter{
		Run: api.Given(p.Run), Unit: api.Given(p.Unit), Search: api.Given(p.Search), Status: string(api.Given(p.Status)), Grade: api.Given(p.Grade),
	}
	found, err := h.service.Page(ctx, access.ActorOf(ctx), r.Period, f,
		page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor), Sort: api.Given(p.Sort)})
	if err != nil {
		return nil, err
	}
	answer := api.ListResults200JSONResponse{
		Run: found.Run.Number, Published: found.Run.Published, Items: make([]api.Result, len(found.Rows)),
		Next: api.Optional(found.Next), Total: found.Total, Scored: found.Scored, Mean: found.Mean.JSON(found.Precision),
	}
	for i := range found.Rows {
		row := &found.Rows[i]
		answer.Items[i] = row.answer()
		answer.Items[i].Change = row.Change.JSON(row.ChangePrecision)
	}
	return answer, nil
}

func (r *Row) answer() api.Result {
	return api.Result{
		StaffNo: r.StaffNo, Name: r.Name, Pinyin: api.Optional(people.Written(r.Name, r.Pinyin)), Unit: r.UnitCode, UnitName: api.Optional(r.UnitName), Position: r.Position, Scorecard: r.Scorecard,
		Status: api.ResultStatus(r.Status), Reason: api.Optional(r.Reason),
		Base: r.Base.JSON(r.Precision), Bonus: r.Bonus.JSON(r.Precision), Deduction: r.Deduction.JSON(r.Precision), Total: r.Total.JSON(r.Precision),
		Grade: api.Optional(r.Grade), Coefficient: api.Optional(r.Coefficient), Rank: api.Optional(r.Place), Peers: api.Optional(r.Peers),
	}
}

// GetResult gives one result, explained.
func (h *HTTP) GetResult(ctx context.Context, r api.GetResultRequestObject) (api.GetResultResponseObject, error) {
	l := lang.Of(ctx)
	book, m, err := h.service.Explain(ctx, access.ActorOf(ctx), r.Period, api.Given(r.Params.Run), r.StaffNo)
	if err != nil {
		return nil, err
	}
	answer, err := book.Explanation(m, r.Period, l)
	if err != nil {
		return nil, err
	}
	return api.GetResult200JSONResponse(*answer), nil
}

// changesMost is how many changes an answer shows.
const changesMost = 1000

// DiffRuns tells what changed from one run to another.
func (h *HTTP) DiffRuns(ctx context.Context, r api.DiffRunsRequestObject) (api.DiffRunsResponseObject, error) {
	answer := api.DiffRuns200JSONResponse{Changes: []api.RunChange{}}
	summary, err := h.service.Diff(ctx, access.ActorOf(ctx), r.Period, r.Params.Before, r.Params.After, func(c *Change) error {
		if len(answer.Changes) == changesMost {
			answer.More = true
			return nil
		}
		answer.Changes = append(answer.Changes, c.answer())
		return nil
	})
	if err != nil {
		return nil, err
	}
	answer.Before, answer.After, answer.Compared = summary.Before.Number, summary.After.Number, summary.Compared
	answer.New, answer.Gone, answer.Changed, answer.RankOnly = summary.New, summary.Gone, summary.Changed, summary.RankOnly
	return answer, nil
}

func (c *Change) answer() api.RunChange {
	who := c.After
	if who == nil {
		who = c.Before
	}
	answer := api.RunChange{
		StaffNo: who.StaffNo, Name: who.Name, Pinyin: api.Optional(people.Written(who.Name, who.Pinyin)), Kind: string(c.Kind), Change: c.Total.Text(who.Precision),
		Before: totalState(c.Before), After: totalState(c.After), Items: make([]api.ItemChange, len(c.Items)),
		Moved: api.Optional(c.Moved), Adjustments: api.Optional(c.Adjustments), Vetoes: api.Optional(c.Vetoes),
	}
	if len(c.Cards) > 0 {
		answer.Scorecards = &c.Cards
	}
	for i := range c.Items {
		item := &c.Items[i]
		answer.Items[i] = api.ItemChange{
			Scorecard: item.Scorecard, Unit: item.Unit, Item: item.Key, Peers: api.Optional(item.Peers),
			Before: item.Before.answer(item.Precision), After: item.After.answer(item.Precision),
		}
	}
	return answer
}

func totalState(r *Result) *api.TotalState {
	if r == nil {
		return nil
	}
	return &api.TotalState{Status: r.Status, Total: r.Total.JSON(r.Precision), Grade: api.Optional(r.Grade)}
}

func (s *ItemState) answer(precision int) *api.ItemState {
	if s == nil {
		return nil
	}
	return &api.ItemState{Status: s.Status, Score: s.Score.JSON(precision), Contribution: s.Contribution.JSON(precision)}
}
