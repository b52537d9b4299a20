package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/steelyard/steelyard/app/db"
)

const (
	pollEvery = 250 * time.Millisecond // how often a free worker asks for the next job
	pollPause = 100 * time.Millisecond // the least time between two such questions

	// A job's own budget ends it; River would by this, and give its row up by the next.
	riverTimeout = 2 * time.Hour
	riverRescue  = 3 * time.Hour
)

// Migrate brings the queue's own tables up to date. It follows db.DB.Migrate; of
// programs that start at once, one does it.
func Migrate(ctx context.Context, d *db.DB) error {
	lock, err := d.WaitLock(ctx, "migrate")
	if err != nil {
		return err
	}
	defer lock.Release()
	migrator, err := rivermigrate.New(driverOf(d), &rivermigrate.Config{Logger: silent})
	if err != nil {
		return fmt.Errorf("preparing the queue's tables: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("making the queue's tables: %w", err)
	}
	return nil
}

func driverOf(d *db.DB) riverdriver.Driver[*sql.Tx] {
	if d.Engine() == db.SQLite {
		return riversqlite.New(d.Bun().DB)
	}
	return riverdatabasesql.New(d.Bun().DB)
}

// ticket is what the queue carries: the id of a job.
type ticket struct {
	ID int64 `json:"id"`
}

// Kind names the queue's rows.
func (ticket) Kind() string { return "job" }

type client = river.Client[*sql.Tx]

// newClient makes a client that enqueues alone, or works too when it is handed a worker.
func newClient(d *db.DB, log *slog.Logger, worker river.Worker[ticket]) (*client, error) {
	config := &river.Config{
		Logger: log, MaxAttempts: 1, PollOnly: true, SkipUnknownJobCheck: true,
		JobTimeout: riverTimeout, RescueStuckJobsAfter: riverRescue,
		FetchPollInterval: pollEvery, FetchCooldown: pollPause,
	}
	if worker != nil {
		config.Workers = river.NewWorkers()
		river.AddWorker(config.Workers, worker)
		config.Queues = map[string]river.QueueConfig{string(Writing): {MaxWorkers: workers}, string(Reading): {MaxWorkers: workers}}
	}
	c, err := river.NewClient(driverOf(d), config)
	if err != nil {
		return nil, fmt.Errorf("preparing the queue: %w", err)
	}
	return c, nil
}

// enqueue gives the queue a job's id, when the transaction commits, and gives the ticket.
func (s *Service) enqueue(ctx context.Context, tx db.Tx, k *Kind, id int64) (int64, error) {
	inserted, err := s.queue.InsertTx(ctx, tx.Tx.Tx, ticket{id}, &river.InsertOpts{Queue: string(k.Queue), MaxAttempts: 1})
	if err != nil {
		return 0, fmt.Errorf("enqueueing job %d: %w", id, err)
	}
	return inserted.Job.ID, nil
}

// worker hands River's tickets to the service.
type worker struct {
	river.WorkerDefaults[ticket]
	service *Service
}

// Work works the job of a ticket. Whatever becomes of the job is said in its
// row: to River the ticket is used up, or is to be tried again in a moment.
func (w *worker) Work(ctx context.Context, t *river.Job[ticket]) error {
	if err := w.service.work(ctx, t.Args.ID); errors.Is(err, errWait) {
		return river.JobSnooze(time.Second) //nolint:wrapcheck // it is no error but River's word for "later"
	}
	return nil
}
