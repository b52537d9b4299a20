package auth_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/rbac"
)

var random = rand.Reader

// quick hashes at once: what is tested is not how long it takes.
var quick = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

const (
	password = "plum harbour violet 27 kites"
	another  = "seven lanterns over cold rice"
)

// operator may start a reset; who may is tested where permissions are.
var operator = rbac.Operator("operator")

// clock is a clock that stands until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

// world is a service on a database, and what a test does with both.
type world struct {
	*auth.Service
	t     *testing.T
	db    *db.DB
	clock *clock
}

// eachEngine runs f in a fresh world on each engine.
func eachEngine(t *testing.T, f func(w *world)) {
	t.Helper()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		f(newWorld(t, d, &clock{at: time.Date(2026, time.November, 24, 1, 0, 0, 0, time.UTC)}))
	})
}

func newWorld(t *testing.T, d *db.DB, at *clock) *world {
	t.Helper()
	s := auth.New(d, auth.Options{Clock: at.Now, Random: random, Hashing: quick, Administrators: administrators{}})
	return &world{s, t, d, at}
}

// administrators makes users who count as security administrators by their name.
type administrators struct{}

func (administrators) HasSecurityAdmin(ctx context.Context, tx db.Tx) (bool, error) {
	var n int
	err := tx.NewRaw("SELECT COUNT(*) FROM users WHERE email = 'first'").Scan(ctx, &n)
	return n > 0, err
}

func (administrators) CreateSecurityAdmin(ctx context.Context, tx db.Tx, username string) (id int64, err error) {
	err = tx.NewRaw("INSERT INTO users (username, state, email, created_at) VALUES (?, 'active', 'first', ?) RETURNING id", username, time.Now()).Scan(ctx, &id)
	return id, err
}

func (administrators) Guarded(ctx context.Context, tx db.Tx, userID int64) (bool, error) {
	var n int
	err := tx.NewRaw("SELECT COUNT(*) FROM users WHERE email = 'first' AND id = ?", userID).Scan(ctx, &n)
	return n > 0, err
}

// invite creates a user and gives the secret of the first password.
func (w *world) invite(username string) (id int64, secret string) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx db.Tx) error {
		err := tx.NewRaw("INSERT INTO users (username, state, created_at) VALUES (?, 'active', ?) RETURNING id", username, w.clock.Now()).Scan(ctx, &id)
		if err != nil {
			return err
		}
		made, err := w.Invite(ctx, tx, id, "operator")
		secret = made.Value
		return err
	})
	return id, secret
}

// user creates a user with the password, set from an address of nobody else's.
func (w *world) user(username string) int64 {
	w.t.Helper()
	id, secret := w.invite(username)
	if _, err := w.Redeem(w.t.Context(), secret, "", password, at("10.0.0.1")); err != nil {
		w.t.Fatal(err)
	}
	return id
}

// signIn signs in, which must succeed.
func (w *world) signIn(username string, from auth.Client) *auth.SignedIn {
	w.t.Helper()
	in, err := w.SignIn(w.t.Context(), username, password, from)
	if err != nil {
		w.t.Fatalf("signing in as %s: %v", username, err)
	}
	return in
}

func at(address string) auth.Client { return auth.Client{Address: address, Agent: "test"} }

// is asserts who a token is; the empty name stands for nobody.
func (w *world) is(token, username string) {
	w.t.Helper()
	who, err := w.Authenticate(w.t.Context(), token, auth.Polling)
	switch {
	case username == "" && code(err) != "auth.signed_out":
		w.t.Errorf("the token is %q (%v), want nobody", who.Username, err)
	case username != "" && (err != nil || who.Username != username):
		w.t.Errorf("the token is %q (%v), want %s", who.Username, err, username)
	}
}

func (w *world) write(f func(context.Context, db.Tx) error) {
	w.t.Helper()
	if err := w.db.Write(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	w.write(func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw(query, args...).Exec(ctx)
		return err
	})
}

// texts reads one column of texts.
func (w *world) texts(query string, args ...any) (list []string) {
	w.t.Helper()
	err := w.db.Snapshot(w.t.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(query, args...).Scan(ctx, &list)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// trail gives the audit trail: who, what, how it ended, about whom, and why.
func (w *world) trail() []string {
	w.t.Helper()
	return w.texts("SELECT actor || ' ' || action || ' ' || outcome || ' ' || object_key || ' ' || detail FROM audit_records ORDER BY id")
}

// code is the code of a fault; empty for no error.
func code(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := fault.As(err); ok {
		return e.Code
	}
	return fmt.Sprintf("%T: %v", err, err)
}

// want asserts the code and the kind of an error.
func want(t *testing.T, err error, kind fault.Kind, wanted string) {
	t.Helper()
	if code(err) != wanted || fault.KindOf(err) != kind {
		t.Errorf("got %v (%q, kind %d), want %q of kind %d", err, code(err), fault.KindOf(err), wanted, kind)
	}
}
