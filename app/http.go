package app

import (
	"context"
	"log/slog"
	"net/netip"

	"github.com/steelyard/steelyard/app/api"
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

// handlers are those of every operation of the contract: one that is missing
// does not compile.
type handlers struct{ unwritten }

type unwritten struct{ api.StrictServerInterface }

// Server makes the program's HTTP side, not listening yet.
func (a *App) Server(o Serving) (*server.Server, error) {
	return server.New(server.Options{
		Version: config.ThisBuild().Version, Demo: o.Demo, Accounts: o.Accounts, Log: o.Log,
		Handlers: handlers{}, Callers: nobody{},
		Checks:    []server.Check{{Name: "database", Look: a.answers}},
		PublicURL: o.PublicURL, TrustedProxies: o.TrustedProxies, MetricsToken: o.MetricsToken, Limits: o.Limits,
	})
}

// answers fails when the database does not.
func (a *App) answers(ctx context.Context) error {
	return a.DB.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, "SELECT 1")
		return err
	})
}

// nobody is signed in.
type nobody struct{}

func (nobody) BySession(ctx context.Context, _ string) (context.Context, server.Caller, error) {
	return ctx, server.Caller{}, fault.New(fault.Unauthenticated, "auth.signed_out", nil)
}

func (n nobody) ByToken(ctx context.Context, token string) (context.Context, server.Caller, error) {
	return n.BySession(ctx, token)
}

func (nobody) Refused(context.Context, rbac.Actor, string, *fault.Error) {}
