package runs

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// Service calculates periods and reads what came out.
type Service struct {
	db    *db.DB
	clock func() time.Time
	trail *audit.Service
}

// New makes the service on a database, with the clock that dates its runs.
func New(database *db.DB, clock func() time.Time) *Service {
	return &Service{db: database, clock: clock}
}

// Audited has reads of results put on the audit trail; without it they are not.
func (s *Service) Audited(trail *audit.Service) *Service {
	s.trail = trail
	return s
}

// Run calculates a period and gives the finished run. Until its last statement
// no query shows it. A run is of the whole bank, and so must the actor's scope
// be. A second run of the period at the same time is a conflict.
func (s *Service) Run(ctx context.Context, actor rbac.Actor, code string, progress Progress) (*Run, error) {
	if err := access.RequireWhole(actor, rbac.RunCreate); err != nil {
		return nil, err
	}
	p, err := s.period(ctx, code)
	if err != nil {
		return nil, err
	}
	lock, err := s.lock(ctx, p)
	if err != nil {
		return nil, err
	}
	defer lock.Release()
	if err := s.sweepPeriod(ctx, p.ID); err != nil {
		return nil, err
	}
	c := &calculation{
		db: s.db, clock: s.clock, actor: actor, digest: newDigest(), progress: progress,
		run: &Run{PeriodID: p.ID, State: Working, Rules: Rules, MadeBy: actor.Name, StartedAt: db.Now(s.clock)},
	}
	if err := c.do(ctx, code); err != nil {
		if ctx.Err() == nil && c.run.ID != 0 {
			err = errors.Join(err, s.remove(ctx, c.run.ID))
		}
		return nil, err // of an interrupted run the rows stay until the next start: whoever interrupts wants to go
	}
	return c.run, s.thaw(ctx, p.ID)
}

// lockTries times lockWait is how long a run waits for the lock of its period:
// a server needs a moment to notice that the program which held it was killed.
const (
	lockTries = 5
	lockWait  = 100 * time.Millisecond
)

// lock takes the lock that one run of a period holds at a time.
func (s *Service) lock(ctx context.Context, p *periods.Period) (*db.Lock, error) {
	for try := 1; ; try++ {
		lock, err := s.db.TryLock(ctx, periods.RunLock(p.ID))
		if fault.KindOf(err) != fault.Conflict {
			return lock, err
		}
		if try == lockTries {
			return nil, fault.Wrap(err, fault.Conflict, "runs.busy", lang.Args{"period": p.Code})
		}
		select {
		case <-time.After(lockWait):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (s *Service) period(ctx context.Context, code string) (p *periods.Period, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err = periods.Find(ctx, tx, code)
		return err
	})
	return p, err
}

// calculation is one run under way.
type calculation struct {
	db         *db.DB
	clock      func() time.Time
	actor      rbac.Actor
	run        *Run
	in         *inputs
	units      []Unit
	evaluation *scoring.Evaluation
	digest     *digest
	progress   Progress
}

// do calculates: one snapshot is read and its inputs frozen, then, outside any
// transaction but those that write, the results are worked out and stored.
func (c *calculation) do(ctx context.Context, code string) error {
	err := c.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := periods.Find(ctx, tx, code)
		if err != nil {
			return err
		}
		if err := p.CanRun(); err != nil {
			return err
		}
		if c.in, err = readInputs(ctx, tx, p); err != nil {
			return err
		}
		if err := c.scoresOthers(); err != nil {
			return err
		}
		if err := c.begin(ctx); err != nil {
			return err
		}
		return c.freeze(ctx, tx)
	})
	if err != nil {
		return err
	}
	c.evaluation.Finish()
	if err := c.store(ctx); err != nil {
		return err
	}
	return c.show(ctx)
}

// scoresOthers refuses whoever would score themselves.
func (c *calculation) scoresOthers() error {
	for i := range c.in.staff {
		if c.actor.StaffID != 0 && c.in.staff[i].id == c.actor.StaffID {
			return access.RequireOn(c.actor, rbac.RunCreate, rbac.Target{Whole: true, StaffID: c.actor.StaffID})
		}
	}
	return nil
}

// begin writes the working run, its scorecards and its units.
func (c *calculation) begin(ctx context.Context) error {
	p := c.in.period
	c.run.PeriodDays, c.run.MinDays = p.Days(), p.MinDays
	c.run.LastBatchID, c.run.Members = c.in.lastBatch, len(c.in.staff)
	c.units = unitsOf(c.in.tree)
	c.evaluation = scoring.NewEvaluation(c.run.PeriodDays, c.run.MinDays, c.in.cards.scoring())
	return c.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		err := tx.NewSelect().Table("runs").ColumnExpr("COALESCE(MAX(number), 0) + 1").
			Where("period_id = ?", p.ID).Scan(ctx, &c.run.Number)
		if err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(c.run).ExcludeColumn("id").Returning("id").Exec(ctx); err != nil {
			return err
		}
		if err := writeCards(ctx, tx, c.run.ID, c.in.cards); err != nil {
			return err
		}
		return writeUnits(ctx, tx, c.run.ID, c.units)
	})
}

// show is the last transaction: it makes the run visible, and puts it on the audit trail.
func (c *calculation) show(ctx context.Context) error {
	c.run.State, c.run.DoneMembers, c.run.FinishedAt = Done, c.run.Members, db.Now(c.clock)
	digests := c.digest.of(c.run, c.in.period, c.in.cards.list(), c.units)
	c.run.Digest, c.run.PartDigests = digests.sum(), digests.text()
	return c.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewUpdate().Model(c.run).Column("state", "done_members", "finished_at", "digest", "part_digests").WherePK().Exec(ctx)
		if err != nil {
			return err
		}
		return audit.Write(ctx, tx, c.run.FinishedAt, c.actor, audit.Entry{
			Action: "run.create", Object: "run", Key: c.in.period.Code + "/" + strconv.Itoa(c.run.Number), After: c.run,
		})
	})
}

func writeCards(ctx context.Context, tx db.Tx, runID int64, frozen cards) error {
	bulk := tx.Bulk(ctx, "run_scorecards", "run_id", "code", "scorecard_version_id", "definition", "sha256")
	for _, code := range frozen.codes() {
		bulk.Int(runID)
		bulk.Text(code)
		bulk.Int(frozen[code].VersionID)
		bulk.Text(frozen[code].Definition)
		bulk.Text(frozen[code].SHA256)
		if err := bulk.Row(); err != nil {
			return err
		}
	}
	_, err := bulk.Close()
	return err
}

func writeUnits(ctx context.Context, tx db.Tx, runID int64, units []Unit) error {
	bulk := tx.Bulk(ctx, "run_units", "run_id", "unit_id", "code", "name", "level", "parent_id")
	for i := range units {
		bulk.Int(runID)
		bulk.Int(units[i].ID)
		bulk.Text(units[i].Code)
		bulk.Text(units[i].Name)
		bulk.Text(units[i].Level)
		db.OptionalInt(bulk, units[i].ParentID, units[i].ParentID != 0)
		if err := bulk.Row(); err != nil {
			return err
		}
	}
	_, err := bulk.Close()
	return err
}
