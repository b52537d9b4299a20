package people

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
)

// EachOf is EachStaff for those in scope who have one of these staff numbers.
func EachOf(ctx context.Context, tx db.Tx, scope rbac.Scope, numbers []string, f func(*Staff, []Assignment) error) error {
	if len(numbers) == 0 {
		return nil
	}
	return eachStaff(ctx, tx, scope, "s.staff_no IN (?)", []any{bun.List(numbers)}, 0, f)
}

// EachFound is EachStaff for those in scope whom a text finds; see Found.
func EachFound(ctx context.Context, tx db.Tx, scope rbac.Scope, text string, f func(*Staff, []Assignment) error) error {
	if text == "" {
		return EachStaff(ctx, tx, scope, f)
	}
	return eachStaff(ctx, tx, scope, "?", []any{Found("s", text)}, 0, f)
}
