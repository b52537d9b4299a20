package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/steelyard/steelyard/app/fault"
)

// Lock keeps other programs from doing one named thing at the same time. It is
// gone when its holder ends, however it ends: on SQLite it is a lock on a file
// beside the database, on PostgreSQL an advisory lock of a session.
type Lock struct {
	file *flock.Flock
	conn *sql.Conn
	key  int64
}

// TryLock takes the lock of a name, or answers with a conflict when another holds it.
func (d *DB) TryLock(ctx context.Context, name string) (*Lock, error) {
	if d.engine == SQLite {
		file := d.lockFile(name)
		held, err := file.TryLock()
		return fileLock(file, held, err)
	}
	return d.sessionLock(ctx, name, "SELECT pg_try_advisory_lock($1)")
}

// WaitLock takes the lock of a name as soon as nobody else holds it.
func (d *DB) WaitLock(ctx context.Context, name string) (*Lock, error) {
	if d.engine == SQLite {
		file := d.lockFile(name)
		held, err := file.TryLockContext(ctx, 20*time.Millisecond)
		return fileLock(file, held, err)
	}
	return d.sessionLock(ctx, name, "SELECT true FROM pg_advisory_lock($1)")
}

func (d *DB) lockFile(name string) *flock.Flock {
	return flock.New(d.path + "." + strings.ReplaceAll(name, "/", "-") + ".lock")
}

func fileLock(file *flock.Flock, held bool, err error) (*Lock, error) {
	if err != nil {
		return nil, fmt.Errorf("locking %s: %w", file.Path(), err)
	}
	if !held {
		return nil, errors.Join(fault.New(fault.Conflict, "db.locked", nil), file.Close())
	}
	return &Lock{file: file}, nil
}

func (d *DB) sessionLock(ctx context.Context, name, query string) (*Lock, error) {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte("steelyard/" + name))
	lock := &Lock{key: int64(hash.Sum64())} //nolint:gosec // the key is any 64 bits
	var err error
	if lock.conn, err = d.locks.Conn(ctx); err != nil {
		return nil, translate(err, d.name)
	}
	var held bool
	if err := lock.conn.QueryRowContext(ctx, query, lock.key).Scan(&held); err != nil {
		return nil, errors.Join(translate(err, d.name), lock.conn.Close())
	}
	if !held {
		return nil, errors.Join(fault.New(fault.Conflict, "db.locked", nil), lock.conn.Close())
	}
	return lock, nil
}

// Release gives the lock back. The file of a lock stays: removing it would let
// a third program lock a name that a second one still waits for.
func (l *Lock) Release() {
	if l.file != nil {
		_ = l.file.Close() // the lock goes with the file descriptor, whatever Close says
		return
	}
	_, _ = l.conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock($1)", l.key)
	_ = l.conn.Close() // a session that is gone holds no lock
}
