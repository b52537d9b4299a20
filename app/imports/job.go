package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// jobBudget is how long an import may take in the background: many times what
// the largest file needs.
const jobBudget = 30 * time.Minute

// Job is an import in the background. One that is begun again after a crash
// finds its batch there, and changes nothing.
func (s *Service) Job() jobs.Kind {
	return jobs.Kind{Name: jobs.Import, Queue: jobs.Writing, Budget: jobBudget, Check: s.checkJob, Run: s.runJob}
}

func (s *Service) checkJob(_ context.Context, actor rbac.Actor, text json.RawMessage) error {
	var args jobs.ImportArgs
	if err := json.Unmarshal(text, &args); err != nil {
		return fmt.Errorf("reading what an import is asked for with: %w", err)
	}
	k, err := s.kind(args.Kind)
	if err != nil {
		return err
	}
	if err := access.RequireWhole(actor, k.Permission); err != nil {
		return err
	}
	if args.Replace && !k.PerPeriod {
		return fault.New(fault.Invalid, "import.replace", lang.Args{"kind": args.Kind})
	}
	return nil
}

// imported is what a job says of its import.
type imported struct {
	*Summary

	LeftCount   int         `json:"left_count,omitempty"` // of the faults of rows that were left out
	Left        jobs.Places `json:"left,omitempty"`
	NoticeCount int         `json:"warning_count,omitempty"`
	Notices     jobs.Places `json:"warnings,omitempty"`
}

func (s *Service) runJob(ctx context.Context, w *jobs.Work) (any, error) {
	var args jobs.ImportArgs
	if err := w.Args(&args); err != nil {
		return nil, err
	}
	path, file, err := w.Input(ctx)
	if err != nil {
		return nil, err
	}
	summary, err := s.Import(ctx, w.Actor, args.Kind, path, Options{
		Name: file.Name, SkipErrors: args.SkipErrors, Replace: args.Replace, Period: args.Period,
		AllowFormulas: args.AllowFormulas, DryRun: args.DryRun, Draft: args.Draft,
	}, func(step string, done, total int) { w.Progress(step, int64(done), int64(total)) })
	if err != nil {
		return nil, err
	}
	return imported{summary, len(summary.Left), summary.Left, len(summary.Notices), summary.Notices}, nil
}
