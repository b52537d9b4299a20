package db

import (
	"context"
	"fmt"
	"time"
)

// Bulk writes many rows into one table, by COPY on PostgreSQL and by prepared
// inserts on SQLite. The values of a row come in the order of the columns, each
// by its kind, and Row ends the row. Integer columns are BIGINT. Errors are
// kept and reported by Row or Close.
type Bulk interface {
	Int(v int64)
	Text(v string)
	Bytes(v []byte)
	Date(v Date)
	Instant(v time.Time)
	Null()
	// Row ends a row.
	Row() error
	// Close writes what is left and gives the number of rows written.
	Close() (int64, error)
}

// Bulk begins to write rows into columns of a table. The names are ours, never a user's.
func (t Tx) Bulk(ctx context.Context, table string, columns ...string) Bulk {
	if t.engine == Postgres {
		return newCopy(ctx, t.conn, table, columns)
	}
	return newInserts(ctx, t, table, columns)
}

// OptionalInt writes v, or NULL when there is none.
func OptionalInt(b Bulk, v int64, given bool) {
	if given {
		b.Int(v)
		return
	}
	b.Null()
}

// OptionalText writes v, or NULL when it is empty.
func OptionalText(b Bulk, v string) {
	if v == "" {
		b.Null()
		return
	}
	b.Text(v)
}

// Row is one row that Each hands out, good until the next.
type Row interface {
	Null(i int) bool
	Int(i int) int64
	// Text is the text of column i; empty for NULL.
	Text(i int) string
	// Bytes is the text or bytes of column i without a copy, good until the next row.
	Bytes(i int) []byte
	Date(i int) Date
}

// Each runs a query and hands its rows to f one after another: a whole set is
// read as a stream. Integer columns of the result are BIGINT.
func (t Tx) Each(ctx context.Context, query string, args []any, f func(Row) error) error {
	text := t.format(query, args)
	if t.engine == Postgres {
		return eachPostgres(ctx, t.conn, text, f)
	}
	return eachSQLite(ctx, t.conn, text, f)
}

func badColumn(i int, what string, v any) string {
	return fmt.Sprintf("db: column %d is not %s: %T", i, what, v)
}
