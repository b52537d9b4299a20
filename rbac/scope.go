// Package rbac decides who may do what, where, and says why.
// It knows no HTTP and no table of the application.
package rbac

// Scope is what an actor may touch for one permission. The zero Scope touches
// nothing; a store turns a scope into one SQL condition.
type Scope struct {
	// All is set for a scope without bounds: the operator's.
	All bool
	// Subtrees are the unit paths whose units, and all below, are in scope ("/1/4/").
	Subtrees []string
	// Units are the paths of single units in scope.
	Units []string
	// Except are the unit paths whose units, and all below, are cut out again.
	Except []string
	// Staff are ids of staff members whose own records are in scope, wherever they stand.
	Staff []int64
}

// Everything is the scope without bounds.
func Everything() Scope { return Scope{All: true} }

// Empty says whether the scope touches nothing.
func (s Scope) Empty() bool {
	return !s.All && len(s.Subtrees) == 0 && len(s.Units) == 0 && len(s.Staff) == 0
}
