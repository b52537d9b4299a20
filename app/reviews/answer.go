package reviews

import (
	"context"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/scoring"
)

func textOf(t api.Text) Text { return Text{Zh: t.Zh, En: t.En} }

// written is a name in Latin letters, left out where it is in them or not there.
func written(name, pinyin string) *string { return optional(people.Written(name, pinyin)) }

func (t Text) answer() api.Text { return api.Text{Zh: t.Zh, En: t.En} }

// answer is the rubric as the contract has it.
func (r *Rubric) answer() api.Rubric {
	answer := api.Rubric{Code: r.Code, Name: r.Name.answer(), Version: r.Version, Levels: make([]api.RubricLevel, len(r.Levels))}
	for i, l := range r.Levels {
		answer.Levels[i] = api.RubricLevel{Level: l.Level, Name: l.Name.answer(), Description: l.Description.answer()}
	}
	return answer
}

func (c *Cell) answer() api.ReviewCell {
	answer := api.ReviewCell{
		StaffNo: c.StaffNo, Unit: c.Unit, Position: c.Position, Item: c.Item, Role: c.Role, Level: c.Level, Comment: c.Comment,
		State: api.ReviewCellState(c.State), ReturnReason: optional(c.ReturnReason), ReturnedBy: optional(c.ReturnedBy),
		Rater: optional(c.Rater), WrittenBy: optional(c.WrittenBy), Version: c.Version,
	}
	if !c.WrittenAt.IsZero() {
		answer.WrittenAt = &c.WrittenAt
	}
	return answer
}

// listed is the cell as a list has it: with names beside the codes.
func (c *Cell) listed() api.ReviewCell {
	answer := c.answer()
	answer.Name, answer.UnitName, answer.RaterName = optional(c.Names.Member), optional(c.Names.Unit), optional(c.Names.Rater)
	answer.Pinyin, answer.RaterPinyin = written(c.Names.Member, c.Names.MemberPinyin), written(c.Names.Rater, c.Names.RaterPinyin)
	if c.Names.Item != (scoring.Text{}) {
		answer.ItemName = &api.Text{Zh: c.Names.Item.Zh, En: c.Names.Item.En}
	}
	return answer
}

func (g *Grid) answer() api.ReviewGrid {
	answer := api.ReviewGrid{
		Period: g.Period, State: g.State, Next: optional(g.Next), Total: int64(g.Total),
		Items: make([]api.ReviewItem, len(g.Items)), Rows: make([]api.ReviewRow, len(g.Rows)),
	}
	for i := range g.Items {
		answer.Items[i] = g.Items[i].answer()
	}
	for i := range g.Rows {
		answer.Rows[i] = g.Rows[i].answer()
	}
	return answer
}

func (c *GridItem) answer() api.ReviewItem {
	answer := api.ReviewItem{Item: c.Item, Name: api.Text{Zh: c.Name.Zh, En: c.Name.En}, Scorecards: c.Scorecards}
	for _, l := range c.Levels {
		level := struct {
			CommentRequired bool      `json:"comment_required"`
			Description     *api.Text `json:"description,omitempty"`
			Level           string    `json:"level"`
			Name            *api.Text `json:"name,omitempty"`
			Points          string    `json:"points"`
		}{Level: l.Level, Points: l.Points, CommentRequired: l.CommentRequired}
		if l.Name != nil {
			name, description := l.Name.answer(), l.Description.answer()
			level.Name, level.Description = &name, &description
		}
		answer.Levels = append(answer.Levels, level)
	}
	return answer
}

func (r *GridRow) answer() api.ReviewRow {
	answer := api.ReviewRow{
		StaffNo: r.StaffNo, Name: r.Name, Pinyin: written(r.Name, r.Pinyin), Unit: r.Unit, UnitName: optional(r.UnitName), Position: r.Position, Scorecard: r.Scorecard,
		Role: r.Role, LastDay: optional(r.LastDay.String()), Items: r.Items, Cells: make([]api.ReviewCell, len(r.Cells)),
	}
	for i, c := range r.Cells {
		answer.Cells[i] = c.answer()
	}
	return answer
}

// answers are the outcomes in the language of the request.
func (o *Outcomes) answers(ctx context.Context) []api.CellOutcome {
	list := make([]api.CellOutcome, len(o.Outcomes))
	for i := range o.Outcomes {
		x := &o.Outcomes[i]
		list[i] = api.CellOutcome{Index: x.Index, Problem: problemAt(ctx, x.Problem)}
		if x.Saved != nil {
			saved := x.Saved.answer()
			list[i].Saved = &saved
		}
		if x.Current != nil {
			current := x.Current.answer()
			list[i].Current = &current
		}
	}
	return list
}

func problemAt(ctx context.Context, p *fault.Problem) *api.ProblemAt {
	if p == nil {
		return nil
	}
	return &api.ProblemAt{Path: optional(p.Path), Code: p.Code, Message: lang.Say(lang.Of(ctx), p.Code, p.Args)}
}

func (r *Reviewer) answer() api.Reviewer {
	answer := api.Reviewer{
		StaffNo: r.StaffNo, Name: optional(r.Name), Pinyin: written(r.Name, r.Pinyin), Unit: r.Unit, UnitName: optional(r.UnitName), Position: r.Position,
		Role: r.Role, Rater: r.Rater, RaterName: optional(r.RaterName), RaterPinyin: written(r.RaterName, r.RaterPinyin),
		Source: api.ReviewerSource(r.Source), Reason: optional(r.Reason), NamedBy: optional(r.NamedBy),
	}
	if r.ID != 0 {
		answer.Id = &r.ID
	}
	return answer
}
