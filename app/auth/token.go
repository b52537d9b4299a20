package auth

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

const (
	// tokenPrefix begins every API token, so that scanners for lost secrets know one.
	tokenPrefix = "sty_"
	// mostTokens is how many good ones one user has at most.
	mostTokens = 50
	// tokenName is how long the name of one is at most, in characters.
	tokenName = 100
)

// APIToken is a token of a user, as they see it.
type APIToken struct {
	ID          int64             `json:"id"`
	Name        string            `json:"name"`
	Permissions []rbac.Permission `json:"permissions"`
	CreatedAt   time.Time         `json:"created_at"`
	ExpiresAt   time.Time         `json:"expires_at"`
	UsedAt      time.Time         `json:"used_at,omitzero"` // to the minute; zero if it never was
}

// NewToken is a token to be made.
type NewToken struct {
	Name        string
	Permissions []rbac.Permission // some of the user's own
	ExpiresAt   time.Time
}

// AuthenticateToken says whose an API token is, and what it carries.
func (s *Service) AuthenticateToken(ctx context.Context, token string) (Identity, error) {
	value, ok := strings.CutPrefix(token, tokenPrefix)
	if !ok || !wellFormed(value) {
		return Identity{}, nobody()
	}
	now, key := s.now(), sum(token)
	e, err := s.lookUp(ctx, key, now, readToken)
	if err != nil {
		return Identity{}, err
	}
	if !now.Before(e.ExpiresAt) {
		return Identity{}, nobody()
	}
	if now.Sub(e.seenAt) >= seenEvery {
		err = s.touch(ctx, key, e, "UPDATE api_tokens SET used_at = ? WHERE id = ? AND (used_at IS NULL OR used_at < ?)", e.TokenID, now)
	}
	return e.Identity, err
}

// tokenRow is a token as it is kept.
type tokenRow struct {
	ID          int64     `bun:"id"`
	UserID      int64     `bun:"user_id"`
	Username    string    `bun:"username"`
	Name        string    `bun:"name"`
	Permissions string    `bun:"permissions"`
	CreatedAt   time.Time `bun:"created_at"`
	ExpiresAt   time.Time `bun:"expires_at"`
	UsedAt      time.Time `bun:"used_at"`
}

func (r tokenRow) carried() ([]rbac.Permission, error) {
	var list []rbac.Permission
	if err := json.Unmarshal([]byte(r.Permissions), &list); err != nil {
		return nil, fmt.Errorf("reading a token's permissions: %w", err)
	}
	return list, nil
}

// readToken reads a good token of an active user.
func readToken(ctx context.Context, tx db.Tx, key []byte) (entry, error) {
	var row tokenRow
	err := tx.NewRaw(`SELECT t.id, t.user_id, u.username, t.permissions, t.expires_at, t.used_at FROM api_tokens t JOIN users u ON u.id = t.user_id
		WHERE t.token_sha256 = ? AND t.revoked_at IS NULL AND u.state = 'active'`, key).Scan(ctx, &row)
	if db.IsNoRows(err) {
		return entry{}, nobody()
	}
	if err != nil {
		return entry{}, fmt.Errorf("reading an API token: %w", err)
	}
	carried, err := row.carried()
	return entry{
		Identity: Identity{
			UserID: row.UserID, Username: row.Username, Kind: ByToken, TokenID: row.ID,
			Digest: shortDigest(key), ExpiresAt: row.ExpiresAt.UTC(), Permissions: carried,
		},
		seenAt: row.UsedAt.UTC(),
	}, err
}

// CreateToken makes an API token that carries some of the actor's own permissions,
// and gives it this once: a request that is repeated makes another, as no answer
// with a secret is kept. The actor is the user who is signed in.
func (s *Service) CreateToken(ctx context.Context, who Identity, actor rbac.Actor, n NewToken) (token string, made *APIToken, err error) {
	if err := bySession(who); err != nil {
		return "", nil, err
	}
	now := s.now()
	if err := n.check(actor, now); err != nil {
		return "", nil, err
	}
	value, err := s.newSecret()
	if err != nil {
		return "", nil, err
	}
	token = tokenPrefix + value
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		made, err = s.writeToken(ctx, tx, who, n, sum(token), now)
		return err
	})
	return token, made, err
}

