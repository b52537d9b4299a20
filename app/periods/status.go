package periods

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// statusOf works out what stands in the way of a period's next state. With a
// run's number it is that run which is to be published.
func statusOf(ctx context.Context, tx db.Tx, scope rbac.Scope, p *Period, number int) (*Status, error) {
	status := &Status{Period: p, Blockers: []Blocker{}, Waivers: []Waiver{}}
	status.Next, _ = p.State.Next()
	var err error
	switch p.State {
	case Draft:
		status.Blockers, err = draftBlockers(ctx, tx, scope, p)
	case Collecting:
		status.Blockers, err = collectingBlockers(ctx, tx, scope, p)
	case Scoring:
		status.Run, status.Blockers, err = runBlockers(ctx, tx, scope, p, number)
	case Published, Closed:
		status.Run, err = publishedRun(ctx, tx, p)
	}
	if err != nil {
		return nil, err
	}
	if status.Waivers, err = readWaivers(ctx, tx, p); err != nil {
		return nil, err
	}
	waive(status.Blockers, status.Waivers)
	return status, nil
}

func draftBlockers(ctx context.Context, tx db.Tx, scope rbac.Scope, p *Period) ([]Blocker, error) {
	g, err := readGaps(ctx, tx, scope, p)
	if err != nil {
		return nil, err
	}
	if err := g.readTargets(ctx, tx); err != nil {
		return nil, err
	}
	g.missing(lacksTarget)
	return g.blockers(NoScorecard, MissingTargets, UnplacedFacts), nil
}

func collectingBlockers(ctx context.Context, tx db.Tx, scope rbac.Scope, p *Period) ([]Blocker, error) {
	g, err := readGaps(ctx, tx, scope, p)
	if err != nil {
		return nil, err
	}
	if err := g.readInputs(ctx, tx); err != nil {
		return nil, err
	}
	g.missing(lacksInput)
	return g.blockers(NoScorecard, MissingActuals, MissingSurveys, MissingReviews, UnplacedFacts), nil
}

func publishedRun(ctx context.Context, tx bun.IDB, p *Period) (*RunState, error) {
	run := new(RunState)
	err := tx.NewSelect().Table("runs").Column("id", "number", "finished_at", "last_batch_id", "members").
		Where("id = ?", p.PublishedRunID).Scan(ctx, run)
	if err != nil {
		return nil, fmt.Errorf("reading the published run: %w", err)
	}
	run.FinishedAt = run.FinishedAt.UTC()
	return run, nil
}

// locked reads a period and keeps it from changing until the transaction ends.
// A version that is not the one given is a conflict.
func locked(ctx context.Context, tx bun.IDB, code string, version int64) (*Period, error) {
	if err := lock(ctx, tx, []string{code}); err != nil {
		return nil, err
	}
	p, err := Find(ctx, tx, code)
	if err != nil {
		return nil, err
	}
	if version != 0 && version != p.Version {
		return nil, fault.New(fault.Conflict, "period.changed", lang.Args{"period": code})
	}
	return p, nil
}

func readWaivers(ctx context.Context, tx bun.IDB, p *Period) ([]Waiver, error) {
	waivers := []Waiver{}
	if err := tx.NewSelect().Model(&waivers).Where("period_id = ?", p.ID).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading waivers: %w", err)
	}
	for i := range waivers {
		waivers[i].MadeAt = waivers[i].MadeAt.UTC()
	}
	return waivers, nil
}

func insertWaiver(ctx context.Context, tx bun.IDB, p *Period, w *Waiver) error {
	_, err := tx.NewInsert().Model(w).ExcludeColumn("id").Returning("id").Exec(ctx)
	switch {
	case db.IsUnique(err):
		return fault.Wrap(err, fault.Conflict, "period.waived_already", lang.Args{"period": p.Code})
	case err != nil:
		return fmt.Errorf("writing a waiver: %w", err)
	}
	return nil
}
