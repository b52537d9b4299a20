package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/jobs"
)

const (
	flushEvery = 5 * time.Second  // reads of lists go on record
	sweepEvery = 10 * time.Minute // what nobody will ask for any more goes
	keptKeys   = 7 * 24 * time.Hour
	stopWithin = 15 * time.Second // for the work under way when a server stops
)

// Service is the program as it serves: what works in the background, and the
// HTTP side in front of it.
type Service struct {
	app     *App
	log     *slog.Logger
	working atomic.Bool
}

// Serve answers on the listener until ctx ends. It works jobs, keeps the policy
// fresh, writes the audit trail of reads, and sweeps; all that ends, in order,
// before it returns.
func (a *App) Serve(ctx context.Context, listener net.Listener, o Serving) (err error) {
	a.publicURL = o.PublicURL
	s := &Service{app: a, log: o.Log}
	web, err := s.server(o)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	stop, err := s.start(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return errors.Join(web.Serve(ctx, listener), stop())
}

// start begins the work in the background. What it gives ends it: first the
// jobs, then the rest, and last what waits for the audit trail is written.
func (s *Service) start(ctx context.Context) (stop func() error, err error) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	swept, flushed, tidied := time.NewTicker(jobs.SweepEvery), time.NewTicker(flushEvery), time.NewTicker(sweepEvery)
	if err := s.app.Jobs.Start(ctx, swept.C, s.log); err != nil {
		cancel()
		return nil, err
	}
	s.working.Store(true)
	var background sync.WaitGroup
	background.Go(func() { s.app.Watch(ctx, s.failed("the policy cannot be refreshed")) })
	background.Go(func() { s.app.Audit.Run(ctx, flushed.C, s.failed("reads cannot be put on record")) })
	background.Go(func() { s.tidy(ctx, tidied.C) })
	return func() error {
		s.working.Store(false)
		within, done := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer done()
		err := s.app.Jobs.Stop(within)
		cancel()
		background.Wait()
		for _, t := range []*time.Ticker{swept, flushed, tidied} {
			t.Stop()
		}
		return err
	}, nil
}

func (s *Service) failed(what string) func(error) {
	return func(err error) { s.log.Warn(what, "error", err) }
}

// tidy removes, now and then, what nobody will ask for any more.
func (s *Service) tidy(ctx context.Context, ticks <-chan time.Time) {
	for {
		select {
		case <-ticks:
			if err := errors.Join(s.app.Auth.Sweep(ctx), s.forget(ctx)); err != nil {
				s.failed("what is old cannot be removed")(err)
			}
		case <-ctx.Done():
			return
		}
	}
}

// forget drops the keys by which requests were named long ago.
func (s *Service) forget(ctx context.Context) error {
	return s.app.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return idempotency.Sweep(ctx, tx, s.app.clock().Add(-keptKeys))
	})
}

// Bootstrap gives the one-time secret that makes the first security
// administrator, or nil where there is one already.
func (a *App) Bootstrap(ctx context.Context) (*auth.Secret, error) { return a.Auth.Bootstrap(ctx) }
