package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/uptrace/bun/schema"
)

// insertValues is how many values one prepared insert takes at the most.
const insertValues = 960

// instantLayout is how bun writes an instant, so that both ways of writing give one text.
const instantLayout = "2006-01-02 15:04:05.999999-07:00"

// inserts collects rows into prepared inserts of many rows each.
type inserts struct {
	ctx     context.Context //nolint:containedctx // one bulk write lives within one call
	tx      Tx
	head    string
	columns int
	batch   int
	stmt    *sql.Stmt
	args    []any
	rows    int64
	err     error
}

func newInserts(ctx context.Context, tx Tx, table string, columns []string) *inserts {
	return &inserts{
		ctx: ctx, tx: tx, columns: len(columns),
		batch: max(1, insertValues/len(columns)),
		head:  fmt.Sprintf(`INSERT INTO "%s" ("%s") VALUES `, table, strings.Join(columns, `", "`)),
	}
}

func (s *inserts) Int(v int64)         { s.args = append(s.args, v) }
func (s *inserts) Text(v string)       { s.args = append(s.args, v) }
func (s *inserts) Bytes(v []byte)      { s.args = append(s.args, append([]byte(nil), v...)) }
func (s *inserts) Instant(v time.Time) { s.args = append(s.args, v.UTC().Format(instantLayout)) }
func (s *inserts) Null()               { s.args = append(s.args, nil) }

func (s *inserts) Date(v Date) {
	if v.IsZero() {
		s.Null()
		return
	}
	s.Text(v.String())
}

func (s *inserts) Row() error {
	if len(s.args)%s.columns != 0 && s.err == nil {
		s.err = fmt.Errorf("bulk: %d values for rows of %d columns", len(s.args), s.columns)
	}
	s.rows++
	if s.err == nil && len(s.args) == s.batch*s.columns {
		s.err = s.full()
	}
	return s.err
}

func (s *inserts) full() error {
	if s.stmt == nil {
		stmt, err := s.tx.PrepareContext(s.ctx, s.text(s.batch))
		if err != nil {
			return err
		}
		s.stmt = stmt
	}
	_, err := s.stmt.ExecContext(s.ctx, s.args...)
	s.args = s.args[:0]
	return err
}

func (s *inserts) text(rows int) string {
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", s.columns), ",") + ")"
	return s.head + strings.TrimSuffix(strings.Repeat(row+",", rows), ",")
}

func (s *inserts) Close() (int64, error) {
	if s.err == nil && len(s.args) > 0 {
		// The driver's own transaction: bun would write the values into the text.
		_, s.err = s.tx.Tx.Tx.ExecContext(s.ctx, s.text(len(s.args)/s.columns), s.args...)
	}
	if s.stmt != nil {
		s.err = errors.Join(s.err, s.stmt.Close())
	}
	return s.rows, s.err
}

// format writes the arguments into a query as bun does.
func (t Tx) format(query string, args []any) string {
	if len(args) == 0 {
		return query
	}
	return schema.NewQueryGen(t.Dialect()).FormatQuery(query, args...)
}

func eachSQLite(ctx context.Context, conn *sql.Conn, query string, f func(Row) error) error {
	return conn.Raw(func(raw any) (err error) {
		rows, err := raw.(driver.QueryerContext).QueryContext(ctx, query, nil) //nolint:forcetypeassert // the driver has it
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, rows.Close()) }()
		row := sqliteRow{values: make([]driver.Value, len(rows.Columns()))}
		for {
			switch err := rows.Next(row.values); {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return err
			}
			if err := f(&row); err != nil {
				return err
			}
		}
	})
}

type sqliteRow struct{ values []driver.Value }

func (r *sqliteRow) Null(i int) bool { return r.values[i] == nil }

func (r *sqliteRow) Int(i int) int64 {
	switch v := r.values[i].(type) {
	case int64:
		return v
	case nil:
		return 0
	default:
		panic(badColumn(i, "an integer", v))
	}
}

func (r *sqliteRow) Text(i int) string {
	switch v := r.values[i].(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case nil:
		return ""
	default:
		panic(badColumn(i, "text", v))
	}
}

func (r *sqliteRow) Bytes(i int) []byte {
	if v, ok := r.values[i].([]byte); ok {
		return v
	}
	return []byte(r.Text(i))
}

func (r *sqliteRow) Date(i int) Date {
	var d Date
	if err := d.Scan(r.values[i]); err != nil {
		panic(badColumn(i, "a day", r.values[i]))
	}
	return d
}
