package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

const (
	maxOpen     = 10 // how many jobs of one user may be queued or working
	maxAttempts = 3  // after how many interrupted attempts a job is given up
)

// Options are what the service needs beside the database.
type Options struct {
	Clock func() time.Time
	// ActorOf gives a user with the rights that they have now.
	ActorOf func(ctx context.Context, userID int64) (rbac.Actor, error)
	Temp    string // the folder for files that are being worked on; the machine's if left out
}

var silent = slog.New(slog.DiscardHandler)

// Service keeps the jobs, and works them once it is started.
type Service struct {
	db    *db.DB
	o     Options
	log   *slog.Logger
	kinds []*Kind
	queue *client
	files *Files

	mu      sync.Mutex
	running map[int64]*attempt
	lost    map[int64]int64 // jobs whose ticket the last sweep did not find
	stop    func(context.Context) error
}

// New makes a service that enqueues, and works nothing until Start.
func New(d *db.DB, o Options, kinds ...Kind) *Service {
	if o.Temp == "" {
		o.Temp = os.TempDir()
	}
	queue, err := newClient(d, silent, nil)
	if err != nil {
		panic(err) // what the queue is told is ours, and the same every time
	}
	s := &Service{db: d, o: o, log: silent, queue: queue, files: NewFiles(d, o.Clock), running: map[int64]*attempt{}, lost: map[int64]int64{}}
	for i := range kinds {
		s.kinds = append(s.kinds, &kinds[i])
	}
	return s
}

// Files are the files that come with jobs and out of them.
func (s *Service) Files() *Files { return s.files }

func (s *Service) kind(name string) (*Kind, error) {
	at := slices.IndexFunc(s.kinds, func(k *Kind) bool { return k.Name == name })
	if at < 0 {
		return nil, fmt.Errorf("there is no kind of job called %s", name)
	}
	return s.kinds[at], nil
}

// Ask enqueues a job for the actor in a transaction of its own, once for each
// idempotency key. The input file belongs to the job from then on; when there is
// no job of it, because it failed or was there before, the file is removed.
func (s *Service) Ask(ctx context.Context, actor rbac.Actor, o Order) (*Job, error) {
	job, err := s.ask(ctx, actor, o)
	if o.Input != nil && (err != nil || job.InputFileID != o.Input.ID) {
		err = errors.Join(err, s.files.Remove(context.WithoutCancel(ctx), o.Input.ID))
	}
	if err != nil {
		return nil, err
	}
	return job, nil
}

func (s *Service) ask(ctx context.Context, actor rbac.Actor, o Order) (job *Job, err error) {
	k, err := s.kind(o.Kind)
	if err != nil {
		return nil, err
	}
	args, err := json.Marshal(o.Args)
	if err != nil {
		return nil, fmt.Errorf("writing the arguments of a job: %w", err)
	}
	refused := k.Check(ctx, actor, args) // a request that is repeated has its answer all the same
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		id, err := idempotency.Do(ctx, tx, db.Now(s.o.Clock), func() (int64, error) {
			if refused != nil {
				return 0, refused
			}
			job, err := s.Enqueue(ctx, tx, actor, o)
			if err != nil {
				return 0, err
			}
			return job.ID, nil
		})
		if err != nil {
			return err
		}
		job, err = find(ctx, tx, id)
		return err
	})
	return job, err
}

// Enqueue adds a job to the transaction of what it is part of: it is worked when
// that commits. Whoever calls it has asked whether the actor may.
func (s *Service) Enqueue(ctx context.Context, tx db.Tx, actor rbac.Actor, o Order) (*Job, error) {
	k, err := s.kind(o.Kind)
	if err != nil {
		return nil, err
	}
	if err := s.room(ctx, tx, actor); err != nil {
		return nil, err
	}
	job, err := s.newJob(ctx, actor, o)
	if err != nil {
		return nil, err
	}
	if err := insert(ctx, tx, job); err != nil {
		return nil, err
	}
	if job.Ticket, err = s.enqueue(ctx, tx, k, job.ID); err != nil {
		return nil, err
	}
	if err := setTicket(ctx, tx, job.ID, job.Ticket); err != nil {
		return nil, err
	}
	if o.Input != nil {
		if err := keepFile(ctx, tx, o.Input.ID); err != nil {
			return nil, err
		}
	}
	return job, audit.Write(ctx, tx, job.QueuedAt, actor, audit.Entry{
		Action: "job." + o.Kind, Object: "job", Key: strconv.FormatInt(job.ID, 10), Detail: o.Reason, After: asked(job),
	})
}

// asked is what the audit trail has of a job.
func asked(j *Job) any {
	return struct {
		Subject string          `json:"subject"`
		Args    json.RawMessage `json:"args"`
	}{j.Subject, json.RawMessage(j.Args)}
}

