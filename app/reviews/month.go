// Package reviews keeps the qualitative half of a scorecard: what the levels of a
// rating item mean, who rates whom, and the grid in which raters write levels and
// comments until they submit them. What is submitted becomes a fact of the period,
// as if a file had brought it; runs know nothing of the grid.
package reviews

import (
	"context"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// Month hands out periods as reviews need them.
type Month interface {
	// Read gives the period of a code with the scorecards in force; NotFound if there is none.
	Read(ctx context.Context, tx db.Tx, code string) (*Period, error)
	// EachMember hands out the members in scope in the order of their ids, each
	// with all their segments that count. What it hands out is good until f
	// returns, the slices beyond. f must not use the transaction.
	EachMember(ctx context.Context, tx db.Tx, p *Period, scope rbac.Scope, tree *people.Tree, f func(*Member) error) error
}

// Period is a month in which members are rated.
type Period struct {
	ID          int64
	Code        string
	First, Last db.Date
	MinDays     int
	State       string
	StateName   lang.Text
	Collecting  bool              // reviews are written, submitted and handed back
	Shown       bool              // members see what was said of them
	Cards       map[string]*Card  // by the scorecard's code
	Positions   map[string]string // the scorecard's code by position
}

// Card is what a scorecard has that people rate.
type Card struct {
	Code  string
	Items []*Item // in the order of the scorecard
}

// Item is a rating item.
type Item struct {
	Key    string
	Name   scoring.Text
	Levels []scoring.Level
	Roles  []scoring.Role
}

// Member is a member of the staff in a period.
type Member struct {
	StaffID  int64
	StaffNo  string
	Name     string
	Pinyin   string  // of the name
	ActiveAt []int64 // the units where they had an active assignment, scored or not
	Segments []Segment
}

// Segment is the part of a member's period that is rated on its own.
type Segment struct {
	UnitID      int64
	Position    string
	First, Last db.Date
	Card        *Card
}

// The roles that rules give; to any other, raters are named.
const (
	RoleManager = "manager"
	RolePeer    = "peer"
	RoleSelf    = "self"
)

// itemName is what the scorecard of a position calls an item; empty where it has none of it.
func (p *Period) itemName(position, key string) scoring.Text {
	if card := p.Cards[p.Positions[position]]; card != nil {
		for _, item := range card.Items {
			if item.Key == key {
				return item.Name
			}
		}
	}
	return scoring.Text{}
}

// role gives an item's role by its name, nil if it has none of it.
func (i *Item) role(name string) *scoring.Role {
	for r := range i.Roles {
		if i.Roles[r].Role == name {
			return &i.Roles[r]
		}
	}
	return nil
}

// level gives an item's level by its name, nil if it has none of it.
func (i *Item) level(name string) *scoring.Level {
	for l := range i.Levels {
		if i.Levels[l].Level == name {
			return &i.Levels[l]
		}
	}
	return nil
}

// NeedsComment says whether a level is to be accounted for: the highest and the
// lowest by their points, where there is more than one.
func (i *Item) NeedsComment(level string) bool {
	mine := i.level(level)
	if mine == nil {
		return false
	}
	above, below := false, false
	for l := range i.Levels {
		c := i.Levels[l].Points.Cmp(mine.Points)
		above, below = above || c > 0, below || c < 0
	}
	return above != below
}

// roles lists the roles of a card's items, each once, in their order.
func (c *Card) roles() []string {
	var all []string
	seen := map[string]bool{}
	for _, item := range c.Items {
		for _, role := range item.Roles {
			if !seen[role.Role] {
				seen[role.Role] = true
				all = append(all, role.Role)
			}
		}
	}
	return all
}

// rated lists the items that a role rates.
func (c *Card) rated(role string) []*Item {
	var items []*Item
	for _, item := range c.Items {
		if item.role(role) != nil {
			items = append(items, item)
		}
	}
	return items
}
