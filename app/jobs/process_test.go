package jobs_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/jobs"
)

// worksVariable names the database of a process that is this test's and works
// jobs until it is killed.
const worksVariable = "STEELYARD_TEST_WORKS"

func TestMain(m *testing.M) {
	if url := os.Getenv(worksVariable); url != "" {
		if err := works(url); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// works works jobs whose first attempt comes to no end, and says when one has begun.
func works(url string) error {
	d, err := db.Open(context.Background(), url)
	if err != nil {
		return err
	}
	begun := make(chan struct{})
	s := jobs.New(d, jobs.Options{Clock: time.Now}, stubborn(begun))
	if err := s.Start(context.Background(), nil, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	<-begun
	fmt.Println("begun")
	select {}
}

// stubborn is a kind of job whose first attempt writes something and waits for ever.
func stubborn(begun chan<- struct{}) jobs.Kind {
	return kind("stubborn", func(ctx context.Context, w *jobs.Work) (any, error) {
		if w.Job.Attempt > 1 {
			return "done", nil
		}
		_, file, err := w.Input(ctx)
		if err != nil {
			return nil, err
		}
		w.Progress("test.row", file.Size, 100)
		close(begun)
		<-ctx.Done()
		return nil, ctx.Err()
	})
}

func TestAProcessThatIsKilledLeavesAJobThatAnotherFinishes(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := jobs.Migrate(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		temp := t.TempDir()
		s := serviceWith(t, d, jobs.Options{Temp: temp}, stubborn(nil))
		file, err := s.Files().Put(t.Context(), "me", "a.csv", "text/csv", jobs.MaxInput, zerosOf(3<<20))
		if err != nil {
			t.Fatal(err)
		}
		job, err := s.Ask(t.Context(), operator, jobs.Order{Kind: "stubborn", Input: file})
		if err != nil {
			t.Fatal(err)
		}
		kill(t, url, temp)
		if left, err := os.ReadDir(temp); err != nil || len(left) != 1 {
			t.Errorf("the killed process left %v, %v", left, err)
		}
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		if err := s.Start(t.Context(), tick.C, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		defer stop(t, s)
		if job := ended(t, s, job.ID); job.State != jobs.Done || job.Attempt != 2 {
			t.Errorf("the job ended as %+v", job)
		}
		apptest.Eventually(t, "nothing is left of the killed process", func() bool {
			left, err := os.ReadDir(temp)
			return err == nil && len(left) == 0
		})
	})
}

// kill lets another process begin the job, and kills it.
func kill(t *testing.T, url, temp string) {
	t.Helper()
	process := exec.CommandContext(t.Context(), os.Args[0])
	process.Env = append(os.Environ(), worksVariable+"="+url, "TMPDIR="+temp)
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err := process.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = process.Wait() // it was killed
	if err != nil || line != "begun\n" {
		t.Fatalf("the process said %q, %v", line, err)
	}
}
