// Package apptest gives tests real databases, fresh for each test, on both engines.
package apptest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/jobs"
)

// EachEngine runs f as two parallel subtests, "sqlite" and "postgres", each on
// a fresh database with the whole schema, closed and removed at the end.
func EachEngine(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run(string(db.SQLite), func(t *testing.T) {
		t.Parallel()
		f(t, SQLite(t))
	})
	t.Run(string(db.Postgres), func(t *testing.T) {
		t.Parallel()
		f(t, Postgres(t))
	})
}

// EachURL is EachEngine for tests of programs that open the database by
// themselves: f is given the URL of an empty database without any table.
func EachURL(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run(string(db.SQLite), func(t *testing.T) {
		t.Parallel()
		f(t, filepath.Join(t.TempDir(), "test.db"))
	})
	t.Run(string(db.Postgres), func(t *testing.T) {
		t.Parallel()
		f(t, PostgresURL(t))
	})
}

// SQLite gives a fresh SQLite database with the whole schema.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	template, err := sqliteTemplate()
	if err != nil {
		t.Fatalf("making a SQLite database: %v", err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, template, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

// sqliteTemplate is the file of a migrated database: copying it is faster than migrating.
var sqliteTemplate = sync.OnceValues(func() (template []byte, err error) {
	dir, err := os.MkdirTemp("", "steelyard-sqlite-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder that stays does no harm
	path := filepath.Join(dir, "template.db")
	if err := migrate(context.Background(), path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func open(t testing.TB, url string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), url)
	if err != nil {
		t.Fatalf("opening the test's database: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("closing the test's database: %v", err)
		}
	})
	return d
}

// migrate gives the database of a URL the whole schema and leaves no connection behind.
func migrate(ctx context.Context, url string) error {
	d, err := db.Open(ctx, url)
	if err != nil {
		return err
	}
	err = d.Migrate(ctx)
	if err == nil {
		err = jobs.Migrate(ctx, d)
	}
	return errors.Join(err, d.Close())
}
