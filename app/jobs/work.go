package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// errWait says that a job cannot be worked yet.
var errWait = errors.New("the job has to wait")

// Why the context of a job ends before the job.
var (
	errCancelled = errors.New("the job was cancelled")
	errBudget    = errors.New("the job's time is over")
	errLost      = errors.New("the job's lock is lost")
)

// concludeWithin is how long the end of a job waits for the database: longer
// than any other write holds SQLite's one writer.
const concludeWithin = time.Minute

// attempt is one job being worked in this process.
type attempt struct {
	service *Service
	kind    *Kind
	job     *Job
	lock    *db.Lock
	slot    *db.Lock // nil for a kind without a limit for each user
	cancel  context.CancelCauseFunc
	over    chan struct{} // closed when the row says how it ended
	told    told

	mu     sync.Mutex
	ender  *rbac.Actor // who cancelled it in this process
	output *File
}

// work works the job of a ticket, unless somebody else does or did. Its context
// ends when the service stops.
func (s *Service) work(ctx context.Context, id int64) error {
	a, err := s.begin(ctx, id)
	if err != nil || a == nil {
		return err
	}
	defer a.release()
	ctx, a.cancel = context.WithCancelCause(ctx)
	defer a.cancel(nil)
	s.enter(a)
	defer s.leave(a)
	within, done := context.WithTimeoutCause(ctx, a.kind.Budget, errBudget)
	defer done()
	stopBeat := a.beat(within)
	result, err := a.run(within)
	stopBeat()
	if err := a.end(within, result, err); err != nil {
		s.log.ErrorContext(ctx, "a job's end could not be written", "job", id, "error", err) // a sweep takes it up
	}
	return nil
}

// begin takes what a job needs and makes it a working one; nil if it is not to be worked by us.
func (s *Service) begin(ctx context.Context, id int64) (*attempt, error) {
	lock, err := s.db.TryLock(ctx, lockName(id))
	if fault.KindOf(err) == fault.Conflict {
		return nil, nil //nolint:nilnil // somebody else has it
	}
	if err != nil {
		return nil, errors.Join(errWait, err)
	}
	a := &attempt{service: s, lock: lock, over: make(chan struct{})}
	if err := a.claim(ctx, id); err != nil || a.job == nil {
		a.release()
		if err != nil {
			s.log.WarnContext(ctx, "a job waits", "job", id, "error", err)
		}
		return nil, err
	}
	return a, nil
}

// claim finds the queued job, takes a slot of its user, and makes it working. It
// leaves job nil when the job is not queued any more.
func (a *attempt) claim(ctx context.Context, id int64) error {
	s := a.service
	var job *Job
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		job, err = find(ctx, tx, id)
		return err
	})
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return nil
	case err != nil:
		return errors.Join(errWait, err)
	case job.State != Queued:
		return nil
	}
	if a.kind, err = s.kind(job.Kind); err != nil {
		return err
	}
	if err := a.takeSlot(ctx, job); err != nil {
		return err
	}
	claimed := false
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		claimed, err = claim(ctx, tx, id, db.Now(s.o.Clock))
		return err
	})
	if err != nil {
		return errors.Join(errWait, err)
	}
	if claimed {
		job.State, job.Attempt = Working, job.Attempt+1
		a.job = job
	}
	return nil
}

// takeSlot takes one of the places that the kind has for each user; errWait if all are taken.
func (a *attempt) takeSlot(ctx context.Context, job *Job) (err error) {
	for n := range a.kind.PerUser {
		a.slot, err = a.service.db.TryLock(ctx, fmt.Sprintf("job-slot/%s/%d/%d", a.kind.Name, job.UserID, n))
		if fault.KindOf(err) != fault.Conflict {
			break
		}
		err = errWait
	}
	if err != nil && !errors.Is(err, errWait) {
		err = errors.Join(errWait, err)
	}
	return err
}

func (a *attempt) release() {
	if a.slot != nil {
		a.slot.Release()
	}
	a.lock.Release()
}

func (s *Service) enter(a *attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running[a.job.ID] = a
}

func (s *Service) leave(a *attempt) {
	s.mu.Lock()
	delete(s.running, a.job.ID)
	s.mu.Unlock()
	close(a.over)
}

// run does the job as the user who asked for it. A panic costs the job alone.
func (a *attempt) run(ctx context.Context) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			a.service.log.ErrorContext(ctx, "a job panicked", "job", a.job.ID, "panic", p, "stack", string(debug.Stack()))
			result, err = nil, fmt.Errorf("a job panicked: %v", p)
		}
	}()
	spool := a.service.spool(a.job.ID)
	defer func() { err = errors.Join(err, spool.clear()) }()
	if err := spool.clear(); err != nil {
		return nil, err
	}
	ctx = audit.From(ctx, audit.Origin{RequestID: a.job.RequestID})
	actor, err := a.service.actorOf(ctx, a.job)
	if err != nil {
		return nil, err
	}
	reach := a.kind.reachOf(actor)
	a.job.Reach = &reach
	return a.kind.Run(access.With(ctx, actor), &Work{Job: a.job, Actor: actor, attempt: a, spool: spool})
}

