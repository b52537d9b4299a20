package runs

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
)

// SimulateScorecard scores a past month by another definition of a scorecard.
func (h *HTTP) SimulateScorecard(ctx context.Context, r api.SimulateScorecardRequestObject) (api.SimulateScorecardResponseObject, error) {
	var definition []byte
	if r.Body.Definition != nil {
		var err error
		if definition, err = json.Marshal(*r.Body.Definition); err != nil {
			return nil, fmt.Errorf("reading a definition: %w", err)
		}
	}
	found, err := h.service.Simulate(ctx, access.ActorOf(ctx), r.Body.Period, r.Scorecard, definition)
	if err != nil {
		return nil, err
	}
	answer := api.SimulateScorecard200JSONResponse{
		Period: r.Body.Period, Run: found.Run.Number, Members: found.Members, Changed: found.Changed, Moved: &found.Moved, Grades: found.Grades,
	}
	for from, into := range map[any]any{&found.Moves: &answer.Moves, &found.Examples: &answer.Examples} {
		text, err := json.Marshal(from)
		if err != nil {
			return nil, fmt.Errorf("writing an answer: %w", err)
		}
		if err := json.Unmarshal(text, into); err != nil {
			return nil, fmt.Errorf("writing an answer: %w", err)
		}
	}
	return answer, nil
}
