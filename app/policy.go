package app

import (
	"context"
	"time"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
)

// polled is how often a server looks whether the policy has changed elsewhere.
const polled = time.Second

// LoadPolicy gives a database without roles the default ones, and loads the
// policy. One that is broken allows nobody but the operator anything, who mends it.
func (a *App) LoadPolicy(ctx context.Context) error {
	if err := a.Grants.Seed(ctx); err != nil {
		return err
	}
	a.refresh(ctx)
	return ctx.Err()
}

// refresh loads the policy if it has changed. When that fails the one before
// stays in force until it is too old; the watch tries again.
func (a *App) refresh(ctx context.Context) { _ = a.Guard.Refresh(ctx) }

// Watch keeps the policy that of the database, whoever changes it there, until
// the context ends; failures are told to onError. While it watches, a policy that
// could not be checked for too long allows nothing.
func (a *App) Watch(ctx context.Context, onError func(error)) {
	a.watching.Store(true)
	defer a.watching.Store(false)
	ticker := time.NewTicker(polled)
	defer ticker.Stop()
	a.Guard.Watch(ctx, ticker.C, a.DB.Listen(ctx, people.PolicyChanged), onError)
}

// Today is the day in the bank's time zone.
func (a *App) Today() db.Date { return today(a) }

func today(a *App) db.Date { return db.DateOf(a.clock().In(a.zone)) }

// Actor is a user as of today, under the policy in force.
func (a *App) Actor(userID int64) rbac.Actor {
	if !a.PolicyReady() {
		return rbac.Actor{UserID: userID}
	}
	return a.Guard.Actor(userID, rbac.Day(a.Today().String()))
}

// PolicyReady says whether there is a policy that can be relied on.
func (a *App) PolicyReady() bool {
	return !a.Guard.Snapshot().Empty() && !(a.watching.Load() && a.Guard.Stale(a.clock(), rbac.MaxStaleness))
}

// inviter lets the users' service make secrets and end sessions, which is the
// business of signing in.
type inviter struct{ *App }

func (i inviter) Invite(ctx context.Context, tx db.Tx, userID int64, by string) (users.Invitation, error) {
	secret, err := i.Auth.Invite(ctx, tx, userID, by)
	if err != nil {
		return users.Invitation{}, err
	}
	return users.Invitation{Secret: secret.Value, Link: auth.Link(i.publicURL, secret.Value), ExpiresAt: secret.ExpiresAt}, nil
}

func (i inviter) EndAll(ctx context.Context, tx db.Tx, userID int64) error {
	return i.Auth.EndAll(ctx, tx, userID)
}
