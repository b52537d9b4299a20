package people

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
)

// PolicyChanged is told when what decisions are made from has changed.
const PolicyChanged db.Notice = "steelyard_policy"

// BumpPolicy marks what decisions are made from as changed, in the transaction
// of the change: of users, roles, grants, responsibilities, units, or whose
// sign-in is whose. It waits until no other such transaction is under way: what
// is read after it stays true until the commit.
func BumpPolicy(ctx context.Context, tx db.Tx) error {
	if _, err := tx.ExecContext(ctx, "UPDATE policy_version SET version = version + 1 WHERE id = 1"); err != nil {
		return fmt.Errorf("marking the policy as changed: %w", err)
	}
	return tx.Notify(ctx, PolicyChanged)
}

// CurrentUnit is the condition, in SQL, that an assignment (by its alias) is the
// one in force on a day; the day stands twice among the arguments.
func CurrentUnit(assignment string) string {
	return fmt.Sprintf(`%[1]s.from_on = (SELECT MAX(cu.from_on) FROM assignments cu WHERE cu.staff_id = %[1]s.staff_id
		AND cu.from_on <= ? AND (cu.to_on IS NULL OR cu.to_on >= ?))`, assignment)
}
