package rbac

import "strings"

// Decide answers a question with what decided it, step by step: the user, separation
// of duties, the grants in force, casbin over the lines of their roles, responsibility.
func (s *Snapshot) Decide(q Question) Decision {
	d := &deciding{s: s, q: q, user: s.users[q.UserID]}
	d.q.On = q.On.asked(q.Permission)
	switch {
	case s.Empty():
		return d.no(StepPolicy)
	case d.user == nil || d.user.Disabled:
		return d.no(StepUser)
	case q.Permission.Separated() && d.own():
		return d.no(StepSeparation)
	case s.enforcers[q.Permission] == nil:
		return d.no(StepGrant) // nobody's role has a line for it, or there is no such permission
	}
	d.grants = s.inForce(q.UserID, q.Day)
	return d.decide()
}

// deciding is a question on its way to the answer.
type deciding struct {
	s      *Snapshot
	q      Question
	user   *User
	grants []held
}

// no is a refusal at a step.
func (d *deciding) no(step Step) Decision {
	return Decision{Step: step, Permission: d.q.Permission, On: d.q.On}
}

// own says whether the target is the user's own record.
func (d *deciding) own() bool {
	on := d.q.On
	return on.StaffID != 0 && on.StaffID == d.user.StaffID || on.UserID != 0 && on.UserID == d.user.ID
}

func (d *deciding) decide() Decision {
	on := d.q.On
	switch {
	case on.Whole:
		return d.at(place{whole: true})
	case on == Target{}:
		return d.anywhere()
	case on.UnitID == 0:
		return d.placeless()
	}
	unit := d.s.tree.byID[on.UnitID]
	if unit == nil {
		return d.no(StepGrant)
	}
	return d.at(place{unit: unit, own: d.own()})
}

// placeless decides on a record that stands nowhere: it is the user's own, or a
// permission in the whole bank reaches it.
func (d *deciding) placeless() Decision {
	if d.own() {
		if mine := d.at(place{own: true}); mine.Allowed || mine.Step == StepDeny {
			return mine
		}
	}
	return d.at(place{whole: true})
}

// anywhere looks for a place where the answer is yes; without one, the refusal says
// the most that is known of the grants that would allow.
func (d *deciding) anywhere() Decision {
	refusal := d.no(StepGrant)
	for i := range d.grants {
		g := &d.grants[i]
		for _, line := range d.s.roles[g.Role].lines[d.q.Permission] {
			if line.Effect != Allow {
				continue
			}
			at, ok := d.within(g.unit, line.Reach)
			if !ok {
				continue
			}
			answer := d.at(at)
			if answer.Allowed {
				return answer
			}
			if refusal.Step == StepGrant {
				refusal = answer
			}
		}
	}
	return refusal
}

// within gives a place that a line at a unit reaches, one that is not cut out if there is one.
func (d *deciding) within(unit *node, reach Reach) (place, bool) {
	switch reach {
	case Self:
		return place{own: true}, d.user.StaffID != 0 && !d.q.Permission.Separated()
	case AtUnit:
		return place{unit: unit}, true
	case Subtree:
		if free := d.s.cuts(d.grants, d.q.Permission).free(unit); free != nil {
			return place{unit: free}, true
		}
		return place{unit: unit}, true
	}
	return place{}, false
}

// at lets casbin decide on a place, and holds a power against its owner.
func (d *deciding) at(p place) Decision {
	a := &ask{grants: d.grants, place: p}
	power := d.s.powers[d.q.Permission]
	if power != nil {
		a.owner = power.Owner
	}
	answer := d.ask(a)
	if answer.Step != StepGrant || power == nil {
		return answer
	}
	// A delegation in force at the place, its limits kept, would allow here.
	a.owner, a.place.loose = "", true
	if without := d.ask(a); without.Allowed {
		without.Allowed, without.Step = false, StepResponsibility
		return without
	}
	return answer
}

// ask puts one question to casbin, and finds the grant that stands behind the line it names.
func (d *deciding) ask(a *ask) Decision {
	v, err := d.s.enforcers[d.q.Permission].ask(a, d.q.Permission)
	switch {
	case err != nil:
		return d.no(StepPolicy)
	case v.line == nil:
		return d.no(StepGrant)
	}
	answer := d.no(StepDeny)
	if v.allowed {
		answer.Allowed, answer.Step = true, StepAllowed
	}
	answer.Line = v.line
	answer.Power = d.s.powers[d.q.Permission]
	if g := a.grantOf(v.role, v.line.Reach, v.line.Effect); g != nil {
		answer.Grant, answer.Unit = g.Grant, &g.unit.Unit
	}
	return answer
}

// cuts are the denies of a permission among a user's grants.
type cuts struct {
	subtrees []*node
	units    []*node
	own      bool
}

func (s *Snapshot) cuts(grants []held, p Permission) cuts {
	var c cuts
	for i := range grants {
		g := &grants[i]
		for _, line := range s.roles[g.Role].lines[p] {
			switch {
			case line.Effect != Deny:
			case line.Reach == Subtree:
				c.subtrees = append(c.subtrees, g.unit)
			case line.Reach == AtUnit:
				c.units = append(c.units, g.unit)
			case line.Reach == Self:
				c.own = true
			}
		}
	}
	return c
}

// below says whether a deny cuts out a unit with all below it.
func (c cuts) below(n *node) bool {
	for _, root := range c.subtrees {
		if strings.HasPrefix(n.Path, root.Path) {
			return true
		}
	}
	return false
}

// alone says whether a deny cuts out that unit alone.
func (c cuts) alone(n *node) bool {
	for _, unit := range c.units {
		if unit == n {
			return true
		}
	}
	return false
}

// free gives a unit of a subtree that nothing cuts out, or nil. It looks no further
// than the units that are cut out themselves.
func (c cuts) free(n *node) *node {
	switch {
	case c.below(n):
		return nil
	case !c.alone(n):
		return n
	}
	for _, child := range n.children {
		if free := c.free(child); free != nil {
			return free
		}
	}
	return nil
}

// none says whether nothing is cut out.
func (c cuts) none() bool { return len(c.subtrees) == 0 && len(c.units) == 0 && !c.own }
