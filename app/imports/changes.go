package imports

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
)

// Page says which of many are shown.
type Page struct {
	Skip  int // how many are passed over
	Limit int // 100 if 0, at most 10,000
}

func (p Page) limit() int {
	if p.Limit <= 0 {
		return 100
	}
	return min(p.Limit, 10_000)
}

// Changes are a page of what a batch changed, in the order of its file.
type Changes struct {
	List []Difference
	More bool // there are further ones
}

// Batch gives one batch and a page of what it changed from what to what, as far as
// the actor may read that. Of a batch that was undone its withdrawals are not known
// any more.
func (s *Service) Batch(ctx context.Context, actor rbac.Actor, id int64, page Page) (*Record, *Changes, error) {
	if err := access.RequireWhole(actor, rbac.BatchRead); err != nil {
		return nil, nil, err
	}
	page.Skip, page.Limit = max(page.Skip, 0), page.limit()+1 // one more tells whether there are more
	var record *Record
	var list []Difference
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if record, err = find(ctx, tx, id); err != nil {
			return err
		}
		if list, err = s.entityChanges(ctx, tx, actor, id, page); err != nil || len(list) > 0 {
			return err
		}
		list, err = factChanges(ctx, tx, record, page)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	changes := &Changes{List: list, More: len(list) == page.Limit}
	if changes.More {
		changes.List = list[:page.Limit-1]
	}
	return record, changes, nil
}

// entityChanges reads what the history has of a batch that the actor may read.
func (s *Service) entityChanges(ctx context.Context, tx db.Tx, actor rbac.Actor, id int64, page Page) ([]Difference, error) {
	subjects, hidden := map[string]Subject{}, []string{""}
	for _, e := range s.entities {
		subject := e.Subject()
		subjects[e.Kind()] = subject
		if subject.Read != "" && access.RequireWhole(actor, subject.Read) != nil {
			hidden = append(hidden, e.Kind())
		}
	}
	var list []Difference
	err := tx.Each(ctx, "SELECT entity, row_no, before, after FROM history WHERE batch_id = ? AND entity NOT IN (?) ORDER BY row_no, id LIMIT ? OFFSET ?",
		[]any{id, bun.List(hidden), page.Limit, page.Skip}, func(r db.Row) error {
			d, err := fromHistory(r, subjects[r.Text(0)])
			list = append(list, d)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("reading history: %w", err)
	}
	return list, named(ctx, tx, list)
}

// fromHistory makes a difference of a row of the history, ids as they are.
func fromHistory(r db.Row, subject Subject) (Difference, error) {
	d := Difference{Entity: r.Text(0), Row: int(r.Int(1))}
	before, err := stateOf(r.Bytes(2))
	if err != nil {
		return d, err
	}
	after, err := stateOf(r.Bytes(3))
	if err != nil {
		return d, err
	}
	if before != nil {
		d.Key, d.Before = valuesOf(before, subject.Key), valuesOf(before, subject.Fields)
	}
	if after != nil {
		d.Key, d.After = valuesOf(after, subject.Key), valuesOf(after, subject.Fields)
	}
	return d, nil
}

func stateOf(text []byte) (map[string]json.RawMessage, error) {
	if len(text) == 0 {
		return nil, nil //nolint:nilnil // it was not there
	}
	var state map[string]json.RawMessage
	err := json.Unmarshal(text, &state)
	return state, err
}

// valuesOf gives what a state says of some fields; numbers as they are written.
func valuesOf(state map[string]json.RawMessage, fields []Field) Values {
	values := make(Values, len(fields))
	for i := range fields {
		raw := state[fields[i].from()]
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		values[i] = Value{Field: &fields[i], Text: text}
	}
	return values
}
