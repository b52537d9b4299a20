package auth

import (
	"context"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// seenEvery is how often at most it is written down that a session or token is used.
const seenEvery = time.Minute

// Activity says whether a request counts as something done: looking on while a
// job works does not keep a session alive.
type Activity bool

// The kinds of request.
const (
	Acting  Activity = true
	Polling Activity = false
)

// Session is a session that lives, as its user sees it.
type Session struct {
	ID        int64     `bun:"id"`
	Address   string    `bun:"address"`
	Agent     string    `bun:"agent"`
	CreatedAt time.Time `bun:"created_at"`
	SeenAt    time.Time `bun:"seen_at"`
	ExpiresAt time.Time `bun:"expires_at"`
	Current   bool      `bun:"-"`
}

// nobody is the answer to a token that is none, or not any more.
func nobody() error { return fault.New(fault.Unauthenticated, "auth.signed_out", nil) }

// Authenticate says who a session token is. It fails when the database does not
// answer: nobody is let in unasked.
func (s *Service) Authenticate(ctx context.Context, token string, activity Activity) (Identity, error) {
	if !wellFormed(token) {
		return Identity{}, nobody()
	}
	now, key := s.now(), sum(token)
	e, err := s.lookUp(ctx, key, now, readSession)
	if err != nil {
		return Identity{}, err
	}
	if !lives(e, now) {
		return Identity{}, nobody()
	}
	if bool(activity) && now.Sub(e.seenAt) >= seenEvery {
		err = s.touch(ctx, key, e, "UPDATE sessions SET seen_at = ? WHERE id = ? AND seen_at < ?", e.SessionID, now)
	}
	return e.Identity, err
}

func lives(e entry, now time.Time) bool {
	return now.Before(e.ExpiresAt) && now.Sub(e.seenAt) < Idle
}

// lookUp gives what is known of a token: from a moment ago, or by one read.
func (s *Service) lookUp(ctx context.Context, key []byte, now time.Time, read func(context.Context, db.Tx, []byte) (entry, error)) (entry, error) {
	if e, ok := s.cache.get(key, now); ok {
		return e, nil
	}
	var e entry
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		e, err = read(ctx, tx, key)
		return err
	})
	if err != nil {
		return entry{}, err
	}
	e.readAt = now
	s.cache.put(key, e)
	return e, nil
}

// touch writes down that a session or token is used now.
func (s *Service) touch(ctx context.Context, key []byte, e entry, update string, id int64, now time.Time) error {
	e.seenAt = now
	s.cache.put(key, e) // first, so that of many requests at once one writes
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw(update, now, id, now).Exec(ctx); err != nil {
			return fmt.Errorf("writing when a session was used: %w", err)
		}
		return nil
	})
}

// readSession reads a live session of an active user by its token's sum.
func readSession(ctx context.Context, tx db.Tx, key []byte) (entry, error) {
	var row struct {
		ID        int64     `bun:"id"`
		UserID    int64     `bun:"user_id"`
		Username  string    `bun:"username"`
		SeenAt    time.Time `bun:"seen_at"`
		ExpiresAt time.Time `bun:"expires_at"`
	}
	err := tx.NewRaw(`SELECT s.id, s.user_id, u.username, s.seen_at, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id
		WHERE s.token_sha256 = ? AND s.ended_at IS NULL AND u.state = 'active'`, key).Scan(ctx, &row)
	if db.IsNoRows(err) {
		return entry{}, nobody()
	}
	if err != nil {
		return entry{}, fmt.Errorf("reading a session: %w", err)
	}
	return entry{
		Identity: Identity{
			UserID: row.UserID, Username: row.Username, Kind: BySession, SessionID: row.ID,
			Digest: shortDigest(key), ExpiresAt: row.ExpiresAt.UTC(),
		},
		seenAt: row.SeenAt.UTC(),
	}, nil
}

