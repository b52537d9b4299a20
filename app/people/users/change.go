package users

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// Change is what becomes of a user.
type Change struct {
	Version int64 // that the caller has seen
	Email   *string
	State   *State
}

// Change changes a user. An older version is a conflict that shows what stands
// there now; so is disabling the last who holds one of the administrators' roles.
func (s *Service) Change(ctx context.Context, actor rbac.Actor, username string, c Change) (*User, error) {
	return s.with(ctx, actor, username, "user.change", func(_ context.Context, _ db.Tx, u *User) (any, error) {
		if u.Version != c.Version {
			conflict := fault.New(fault.Conflict, "user.version", lang.Args{"username": u.Username, "version": u.Version, "yours": c.Version})
			conflict.Current = u
			return nil, conflict
		}
		return nil, c.apply(u)
	})
}

// SetState activates or disables a user, whatever version is seen.
func (s *Service) SetState(ctx context.Context, actor rbac.Actor, username string, state State) (*User, error) {
	action := "user.enable"
	if state == Disabled {
		action = "user.disable"
	}
	return s.with(ctx, actor, username, action, func(_ context.Context, _ db.Tx, u *User) (any, error) {
		return nil, Change{State: &state}.apply(u)
	})
}

func (c Change) apply(u *User) error {
	if c.Email != nil {
		if err := checkEmail(*c.Email); err != nil {
			return err
		}
		u.Email = *c.Email
	}
	if c.State != nil {
		if *c.State != Active && *c.State != Disabled {
			return fault.New(fault.Invalid, "user.state", nil)
		}
		u.State = *c.State
	}
	return nil
}

// Invite makes a new secret for a first password of a user.
func (s *Service) Invite(ctx context.Context, actor rbac.Actor, username string) (*Invitation, error) {
	var made Invitation
	_, err := s.with(ctx, actor, username, "user.invite", func(ctx context.Context, tx db.Tx, u *User) (_ any, err error) {
		if u.State != Active {
			return nil, fault.New(fault.Conflict, "user.disabled", lang.Args{"username": u.Username})
		}
		if err := s.mayHandOver(ctx, tx, actor, u); err != nil {
			return nil, err
		}
		made, err = s.inviter.Invite(ctx, tx, u.ID, actor.Name)
		made.Username = u.Username
		return Invitation{Username: u.Username, ExpiresAt: made.ExpiresAt}, err // the secret is on no record
	})
	if err != nil {
		return nil, err
	}
	return &made, nil
}

// mayHandOver refuses a secret for somebody who administers security or the audit
// trail to whoever is not the operator of the machine: it would hand that over too.
func (s *Service) mayHandOver(ctx context.Context, tx db.Tx, actor rbac.Actor, u *User) error {
	if actor.IsOperator() {
		return nil
	}
	guarded, err := people.HoldsSecurityOrAudit(ctx, tx, u.ID, s.today())
	if err == nil && guarded {
		err = fault.New(fault.Forbidden, "auth.guarded", lang.Args{"username": u.Username})
	}
	return err
}

// with does something to one user whom the actor manages, and puts it on record.
// What f gives is on record as what came of it; the user, if it gives nothing.
func (s *Service) with(ctx context.Context, actor rbac.Actor, username, action string,
	f func(context.Context, db.Tx, *User) (any, error),
) (u *User, err error) {
	if err := access.Require(actor, rbac.UserManage); err != nil {
		return nil, err
	}
	err = s.change(ctx, actor, func(ctx context.Context, tx db.Tx, actor rbac.Actor) error {
		if err := access.Require(actor, rbac.UserManage); err != nil {
			return err
		}
		if u, err = Find(ctx, tx, ReachOf(actor, rbac.UserManage, s.today()), username); err != nil {
			return err
		}
		before := *u
		after, err := f(ctx, tx, u)
		if err != nil {
			return err
		}
		entry := audit.Entry{Action: action, Object: "user", Key: u.Username, After: after}
		if after == nil {
			if err := s.write(ctx, tx, &before, u); err != nil {
				return err
			}
			entry.Before, entry.After = before, u
		}
		return audit.Write(ctx, tx, db.Now(s.clock), actor, entry)
	})
	return u, err
}

// endDisabled ends what lets a user in who was disabled: enabled again, they sign in
// anew. Every way to disable a user comes through here; without an ender nobody signs in.
func endDisabled(ctx context.Context, tx db.Tx, ender Ender, before, after State, userID int64) error {
	if ender == nil || after != Disabled || before == Disabled {
		return nil
	}
	if err := ender.EndAll(ctx, tx, userID); err != nil {
		return fmt.Errorf("ending what lets a user in: %w", err)
	}
	return nil
}

// write writes what became of a user.
func (s *Service) write(ctx context.Context, tx db.Tx, before, after *User) error {
	if *before == *after {
		return nil
	}
	if err := update(ctx, tx, after); err != nil {
		return err
	}
	return endDisabled(ctx, tx, s.inviter, before.State, after.State, after.ID)
}

var _ = lang.Register(map[string]lang.Text{
	"user.version": {
		Zh: "用户 {username} 已被他人修改（现为第 {version} 版，您看到的是第 {yours} 版）；请查看后重试",
		En: "the user {username} was changed meanwhile (version {version}, and you have seen {yours}); look and try again",
	},
	"user.disabled": {Zh: "用户 {username} 已停用；请先启用", En: "the user {username} is disabled; enable it first"},
})
