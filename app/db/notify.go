package db

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// Notice is the name of something whose changes are told about: a word of ours,
// in small letters, that both engines take as a name.
type Notice string

// Notify tells about a change when, and only if, the transaction commits: the
// listeners of this program at once, and on PostgreSQL those of every other.
func (t Tx) Notify(ctx context.Context, n Notice) error {
	if t.notices == nil {
		return fmt.Errorf("a transaction that only reads has nothing to tell about %s", n)
	}
	t.notices[n] = true
	if t.engine == SQLite {
		return nil
	}
	if _, err := t.ExecContext(ctx, "NOTIFY "+string(n)); err != nil {
		return fmt.Errorf("telling about %s: %w", n, err)
	}
	return nil
}

// OnNotice calls f after every commit of this program that told about n, before
// the writer goes on. It is for the time of putting the program together.
func (d *DB) OnNotice(n Notice, f func(context.Context)) {
	if d.listeners == nil {
		d.listeners = map[Notice][]func(context.Context){}
	}
	d.listeners[n] = append(d.listeners[n], f)
}

// announce calls the listeners of what a committed transaction told. What was
// written stays written, whoever asked for it: they are not cut off with the caller.
func (d *DB) announce(ctx context.Context, notices map[Notice]bool) {
	for n := range notices {
		for _, f := range d.listeners[n] {
			f(context.WithoutCancel(ctx))
		}
	}
}

// relisten is how long after a lost connection a new one is tried.
const relisten = time.Second

// Listen gives a channel that receives when another program has told about n,
// until the context ends. Notices may be lost and may come together: what
// listens looks for itself, and looks now and then without one. On SQLite there
// are none.
func (d *DB) Listen(ctx context.Context, n Notice) <-chan struct{} {
	woken := make(chan struct{}, 1)
	if d.engine == Postgres {
		go d.listen(ctx, n, woken)
	}
	return woken
}

func (d *DB) listen(ctx context.Context, n Notice, woken chan<- struct{}) {
	for ctx.Err() == nil {
		_ = d.listenOnce(ctx, n, woken) // a connection that is lost is made anew
		select {
		case <-ctx.Done():
		case <-time.After(relisten):
		}
	}
}

// listenOnce listens on one connection until that is lost, and closes it.
func (d *DB) listenOnce(ctx context.Context, n Notice, woken chan<- struct{}) error {
	conn, err := d.locks.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // it is lost, or is closed for good
	return conn.Raw(func(driver any) error {
		pg := driver.(*stdlib.Conn).Conn() //nolint:forcetypeassert // openPostgres chose the driver
		if _, err := pg.Exec(ctx, "LISTEN "+string(n)); err != nil {
			return fmt.Errorf("listening to %s: %w", n, err)
		}
		for {
			wake(woken) // whatever was told before this connection listened
			if _, err := pg.WaitForNotification(ctx); err != nil {
				_ = pg.Close(context.WithoutCancel(ctx)) // no other may inherit its LISTEN
				return fmt.Errorf("listening to %s: %w: %w", n, err, sql.ErrConnDone)
			}
		}
	})
}

func wake(woken chan<- struct{}) {
	select {
	case woken <- struct{}{}:
	default: // it is awake already
	}
}
