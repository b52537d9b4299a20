package rbac_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/steelyard/steelyard/rbac"
)

// store is where a guard reads from: a policy that tests change.
type store struct {
	mu      sync.Mutex
	policy  rbac.Policy
	err     error
	loads   atomic.Int32
	loading chan struct{} // told when a load begins; nil: nobody listens
	goOn    chan struct{} // a load waits for it; nil: it does not
}

func (s *store) load(context.Context) (*rbac.Policy, error) {
	s.mu.Lock()
	p, err := s.policy, s.err
	s.mu.Unlock()
	s.loads.Add(1)
	if s.loading != nil {
		s.loading <- struct{}{}
		<-s.goOn
	}
	return &p, err
}

func (s *store) version(context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.policy.Version, nil
}

func (s *store) change(f func(*rbac.Policy)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.policy.Version++
	f(&s.policy)
}

// plain is a policy in which user 1 reads results in the whole bank.
func plain() rbac.Policy {
	return rbac.Policy{
		Version: 1,
		Units:   []rbac.Unit{{ID: 1, Code: "HQ", Path: "/1/", Level: rbac.HeadOffice}},
		Users:   []rbac.User{{ID: 1, Name: "wang", StaffID: 101}},
		Roles:   []rbac.Role{{Code: "reader", Lines: []rbac.Line{{Permission: rbac.ResultRead, Reach: rbac.Subtree, Effect: rbac.Allow}}}},
		Grants:  []rbac.Grant{{ID: 1, UserID: 1, Role: "reader", UnitID: 1, From: "2026-01-01"}},
	}
}

func mayRead(g *rbac.Guard) bool {
	return g.Actor(1, "2026-10-31").Decide(rbac.ResultRead, rbac.Target{UnitID: 1}).Allowed
}

func TestZ09_BeforeTheFirstGoodLoadNobodyMayDoAnything(t *testing.T) {
	s := &store{policy: plain(), err: errors.New("the database is down")}
	g := rbac.NewGuard(s.load, s.version)
	if err := g.Refresh(t.Context()); err == nil {
		t.Fatal("a load that failed is no error")
	}
	if d := g.Actor(1, "2026-10-31").Decide(rbac.ResultRead, rbac.Target{}); d.Allowed || d.Step != rbac.StepPolicy {
		t.Errorf("decided %+v", d)
	}
	if !g.Actor(1, "2026-10-31").Scope(rbac.ResultRead).Empty() {
		t.Error("the scope is not empty")
	}
	if !g.Stale(time.Now(), time.Hour) {
		t.Error("a policy that was never loaded is not stale")
	}
}

func TestARefreshTakesOverAChangeAndTellsTheNameAndMember(t *testing.T) {
	s := &store{policy: plain()}
	g := rbac.NewGuard(s.load, s.version)
	refresh(t, g)
	if a := g.Actor(1, "2026-10-31"); a.Name != "wang" || a.StaffID != 101 || !mayRead(g) {
		t.Fatalf("the actor is %+v", a)
	}
	s.change(func(p *rbac.Policy) { p.Grants = nil })
	refresh(t, g)
	if mayRead(g) {
		t.Error("a grant that was taken away still gives something")
	}
	refresh(t, g)
	if n := s.loads.Load(); n != 2 {
		t.Errorf("loaded %d times, though the policy changed once", n)
	}
}

