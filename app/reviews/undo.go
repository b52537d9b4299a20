package reviews

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
)

// cellEntity is the word for a cell in the history.
const cellEntity = "review_cell"

// cellState is what the history keeps of a cell.
type cellState struct {
	PeriodID     int64  `json:"period_id"`
	StaffID      int64  `json:"staff_id"`
	UnitID       int64  `json:"unit_id"`
	Position     string `json:"position"`
	Item         string `json:"item"`
	Role         string `json:"role"`
	Rater        string `json:"rater"`
	Level        string `json:"level"`
	Comment      string `json:"comment"`
	State        State  `json:"state"`
	ReturnReason string `json:"return_reason,omitempty"`
	ReturnedBy   string `json:"returned_by,omitempty"`
	Version      int64  `json:"version"`
}

func stateOf(p *Period, c *Cell) cellState {
	return cellState{
		PeriodID: p.ID, StaffID: c.staffID, UnitID: c.unitID, Position: c.Position, Item: c.Item, Role: c.Role, Rater: c.Rater,
		Level: c.Level, Comment: c.Comment, State: c.State, ReturnReason: c.ReturnReason, ReturnedBy: c.ReturnedBy, Version: c.Version,
	}
}

// Entities are what batches of reviews change beside facts.
func Entities() []imports.Entity { return []imports.Entity{cells{}} }

// cells puts the states of cells back with the batch that changed them.
type cells struct{}

// Kind is the entity's word.
func (cells) Kind() string { return cellEntity }

// Subject says what people see of a cell.
func (cells) Subject() imports.Subject {
	field := func(name, zh, en string) imports.Field {
		return imports.Field{Name: name, Title: lang.Text{Zh: zh, En: en}}
	}
	state := field("state", "状态", "state")
	state.Words = "review.state."
	return imports.Subject{
		Key: []imports.Field{
			{Name: "period", From: "period_id", Of: imports.OfPeriod, Title: lang.Text{Zh: "考核期", En: "period"}},
			imports.StaffField("staff_id"), imports.UnitField("unit_id"), imports.PositionField(""),
			field("item", "考核项", "item"), field("role", "评价角色", "role"), field("rater", "评价人", "rater"),
		},
		Fields: []imports.Field{
			state, field("level", "等级", "level"), field("comment", "评语", "comment"), field("return_reason", "退回原因", "reason of the return"),
		},
	}
}

// Undo puts cells back to what they were before a batch. One that was written
// since is a conflict.
func (cells) Undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	ids := make([]int64, len(changes))
	for i := range changes {
		ids[i] = changes[i].ID
	}
	versions := map[int64]int64{}
	err := tx.Each(ctx, "SELECT id, version FROM review_cells WHERE id IN (?)", []any{bun.List(ids)}, func(r db.Row) error {
		versions[r.Int(0)] = r.Int(1)
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading reviews: %w", err)
	}
	back := make([]*Cell, len(changes))
	for i := range changes {
		var before, after cellState
		if err := json.Unmarshal(changes[i].Before, &before); err != nil {
			return fmt.Errorf("reading a review's history: %w", err)
		}
		if err := json.Unmarshal(changes[i].After, &after); err != nil {
			return fmt.Errorf("reading a review's history: %w", err)
		}
		if versions[changes[i].ID] != after.Version {
			return fault.New(fault.Conflict, "review.written_since", nil)
		}
		back[i] = &Cell{
			id: changes[i].ID, Level: before.Level, Comment: before.Comment, State: before.State, Version: after.Version + 1,
			ReturnReason: before.ReturnReason, ReturnedBy: before.ReturnedBy, WrittenBy: b.Actor.Name, WrittenAt: b.At,
		}
		undone := after
		undone.Level, undone.Comment, undone.State, undone.Version = before.Level, before.Comment, before.State, after.Version+1
		undone.ReturnReason, undone.ReturnedBy = before.ReturnReason, before.ReturnedBy
		b.History(cellEntity, changes[i].ID, 0, after, undone)
	}
	_, err = updateCells(ctx, tx, back)
	return err
}
