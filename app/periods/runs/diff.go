package runs

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// ChangeKind says what became of a member from one run to another.
type ChangeKind string

// The kinds of change.
const (
	MemberNew     ChangeKind = "new"
	MemberGone    ChangeKind = "gone"
	MemberChanged ChangeKind = "changed"
)

// Change is what differs between a member's results in two runs.
type Change struct {
	Kind ChangeKind
	// Before is nil for a new member, After for one who is gone.
	Before, After *Result
	// Total is how much the total rose; a total that does not exist counts as 0.
	Total Points
	// Moved says that the segments differ: another unit, position, scorecard, or other days.
	Moved bool
	// Cards are the codes of the member's scorecards of which the runs used different versions.
	Cards []string
	// Items are those of which score, contribution or input differ, in the order of the scorecards.
	Items []ItemChange
	// Adjustments and Vetoes say that the member's entries differ. Without frozen
	// inputs they are told by bonus and deduction alone.
	Adjustments, Vetoes bool
}

// ItemChange is what differs of one item of a segment.
type ItemChange struct {
	Scorecard     string
	Unit          string // code of the segment's unit
	Key           string
	Name          scoring.Text
	Precision     int
	Before, After *ItemState // nil where the segment or the item is not there
	// Peers says that the input is the same, and the version too: the figures of others moved the score.
	Peers bool
}

// ItemState is an item as one run has it.
type ItemState struct {
	Item
	Of *scoring.Item
	// Input is nil where the run's frozen inputs are gone.
	Input *scoring.Input
}

// Summary says what was compared.
type Summary struct {
	Before, After             *Run
	Compared                  int
	New, Gone, Changed        int
	RankOnly                  int // of the unchanged, those whose rank alone differs
	Cards                     []CardChange
	InputsBefore, InputsAfter bool // the run still has its frozen inputs
}

// CardChange is a scorecard of which two runs used different versions; 0 for none.
type CardChange struct {
	Code          string
	Before, After int
}

// Diff compares two runs of a period and hands out who changed, in the order
// of the staff numbers; each change is good until f returns.
func (s *Service) Diff(ctx context.Context, actor rbac.Actor, code string, before, after int, f func(*Change) error) (*Summary, error) {
	if err := access.Require(actor, rbac.ResultRead); err != nil {
		return nil, err
	}
	var d *difference
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		a, err := open(ctx, tx, actor, code, before)
		if err != nil {
			return err
		}
		b, err := open(ctx, tx, actor, code, after)
		if err != nil {
			return err
		}
		d = &difference{before: a, after: b, summary: Summary{Before: a.Run, After: b.Run}}
		return d.compare(ctx, tx, f)
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "result", fmt.Sprintf("period=%s before=%d after=%d", code, before, after))
	return &d.summary, nil
}

// difference is the comparison of two runs.
type difference struct {
	before, after *Book
	summary       Summary
}

func (d *difference) compare(ctx context.Context, tx db.Tx, f func(*Change) error) error {
	if err := d.compareCards(ctx, tx); err != nil {
		return err
	}
	for run, has := range map[*Book]*bool{d.before: &d.summary.InputsBefore, d.after: &d.summary.InputsAfter} {
		var count int
		err := tx.NewSelect().ColumnExpr("COUNT(*)").TableExpr("(SELECT 1 FROM frozen_members WHERE run_id = ? LIMIT 1) AS one", run.Run.ID).Scan(ctx, &count)
		if err != nil {
			return err
		}
		*has = count > 0
	}
	var ids []int64
	err := tx.NewSelect().TableExpr("results AS r").ColumnExpr("r.staff_id").
		Where("((r.run_id = ? AND ?) OR (r.run_id = ? AND ?))", d.before.Run.ID, d.before.sight.members(d.before.Run.ID),
			d.after.Run.ID, d.after.sight.members(d.after.Run.ID)).
		GroupExpr("r.staff_id").OrderExpr("MIN(r.staff_no), r.staff_id").Scan(ctx, &ids)
	for err == nil && len(ids) > 0 {
		chunk := ids[:min(chunkMembers, len(ids))]
		ids = ids[len(chunk):]
		err = d.compareChunk(ctx, tx, chunk, f)
	}
	return err
}

