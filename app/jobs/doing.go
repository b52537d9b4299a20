package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
)

// Work is what a job's function is handed.
type Work struct {
	Job   *Job
	Actor rbac.Actor

	attempt *attempt
	spool   spool
}

// Args reads what was asked for.
func (w *Work) Args(into any) error {
	if err := json.Unmarshal([]byte(w.Job.Args), into); err != nil {
		return fmt.Errorf("reading the arguments of job %d: %w", w.Job.ID, err)
	}
	return nil
}

// Progress tells how far the job is. Step is the code of a message; a total of 0
// is one that nobody knows yet. It costs nothing: the row follows now and then.
func (w *Work) Progress(step string, done, total int64) { w.attempt.told.tell(step, done, total) }

// Input gives the file that came with the job as one in a folder of the machine,
// with a name of ours, which is gone when the job ends.
func (w *Work) Input(ctx context.Context) (path string, file *File, err error) {
	return w.spool.take(ctx, w.attempt.service.files, w.Job.InputFileID)
}

// Output makes the job's file of what write writes. It can be had when the job is done.
func (w *Work) Output(ctx context.Context, name, mediaType string, write func(io.Writer) error) (*File, error) {
	file, err := w.attempt.service.files.Make(ctx, w.Job.MadeBy, name, mediaType, write)
	if err != nil {
		return nil, err
	}
	w.attempt.mu.Lock()
	defer w.attempt.mu.Unlock()
	w.attempt.output = file
	return file, nil
}

// told is how far a job says it is.
type told struct {
	mu          sync.Mutex
	step        string
	done, total int64
	changed     bool
}

func (t *told) tell(step string, done, total int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.step, t.done, t.total, t.changed = step, done, total, true
}

func (t *told) last() (step string, done, total int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.step, t.done, t.total
}

// news says whether there is anything to write since it was asked last.
func (t *told) news() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	news := t.changed
	t.changed = false
	return news
}

const (
	beatEvery  = 400 * time.Millisecond // how often progress is written and a cancellation looked for
	beatWithin = 250 * time.Millisecond // how long writing waits for the database, before it is left out
	lookWithin = 2 * time.Second
	heldWithin = 30 * time.Second // a database that does not answer for so long has lost us
)

// beat writes the progress of a job beside its work, and ends its context when it
// was cancelled elsewhere or its lock is lost. Nothing that goes wrong here
// harms the job. The caller calls what it is given back when the work is over.
func (a *attempt) beat(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(beatEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				a.look(ctx)
				a.write(ctx)
			}
		}
	}()
	return func() {
		cancel()
		<-stopped
	}
}

// held asks for the lock. The question is never cut off by the end of the job: a
// connection that is, is closed, and the lock with it, before the row says how
// the job ended.
func (a *attempt) held(ctx context.Context) error {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), heldWithin)
	defer done()
	return a.lock.Held(ctx)
}

// look ends the job's context when somebody wants it to end, or nobody keeps others from it any more.
func (a *attempt) look(ctx context.Context) {
	if err := a.held(ctx); err != nil {
		a.cancel(errLost)
		return
	}
	ctx, done := context.WithTimeout(ctx, lookWithin)
	defer done()
	var by string
	err := a.service.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.NewSelect().Table("jobs").Column("cancel_by").Where("id = ?", a.job.ID).Scan(ctx, &by)
	})
	if err == nil && by != "" {
		a.job.CancelBy = by
		a.cancel(errCancelled)
	}
}

// write writes the progress if there is news and the database is free.
func (a *attempt) write(ctx context.Context) {
	if !a.told.news() {
		return
	}
	step, finished, total := a.told.last()
	ctx, done := context.WithTimeout(ctx, beatWithin)
	defer done()
	_ = a.service.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { // the next beat says it better
		_, err := tx.NewUpdate().Table("jobs").Set("step = ?", step).Set("done = ?", finished).Set("total = ?", total).
			Where("id = ?", a.job.ID).Where("state = 'working'").Where("attempt = ?", a.job.Attempt).Exec(ctx)
		return err
	})
}
