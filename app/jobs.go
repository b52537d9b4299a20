package app

import (
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/reports"
	"github.com/steelyard/steelyard/rbac"
)

// newJobs makes the service of what is done in the background.
func (a *App) newJobs() *jobs.Service {
	kinds := slices.Concat([]jobs.Kind{a.Imports.Job(), a.Reports.Job(a.zone)}, a.Runs.Jobs())
	return jobs.New(a.DB, jobs.Options{Clock: a.clock, ActorOf: a.worksFor}, kinds...)
}

// lists are those of the API, for whoever exports one.
func (a *App) lists() reports.ListAPI { return (&Service{app: a}).handlers(Serving{}) }

// worksFor gives the user that a job works for, under the policy of this moment:
// what was revoked while the job waited is not theirs any more.
func (a *App) worksFor(ctx context.Context, userID int64) (rbac.Actor, error) {
	if err := a.Guard.Refresh(ctx); err != nil {
		return rbac.Actor{}, err
	}
	return a.Actor(userID), nil
}
