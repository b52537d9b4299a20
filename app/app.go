// Package app puts the program together: it is the only list of constructors.
package app

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/facts"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/app/reports"
	"github.com/steelyard/steelyard/app/scorecards"
)

// App is the program on one database: what commands, and later the API, call.
type App struct {
	DB      *db.DB
	Auth    *auth.Service
	Imports *imports.Service
	People  *people.Service
	Cards   *scorecards.Service
	Periods *periods.Service
	Runs    *runs.Service
	Reports *reports.Service
}

// Open opens the database of a URL, brings its schema up to date, sweeps away
// what an interrupted program left behind, and makes the services.
func Open(ctx context.Context, url string, clock func() time.Time) (*App, error) {
	d, err := db.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	a := New(d, clock)
	if err := d.Migrate(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := a.Runs.Sweep(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

// OpenToRead opens the database of a URL for reading alone, and makes the
// services on it; see db.OpenToRead.
func OpenToRead(ctx context.Context, url string, clock func() time.Time) (*App, error) {
	d, err := db.OpenToRead(ctx, url)
	if err != nil {
		return nil, err
	}
	return New(d, clock), nil
}

// Kinds lists the kinds of file that are taken in, in the order in which a bank loads them.
func Kinds() []imports.Kind {
	return slices.Concat(people.Kinds(), scorecards.Kinds(), facts.Kinds())
}

// New makes the services on a database whose schema is up to date.
func New(d *db.DB, clock func() time.Time) *App {
	entities := slices.Concat(people.Entities(), scorecards.Entities())
	batches := imports.NewService(d, clock, Kinds(), entities)
	calculated := runs.New(d, clock)
	return &App{
		DB:      d,
		Auth:    auth.New(d, auth.Options{Clock: clock, Random: rand.Reader}),
		Imports: batches,
		People:  people.NewService(d, batches),
		Cards:   scorecards.NewService(d, batches),
		Periods: periods.NewService(d, clock),
		Runs:    calculated,
		Reports: reports.NewService(calculated, clock, config.ThisBuild().Version),
	}
}

// Close closes the database.
func (a *App) Close() error { return a.DB.Close() }
