package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
)

// engine makes databases of its kind and looks after them.
type engine interface {
	name() string
	// empty gives the URL of a database with the schema and nothing in it.
	empty(ctx context.Context) (string, error)
	// copy gives the URL of a copy of a database that nobody uses; drop removes it.
	copy(ctx context.Context, url string) (string, error)
	drop(url string) error
	// settle waits until nothing of a killed program is at work any more.
	settle(ctx context.Context, url string) error
	// whole says what is broken in a database, by the engine's own means.
	whole(ctx context.Context, url string) error
	// unguarded lets a connection write past the guards of what is published.
	unguarded(ctx context.Context, tx db.Tx) error
}

func migrated(ctx context.Context, url string) error {
	d, err := db.Open(ctx, url)
	if err != nil {
		return err
	}
	return errors.Join(d.Migrate(ctx), d.Close())
}

type sqliteEngine struct {
	folder string
	made   int
}

func (e *sqliteEngine) name() string { return "SQLite" }

func (e *sqliteEngine) path() string {
	e.made++
	return filepath.Join(e.folder, fmt.Sprintf("%d.db", e.made))
}

func (e *sqliteEngine) empty(ctx context.Context) (string, error) {
	path := e.path()
	return path, migrated(ctx, path)
}

func (e *sqliteEngine) copy(_ context.Context, url string) (string, error) {
	path := e.path()
	from, err := os.Open(url)
	if err != nil {
		return "", err
	}
	defer from.Close() //nolint:errcheck // it was read only
	to, err := os.Create(path)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(to, from)
	return path, errors.Join(err, to.Close())
}

func (e *sqliteEngine) drop(url string) error {
	files, err := filepath.Glob(url + "*")
	for _, file := range files {
		err = errors.Join(err, os.Remove(file))
	}
	return err
}

func (e *sqliteEngine) settle(context.Context, string) error { return nil }

func (e *sqliteEngine) whole(ctx context.Context, url string) error {
	return inside(ctx, url, func(ctx context.Context, tx db.Tx) error {
		var said string
		if err := tx.NewRaw("PRAGMA integrity_check").Scan(ctx, &said); err != nil || said != "ok" {
			return errors.Join(err, fmt.Errorf("integrity_check says %q", said))
		}
		return tx.Each(ctx, "PRAGMA foreign_key_check", nil, func(db.Row) error {
			return errors.New("foreign_key_check found a row that refers to nothing")
		})
	})
}

func (e *sqliteEngine) unguarded(ctx context.Context, tx db.Tx) error {
	var triggers []string
	if err := tx.NewRaw("SELECT name FROM sqlite_master WHERE type = 'trigger'").Scan(ctx, &triggers); err != nil {
		return err
	}
	for _, t := range triggers {
		if _, err := tx.ExecContext(ctx, "DROP TRIGGER "+t); err != nil {
			return err
		}
	}
	return nil
}

type postgresEngine struct{ drops map[string]func() error }

func (e *postgresEngine) name() string { return "PostgreSQL" }

func (e *postgresEngine) empty(ctx context.Context) (string, error) {
	url, err := e.database(ctx, "")
	if err != nil {
		return "", err
	}
	return url, migrated(ctx, url)
}

func (e *postgresEngine) copy(ctx context.Context, url string) (string, error) {
	return e.database(ctx, url)
}

func (e *postgresEngine) database(ctx context.Context, from string) (string, error) {
	url, drop, err := apptest.DatabaseFrom(ctx, from)
	if err != nil {
		return "", err
	}
	if e.drops == nil {
		e.drops = map[string]func() error{}
	}
	e.drops[url] = drop
	return url, nil
}

func (e *postgresEngine) drop(url string) error { return e.drops[url]() }

// settle waits for the sessions of a killed program: the server notices only
// when it next talks to them.
func (e *postgresEngine) settle(ctx context.Context, url string) error {
	return inside(ctx, url, func(ctx context.Context, tx db.Tx) error {
		for range 1200 {
			// Within a transaction the server shows who is there as it was at the first look.
			if _, err := tx.ExecContext(ctx, "SELECT pg_stat_clear_snapshot()"); err != nil {
				return err
			}
			var others int64
			err := tx.NewRaw("SELECT COUNT(*) FROM pg_stat_get_activity(NULL) WHERE datid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()").Scan(ctx, &others)
			if err != nil || others == 0 {
				return err
			}
			time.Sleep(50 * time.Millisecond)
		}
		return errors.New("a session of the killed program does not end")
	})
}

// whole reads every table through: a damaged page would fail.
func (e *postgresEngine) whole(ctx context.Context, url string) error {
	return inside(ctx, url, func(ctx context.Context, tx db.Tx) error {
		var tables []string
		if err := tx.NewRaw("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").Scan(ctx, &tables); err != nil {
			return err
		}
		for _, table := range tables {
			var sum string
			if err := tx.NewRaw("SELECT COALESCE(md5(string_agg(t::text, '')), '') FROM "+table+" t").Scan(ctx, &sum); err != nil {
				return err
			}
		}
		return nil
	})
}

func (e *postgresEngine) unguarded(ctx context.Context, tx db.Tx) error {
	_, err := tx.ExecContext(ctx, "SET LOCAL session_replication_role = replica")
	return err
}

// inside does f in one snapshot of the database of a URL.
func inside(ctx context.Context, url string, f func(context.Context, db.Tx) error) error {
	d, err := db.Open(ctx, url)
	if err != nil {
		return err
	}
	return errors.Join(d.Snapshot(ctx, f), d.Close())
}
