package rbac

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// node is a unit in the tree.
type node struct {
	Unit
	parent   *node // nil for the root
	children []*node
	level    Level // where it stands: of a department, that of the nearest unit above that is none
	outside  bool  // it is a branch or sub-branch, or stands below one
}

// holds says whether n is u or stands above it.
func (n *node) holds(u *node) bool { return strings.HasPrefix(u.Path, n.Path) }

// standsAt says whether a grant here stands at an owner level. What stands below
// a branch counts as the branch's, and so does a sub-branch wherever it hangs.
func (n *node) standsAt(owner Level) bool {
	switch owner {
	case HeadOffice:
		return !n.outside
	case Branch:
		return n.outside
	case SubBranch:
		return n.level == SubBranch
	case Department:
	}
	return false
}

// tree is the units by their three names.
type tree struct {
	root   *node // nil without units
	byID   map[int64]*node
	byCode map[string]*node
	byPath map[string]*node
}

// newTree links the units; two roots, a unit without the one above it, or a level
// that there is not, are errors.
func newTree(units []Unit) (*tree, error) {
	t := &tree{
		byID:   make(map[int64]*node, len(units)),
		byCode: make(map[string]*node, len(units)),
		byPath: make(map[string]*node, len(units)),
	}
	nodes := make([]node, len(units))
	for i, u := range units {
		nodes[i].Unit = u
	}
	slices.SortFunc(nodes, func(a, b node) int { return cmp.Compare(a.Path, b.Path) }) // parents first
	for i := range nodes {
		if err := t.add(&nodes[i]); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *tree) add(n *node) error {
	up, ok := above(n.Path)
	switch {
	case n.ID <= 0 || t.byID[n.ID] != nil || t.byPath[n.Path] != nil || t.byCode[n.Code] != nil:
		return fmt.Errorf("rbac: unit %d (%s): its id, code or path is missing or not its own", n.ID, n.Code)
	case !ok:
		return fmt.Errorf("rbac: unit %d: %q is not the path of a unit", n.ID, n.Path)
	case !slices.Contains([]Level{HeadOffice, Branch, SubBranch, Department}, n.Level):
		return fmt.Errorf("rbac: unit %d: unknown level %q", n.ID, n.Level)
	case up == "" && t.root != nil:
		return fmt.Errorf("rbac: unit %d is a second root", n.ID)
	case up == "":
		t.root = n
	case t.byPath[up] == nil:
		return fmt.Errorf("rbac: unit %d: no unit has the path %q", n.ID, up)
	default:
		n.parent = t.byPath[up]
		n.parent.children = append(n.parent.children, n)
	}
	n.stand()
	t.byID[n.ID], t.byCode[n.Code], t.byPath[n.Path] = n, n, n
	return nil
}

// stand finds out where a unit stands. A department without a unit above it is head office's.
func (n *node) stand() {
	n.level = n.Level
	if n.Level == Department {
		n.level = HeadOffice
		if n.parent != nil {
			n.level = n.parent.level
		}
	}
	n.outside = n.level == Branch || n.level == SubBranch || n.parent != nil && n.parent.outside
}

// above gives the path of the unit above: none for the root's. It says whether path is one at all.
func above(path string) (string, bool) {
	inner, ok := strings.CutPrefix(path, "/")
	inner, also := strings.CutSuffix(inner, "/")
	if !ok || !also || inner == "" || strings.Contains(inner, "//") || strings.HasPrefix(inner, "/") || strings.HasSuffix(inner, "/") {
		return "", false
	}
	at := strings.LastIndexByte(inner, '/')
	if at < 0 {
		return "", true
	}
	return "/" + inner[:at+1], true
}
