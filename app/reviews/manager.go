package reviews

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// Policy answers who may do what on a day. A rbac.Snapshot does.
type Policy interface {
	Decide(q rbac.Question) rbac.Decision
}

// post is a grant that makes its holder answer for a unit.
type post struct {
	userID, staffID int64
	from, until     db.Date // no until: without end
}

func (p *post) inForce(day db.Date) bool {
	return !day.Before(p.from) && (p.until.IsZero() || !day.After(p.until))
}

// managers finds who rates a segment as its manager: whoever holds a role with
// review.write by a grant at the segment's unit on its last day, or failing that
// at the nearest unit above. The decision is that of the policy on that day, so
// that separation of duties, denies, reach and the owner of the power hold: a
// member is never their own manager, and head office none of a branch's members.
// A grant that merely reaches down to the unit counts only where no unit between
// has a manager.
type managers struct {
	policy  Policy
	tree    *people.Tree
	posts   map[int64][]post // by unit
	decided map[decision]bool
}

type decision struct {
	userID, unitID int64
	day            db.Date
}

func newManagers(policy Policy, tree *people.Tree, posts map[int64][]post) *managers {
	return &managers{policy: policy, tree: tree, posts: posts, decided: map[decision]bool{}}
}

// of lists the managers of a member's segment at a unit that ended on a day.
func (m *managers) of(memberID, unitID int64, last db.Date) []post {
	for unit := m.tree.ByID(unitID); unit != nil; unit = m.tree.Parent(unit.ID) {
		var found []post
		for _, p := range m.posts[unit.ID] {
			if p.inForce(last) && p.staffID != memberID && m.may(p.userID, unitID, last) && !holds(found, p.userID) {
				found = append(found, p)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func (m *managers) may(userID, unitID int64, day db.Date) bool {
	key := decision{userID, unitID, day}
	allowed, known := m.decided[key]
	if !known {
		allowed = m.policy.Decide(rbac.Question{
			UserID: userID, Permission: rbac.ReviewWrite, On: rbac.Target{UnitID: unitID}, Day: rbac.Day(day.String()),
		}).Allowed
		m.decided[key] = allowed
	}
	return allowed
}

func holds(posts []post, userID int64) bool {
	for i := range posts {
		if posts[i].userID == userID {
			return true
		}
	}
	return false
}

// postsOf reads the grants with review.write that a user has in a period.
func postsOf(ctx context.Context, tx db.Tx, p *Period, userID int64) (map[int64][]post, error) {
	return readPosts(ctx, tx, p, bun.SafeQuery("g.user_id = ?", userID))
}

// postsAt reads the grants with review.write that stand at some units in a period.
func postsAt(ctx context.Context, tx db.Tx, p *Period, unitIDs []int64) (map[int64][]post, error) {
	return readPosts(ctx, tx, p, bun.SafeQuery("g.unit_id IN (?)", bun.List(unitIDs)))
}

// allPosts reads the grants with review.write in a period.
func allPosts(ctx context.Context, tx db.Tx, p *Period) (map[int64][]post, error) {
	return readPosts(ctx, tx, p, bun.SafeQuery("1 = 1"))
}

func readPosts(ctx context.Context, tx db.Tx, p *Period, which schema.QueryWithArgs) (map[int64][]post, error) {
	posts := map[int64][]post{}
	err := tx.Each(ctx, `SELECT g.unit_id, g.user_id, u.staff_id, g.from_on, g.to_on FROM grants g JOIN users u ON u.id = g.user_id
		WHERE g.revoked_at IS NULL AND u.state = 'active' AND g.from_on <= ? AND (g.to_on IS NULL OR g.to_on >= ?)
		AND g.role_id IN (SELECT role_id FROM role_permissions WHERE permission = ? AND effect = 'allow' AND reach <> 'self')
		AND ? ORDER BY g.id`, []any{p.Last, p.First, string(rbac.ReviewWrite), which}, func(r db.Row) error {
		posts[r.Int(0)] = append(posts[r.Int(0)], post{userID: r.Int(1), staffID: r.Int(2), from: r.Date(3), until: r.Date(4)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading who answers for units: %w", err)
	}
	return posts, nil
}
