package runs

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/scoring"
)

// ListItemResults lists members by items.
func (h *HTTP) ListItemResults(ctx context.Context, r api.ListItemResultsRequestObject) (api.ListItemResultsResponseObject, error) {
	p := r.Params
	found, err := h.service.ItemPage(ctx, access.ActorOf(ctx), r.Period,
		ItemFilter{Run: api.Given(p.Run), Unit: api.Given(p.Unit), Scorecard: api.Given(p.Scorecard)},
		page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor), Sort: api.Given(p.Sort)})
	if err != nil {
		return nil, err
	}
	answer := api.ListItemResults200JSONResponse{
		Run: &found.Run.Number, Published: &found.Run.Published, Items: make([]api.ItemResultRow, len(found.Rows)),
		Next: api.Optional(found.Next), Total: &found.Total,
	}
	for i := range found.Rows {
		row := &found.Rows[i]
		answer.Items[i] = api.ItemResultRow{Result: row.answer(), Items: itemAnswers(found.Items(row.Result), lang.Of(ctx))}
	}
	return answer, nil
}

// ListMemberResults lists what a member was published with.
func (h *HTTP) ListMemberResults(ctx context.Context, r api.ListMemberResultsRequestObject) (api.ListMemberResultsResponseObject, error) {
	found, err := h.service.MemberPage(ctx, access.ActorOf(ctx), r.StaffNo,
		page.Query{Limit: api.Given(r.Params.Limit), Cursor: api.Given(r.Params.Cursor)})
	if err != nil {
		return nil, err
	}
	answer := api.ListMemberResults200JSONResponse{
		Items: make([]api.MemberResult, len(found.Rows)), Next: api.Optional(found.Next), Total: &found.Total,
	}
	for i := range found.Rows {
		row := &found.Rows[i]
		answer.Items[i] = api.MemberResult{
			Period: row.Period.Code, PublishedAt: row.Period.PublishedAt.UTC(), Result: row.answer(), Items: itemAnswers(row.Items, lang.Of(ctx)),
			Change: row.Change(),
		}
		if row.Before != nil {
			answer.Items[i].Before = row.Before.Total.JSON(row.Before.Precision)
		}
	}
	return answer, nil
}

func itemAnswers(items []ItemScore, l lang.Language) []api.ItemScore {
	answers := make([]api.ItemScore, len(items))
	for i := range items {
		answers[i] = items[i].answer(l)
	}
	return answers
}

func (s *ItemScore) answer(l lang.Language) api.ItemScore {
	answer := api.ItemScore{
		Item: s.Key, Name: textAnswer(s.Name), Perspective: textAnswer(s.Perspective), Weight: s.Weight.String(),
		Score: s.Outcome.Score.JSON(s.Precision), Points: s.Outcome.Contribution.JSON(s.Precision),
	}
	if s.Outcome.Score.Known {
		share := float32(float64(s.Outcome.Score.Scaled) / hundred)
		answer.Share = &share
	}
	if s.Outcome.Reason != "" {
		missing := scoring.Reason(s.Outcome.Reason).Words(string(l))
		answer.Missing = &missing
	}
	return answer
}

// hundred is a full score as it is stored.
const hundred = 100 * 10_000

func textAnswer(t scoring.Text) api.Text { return api.Text{Zh: t.Zh, En: t.En} }
