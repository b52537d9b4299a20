package auth

import (
	"context"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// The purposes of one-time secrets.
const (
	purposeBootstrap = "bootstrap"
	purposeFirst     = "first_password"
	purposeReset     = "reset"
)

// Secret is a one-time secret, shown to whoever hands it over and kept nowhere.
type Secret struct {
	Value     string
	ExpiresAt time.Time
}

// Invite makes the secret by which a new user sets the first password, in the
// transaction of the caller, who has authorised it and puts it on record. Secrets
// made before for the user end.
func (s *Service) Invite(ctx context.Context, tx db.Tx, userID int64, by string) (*Secret, error) {
	if err := endSecrets(ctx, tx, userID, s.now()); err != nil {
		return nil, err
	}
	return s.newOneTime(ctx, tx, purposeFirst, userID, by, FirstPassword)
}

// Reset starts a reset of a user's password for whoever manages the users of the
// whole bank: they hand over the secret that it gives, and never see a password.
// Who administers security or the audit trail is reset by the operator of the
// machine alone: the secret would make one person hold two administrations.
func (s *Service) Reset(ctx context.Context, actor rbac.Actor, username string) (name string, secret *Secret, err error) {
	if err := access.RequireWhole(actor, rbac.UserManage); err != nil {
		return "", nil, err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		user, err := findAccount(ctx, tx, Fold(username))
		switch {
		case err != nil:
			return err
		case user.ID == 0:
			return fault.New(fault.NotFound, "auth.no_user", lang.Args{"username": username})
		case !user.active():
			return fault.New(fault.Conflict, "auth.user_disabled", lang.Args{"username": user.Username})
		}
		name = user.Username
		if err := s.mayReset(ctx, tx, actor, user); err != nil {
			return err
		}
		if secret, err = s.startReset(ctx, tx, user.ID, actor.Name); err != nil {
			return err
		}
		return audit.Write(ctx, tx, s.now(), actor, audit.Entry{Action: "reset.start", Object: "user", Key: user.Username})
	})
	return name, secret, err
}

func (s *Service) mayReset(ctx context.Context, tx db.Tx, actor rbac.Actor, user account) error {
	if actor.IsOperator() {
		return nil
	}
	guarded, err := s.options.Administrators.Guarded(ctx, tx, user.ID)
	if err == nil && guarded {
		err = fault.New(fault.Forbidden, "auth.guarded", lang.Args{"username": user.Username})
	}
	return err
}

// startReset ends all sessions and open secrets of a user, and the old password,
// and makes the secret for another.
func (s *Service) startReset(ctx context.Context, tx db.Tx, userID int64, by string) (*Secret, error) {
	if err := s.void(ctx, tx, userID); err != nil {
		return nil, err
	}
	return s.newOneTime(ctx, tx, purposeReset, userID, by, ResetPassword)
}

// void ends what a user could sign in with: sessions, API tokens, secrets, the
// password, and the sources that were known.
func (s *Service) void(ctx context.Context, tx db.Tx, userID int64) error {
	if err := s.EndAll(ctx, tx, userID); err != nil {
		return err
	}
	for _, table := range []string{"credentials", "known_sources"} {
		if _, err := tx.NewRaw("DELETE FROM "+table+" WHERE user_id = ?", userID).Exec(ctx); err != nil {
			return fmt.Errorf("ending a password: %w", err)
		}
	}
	return nil
}

func (s *Service) newOneTime(ctx context.Context, tx db.Tx, purpose string, userID int64, by string, lives time.Duration) (*Secret, error) {
	value, err := s.newSecret()
	if err != nil {
		return nil, err
	}
	now := s.now()
	var user any
	if userID != 0 {
		user = userID
	}
	_, err = tx.NewRaw(`INSERT INTO one_time_secrets (purpose, secret_sha256, user_id, created_by, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?)`, purpose, sum(value), user, by, now, now.Add(lives)).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("writing a one-time secret: %w", err)
	}
	return &Secret{Value: value, ExpiresAt: now.Add(lives)}, nil
}

// endSecrets ends the secrets of a user that are still open.
func endSecrets(ctx context.Context, tx db.Tx, userID int64, now time.Time) error {
	_, err := tx.NewRaw("UPDATE one_time_secrets SET used_at = ? WHERE user_id = ? AND used_at IS NULL", now, userID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("ending one-time secrets: %w", err)
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"auth.guarded": {
		Zh: "三员分立：用户 {username} 负责安全管理或审计，其密码只能由本机操作员重置（steelyard user reset）",
		En: "{username} administers security or the audit trail: only the operator of the machine starts their reset (steelyard user reset)",
	},
	"auth.no_user":       {Zh: "没有用户 {username}", En: "there is no user {username}"},
	"auth.user_disabled": {Zh: "用户 {username} 已停用；请先启用", En: "the user {username} is disabled; enable them first"},
})
