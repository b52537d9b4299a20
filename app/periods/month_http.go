package periods

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/scoring"
)

// ListAssignments lists who is assessed by which scorecard.
func (h *HTTP) ListAssignments(ctx context.Context, r api.ListAssignmentsRequestObject) (api.ListAssignmentsResponseObject, error) {
	p := r.Params
	filter := AssignedFilter{Unit: api.Given(p.Unit), Scorecard: api.Given(p.Scorecard), Flag: Flag(api.Given(p.Flag)), Search: api.Given(p.Search)}
	found, err := h.service.Assigned(ctx, access.ActorOf(ctx), r.Period, filter, page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor)})
	if err != nil {
		return nil, err
	}
	answer := api.ListAssignments200JSONResponse{Items: make([]api.PeriodAssignment, len(found.Members)), Next: api.Optional(found.Next), Total: &found.Total}
	for i := range found.Members {
		answer.Items[i] = found.Members[i].answer()
	}
	return answer, nil
}

func (a *Assigned) answer() api.PeriodAssignment {
	answer := api.PeriodAssignment{
		StaffNo: a.StaffNo, Name: a.Name, Pinyin: api.Optional(people.Written(a.Name, a.Pinyin)), Segments: make([]api.PeriodAssignmentSegment, len(a.Segments)), Flags: make([]api.PeriodAssignmentFlags, len(a.Flags)),
	}
	for i := range a.Segments {
		s := &a.Segments[i]
		answer.Segments[i] = api.PeriodAssignmentSegment{
			Unit: s.Unit.Code, UnitName: api.Optional(s.Unit.Name), Position: s.Position, From: s.First.String(), To: s.Last.String(),
			Days: s.Days, Counts: s.Counts, Scorecard: api.Optional(s.Scorecard),
		}
		if s.Scorecard != "" {
			answer.Segments[i].ScorecardName = textAnswer(s.ScorecardName)
		}
	}
	for i, flag := range a.Flags {
		answer.Flags[i] = api.PeriodAssignmentFlags(flag)
	}
	return answer
}

// GetCoverage says how much of the data is there.
func (h *HTTP) GetCoverage(ctx context.Context, r api.GetCoverageRequestObject) (api.GetCoverageResponseObject, error) {
	found, err := h.service.Coverage(ctx, access.ActorOf(ctx), r.Period, api.Given(r.Params.Unit))
	if err != nil {
		return nil, err
	}
	answer := api.GetCoverage200JSONResponse{
		Period: found.Period.Code, Sources: make([]api.CoverageSource, len(found.Sources)), Units: make([]api.CoverageUnit, len(found.Units)),
	}
	if found.Unit != nil {
		answer.Unit = &found.Unit.Code
	}
	for i := range found.Sources {
		s := &found.Sources[i]
		answer.Sources[i] = api.CoverageSource{Key: s.Key(), Kind: api.CoverageSourceKind(s.Kind), Name: *textAnswer(s.Name)}
	}
	for i := range found.Units {
		u := &found.Units[i]
		answer.Units[i] = api.CoverageUnit{Unit: u.Unit.Code, Name: u.Unit.Name, HasParts: u.HasParts, Cells: make([]api.CoverageCell, len(u.Cells))}
		for n, cell := range u.Cells {
			answer.Units[i].Cells[n] = api.CoverageCell{Expected: cell.Expected, Present: cell.Present}
		}
	}
	return answer, nil
}

func textAnswer(t scoring.Text) *api.Text { return &api.Text{Zh: t.Zh, En: t.En} }
