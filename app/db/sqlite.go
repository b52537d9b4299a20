package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // the SQLite driver, without cgo

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// patience is how long a connection waits for a file that another one is writing.
const patience = 10 * time.Second

func openSQLite(ctx context.Context, path string, toRead bool) (*DB, error) {
	writable, err := sqliteFile(path)
	if err != nil {
		return nil, err
	}
	if !writable && !toRead {
		return nil, fault.New(fault.Conflict, "db.read_only", lang.Args{"name": path})
	}
	pragmas := url.Values{}
	for _, p := range []string{fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()), "synchronous(FULL)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-65536)"} {
		pragmas.Add("_pragma", p)
	}
	if writable {
		pragmas.Add("_pragma", "journal_mode(WAL)")
	} else {
		for key, value := range readOnly(path) {
			pragmas[key] = value
		}
	}
	pragmas.Set("_txlock", "immediate")
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() + "?"
	write, err := sql.Open("sqlite", dsn+pragmas.Encode())
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "db.unreachable", lang.Args{"name": path})
	}
	write.SetMaxOpenConns(1)
	if err := connectFirst(ctx, write); err != nil {
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

// connectFirst makes the first connection of a file. While another program switches
// the file to the write-ahead log, or is the last to close it, SQLite answers "busy"
// at once, whatever busy_timeout says: both pass within milliseconds.
func connectFirst(ctx context.Context, pool *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		err := pool.PingContext(ctx)
		if err == nil || !isBusy(err) {
			return err //nolint:wrapcheck // the caller translates it
		}
		select {
		case <-ctx.Done():
			return err //nolint:wrapcheck // the caller translates it
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// readOnly says how to open a file that may not be written. Where nothing can be
// written beside it either, and no log of changes lies there, it is immutable.
func readOnly(path string) url.Values {
	values := url.Values{"mode": {"ro"}}
	if _, err := os.Stat(path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		values.Set("immutable", "1")
	}
	return values
}

// sqliteFile refuses a path that cannot hold a database, and says whether it may be written.
func sqliteFile(path string) (writable bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return false, fault.New(fault.Invalid, "db.no_folder", lang.Args{"path": path})
		}
		return true, nil
	case err != nil:
		return false, fault.Wrap(err, fault.Internal, "db.no_rights", lang.Args{"name": path})
	case info.IsDir():
		return false, fault.New(fault.Invalid, "db.is_folder", lang.Args{"path": path})
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		return true, file.Close()
	}
	if file, err = os.Open(path); err != nil {
		return false, fault.Wrap(err, fault.Internal, "db.no_rights", lang.Args{"name": path})
	}
	return false, file.Close()
}