func insertSession(ctx context.Context, tx db.Tx, key []byte, userID int64, from Client, now time.Time) (id int64, err error) {
	err = tx.NewRaw(`INSERT INTO sessions (token_sha256, user_id, address, agent, created_at, seen_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		key, userID, from.Address, shown(from.Agent), now, now, now.Add(Absolute)).Scan(ctx, &id)
	if err != nil {
		return 0, fmt.Errorf("writing a session: %w", err)
	}
	return id, nil
}

// SignOut ends the session; on every server.
func (s *Service) SignOut(ctx context.Context, who Identity) error {
	if err := bySession(who); err != nil {
		return err
	}
	return s.end(ctx, who, "sign_out", "id = ?", who.SessionID)
}

// EndSession ends one of the user's own sessions; that of somebody else is not found.
func (s *Service) EndSession(ctx context.Context, who Identity, id int64) error {
	if err := bySession(who); err != nil {
		return err
	}
	return s.end(ctx, who, "session.end", "id = ?", id)
}

// EndOthers ends all the user's sessions but this one.
func (s *Service) EndOthers(ctx context.Context, who Identity) error {
	if err := bySession(who); err != nil {
		return err
	}
	err := s.end(ctx, who, "session.end", "id <> ?", who.SessionID)
	if e, ok := fault.As(err); ok && e.Code == "auth.no_session" {
		err = nil // there was no other
	}
	return err
}

// end ends the live sessions of a user that fulfil a condition.
func (s *Service) end(ctx context.Context, who Identity, action, condition string, id int64) error {
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		now := s.now()
		n, err := endSessions(ctx, tx, who.UserID, condition, id, now)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "auth.no_session", nil)
		}
		s.cache.forget(who.UserID, now)
		return audit.Write(ctx, tx, now, who.actor(), audit.Entry{
			Action: action, Object: "user", Key: who.Username, After: map[string]int64{"sessions": n},
		})
	})
}

// EndAll ends every session, API token and open secret of a user, in the
// transaction of the change that asks for it: disabling them, or a reset. What they
// could do ends here at once, and on other servers within seconds.
func (s *Service) EndAll(ctx context.Context, tx db.Tx, userID int64) error {
	now := s.now()
	// Whoever signs in meanwhile holds the credential, and has a session to be ended; or finds it held, and that the state has changed.
	if _, err := tx.NewRaw("UPDATE credentials SET changed_at = changed_at WHERE user_id = ?", userID).Exec(ctx); err != nil {
		return fmt.Errorf("locking a password: %w", err)
	}
	if _, err := endSessions(ctx, tx, userID, "id <> ?", 0, now); err != nil {
		return err
	}
	_, err := tx.NewRaw("UPDATE api_tokens SET revoked_at = ? WHERE user_id = ? AND revoked_at IS NULL", now, userID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("revoking API tokens: %w", err)
	}
	s.cache.forget(userID, now)
	return endSecrets(ctx, tx, userID, now)
}

func endSessions(ctx context.Context, tx db.Tx, userID int64, condition string, id int64, now time.Time) (int64, error) {
	done, err := tx.NewRaw("UPDATE sessions SET ended_at = ? WHERE user_id = ? AND ended_at IS NULL AND expires_at > ? AND "+condition,
		now, userID, now, id).Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("ending sessions: %w", err)
	}
	return done.RowsAffected()
}

// keepSession refuses somebody whose session has ended since it was believed, and
// keeps it from ending until the transaction does: what comes of it is there then
// for whatever ends both.
func keepSession(ctx context.Context, tx db.Tx, who Identity, now time.Time) error {
	kept, err := tx.NewRaw("UPDATE sessions SET ended_at = NULL WHERE id = ? AND user_id = ? AND ended_at IS NULL AND expires_at > ?",
		who.SessionID, who.UserID, now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping a session: %w", err)
	}
	n, err := kept.RowsAffected()
	if err == nil && n != 1 {
		err = nobody()
	}
	return err
}

// endToken ends the session that a client brought along when it signs in again, whoever's it was.
func (s *Service) endToken(ctx context.Context, tx db.Tx, token string, now time.Time) error {
	if !wellFormed(token) {
		return nil
	}
	var users []int64
	err := tx.NewRaw("UPDATE sessions SET ended_at = ? WHERE token_sha256 = ? AND ended_at IS NULL RETURNING user_id", now, sum(token)).Scan(ctx, &users)
	if err != nil {
		return fmt.Errorf("ending the session before: %w", err)
	}
	for _, id := range users {
		s.cache.forget(id, now)
	}
	return nil
}

// Sessions lists the user's sessions that live, the newest first.
func (s *Service) Sessions(ctx context.Context, who Identity) ([]Session, error) {
	if err := bySession(who); err != nil {
		return nil, err
	}
	now, list := s.now(), []Session{}
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`SELECT id, address, agent, created_at, seen_at, expires_at FROM sessions
			WHERE user_id = ? AND ended_at IS NULL AND expires_at > ? AND seen_at > ? ORDER BY id DESC LIMIT 200`,
			who.UserID, now, now.Add(-Idle)).Scan(ctx, &list)
	})
	if err != nil {
		return nil, fmt.Errorf("listing sessions: %w", err)
	}
	for i := range list {
		l := &list[i]
		l.Current = l.ID == who.SessionID
		l.CreatedAt, l.SeenAt, l.ExpiresAt = l.CreatedAt.UTC(), l.SeenAt.UTC(), l.ExpiresAt.UTC()
	}
	return list, nil
}

// bySession refuses a token what belongs to the person alone.
func bySession(who Identity) error {
	if who.Kind != BySession {
		return fault.New(fault.Forbidden, "auth.session_only", nil)
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"auth.signed_out":   {Zh: "未登录，或登录已失效；请重新登录", En: "you are not signed in, or not any more; sign in again"},
	"auth.no_session":   {Zh: "没有这个会话", En: "there is no such session"},
	"auth.session_only": {Zh: "此操作须登录后进行，不能使用 API 令牌", En: "this is for whoever is signed in; an API token cannot do it"},
})
