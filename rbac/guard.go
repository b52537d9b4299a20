package rbac

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// MaxStaleness is how long a server may go on with a policy that it could not check
// against the database. After that it is to fail closed: see Guard.Stale.
const MaxStaleness = 30 * time.Second

// Guard holds the policy that is in force, and renews it. Requests ask it at any time
// and never wait: while a new snapshot is built, the old one answers.
type Guard struct {
	load    func(context.Context) (*Policy, error)
	version func(context.Context) (int64, error)
	now     func() time.Time

	current atomic.Pointer[Snapshot]
	checked atomic.Pointer[time.Time] // when the policy was last known to be that of the database

	mu      sync.Mutex
	loading *loading // nil: nobody loads
}

// loading is a load under way, shared by all who wait for it.
type loading struct {
	done chan struct{}
	err  error
}

// NewGuard makes a guard that reads the policy with load, in one transaction, and its
// version, which is cheap, with version. Before the first good Refresh it allows nothing.
func NewGuard(load func(context.Context) (*Policy, error), version func(context.Context) (int64, error)) *Guard {
	return &Guard{load: load, version: version, now: time.Now}
}

// WithClock lets the guard take its instants from a clock that is handed in.
func (g *Guard) WithClock(now func() time.Time) *Guard {
	g.now = now
	return g
}

var nothing = &Snapshot{}

// Snapshot gives the policy in force; before the first good load one that allows nothing.
func (g *Guard) Snapshot() *Snapshot {
	if s := g.current.Load(); s != nil {
		return s
	}
	return nothing
}

// Actor gives a user as of a day under the policy in force.
func (g *Guard) Actor(userID int64, day Day) Actor { return g.Snapshot().Actor(userID, day) }

// Stale says whether the policy was last checked against the database longer ago than
// max, or never: it may then lack a revocation, and is not to be relied on.
func (g *Guard) Stale(now time.Time, max time.Duration) bool {
	checked := g.checked.Load()
	return checked == nil || now.Sub(*checked) > max
}

// Refresh makes sure that the policy in force is that of the database, or newer. Those
// who call at once share one load. When it fails, the policy before stays in force.
func (g *Guard) Refresh(ctx context.Context) error {
	asked := g.now()
	want, err := g.version(ctx)
	if err != nil {
		return fmt.Errorf("rbac: the version of the policy: %w", err)
	}
	// A load that was under way may have begun before that version, and whoever led it
	// may have gone away; one begun after it cannot lack the version.
	for !g.serves(want) {
		led, err := g.share(ctx, want)
		if !led && (err == nil || gone(err) && ctx.Err() == nil) {
			continue
		}
		if err != nil {
			return err
		}
		break
	}
	g.checked.Store(&asked)
	return nil
}

func (g *Guard) serves(version int64) bool {
	s := g.current.Load()
	return s != nil && s.version == version
}

// gone says whether an error is that of a caller who went away.
func gone(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// share loads the policy, or waits for the load that is under way; it says whether it
// led the load itself. A load that ended in between with the wanted version will do.
func (g *Guard) share(ctx context.Context, want int64) (led bool, err error) {
	g.mu.Lock()
	l := g.loading
	if l == nil && g.serves(want) {
		g.mu.Unlock()
		return false, nil
	}
	if l == nil {
		l = &loading{done: make(chan struct{}), err: errors.New("rbac: the load of the policy broke off")}
		g.loading = l
		g.mu.Unlock()
		return true, g.lead(ctx, l)
	}
	g.mu.Unlock()
	select {
	case <-l.done:
		return false, l.err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// lead loads and swaps, and lets those go who wait, whatever happens.
func (g *Guard) lead(ctx context.Context, l *loading) error {
	defer func() {
		g.mu.Lock()
		g.loading = nil
		g.mu.Unlock()
		close(l.done)
	}()
	l.err = g.swap(ctx)
	return l.err
}

func (g *Guard) swap(ctx context.Context) error {
	policy, err := g.load(ctx)
	if err != nil {
		return fmt.Errorf("rbac: loading the policy: %w", err)
	}
	snapshot, err := NewSnapshot(*policy)
	if err != nil {
		return err
	}
	g.current.Store(snapshot)
	return nil
}

// Watch refreshes at every tick and whenever it is woken, until ctx is done. What
// fails is told to onError, and is tried again at the next tick.
func (g *Guard) Watch(ctx context.Context, ticks <-chan time.Time, wake <-chan struct{}, onError func(error)) {
	for {
		var ok bool
		select {
		case <-ctx.Done():
			return
		case _, ok = <-ticks:
			if !ok {
				ticks = nil
			}
		case _, ok = <-wake:
			if !ok {
				wake = nil
			}
		}
		if !ok {
			continue
		}
		if err := g.Refresh(ctx); err != nil && ctx.Err() == nil {
			onError(err)
		}
	}
}
