package jobs_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/jobs"
)

func TestAnotherFinishesTheJobOfAServerThatDied(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		var once sync.Once
		inside, late := make(chan struct{}), make(chan struct{})
		k := kind("work", func(ctx context.Context, w *jobs.Work) (any, error) {
			if w.Job.Attempt == 1 {
				once.Do(func() { close(inside) })
				return "of the dead", wait(context.WithoutCancel(ctx), late)
			}
			return "of the living", nil
		})
		dies, lives := service(t, d, k), service(t, d, k)
		start(t, dies)
		id := ask(t, lives, operator, "work").ID
		<-inside
		start(t, lives)
		dies.Die()
		job := ended(t, lives, id)
		close(late)
		if job.State != jobs.Done || job.Attempt != 2 || string(job.Result) != `"of the living"` {
			t.Errorf("the job ended as %+v with %s", job, job.Result)
		}
		stop(t, dies)
		if job := get(t, lives, id); string(job.Result) != `"of the living"` {
			t.Errorf("the dead wrote %s", job.Result)
		}
	})
}

func TestAJobThatKillsItsServerIsGivenUpInTheEnd(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		inside := make(chan struct{})
		late := make(chan struct{})
		k := kind("deadly", func(ctx context.Context, _ *jobs.Work) (any, error) {
			inside <- struct{}{}
			return nil, wait(context.WithoutCancel(ctx), late)
		})
		s := service(t, d, k)
		servers := []*jobs.Service{s}
		start(t, s)
		id := ask(t, s, operator, "deadly").ID
		for range 3 {
			<-inside
			for _, dies := range servers {
				dies.Die()
			}
			s = service(t, d, k)
			servers = append(servers, s)
			start(t, s)
		}
		if job := ended(t, s, id); job.State != jobs.Failed || job.Problem.Code != "job.attempts" || job.Attempt != 3 {
			t.Errorf("the job ended as %+v with %+v", job, job.Problem)
		}
		close(late)
	})
}

func TestAJobThatAStopCutsOffIsDoneAfterTheNextStart(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		inside := make(chan struct{}, 1)
		var mu sync.Mutex
		begun := 0
		k := kind("long", func(ctx context.Context, _ *jobs.Work) (any, error) {
			mu.Lock()
			begun++
			first := begun == 1
			mu.Unlock()
			if first {
				inside <- struct{}{}
				return nil, wait(ctx, nil)
			}
			return "done", nil
		})
		before := service(t, d, k)
		start(t, before)
		id := ask(t, before, operator, "long").ID
		<-inside
		stop(t, before)
		if job := get(t, before, id); job.State != jobs.Queued || job.Attempt != 0 {
			t.Errorf("the job is %s at attempt %d", job.State, job.Attempt)
		}
		after := service(t, d, k)
		start(t, after)
		if job := ended(t, after, id); job.State != jobs.Done || job.Attempt != 1 {
			t.Errorf("the job ended as %s at attempt %d", job.State, job.Attempt)
		}
	})
}

func TestAJobWhoseTicketIsLostGetsAnother(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("any", nothing))
		id := ask(t, s, operator, "any").ID
		err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error { // as a process does that dies with it in hand
			_, err := tx.ExecContext(ctx, "UPDATE river_job SET state = 'running', attempt = 1, attempted_at = created_at")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		start(t, s)
		if job := ended(t, s, id); job.State != jobs.Done {
			t.Errorf("the job ended as %s", job.State)
		}
	})
}

func TestServersShareTheJobsAndDoNoneTwice(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		done := map[int64]int{}
		k := kind("one", func(_ context.Context, w *jobs.Work) (any, error) {
			mu.Lock()
			defer mu.Unlock()
			done[w.Job.ID]++
			return nil, nil //nolint:nilnil // a job without a result
		})
		first, second := service(t, d, k), service(t, d, k)
		var ids []int64
		for range 20 {
			ids = append(ids, ask(t, first, operator, "one").ID)
		}
		start(t, first)
		start(t, second)
		for _, id := range ids {
			if job := ended(t, first, id); job.State != jobs.Done {
				t.Errorf("job %d ended as %s", id, job.State)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		for _, id := range ids {
			if done[id] != 1 {
				t.Errorf("job %d was done %d times", id, done[id])
			}
		}
	})
}

func TestE05_TwoJobsOfAUserAreWorkedAtATimeAndTenMayWait(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		at, most := map[int64]int{}, map[int64]int{}
		proceed := make(chan struct{})
		begun := make(chan int64, 20)
		k := kind("export", func(ctx context.Context, w *jobs.Work) (any, error) {
			mu.Lock()
			at[w.Actor.UserID]++
			most[w.Actor.UserID] = max(most[w.Actor.UserID], at[w.Actor.UserID])
			mu.Unlock()
			begun <- w.Actor.UserID
			err := wait(ctx, proceed)
			mu.Lock()
			at[w.Actor.UserID]--
			mu.Unlock()
			return nil, err
		})
		k.PerUser, k.Queue = 2, jobs.Reading
		first, second := service(t, d, k), service(t, d, k)
		me, other := user(t, d, 1), user(t, d, 2)
		var ids []int64
		for range 10 {
			ids = append(ids, ask(t, first, me, "export").ID)
		}
		_, err := first.Ask(t.Context(), me, jobs.Order{Kind: "export"})
		if code(err) != "job.too_many" {
			t.Errorf("the eleventh is %v", err)
		}
		theirs := ask(t, first, other, "export").ID
		start(t, first)
		start(t, second)
		users := map[int64]int{}
		for range 3 { // two of mine, and theirs although it was asked for last
			users[<-begun]++
		}
		if users[1] != 2 || users[2] != 1 {
			t.Errorf("at first were worked: %v", users)
		}
		close(proceed)
		for _, id := range append(ids, theirs) {
			if job := ended(t, first, id); job.State != jobs.Done || job.Attempt != 1 {
				t.Errorf("job %d ended as %s at attempt %d", id, job.State, job.Attempt)
			}
		}
		if most[1] != 2 {
			t.Errorf("%d of one user were worked at a time", most[1])
		}
	})
}

func TestAJobIsDoneWithTheRightsOfTheMomentAndOfTheToken(t *testing.T) {
	d := apptest.SQLite(t)
	k := kind("any", func(_ context.Context, w *jobs.Work) (any, error) {
		limits, limited := w.Actor.Limits()
		return map[string]any{"user": w.Actor.UserID, "limited": limited, "to": limits}, nil
	})
	s := service(t, d, k)
	start(t, s)
	me := user(t, d, 1)
	if job := ended(t, s, ask(t, s, me, "any").ID); string(job.Result) != `{"limited":false,"to":null,"user":1}` {
		t.Errorf("it was done by %s", job.Result)
	}
	if job := ended(t, s, ask(t, s, me.Limited([]rbacPermission{"run.create"}), "any").ID); string(job.Result) != `{"limited":true,"to":["run.create"],"user":1}` {
		t.Errorf("with a token it was done by %s", job.Result)
	}
}

func TestTheTablesOfTheQueueAreMadeOnceByMany(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				d, err := db.Open(t.Context(), url)
				if err != nil {
					t.Error(err)
					return
				}
				defer d.Close()
				if err := d.Migrate(t.Context()); err != nil {
					t.Error(err)
				}
				if err := jobs.Migrate(t.Context(), d); err != nil {
					t.Error(err)
				}
				s := serviceWith(t, d, jobs.Options{Clock: time.Now}, kind("any", nothing))
				if _, err := s.Ask(t.Context(), operator, jobs.Order{Kind: "any"}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}
