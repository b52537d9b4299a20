package reviews

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
)

// changeStates takes cells from one state to another in a batch: those that are
// submitted become facts, those that were are none any more.
func changeStates(ctx context.Context, tx db.Tx, b *imports.Batch, p *Period, before, after []*Cell) error {
	done, err := updateCells(ctx, tx, after)
	if err != nil {
		return err
	}
	if len(done) < len(after) {
		return fault.New(fault.Conflict, "review.version", nil)
	}
	inForce, err := factsOf(ctx, tx, p, after)
	if err != nil {
		return err
	}
	var ended []int64
	var made []*Cell
	for i, c := range after {
		b.History(cellEntity, c.id, 0, stateOf(p, before[i]), stateOf(p, c))
		old := inForce.of(c)
		ended = append(ended, old...)
		switch {
		case c.State != Submitted:
			b.Count(0, 0, 0, 1)
			continue
		case len(old) > 0:
			b.Count(0, 1, 0, 0)
		default:
			b.Count(1, 0, 0, 0)
		}
		made = append(made, c)
	}
	if err := endFacts(ctx, tx, b, ended); err != nil {
		return err
	}
	return insertFacts(ctx, tx, b, p, made)
}

// fact is a review in force, whoever brought it.
type fact struct {
	id, staffID, unitID         int64 // no unit: 0
	position, item, role, rater string
}

type factKey struct {
	staffID           int64
	item, role, rater string
}

// inForce are facts by what they are about.
type inForce map[factKey][]fact

// of gives the facts that stand for a cell: with its place, or with none written.
func (f inForce) of(c *Cell) []int64 {
	var ids []int64
	for _, x := range f[factKey{c.staffID, c.Item, c.Role, c.Rater}] {
		if (x.unitID == 0 || x.unitID == c.unitID) && (x.position == "" || x.position == c.Position) {
			ids = append(ids, x.id)
		}
	}
	return ids
}

// factsOf reads the reviews in force of the members of cells.
func factsOf(ctx context.Context, tx db.Tx, p *Period, cells []*Cell) (inForce, error) {
	var members []int64
	seen := map[int64]bool{}
	for _, c := range cells {
		if !seen[c.staffID] {
			seen[c.staffID] = true
			members = append(members, c.staffID)
		}
	}
	found := inForce{}
	err := tx.Each(ctx, `SELECT id, staff_id, unit_id, position, item, role, rater FROM reviews
		WHERE period_id = ? AND ended_batch_id IS NULL AND staff_id IN (?)`, []any{p.ID, bun.List(members)}, func(r db.Row) error {
		f := fact{id: r.Int(0), staffID: r.Int(1), unitID: r.Int(2), position: r.Text(3), item: r.Text(4), role: r.Text(5), rater: r.Text(6)}
		key := factKey{f.staffID, f.item, f.role, f.rater}
		found[key] = append(found[key], f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading reviews: %w", err)
	}
	return found, nil
}

func endFacts(ctx context.Context, tx db.Tx, b *imports.Batch, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := tx.NewRaw("UPDATE reviews SET ended_batch_id = ? WHERE id IN (?)", b.ID, bun.List(ids)).Exec(ctx); err != nil {
		return fmt.Errorf("ending reviews: %w", err)
	}
	return nil
}

func insertFacts(ctx context.Context, tx db.Tx, b *imports.Batch, p *Period, cells []*Cell) error {
	if len(cells) == 0 {
		return nil
	}
	bulk := tx.Bulk(ctx, "reviews", "period_id", "staff_id", "unit_id", "position", "item", "role", "rater", "level", "comment", "batch_id")
	for _, c := range cells {
		bulk.Int(p.ID)
		bulk.Int(c.staffID)
		bulk.Int(c.unitID)
		bulk.Text(c.Position)
		bulk.Text(c.Item)
		bulk.Text(c.Role)
		bulk.Text(c.Rater)
		bulk.Text(c.Level)
		bulk.Text(c.Comment)
		bulk.Int(b.ID)
		if err := bulk.Row(); err != nil {
			return fmt.Errorf("writing reviews: %w", err)
		}
	}
	if _, err := bulk.Close(); err != nil {
		return fmt.Errorf("writing reviews: %w", err)
	}
	return nil
}
