// Package db opens the database, SQLite or PostgreSQL, and is the only place
// besides the migrations that asks which of the two it is.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // the SQLite driver, without cgo

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/migrations"
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
	locks  *sql.DB // PostgreSQL sessions that hold advisory locks
}

// Tx is a transaction. Queries go through bun; sets of rows through Bulk and Each.
type Tx struct {
	bun.Tx
	conn   *sql.Conn
	engine Engine
}

// Open opens the database that a URL names: postgres://… for PostgreSQL,
// anything else is the path of a SQLite file, created where it is missing.
// The schema is not touched; see Migrate.
func Open(ctx context.Context, where string) (*DB, error) {
	if strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://") {
		return openPostgres(ctx, where)
	}
	return openSQLite(ctx, where)
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
	name := fmt.Sprintf("postgres://%s:%d/%s", config.Host, config.Port, config.Database)
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(8)
	locks := stdlib.OpenDB(*config)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fault.Wrap(err, fault.Internal, "db.unreachable", lang.Args{"name": name}), pool.Close(), locks.Close())
	}
	db := bun.NewDB(pool, pgdialect.New())
	return &DB{engine: Postgres, name: name, write: db, read: db, locks: locks}, nil
}

func openSQLite(ctx context.Context, path string) (*DB, error) {
	path = strings.TrimPrefix(path, "file:")
	if err := sqliteFile(path); err != nil {
		return nil, err
	}
	pragmas := url.Values{}
	for _, p := range []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-65536)"} {
		pragmas.Add("_pragma", p)
	}
	pragmas.Set("_txlock", "immediate")
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() + "?"
	write, err := sql.Open("sqlite", dsn+pragmas.Encode())
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "db.unreachable", lang.Args{"name": path})
	}
	write.SetMaxOpenConns(1)
	if err := write.PingContext(ctx); err != nil {
		return nil, errors.Join(translate(err, path), write.Close())
	}
	pragmas.Add("_pragma", "query_only(1)")
	read, err := sql.Open("sqlite", dsn+pragmas.Encode())
	if err != nil {
		return nil, errors.Join(fault.Wrap(err, fault.Internal, "db.unreachable", lang.Args{"name": path}), write.Close())
	}
	read.SetMaxOpenConns(max(4, runtime.NumCPU()))
	return &DB{
		engine: SQLite, name: path, path: path,
		write: bun.NewDB(write, sqlitedialect.New()), read: bun.NewDB(read, sqlitedialect.New()),
	}, nil
}

// sqliteFile refuses a path that cannot hold a database that we write to.
func sqliteFile(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return fault.New(fault.Invalid, "db.no_folder", lang.Args{"path": path})
		}
		return nil
	case err != nil:
		return fault.Wrap(err, fault.Invalid, "db.unreachable", lang.Args{"name": path})
	case info.IsDir():
		return fault.New(fault.Invalid, "db.is_folder", lang.Args{"path": path})
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fault.Wrap(err, fault.Conflict, "db.read_only", lang.Args{"name": path})
	}
	return file.Close()
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

// Migrate brings the schema to this version. A database that a newer version
// has written is refused. Of programs that start at once, one does it.
func (d *DB) Migrate(ctx context.Context) error {
	lock, err := d.WaitLock(ctx, "migrate")
	if err != nil {
		return err
	}
	defer lock.Release()
	if err := migrations.Init(ctx, d.write); err != nil {
		return translate(err, d.name)
	}
	status, err := migrations.Check(ctx, d.write)
	if err != nil {
		return translate(err, d.name)
	}
	if len(status.Unknown) > 0 {
		return fault.New(fault.Conflict, "db.newer", lang.Args{"name": d.name, "migration": status.Unknown[0]})
	}
	if status.Pending == 0 {
		return nil
	}
	return translate(migrations.Up(ctx, d.write), d.name)
}

// Bun gives the handle that migrations and the job queue share.
func (d *DB) Bun() *bun.DB { return d.write }

// Write does f in one transaction: all of it or nothing.
func (d *DB) Write(ctx context.Context, f func(context.Context, Tx) error) error {
	return d.transaction(ctx, d.write, nil, f)
}

// Snapshot does f in a transaction that reads and sees one state of the database.
func (d *DB) Snapshot(ctx context.Context, f func(context.Context, Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if d.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return d.transaction(ctx, d.read, opts, f)
}

func (d *DB) transaction(ctx context.Context, pool *bun.DB, opts *sql.TxOptions, f func(context.Context, Tx) error) (err error) {
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
	if err := f(ctx, Tx{Tx: tx, conn: conn.Conn, engine: d.engine}); err != nil {
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
