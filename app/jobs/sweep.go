package jobs

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// Sweep takes up the jobs that have nobody: those that a process which is gone
// was working, and those whose ticket it had in hand. It takes away files whose
// time is over, and what a crash left in the folder for files.
func (s *Service) Sweep(ctx context.Context) error {
	open, err := s.open(ctx)
	if err != nil {
		return err
	}
	var failed []error
	lost := map[int64]int64{}
	for _, job := range open {
		switch {
		case s.here(job.ID):
		case job.State == Working:
			failed = append(failed, s.takeUp(ctx, job))
		case s.lost[job.ID] == job.Ticket:
			failed = append(failed, s.takeUp(ctx, job))
		default: // a worker may have it in hand: whoever is without a ticket the next time too has lost it
			lost[job.ID] = job.Ticket
		}
	}
	s.lost = lost
	failed = append(failed, s.files.Sweep(ctx), s.sweepSpools(ctx))
	return errors.Join(failed...)
}

func (s *Service) here(id int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.running[id] != nil
}

// open gives the working jobs, and the queued ones whose ticket is in no queue.
func (s *Service) open(ctx context.Context) (jobs []*Job, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.NewSelect().Model(&jobs).
			Where("j.state = 'working' OR j.state = 'queued' AND NOT EXISTS (?)", tx.NewSelect().Table("river_job").ColumnExpr("1").
				Where("river_job.id = j.ticket").Where("river_job.state IN (?)", bun.List([]string{"available", "scheduled", "retryable"}))).
			OrderExpr("j.id").Limit(1000).Scan(ctx)
	})
	return jobs, err
}

// takeUp puts a job back into the queue, or ends it, if no process holds its lock.
func (s *Service) takeUp(ctx context.Context, job *Job) error {
	lock, err := s.db.TryLock(ctx, lockName(job.ID))
	if fault.KindOf(err) == fault.Conflict {
		return nil
	}
	if err != nil {
		return err
	}
	defer lock.Release()
	k, err := s.kind(job.Kind)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return s.revive(ctx, tx, k, job) })
	if errors.Is(err, errNotOurs) {
		return nil // it came to its end before we had the lock
	}
	return err
}

func (s *Service) revive(ctx context.Context, tx db.Tx, k *Kind, job *Job) error {
	if job.State == Working && (job.CancelBy != "" || job.Attempt >= maxAttempts) {
		return s.giveUp(ctx, tx, job)
	}
	ticketID, err := s.enqueue(ctx, tx, k, job.ID)
	if err != nil {
		return err
	}
	if job.State == Queued {
		return retake(ctx, tx, job, ticketID)
	}
	ours, err := requeue(ctx, tx, job, ticketID, true)
	if err == nil && !ours {
		err = errNotOurs
	}
	return err
}

// giveUp ends a job that was to be cancelled, or was cut off too often.
func (s *Service) giveUp(ctx context.Context, tx db.Tx, job *Job) error {
	job.State, job.Step, job.FinishedAt = Cancelled, "", db.Now(s.o.Clock)
	if job.CancelBy == "" {
		job.State = Failed
		if err := job.keep(nil, fault.New(fault.Internal, "job.attempts", lang.Args{"count": job.Attempt})); err != nil {
			return err
		}
	}
	ours, err := conclude(ctx, tx, job)
	if err != nil {
		return err
	}
	if !ours {
		return errNotOurs
	}
	return settleFiles(ctx, tx, job, nil)
}