// compareCards finds the scorecards of which the runs used different versions.
func (d *difference) compareCards(ctx context.Context, tx db.Tx) error {
	numbers := map[int64]int{}
	err := tx.Each(ctx, `SELECT id, number FROM scorecard_versions`, nil, func(row db.Row) error {
		numbers[row.Int(0)] = int(row.Int(1))
		return nil
	})
	if err != nil {
		return err
	}
	all := cards{}
	for _, run := range []cards{d.before.cards, d.after.cards} {
		for code, c := range run {
			all[code] = c
		}
	}
	for _, code := range all.codes() {
		change := CardChange{Code: code}
		if c := d.before.cards[code]; c != nil {
			change.Before = numbers[c.VersionID]
		}
		if c := d.after.cards[code]; c != nil {
			change.After = numbers[c.VersionID]
		}
		if change.Before != change.After {
			d.summary.Cards = append(d.summary.Cards, change)
		}
	}
	return nil
}

func (d *difference) compareChunk(ctx context.Context, tx db.Tx, ids []int64, f func(*Change) error) error {
	before, err := readResults(ctx, tx, d.before.Run.ID, ids)
	if err != nil {
		return err
	}
	after, err := readResults(ctx, tx, d.after.Run.ID, ids)
	if err != nil {
		return err
	}
	if err := spell(ctx, tx, slices.Concat(slices.Collect(maps.Values(before)), slices.Collect(maps.Values(after)))...); err != nil {
		return err
	}
	inputs := [2]map[int64]*scoring.Member{}
	if d.summary.InputsBefore && d.summary.InputsAfter {
		if inputs[0], err = d.before.readInputs(ctx, tx, ids); err != nil {
			return err
		}
		if inputs[1], err = d.after.readInputs(ctx, tx, ids); err != nil {
			return err
		}
	}
	for _, id := range ids {
		change := d.change(before[id], after[id], inputs[0][id], inputs[1][id])
		if change == nil {
			continue
		}
		if err := f(change); err != nil {
			return err
		}
	}
	return nil
}

// change compares what is in sight of one member; nil if nothing of it differs.
func (d *difference) change(before, after *Result, frozenBefore, frozenAfter *scoring.Member) *Change {
	before, frozenBefore = d.before.inSight(before, frozenBefore)
	after, frozenAfter = d.after.inSight(after, frozenAfter)
	if before == nil && after == nil {
		return nil
	}
	d.summary.Compared++
	change := d.member(before, after, frozenBefore, frozenAfter)
	if change == nil {
		return nil
	}
	for i := range change.Items {
		item := &change.Items[i]
		d.before.hush(item.Unit, item.Before)
		d.after.hush(item.Unit, item.After)
	}
	return change
}

// inSight cuts a result and its frozen inputs; nil if nothing is in sight.
func (b *Book) inSight(r *Result, frozen *scoring.Member) (*Result, *scoring.Member) {
	if r == nil {
		return nil, frozen
	}
	kept, ok := b.sight.cut(r)
	switch {
	case !ok:
		return nil, nil
	case frozen == nil || b.sight.allOf(r.StaffID):
		return r, frozen
	}
	input := scoring.Member{ID: frozen.ID}
	for _, i := range kept {
		input.Segments = append(input.Segments, frozen.Segments[i])
	}
	if r.Status != Partial {
		input.Adjustments, input.Vetoes = frozen.Adjustments, frozen.Vetoes
	}
	return r, &input
}

// hush takes from an item at a unit who gave which rating, where the actor may not read reviews.
func (b *Book) hush(unit string, state *ItemState) {
	if state == nil || state.Input == nil || b.reviews.whole {
		return
	}
	for id, u := range b.Units {
		if u.Code == unit && b.reviews.units[id] {
			return
		}
	}
	input := *state.Input
	input.Ratings = anonymous(input.Ratings)
	state.Input = &input
}
