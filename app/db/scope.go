package db

import (
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/rbac"
)

// InScope turns a scope into one SQL condition on a unit's path and a staff
// member's id, both named by column; no staffColumn: the rows are no records of
// members. The zero scope matches no row. The condition stands in brackets, so that
// nothing beside it can widen it.
func InScope(scope rbac.Scope, pathColumn, staffColumn string) schema.QueryWithArgs {
	var c condition
	c.allow(scope, pathColumn, staffColumn)
	if len(c.allowed) == 0 {
		return bun.SafeQuery("(1 = 0)")
	}
	c.cut(scope, pathColumn, staffColumn)
	return bun.SafeQuery("(("+strings.Join(c.allowed, " OR ")+")"+strings.Join(c.denied, "")+")", c.args...)
}

// condition is a condition in the making: what is allowed, less what is denied.
type condition struct {
	allowed, denied []string
	args            []any
}

func (c *condition) allow(scope rbac.Scope, path, staff string) {
	if scope.All {
		c.allowed = append(c.allowed, "1 = 1")
		return
	}
	for _, root := range scope.Subtrees {
		c.allowed = append(c.allowed, "("+path+" >= ? AND "+path+" < ?)")
		c.args = append(c.args, root, afterSubtree(root))
	}
	for _, unit := range scope.Units {
		c.allowed = append(c.allowed, path+" = ?")
		c.args = append(c.args, unit)
	}
	if staff != "" && len(scope.Staff) > 0 {
		c.allowed = append(c.allowed, staff+" IN (?)")
		c.args = append(c.args, bun.List(scope.Staff))
	}
}

// cut takes away what is denied. A row that has no unit, or belongs to no member, is
// not denied for it.
func (c *condition) cut(scope rbac.Scope, path, staff string) {
	for _, root := range scope.Except {
		c.denied = append(c.denied, " AND NOT (COALESCE("+path+", '') >= ? AND COALESCE("+path+", '') < ?)")
		c.args = append(c.args, root, afterSubtree(root))
	}
	for _, unit := range scope.ExceptUnits {
		c.denied = append(c.denied, " AND COALESCE("+path+", '') <> ?")
		c.args = append(c.args, unit)
	}
	if staff != "" && len(scope.NotStaff) > 0 {
		c.denied = append(c.denied, " AND COALESCE("+staff+", 0) NOT IN (?)")
		c.args = append(c.args, bun.List(scope.NotStaff))
	}
}

// afterSubtree is the first path behind all that begin with path: '0' follows '/'.
func afterSubtree(path string) string { return strings.TrimSuffix(path, "/") + "0" }
