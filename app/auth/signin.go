package auth

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// SignedIn is what somebody who has signed in holds.
type SignedIn struct {
	Identity
	Token  string // of the session: new, whatever the client brought
	Device string // of the device: the one it brought if it was ours
}

// account is a user as signing in sees them.
type account struct {
	ID       int64  `bun:"id"`
	Username string `bun:"username"`
	State    string `bun:"state"`
	Hash     string `bun:"password_hash"`
}

// actor is the account on the audit trail. The name of nobody is left out: it may be a password.
func (a account) actor() rbac.Actor {
	if a.ID == 0 {
		return anonymous
	}
	return rbac.Actor{Name: a.Username, UserID: a.ID}
}

func (a account) active() bool { return a.State == "active" }

// SignIn begins a session. An unknown user, a wrong password and a disabled user
// get the same answer, after the same work; whoever has to wait gets it as late.
func (s *Service) SignIn(ctx context.Context, username, password string, from Client) (*SignedIn, error) {
	name := Fold(username)
	leave, err := s.hasher.enter(ctx)
	if err != nil {
		return nil, busy(err)
	}
	leave = sync.OnceFunc(leave)
	defer leave()
	user, try, err := s.begin(ctx, "sign_in", name, from)
	if try.waits {
		leave() // what is only waited for keeps nobody from hashing
		s.pace.wait(ctx)
	}
	if err != nil {
		return nil, err
	}
	looked := time.Now()
	right, old, err := s.hasher.matches(password, user.Hash)
	if err != nil {
		return nil, err
	}
	fresh := ""
	if right && old {
		if fresh, err = s.hasher.hash(password); err != nil {
			return nil, err
		}
	}
	if !right || !user.active() {
		err := s.wrong(ctx, "sign_in", user, try)
		s.pace.keep(time.Since(looked))
		return nil, err
	}
	return s.admitted(ctx, user, fresh, try, from)
}

// begin reads an account and counts a try at its password, unless it has to wait.
func (s *Service) begin(ctx context.Context, action, name string, from Client) (user account, try attempt, err error) {
	var wait time.Duration
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if user, err = findAccount(ctx, tx, name); err != nil {
			return err
		}
		if try, err = attemptOf(ctx, tx, name, user.ID, from); err != nil {
			return err
		}
		now := s.now()
		if wait, err = try.admit(ctx, tx, now); err != nil || wait == 0 {
			return err
		}
		return audit.Write(ctx, tx, now, user.actor(), audit.Entry{
			Action: action, Outcome: audit.Refused, Object: "user", Key: user.Username, Detail: "auth.throttled",
		})
	})
	if err == nil && wait > 0 {
		try.waits, err = true, throttled(wait)
	}
	return user, try, err
}

// wrong puts a try that failed on record, and is its answer: for whoever is known
// where others have to wait, the same as theirs.
func (s *Service) wrong(ctx context.Context, action string, user account, try attempt) error {
	detail := "auth.wrong"
	if user.ID != 0 && !user.active() {
		detail = "auth.disabled"
	}
	err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return audit.Write(ctx, tx, s.now(), user.actor(), audit.Entry{
			Action: action, Outcome: audit.Failed, Object: "user", Key: user.Username, Detail: detail,
		})
	})
	if err != nil {
		return err
	}
	if try.hidden > 0 {
		return throttled(try.hidden)
	}
	return fault.New(fault.Unauthenticated, "auth.wrong", nil)
}

// admitted begins the session of somebody whose password was right. fresh is the
// password hashed anew, where it was hashed in an old way.
func (s *Service) admitted(ctx context.Context, user account, fresh string, try attempt, from Client) (*SignedIn, error) {
	var in *SignedIn
	same := true
	err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if same, err = lockCredential(ctx, tx, user, fresh); err != nil || !same {
			return err
		}
		if err := try.succeeded(ctx, tx); err != nil {
			return err
		}
		now := s.now()
		if err := s.endToken(ctx, tx, from.Session, now); err != nil {
			return err
		}
		if in, err = s.begun(ctx, tx, user, from, now); err != nil {
			return err
		}
		return audit.Write(ctx, tx, now, user.actor(), audit.Entry{Action: "sign_in", Object: "user", Key: user.Username})
	})
	switch {
	case err != nil:
		return nil, err
	case !same: // the password changed, or the user was disabled, while this one was compared
		return nil, s.wrong(ctx, "sign_in", user, try)
	}
	return in, nil
}

// begun writes a new session and makes its source known.
func (s *Service) begun(ctx context.Context, tx db.Tx, user account, from Client, now time.Time) (*SignedIn, error) {
	token, err := s.newSecret()
	if err != nil {
		return nil, err
	}
	if from.Device, err = s.device(ctx, tx, from); err != nil {
		return nil, err
	}
	if err := know(ctx, tx, user.ID, from, now); err != nil {
		return nil, err
	}
	in := &SignedIn{Token: token, Device: from.Device}
	in.Identity = Identity{
		UserID: user.ID, Username: user.Username, Kind: BySession,
		Digest: shortDigest(sum(token)), ExpiresAt: now.Add(Absolute),
	}
	in.SessionID, err = insertSession(ctx, tx, sum(token), user.ID, from, now)
	return in, err
}

// busy is the answer to whoever waited in vain.
func busy(err error) error {
	e := fault.Wrap(err, fault.Unavailable, "auth.busy", nil)
	e.RetryAfter = time.Second
	return e
}

// findAccount gives the account of a folded name: one without an id if there is none.
func findAccount(ctx context.Context, tx db.Tx, name string) (account, error) {
	var user account
	err := tx.NewRaw(`SELECT u.id, u.username, u.state, COALESCE(c.password_hash, '') AS password_hash
		FROM users u LEFT JOIN credentials c ON c.user_id = u.id WHERE u.username = ?`, name).Scan(ctx, &user)
	if err != nil && !db.IsNoRows(err) {
		return account{}, fmt.Errorf("reading an account: %w", err)
	}
	return user, nil
}

// lockCredential says whether an account is as it was read, and keeps it so until
// the transaction ends; a fresh hash takes the place of the old one. The state is
// read once the credential is locked: whoever disables a user locks it as well.
func lockCredential(ctx context.Context, tx db.Tx, user account, fresh string) (same bool, err error) {
	if fresh == "" {
		fresh = user.Hash
	}
	changed, err := tx.NewRaw("UPDATE credentials SET password_hash = ? WHERE user_id = ? AND password_hash = ?", fresh, user.ID, user.Hash).Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("locking a password: %w", err)
	}
	if n, err := changed.RowsAffected(); err != nil || n != 1 {
		return false, err
	}
	var active int
	if err := tx.NewRaw("SELECT COUNT(*) FROM users WHERE id = ? AND state = 'active'", user.ID).Scan(ctx, &active); err != nil {
		return false, fmt.Errorf("reading the state of a user: %w", err)
	}
	return active == 1, nil
}

var _ = lang.Register(map[string]lang.Text{
	"auth.wrong": {Zh: "用户名或密码不正确", En: "the username or the password is wrong"},
	"auth.busy":  {Zh: "登录请求过多；请稍后重试", En: "too many sign in at once; try again in a moment"},
})
