package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/rbac"
)

// background is a program that works jobs.
type background struct {
	*testing.T
	*app.App
}

var asker = rbac.Operator("operator:me")

func (b background) ask(o jobs.Order) *jobs.Job {
	b.Helper()
	job, err := b.Jobs.Ask(b.Context(), asker, o)
	if err != nil {
		b.Fatal(err)
	}
	apptest.Eventually(b, "the job is over", func() bool {
		if job, err = b.Jobs.Get(b.Context(), asker, job.ID); err != nil {
			b.Fatal(err)
		}
		return job.State.Final()
	})
	return job
}

// load takes in a file as an upload is.
func (b background) load(path, content string, args jobs.ImportArgs) *jobs.Job {
	b.Helper()
	file, err := b.Jobs.Files().Put(b.Context(), asker.Name, filepath.Base(path), "text/csv", jobs.MaxInput, strings.NewReader(content))
	if err != nil {
		b.Fatal(err)
	}
	return b.ask(jobs.Order{Kind: jobs.Import, Subject: args.Kind, Args: args, Input: file})
}

func (b background) result(job *jobs.Job) map[string]any {
	b.Helper()
	if job.State != jobs.Done {
		b.Fatalf("the job ended as %s with %+v", job.State, job.Problem)
	}
	var result map[string]any
	if err := json.Unmarshal(job.Result, &result); err != nil {
		b.Fatal(err)
	}
	return result
}

func (b background) wants(job *jobs.Job, fields map[string]any) {
	b.Helper()
	result := b.result(job)
	for name, want := range fields {
		if result[name] != want {
			b.Errorf("%s is %v, want %v, in %s", name, result[name], want, job.Result)
		}
	}
}

func TestAMonthIsLoadedRunVerifiedAndExportedInTheBackground(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		program, err := app.Open(context.Background(), url, now)
		if err != nil {
			t.Fatal(err)
		}
		defer program.Close()
		b := background{t, program}
		tick := time.NewTicker(jobs.SweepEvery)
		defer tick.Stop()
		if err := program.Jobs.Start(t.Context(), tick.C, slog.New(slog.NewTextHandler(t.Output(), nil))); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := program.Jobs.Stop(context.Background()); err != nil {
				t.Error(err)
			}
		}()
		for _, f := range bankFiles {
			if f.kind == "targets" {
				bank{t, url}.do("period", "create", "2026-10", "--min-days", "5")
			}
			content, err := os.ReadFile(filepath.Join("testdata", "q-bank", f.file))
			if err != nil {
				t.Fatal(err)
			}
			job := b.load(f.file, string(content), jobs.ImportArgs{Kind: f.kind})
			b.wants(job, map[string]any{"kind": f.kind, "file": f.file, "wrong": 0.0})
			if again := b.load(f.file, string(content), jobs.ImportArgs{Kind: f.kind}); f.kind == "units" {
				b.wants(again, map[string]any{"same_as": b.result(job)["batch"], "new": 0.0})
			}
		}
		wrong := b.load("十月.csv", "period,staff_no,metric_code,actual\n2026-10,999999,x,1\n", jobs.ImportArgs{Kind: "actuals"})
		if wrong.State != jobs.Failed || wrong.Problem.Code != "import.wrong" || len(wrong.Problem.At) == 0 {
			t.Errorf("a wrong file ended as %+v with %+v", wrong, wrong.Problem)
		}
		period := jobs.PeriodArgs{Period: "2026-10"}
		b.wants(b.ask(jobs.Order{Kind: jobs.Run, Subject: "2026-10", Args: period}), map[string]any{"number": 1.0, "members": 240.0})
		b.wants(b.ask(jobs.Order{Kind: jobs.Verify, Subject: "2026-10", Args: period}), map[string]any{"same": true, "members": 240.0})
		b.exports()
		if _, err := b.Jobs.Ask(t.Context(), asker, jobs.Order{Kind: jobs.Run, Args: jobs.PeriodArgs{Period: "2099-01"}}); err == nil {
			t.Error("a run of an absent period is enqueued")
		}
	})
}

// exports makes a unit's workbook, whose bytes are those that the job names.
func (b background) exports() {
	b.Helper()
	job := b.ask(jobs.Order{Kind: jobs.Export, Subject: "2026-10", Args: jobs.ExportArgs{Period: "2026-10", Unit: "B0303", Lang: "zh"}})
	b.wants(job, map[string]any{"run": 1.0, "members": 29.0, "file": "2026-10-B0303.xlsx", "sha256": job.Output.SHA256})
	file, content, err := b.Jobs.Download(b.Context(), asker, job.ID)
	if err != nil {
		b.Fatal(err)
	}
	book, err := io.ReadAll(content)
	if err != nil || int64(len(book)) != file.Size || !bytes.HasPrefix(book, []byte("PK")) {
		b.Errorf("%d bytes of %d came, %v", len(book), file.Size, err)
	}
}