func (s *Service) newJob(ctx context.Context, actor rbac.Actor, o Order) (*Job, error) {
	args, err := json.Marshal(o.Args)
	if err != nil {
		return nil, fmt.Errorf("writing the arguments of a job: %w", err)
	}
	job := &Job{
		Kind: o.Kind, UserID: actor.UserID, MadeBy: actor.Name, Subject: o.Subject, Args: string(args), State: Queued,
		RequestID: audit.OriginOf(ctx).RequestID, QueuedAt: db.Now(s.o.Clock), Version: 1,
	}
	if limits, limited := actor.Limits(); limited {
		text, err := json.Marshal(limits)
		if err != nil {
			return nil, fmt.Errorf("writing the limits of a job: %w", err)
		}
		said := string(text)
		job.Limits = &said
	}
	if o.Input != nil {
		job.InputFileID = o.Input.ID
	}
	return job, nil
}

// room fails when the actor has as many open jobs as one user may have.
func (s *Service) room(ctx context.Context, tx db.Tx, actor rbac.Actor) error {
	if actor.UserID == 0 {
		return nil
	}
	open, err := countOpen(ctx, tx, actor.UserID)
	if err != nil || open < maxOpen {
		return err
	}
	full := fault.New(fault.TooMany, "job.too_many", lang.Args{"count": open})
	full.RetryAfter = time.Minute
	return full
}

// Get gives a job of the actor, or somebody else's to whoever may read those;
// then without what is the other's business. Any other is NotFound.
func (s *Service) Get(ctx context.Context, actor rbac.Actor, id int64) (job *Job, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		job, err = s.visible(ctx, tx, actor, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return shown(actor, job), nil
}

func (s *Service) visible(ctx context.Context, tx db.Tx, actor rbac.Actor, id int64) (*Job, error) {
	job, err := find(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if !owns(actor, job) && access.RequireWhole(actor, rbac.JobRead) != nil {
		return nil, unknown(id)
	}
	return job, nil
}

// owns says whether a job is the actor's; the operator's are those of whoever runs the machine.
func owns(actor rbac.Actor, job *Job) bool {
	if job.UserID == 0 {
		return actor.IsOperator()
	}
	return job.UserID == actor.UserID
}

// shown is the job as the actor may see it: what somebody else's gave, and what
// was wrong with their file, is not told.
func shown(actor rbac.Actor, job *Job) *Job {
	if owns(actor, job) || actor.IsOperator() {
		return job
	}
	job.Result, job.Output = nil, nil
	if job.Problem != nil {
		job.Problem = &Problem{Kind: job.Problem.Kind, Code: job.Problem.Code, Args: job.Problem.Args, Count: job.Problem.Count}
	}
	return job
}

// Download gives the file of a job of the actor's, and what it holds. Somebody
// else's, and one whose time is over, is as if it were not there.
func (s *Service) Download(ctx context.Context, actor rbac.Actor, id int64) (*File, io.Reader, error) {
	job, err := s.Get(ctx, actor, id)
	if err != nil {
		return nil, nil, err
	}
	if !owns(actor, job) {
		return nil, nil, unknown(id)
	}
	if job.State != Done || job.Output == nil || !job.Output.ExpiresAt.After(s.o.Clock()) {
		return nil, nil, fault.New(fault.NotFound, "job.no_file", lang.Args{"id": id})
	}
	k, err := s.kind(job.Kind)
	if err != nil {
		return nil, nil, err
	}
	if job.Reach == nil || *job.Reach != k.reachOf(actor) || k.Check(ctx, actor, json.RawMessage(job.Args)) != nil {
		return nil, nil, fault.New(fault.NotFound, "job.no_file", lang.Args{"id": id})
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return audit.Write(ctx, tx, db.Now(s.o.Clock), actor, audit.Entry{
			Action: "job.download", Object: "job", Key: strconv.FormatInt(id, 10), After: map[string]string{"file": job.Output.Name, "sha256": job.Output.SHA256},
		})
	})
	if err != nil {
		return nil, nil, err
	}
	return job.Output, s.files.Open(ctx, job.Output), nil
}

func unknown(id int64) error { return fault.New(fault.NotFound, "job.unknown", lang.Args{"id": id}) }

// Filter says which jobs are listed.
type Filter struct {
	State    State // empty for any
	Everyone bool  // those of others too
}

// Page is a page of jobs.
type Page struct {
	Jobs []*Job
	Next string // the cursor of the next page; empty on the last
}

// List lists jobs, the last first: the actor's own, or with Everyone all of
// them, for whoever may read other people's.
func (s *Service) List(ctx context.Context, actor rbac.Actor, f Filter, q page.Query) (*Page, error) {
	if f.Everyone {
		if err := access.RequireWhole(actor, rbac.JobRead); err != nil {
			return nil, err
		}
	}
	q.Sort = "-id"
	plan, err := q.Plan("j.id", page.Order{Name: "id", Column: "j.id", Int: true})
	if err != nil {
		return nil, err
	}
	p := &Page{}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p.Jobs, err = list(ctx, tx, actor, f, plan)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(p.Jobs) > plan.Limit {
		p.Jobs = p.Jobs[:plan.Limit]
		last := p.Jobs[plan.Limit-1].ID
		p.Next = plan.Next(last, last)
	}
	for i, job := range p.Jobs {
		p.Jobs[i] = shown(actor, job)
	}
	return p, nil
}
