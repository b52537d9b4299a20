// Package auth says who is there: passwords, sessions, one-time secrets and API
// tokens. Of tokens and secrets it keeps a SHA-256, of passwords an argon2id
// hash. What it reads is in the database, so that any number of servers agree.
package auth

import (
	"context"
	"io"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
)

// How long things last.
const (
	// Idle is how long a session lives without anything done in it.
	Idle = 15 * time.Minute
	// Absolute is how long a session lives at most.
	Absolute = 12 * time.Hour
	// FirstPassword is how long a new user has to set a password; the first
	// security administrator too.
	FirstPassword = 24 * time.Hour
	// ResetPassword is how long the secret of a reset lives.
	ResetPassword = time.Hour
)

// Params say how a password is hashed.
type Params = argon2id.Params

// Hashing is how passwords are hashed: 19 MiB, twice, in one lane (OWASP's
// smallest choice; ASVS 11.4.2). Four at once take 76 MiB.
var Hashing = Params{Memory: 19456, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// AtOnce is how many passwords one server hashes at the same time.
const AtOnce = 4

// Words gives what a user's password must not be made of besides what is common:
// names of the bank and its units, and what is known of the user. userID is 0
// for a user who is not there yet.
type Words func(ctx context.Context, tx db.Tx, userID int64) ([]string, error)

// Administrators is what knows the administrators, and makes the first of security.
type Administrators interface {
	// HasSecurityAdmin says whether anybody holds the role.
	HasSecurityAdmin(ctx context.Context, tx db.Tx) (bool, error)
	// CreateSecurityAdmin creates a user who holds it, and gives their id.
	CreateSecurityAdmin(ctx context.Context, tx db.Tx, username string) (int64, error)
	// Guarded says whether a user administers security or the audit trail, so that
	// the operator of the machine alone starts their reset.
	Guarded(ctx context.Context, tx db.Tx, userID int64) (bool, error)
}

// Options are what a service is made with.
type Options struct {
	Clock          func() time.Time
	Random         io.Reader      // where tokens and secrets come from: crypto/rand.Reader
	Hashing        Params         // Hashing if left out; tests take less
	Words          Words          // nobody's if left out
	Administrators Administrators // bootstrapping needs it
}

// Service signs in and out.
type Service struct {
	db      *db.DB
	options Options
	hasher  *hasher
	pace    pace
	cache   *cache
}

// New makes a service.
func New(d *db.DB, o Options) *Service {
	if o.Hashing == (Params{}) {
		o.Hashing = Hashing
	}
	if o.Words == nil {
		o.Words = func(context.Context, db.Tx, int64) ([]string, error) { return nil, nil }
	}
	return &Service{db: d, options: o, hasher: newHasher(o.Hashing, AtOnce), cache: newCache()}
}

func (s *Service) now() time.Time { return db.Now(s.options.Clock) }

// Kind is how somebody has shown who they are.
type Kind string

// The kinds.
const (
	BySession Kind = "session"
	ByToken   Kind = "token"
)

// Identity is who is there.
type Identity struct {
	UserID    int64
	Username  string
	Kind      Kind
	SessionID int64  // 0 for a token
	TokenID   int64  // 0 for a session
	Digest    string // names the session or token on the audit trail
	ExpiresAt time.Time
	// Permissions are all that a token carries; a session carries what its user has.
	Permissions []rbac.Permission
}

// actor is the identity on the audit trail.
func (i Identity) actor() rbac.Actor { return rbac.Actor{Name: i.Username, UserID: i.UserID} }

// Client is what came with a request besides what it asks for.
type Client struct {
	Address string
	Agent   string
	Device  string // the device's own token, if it brought one
	Session string // the session token that it brought, if any
}

// anonymous is who is on record while nobody is signed in.
var anonymous = rbac.Actor{Name: "anonymous"}

// Fold gives a username as it is kept and looked up: case and width do not matter.
func Fold(username string) string {
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(username)))
}