// check refuses a token that carries more than the actor has, or lives too long.
func (n NewToken) check(actor rbac.Actor, now time.Time) error {
	if name := strings.TrimSpace(n.Name); name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > tokenName ||
		strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return fault.New(fault.Invalid, "token.name", lang.Args{"max": tokenName})
	}
	if len(n.Permissions) == 0 {
		return fault.New(fault.Invalid, "token.empty", nil)
	}
	for _, p := range n.Permissions {
		if !actor.Decide(p, rbac.Target{}).Allowed {
			return fault.New(fault.Invalid, "token.permission", lang.Args{"permission": string(p)})
		}
	}
	if !n.ExpiresAt.After(now) || n.ExpiresAt.After(now.AddDate(1, 0, 1)) { // the last day is within a year
		return fault.New(fault.Invalid, "token.expiry", nil)
	}
	return nil
}

func (s *Service) writeToken(ctx context.Context, tx db.Tx, who Identity, n NewToken, key []byte, now time.Time) (*APIToken, error) {
	if err := keepSession(ctx, tx, who, now); err != nil {
		return nil, err
	}
	var have int
	err := tx.NewRaw("SELECT COUNT(*) FROM api_tokens WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ?", who.UserID, now).Scan(ctx, &have)
	if err != nil {
		return nil, fmt.Errorf("counting API tokens: %w", err)
	}
	if have >= mostTokens {
		return nil, fault.New(fault.Conflict, "token.too_many", lang.Args{"max": mostTokens})
	}
	made := &APIToken{Name: strings.TrimSpace(n.Name), CreatedAt: now, ExpiresAt: n.ExpiresAt.UTC()}
	made.Permissions = slices.Compact(slices.Sorted(slices.Values(n.Permissions)))
	carried, err := json.Marshal(made.Permissions)
	if err != nil {
		return nil, fmt.Errorf("writing a token's permissions: %w", err)
	}
	err = tx.NewRaw(`INSERT INTO api_tokens (token_sha256, user_id, name, permissions, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?) RETURNING id`, key, who.UserID, made.Name, string(carried), now, made.ExpiresAt).Scan(ctx, &made.ID)
	if err != nil {
		return nil, fmt.Errorf("writing an API token: %w", err)
	}
	return made, audit.Write(ctx, tx, now, who.actor(), audit.Entry{Action: "token.create", Object: "token", Key: fmt.Sprint(made.ID), After: made})
}

// Tokens lists the user's API tokens that are good, the newest first.
func (s *Service) Tokens(ctx context.Context, who Identity) ([]APIToken, error) {
	if err := bySession(who); err != nil {
		return nil, err
	}
	var rows []tokenRow
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`SELECT id, name, permissions, created_at, expires_at, used_at FROM api_tokens
			WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY id DESC LIMIT 200`, who.UserID, s.now()).Scan(ctx, &rows)
	})
	if err != nil {
		return nil, fmt.Errorf("listing API tokens: %w", err)
	}
	list := make([]APIToken, 0, len(rows))
	for _, r := range rows {
		carried, err := r.carried()
		if err != nil {
			return nil, err
		}
		list = append(list, APIToken{r.ID, r.Name, carried, r.CreatedAt.UTC(), r.ExpiresAt.UTC(), r.UsedAt.UTC()})
	}
	return list, nil
}

// RevokeToken ends one of the user's own tokens; that of somebody else is not found.
func (s *Service) RevokeToken(ctx context.Context, who Identity, id int64) error {
	if err := bySession(who); err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		now := s.now()
		done, err := tx.NewRaw("UPDATE api_tokens SET revoked_at = ? WHERE id = ? AND user_id = ? AND revoked_at IS NULL", now, id, who.UserID).Exec(ctx)
		if err != nil {
			return fmt.Errorf("revoking an API token: %w", err)
		}
		switch n, err := done.RowsAffected(); {
		case err != nil:
			return fmt.Errorf("revoking an API token: %w", err)
		case n == 0:
			return fault.New(fault.NotFound, "token.unknown", nil)
		}
		s.cache.forget(who.UserID, now)
		return audit.Write(ctx, tx, now, who.actor(), audit.Entry{Action: "token.revoke", Object: "token", Key: fmt.Sprint(id)})
	})
}

var _ = lang.Register(map[string]lang.Text{
	"token.name":       {Zh: "请为令牌填写名称，最多 {max} 个字符", En: "give the token a name of at most {max} characters"},
	"token.empty":      {Zh: "请至少为令牌选择一项权限", En: "choose at least one permission for the token"},
	"token.permission": {Zh: "令牌不能含您没有的权限 {permission}", En: "a token cannot carry {permission}, which you do not have"},
	"token.expiry":     {Zh: "令牌须在今天之后、一年之内到期", En: "a token expires after today and within a year"},
	"token.too_many":   {Zh: "最多可有 {max} 个有效令牌；请先撤销不用的", En: "there are {max} tokens already, which is the most; revoke one first"},
	"token.unknown":    {Zh: "没有这个令牌", En: "there is no such token"},
})
