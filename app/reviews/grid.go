package reviews

import (
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// Grid is a page of what a rater is to rate in a period: rows of members, columns of items.
type Grid struct {
	Period string     `json:"period"`
	State  string     `json:"state"` // of the period
	Items  []GridItem `json:"items"` // of the rows of this page
	Rows   []GridRow  `json:"rows"`
	Next   string     `json:"next,omitempty"`
	Total  int        `json:"total"` // rows, those of other pages included
}

// GridItem is a column. Scorecards that mean different things by one key have a column each.
type GridItem struct {
	Item       string       `json:"item"`
	Name       scoring.Text `json:"name"`
	Scorecards []string     `json:"scorecards"`
	Levels     []GridLevel  `json:"levels"`
}

// GridLevel is a level with what the rubric says of it, if there is one.
type GridLevel struct {
	Level           string `json:"level"`
	Points          string `json:"points"`
	Name            *Text  `json:"name,omitempty"`
	Description     *Text  `json:"description,omitempty"`
	CommentRequired bool   `json:"comment_required"`
}

// GridRow is a member's segment as the rater rates it in one role.
type GridRow struct {
	StaffNo   string   `json:"staff_no"`
	Name      string   `json:"name"`
	Pinyin    string   `json:"-"` // of the name
	Unit      string   `json:"unit"`
	UnitName  string   `json:"unit_name"`
	Position  string   `json:"position"`
	Scorecard string   `json:"scorecard"`
	Role      string   `json:"role"`
	LastDay   db.Date  `json:"last_day"`
	Items     []string `json:"items"`
	Cells     []*Cell  `json:"cells"`
}

// GridFilter narrows a grid.
type GridFilter struct {
	Role string // all roles if empty
	Unit string // code; all units if empty
}

// Grid gives a page of what the actor is to rate in a period, with what they have
// written: nothing of what others have. Whoever has nobody to rate gets no rows.
func (s *Service) Grid(ctx context.Context, actor rbac.Actor, period string, filter GridFilter, q page.Query) (*Grid, error) {
	var grid *Grid
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		b, err := s.readBoard(ctx, tx, actor, period)
		if err != nil {
			return err
		}
		seats := slices.DeleteFunc(slices.Clone(b.seats), func(x *seat) bool {
			return (filter.Role != "" && x.role != filter.Role) || (filter.Unit != "" && x.unit != filter.Unit)
		})
		grid = &Grid{Period: b.period.Code, State: b.period.State, Total: len(seats), Items: []GridItem{}, Rows: []GridRow{}}
		if seats, grid.Next, err = page.Cut(q, "staff_no", seats, func(x *seat) string { return x.staffNo }); err != nil {
			return err
		}
		written, err := cellsOf(ctx, tx, b.period, actor.UserID)
		if err != nil {
			return err
		}
		rubrics, err := rubricsFor(ctx, tx, seats)
		if err != nil {
			return err
		}
		grid.fill(seats, written, rubrics)
		return nil
	})
	return grid, err
}

func (g *Grid) fill(seats []*seat, written []*Cell, rubrics map[string]*Rubric) {
	bySeat := map[seatKey][]*Cell{}
	for _, c := range written {
		bySeat[c.key().seatKey] = append(bySeat[c.key().seatKey], c)
	}
	for _, x := range seats {
		row := GridRow{
			StaffNo: x.staffNo, Name: x.name, Pinyin: x.pinyin, Unit: x.unit, UnitName: x.unitName, Position: x.segment.Position,
			Scorecard: x.segment.Card.Code, Role: x.role, LastDay: x.segment.Last, Cells: []*Cell{},
		}
		for _, item := range x.items {
			row.Items = append(row.Items, item.Key)
			g.column(x.segment.Card.Code, item, rubrics[item.Key])
		}
		for _, c := range bySeat[x.key()] {
			if x.item(c.Item) != nil {
				row.Cells = append(row.Cells, c)
			}
		}
		g.Rows = append(g.Rows, row)
	}
}

// column adds a scorecard's item to the columns, to one that means the same if there is one.
func (g *Grid) column(scorecard string, item *Item, rubric *Rubric) {
	for i := range g.Items {
		c := &g.Items[i]
		switch {
		case c.Item != item.Key:
		case slices.Contains(c.Scorecards, scorecard):
			return
		case c.means(item):
			c.Scorecards = append(c.Scorecards, scorecard)
			return
		}
	}
	made := GridItem{Item: item.Key, Name: item.Name, Scorecards: []string{scorecard}}
	for _, l := range item.Levels {
		level := GridLevel{Level: l.Level, Points: l.Points.String(), CommentRequired: item.NeedsComment(l.Level)}
		if described := rubric.level(l.Level); described != nil {
			level.Name, level.Description = &described.Name, &described.Description
		}
		made.Levels = append(made.Levels, level)
	}
	g.Items = append(g.Items, made)
}

// means says whether the column has the very levels of an item.
func (c *GridItem) means(item *Item) bool {
	if c.Name != item.Name {
		return false
	}
	return slices.EqualFunc(c.Levels, item.Levels, func(a GridLevel, b scoring.Level) bool {
		return a.Level == b.Level && a.Points == b.Points.String()
	})
}
