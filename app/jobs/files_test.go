package jobs_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/rbac"
)

// clock is one that a test sets forward.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func TestAFileComesOutAsItWentIn(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		files := jobs.NewFiles(d, time.Now)
		for _, size := range []int{0, 1, 1<<20 - 1, 1 << 20, 3<<20 + 7} {
			content := bytes.Repeat([]byte("a0\x00\xff"), size/4+1)[:size]
			file, err := files.Put(t.Context(), "me", "a.csv", "text/csv", jobs.MaxInput, bytes.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			back, err := io.ReadAll(files.Open(t.Context(), file))
			if err != nil || !bytes.Equal(back, content) {
				t.Errorf("of %d bytes came back %d, %v", size, len(back), err)
			}
			sum := sha256.Sum256(content)
			if file.Size != int64(size) || file.SHA256 != hex.EncodeToString(sum[:]) {
				t.Errorf("the file is %+v", file)
			}
		}
	})
}

func TestR02_F12_OfAFileThatIsTooLargeOrBreaksOffNothingStays(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		files := jobs.NewFiles(d, time.Now)
		_, err := files.Put(t.Context(), "me", "a.csv", "text/csv", 3<<20, io.LimitReader(zeros{}, 3<<20+1))
		if code(err) != "job.too_big" || fault.KindOf(err) != fault.TooLarge {
			t.Errorf("a file that is too large is %v", err)
		}
		broken := errors.New("the line is dead")
		_, err = files.Put(t.Context(), "me", "a.csv", "text/csv", 9<<20, io.MultiReader(io.LimitReader(zeros{}, 2<<20), failing{broken}))
		if !errors.Is(err, broken) {
			t.Errorf("a file that breaks off is %v", err)
		}
		_, err = files.Make(t.Context(), "me", "a.xlsx", "x", func(w io.Writer) error {
			_, err := w.Write(make([]byte, 2<<20))
			return errors.Join(err, broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("a file whose making fails is %v", err)
		}
		if n := bytesLeft(t, d) + count(t, d, "SELECT count(*) FROM files"); n != 0 {
			t.Errorf("%d stayed", n)
		}
	})
}

func zerosOf(n int64) io.Reader { return io.LimitReader(zeros{}, n) }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func bytesLeft(t *testing.T, d *db.DB) int {
	t.Helper()
	return count(t, d, "SELECT count(*) FROM file_parts")
}

func exports(name string) jobs.Kind {
	return kind(name, func(ctx context.Context, w *jobs.Work) (any, error) {
		_, err := w.Output(ctx, "2026-10.xlsx", "application/x-test", func(out io.Writer) error {
			_, err := io.WriteString(out, strings.Repeat("0123456789", 200_000))
			return err
		})
		return nil, err
	})
}

func TestE05_AFileIsItsOwnersForADayAndThenItsBytesAreGone(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		c := &clock{}
		s := serviceWith(t, d, jobs.Options{Clock: c.now}, exports("export"))
		start(t, s)
		me, other := user(t, d, 1), user(t, d, 2)
		id := ask(t, s, me, "export").ID
		job := ended(t, s, id)
		if job.State != jobs.Done || job.Output == nil || job.Output.Name != "2026-10.xlsx" || job.Output.Size != 2_000_000 {
			t.Fatalf("the job ended as %+v with %+v", job, job.Output)
		}
		if left := job.Output.ExpiresAt.Sub(job.FinishedAt); left != 24*time.Hour {
			t.Errorf("the file lives for %v", left)
		}
		_, content, err := s.Download(t.Context(), me, id)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(content)
		if err != nil || len(got) != 2_000_000 {
			t.Errorf("%d bytes were read, %v", len(got), err)
		}
		for _, who := range []rbac.Actor{other, {}, {UserID: 1}} {
			_, _, err := s.Download(t.Context(), who, id)
			if want := who.UserID == 1; want != (err == nil) {
				t.Errorf("user %d gets %v", who.UserID, err)
			}
		}
		if n := count(t, d, "SELECT count(*) FROM audit_records WHERE action = 'job.download'"); n != 2 {
			t.Errorf("%d records of the downloads", n)
		}
		c.ahead.Store(int64(25 * time.Hour))
		apptest.Eventually(t, "the bytes are gone", func() bool { return bytesLeft(t, d) == 0 })
		if _, _, err := s.Download(t.Context(), me, id); code(err) != "job.no_file" || fault.KindOf(err) != fault.NotFound {
			t.Errorf("after a day the file is %v", err)
		}
		if job := get(t, s, id); job.Output != nil || job.State != jobs.Done {
			t.Errorf("after a day the job is %+v", job)
		}
	})
}

