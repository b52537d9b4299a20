// Package app puts the program together: it is the only list of constructors.
package app

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/desk"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/facts"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/app/reports"
	"github.com/steelyard/steelyard/app/reviews"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
)

// App is the program on one database: what commands, and later the API, call.
type App struct {
	DB      *db.DB
	Audit   *audit.Service
	Guard   *rbac.Guard
	Auth    *auth.Service
	Imports *imports.Service
	People  *people.Service
	Users   *users.Service
	Grants  *grants.Service
	Desk    *desk.Service
	Cards   *scorecards.Service
	Periods *periods.Service
	Facts   *facts.Service
	Runs    *runs.Service
	Reviews *reviews.Service
	Reports *reports.Service
	Jobs    *jobs.Service

	clock     func() time.Time
	zone      *time.Location
	hashing   auth.Params
	publicURL string // where links lead, once it is served
	watching  atomic.Bool
}

// Open opens the database of a URL, brings its schema up to date, sweeps away
// what an interrupted program left behind, and makes the services.
func Open(ctx context.Context, url string, clock func() time.Time, options ...Option) (*App, error) {
	d, err := db.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	a := New(d, clock, options...)
	if err := d.Migrate(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := jobs.Migrate(ctx, d); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := people.Spell(ctx, d); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := a.LoadPolicy(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := a.Runs.Sweep(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

// OpenToRead opens the database of a URL for reading alone, and makes the
// services on it; see db.OpenToRead.
func OpenToRead(ctx context.Context, url string, clock func() time.Time, options ...Option) (*App, error) {
	d, err := db.OpenToRead(ctx, url)
	if err != nil {
		return nil, err
	}
	a := New(d, clock, options...)
	a.Audit.OfCopy()
	a.refresh(ctx) // a policy that cannot be read allows nobody but the operator anything
	return a, nil
}

// Kinds lists the kinds of file that are taken in, in the order in which a bank loads them.
func Kinds() []imports.Kind { return kinds(nil, nil) }

// kinds are those of a program that knows which day it is, and ends what lets users in.
func kinds(today func() db.Date, ender users.Ender) []imports.Kind {
	return slices.Concat(people.Kinds(today), users.Kinds(today, ender), grants.Kinds(today), scorecards.Kinds(), facts.Kinds())
}

// Option is something about the program that most leave as it is.
type Option func(*App)

// InZone gives the bank's time zone, whose calendar says which day it is. Without
// it the bank is in China.
func InZone(zone *time.Location) Option { return func(a *App) { a.zone = zone } }

// Hashing has passwords hashed in another way than is safe: tests have many of them.
func Hashing(by auth.Params) Option { return func(a *App) { a.hashing = by } }

// New makes the services on a database whose schema is up to date. Whoever needs
// more than the operator's rights calls LoadPolicy next.
func New(d *db.DB, clock func() time.Time, options ...Option) *App {
	a := &App{DB: d, clock: clock, zone: time.FixedZone("Asia/Shanghai", 8*60*60)}
	for _, option := range options {
		option(a)
	}
	today := func() db.Date { return today(a) }
	a.Audit = audit.NewService(d, clock)
	a.Users = users.NewService(d, clock, today, inviter{a})
	a.Grants = grants.NewService(d, clock, today, a.Users)
	a.Guard = a.Grants.Guard()
	a.Desk = desk.NewService(d, clock)
	a.Auth = auth.New(d, auth.Options{Clock: clock, Random: rand.Reader, Hashing: a.hashing, Words: people.Words, Administrators: a.Grants})
	entities := slices.Concat(people.Entities(today), users.Entities(today, inviter{a}), grants.Entities(today), scorecards.Entities(), reviews.Entities())
	a.Imports = imports.NewService(d, clock, kinds(today, inviter{a}), entities).Audited(a.Audit)
	a.People = people.NewService(d, today, a.Imports).Audited(a.Audit)
	a.Cards = scorecards.NewService(d, a.Imports).Audited(a.Audit).WithRubrics(reviews.Described{})
	a.Periods = periods.NewService(d, clock).Audited(a.Audit)
	a.Facts = facts.NewService(d, a.Imports).Audited(a.Audit)
	a.Runs = runs.New(d, clock).Audited(a.Audit)
	a.Reviews = reviews.NewService(d, clock, a.Imports, periods.ReviewMonth{}, func() reviews.Policy { return a.Guard.Snapshot() }).Audited(a.Audit)
	a.Reports = reports.NewService(a.Runs, clock, config.ThisBuild().Version).Audited(a.Audit).Lists(a.lists, a.People)
	a.Jobs = a.newJobs()
	d.OnNotice(people.PolicyChanged, a.refresh)
	return a
}

// Close puts the reads that wait on record, and closes the database.
func (a *App) Close() error {
	return errors.Join(a.Audit.Flush(context.Background()), a.DB.Close())
}
