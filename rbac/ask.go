package rbac

// ask is one question on its way through casbin: the user's own grants in force
// that day, and the place that it is about.
type ask struct {
	grants []held
	place  place
	owner  Level // allows count only from grants that stand there; none: from all
}

// place is what a permission is to reach.
type place struct {
	unit  *node // nil for a record without a place
	own   bool  // the user's own record
	whole bool  // the whole bank
	loose bool  // of the whole bank: a grant anywhere will do, to find out who holds it at the wrong level
}

// held is a grant with the unit at which it stands.
type held struct {
	*Grant
	unit *node
}

// grantOf gives the first grant of a role that reaches the place, or nil.
func (a *ask) grantOf(role string, reach Reach, effect Effect) *held {
	for i := range a.grants {
		if g := &a.grants[i]; g.Role == role && a.counts(g, effect) && a.place.reached(g.unit, reach, effect) {
			return g
		}
	}
	return nil
}

// counts says whether a grant stands where it may exercise the power; a deny counts from everywhere.
func (a *ask) counts(g *held, effect Effect) bool {
	return a.owner == "" || effect == Deny || g.unit.standsAt(a.owner)
}

// reached says whether a line at a unit reaches the place. What is cut out
// anywhere is missing from the whole bank.
func (p place) reached(from *node, reach Reach, effect Effect) bool {
	switch {
	case p.whole && effect == Deny:
		return true
	case p.whole:
		return reach == Subtree && from.parent == nil || p.loose && reach != Self
	case reach == Self:
		return p.own
	case p.unit == nil:
		return false
	case reach == AtUnit:
		return from == p.unit
	case reach == Subtree:
		return from.holds(p.unit)
	}
	return false
}
