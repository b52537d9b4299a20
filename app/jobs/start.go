package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// SweepEvery is how often a server is to look for jobs that have lost theirs.
const SweepEvery = 2 * time.Second

// Start works jobs until Stop. At every tick, and at once, it looks for jobs
// whose process is gone and for files whose time is over.
func (s *Service) Start(ctx context.Context, ticks <-chan time.Time) error {
	queue, err := newClient(s.db, s.o.Log, &worker{service: s})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if err := queue.Start(ctx); err != nil {
		cancel()
		return fmt.Errorf("starting the queue: %w", err)
	}
	swept := make(chan struct{})
	go func() {
		defer close(swept)
		s.sweepAt(ctx, ticks)
	}()
	s.stop = func(within context.Context) error {
		err := queue.StopAndCancel(within)
		cancel()
		select {
		case <-swept:
		case <-within.Done():
			err = errors.Join(err, context.Cause(within))
		}
		return err
	}
	return nil
}

// Stop ends the work. Jobs that are cut off by it go back into the queue, for
// another server or the next start. It takes no longer than its context.
func (s *Service) Stop(ctx context.Context) error {
	if s.stop == nil {
		return nil
	}
	err := s.stop(ctx)
	s.stop = nil
	if err != nil {
		return fmt.Errorf("stopping the jobs: %w", err)
	}
	return nil
}

func (s *Service) sweepAt(ctx context.Context, ticks <-chan time.Time) {
	for {
		if err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.WarnContext(ctx, "the sweep of the jobs failed", "error", err)
		}
		select {
		case <-ticks:
		case <-ctx.Done():
			return
		}
	}
}
