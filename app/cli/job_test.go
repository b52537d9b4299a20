package cli

import (
	"context"
	"testing"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/rbac"
)

func TestJobsAreListedShownAndCancelledByCommand(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		b := bank{t, url}
		b.load()
		program, err := app.Open(context.Background(), url, now)
		if err != nil {
			t.Fatal(err)
		}
		defer program.Close()
		_, err = program.Jobs.Ask(t.Context(), rbac.Operator("operator:me"), jobs.Order{Kind: jobs.Run, Subject: "2026-10", Args: jobs.PeriodArgs{Period: "2026-10"}})
		if err != nil {
			t.Fatal(err)
		}
		b.wants(b.do("job", "list"), "2026-10", "queued", "operator:me")
		b.wants(b.do("job", "show", "1"), "job 1 (run 2026-10): queued; asked for by operator:me")
		b.wants(b.do("job", "show", "1", "--json"), `"state": "queued"`)
		b.wants(b.do("job", "cancel", "1"), "job 1 is cancelled")
		b.wants(b.do("job", "list", "--state", "cancelled", "--json"), `"id": 1`)
		b.fails(exitWrong, "there is no job 7", "job", "show", "7")
	})
}
