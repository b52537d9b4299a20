package people

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// essential lists the permissions that somebody always has in the whole bank:
// without them nobody could mend what is wrong with grants, roles and users, or
// see what was done to them.
func essential() []rbac.Permission {
	return []rbac.Permission{rbac.GrantManage, rbac.PolicyManage, rbac.UserManage, rbac.AuditRead}
}

// PolicyChange is a change of what decisions are made from: of users, roles,
// grants, responsibilities, units, or whose sign-in is whose.
type PolicyChange struct {
	Actor rbac.Actor
	Today db.Date // in the bank's time zone
	Code  string  // of the refusal to leave nobody who administers
}

// Do makes the change with f, in a transaction of the caller that no other change
// of the policy runs beside. It is a conflict if from today on there is a day on
// which no active user could use an essential permission in the whole bank, where
// somebody could before; what was so before stays allowed. F is handed the actor
// under the policy as it stands by then, for the essential permissions alone: one
// who was let in by them is to be asked again.
func (c PolicyChange) Do(ctx context.Context, tx db.Tx, f func(rbac.Actor) error) error {
	if err := bumpPolicy(ctx, tx); err != nil {
		return err
	}
	before, err := c.essentials(ctx, tx)
	if err != nil {
		return err
	}
	if err := f(c.Actor.Under(before.snapshot)); err != nil {
		return err
	}
	after, err := c.essentials(ctx, tx)
	if err != nil {
		return err
	}
	if after.broken != nil && before.broken == nil {
		return fmt.Errorf("the policy after a change: %w", after.broken)
	}
	return c.keeps(before, after)
}

// keeps refuses the first day, and the permission, that the change leaves nobody for.
func (c PolicyChange) keeps(before, after *essentials) error {
	days := slices.Concat(before.days, after.days)
	slices.Sort(days)
	for _, day := range slices.Compact(days) {
		for _, p := range essential() {
			if !after.held(p, day) && before.held(p, day) {
				return fault.New(fault.Conflict, c.Code, lang.Args{"permission": access.Words(p), "day": string(day)})
			}
		}
	}
	return nil
}

// essentials is what decides on the essential permissions in the whole bank, in
// one state of the database.
type essentials struct {
	snapshot *rbac.Snapshot // that allows nothing when the policy is broken
	broken   error
	users    []int64    // who may hold one, in the order of their ids
	days     []rbac.Day // today, and those on which something begins or has ended
}

// held says whether somebody can use a permission in the whole bank on a day.
func (e *essentials) held(p rbac.Permission, day rbac.Day) bool {
	return slices.ContainsFunc(e.users, func(id int64) bool {
		return e.snapshot.Decide(rbac.Question{UserID: id, Permission: p, On: rbac.Target{Whole: true}, Day: day}).Allowed
	})
}

// essentials reads the little of the policy that it takes: what others than the
// actor and those with a role at the root hold gives nothing in the whole bank.
func (c PolicyChange) essentials(ctx context.Context, tx db.Tx) (*essentials, error) {
	e, p := &essentials{snapshot: new(rbac.Snapshot), days: []rbac.Day{rbac.Day(c.Today.String())}}, new(rbac.Policy)
	for _, read := range []func(context.Context, db.Tx, *rbac.Policy) error{PolicyUnits, PolicyPowers, essentialRoles, c.candidates} {
		if err := read(ctx, tx, p); err != nil {
			return nil, fmt.Errorf("reading who administers: %w", err)
		}
	}
	for _, u := range p.Users {
		e.users = append(e.users, u.ID)
	}
	if err := c.grants(ctx, tx, p, e); err != nil {
		return nil, fmt.Errorf("reading what administrators hold: %w", err)
	}
	if made, broken := rbac.NewSnapshot(*p); broken != nil {
		e.broken = broken
	} else {
		e.snapshot = made
	}
	return e, nil
}

