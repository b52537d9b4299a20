package rbac

import (
	"maps"
	"slices"
)

// Actor is who does something: a name for the record, and what it may touch.
// The zero Actor may do nothing.
type Actor struct {
	Name    string
	UserID  int64 // 0 for the operator of the machine
	StaffID int64 // 0 for whoever is no member of the staff

	snapshot *Snapshot
	day      Day
	limit    map[Permission]bool // nil: all that the roles give
	all      bool
}

// Operator is whoever runs commands on the machine; its scope is everything.
func Operator(name string) Actor { return Actor{Name: name, all: true} }

// IsOperator says whether nothing bounds the actor.
func (a Actor) IsOperator() bool { return a.all }

// Limited is the actor with some of its permissions alone, as a token carries them.
// Limited again, it keeps what both allow.
func (a Actor) Limited(to []Permission) Actor {
	limit := make(map[Permission]bool, len(to))
	for _, p := range to {
		if a.limit == nil || a.limit[p] {
			limit[p] = true
		}
	}
	a.limit = limit
	return a
}

// Limits gives the permissions that the actor was limited to, sorted; false for
// one who never was.
func (a Actor) Limits() ([]Permission, bool) {
	return slices.Sorted(maps.Keys(a.limit)), a.limit != nil
}

// Under is the actor as another state of the policy has it, on the same day and
// with the same limits. Whoever may do nothing for want of a policy still may not.
func (a Actor) Under(s *Snapshot) Actor {
	if a.snapshot != nil {
		a.snapshot = s
	}
	return a
}

// Day is the day as of which the actor acts; none for the operator.
func (a Actor) Day() Day { return a.day }

// Scope gives what the actor may touch for a permission.
func (a Actor) Scope(p Permission) Scope {
	switch {
	case a.all:
		return Everything()
	case a.snapshot == nil || a.limit != nil && !a.limit[p]:
		return Scope{}
	}
	return a.snapshot.Scope(a.UserID, p, a.day)
}

// Decide answers whether the actor may use a permission on something, and why.
func (a Actor) Decide(p Permission, on Target) Decision {
	switch {
	case a.all:
		return Decision{Allowed: true, Step: StepOperator, Permission: p}
	case a.snapshot == nil:
		return Decision{Step: StepUser, Permission: p}
	case a.limit != nil && !a.limit[p]:
		return Decision{Step: StepToken, Permission: p}
	}
	return a.snapshot.Decide(Question{UserID: a.UserID, Permission: p, On: on, Day: a.day})
}
