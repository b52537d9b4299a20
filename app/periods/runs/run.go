// Package runs calculates a period: it reads one snapshot of the inputs, scores
// every member, freezes what it used, and can explain, compare and recompute
// what it gave.
package runs

import (
	"context"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
)

// The states of a run. A working run is shown by no query.
const (
	Working = "working"
	Done    = "done"
)

// Run is one calculation of a period.
type Run struct {
	bun.BaseModel `bun:"table:runs" json:"-"`

	ID       int64  `bun:"id,pk,autoincrement" json:"-"`
	PeriodID int64  `bun:"period_id" json:"-"`
	Number   int    `bun:"number" json:"number"` // counts from 1 in each period
	State    string `bun:"state" json:"-"`
	// Rules is the version of the scoring rules that calculated it.
	Rules      string `bun:"rules" json:"rules"`
	PeriodDays int    `bun:"period_days" json:"period_days"`
	MinDays    int    `bun:"min_days" json:"min_days"`
	// LastBatchID is the last batch of inputs that the run saw.
	LastBatchID int64 `bun:"last_batch_id" json:"last_batch"`
	Members     int   `bun:"members" json:"members"`
	// DoneMembers is how far a working run has come.
	DoneMembers int `bun:"done_members" json:"-"`
	// Digest is the SHA-256, in hexadecimal, over everything that the run froze and gave.
	Digest string `bun:"digest" json:"digest"`
	// PartDigests are the digests that Digest is of: see parts.
	PartDigests string `bun:"part_digests" json:"-"`

	MadeBy     string    `bun:"made_by" json:"made_by"`
	StartedAt  time.Time `bun:"started_at" json:"started_at"`
	FinishedAt time.Time `bun:"finished_at,nullzero" json:"finished_at"`
	// Published says whether it is the run that the period was published with.
	Published bool `bun:"-" json:"published"`
}

// Latest selects the published run of a period, or the last finished one while none is published.
const Latest = 0

// Progress is told how many of all members a long task has come through.
type Progress func(done, total int64)

func (p Progress) tell(done, total int) {
	if p != nil {
		p(int64(done), int64(total))
	}
}

// Rules is the version of the scoring rules that runs are calculated by. It
// changes whenever the same inputs may give another result.
const Rules = "1.0"

// findRun gives the finished run of a number, or of Latest.
func findRun(ctx context.Context, tx bun.IDB, p *periods.Period, number int) (*Run, error) {
	run := new(Run)
	query := tx.NewSelect().Model(run).Where("period_id = ?", p.ID).Where("state = ?", Done)
	switch {
	case number != Latest:
		query.Where("number = ?", number)
	case p.PublishedRunID != 0:
		query.Where("id = ?", p.PublishedRunID)
	default:
		query.OrderExpr("number DESC").Limit(1)
	}
	err := query.Scan(ctx)
	switch {
	case db.IsNoRows(err):
		return nil, noRun(p, number)
	case err != nil:
		return nil, err
	}
	run.Published = run.ID == p.PublishedRunID
	run.StartedAt, run.FinishedAt = run.StartedAt.UTC(), run.FinishedAt.UTC()
	return run, nil
}

// noRun says that there is no run of a number, or none at all for Latest.
func noRun(p *periods.Period, number int) error {
	if number == Latest {
		return fault.New(fault.NotFound, "runs.none", lang.Args{"period": p.Code})
	}
	return fault.New(fault.NotFound, "runs.no_run", lang.Args{"period": p.Code, "run": strconv.Itoa(number)})
}
