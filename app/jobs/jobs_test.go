package jobs_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

var operator = rbac.Operator("operator:test")

func TestAJobIsEnqueuedWorkedAndDone(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("sum", func(_ context.Context, w *jobs.Work) (any, error) {
			var args struct{ A, B int }
			if err := w.Args(&args); err != nil {
				return nil, err
			}
			return map[string]int{"sum": args.A + args.B}, nil
		}))
		start(t, s)
		asked, err := s.Ask(t.Context(), operator, jobs.Order{Kind: "sum", Subject: "two numbers", Args: map[string]int{"A": 2, "B": 3}})
		if err != nil {
			t.Fatal(err)
		}
		if asked.State != jobs.Queued || asked.MadeBy != operator.Name || asked.Subject != "two numbers" {
			t.Errorf("the job that was asked for is %+v", asked)
		}
		done := ended(t, s, asked.ID)
		if done.State != jobs.Done || string(done.Result) != `{"sum":5}` || done.Attempt != 1 {
			t.Errorf("the job ended as %+v with %s", done, done.Result)
		}
	})
}

func TestAJobOfARolledBackTransactionIsNeverThere(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("any", nothing))
		undone := errors.New("undone")
		var id int64
		err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			job, err := s.Enqueue(ctx, tx, operator, jobs.Order{Kind: "any"})
			if err != nil {
				return err
			}
			id = job.ID
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		if job, err := s.Get(t.Context(), operator, id); err == nil {
			t.Errorf("the job is there: %+v", job)
		}
		if n := count(t, d, "SELECT count(*) FROM river_job") + count(t, d, "SELECT count(*) FROM audit_records"); n != 0 {
			t.Errorf("%d rows of it stayed", n)
		}
	})
}

// kind is a kind of job that anybody may ask for.
func kind(name string, run func(context.Context, *jobs.Work) (any, error)) jobs.Kind {
	return jobs.Kind{
		Name: name, Queue: jobs.Writing, Budget: time.Minute, Run: run,
		Check: func(context.Context, rbac.Actor, json.RawMessage) error { return nil },
	}
}

func nothing(context.Context, *jobs.Work) (any, error) { return nil, nil } //nolint:nilnil // a job without a result

func service(t *testing.T, d *db.DB, kinds ...jobs.Kind) *jobs.Service {
	t.Helper()
	return serviceWith(t, d, jobs.Options{}, kinds...)
}

func serviceWith(t *testing.T, d *db.DB, o jobs.Options, kinds ...jobs.Kind) *jobs.Service {
	t.Helper()
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.ActorOf == nil {
		o.ActorOf = func(_ context.Context, id int64) (rbac.Actor, error) {
			return rbac.Actor{UserID: id, Name: "user"}, nil
		}
	}
	if o.Temp == "" {
		o.Temp = t.TempDir()
	}
	return jobs.New(d, o, kinds...)
}

// start starts a service, sweeping as often as it can, and stops it at the end of the test.
func start(t *testing.T, s *jobs.Service) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	t.Cleanup(tick.Stop)
	if err := s.Start(t.Context(), tick.C, slog.New(slog.NewTextHandler(t.Output(), nil))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, s) })
}

func stop(t *testing.T, s *jobs.Service) {
	t.Helper()
	ctx, done := context.WithTimeout(context.Background(), 20*time.Second)
	defer done()
	if err := s.Stop(ctx); err != nil {
		t.Errorf("stopping: %v", err)
	}
}

// ended waits until a job is over.
func ended(t *testing.T, s *jobs.Service, id int64) *jobs.Job {
	t.Helper()
	var job *jobs.Job
	apptest.Eventually(t, "the job is over", func() bool {
		var err error
		if job, err = s.Get(t.Context(), operator, id); err != nil {
			t.Fatal(err)
		}
		return job.State.Final()
	})
	return job
}

func count(t *testing.T, d *db.DB, query string, args ...any) (n int) {
	t.Helper()
	err := d.Snapshot(t.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.QueryRowContext(ctx, query, args...).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var firstPage = page.Query{}

type rbacPermission = rbac.Permission

func ask(t *testing.T, s *jobs.Service, actor rbac.Actor, kind string) *jobs.Job {
	t.Helper()
	job, err := s.Ask(t.Context(), actor, jobs.Order{Kind: kind, Subject: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return job
}

func get(t *testing.T, s *jobs.Service, id int64) *jobs.Job {
	t.Helper()
	job, err := s.Get(t.Context(), operator, id)
	if err != nil {
		t.Fatal(err)
	}
	return job
}

func code(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return ""
}

// user makes a user who may do nothing but have jobs.
func user(t *testing.T, d *db.DB, id int64) rbac.Actor {
	t.Helper()
	name := "user" + strconv.FormatInt(id, 10)
	err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO users (id, username, state, created_at) VALUES (?, ?, 'active', ?)", id, name, time.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rbac.Actor{UserID: id, Name: name}
}
