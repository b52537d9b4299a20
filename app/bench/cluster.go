package main

import (
	"context"
	"errors"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
)

// cluster hands out databases on a PostgreSQL server: the one that the tests'
// variable names, or one of our own that ends with the program.
type cluster struct{ drops []func() error }

// database gives the URL of a database with the whole schema.
func (c *cluster) database(ctx context.Context) (string, error) {
	where, drop, err := apptest.Database(ctx)
	if err != nil {
		return "", err
	}
	c.drops = append(c.drops, drop)
	return where, migrated(ctx, where)
}

func migrated(ctx context.Context, where string) error {
	d, err := db.Open(ctx, where)
	if err != nil {
		return err
	}
	return errors.Join(d.Migrate(ctx), d.Close())
}

// stop drops the databases that were handed out.
func (c *cluster) stop() error {
	var all error
	for _, drop := range c.drops {
		all = errors.Join(all, drop())
	}
	c.drops = nil
	return all
}
