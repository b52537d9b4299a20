package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
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
		return d.fileLock(name, (*flock.Flock).TryLock)
	}
	return d.sessionLock(ctx, name, "SELECT pg_try_advisory_lock($1)")
}

// WaitLock takes the lock of a name as soon as nobody else holds it.
func (d *DB) WaitLock(ctx context.Context, name string) (*Lock, error) {
	if d.engine == SQLite {
		return d.fileLock(name, func(file *flock.Flock) (bool, error) { return file.TryLockContext(ctx, 20*time.Millisecond) })
	}
	return d.sessionLock(ctx, name, "SELECT true FROM pg_advisory_lock($1)")
}

// fileLock locks a file beside the database. Its last holder removed the file,
// perhaps while we had it open: then it is nobody's, and the file is made anew.
func (d *DB) fileLock(name string, take func(*flock.Flock) (bool, error)) (*Lock, error) {
	for {
		file := flock.New(d.path + "." + strings.ReplaceAll(name, "/", "-") + ".lock")
		held, err := take(file)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("locking %s: %w", file.Path(), err), file.Close())
		}
		if !held {
			return nil, errors.Join(fault.New(fault.Conflict, "db.locked", nil), file.Close())
		}
		if current(file) {
			return &Lock{file: file}, nil
		}
		if err := file.Close(); err != nil {
			return nil, fmt.Errorf("locking %s: %w", file.Path(), err)
		}
	}
}

// current says whether the locked file is still the one at its path.
func current(file *flock.Flock) bool {
	ours, err := file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(file.Path())
	return err == nil && os.SameFile(ours, there)
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

// Held fails when the lock is lost: the session that held it is gone. It is not
// for use beside Release.
func (l *Lock) Held(ctx context.Context) error {
	if l.file != nil {
		return nil
	}
	if _, err := l.conn.ExecContext(ctx, "SELECT 1"); err != nil {
		return fmt.Errorf("asking for a lock: %w", err)
	}
	return nil
}

// Release gives the lock back; its file is removed while the lock is held.
func (l *Lock) Release() {
	if l.file != nil {
		_ = os.Remove(l.file.Path()) // a file that stays is taken again
		_ = l.file.Close()           // the lock goes with the file descriptor, whatever Close says
		return
	}
	_, _ = l.conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock($1)", l.key)
	_ = l.conn.Close() // a session that is gone holds no lock
}
