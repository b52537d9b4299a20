package imports

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/rbac"
)

// Batch is one change in the making: what an importer reports to, and what its
// rows are marked with.
type Batch struct {
	ID      int64
	Actor   rbac.Actor
	At      time.Time
	Options Options

	problems []fault.Problem
	warnings []fault.Problem
	wrong    map[place]bool
	periodID int64
	history  []change
	counts   Counts
	entry    audit.Entry
	progress func(rows int) // told how many rows are counted, now and then; nil for nobody
}

// Counts say what a batch did to its rows.
type Counts struct {
	New       int `bun:"rows_new" json:"new"`
	Changed   int `bun:"rows_changed" json:"changed"`
	Unchanged int `bun:"rows_unchanged" json:"unchanged"`
	Withdrawn int `bun:"rows_withdrawn" json:"withdrawn"`
	Wrong     int `bun:"rows_wrong" json:"wrong"`
}

// rows counts the rows of the file that were found good so far.
func (c Counts) rows() int { return c.New + c.Changed + c.Unchanged }

// Nothing says whether nothing was written.
func (c Counts) Nothing() bool { return c.New+c.Changed+c.Withdrawn == 0 }

// place is where a row stands: in a document the path of the entry.
type place struct {
	sheet, path string
	row         int
}

type change struct {
	entity        string
	id            int64
	row           int
	before, after any
}

// Problem reports a fault. A row with several counts once as wrong.
func (b *Batch) Problem(p fault.Problem) {
	if b.wrong == nil {
		b.wrong = map[place]bool{}
	}
	at := place{sheet: p.Sheet, row: p.Row}
	if p.Row == 0 {
		at.path = p.Path
	}
	b.wrong[at] = true
	b.problems = append(b.problems, p)
}

// Warn adds to the summary what is no fault and yet should be seen.
func (b *Batch) Warn(p fault.Problem) { b.warnings = append(b.warnings, p) }

// Blocked says whether nothing will be written, because a row is wrong and
// errors are not skipped: an importer that has checked everything may stop here.
func (b *Batch) Blocked() bool { return len(b.problems) > 0 && !b.Options.SkipErrors }

// Count adds to what the batch did.
func (b *Batch) Count(isNew, changed, unchanged, withdrawn int) {
	before := b.counts.rows()
	b.counts.New += isNew
	b.counts.Changed += changed
	b.counts.Unchanged += unchanged
	b.counts.Withdrawn += withdrawn
	if now := b.counts.rows(); b.progress != nil && now/progressRows > before/progressRows {
		b.progress(now)
	}
}

// History keeps what an entity looked like before and after, nil where it was
// not there. A batch has one entry for an entity at most. Facts need none: they
// carry the batches that made and ended them.
func (b *Batch) History(entity string, id int64, row int, before, after any) {
	b.history = append(b.history, change{entity, id, row, before, after})
}

// About says what the audit trail has of the batch: what was done, to what sort
// of thing, to which one. Without it the trail names the batch.
func (b *Batch) About(action, object, key string) {
	b.entry.Action, b.entry.Object, b.entry.Key = action, object, key
}

// Because adds to the audit trail what else is to be known, such as a reason.
func (b *Batch) Because(detail string) { b.entry.Detail = detail }

// SetPeriod says which period the batch belongs to.
func (b *Batch) SetPeriod(id int64) { b.periodID = id }

// Problems gives the faults in the order of the file.
func (b *Batch) Problems() []fault.Problem {
	slices.SortStableFunc(b.problems, func(x, y fault.Problem) int {
		return cmp.Or(cmp.Compare(x.Sheet, y.Sheet), cmp.Compare(x.Row, y.Row))
	})
	return b.problems
}

// begin writes the batch's own row, so that others can refer to it.
func (b *Batch) begin(ctx context.Context, tx db.Tx, r *Record) error {
	r.MadeBy, r.MadeAt = b.Actor.Name, b.At
	if _, err := tx.NewInsert().Model(r).ExcludeColumn("id").Returning("id").Exec(ctx); err != nil {
		return fmt.Errorf("beginning a batch: %w", err)
	}
	b.ID = r.ID
	return nil
}

// finish writes the history and the counts.
func (b *Batch) finish(ctx context.Context, tx db.Tx, r *Record) error {
	if err := b.writeHistory(ctx, tx); err != nil {
		return fmt.Errorf("writing history: %w", err)
	}
	b.counts.Wrong = len(b.wrong)
	r.PeriodID, r.Counts = b.periodID, b.counts
	_, err := tx.NewUpdate().Model(r).WherePK().
		Column("period_id", "undoes_batch_id", "rows_new", "rows_changed", "rows_unchanged", "rows_withdrawn", "rows_wrong").Exec(ctx)
	if err != nil {
		return fmt.Errorf("finishing a batch: %w", err)
	}
	return nil
}

// recorded gives what the audit trail has of the finished batch: before and after
// where it is about one thing, otherwise the counts.
func (b *Batch) recorded(r *Record) audit.Entry {
	e := b.entry
	if e.Action == "" {
		e.Action, e.Object, e.Key = strings.ReplaceAll(r.Kind, " ", "."), "batch", strconv.FormatInt(r.ID, 10)
	}
	if len(b.history) == 1 && r.FileName == "" {
		e.Before, e.After = b.history[0].before, b.history[0].after
		return e
	}
	e.After = struct {
		Batch  int64  `json:"batch"`
		File   string `json:"file,omitempty"`
		SHA256 string `json:"sha256,omitempty"`
		Undoes int64  `json:"undoes,omitempty"`
		Counts
	}{r.ID, r.FileName, r.SHA256, r.Undoes, r.Counts}
	return e
}

func (b *Batch) writeHistory(ctx context.Context, tx db.Tx) error {
	if len(b.history) == 0 {
		return nil
	}
	rows := tx.Bulk(ctx, "history", "batch_id", "entity", "entity_id", "row_no", "before", "after")
	for _, c := range b.history {
		rows.Int(b.ID)
		rows.Text(c.entity)
		rows.Int(c.id)
		rows.Int(int64(c.row))
		for _, state := range []any{c.before, c.after} {
			text, err := stateText(state)
			if err != nil {
				return err
			}
			db.OptionalText(rows, text)
		}
		if err := rows.Row(); err != nil {
			return err
		}
	}
	_, err := rows.Close()
	return err
}

func stateText(state any) (string, error) {
	switch s := state.(type) {
	case nil:
		return "", nil
	case json.RawMessage:
		return string(s), nil
	}
	text, err := json.Marshal(state)
	return string(text), err
}
