package app

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/server"
	"github.com/steelyard/steelyard/rbac"
)

// Serving says how the program is served.
type Serving struct {
	Demo           bool
	Accounts       []server.Account
	PublicURL      string
	TrustedProxies []netip.Prefix
	MetricsToken   string
	Limits         server.Limits
	Log            *slog.Logger
}

// server makes the program's HTTP side, not listening yet.
func (s *Service) server(o Serving) (*server.Server, error) {
	return server.New(server.Options{
		Version: config.ThisBuild().Version, Demo: o.Demo, Accounts: o.Accounts, Log: o.Log,
		Handlers: s.handlers(o), Callers: callers{s.app}, Checks: s.checks(), Gauges: s.gauges(),
		PublicURL: o.PublicURL, TrustedProxies: o.TrustedProxies, MetricsToken: o.MetricsToken, Limits: o.Limits,
	})
}

// checks are what must be well before requests are sent here.
func (s *Service) checks() []server.Check {
	return []server.Check{
		{Name: "database", Look: s.app.answers},
		{Name: "schema", Look: s.app.DB.UpToDate},
		{Name: "policy", Look: func(context.Context) error {
			if !s.app.PolicyReady() {
				return errors.New("there is no policy, or it was not checked for too long")
			}
			return nil
		}},
		{Name: "jobs", Look: func(context.Context) error {
			if !s.working.Load() {
				return errors.New("no jobs are worked")
			}
			return nil
		}},
	}
}

// gauges are what /metrics tells beside requests.
func (s *Service) gauges() []server.Gauge {
	pool := s.app.DB.Bun().Stats
	return []server.Gauge{
		{Name: "steelyard_policy_version", Help: "The version of the policy in force.", Read: func() float64 { return float64(s.app.Guard.Snapshot().Version()) }},
		{Name: "steelyard_policy_ready", Help: "1 while the policy is loaded and fresh.", Read: func() float64 { return oneIf(s.app.PolicyReady()) }},
		{Name: "steelyard_jobs_working", Help: "1 while jobs are worked here.", Read: func() float64 { return oneIf(s.working.Load()) }},
		{Name: "steelyard_database_connections_open", Help: "Open connections for writing.", Read: func() float64 { return float64(pool().OpenConnections) }},
		{Name: "steelyard_database_connections_used", Help: "Connections for writing in use.", Read: func() float64 { return float64(pool().InUse) }},
		{Name: "steelyard_database_waits_total", Help: "How often a connection for writing was waited for.", Read: func() float64 { return float64(pool().WaitCount) }},
	}
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// answers fails when the database does not.
func (a *App) answers(ctx context.Context) error {
	return a.DB.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, "SELECT 1")
		return err
	})
}

// callers knows who is signed in, and what they may do today.
type callers struct{ *App }

func (c callers) Caller(ctx context.Context, shown server.Credential) (context.Context, server.Caller, error) {
	who, err := c.identity(ctx, shown)
	if err != nil {
		return ctx, server.Caller{}, err
	}
	if !c.PolicyReady() {
		return ctx, server.Caller{}, fault.New(fault.Unavailable, "access.refused.policy", nil)
	}
	return auth.With(ctx, who), server.Caller{Actor: c.signedIn(who), Session: who.Digest}, nil
}

// signedIn is somebody who is signed in as of today; a token carries what it carries.
func (a *App) signedIn(who auth.Identity) rbac.Actor {
	actor := a.Actor(who.UserID)
	if who.Kind == auth.ByToken {
		actor = actor.Limited(who.Permissions)
	}
	return actor
}

// profile says who somebody is who is signed in.
func (a *App) profile(ctx context.Context, who auth.Identity) (api.Me, error) {
	return a.Grants.Me(ctx, a.signedIn(who))
}

func (c callers) identity(ctx context.Context, shown server.Credential) (auth.Identity, error) {
	if shown.Token {
		return c.Auth.AuthenticateToken(ctx, shown.Secret)
	}
	return c.Auth.Authenticate(ctx, shown.Secret, auth.Activity(!shown.Looking))
}

func (c callers) Refused(ctx context.Context, actor rbac.Actor, operation string, refusal *fault.Error) error {
	action := operation
	if permission, known := access.Lacking(refusal); known {
		action = string(permission)
	}
	return c.Audit.Refused(context.WithoutCancel(ctx), actor, action, operation, refusal.Code)
}
