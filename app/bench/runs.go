package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/rbac"
)

//go:embed run.sql
var runSQL string

// steps are the statements of run.sql.
func steps(runID int64) []string {
	text := strings.NewReplacer(":run", fmt.Sprint(runID), ":period", "1").Replace(runSQL)
	var all []string
	for _, s := range strings.Split(text, ";\n") {
		if strings.TrimSpace(s) != "" {
			all = append(all, s)
		}
	}
	return all
}

const runMembers = 100_000

func init() { works["run"] = runOurs }

// runOurs lets the product calculate the bank's period.
func runOurs(ctx context.Context, j job) (time.Duration, error) {
	d, err := db.Open(ctx, j.Database)
	if err != nil {
		return 0, err
	}
	service := runs.New(d, time.Now)
	begin := time.Now()
	run, err := service.Run(ctx, rbac.Operator("bench"), bank.Period, nil)
	took := time.Since(begin)
	if err == nil && int64(run.Members) != j.Size {
		err = fmt.Errorf("the run has %d members of %d", run.Members, j.Size)
	}
	return took, errors.Join(err, d.Close())
}

// runBank is a database with a bank in it, and how to bring it back to before any run.
type runBank struct {
	url     string
	db      *db.DB
	members int64
}

func (b *bench) runBank(ctx context.Context, url string, members int64) (*runBank, error) {
	b.say("  a bank of %d members …", members)
	d, err := db.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	r := &runBank{url: url, db: d, members: members}
	if err := bank.Load(ctx, d, members); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return r, nil
}

// exec runs statements outside a transaction.
func (r *runBank) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := r.db.Bun().DB.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%.40s: %w", s, err)
		}
	}
	return nil
}

// fresh removes every run, so that each contender writes into empty tables, and
// leaves nothing for the server to write later.
func (r *runBank) fresh(ctx context.Context) error {
	return r.exec(ctx, "TRUNCATE frozen_members, result_items, result_segments, results, run_scorecards, run_units, runs", "CHECKPOINT")
}

// ours is the product's run on a fresh database.
func (r *runBank) ours(ctx context.Context) (sample, error) {
	if err := r.fresh(ctx); err != nil {
		return sample{}, err
	}
	return inChild(job{Work: "run", Database: r.url, Size: r.members})(ctx)
}

// sql is the run in SQL on a fresh database.
func (r *runBank) sql(ctx context.Context) (sample, error) {
	if err := r.fresh(ctx); err != nil {
		return sample{}, err
	}
	return r.sqlRun(ctx)
}

func (r *runBank) sqlRun(ctx context.Context) (sample, error) {
	begin := time.Now()
	err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var id int64
		err := tx.NewRaw(`INSERT INTO runs (period_id, number, state, rules, period_days, min_days, last_batch_id, members, made_by, started_at)
			SELECT 1, COALESCE(MAX(number), 0) + 1, 'done', 'sql', 31, 5, 1, ?, 'bench', '2026-11-01 00:00:00+00:00' FROM runs RETURNING id`, r.members).Scan(ctx, &id)
		if err != nil {
			return err
		}
		for _, step := range steps(id) {
			if _, err := tx.Tx.Tx.ExecContext(ctx, step); err != nil {
				return fmt.Errorf("%.60s: %w", step, err)
			}
		}
		return nil
	})
	return sample{took: time.Since(begin)}, err
}

// equal says whether the two ways store the same, in every row and column but the digests.
func (r *runBank) equal(ctx context.Context) error {
	if err := r.fresh(ctx); err != nil {
		return err
	}
	if _, err := runOurs(ctx, job{Database: r.url, Size: r.members}); err != nil {
		return err
	}
	if _, err := r.sqlRun(ctx); err != nil {
		return err
	}
	return r.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.ExecContext(ctx, "SET LOCAL work_mem = '512MB'"); err != nil {
			return err
		}
		for table, columns := range map[string]string{
			"result_items":    "staff_id, segment_no, item_no, status, reason, score, contribution",
			"result_segments": "staff_id, segment_no, unit_id, position, scorecard, peer_group, days, last_day, status, base",
			"results": `staff_id, staff_no, name, unit_id, position, scorecard, peer_group, "precision", status, reason,
				base, bonus, deduction, total, grade, coefficient, place, peers`,
		} {
			ours := fmt.Sprintf("SELECT %s FROM %s WHERE run_id = (SELECT MIN(id) FROM runs)", columns, table)
			theirs := fmt.Sprintf("SELECT %s FROM %s WHERE run_id = (SELECT MAX(id) FROM runs)", columns, table)
			var different, rows int64
			err := tx.NewRaw(fmt.Sprintf(`SELECT (SELECT COUNT(*) FROM (%[1]s EXCEPT %[2]s) a) + (SELECT COUNT(*) FROM (%[2]s EXCEPT %[1]s) b), (SELECT COUNT(*) FROM (%[1]s) c)`,
				ours, theirs)).Scan(ctx, &different, &rows)
			if err != nil {
				return err
			}
			if different > 0 || rows == 0 {
				return fmt.Errorf("%s: %d of %d rows differ between the run and run.sql", table, different, rows)
			}
		}
		return nil
	})
}

// measureRun calculates a hundred thousand members on PostgreSQL, and again in SQL alone.
func measureRun(ctx context.Context, b *bench) ([]line, error) {
	url, err := b.postgres.database(ctx)
	if err != nil {
		return nil, err
	}
	r, err := b.runBank(ctx, url, b.size(runMembers))
	if err != nil {
		return nil, err
	}
	defer r.db.Close() //nolint:errcheck // the database is dropped next
	if err := r.exec(ctx, "VACUUM ANALYSE"); err != nil {
		return nil, err
	}
	m, err := b.interleave(ctx, r.ours, r.sql)
	if err != nil {
		return nil, err
	}
	b.say("  comparing every stored row …")
	if err := r.equal(ctx); err != nil {
		return nil, err
	}
	what := fmt.Sprintf("run of %d × %d on PostgreSQL", r.members, len(bank.Figures))
	return []line{atMost(what, m[0].took, "run.sql (every row equal)", m[1].took, 1.2)}, nil
}

// measureScale calculates banks of three sizes on PostgreSQL.
func measureScale(ctx context.Context, b *bench) ([]line, error) {
	var lines []line
	var first time.Duration
	for _, full := range []int64{10_000, 100_000, 500_000} {
		url, err := b.postgres.database(ctx)
		if err != nil {
			return nil, err
		}
		r, err := b.runBank(ctx, url, b.size(full))
		if err != nil {
			return nil, err
		}
		if err := r.exec(ctx, "VACUUM ANALYSE"); err != nil {
			return nil, err
		}
		m, err := b.interleave(ctx, r.ours)
		if err := errors.Join(err, r.db.Close(), b.postgres.stop()); err != nil {
			return nil, err
		}
		each := m[0].took / time.Duration(r.members)
		if first == 0 {
			first = each
		}
		what := fmt.Sprintf("run of %d members on PostgreSQL", r.members)
		lines = append(lines, scaleLine(what, m[0].took, each, first), peak(what+", peak memory", m[0].rss, 2048))
	}
	return lines, nil
}

func scaleLine(what string, took, each, first time.Duration) line {
	ratio := each.Seconds() / first.Seconds()
	return line{
		what: what, value: fmt.Sprintf("%s, %s a member", seconds(took), seconds(each)),
		against: "the smallest: " + seconds(first) + " a member",
		ratio:   fmt.Sprintf("%.2f", ratio), mark: "≤ 1.3", verdict: verdict(ratio <= 1.3),
	}
}
