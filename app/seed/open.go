package seed

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/reviews"
)

// collect opens the month after the last, with targets and nothing else, so that
// the review grid has something to do. What somebody did with it since stays.
func (l *Loader) collect(ctx context.Context, m Month) error {
	status, err := l.Periods.Show(ctx, l.Actor, m.Code)
	if fault.KindOf(err) == fault.NotFound {
		l.Clock.morning(m.First, 0)
		if _, err = l.Periods.Create(ctx, l.Actor, m.Code, minDays); err != nil {
			return err
		}
		status, err = l.Periods.Show(ctx, l.Actor, m.Code)
	}
	if err != nil || status.State != periods.Draft {
		return err
	}
	folder, err := os.MkdirTemp("", "steelyard-demo-")
	if err != nil {
		return fmt.Errorf("making a folder for the demo bank's files: %w", err)
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder that stays does no harm
	l.Clock.morning(m.First, 1)
	if err := l.tables(ctx, folder, m, func(kind string) bool { return kind == "targets" }); err != nil {
		return err
	}
	if err := l.on(ctx, m, l.Periods.Open); err != nil {
		return err
	}
	l.Clock.morning(m.First, 19)
	return l.draft(ctx, m.Code)
}

// How many rows of the grid the outlet's manager has submitted, and drafted, when
// somebody first looks; the rest waits.
const (
	submittedRows = 4
	draftedRows   = 3
)

// draft has the outlet's manager begin with the reviews of a month.
func (l *Loader) draft(ctx context.Context, period string) error {
	manager, err := l.signedUp(ctx, manages, "branch_manager")
	if err != nil {
		return err
	}
	grid, err := l.Reviews.Grid(ctx, manager, period, reviews.GridFilter{Role: reviews.RoleManager}, page.Query{Limit: submittedRows + draftedRows})
	if err != nil {
		return err
	}
	var first, all []reviews.CellChange
	for i, row := range grid.Rows {
		for _, item := range row.Items {
			all = append(all, rated(&row, item, period))
		}
		if i < submittedRows {
			first = slices.Clone(all)
		}
	}
	if len(all) == 0 {
		return nil
	}
	if _, err := l.Reviews.Save(ctx, manager, period, all); err != nil {
		return err
	}
	keys := make([]reviews.CellKey, len(first))
	for i, c := range first {
		keys[i] = reviews.CellKey{StaffNo: c.StaffNo, Unit: c.Unit, Position: c.Position, Role: c.Role, Item: c.Item}
	}
	_, err = l.Reviews.Submit(ctx, manager, period, keys)
	return err
}

// rated is a cell as the manager would fill it: every level that is to be accounted for has its comment.
func rated(row *reviews.GridRow, item, period string) reviews.CellChange {
	level := levelOf(1000 + bell(260, "first", item, row.StaffNo, period))
	return reviews.CellChange{
		StaffNo: row.StaffNo, Unit: row.Unit, Position: row.Position, Item: item, Role: row.Role,
		Level: level, Comment: comments[level][0],
	}
}