// essentialRoles reads the lines on the essential permissions, with their roles.
func essentialRoles(ctx context.Context, tx db.Tx, p *rbac.Policy) error {
	return tx.Each(ctx, `SELECT r.code, l.permission, l.reach, l.effect FROM role_permissions l JOIN roles r ON r.id = l.role_id
		WHERE l.permission IN (?) ORDER BY r.code, l.permission, l.reach, l.effect`, []any{bun.List(essential())}, func(r db.Row) error {
		if n := len(p.Roles); n == 0 || p.Roles[n-1].Code != r.Text(0) {
			p.Roles = append(p.Roles, rbac.Role{Code: r.Text(0)})
		}
		role := &p.Roles[len(p.Roles)-1]
		role.Lines = append(role.Lines, rbac.Line{
			Permission: rbac.Permission(r.Text(1)), Reach: rbac.Reach(r.Text(2)), Effect: rbac.Effect(r.Text(3)),
		})
		return nil
	})
}

// ofEssential is the condition that a grant, by its alias, counts from today on
// and is of a role with a line on an essential permission.
func (c PolicyChange) ofEssential(alias string) any {
	return bun.SafeQuery(alias+`.revoked_at IS NULL AND (`+alias+`.to_on IS NULL OR `+alias+`.to_on >= ?)
		AND `+alias+`.role_id IN (SELECT l.role_id FROM role_permissions l WHERE l.permission IN (?))`, c.Today.String(), bun.List(essential()))
}

// candidates reads the active users with such a grant at the root, and the actor.
func (c PolicyChange) candidates(ctx context.Context, tx db.Tx, p *rbac.Policy) error {
	return tx.Each(ctx, `SELECT u.id, u.username, u.staff_id, u.state FROM users u WHERE u.id = ? OR u.state = 'active' AND u.id IN
		(SELECT g.user_id FROM grants g JOIN units n ON n.id = g.unit_id WHERE n.parent_id IS NULL AND ?) ORDER BY u.id`,
		[]any{c.Actor.UserID, c.ofEssential("g")}, func(r db.Row) error {
			u := rbac.User{ID: r.Int(0), Name: r.Text(1), Disabled: r.Text(3) != "active"}
			if !r.Null(2) {
				u.StaffID = r.Int(2)
			}
			p.Users = append(p.Users, u)
			return nil
		})
}

// grants reads all that the candidates hold of such roles, wherever it stands: a
// deny cuts out from everywhere.
func (c PolicyChange) grants(ctx context.Context, tx db.Tx, p *rbac.Policy, e *essentials) error {
	if len(e.users) == 0 {
		return nil
	}
	return tx.Each(ctx, `SELECT g.id, g.user_id, r.code, g.unit_id, g.from_on, g.to_on FROM grants g JOIN roles r ON r.id = g.role_id
		WHERE g.user_id IN (?) AND ? ORDER BY g.id`, []any{bun.List(e.users), c.ofEssential("g")}, func(r db.Row) error {
		from := r.Date(4)
		g := rbac.Grant{ID: r.Int(0), UserID: r.Int(1), Role: r.Text(2), UnitID: r.Int(3), From: rbac.Day(from.String())}
		if from.After(c.Today) {
			e.days = append(e.days, g.From)
		}
		if !r.Null(5) {
			until := r.Date(5)
			g.Until = rbac.Day(until.String())
			e.days = append(e.days, rbac.Day(until.AddDays(1).String()))
		}
		p.Grants = append(p.Grants, g)
		return nil
	})
}

var _ = lang.Register(map[string]lang.Text{
	"grant.last_administrator": {
		Zh: "不能这样改动授权：自 {day} 起将没有启用的用户能在全行行使权限：{permission}；请先把这样的角色授予他人",
		En: "grants cannot be changed like this: from {day} on no active user could {permission} in the whole bank; grant such a role to another first",
	},
	"user.last_administrator": {
		Zh: "不能这样改动用户：自 {day} 起将没有启用的用户能在全行行使权限：{permission}；请先把这样的角色授予他人",
		En: "users cannot be changed like this: from {day} on no active user could {permission} in the whole bank; grant such a role to another first",
	},
	"policy.last_administrator": {
		Zh: "不能这样改动：自 {day} 起将没有启用的用户能在全行行使权限：{permission}；请先把不受影响的角色授予他人",
		En: "this cannot be changed: from {day} on no active user could {permission} in the whole bank; grant a role to another first that is not affected",
	},
})
