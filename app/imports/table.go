package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// Change is what a batch did to one entity. Before or After is empty where the
// entity was not there.
type Change struct {
	ID            int64
	Before, After json.RawMessage
}

// Entity is something that batches change and whose history they keep.
type Entity interface {
	// Kind is the word that stands in the history.
	Kind() string
	// Subject says what people see of it.
	Subject() Subject
	// Undo puts every change back, or answers with a conflict that says why it
	// cannot; b is the batch that undoes.
	Undo(ctx context.Context, tx db.Tx, b *Batch, changes []Change) error
}

// Reference is a column that holds ids of an entity.
type Reference struct{ Table, Column string }

// Table writes rows of T in sets and puts them back. T renders itself to JSON
// and reads itself from it without loss.
type Table[T any] struct {
	Entity     string
	Name       string   // of the table; it has a column version
	Columns    []string // without id and version
	ID         func(*T) int64
	Write      func(db.Bulk, *T) // the values of Columns
	References []Reference       // who holds ids of it
	Shown      Subject           // of its JSON
}

// Kind is the entity's word.
func (t *Table[T]) Kind() string { return t.Entity }

// Subject says what people see of it.
func (t *Table[T]) Subject() Subject { return t.Shown }

// Insert writes new rows; the database gives them ids.
func (t *Table[T]) Insert(ctx context.Context, tx db.Tx, rows []*T) error {
	return t.fill(tx.Bulk(ctx, t.Name, t.Columns...), rows, t.Write)
}

func (t *Table[T]) fill(bulk db.Bulk, rows []*T, write func(db.Bulk, *T)) error {
	for _, row := range rows {
		write(bulk, row)
		if err := bulk.Row(); err != nil {
			return fmt.Errorf("writing %s: %w", t.Name, err)
		}
	}
	if _, err := bulk.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", t.Name, err)
	}
	return nil
}

func (t *Table[T]) writeWithID(bulk db.Bulk, row *T) {
	bulk.Int(t.ID(row))
	t.Write(bulk, row)
}

// Update gives rows their new values by one statement.
func (t *Table[T]) Update(ctx context.Context, tx db.Tx, rows []*T) error {
	if len(rows) == 0 {
		return nil
	}
	return t.staged(ctx, tx, rows, func(stage string) error {
		set := make([]string, len(t.Columns))
		for i, c := range t.Columns {
			set[i] = c + " = s." + c
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("UPDATE %s SET %s, version = %s.version + 1 FROM %s AS s WHERE %s.id = s.id",
			t.Name, strings.Join(set, ", "), t.Name, stage, t.Name))
		return err
	})
}

// Delete removes rows to which nothing refers; otherwise it is a conflict.
func (t *Table[T]) Delete(ctx context.Context, tx db.Tx, rows []*T) error {
	if len(rows) == 0 {
		return nil
	}
	return t.staged(ctx, tx, rows, func(stage string) error {
		for _, r := range t.References {
			if err := t.unreferred(ctx, tx, stage, r); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("DELETE FROM %s WHERE id IN (SELECT id FROM %s)", t.Name, stage))
		return err
	})
}

func (t *Table[T]) unreferred(ctx context.Context, tx db.Tx, stage string, r Reference) error {
	query := fmt.Sprintf("SELECT COUNT(*) FROM %s WHERE %s IN (SELECT id FROM %s)", r.Table, r.Column, stage)
	if r.Table == t.Name {
		query += fmt.Sprintf(" AND id NOT IN (SELECT id FROM %s)", stage)
	}
	var count int
	if err := tx.QueryRowContext(ctx, query).Scan(&count); err != nil {
		return err
	}
	if count > 0 {
		return fault.New(fault.Conflict, "batch.in_use", lang.Args{"entity": entityName(t.Entity), "users": entityName(r.Table), "count": count})
	}
	return nil
}

// staged does f while rows stand in a table of their own.
func (t *Table[T]) staged(ctx context.Context, tx db.Tx, rows []*T, f func(stage string) error) error {
	stage := "staged_" + t.Name
	_, err := tx.ExecContext(ctx, fmt.Sprintf("CREATE TEMPORARY TABLE %s AS SELECT id, %s FROM %s WHERE 1 = 0", stage, strings.Join(t.Columns, ", "), t.Name))
	if err != nil {
		return fmt.Errorf("staging %s: %w", t.Name, err)
	}
	if err := t.fill(tx.Bulk(ctx, stage, append([]string{"id"}, t.Columns...)...), rows, t.writeWithID); err != nil {
		return err
	}
	if err := f(stage); err != nil {
		return fmt.Errorf("changing %s: %w", t.Name, err)
	}
	_, err = tx.ExecContext(ctx, "DROP TABLE "+stage)
	return err
}

// Undo removes what was made, puts back what was changed, and brings back what
// was removed.
func (t *Table[T]) Undo(ctx context.Context, tx db.Tx, b *Batch, changes []Change) error {
	var made, changed, removed []*T
	for _, c := range changes {
		state, list := c.Before, &changed
		switch {
		case len(c.Before) == 0:
			state, list = c.After, &made
		case len(c.After) == 0:
			list = &removed
		}
		row := new(T)
		if err := json.Unmarshal(state, row); err != nil {
			return fmt.Errorf("reading the history of %s %d: %w", t.Entity, c.ID, err)
		}
		*list = append(*list, row)
		b.History(t.Entity, c.ID, 0, rawOrNil(c.After), rawOrNil(c.Before))
	}
	if err := t.Delete(ctx, tx, made); err != nil {
		return err
	}
	if err := t.Update(ctx, tx, changed); err != nil {
		return err
	}
	b.Count(len(removed), len(changed), 0, len(made))
	return t.fill(tx.Bulk(ctx, t.Name, append([]string{"id"}, t.Columns...)...), removed, t.writeWithID)
}

func rawOrNil(state json.RawMessage) any {
	if len(state) == 0 {
		return nil
	}
	return state
}

// entityName gives the words of an entity or of a table that refers to one.
func entityName(name string) any {
	for _, word := range []string{name, strings.TrimSuffix(name, "s")} {
		if text, ok := lang.Lookup("import.entity." + word); ok {
			return text
		}
	}
	return name
}
