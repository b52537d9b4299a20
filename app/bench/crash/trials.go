package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/rbac"
)

var operator = rbac.Operator("crash")

// base makes a database with a bank in it and leaves nothing open.
func (l *lab) base(ctx context.Context, e engine, load func(context.Context, *db.DB) error) (string, error) {
	url, err := e.empty(ctx)
	if err != nil {
		return "", err
	}
	d, err := db.Open(ctx, url)
	if err != nil {
		return "", err
	}
	return url, errors.Join(load(ctx, d), d.Close())
}

func nothing(int) error { return nil }

// importing kills the import of every member's actuals: all rows and their batch are there, or neither.
func (l *lab) importing(ctx context.Context, e engine, times int) (outcome, error) {
	file := filepath.Join(l.folder, "actuals.csv")
	if err := writeFile(file, func(w io.Writer) error { return bank.WriteActuals(w, l.members) }); err != nil {
		return outcome{}, err
	}
	base, err := l.base(ctx, e, func(ctx context.Context, d *db.DB) error { return bank.LoadMasters(ctx, d, l.members) })
	if err != nil {
		return outcome{}, err
	}
	want := l.members * int64(len(bank.Figures))
	return l.killing(ctx, e, base, times, trial{
		what: "import", args: []string{"import", "actuals", file}, prepare: nothing,
		state: func(ctx context.Context, url string) (bool, error) { return wholeImport(ctx, url, want) },
	})
}

func wholeImport(ctx context.Context, url string, want int64) (bool, error) {
	var rows, orphans, batches int64
	err := inside(ctx, url, func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`SELECT (SELECT COUNT(*) FROM actuals), (SELECT COUNT(*) FROM actuals WHERE batch_id NOT IN (SELECT id FROM batches)),
			(SELECT COUNT(*) FROM batches WHERE kind = 'actuals')`).Scan(ctx, &rows, &orphans, &batches)
	})
	switch {
	case err != nil:
		return false, err
	case rows == want && batches == 1 && orphans == 0:
		return true, nil
	case rows != 0 || batches != 0:
		return false, fmt.Errorf("%d of %d rows, %d of them without a batch, and %d batches", rows, want, orphans, batches)
	}
	return false, nil
}

// running kills a run: it can be seen, with every row and equal when recomputed, or not at all.
func (l *lab) running(ctx context.Context, e engine, times int) (outcome, error) {
	base, err := l.base(ctx, e, func(ctx context.Context, d *db.DB) error { return bank.Load(ctx, d, l.members) })
	if err != nil {
		return outcome{}, err
	}
	return l.killing(ctx, e, base, times, trial{
		what: "run", args: []string{"run", bank.Period}, prepare: nothing,
		state: func(ctx context.Context, url string) (bool, error) {
			done, rows, err := visibleRun(ctx, url)
			if err != nil || !done {
				return false, err
			}
			if rows != l.members {
				return false, fmt.Errorf("a visible run has %d results of %d", rows, l.members)
			}
			_, err = l.do(ctx, url, "verify", bank.Period)
			return true, err
		},
	})
}

// visibleRun says whether a finished run is there, and how many results the
// latest has. Beside finished runs no row of another may be left.
func visibleRun(ctx context.Context, url string) (done bool, rows int64, err error) {
	var finished, strays int64
	err = inside(ctx, url, func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`SELECT (SELECT COUNT(*) FROM runs WHERE state = 'done'),
			(SELECT COUNT(*) FROM results WHERE run_id = (SELECT MAX(id) FROM runs WHERE state = 'done')),
			(SELECT COUNT(*) FROM results WHERE run_id NOT IN (SELECT id FROM runs WHERE state = 'done'))
			+ (SELECT COUNT(*) FROM frozen_members WHERE run_id NOT IN (SELECT id FROM runs WHERE state = 'done'))
			+ (SELECT COUNT(*) FROM result_items WHERE run_id NOT IN (SELECT id FROM runs WHERE state = 'done'))`).Scan(ctx, &finished, &rows, &strays)
	})
	if err == nil && finished > 0 && strays > 0 {
		err = fmt.Errorf("%d rows of an unfinished run are left beside the finished one", strays)
	}
	return finished > 0, rows, err
}

// exporting kills an export of the workbook and the cards beside it: each file is
// what it was before, or whole. In every other round there are older files of
// those names.
func (l *lab) exporting(ctx context.Context, e engine, times int) (outcome, error) {
	members := max(l.members/20, 60) // writing cards takes longest, and there are cards beside the workbook for more than 50
	base, err := l.base(ctx, e, func(ctx context.Context, d *db.DB) error {
		if err := bank.Load(ctx, d, members); err != nil {
			return err
		}
		_, err := runs.New(d, time.Now).Run(ctx, operator, bank.Period, nil)
		return err
	})
	if err != nil {
		return outcome{}, err
	}
	targets := []string{filepath.Join(l.folder, "export.xlsx"), filepath.Join(l.folder, "export_scorecards.zip")}
	older := []byte("the file of last month")
	return l.killing(ctx, e, base, times, trial{
		what: "export", args: []string{"export", bank.Period, "--out", targets[0]},
		prepare: func(round int) error { return prepareTargets(targets, round%2 == 1, older) },
		state: func(context.Context, string) (bool, error) {
			all := true
			for _, target := range targets {
				done, err := wholeArchive(target, older)
				if err != nil {
					return false, err
				}
				all = all && done
			}
			return all, nil
		},
	})
}

// prepareTargets removes files, or puts older ones in their places.
func prepareTargets(targets []string, there bool, older []byte) error {
	for _, target := range targets {
		if err := os.Remove(target); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if !there {
			continue
		}
		if err := os.WriteFile(target, older, 0o600); err != nil {
			return err
		}
	}
	return nil
}
