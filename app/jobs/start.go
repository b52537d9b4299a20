package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// SweepEvery is how often a server is to look for jobs that have lost theirs.
const SweepEvery = 2 * time.Second

// Start works jobs until Stop. At every tick, and at once, it looks for jobs
// whose process is gone and for files whose time is over. What goes wrong beside
// a job, or is not to be told its owner, is logged.
func (s *Service) Start(ctx context.Context, ticks <-chan time.Time, log *slog.Logger) error {
	s.log = slog.New(worthy{log.Handler()})
	queue, err := newClient(s.db, s.log, &worker{service: s})
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
			s.log.WarnContext(ctx, "the sweep of the jobs failed", "error", err)
		}
		select {
		case <-ticks:
		case <-ctx.Done():
			return
		}
	}
}

// worthy lets through what somebody should look at: River tells more than that.
type worthy struct{ slog.Handler }

// Enabled says whether a record of a level is worth it.
func (w worthy) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs is that of slog.Handler.
func (w worthy) WithAttrs(attrs []slog.Attr) slog.Handler { return worthy{w.Handler.WithAttrs(attrs)} }

// WithGroup is that of slog.Handler.
func (w worthy) WithGroup(name string) slog.Handler { return worthy{w.Handler.WithGroup(name)} }
