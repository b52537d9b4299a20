package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/rbac"
)

const importRows = 100_000

func init() {
	works["import"], works["import-bare"] = importOurs, importBare
}

// importOurs takes a file of actuals into a database that has none.
func importOurs(ctx context.Context, j job) (time.Duration, error) {
	program, err := app.Open(ctx, j.Database, time.Now)
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	summary, err := program.Imports.Import(ctx, rbac.Operator("bench"), "actuals", j.File, imports.Options{}, nil)
	took := time.Since(begin)
	if err == nil && int64(summary.New) != j.Size {
		err = fmt.Errorf("%d of %d rows are new", summary.New, j.Size)
	}
	return took, errors.Join(err, program.Close())
}

// importBare reads the cells of the file and does nothing with them.
func importBare(_ context.Context, j job) (time.Duration, error) {
	begin := time.Now()
	book, err := excelize.OpenFile(j.File)
	if err != nil {
		return 0, err
	}
	rows, err := book.Rows("Sheet1")
	if err != nil {
		return 0, err
	}
	count := int64(-1) // the header
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return 0, err
		}
		count++
	}
	if count != j.Size {
		return 0, fmt.Errorf("the iterator gave %d rows of %d", count, j.Size)
	}
	if err := errors.Join(rows.Error(), rows.Close(), book.Close()); err != nil {
		return 0, err
	}
	return time.Since(begin), nil
}

// measureImport takes a workbook of a hundred thousand rows into both databases.
func measureImport(ctx context.Context, b *bench) ([]line, error) {
	rows := b.size(importRows)
	members := rows / int64(len(bank.Figures))
	file, lite, copied := b.file("actuals.xlsx"), b.file("import.db"), b.file("import-copy.db")
	if err := writeActuals(file, members); err != nil {
		return nil, err
	}
	post, err := b.postgres.database(ctx)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(migrated(ctx, lite), masters(ctx, lite, members), masters(ctx, post, members)); err != nil {
		return nil, err
	}
	m, err := b.interleave(ctx,
		func(ctx context.Context) (sample, error) {
			if err := copyFile(lite, copied); err != nil {
				return sample{}, err
			}
			return inChild(job{Work: "import", Database: copied, File: file, Size: rows})(ctx)
		},
		func(ctx context.Context) (sample, error) {
			where, drop, err := apptest.DatabaseFrom(ctx, post)
			if err != nil {
				return sample{}, err
			}
			s, err := inChild(job{Work: "import", Database: where, File: file, Size: rows})(ctx)
			return s, errors.Join(err, drop())
		},
		inChild(job{Work: "import-bare", File: file, Size: rows}))
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("import of %d rows from xlsx into ", rows)
	return []line{
		atMost(what+"SQLite", m[0].took, "bare excelize row iterator", m[2].took, 2),
		atMost(what+"PostgreSQL", m[1].took, "bare excelize row iterator", m[2].took, 2),
	}, nil
}

// masters fills a database with members and no facts, and leaves it to itself.
func masters(ctx context.Context, where string, members int64) error {
	d, err := db.Open(ctx, where)
	if err != nil {
		return err
	}
	return errors.Join(bank.LoadMasters(ctx, d, members), d.Close())
}
