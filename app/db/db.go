// Package db opens the database, SQLite or PostgreSQL, and is the only place
// besides the migrations that asks which of the two it is.
package db

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/steelyard/steelyard/app/fault"
)

// Engine is one of the two databases.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database. Reading goes through Snapshot, writing through Write,
// so that SQLite's one writer is never waited for by whoever holds it.
type DB struct {
	engine Engine
	name   string // what to call the database in messages; no password in it
	path   string // of the SQLite file
	write  *bun.DB
	read   *bun.DB
	locks  *sql.DB // PostgreSQL sessions that hold advisory locks or listen

	listeners map[Notice][]func(context.Context)
}

// Tx is a transaction. Queries go through bun; sets of rows through Bulk and Each.
type Tx struct {
	bun.Tx
	conn    *sql.Conn
	engine  Engine
	notices map[Notice]bool // nil in one that only reads
}

// Open opens the database that a URL names: postgres://… for PostgreSQL,
// anything else is the path of a SQLite file, created where it is missing.
// The schema is not touched; see Migrate.
func Open(ctx context.Context, where string) (*DB, error) {
	return open(ctx, where, false)
}

// OpenToRead opens a database that is there, for reading alone: it may lie on a
// medium, or be opened by a user, that allows nothing else. A schema that is not
// of this version is refused.
func OpenToRead(ctx context.Context, where string) (*DB, error) {
	d, err := open(ctx, where, true)
	if err != nil {
		return nil, err
	}
	if err := d.UpToDate(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func open(ctx context.Context, where string, toRead bool) (*DB, error) {
	scheme, _, isURL := strings.Cut(where, "://")
	switch {
	case scheme == "postgres" || scheme == "postgresql":
		return openPostgres(ctx, where)
	case isURL:
		return nil, fault.New(fault.Invalid, "db.bad_url", nil)
	}
	return openSQLite(ctx, strings.TrimPrefix(where, "file:"), toRead)
}

func openPostgres(ctx context.Context, where string) (*DB, error) {
	config, err := pgx.ParseConfig(where)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "db.bad_url", nil)
	}
	// bun writes arguments into the text, so that preparing each text would only cost.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.RuntimeParams["timezone"] = "UTC"
	config.RuntimeParams["application_name"] = "steelyard"
	name := "postgres://" + net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))) + "/" + config.Database
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(8)
	locks := stdlib.OpenDB(*config)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(refusedConnection(err, name), pool.Close(), locks.Close())
	}
	db := bun.NewDB(pool, pgdialect.New())
	return &DB{engine: Postgres, name: name, write: db, read: db, locks: locks}, nil
}

// Close closes every connection.
func (d *DB) Close() error {
	if d.engine == SQLite {
		return errors.Join(d.read.Close(), d.write.Close())
	}
	return errors.Join(d.write.Close(), d.locks.Close())
}

// Engine says which database it is.
func (d *DB) Engine() Engine { return d.engine }

// Name is what to call the database in messages.
func (d *DB) Name() string { return d.name }

// Bun gives the handle that migrations and the job queue share.
func (d *DB) Bun() *bun.DB { return d.write }

// Write does f in one transaction: all of it or nothing.
func (d *DB) Write(ctx context.Context, f func(context.Context, Tx) error) error {
	notices := map[Notice]bool{}
	if err := d.transaction(ctx, d.write, nil, notices, f); err != nil {
		return err
	}
	d.announce(ctx, notices)
	return nil
}

// Snapshot does f in a transaction that reads and sees one state of the database.
func (d *DB) Snapshot(ctx context.Context, f func(context.Context, Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return d.transaction(ctx, d.read, opts, nil, f)
}

func (d *DB) transaction(ctx context.Context, pool *bun.DB, opts *sql.TxOptions, notices map[Notice]bool,
	f func(context.Context, Tx) error,
) (err error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return translate(err, d.name)
	}
	defer func() { err = errors.Join(err, closeConn(conn)) }()
	tx, err := conn.BeginTx(ctx, opts)
	if err != nil {
		return translate(err, d.name)
	}
	defer func() {
		if p := recover(); p != nil {
			_ = tx.Rollback()
			panic(p)
		}
	}()
	if err := f(ctx, Tx{Tx: tx, conn: conn.Conn, engine: d.engine, notices: notices}); err != nil {
		_ = tx.Rollback() // the first error is the one to report
		return translate(err, d.name)
	}
	return translate(tx.Commit(), d.name)
}

func closeConn(conn bun.Conn) error {
	if err := conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
		return err
	}
	return nil
}

// Now truncates an instant to what both engines keep: microseconds, UTC.
func Now(clock func() time.Time) time.Time { return clock().UTC().Truncate(time.Microsecond) }
