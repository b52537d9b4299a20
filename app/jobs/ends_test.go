package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/lang"
)

var _ = lang.Register(map[string]lang.Text{
	"test.wrong": {Zh: "{what}有{rows}行错误", En: "{rows} wrong {rows:row|rows} in {what}"},
	"test.row":   {Zh: "值{value}不对", En: "the value {value} is wrong"},
})

func TestAFailedJobKeepsItsProblemsInBothLanguagesAndAtMost1000(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("wrong", func(context.Context, *jobs.Work) (any, error) {
			wrong := fault.New(fault.Invalid, "test.wrong", lang.Args{"what": lang.Text{Zh: "文件", En: "the file"}, "rows": 2_000_000})
			for row := range 1500 {
				wrong.Problems = append(wrong.Problems, fault.Problem{Row: row + 1, Code: "test.row", Args: lang.Args{"value": row}})
			}
			return nil, fmt.Errorf("wrapped: %w", wrong)
		}))
		start(t, s)
		job := ended(t, s, ask(t, s, operator, "wrong").ID)
		if job.State != jobs.Failed || job.Problem == nil {
			t.Fatalf("the job ended as %+v", job)
		}
		if len(job.Problem.At) != jobs.MaxProblems || job.Problem.Count != 1500 {
			t.Errorf("%d problems are listed of %d", len(job.Problem.At), job.Problem.Count)
		}
		if said := job.Problem.Fault().In(lang.Zh); said != "文件有2000000行错误" {
			t.Errorf("in Chinese the problem is %q", said)
		}
		if said := job.Problem.Fault().In(lang.En); said != "2000000 wrong rows in the file" {
			t.Errorf("in English the problem is %q", said)
		}
		if said := job.Problem.At[7].In(lang.En); said != "row 8: the value 7 is wrong" {
			t.Errorf("a place is %q", said)
		}
	})
}

func TestWhatIsNoFaultIsNotTold(t *testing.T) {
	s := service(t, apptest.SQLite(t), kind("odd", func(context.Context, *jobs.Work) (any, error) {
		return nil, errors.New("the password of the database is 1234")
	}))
	start(t, s)
	job := ended(t, s, ask(t, s, operator, "odd").ID)
	if job.State != jobs.Failed || job.Problem.Code != "job.internal" || strings.Contains(*job.ProblemText, "1234") {
		t.Errorf("the job ended as %s with %s", job.State, *job.ProblemText)
	}
}

func TestH02_APanicCostsOneJobAndTheNextIsWorked(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("panics", func(context.Context, *jobs.Work) (any, error) { panic("oh no") }), kind("works", nothing))
		start(t, s)
		job := ended(t, s, ask(t, s, operator, "panics").ID)
		if job.State != jobs.Failed || job.Problem.Code != "job.internal" || job.Problem.Fault().Kind != fault.Internal {
			t.Errorf("the job ended as %+v with %+v", job, job.Problem)
		}
		if next := ended(t, s, ask(t, s, operator, "works").ID); next.State != jobs.Done {
			t.Errorf("the next ended as %s", next.State)
		}
	})
}

func TestProgressIsSeenWhileAJobWorks(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		go1 := make(chan struct{})
		s := service(t, d, kind("slow", func(ctx context.Context, w *jobs.Work) (any, error) {
			w.Progress("test.row", 3, 10)
			return nil, wait(ctx, go1)
		}))
		start(t, s)
		id := ask(t, s, operator, "slow").ID
		apptest.Eventually(t, "the progress is in the row", func() bool {
			job := get(t, s, id)
			return job.State == jobs.Working && job.Step == "test.row" && job.Done == 3 && job.Total == 10
		})
		close(go1)
		if job := ended(t, s, id); job.State != jobs.Done || job.Done != 3 || job.StartedAt.IsZero() || job.FinishedAt.IsZero() {
			t.Errorf("the job ended as %+v", job)
		}
	})
}

func TestR06_AJobThatTakesTooLongIsStopped(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		k := kind("endless", func(ctx context.Context, _ *jobs.Work) (any, error) { return nil, wait(ctx, nil) })
		k.Budget = 1
		s := service(t, d, k)
		start(t, s)
		if job := ended(t, s, ask(t, s, operator, "endless").ID); job.State != jobs.Failed || job.Problem.Code != "job.budget" {
			t.Errorf("the job ended as %+v with %+v", job, job.Problem)
		}
	})
}

func TestSQLitesWriterMayBeBusyForLongAndTheQueueGoesOn(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("big", func(ctx context.Context, w *jobs.Work) (any, error) {
			return nil, d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
				if _, err := tx.ExecContext(ctx, "CREATE TABLE heap (n BIGINT NOT NULL, words TEXT NOT NULL)"); err != nil {
					return err
				}
				for chunk := range int64(4) {
					rows := tx.Bulk(ctx, "heap", "n", "words")
					for n := range int64(100_000) {
						rows.Int(chunk*100_000 + n)
						rows.Text("some words that take up room")
						if err := rows.Row(); err != nil {
							return err
						}
						w.Progress("test.row", chunk*100_000+n, 400_000)
					}
					if _, err := rows.Close(); err != nil {
						return err
					}
				}
				return nil
			})
		}), kind("small", nothing))
		start(t, s)
		big := ask(t, s, operator, "big").ID
		if job := ended(t, s, big); job.State != jobs.Done || job.Attempt != 1 || job.Done != 399_999 {
			t.Errorf("the big job ended as %+v with %+v", job, job.Problem)
		}
		if job := ended(t, s, ask(t, s, operator, "small").ID); job.State != jobs.Done {
			t.Errorf("the job after it ended as %s", job.State)
		}
		if n := count(t, d, "SELECT count(*) FROM heap"); n != 400_000 {
			t.Errorf("%d rows were written", n)
		}
	})
}

// wait waits until a channel is closed or the context ends.
func wait(ctx context.Context, until <-chan struct{}) error {
	select {
	case <-until:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
