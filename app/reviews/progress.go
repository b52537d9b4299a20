package reviews

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// Progress is how far the reviews of one role are at one unit. All counts are of
// cells: one rating of one item of one member's segment.
type Progress struct {
	Unit     string `json:"unit"`
	UnitName string `json:"unit_name"`
	Role     string `json:"role"`
	// Due is how many ratings the scorecards ask for: the role's least number for
	// each item, of peers no more than there are, of named reviewers all.
	Due       int `json:"due"`
	Draft     int `json:"draft"`
	Submitted int `json:"submitted"` // in force, those of paper forms included; there may be more than are due
	Returned  int `json:"returned"`
}

type progressKey struct {
	unitID int64
	role   string
}

// progress is a count in the making.
type progress struct {
	period *Period
	tree   *people.Tree
	units  map[int64]bool // in scope
	lines  map[progressKey]*Progress
	places map[int64][]Segment // of the members in scope
	active map[int64]int       // members with an active assignment, by unit
	peers  map[peerNeed]int    // items, by what they ask of peers
	named  map[seatKey]int     // named reviewers; the rater is left out of the key
}

type peerNeed struct {
	unitID int64
	need   int
}

// Progress says how far the reviews of a period are by unit and role, as far as
// the actor's scope reaches; of one unit and all below it if a code is given.
func (s *Service) Progress(ctx context.Context, actor rbac.Actor, period, unit string) ([]Progress, error) {
	if err := access.Require(actor, rbac.ReviewRead); err != nil {
		return nil, err
	}
	scope := actor.Scope(rbac.ReviewRead)
	scope.Staff, scope.NotStaff = nil, nil // whoever may read their own reviews alone sees no unit's progress
	list := []Progress{}
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := s.month.Read(ctx, tx, period)
		if err != nil {
			return err
		}
		g := &progress{
			period: p, units: map[int64]bool{}, lines: map[progressKey]*Progress{}, places: map[int64][]Segment{},
			active: map[int64]int{}, peers: map[peerNeed]int{}, named: map[seatKey]int{},
		}
		if err := g.readUnits(ctx, tx, scope, unit); err != nil || len(g.units) == 0 {
			return err
		}
		if top := g.tree.ByCode(unit); top != nil {
			scope = rbac.Scope{Subtrees: []string{top.Path}, Except: scope.Except, ExceptUnits: scope.ExceptUnits}
		}
		if err := g.readDue(ctx, tx, s.month, scope); err != nil {
			return err
		}
		if err := g.readCells(ctx, tx); err != nil {
			return err
		}
		if err := g.readFacts(ctx, tx); err != nil {
			return err
		}
		list = g.list()
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "review-progress", period+" "+unit)
	return list, nil
}

func (g *progress) readUnits(ctx context.Context, tx db.Tx, scope rbac.Scope, code string) (err error) {
	if g.tree, err = people.Units(ctx, tx, scope); err != nil {
		return err
	}
	units := g.tree.All()
	if code != "" {
		units = nil
		if top := g.tree.ByCode(code); top != nil {
			units = g.tree.Under(top.ID)
		}
	}
	for _, u := range units {
		g.units[u.ID] = true
	}
	return nil
}

func (g *progress) line(unitID int64, role string) *Progress {
	key := progressKey{unitID, role}
	if g.lines[key] == nil {
		unit := g.tree.ByID(unitID)
		g.lines[key] = &Progress{Unit: unit.Code, UnitName: unit.Name, Role: role}
	}
	return g.lines[key]
}

// readDue counts what the scorecards ask for.
func (g *progress) readDue(ctx context.Context, tx db.Tx, month Month, scope rbac.Scope) error {
	err := tx.Each(ctx, "SELECT staff_id, unit_id, position, role FROM reviewers WHERE period_id = ? AND ended_at IS NULL", []any{g.period.ID}, func(r db.Row) error {
		g.named[seatKey{r.Int(0), r.Int(1), r.Text(2), r.Text(3)}]++
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading named reviewers: %w", err)
	}
	err = month.EachMember(ctx, tx, g.period, scope, g.tree, func(m *Member) error {
		for _, unitID := range m.ActiveAt {
			g.active[unitID]++
		}
		for i := range m.Segments {
			if s := &m.Segments[i]; g.units[s.UnitID] {
				g.places[m.StaffID] = append(g.places[m.StaffID], *s)
				g.due(m.StaffID, s)
			}
		}
		return nil
	})
	for at, items := range g.peers {
		g.line(at.unitID, RolePeer).Due += items * max(0, min(at.need, g.active[at.unitID]-1))
	}
	return err
}

func (g *progress) due(staffID int64, s *Segment) {
	for _, item := range s.Card.Items {
		for i := range item.Roles {
			role := &item.Roles[i]
			need := max(1, int(role.Min))
			named := g.named[seatKey{staffID, s.UnitID, s.Position, role.Role}]
			switch role.Role {
			case RolePeer:
				g.peers[peerNeed{s.UnitID, need}]++
			case RoleManager:
				g.line(s.UnitID, role.Role).Due += need
			case RoleSelf:
				g.line(s.UnitID, role.Role).Due++
			default:
				g.line(s.UnitID, role.Role).Due += named
			}
		}
	}
}

// readCells counts what is not submitted.
func (g *progress) readCells(ctx context.Context, tx db.Tx) error {
	err := tx.Each(ctx, `SELECT unit_id, role, state, COUNT(*) FROM review_cells WHERE period_id = ? AND state <> 'submitted'
		AND (state <> 'draft' OR level <> '' OR comment <> '') GROUP BY unit_id, role, state`, []any{g.period.ID}, func(r db.Row) error {
		if !g.units[r.Int(0)] {
			return nil
		}
		line := g.line(r.Int(0), r.Text(1))
		if State(r.Text(2)) == Returned {
			line.Returned += int(r.Int(3))
		} else {
			line.Draft += int(r.Int(3))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("counting reviews: %w", err)
	}
	return nil
}

// readFacts counts what is submitted, by whatever way it came: each where it belongs.
func (g *progress) readFacts(ctx context.Context, tx db.Tx) error {
	err := tx.Each(ctx, `SELECT staff_id, unit_id, position, role FROM reviews WHERE period_id = ? AND ended_batch_id IS NULL AND level IS NOT NULL`,
		[]any{g.period.ID}, func(r db.Row) error {
			var found *Segment
			fitting := 0
			for i := range g.places[r.Int(0)] {
				s := &g.places[r.Int(0)][i]
				if (r.Null(1) || r.Int(1) == s.UnitID) && (r.Text(2) == "" || r.Text(2) == s.Position) {
					found = s
					fitting++
				}
			}
			if fitting == 1 {
				g.line(found.UnitID, r.Text(3)).Submitted++
			}
			return nil
		})
	if err != nil {
		return fmt.Errorf("counting reviews: %w", err)
	}
	return nil
}

func (g *progress) list() []Progress {
	list := make([]Progress, 0, len(g.lines))
	for _, line := range g.lines {
		if *line != (Progress{Unit: line.Unit, UnitName: line.UnitName, Role: line.Role}) {
			list = append(list, *line)
		}
	}
	slices.SortFunc(list, func(a, b Progress) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Role, b.Role)) })
	return list
}
