package jobs_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/rbac"
)

func TestAQueuedJobIsCancelledAtOnceAndNeverWorked(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		worked := make(chan struct{}, 1)
		s := service(t, d, kind("any", func(context.Context, *jobs.Work) (any, error) {
			worked <- struct{}{}
			return nil, nil //nolint:nilnil // a job without a result
		}))
		me := user(t, d, 1)
		job := ask(t, s, me, "any")
		cancelled, err := s.Cancel(t.Context(), me, job.ID)
		if err != nil || cancelled.State != jobs.Cancelled || cancelled.CancelBy != me.Name {
			t.Fatalf("cancelling gave %+v, %v", cancelled, err)
		}
		start(t, s)
		ended(t, s, ask(t, s, me, "any").ID)
		<-worked
		select {
		case <-worked:
			t.Error("the cancelled job was worked")
		default:
		}
		if n := count(t, d, "SELECT count(*) FROM audit_records WHERE action = 'job.cancel' AND object_key = ?", strconv.FormatInt(job.ID, 10)); n != 1 {
			t.Errorf("%d records of the cancellation", n)
		}
	})
}

func TestAWorkingJobIsCancelledAndWhatItWroteIsNotThere(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		inside := make(chan struct{})
		s := service(t, d, kind("writes", func(ctx context.Context, _ *jobs.Work) (any, error) {
			return nil, d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
				if _, err := tx.ExecContext(ctx, "UPDATE policy_version SET version = 77"); err != nil {
					return err
				}
				close(inside)
				return wait(ctx, nil)
			})
		}))
		start(t, s)
		me := user(t, d, 1)
		id := ask(t, s, me, "writes").ID
		<-inside
		cancelled, err := s.Cancel(t.Context(), me, id) // on SQLite the job holds the one writer
		if err != nil || cancelled.State != jobs.Cancelled || cancelled.CancelBy != me.Name {
			t.Fatalf("cancelling gave %+v, %v", cancelled, err)
		}
		if n := count(t, d, "SELECT count(*) FROM policy_version WHERE version = 77"); n != 0 {
			t.Error("half of the job is done")
		}
		if n := count(t, d, "SELECT count(*) FROM audit_records WHERE action = 'job.cancel'"); n != 1 {
			t.Errorf("%d records of the cancellation", n)
		}
		if again, err := s.Cancel(t.Context(), me, id); err != nil || again.State != jobs.Cancelled {
			t.Errorf("cancelling again gave %+v, %v", again, err)
		}
	})
}

func TestAJobIsCancelledFromAnotherServer(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		inside := make(chan struct{})
		endless := kind("endless", func(ctx context.Context, _ *jobs.Work) (any, error) {
			close(inside)
			return nil, wait(ctx, nil)
		})
		works, asks := service(t, d, endless), service(t, d, endless)
		start(t, works)
		me := user(t, d, 1)
		id := ask(t, asks, me, "endless").ID
		<-inside
		if _, err := asks.Cancel(t.Context(), me, id); err != nil {
			t.Fatal(err)
		}
		if job := ended(t, works, id); job.State != jobs.Cancelled || job.CancelBy != me.Name {
			t.Errorf("the job ended as %+v", job)
		}
	})
}

func TestAJobThatIsOverCannotBeCancelled(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("any", nothing))
		start(t, s)
		id := ask(t, s, operator, "any").ID
		ended(t, s, id)
		if _, err := s.Cancel(t.Context(), operator, id); code(err) != "job.finished" || fault.KindOf(err) != fault.Conflict {
			t.Errorf("cancelling gave %v", err)
		}
	})
}

func TestZ06_SomebodyElsesJobIsAsIfItWereNotThere(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("any", nothing))
		me, other := user(t, d, 1), user(t, d, 2)
		id := ask(t, s, me, "any").ID
		for what, do := range map[string]func(rbac.Actor, int64) error{
			"get":      func(a rbac.Actor, id int64) error { _, err := s.Get(t.Context(), a, id); return err },
			"cancel":   func(a rbac.Actor, id int64) error { _, err := s.Cancel(t.Context(), a, id); return err },
			"download": func(a rbac.Actor, id int64) error { _, _, err := s.Download(t.Context(), a, id); return err },
		} {
			theirs, absent := do(other, id), do(other, 999)
			if code(theirs) != "job.unknown" || code(absent) != "job.unknown" || fault.KindOf(theirs) != fault.KindOf(absent) {
				t.Errorf("%s: somebody else's is %v, an absent one %v", what, theirs, absent)
			}
		}
		if page, err := s.List(t.Context(), other, jobs.Filter{}, firstPage); err != nil || len(page.Jobs) != 0 {
			t.Errorf("their list has %d jobs, %v", len(page.Jobs), err)
		}
		if _, err := s.List(t.Context(), other, jobs.Filter{Everyone: true}, firstPage); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the list of everyone's is %v", err)
		}
		if job := get(t, s, id); job.State != jobs.Queued {
			t.Errorf("the job is %s", job.State)
		}
	})
}
