package people

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
)

// PolicyChanged is told when what decisions are made from has changed.
const PolicyChanged db.Notice = "steelyard_policy"

// bumpPolicy marks what decisions are made from as changed, in the transaction
// of the change. It waits until no other such transaction is under way: what is
// read after it stays true until the commit.
func bumpPolicy(ctx context.Context, tx db.Tx) error {
	if _, err := tx.ExecContext(ctx, "UPDATE policy_version SET version = version + 1 WHERE id = 1"); err != nil {
		return fmt.Errorf("marking the policy as changed: %w", err)
	}
	return tx.Notify(ctx, PolicyChanged)
}

// PolicyUnits adds the units to a policy.
func PolicyUnits(ctx context.Context, tx db.Tx, p *rbac.Policy) error {
	return tx.Each(ctx, "SELECT id, code, path, level FROM units ORDER BY id", nil, func(r db.Row) error {
		p.Units = append(p.Units, rbac.Unit{ID: r.Int(0), Code: r.Text(1), Path: r.Text(2), Level: rbac.Level(r.Text(3))})
		return nil
	})
}

// PolicyPowers adds the responsibility table to a policy.
func PolicyPowers(ctx context.Context, tx db.Tx, p *rbac.Policy) error {
	return tx.Each(ctx, "SELECT permission, owner FROM responsibilities ORDER BY permission", nil, func(r db.Row) error {
		p.Powers = append(p.Powers, rbac.Power{Permission: rbac.Permission(r.Text(0)), Owner: rbac.Level(r.Text(1))})
		return nil
	})
}

// CurrentUnit is the condition, in SQL, that an assignment (by its alias) is the
// one in force on a day; the day stands twice among the arguments.
func CurrentUnit(assignment string) string {
	return fmt.Sprintf(`%[1]s.from_on = (SELECT MAX(cu.from_on) FROM assignments cu WHERE cu.staff_id = %[1]s.staff_id
		AND cu.from_on <= ? AND (cu.to_on IS NULL OR cu.to_on >= ?))`, assignment)
}