// actorOf gives who asked for a job, with the rights of now.
func (s *Service) actorOf(ctx context.Context, job *Job) (rbac.Actor, error) {
	if job.UserID == 0 {
		return rbac.Operator(job.MadeBy), nil
	}
	actor, err := s.o.ActorOf(ctx, job.UserID)
	if err != nil {
		if kind := fault.KindOf(err); kind == fault.NotFound || kind == fault.Unauthenticated || kind == fault.Forbidden {
			err = fault.Wrap(err, fault.Forbidden, "job.no_user", nil)
		}
		return rbac.Actor{}, err
	}
	if job.Limits == nil {
		return actor, nil
	}
	var limits []rbac.Permission
	if err := json.Unmarshal([]byte(*job.Limits), &limits); err != nil {
		return rbac.Actor{}, fmt.Errorf("reading the limits of job %d: %w", job.ID, err)
	}
	return actor.Limited(limits), nil
}

// end writes how an attempt ended. What was done is done, even if it was to be
// cancelled meanwhile; what was cut off by the end of this process is queued again.
func (a *attempt) end(ctx context.Context, result any, err error) error {
	cause := context.Cause(ctx)
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), concludeWithin)
	defer done()
	job := a.job
	_, job.Done, job.Total = a.told.last()
	switch {
	case err == nil:
		return a.conclude(ctx, Done, result, nil)
	case errors.Is(cause, errCancelled):
		return a.conclude(ctx, Cancelled, nil, nil)
	case errors.Is(cause, errBudget):
		return a.conclude(ctx, Failed, nil, fault.Wrap(err, fault.Conflict, "job.budget", lang.Args{"minutes": int(a.kind.Budget.Minutes())}))
	case cause != nil:
		return a.putBack(ctx)
	}
	if _, known := fault.As(err); !known || fault.KindOf(err) == fault.Internal {
		a.service.log.ErrorContext(ctx, "a job failed", "job", job.ID, "kind", job.Kind, "error", err)
	}
	return a.conclude(ctx, Failed, nil, err)
}

// conclude writes the final state of the job, gives its file a time to live, and
// takes away the file that it was made from.
func (a *attempt) conclude(ctx context.Context, state State, result any, failure error) error {
	job, s := a.job, a.service
	job.State, job.Step, job.FinishedAt = state, "", db.Now(s.o.Clock)
	if err := job.keep(result, failure); err != nil {
		job.State = Failed
		if err := job.keep(nil, err); err != nil {
			return err
		}
	}
	a.mu.Lock()
	ender, output := a.ender, a.output
	a.mu.Unlock()
	if state == Done && output != nil {
		job.OutputFileID = output.ID
	}
	if state == Cancelled && ender != nil {
		job.CancelBy = ender.Name
	}
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		ours, err := conclude(ctx, tx, job)
		if err != nil || !ours {
			return err
		}
		if err := settleFiles(ctx, tx, job, output); err != nil {
			return err
		}
		if state == Cancelled && ender != nil {
			return writeCancelled(ctx, tx, *ender, job)
		}
		return nil
	})
}

// keep gives the job its result or problem as its row has them.
func (j *Job) keep(result any, failure error) error {
	if result != nil {
		text, err := json.Marshal(result)
		if err != nil {
			return fmt.Errorf("writing the result of job %d: %w", j.ID, err)
		}
		said := string(text)
		j.ResultText = &said
	}
	if failure != nil {
		text, err := problemOf(failure).text()
		if err != nil {
			return err
		}
		j.ProblemText = &text
	}
	return nil
}

func writeCancelled(ctx context.Context, tx db.Tx, by rbac.Actor, job *Job) error {
	return audit.Write(ctx, tx, job.FinishedAt, by, audit.Entry{
		Action: "job.cancel", Object: "job", Key: strconv.FormatInt(job.ID, 10), After: asked(job),
	})
}

// putBack queues the job again: it was cut off by us, and the attempt does not count.
func (a *attempt) putBack(ctx context.Context) error {
	err := a.service.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		ticketID, err := a.service.enqueue(ctx, tx, a.kind, a.job.ID)
		if err != nil {
			return err
		}
		ours, err := requeue(ctx, tx, a.job, ticketID, false)
		if err == nil && !ours {
			err = errNotOurs
		}
		return err
	})
	if errors.Is(err, errNotOurs) {
		return nil
	}
	return err
}

// errNotOurs undoes what was meant for a job that another has taken up.
var errNotOurs = errors.New("the job is another's by now")
