package people

import (
	"cmp"
	"slices"
	"strings"
)

// Tree is the bank's units, each under its parent.
type Tree struct {
	byID   map[int64]*Unit
	byCode map[string]*Unit
	units  []*Unit // by code
	root   *Unit
}

// NewTree makes the tree of units. It trusts their parents and paths.
func NewTree(units []*Unit) *Tree {
	t := &Tree{byID: make(map[int64]*Unit, len(units)), byCode: make(map[string]*Unit, len(units)), units: slices.Clone(units)}
	slices.SortFunc(t.units, func(a, b *Unit) int { return cmp.Compare(a.Code, b.Code) })
	for _, u := range t.units {
		t.byID[u.ID], t.byCode[u.Code] = u, u
		if u.ParentID == 0 {
			t.root = u
		}
	}
	return t
}

// ByID gives the unit of an id, nil if there is none.
func (t *Tree) ByID(id int64) *Unit { return t.byID[id] }

// ByCode gives the unit of a code, nil if there is none.
func (t *Tree) ByCode(code string) *Unit { return t.byCode[code] }

// All lists the units by code.
func (t *Tree) All() []*Unit { return t.units }

// Root gives the unit without a parent, nil in an empty tree.
func (t *Tree) Root() *Unit { return t.root }

// Parent gives the unit above, nil for the root and for an unknown unit.
func (t *Tree) Parent(id int64) *Unit {
	if u := t.byID[id]; u != nil {
		return t.byID[u.ParentID]
	}
	return nil
}

// Branch gives the nearest unit of level branch, itself included, or the root
// if there is none above; nil for an unknown unit.
func (t *Tree) Branch(id int64) *Unit {
	u := t.byID[id]
	if u == nil {
		return nil
	}
	for ; u != nil; u = t.byID[u.ParentID] {
		if u.Level == BranchUnit {
			return u
		}
	}
	return t.root
}

// Under lists a unit and all below it, by code.
func (t *Tree) Under(id int64) []*Unit {
	top := t.byID[id]
	if top == nil {
		return nil
	}
	var under []*Unit
	for _, u := range t.units {
		if strings.HasPrefix(u.Path, top.Path) {
			under = append(under, u)
		}
	}
	return under
}
