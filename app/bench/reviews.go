package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/app/reviews"
	"github.com/steelyard/steelyard/rbac"
)

const (
	gridMembers = 60
	gridItems   = 8
	gridPeriod  = "2026-10"
	gridComment = "配合积极，沟通顺畅"
)

// measureReviews saves a block of the review grid, beside a bare transaction that
// inserts the same rows.
func measureReviews(ctx context.Context, b *bench) ([]line, error) {
	where, err := b.postgres.database(ctx)
	if err != nil {
		return nil, err
	}
	var lines []line
	for _, engine := range []struct{ name, where string }{{"SQLite", b.file("grid.db")}, {"PostgreSQL", where}} {
		l, err := b.measureGrid(ctx, engine.name, engine.where)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", engine.name, err)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func (b *bench) measureGrid(ctx context.Context, engine, where string) (l line, err error) {
	clock := func() time.Time { return time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC) }
	program, err := app.Open(ctx, where, clock)
	if err != nil {
		return line{}, err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	actor, err := gridBank(ctx, program, b.folder)
	if err != nil {
		return line{}, err
	}
	var blank []cellRow
	save := func(ctx context.Context) error {
		out, err := program.Reviews.Save(ctx, actor, gridPeriod, gridCells())
		if err == nil && out.Saved != gridMembers*gridItems {
			err = fmt.Errorf("%d cells were saved, %d refused", out.Saved, out.Refused)
		}
		return err
	}
	if err := save(ctx); err != nil {
		return line{}, err
	}
	if blank, err = cellRows(ctx, program.DB); err != nil {
		return line{}, err
	}
	m, err := b.interleave(ctx,
		emptied(program.DB, save),
		emptied(program.DB, func(ctx context.Context) error { return insertCells(ctx, program.DB, blank) }))
	if err != nil {
		return line{}, err
	}
	return atMost(fmt.Sprintf("saving %d × %d review cells, %s", gridMembers, gridItems, engine), m[0].took,
		"a bare transaction of the same rows", m[1].took, 3), nil
}

// emptied is a contender that writes cells where there are none; emptying does not count.
func emptied(d *db.DB, f func(context.Context) error) contender {
	const times = 5
	return func(ctx context.Context) (sample, error) {
		var took time.Duration
		for range times {
			err := d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
				_, err := tx.ExecContext(ctx, "DELETE FROM review_cells")
				return err
			})
			if err != nil {
				return sample{}, err
			}
			begin := time.Now()
			if err := f(ctx); err != nil {
				return sample{}, err
			}
			took += time.Since(begin)
		}
		return sample{took: took / times}, nil
	}
}

// gridBank is an outlet of sixty members whose scorecard has eight rating items, and its manager.
func gridBank(ctx context.Context, program *app.App, folder string) (rbac.Actor, error) {
	operator := rbac.Operator("bench")
	var items, staff []string
	for i := range gridItems {
		items = append(items, fmt.Sprintf(`{"key": "item%d", "name": {"zh": "考核项%d", "en": "Item %d"}, "weight": "12.5", "source": "rating",
			"rating": {"levels": {"5": "100", "4": "85", "3": "70", "2": "50", "1": "0"}, "roles": [{"role": "manager", "weight": "100"}]}, "method": {"type": "direct"}}`, i, i, i))
	}
	for i := range gridMembers {
		staff = append(staff, fmt.Sprintf("%s,员工%d,A1,wide,2020-01-01", gridStaff(i), i))
	}
	files := []struct{ kind, end, content string }{
		{"units", "csv", "unit_code,name,parent_code,level\nH,总行,,head_office\nA,甲分行,H,branch\nA1,甲一支行,A,sub_branch\n"},
		{"staff", "csv", "staff_no,name,unit_code,position,hired_on\n" + strings.Join(staff, "\n") + "\n"},
		{"scorecards", "json", `[{"code": "wide", "name": {"zh": "宽", "en": "Wide"}, "positions": ["wide"], "peer_group": "bank",
			"perspectives": [{"key": "all", "name": {"zh": "全部", "en": "All"}, "items": [` + strings.Join(items, ",") + `]}], "grades": [{"grade": "A"}]}]`},
	}
	for _, f := range files {
		path := filepath.Join(folder, "grid-"+f.kind+"."+f.end)
		if err := os.WriteFile(path, []byte(f.content), 0o600); err != nil {
			return rbac.Actor{}, err
		}
		if _, err := program.Imports.Import(ctx, operator, f.kind, path, imports.Options{}, nil); err != nil {
			return rbac.Actor{}, err
		}
	}
	return gridManager(ctx, program, operator)
}

// gridManager opens the month and gives who writes its reviews.
func gridManager(ctx context.Context, program *app.App, operator rbac.Actor) (rbac.Actor, error) {
	if _, err := program.Periods.Create(ctx, operator, gridPeriod, 5); err != nil {
		return rbac.Actor{}, err
	}
	if _, err := program.Periods.Open(ctx, operator, gridPeriod, 0); err != nil {
		return rbac.Actor{}, err
	}
	if _, err := program.Users.Create(ctx, operator, users.New{Username: "manager"}); err != nil {
		return rbac.Actor{}, err
	}
	_, err := program.Grants.Create(ctx, operator, grants.New{Username: "manager", Role: "branch_manager", Unit: "A1", From: db.NewDate(2026, 1, 1)})
	if err != nil {
		return rbac.Actor{}, err
	}
	user, _ := program.Guard.Snapshot().UserNamed("manager")
	return program.Actor(user.ID), nil
}

func gridStaff(i int) string { return fmt.Sprintf("w%02d", i) }

func gridCells() []reviews.CellChange {
	var cells []reviews.CellChange
	for i := range gridMembers {
		for j := range gridItems {
			cells = append(cells, reviews.CellChange{
				StaffNo: gridStaff(i), Unit: "A1", Item: fmt.Sprintf("item%d", j), Role: "manager", Level: "4", Comment: gridComment,
			})
		}
	}
	return cells
}

// cellRow is a cell as it is stored.
type cellRow struct {
	PeriodID, StaffID, UnitID, RaterID              int64
	Position, Item, Role, Level, Comment, WrittenBy string
}

func cellRows(ctx context.Context, d *db.DB) (rows []cellRow, err error) {
	err = d.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		return tx.Each(ctx, `SELECT period_id, staff_id, unit_id, rater_id, position, item, role, level, comment, written_by FROM review_cells ORDER BY id`, nil,
			func(r db.Row) error {
				rows = append(rows, cellRow{
					r.Int(0), r.Int(1), r.Int(2), r.Int(3),
					r.Text(4), r.Text(5), r.Text(6), r.Text(7), r.Text(8), r.Text(9),
				})
				return nil
			})
	})
	return rows, err
}

// insertCells inserts rows one by one, prepared, in one transaction.
func insertCells(ctx context.Context, d *db.DB, rows []cellRow) error {
	return d.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		insert, err := tx.PrepareContext(ctx, prepared(d.Engine()))
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, insert.Close()) }()
		for i := range rows {
			r := &rows[i]
			_, err := insert.ExecContext(ctx, r.PeriodID, r.StaffID, r.UnitID, r.RaterID, r.Position, r.Item, r.Role, r.Level, r.Comment, r.WrittenBy)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func prepared(engine db.Engine) string {
	const columns = "period_id, staff_id, unit_id, rater_id, position, item, role, level, comment, written_by, state, written_at"
	marks := "?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
	if engine == db.Postgres {
		marks = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10"
	}
	return "INSERT INTO review_cells (" + columns + ") VALUES (" + marks + ", 'draft', '2026-11-02 01:00:00+00:00')"
}
