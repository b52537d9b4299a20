package runs

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// Lineage says where every figure of a result comes from.
type Lineage struct {
	Book      *Book
	Result    Row
	InputSHA  string // of the frozen input, in hexadecimal; empty where it is gone
	ResultSHA string
	Cards     []LineageCard
	Inputs    []LineageInput
}

// LineageCard is a scorecard that the result was worked out by.
type LineageCard struct {
	*Card
	Number int // of the version
}

// LineageInput is one figure with the row that it came with.
type LineageInput struct {
	Segment    int
	Unit       *Unit
	Item       *scoring.Item // nil for what is of the member
	Kind       string
	Field      lang.Text
	Value      string
	Batch, Row int64 // 0 where they are not told, or it was typed
	File       string
	MadeBy     string
	MadeAt     time.Time
	Superseded bool // a correction stands beside it by now

	exact int8
}

// Lineage gives where the figures of a member's result come from: the run, the
// scorecards, and of every input the batch, the file and the row. Who rated is
// told of no other role than manager and self, and neither is when or with what.
func (s *Service) Lineage(ctx context.Context, actor rbac.Actor, code string, number int, staffNo string) (*Lineage, error) {
	if err := access.RequireWhole(actor, rbac.RunVerify); err != nil {
		return nil, err
	}
	var found *Lineage
	err := s.read(ctx, actor, code, number, Filter{Staff: []string{staffNo}}, func(ctx context.Context, tx db.Tx, b *Book, ids []int64) error {
		absent := fault.New(fault.NotFound, "runs.no_member", lang.Args{"staff": staffNo, "period": code, "run": b.Run.Number})
		if len(ids) == 0 {
			return absent
		}
		stored, err := readResults(ctx, tx, b.Run.ID, ids)
		if err != nil {
			return err
		}
		r := stored[ids[0]]
		found = &Lineage{Book: b, ResultSHA: hex.EncodeToString(r.resultSHA)}
		o := &origin{tx: tx, book: b, result: r, at: map[originKey]int{}}
		if err := o.read(ctx); err != nil {
			return err
		}
		kept, ok := b.sight.cut(r)
		if !ok {
			return absent
		}
		found.Inputs = o.shown(kept)
		found.Result = Row{Result: r}
		if u := b.Units[r.UnitID]; u != nil {
			found.Result.UnitCode, found.Result.UnitName = u.Code, u.Name
		}
		if err := o.batches(ctx, found.Inputs); err != nil {
			return err
		}
		if err := spell(ctx, tx, r); err != nil {
			return err
		}
		return found.read(ctx, tx)
	})
	if err == nil {
		err = s.trail.Read(ctx, actor, "result.read", "result", code+"/"+staffNo)
	}
	if err != nil {
		return nil, err
	}
	return found, nil
}

// read reads the digests and the versions of the scorecards.
func (l *Lineage) read(ctx context.Context, tx db.Tx) error {
	err := tx.Each(ctx, "SELECT input_sha256 FROM frozen_members WHERE run_id = ? AND staff_id = ?",
		[]any{l.Book.Run.ID, l.Result.StaffID}, func(r db.Row) error {
			l.InputSHA = hex.EncodeToString(r.Bytes(0))
			return nil
		})
	if err != nil {
		return fmt.Errorf("reading a frozen input: %w", err)
	}
	byVersion := map[int64]*Card{}
	for i := range l.Result.Segments {
		if card := l.Book.Cards[l.Result.Segments[i].Scorecard]; card != nil {
			byVersion[card.VersionID] = card
		}
	}
	ids := []int64{0}
	for id := range byVersion {
		ids = append(ids, id)
	}
	err = tx.Each(ctx, "SELECT id, number FROM scorecard_versions WHERE id IN (?) ORDER BY id", []any{bun.List(ids)}, func(r db.Row) error {
		l.Cards = append(l.Cards, LineageCard{byVersion[r.Int(0)], int(r.Int(1))})
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading versions of scorecards: %w", err)
	}
	return nil
}

// shown gives the inputs of the segments that are in sight, in their order; kept
// is nil for all. What is of the member goes with the whole result.
func (o *origin) shown(kept []int) []LineageInput {
	inputs := []LineageInput{}
	for _, in := range o.inputs {
		if kept != nil {
			at := slices.Index(kept, in.Segment)
			if at < 0 || in.Item == nil && in.Kind != ofAssignment && o.result.Status == Partial {
				continue
			}
			in.Segment = at
		}
		inputs = append(inputs, in)
	}
	slices.SortStableFunc(inputs, func(a, b LineageInput) int { return a.Segment - b.Segment })
	return inputs
}

// batches says of the inputs with which batch they came.
func (o *origin) batches(ctx context.Context, inputs []LineageInput) error {
	ids := []int64{0}
	for i := range inputs {
		ids = append(ids, inputs[i].Batch)
	}
	slices.Sort(ids)
	var made []struct {
		ID       int64     `bun:"id"`
		FileName string    `bun:"file_name"`
		MadeBy   string    `bun:"made_by"`
		MadeAt   time.Time `bun:"made_at"`
	}
	err := o.tx.NewSelect().Table("batches").Column("id", "file_name", "made_by", "made_at").Where("id IN (?)", bun.List(slices.Compact(ids))).Scan(ctx, &made)
	if err != nil {
		return fmt.Errorf("reading batches: %w", err)
	}
	for i := range inputs {
		for _, b := range made {
			if in := &inputs[i]; b.ID == in.Batch {
				in.File, in.MadeBy, in.MadeAt = b.FileName, b.MadeBy, b.MadeAt.UTC()
			}
		}
	}
	return nil
}
