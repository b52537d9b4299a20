// Package jobs does in the background what outlasts a request. What people see
// of a job (who asked, how far it is, what it gave) is a row of its own; River
// carries its id to whichever copy of the server is free. While a job works,
// its process holds the job's lock, which vanishes with the process: the others
// see by it that a job has nobody any more, and put it back into the queue.
package jobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/rbac"
)

// State is where a job is.
type State string

// The states of a job. The last three are final.
const (
	Queued    State = "queued"
	Working   State = "working"
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Final says whether nothing will happen to the job any more.
func (s State) Final() bool { return s == Done || s == Failed || s == Cancelled }

// Queue is a row of jobs that are worked side by side.
type Queue string

// The queues: a long import keeps no export waiting.
const (
	Writing Queue = "writing"
	Reading Queue = "reading"
)

// workers is how many jobs of one queue a process works at a time.
const workers = 2

// Kind is one thing that is done in the background.
type Kind struct {
	Name  string
	Queue Queue
	// PerUser is how many of one user's are worked at a time on all servers
	// together; the others wait. 0 for no limit of its own.
	PerUser int
	// Budget is how long one attempt may take.
	Budget time.Duration
	// Reach are the permissions whose scopes bound what its file holds. Whoever has
	// another scope by the time they want the file does not get it.
	Reach []rbac.Permission
	// Check refuses what cannot succeed before it is enqueued: above all whoever may not ask for it.
	Check func(ctx context.Context, actor rbac.Actor, args json.RawMessage) error
	// Run does it, as the user who asked, with the rights they have now. It may be
	// begun again after a crash, never at the same time. The result must be what JSON can say.
	Run func(ctx context.Context, w *Work) (result any, err error)
}

// Order is what somebody asks for.
type Order struct {
	Kind    string
	Subject string // what it is about, in the key people know: a period, a kind of file
	Args    any    // survives JSON
	Reason  string // for the audit trail
	Input   *File  // the file that comes with it; it is gone when the job ends
}

// Job is one thing that was asked for.
type Job struct {
	bun.BaseModel `bun:"table:jobs,alias:j"`

	ID           int64           `bun:"id,pk,autoincrement"`
	Kind         string          `bun:"kind"`
	UserID       int64           `bun:"user_id,nullzero"` // 0 for the operator of the machine
	MadeBy       string          `bun:"made_by"`
	Limits       *string         `bun:"limits"` // the permissions that a token left, as JSON; nil for all
	Reach        *string         `bun:"reach"`  // digest of the scopes that its file is of
	Subject      string          `bun:"subject"`
	Args         string          `bun:"args"`
	State        State           `bun:"state"`
	Step         string          `bun:"step"` // code of a message
	Done         int64           `bun:"done"`
	Total        int64           `bun:"total"` // 0 while it is not known
	Result       json.RawMessage `bun:"-"`
	Problem      *Problem        `bun:"-"`
	Attempt      int             `bun:"attempt"`
	CancelBy     string          `bun:"cancel_by"`
	InputFileID  int64           `bun:"input_file_id,nullzero"`
	OutputFileID int64           `bun:"output_file_id,nullzero"`
	Ticket       int64           `bun:"ticket"` // id of the queue's row
	RequestID    string          `bun:"request_id"`
	QueuedAt     time.Time       `bun:"queued_at"`
	StartedAt    time.Time       `bun:"started_at,nullzero"`
	FinishedAt   time.Time       `bun:"finished_at,nullzero"`
	Version      int64           `bun:"version"`

	ResultText  *string `bun:"result"`
	ProblemText *string `bun:"problem"`

	// Output is the file that it made, while that can be had.
	Output *File `bun:"-"`
}

// reachOf is the digest of an actor's scopes for the permissions of a kind.
func (k *Kind) reachOf(actor rbac.Actor) string {
	sum := sha256.New()
	for _, p := range k.Reach {
		fmt.Fprintf(sum, "%s %+v\n", p, actor.Scope(p))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// fill makes what was read from the database whole.
func (j *Job) fill() error {
	j.QueuedAt, j.StartedAt, j.FinishedAt = utc(j.QueuedAt), utc(j.StartedAt), utc(j.FinishedAt)
	if j.ResultText != nil {
		j.Result = json.RawMessage(*j.ResultText)
	}
	if j.ProblemText == nil {
		return nil
	}
	problem, err := readProblem(*j.ProblemText)
	if err != nil {
		return fmt.Errorf("reading the problem of job %d: %w", j.ID, err)
	}
	j.Problem = problem
	return nil
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

// lockName is the lock that a process holds while it works a job.
func lockName(id int64) string { return fmt.Sprintf("job/%d", id) }