func TestAFileIsNotForAScopeThatIsNotItsOwn(t *testing.T) {
	d := apptest.SQLite(t)
	k := exports("export")
	k.Reach = []rbac.Permission{rbac.ResultRead}
	s := serviceWith(t, d, jobs.Options{ActorOf: func(context.Context, int64) (rbac.Actor, error) {
		boss := rbac.Operator("boss")
		boss.UserID = 1
		return boss, nil
	}}, k)
	start(t, s)
	me := user(t, d, 1)
	id := ask(t, s, me, "export").ID
	ended(t, s, id)
	if _, _, err := s.Download(t.Context(), me, id); code(err) != "job.no_file" {
		t.Errorf("with less of a scope the file is %v", err)
	}
	boss := rbac.Operator("boss")
	boss.UserID = 1
	if _, _, err := s.Download(t.Context(), boss, id); err != nil {
		t.Errorf("with the same scope the file is %v", err)
	}
}

func TestOfAJobThatFailsOrIsCancelledNoFileStays(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("fails", func(ctx context.Context, w *jobs.Work) (any, error) {
			_, err := w.Output(ctx, "a.xlsx", "x", func(out io.Writer) error {
				_, err := out.Write([]byte("half"))
				return err
			})
			return nil, errors.Join(err, fault.New(fault.Conflict, "job.internal", nil))
		}))
		start(t, s)
		if job := ended(t, s, ask(t, s, operator, "fails").ID); job.State != jobs.Failed || job.Output != nil {
			t.Errorf("the job ended as %+v", job)
		}
		if n := bytesLeft(t, d); n != 0 {
			t.Errorf("%d parts stayed", n)
		}
	})
}

// reads is a kind of job that reads its file from the disk.
func reads(paths chan<- string) jobs.Kind {
	return kind("reads", func(ctx context.Context, w *jobs.Work) (any, error) {
		path, file, err := w.Input(ctx)
		if err != nil {
			return nil, err
		}
		content, err := os.ReadFile(path)
		paths <- path
		return map[string]string{"content": string(content), "name": file.Name}, err
	})
}

func TestF09_F12_TheFileOfAJobLiesUnderANameOfOursAndIsGoneAfterwards(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		temp := t.TempDir()
		paths := make(chan string, 1)
		s := serviceWith(t, d, jobs.Options{Temp: temp}, reads(paths))
		start(t, s)
		file, err := s.Files().Put(t.Context(), "me", "../../etc/passwd.CSV", "text/csv", jobs.MaxInput, strings.NewReader("a,b\n"))
		if err != nil {
			t.Fatal(err)
		}
		asked, err := s.Ask(t.Context(), operator, jobs.Order{Kind: "reads", Input: file})
		if err != nil {
			t.Fatal(err)
		}
		job := ended(t, s, asked.ID)
		if job.State != jobs.Done || !strings.Contains(string(job.Result), `"content":"a,b\n"`) {
			t.Errorf("the job ended as %+v with %s", job, job.Result)
		}
		path := <-paths
		if filepath.Dir(filepath.Dir(path)) != temp || filepath.Base(path) != "input.csv" {
			t.Errorf("the file lay at %s", path)
		}
		left, err := os.ReadDir(temp)
		if err != nil || len(left) != 0 || bytesLeft(t, d) != 0 {
			t.Errorf("%v stayed, %d parts, %v", left, bytesLeft(t, d), err)
		}
	})
}

