package audit

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
)

// Service puts on record what is no change: what was refused, and who read what.
type Service struct {
	db    *db.DB
	clock func() time.Time
	copy  bool

	mu      sync.Mutex
	hour    time.Time
	seen    map[listing]bool // of this hour
	pending []read
}

// listing is what one record of a list that was read stands for.
type listing struct {
	user                  int64
	session, list, filter string
}

// read waits to be written.
type read struct {
	at     time.Time
	origin Origin
	actor  rbac.Actor
	entry  Entry
}

// The bounds of what is kept in memory. Reads beyond the first are written at
// once; beyond the second an hour may have two records of one list.
const (
	pendingMost = 500
	seenMost    = 50_000
)

// NewService makes the service.
func NewService(d *db.DB, clock func() time.Time) *Service { return &Service{db: d, clock: clock} }

// OfCopy has the service keep no record where the database cannot be written: it
// is a copy then, and whoever has it has all of it.
func (s *Service) OfCopy() { s.copy = true }

// Record puts an entry on record in a transaction of its own. Without a service
// nothing is recorded.
func (s *Service) Record(ctx context.Context, actor rbac.Actor, e Entry) error {
	if s == nil {
		return nil
	}
	err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return Write(ctx, tx, db.Now(s.clock), actor, e)
	})
	if s.copy && db.IsReadOnly(err) {
		return nil
	}
	return err
}

// Refused puts on record that somebody was refused an operation, by the code of
// the refusal. The action is the permission that was lacking, where it was one.
func (s *Service) Refused(ctx context.Context, actor rbac.Actor, action, operation, code string) error {
	return s.Record(ctx, actor, Entry{Action: action, Outcome: Refused, Object: "operation", Key: operation, Detail: code})
}

// Read puts on record that somebody has read one thing of another person. What
// was read is handed over only when that is written.
func (s *Service) Read(ctx context.Context, actor rbac.Actor, action, object, key string) error {
	return s.Record(ctx, actor, Entry{Action: action, Object: object, Key: key})
}

// Listed puts on record that a user has read a list with a filter: once for each
// session, filter and hour, and not at once but with the next Flush. The operator
// of the machine, who has the whole database, leaves none.
func (s *Service) Listed(ctx context.Context, actor rbac.Actor, list, filter string) {
	if s == nil || actor.UserID == 0 {
		return
	}
	at, origin := db.Now(s.clock), OriginOf(ctx)
	of := listing{actor.UserID, origin.Session, list, strings.Clone(filter)}
	if full := s.keep(of, read{at, origin, actor, Entry{Action: list + ".list", Object: list, Detail: of.filter}}); full {
		// What cannot be written stays pending; the next Flush says so.
		_ = s.Flush(context.WithoutCancel(ctx))
	}
}

// keep notes a read that is new in its hour, and says whether as many wait as may.
func (s *Service) keep(of listing, r read) (full bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if hour := r.at.Truncate(time.Hour); !hour.Equal(s.hour) || len(s.seen) >= seenMost {
		s.hour, s.seen = hour, map[listing]bool{}
	}
	if s.seen[of] {
		return false
	}
	s.seen[of] = true
	s.pending = append(s.pending, r)
	return len(s.pending) >= pendingMost
}

// Flush writes the reads that wait. Those that cannot be written wait on, as far
// as there is room.
func (s *Service) Flush(ctx context.Context) error {
	s.mu.Lock()
	list := s.pending
	s.pending = nil
	s.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		for i := range list {
			if err := Write(From(ctx, list[i].origin), tx, list[i].at, list[i].actor, list[i].entry); err != nil {
				return err
			}
		}
		return nil
	})
	if s.copy && db.IsReadOnly(err) {
		return nil
	}
	if err != nil {
		s.mu.Lock()
		s.pending = append(list, s.pending...)
		s.pending = s.pending[:min(len(s.pending), 2*pendingMost)]
		s.mu.Unlock()
	}
	return err
}

// Run flushes at every tick until the context ends, and once more then. Failed
// is told what could not be written; it may be nil. A flush that the end of the
// context broke off is no failure: the last one writes what it left.
func (s *Service) Run(ctx context.Context, ticks <-chan time.Time, failed func(error)) {
	tell := func(err error) {
		if err != nil && failed != nil {
			failed(err)
		}
	}
	for {
		select {
		case <-ticks:
			if err := s.Flush(ctx); ctx.Err() == nil {
				tell(err)
			}
		case <-ctx.Done():
			tell(s.Flush(context.WithoutCancel(ctx)))
			return
		}
	}
}
