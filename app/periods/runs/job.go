package runs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// jobBudget is how long a run or a verification may take in the background: many
// times what the largest bank needs.
const jobBudget = time.Hour

// listedDifferences is how many differences a verification in the background lists; it counts all.
const listedDifferences = 100

// Jobs are a run and a verification in the background.
func (s *Service) Jobs() []jobs.Kind {
	return []jobs.Kind{
		{Name: jobs.Run, Queue: jobs.Writing, Budget: jobBudget, Check: s.checkRun, Run: s.runJob},
		{Name: jobs.Verify, Queue: jobs.Reading, PerUser: 1, Budget: jobBudget, Check: s.checkVerify, Run: s.verifyJob},
	}
}

func (s *Service) checkRun(ctx context.Context, actor rbac.Actor, text json.RawMessage) error {
	if err := access.RequireWhole(actor, rbac.RunCreate); err != nil {
		return err
	}
	code, err := periodOf(text)
	if err != nil {
		return err
	}
	p, err := s.period(ctx, code)
	if err != nil {
		return err
	}
	return p.CanRun()
}

func (s *Service) checkVerify(ctx context.Context, actor rbac.Actor, text json.RawMessage) error {
	if err := access.RequireWhole(actor, rbac.RunVerify); err != nil {
		return err
	}
	code, err := periodOf(text)
	if err == nil {
		_, err = s.period(ctx, code)
	}
	return err
}

func periodOf(text json.RawMessage) (string, error) {
	var args jobs.PeriodArgs
	if err := json.Unmarshal(text, &args); err != nil {
		return "", fmt.Errorf("reading which period is asked for: %w", err)
	}
	return args.Period, nil
}

func (s *Service) runJob(ctx context.Context, w *jobs.Work) (any, error) {
	var args jobs.PeriodArgs
	if err := w.Args(&args); err != nil {
		return nil, err
	}
	run, err := s.Run(ctx, w.Actor, args.Period, func(done, total int64) { w.Progress("runs.step.run", done, total) })
	if err != nil && ctx.Err() != nil {
		err = errors.Join(err, s.clear(ctx, args.Period)) // the process goes on, and so must what it left
	}
	if err != nil {
		return nil, err
	}
	return run, nil
}

// clear takes away what an interrupted run of a period left, if that does not take long.
func (s *Service) clear(ctx context.Context, code string) error {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), clearWithin)
	defer done()
	p, err := s.period(ctx, code)
	if err != nil {
		return err
	}
	lock, err := s.lock(ctx, p)
	if err != nil {
		return err
	}
	defer lock.Release()
	return s.sweepPeriod(ctx, p.ID)
}

// clearWithin is how long a server that stops may be kept by an interrupted run.
const clearWithin = 3 * time.Second

// verifiedJob is what a job says of its verification.
type verifiedJob struct {
	Run         int          `json:"run"`
	Members     int          `json:"members"`
	Same        bool         `json:"same"`
	Differences int          `json:"differences"`
	Listed      []Difference `json:"listed,omitempty"`
}

func (s *Service) verifyJob(ctx context.Context, w *jobs.Work) (any, error) {
	var args jobs.PeriodArgs
	if err := w.Args(&args); err != nil {
		return nil, err
	}
	var listed []Difference
	verified, err := s.Verify(ctx, w.Actor, args.Period, func(done, total int64) { w.Progress("runs.step.verify", done, total) },
		func(d Difference) error {
			if len(listed) < listedDifferences {
				listed = append(listed, d)
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	return verifiedJob{verified.Run.Number, verified.Members, verified.Same(), verified.Differences, listed}, nil
}

var _ = lang.Register(map[string]lang.Text{
	"runs.step.run":    {Zh: "正在计分", En: "calculating"},
	"runs.step.verify": {Zh: "正在复算核对", En: "recomputing"},
})
