package db

import (
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/rbac"
)

// InScope turns a scope into one SQL condition on a unit's path and a staff
// member's id, both named by column. The zero scope matches no row. The
// condition stands in brackets, so that nothing beside it can widen it.
func InScope(scope rbac.Scope, pathColumn, staffColumn string) schema.QueryWithArgs {
	if scope.All && len(scope.Except) == 0 {
		return bun.SafeQuery("(1 = 1)")
	}
	var allow, deny []string
	var args, denied []any
	if scope.All {
		allow = append(allow, "1 = 1")
	}
	for _, path := range scope.Subtrees {
		allow = append(allow, "("+pathColumn+" >= ? AND "+pathColumn+" < ?)")
		args = append(args, path, afterSubtree(path))
	}
	for _, path := range scope.Units {
		allow = append(allow, pathColumn+" = ?")
		args = append(args, path)
	}
	for _, path := range scope.Except {
		deny = append(deny, "AND NOT ("+pathColumn+" >= ? AND "+pathColumn+" < ?)")
		denied = append(denied, path, afterSubtree(path))
	}
	condition := "(1 = 0)"
	if len(allow) > 0 {
		condition = "((" + strings.Join(allow, " OR ") + ") " + strings.Join(deny, " ") + ")"
		args = append(args, denied...)
	}
	if staffColumn != "" && len(scope.Staff) > 0 {
		condition = "(" + condition + " OR " + staffColumn + " IN (?))"
		args = append(args, bun.List(scope.Staff))
	}
	return bun.SafeQuery(condition, args...)
}

// afterSubtree is the first path behind all that begin with path: '0' follows '/'.
func afterSubtree(path string) string { return strings.TrimSuffix(path, "/") + "0" }
