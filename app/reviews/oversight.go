package reviews

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// inBranch says whether a unit is a branch, or stands below one.
func inBranch(tree *people.Tree, unitID int64) bool {
	for unit := tree.ByID(unitID); unit != nil; unit = tree.Parent(unit.ID) {
		if unit.Level == people.BranchUnit || unit.Level == people.SubBranch {
			return true
		}
	}
	return false
}

// oversees says whether a user, or whoever has the user of a member of the staff,
// oversees the reviews for head office on one of some days: a grant that stands there
// lets them name reviewers or hand reviews back. Who does writes no branch's review.
func oversees(ctx context.Context, tx db.Tx, tree *people.Tree, userID, staffID int64, days ...db.Date) (found bool, err error) {
	err = tx.Each(ctx, `SELECT DISTINCT g.unit_id, g.from_on, g.to_on FROM grants g JOIN users u ON u.id = g.user_id JOIN role_permissions p ON p.role_id = g.role_id
		WHERE (u.id = ? OR u.staff_id = ?) AND g.revoked_at IS NULL AND p.effect = 'allow' AND p.permission IN (?, ?)`,
		[]any{userID, staffID, string(rbac.ReviewAssign), string(rbac.ReviewReturn)}, func(r db.Row) error {
			grant := post{from: r.Date(1), until: r.Date(2)}
			for _, day := range days {
				found = found || grant.inForce(day) && !inBranch(tree, r.Int(0))
			}
			return nil
		})
	if err != nil {
		return false, fmt.Errorf("looking for who oversees reviews: %w", err)
	}
	return found, nil
}

// mayRate refuses to name those who oversee the reviews, today or on the last day of
// the period, for a branch's member: head office would write the branch's review,
// whatever the role is called.
func (s *Service) mayRate(ctx context.Context, tx db.Tx, actor rbac.Actor, unitID, raterID int64, last db.Date) error {
	tree, err := people.Units(ctx, tx, rbac.Everything())
	if err != nil || !inBranch(tree, unitID) { // head office reviews its own
		return err
	}
	found, err := oversees(ctx, tx, tree, 0, raterID, s.today(actor), last)
	if err == nil && found {
		err = fault.New(fault.Forbidden, "reviewer.head_office", nil)
	}
	return err
}

// barred says whether the actor may not write in a seat although it is theirs: they
// oversee the reviews for head office by now, and it is a branch's. What they say of
// themselves stays theirs.
func (b *board) barred(x *seat) bool {
	return b.overseer && x.role != RoleSelf && inBranch(b.tree, x.unitID)
}
