// Package rbac decides who may do what, where, and says why.
// It knows no HTTP and no table of the application.
package rbac

import "slices"

// Scope is what an actor may touch for one permission. The zero Scope touches
// nothing; a store turns a scope into one SQL condition. For every unit and for
// one's own record it says the same as a decision; on records it is applied to in
// SQL, a record without a unit is in scope only with All or as one's own.
type Scope struct {
	// All is set for a scope without bounds of place: the operator's, and that of
	// whoever has the permission in the whole bank with nothing cut out.
	All bool
	// Subtrees are the unit paths whose units, and all below, are in scope ("/1/4/").
	Subtrees []string
	// Units are the paths of single units in scope.
	Units []string
	// Except are the unit paths whose units, and all below, are cut out again.
	Except []string
	// ExceptUnits are the paths of single units that are cut out again.
	ExceptUnits []string
	// Staff are ids of staff members whose own records are in scope, wherever they
	// stand outside of what is cut out.
	Staff []int64
	// NotStaff are ids of staff members whose records are cut out wherever they
	// stand: one's own, for a permission that is separated or denied on oneself.
	NotStaff []int64
}

// Everything is the scope without bounds.
func Everything() Scope { return Scope{All: true} }

// Empty says whether the scope touches nothing.
func (s Scope) Empty() bool {
	return !s.All && len(s.Subtrees) == 0 && len(s.Units) == 0 && len(s.Staff) == 0
}

// Scope gives what a user may touch for a permission on a day, as decisions would allow it.
func (s *Snapshot) Scope(userID int64, p Permission, day Day) Scope {
	user := s.users[userID]
	if user == nil || user.Disabled || s.enforcers[p] == nil {
		return Scope{}
	}
	grants := s.inForce(userID, day)
	cut := s.cuts(grants, p)
	scope := scoping{cuts: cut}
	for i := range grants {
		g := &grants[i]
		if power := s.powers[p]; power != nil && !g.unit.standsAt(power.Owner) {
			continue
		}
		for _, line := range s.roles[g.Role].lines[p] {
			if line.Effect == Allow {
				scope.allow(g.unit, line.Reach)
			}
		}
	}
	return scope.of(user, p)
}

// scoping gathers what is allowed.
type scoping struct {
	cuts     cuts
	subtrees []string
	units    []string
	own      bool
	whole    bool
}

func (s *scoping) allow(unit *node, reach Reach) {
	switch reach {
	case Self:
		s.own = true
	case AtUnit:
		if !s.cuts.below(unit) && !s.cuts.alone(unit) {
			s.units = append(s.units, unit.Path)
		}
	case Subtree:
		s.whole = s.whole || unit.parent == nil && s.cuts.none()
		if s.cuts.free(unit) != nil {
			s.subtrees = append(s.subtrees, unit.Path)
		}
	}
}

// of gives the scope of a user.
func (s *scoping) of(user *User, p Permission) Scope {
	var scope Scope
	cutOwn := s.cuts.own || p.Separated()
	if s.own && !cutOwn && user.StaffID != 0 {
		scope.Staff = []int64{user.StaffID}
	}
	if s.whole {
		scope.All = true
	} else {
		scope.Subtrees, scope.Units = distinct(s.subtrees), distinct(s.units)
	}
	if scope.Empty() {
		return Scope{}
	}
	scope.Except, scope.ExceptUnits = paths(s.cuts.subtrees), paths(s.cuts.units)
	if cutOwn && user.StaffID != 0 {
		scope.NotStaff = []int64{user.StaffID}
	}
	return scope
}

func paths(nodes []*node) []string {
	all := make([]string, 0, len(nodes))
	for _, n := range nodes {
		all = append(all, n.Path)
	}
	return distinct(all)
}

// distinct sorts paths and leaves out repeated ones.
func distinct(all []string) []string {
	if len(all) == 0 {
		return nil
	}
	slices.Sort(all)
	return slices.Compact(all)
}
