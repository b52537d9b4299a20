package grants

import (
	"context"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
)

// HasSecurityAdmin says whether an active user holds the role today, or will.
func (s *Service) HasSecurityAdmin(ctx context.Context, tx db.Tx) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM grants g JOIN roles r ON r.id = g.role_id JOIN users u ON u.id = g.user_id
		WHERE r.code = ? AND u.state = 'active' AND g.revoked_at IS NULL AND (g.to_on IS NULL OR g.to_on >= ?)`,
		people.SecurityAdmin, s.today().String()).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("looking for a security administrator: %w", err)
	}
	return n > 0, nil
}

// hadSystemAdmin says whether anybody ever held the role: what has ended or was
// revoked counts, and nobody comes to be the first again.
func hadSystemAdmin(ctx context.Context, tx db.Tx) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM grants g JOIN roles r ON r.id = g.role_id WHERE r.code = ?", people.SystemAdmin).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("looking for a system administrator: %w", err)
	}
	return n > 0, nil
}

// Guarded says whether a user administers security or the audit trail.
func (s *Service) Guarded(ctx context.Context, tx db.Tx, userID int64) (bool, error) {
	return people.HoldsSecurityOrAudit(ctx, tx, userID, s.today())
}

// CreateSecurityAdmin makes the first security administrator, in a transaction of
// the caller, who has checked the one-time secret and writes the audit trail. It
// is a conflict when there is one.
func (s *Service) CreateSecurityAdmin(ctx context.Context, tx db.Tx, username string) (id int64, err error) {
	actor := rbac.Operator("bootstrap")
	err = people.PolicyChange{Actor: actor, Today: s.today(), Code: "policy.last_administrator"}.Do(ctx, tx, func(rbac.Actor) error {
		there, err := s.HasSecurityAdmin(ctx, tx)
		if err != nil {
			return err
		}
		u, err := s.first(ctx, tx, actor, people.SecurityAdmin, there, users.New{Username: username})
		if err == nil {
			id = u.ID
		}
		return err
	})
	return id, err
}

// CreateFirstSystemAdmin lets a security administrator, who creates no users
// otherwise, make the system administrator while there never was one.
func (s *Service) CreateFirstSystemAdmin(ctx context.Context, actor rbac.Actor, n users.New) (*users.Created, error) {
	if err := access.RequireWhole(actor, rbac.GrantManage); err != nil {
		return nil, err
	}
	return s.users.CreateBy(ctx, actor, func(ctx context.Context, tx db.Tx, actor rbac.Actor) (*users.User, error) {
		if err := access.RequireWhole(actor, rbac.GrantManage); err != nil {
			return nil, err
		}
		there, err := hadSystemAdmin(ctx, tx)
		if err != nil {
			return nil, err
		}
		return s.first(ctx, tx, actor, people.SystemAdmin, there, n)
	})
}

// CreateUser creates a user for whoever manages users, and the first system
// administrator for a security administrator.
func (s *Service) CreateUser(ctx context.Context, actor rbac.Actor, n users.New) (*users.Created, error) {
	if access.Require(actor, rbac.UserManage) == nil || access.RequireWhole(actor, rbac.GrantManage) != nil {
		return s.users.Create(ctx, actor, n)
	}
	return s.CreateFirstSystemAdmin(ctx, actor, n)
}

// first makes a user who is the first to hold a role, unless one is there, at the
// root and from today on.
func (s *Service) first(ctx context.Context, tx db.Tx, actor rbac.Actor, code string, there bool, n users.New) (*users.User, error) {
	if there {
		return nil, fault.New(fault.Forbidden, "user.not_the_first", lang.Args{"role": code})
	}
	at := db.Now(s.clock)
	u, err := users.Make(ctx, tx, at, users.Reach{Everybody: true}, n)
	if err != nil {
		return nil, err
	}
	if err := s.grantAtRoot(ctx, tx, at, actor, u, code); err != nil {
		return nil, err
	}
	return u, nil
}

func (s *Service) grantAtRoot(ctx context.Context, tx db.Tx, at time.Time, actor rbac.Actor, u *users.User, code string) error {
	root, err := people.Root(ctx, tx)
	if err != nil {
		return err
	}
	roleID, err := role(ctx, tx, code)
	if err != nil {
		return err
	}
	g := &Grant{
		UserID: u.ID, StaffID: u.StaffID, RoleID: roleID, UnitID: root.ID, Username: u.Username, Role: code, Unit: root.Code,
		From: s.today(), GrantedBy: actor.Name, GrantedAt: at,
	}
	if err := insert(ctx, tx, g); err != nil {
		return err
	}
	return audit.Write(ctx, tx, at, actor, entry("grant.create", g, nil))
}

var _ = lang.Register(map[string]lang.Text{
	"user.not_the_first": {Zh: "已有用户持有或曾持有角色 {role}；此后用户由系统管理员建立", En: "there is or was a {role} already; from then on the system administrator creates users"},
})