func TestF12_WhatACrashLeftOnTheDiskIsSweptAndNothingElse(t *testing.T) {
	d := apptest.SQLite(t)
	temp := t.TempDir()
	working, proceed := make(chan string, 1), make(chan struct{})
	s := serviceWith(t, d, jobs.Options{Temp: temp}, kind("reads", func(ctx context.Context, w *jobs.Work) (any, error) {
		path, _, err := w.Input(ctx)
		working <- path
		return nil, errors.Join(err, wait(ctx, proceed))
	}))
	file, err := s.Files().Put(t.Context(), "me", "a.csv", "text/csv", jobs.MaxInput, strings.NewReader("a"))
	if err != nil {
		t.Fatal(err)
	}
	start(t, s)
	job, err := s.Ask(t.Context(), operator, jobs.Order{Kind: "reads", Input: file})
	if err != nil {
		t.Fatal(err)
	}
	path := <-working
	dead := strings.TrimSuffix(filepath.Dir(path), "1") + "4711"
	foreign := filepath.Join(temp, "steelyard-job-000000000000-4711")
	for _, dir := range []string{dead, foreign} {
		if err := os.MkdirAll(filepath.Join(dir, "deep"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	apptest.Eventually(t, "the dead job's folder is gone", func() bool {
		_, err := os.Stat(dead)
		return errors.Is(err, os.ErrNotExist)
	})
	for _, kept := range []string{path, foreign} {
		if _, err := os.Stat(kept); err != nil {
			t.Errorf("%s was swept: %v", kept, err)
		}
	}
	close(proceed)
	ended(t, s, job.ID)
}

func TestAFileThatNoJobTakesUpIsGone(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		c := &clock{}
		k := kind("no", nothing)
		k.Check = refuse
		s := serviceWith(t, d, jobs.Options{Clock: c.now}, k)
		put := func() *jobs.File {
			file, err := s.Files().Put(t.Context(), "me", "a.csv", "text/csv", jobs.MaxInput, strings.NewReader("a"))
			if err != nil {
				t.Fatal(err)
			}
			return file
		}
		if _, err := s.Ask(t.Context(), operator, jobs.Order{Kind: "no", Input: put()}); code(err) != "test.wrong" {
			t.Fatal(err)
		}
		if n := bytesLeft(t, d); n != 0 {
			t.Errorf("%d parts of a refused job stayed", n)
		}
		put()
		c.ahead.Store(int64(2 * time.Hour))
		if err := s.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count(t, d, "SELECT count(*) FROM files"); n != 0 {
			t.Errorf("%d files stayed", n)
		}
	})
}

func TestTheSameRequestTwiceIsOneJobAndOneFile(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := service(t, d, kind("any", nothing))
		me := user(t, d, 1)
		ctx := idempotency.With(audit.From(t.Context(), audit.Origin{RequestID: "r-1"}), idempotency.Key{UserID: 1, Key: "k", Operation: "createImport"})
		ids := map[int64]bool{}
		for range 2 {
			file, err := s.Files().Put(ctx, "me", "a.csv", "text/csv", jobs.MaxInput, strings.NewReader("a"))
			if err != nil {
				t.Fatal(err)
			}
			job, err := s.Ask(ctx, me, jobs.Order{Kind: "any", Input: file})
			if err != nil {
				t.Fatal(err)
			}
			if job.RequestID != "r-1" {
				t.Errorf("the job is of the request %q", job.RequestID)
			}
			ids[job.ID] = true
		}
		if n := count(t, d, "SELECT count(*) FROM files"); n != 1 || len(ids) != 1 {
			t.Errorf("there are %d files and %d jobs", n, len(ids))
		}
	})
}