func refresh(t *testing.T, g *rbac.Guard) {
	t.Helper()
	if err := g.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestZ09_ABrokenPolicyLeavesTheOldOneForABoundedTime(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s := &store{policy: plain()}
	g := rbac.NewGuard(s.load, s.version).WithClock(func() time.Time { return now })
	refresh(t, g)
	s.change(func(p *rbac.Policy) { p.Grants[0].Role = "nobody knows it" })
	now = now.Add(rbac.MaxStaleness)
	if err := g.Refresh(t.Context()); err == nil {
		t.Fatal("a broken policy was taken over")
	}
	if !mayRead(g) || g.Stale(now, rbac.MaxStaleness) {
		t.Error("the old policy was given up at once")
	}
	if !g.Stale(now.Add(time.Nanosecond), rbac.MaxStaleness) {
		t.Error("the old policy may stay for ever")
	}
}

func TestThoseWhoRefreshAtOnceShareALoadAndRequestsDoNotWaitForIt(t *testing.T) {
	s := &store{policy: plain()}
	g := rbac.NewGuard(s.load, s.version)
	refresh(t, g)
	s.loading, s.goOn = make(chan struct{}), make(chan struct{})
	s.change(func(*rbac.Policy) {})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := g.Refresh(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	<-s.loading
	if !mayRead(g) {
		t.Error("while a policy is loaded, the one before does not answer")
	}
	close(s.goOn)
	all.Wait()
	if n := s.loads.Load(); n != 2 {
		t.Errorf("loaded %d times in all, want 2", n)
	}
}

func TestAChangeThatALoadUnderWayMissedIsLoadedAfterIt(t *testing.T) {
	s := &store{policy: plain(), loading: make(chan struct{}), goOn: make(chan struct{})}
	g := rbac.NewGuard(s.load, s.version)
	var all sync.WaitGroup
	all.Go(func() { g.Refresh(t.Context()) })
	<-s.loading // it has read the policy
	s.change(func(p *rbac.Policy) { p.Grants = nil })
	all.Go(func() {
		if err := g.Refresh(t.Context()); err != nil {
			t.Error(err)
		}
		if mayRead(g) {
			t.Error("the change that was made before the refresh is not in force after it")
		}
	})
	s.goOn <- struct{}{}
	<-s.loading
	s.goOn <- struct{}{}
	all.Wait()
}

func TestWhoeverWaitsForALoadIsNotHarmedByTheOneWhoLedItGoingAway(t *testing.T) {
	s := &store{policy: plain(), loading: make(chan struct{}), goOn: make(chan struct{})}
	leader, leave := context.WithCancel(t.Context())
	g := rbac.NewGuard(func(ctx context.Context) (*rbac.Policy, error) {
		p, err := s.load(ctx)
		return p, errors.Join(err, ctx.Err())
	}, s.version)
	var all sync.WaitGroup
	all.Go(func() {
		if err := g.Refresh(leader); !errors.Is(err, context.Canceled) {
			t.Errorf("the leader got %v", err)
		}
	})
	<-s.loading
	all.Go(func() {
		if err := g.Refresh(t.Context()); err != nil {
			t.Error(err)
		}
	})
	leave()
	s.goOn <- struct{}{}
	<-s.loading
	s.goOn <- struct{}{}
	all.Wait()
	if !mayRead(g) {
		t.Error("nobody loaded the policy")
	}
}

func TestS06_AWatchTakesOverAChangeAtATickAndWhenItIsWoken(t *testing.T) {
	s := &store{policy: plain()}
	g := rbac.NewGuard(s.load, s.version)
	ctx, stop := context.WithCancel(t.Context())
	ticks, wake, failed := make(chan time.Time), make(chan struct{}), make(chan error, 4)
	var watch sync.WaitGroup
	watch.Go(func() { g.Watch(ctx, ticks, wake, func(err error) { failed <- err }) })
	ticks <- time.Time{}
	ticks <- time.Time{} // taken only when the first was done with
	if !mayRead(g) {
		t.Error("a tick did not load the policy")
	}
	s.change(func(p *rbac.Policy) { p.Users[0].Disabled = true })
	wake <- struct{}{}
	wake <- struct{}{}
	if mayRead(g) {
		t.Error("waking it did not load the policy")
	}
	s.change(func(p *rbac.Policy) { p.Users = nil })
	wake <- struct{}{}
	if err := <-failed; err == nil {
		t.Error("a broken policy was not told")
	}
	stop()
	watch.Wait()
}
