package auth

import (
	"context"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Redeemed is whose password a secret has set.
type Redeemed struct {
	Username string
	Device   string // of the device that did it: it is known from now on
}

// oneTime is a secret as it is kept.
type oneTime struct {
	ID        int64     `bun:"id"`
	Purpose   string    `bun:"purpose"`
	UserID    int64     `bun:"user_id"`
	Username  string    `bun:"username"`
	State     string    `bun:"state"`
	ExpiresAt time.Time `bun:"expires_at"`
	Used      bool      `bun:"used"`
}

// Redeem sets a password by a one-time secret. username is for the first security
// administrator alone, who has no user yet: it is the name of the one to be made.
// A secret with which a password is refused stays good.
func (s *Service) Redeem(ctx context.Context, secret, username, password string, from Client) (*Redeemed, error) {
	once, words, err := s.openSecret(ctx, secret)
	if err != nil {
		return nil, err
	}
	if once.Purpose == purposeBootstrap {
		if once.Username = Fold(username); once.Username == "" {
			return nil, fault.New(fault.Invalid, "auth.username_needed", nil)
		}
	}
	if err := checkPassword(password, append(words, once.Username)); err != nil {
		return nil, err
	}
	hash, err := s.hashNew(ctx, password)
	if err != nil {
		return nil, err
	}
	var done *Redeemed
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		done, err = s.redeem(ctx, tx, once, hash, from)
		return err
	})
	return done, err
}

// openSecret finds a secret that is still good, and the words that are not to be in the password.
func (s *Service) openSecret(ctx context.Context, secret string) (once oneTime, words []string, err error) {
	if !wellFormed(secret) {
		return once, nil, fault.New(fault.Invalid, "auth.secret_wrong", nil)
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		err := tx.NewRaw(`SELECT o.id, o.purpose, COALESCE(o.user_id, 0) AS user_id, COALESCE(u.username, '') AS username,
			COALESCE(u.state, 'active') AS state, o.expires_at, CASE WHEN o.used_at IS NULL THEN 0 ELSE 1 END AS used
			FROM one_time_secrets o LEFT JOIN users u ON u.id = o.user_id WHERE o.secret_sha256 = ?`, sum(secret)).Scan(ctx, &once)
		if db.IsNoRows(err) {
			return fault.New(fault.Invalid, "auth.secret_wrong", nil)
		}
		if err != nil {
			return fmt.Errorf("reading a one-time secret: %w", err)
		}
		words, err = s.options.Words(ctx, tx, once.UserID)
		return err
	})
	if err == nil && (once.Used || once.State != "active" || !s.now().Before(once.ExpiresAt)) {
		err = used()
	}
	return once, words, err
}

func used() error { return fault.New(fault.Gone, "auth.secret_used", nil) }

// redeem uses a secret up and writes the password.
func (s *Service) redeem(ctx context.Context, tx db.Tx, once oneTime, hash string, from Client) (*Redeemed, error) {
	now := s.now()
	changed, err := tx.NewRaw("UPDATE one_time_secrets SET used_at = ? WHERE id = ? AND used_at IS NULL", now, once.ID).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("using a one-time secret: %w", err)
	}
	if n, err := changed.RowsAffected(); err != nil || n == 0 {
		return nil, used()
	}
	if once.Purpose == purposeBootstrap {
		if once.UserID, err = s.firstAdministrator(ctx, tx, once, now); err != nil {
			return nil, err
		}
	}
	user := account{ID: once.UserID, Username: once.Username}
	if err := s.setPassword(ctx, tx, user, hash, now); err != nil {
		return nil, err
	}
	if from.Device, err = s.device(ctx, tx, from); err != nil {
		return nil, err
	}
	if err := know(ctx, tx, user.ID, from, now); err != nil {
		return nil, err
	}
	return &Redeemed{Username: user.Username, Device: from.Device}, audit.Write(ctx, tx, now, user.actor(), audit.Entry{
		Action: "secret.redeem", Object: "user", Key: user.Username, Detail: once.Purpose,
	})
}

// setPassword writes a password; every session and open secret ends, and what was
// counted against the account.
func (s *Service) setPassword(ctx context.Context, tx db.Tx, user account, hash string, now time.Time) error {
	_, err := tx.NewRaw(`INSERT INTO credentials (user_id, password_hash, changed_at) VALUES (?, ?, ?)
		ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at`, user.ID, hash, now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing a password: %w", err)
	}
	if err := s.EndAll(ctx, tx, user.ID); err != nil {
		return err
	}
	return forgive(ctx, tx, user.Username)
}

// Bootstrap makes the secret by which the first security administrator makes
// themselves, while there is none and never was one: nil otherwise. Each start of
// a server makes one; the first that is used ends them all.
func (s *Service) Bootstrap(ctx context.Context) (secret *Secret, err error) {
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		open, err := s.unowned(ctx, tx)
		if err != nil || !open {
			return err
		}
		if secret, err = s.newOneTime(ctx, tx, purposeBootstrap, 0, "server", FirstPassword); err != nil {
			return err
		}
		return audit.Write(ctx, tx, s.now(), rbac.Operator("server"), audit.Entry{Action: "bootstrap.start", Object: "user"})
	})
	return secret, err
}

// unowned says whether nobody is security administrator, and nobody was made so by a secret.
func (s *Service) unowned(ctx context.Context, tx db.Tx) (bool, error) {
	held, err := s.options.Administrators.HasSecurityAdmin(ctx, tx)
	if err != nil || held {
		return false, err
	}
	var made int
	err = tx.NewRaw("SELECT COUNT(*) FROM one_time_secrets WHERE purpose = ? AND user_id IS NOT NULL", purposeBootstrap).Scan(ctx, &made)
	if err != nil {
		return false, fmt.Errorf("looking for the first administrator: %w", err)
	}
	return made == 0, nil
}

// firstAdministrator creates the first security administrator, and ends the other
// secrets for it. The one that was used keeps whom it made.
func (s *Service) firstAdministrator(ctx context.Context, tx db.Tx, once oneTime, now time.Time) (int64, error) {
	_, err := tx.NewRaw("UPDATE one_time_secrets SET used_at = ? WHERE purpose = ? AND used_at IS NULL", now, purposeBootstrap).Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("ending one-time secrets: %w", err)
	}
	open, err := s.unowned(ctx, tx)
	switch {
	case err != nil:
		return 0, err
	case !open:
		return 0, used()
	}
	id, err := s.options.Administrators.CreateSecurityAdmin(ctx, tx, once.Username)
	if err != nil {
		return 0, err
	}
	if _, err := tx.NewRaw("UPDATE one_time_secrets SET user_id = ? WHERE id = ?", id, once.ID).Exec(ctx); err != nil {
		return 0, fmt.Errorf("keeping whom a one-time secret made: %w", err)
	}
	return id, nil
}

var _ = lang.Register(map[string]lang.Text{
	"auth.secret_wrong":    {Zh: "一次性密钥不正确；请核对后重试", En: "this is no one-time secret of ours; check it and try again"},
	"auth.secret_used":     {Zh: "一次性密钥已使用或已过期；请向管理员索取新的", En: "this one-time secret was used or has expired; ask the administrator for another"},
	"auth.username_needed": {Zh: "请为首位安全管理员填写用户名", En: "name the first security administrator's user"},
})
