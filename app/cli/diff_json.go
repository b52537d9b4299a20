package cli

import (
	"encoding/json"

	"github.com/steelyard/steelyard/app/periods/runs"
)

// changeJSON is one change as programs read it.
type changeJSON struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`
	Kind        string       `json:"kind"`
	Before      *totalJSON   `json:"before"`
	After       *totalJSON   `json:"after"`
	Change      string       `json:"change"`
	Versions    []string     `json:"scorecard_versions,omitempty"`
	Moved       bool         `json:"moved,omitempty"`
	Adjustments bool         `json:"adjustments,omitempty"`
	Vetoes      bool         `json:"vetoes,omitempty"`
	Items       []changeItem `json:"items,omitempty"`
}

type totalJSON struct {
	Status string  `json:"status"`
	Total  *string `json:"total"`
	Grade  string  `json:"grade,omitempty"`
}

type changeItem struct {
	Scorecard string    `json:"scorecard"`
	Unit      string    `json:"unit"`
	Key       string    `json:"key"`
	Before    *itemJSON `json:"before"`
	After     *itemJSON `json:"after"`
	Peers     bool      `json:"peers,omitempty"`
}

type itemJSON struct {
	Status       string  `json:"status"`
	Score        *string `json:"score"`
	Contribution *string `json:"contribution"`
	Input        string  `json:"input,omitempty"`
}

// json prints an object with the changes, one a line, and the summary behind them.
func (d runDiff) json(c *Context, service *runs.Service) error {
	between := `{"changes": [`
	summary, err := service.Diff(c, c.Actor(), d.Period, d.Before, d.After, func(change *runs.Change) error {
		line, err := json.Marshal(c.changeJSON(change))
		if err != nil {
			return err
		}
		_, err = c.Stdout.Write(append([]byte(between), line...))
		between = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	if summary.Changed+summary.New+summary.Gone == 0 {
		if _, err := c.Stdout.Write([]byte(between)); err != nil {
			return err
		}
	}
	counts, err := json.Marshal(map[string]any{
		"compared": summary.Compared, "changed": summary.Changed, "new": summary.New, "gone": summary.Gone, "rank_only": summary.RankOnly,
	})
	if err != nil {
		return err
	}
	_, err = c.Stdout.Write(append(append([]byte("],\n\"summary\": "), counts...), "}\n"...))
	return err
}

func (c *Context) changeJSON(change *runs.Change) changeJSON {
	who := change.After
	if who == nil {
		who = change.Before
	}
	out := changeJSON{
		ID: who.StaffNo, Name: who.Name, Kind: string(change.Kind), Change: signed(change.Total, who.Precision),
		Before: totalOf(change.Before), After: totalOf(change.After),
		Versions: change.Cards, Moved: change.Moved, Adjustments: change.Adjustments, Vetoes: change.Vetoes,
	}
	for i := range change.Items {
		item := &change.Items[i]
		out.Items = append(out.Items, changeItem{
			Scorecard: item.Scorecard, Unit: item.Unit, Key: item.Key, Peers: item.Peers,
			Before: c.itemJSON(item.Before, item.Precision), After: c.itemJSON(item.After, item.Precision),
		})
	}
	return out
}

func totalOf(r *runs.Result) *totalJSON {
	if r == nil {
		return nil
	}
	return &totalJSON{Status: r.Status, Total: r.Total.JSON(r.Precision), Grade: r.Grade}
}

func (c *Context) itemJSON(s *runs.ItemState, precision int) *itemJSON {
	if s == nil {
		return nil
	}
	return &itemJSON{Status: s.Status, Score: s.Score.JSON(precision), Contribution: s.Contribution.JSON(precision), Input: c.inputOf(s)}
}
