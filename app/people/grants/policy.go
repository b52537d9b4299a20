package grants

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// LoadPolicy reads all that decisions are made from, in one transaction.
func (s *Service) LoadPolicy(ctx context.Context) (*rbac.Policy, error) {
	p := new(rbac.Policy)
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if p.Version, err = version(ctx, tx); err != nil {
			return err
		}
		for _, read := range []func(context.Context, db.Tx, *rbac.Policy) error{people.PolicyUnits, readUsers, readRoles, readGrants, people.PolicyPowers} {
			if err := read(ctx, tx, p); err != nil {
				return fmt.Errorf("reading the policy: %w", err)
			}
		}
		return nil
	})
	return p, err
}

// PolicyVersion reads the version of what decisions are made from: it changes with every change of that.
func (s *Service) PolicyVersion(ctx context.Context) (v int64, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		v, err = version(ctx, tx)
		return err
	})
	return v, err
}

func version(ctx context.Context, tx db.Tx) (v int64, err error) {
	if err := tx.QueryRowContext(ctx, "SELECT version FROM policy_version WHERE id = 1").Scan(&v); err != nil {
		return 0, fmt.Errorf("reading the version of the policy: %w", err)
	}
	return v, nil
}

func readUsers(ctx context.Context, tx db.Tx, p *rbac.Policy) error {
	return tx.Each(ctx, "SELECT id, username, staff_id, state FROM users ORDER BY id", nil, func(r db.Row) error {
		u := rbac.User{ID: r.Int(0), Name: r.Text(1), Disabled: string(r.Bytes(3)) != "active"}
		if !r.Null(2) {
			u.StaffID = r.Int(2)
		}
		p.Users = append(p.Users, u)
		return nil
	})
}

func readRoles(ctx context.Context, tx db.Tx, p *rbac.Policy) error {
	return tx.Each(ctx, `SELECT r.code, l.permission, l.reach, l.effect FROM roles r LEFT JOIN role_permissions l ON l.role_id = r.id
		ORDER BY r.code, l.permission, l.reach, l.effect`, nil, func(r db.Row) error {
		code := r.Text(0)
		if n := len(p.Roles); n == 0 || p.Roles[n-1].Code != code {
			p.Roles = append(p.Roles, rbac.Role{Code: code})
		}
		if !r.Null(1) {
			role := &p.Roles[len(p.Roles)-1]
			role.Lines = append(role.Lines, rbac.Line{
				Permission: rbac.Permission(r.Text(1)), Reach: rbac.Reach(r.Text(2)), Effect: rbac.Effect(r.Text(3)),
			})
		}
		return nil
	})
}

// readGrants reads what is not revoked: days that are past or to come are decided by the day of the question.
func readGrants(ctx context.Context, tx db.Tx, p *rbac.Policy) error {
	roles, days := map[int64]string{}, map[db.Date]rbac.Day{{}: ""}
	err := tx.Each(ctx, "SELECT id, code FROM roles", nil, func(r db.Row) error {
		roles[r.Int(0)] = r.Text(1)
		return nil
	})
	if err != nil {
		return err
	}
	day := func(d db.Date) rbac.Day {
		known, ok := days[d]
		if !ok {
			known = rbac.Day(d.String())
			days[d] = known
		}
		return known
	}
	return tx.Each(ctx, "SELECT id, user_id, role_id, unit_id, from_on, to_on FROM grants WHERE revoked_at IS NULL ORDER BY id", nil, func(r db.Row) error {
		g := rbac.Grant{ID: r.Int(0), UserID: r.Int(1), Role: roles[r.Int(2)], UnitID: r.Int(3), From: day(r.Date(4))}
		if !r.Null(5) {
			g.Until = day(r.Date(5))
		}
		p.Grants = append(p.Grants, g)
		return nil
	})
}
