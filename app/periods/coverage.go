package periods

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// SourceKind is what sort of figures a source of data has.
type SourceKind string

// The sorts of figures, in the order in which a month collects them.
const (
	OfTargets SourceKind = "target"
	OfActuals SourceKind = "actual"
	OfSurveys SourceKind = "survey"
	OfReviews SourceKind = "review"
)

// Source is what one item of scorecards needs: its targets, actuals, surveys or reviews.
type Source struct {
	Kind SourceKind
	Item string
	Name scoring.Text
}

// Key names the source.
func (s *Source) Key() string { return string(s.Kind) + ":" + s.Item }

// Covered counts the inputs that are needed, and those that are there.
type Covered struct{ Expected, Present int }

// UnitCoverage is how much is there of a unit and all below it.
type UnitCoverage struct {
	Unit     *people.Unit
	HasParts bool
	Cells    []Covered // one for each source
}

// Coverage is how much of a period's data is there, by unit and source. What is
// not there is what blocks the period.
type Coverage struct {
	Period  *Period
	Unit    *people.Unit // nil where there is more than one at the top
	Sources []Source
	Units   []UnitCoverage
}

// Coverage says how much is there of the units right below one, and of the members
// at that one itself. With no code it is the top of what the actor sees.
func (s *Service) Coverage(ctx context.Context, actor rbac.Actor, code, unit string) (*Coverage, error) {
	if err := access.Require(actor, rbac.BatchRead); err != nil {
		return nil, err
	}
	scope := actor.Scope(rbac.BatchRead)
	scope.Staff = nil
	var found *Coverage
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := Find(ctx, tx, code)
		if err != nil {
			return err
		}
		c := &covering{period: p, coverage: Coverage{Period: p}, cells: map[cellKey]*Covered{}, names: map[Source]scoring.Text{}}
		if err := c.choose(ctx, tx, scope, unit); err != nil {
			return err
		}
		if err := c.count(ctx, tx, scope); err != nil {
			return err
		}
		c.fill()
		found = &c.coverage
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "coverage", fmt.Sprintf("period=%s unit=%s", code, unit))
	return found, nil
}

// cellKey is a row and a source without its name.
type cellKey struct {
	unitID int64
	source Source
}

// covering is a coverage in the making.
type covering struct {
	period   *Period
	tree     *people.Tree // of the units in sight
	coverage Coverage
	rows     map[int64]int64 // of each unit that is counted, the unit of its row
	cells    map[cellKey]*Covered
	names    map[Source]scoring.Text
}

// choose finds the units of the rows.
func (c *covering) choose(ctx context.Context, tx db.Tx, scope rbac.Scope, code string) error {
	var err error
	if c.tree, err = people.Units(ctx, tx, scope); err != nil {
		return err
	}
	tops := slices.DeleteFunc(slices.Clone(c.tree.All()), func(u *people.Unit) bool { return c.tree.Parent(u.ID) != nil })
	top := c.tree.ByCode(code)
	switch {
	case code != "" && top == nil:
		return fault.New(fault.NotFound, "period.no_unit", lang.Args{"unit": code})
	case code == "" && len(tops) == 1:
		top = tops[0]
	}
	c.coverage.Unit = top
	if top != nil {
		tops = []*people.Unit{top}
	}
	c.rows = map[int64]int64{}
	for _, u := range c.tree.All() {
		for _, above := range tops {
			if strings.HasPrefix(u.Path, above.Path) {
				c.rows[u.ID] = c.row(u, above, top != nil)
			}
		}
	}
	return nil
}

// row gives the unit of the row that a unit is counted in: the one right below
// the top that it belongs to, or with below false the top.
func (c *covering) row(u, top *people.Unit, below bool) int64 {
	if !below || u == top {
		return top.ID
	}
	for c.tree.Parent(u.ID) != top {
		u = c.tree.Parent(u.ID)
	}
	return u.ID
}

// count reads what is needed and what is there: each set of rows once, as a stream.
func (c *covering) count(ctx context.Context, tx db.Tx, scope rbac.Scope) error {
	if c.coverage.Unit != nil {
		scope = rbac.Scope{Subtrees: []string{c.coverage.Unit.Path}}
	}
	g, err := readGaps(ctx, tx, scope, c.period)
	if err != nil {
		return err
	}
	if err := g.readTargets(ctx, tx); err != nil {
		return err
	}
	if err := g.readInputs(ctx, tx); err != nil {
		return err
	}
	for _, m := range g.members {
		for s := range m.segments {
			row, counted := c.rows[m.segments[s].UnitID]
			if !counted || m.segments[s].Days < c.period.MinDays {
				continue
			}
			for i, item := range m.cards[s].items {
				if item.Missing != scoring.MissingExclude {
					c.item(row, item, &m.given[s][i])
				}
			}
		}
	}
	return nil
}

func (c *covering) item(row int64, item *scoring.Item, in *input) {
	_, lacking := lacksInput(item, in)
	switch item.Source {
	case scoring.SourceMetric:
		c.add(row, OfActuals, item, lacking)
		if _, target, baseline := item.Needs(); target || baseline {
			_, lacking := lacksTarget(item, in)
			c.add(row, OfTargets, item, lacking)
		}
	case scoring.SourceSurvey:
		c.add(row, OfSurveys, item, lacking)
	case scoring.SourceRating:
		c.add(row, OfReviews, item, lacking)
	}
}

func (c *covering) add(row int64, kind SourceKind, item *scoring.Item, lacking bool) {
	source := Source{Kind: kind, Item: item.Key}
	c.names[source] = item.Name
	at := cellKey{row, source}
	if c.cells[at] == nil {
		c.cells[at] = &Covered{}
	}
	c.cells[at].Expected++
	if !lacking {
		c.cells[at].Present++
	}
}

// fill puts what was counted into rows and columns.
func (c *covering) fill() {
	order := []SourceKind{OfTargets, OfActuals, OfSurveys, OfReviews}
	sources, counted := []Source{}, map[int64]bool{}
	for source := range c.names {
		sources = append(sources, source)
	}
	slices.SortFunc(sources, func(a, b Source) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(a.Item, b.Item))
	})
	for at := range c.cells {
		counted[at.unitID] = true
	}
	c.coverage.Units = []UnitCoverage{}
	for _, u := range c.tree.All() {
		if c.rows[u.ID] != u.ID || u == c.coverage.Unit && !counted[u.ID] {
			continue
		}
		row := UnitCoverage{Unit: u, Cells: make([]Covered, len(sources)), HasParts: u != c.coverage.Unit && c.parts(u)}
		for i, source := range sources {
			if cell := c.cells[cellKey{u.ID, source}]; cell != nil {
				row.Cells[i] = *cell
			}
		}
		c.coverage.Units = append(c.coverage.Units, row)
	}
	for i := range sources {
		sources[i].Name = c.names[Source{Kind: sources[i].Kind, Item: sources[i].Item}]
	}
	c.coverage.Sources = sources
}

// parts says whether a unit has others right below it.
func (c *covering) parts(u *people.Unit) bool {
	return slices.ContainsFunc(c.tree.All(), func(below *people.Unit) bool { return below.ParentID == u.ID })
}
