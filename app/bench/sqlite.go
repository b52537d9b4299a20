package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/app/db"
)

const sqliteMembers = 20_000

func init() { works["inserts"] = bareInserts }

// measureSQLite calculates twenty thousand members on SQLite, beside prepared
// inserts of the very rows that the run has stored.
func measureSQLite(ctx context.Context, b *bench) ([]line, error) {
	members := b.size(sqliteMembers)
	base, ran, bare := b.file("run.db"), b.file("run-ran.db"), b.file("run-bare.db")
	if err := migrated(ctx, base); err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, base)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(bank.Load(ctx, d, members), d.Close()); err != nil {
		return nil, err
	}
	m, err := b.interleave(ctx,
		func(ctx context.Context) (sample, error) {
			if err := copyFile(base, ran); err != nil {
				return sample{}, err
			}
			return inChild(job{Work: "run", Database: ran, Size: members})(ctx)
		},
		func(ctx context.Context) (sample, error) {
			if err := copyFile(base, bare); err != nil {
				return sample{}, err
			}
			return inChild(job{Work: "inserts", Database: bare, File: ran, Size: members})(ctx)
		})
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("run of %d × %d on SQLite", members, len(bank.Figures))
	return []line{atMost(what, m[0].took, "bare prepared inserts of the same rows", m[1].took, 2)}, nil
}

// runTables are the tables that a run writes, as it fills them.
var runTables = []string{"runs", "run_scorecards", "run_units", "frozen_members", "result_items", "result_segments", "results"}

// bareInserts copies the rows of the run in j.File into j.Database: they are
// read beforehand, and then inserted row by row, prepared, in one transaction.
func bareInserts(ctx context.Context, j job) (time.Duration, error) {
	from, err := db.Open(ctx, j.File)
	if err != nil {
		return 0, err
	}
	rows := map[string]*rowSet{}
	for _, table := range runTables {
		if rows[table], err = readRows(ctx, from, table); err != nil {
			return 0, err
		}
	}
	to, err := db.Open(ctx, j.Database)
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	err = to.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		for _, table := range runTables {
			if err := rows[table].insert(ctx, tx.Tx.Tx, table); err != nil {
				return err
			}
		}
		return nil
	})
	return time.Since(begin), errors.Join(err, to.Close(), from.Close())
}

// rowSet is all rows of a table.
type rowSet struct {
	columns []string
	rows    [][]any
}

func readRows(ctx context.Context, d *db.DB, table string) (set *rowSet, err error) {
	rows, err := d.Bun().DB.QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	set = &rowSet{}
	if set.columns, err = rows.Columns(); err != nil {
		return nil, err
	}
	for rows.Next() {
		row, places := make([]any, len(set.columns)), make([]any, len(set.columns))
		for i := range row {
			places[i] = &row[i]
		}
		if err := rows.Scan(places...); err != nil {
			return nil, err
		}
		set.rows = append(set.rows, row)
	}
	return set, rows.Err()
}

func (s *rowSet) insert(ctx context.Context, tx *sql.Tx, table string) (err error) {
	marks := strings.TrimSuffix(strings.Repeat("?,", len(s.columns)), ",")
	statement, err := tx.PrepareContext(ctx, fmt.Sprintf(`INSERT INTO %s ("%s") VALUES (%s)`, table, strings.Join(s.columns, `", "`), marks))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, statement.Close()) }()
	for _, row := range s.rows {
		if _, err := statement.ExecContext(ctx, row...); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	return nil
}
