package facts

import (
	"context"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
)

// current is a row in force, as the database has it.
type current struct {
	rowID  int64
	id     identity
	values [valueParts]string
}

// eachCurrent reads the rows in force of some periods.
func (k *kind) eachCurrent(ctx context.Context, tx db.Tx, periodIDs []int64, f func(*current) error) error {
	var row current
	return tx.Each(ctx, k.selectCurrent(), []any{bun.List(periodIDs)}, func(r db.Row) error {
		k.scan(r, &row)
		return f(&row)
	})
}

func (k *kind) selectCurrent() string {
	columns := []string{"id", "period_id", "staff_id"}
	if !k.member {
		columns = append(columns, "unit_id", "position")
	}
	if k.metric {
		columns = append(columns, "metric_id")
	}
	for _, c := range append(k.keys[:len(k.keys):len(k.keys)], k.values...) {
		columns = append(columns, c.name)
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + k.name + " WHERE period_id IN (?) AND ended_batch_id IS NULL ORDER BY id"
}

func (k *kind) scan(r db.Row, row *current) {
	*row = current{rowID: r.Int(0), id: identity{period: r.Int(1), staff: r.Int(2)}}
	i := 3
	if !k.member {
		if !r.Null(i) {
			row.id.unit = r.Int(i)
		}
		row.id.position = r.Text(i + 1)
		i += 2
	}
	if k.metric {
		row.id.metric = r.Int(i)
		i++
	}
	for part := range k.keys {
		row.id.key[part] = r.Text(i)
		i++
	}
	for part, c := range k.values {
		switch {
		case r.Null(i):
		case c.typ == optionalInt:
			row.values[part] = formatInt(r.Int(i))
		default:
			row.values[part] = r.Text(i)
		}
		i++
	}
}

// endMost is how many rows one statement ends; its text stays far below what
// either engine takes.
const endMost = 5000

// end takes rows out of force.
func (k *kind) end(ctx context.Context, tx db.Tx, batchID int64, rowIDs []int64) error {
	for len(rowIDs) > 0 {
		part := rowIDs[:min(endMost, len(rowIDs))]
		rowIDs = rowIDs[len(part):]
		if _, err := tx.NewRaw("UPDATE "+k.name+" SET ended_batch_id = ? WHERE id IN (?)", batchID, bun.List(part)).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// insert writes rows of a batch and counts each, so that progress can be seen.
func (k *kind) insert(ctx context.Context, tx db.Tx, b *imports.Batch, facts []*fact) error {
	bulk := tx.Bulk(ctx, k.name, k.insertColumns()...)
	for _, f := range facts {
		k.write(bulk, b.ID, f)
		if err := bulk.Row(); err != nil {
			return err
		}
		if f.follows {
			b.Count(0, 1, 0, 0)
		} else {
			b.Count(1, 0, 0, 0)
		}
	}
	_, err := bulk.Close()
	return err
}

func (k *kind) insertColumns() []string {
	columns := []string{"period_id", "staff_id", "batch_id", "row_no"}
	if !k.member {
		columns = append(columns, "unit_id", "position")
	}
	if k.metric {
		columns = append(columns, "metric_id")
	}
	for _, c := range append(k.keys[:len(k.keys):len(k.keys)], k.values...) {
		columns = append(columns, c.name)
	}
	return columns
}

func (k *kind) write(bulk db.Bulk, batchID int64, f *fact) {
	bulk.Int(f.id.period)
	bulk.Int(f.id.staff)
	bulk.Int(batchID)
	bulk.Int(int64(f.row.Number))
	if !k.member {
		db.OptionalInt(bulk, f.id.unit, f.id.unit != 0)
		bulk.Text(f.id.position)
	}
	if k.metric {
		bulk.Int(f.id.metric)
	}
	for i, c := range k.keys {
		c.write(bulk, f.id.key[i])
	}
	for i, c := range k.values {
		c.write(bulk, f.values[i])
	}
}

func (c column) write(bulk db.Bulk, value string) {
	switch {
	case c.typ == plainText:
		bulk.Text(value)
	case value == "":
		bulk.Null()
	case c.typ == optionalInt:
		n, _ := strconv.ParseInt(value, 10, 64) // formatInt has written it
		bulk.Int(n)
	default:
		bulk.Text(value)
	}
}

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }
