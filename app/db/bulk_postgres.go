package db

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// copyChunk is how many bytes of rows go to the server in one COPY.
const copyChunk = 4 << 20

var (
	copyHeader  = []byte("PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	copyTrailer = []byte{0xff, 0xff}
	// epoch is where PostgreSQL counts its days and instants from.
	epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
)

// copyIn writes rows in PostgreSQL's binary COPY format.
type copyIn struct {
	ctx     context.Context //nolint:containedctx // one bulk write lives within one call
	conn    *sql.Conn
	sql     string
	columns int
	buf     []byte
	fields  int
	start   int
	rows    int64
	err     error
}

func newCopy(ctx context.Context, conn *sql.Conn, table string, columns []string) *copyIn {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = `"` + c + `"`
	}
	return &copyIn{
		ctx: ctx, conn: conn, columns: len(columns),
		sql: fmt.Sprintf(`COPY "%s" (%s) FROM STDIN (FORMAT BINARY)`, table, strings.Join(quoted, ", ")),
		buf: append((*copyBuffers.Get().(*[]byte))[:0], copyHeader...), //nolint:forcetypeassert // nothing else is put there
	}
}

// copyBuffers are taken by one bulk write after another: clearing new ones cost a quarter of a run.
var copyBuffers = sync.Pool{New: func() any {
	buffer := make([]byte, 0, copyChunk+copyChunk/8)
	return &buffer
}}

func (c *copyIn) field(size int) {
	if c.fields == 0 {
		c.start = len(c.buf)
		c.buf = binary.BigEndian.AppendUint16(c.buf, uint16(c.columns)) //nolint:gosec // a table has few columns
	}
	c.fields++
	c.buf = binary.BigEndian.AppendUint32(c.buf, uint32(size)) //nolint:gosec // a value is far below 4 GiB; −1 is NULL
}

func (c *copyIn) Int(v int64) {
	c.field(8)
	c.buf = binary.BigEndian.AppendUint64(c.buf, uint64(v)) //nolint:gosec // the bits are what is sent
}

func (c *copyIn) Text(v string) {
	c.field(len(v))
	c.buf = append(c.buf, v...)
}

func (c *copyIn) Bytes(v []byte) {
	c.field(len(v))
	c.buf = append(c.buf, v...)
}

func (c *copyIn) Date(v Date) {
	if v.IsZero() {
		c.Null()
		return
	}
	c.field(4)
	days := int32(DateOf(epoch).DaysUntil(v))                  //nolint:gosec // no day is that far
	c.buf = binary.BigEndian.AppendUint32(c.buf, uint32(days)) //nolint:gosec // the bits are what is sent
}

func (c *copyIn) Instant(v time.Time) {
	c.field(8)
	c.buf = binary.BigEndian.AppendUint64(c.buf, uint64(v.UnixMicro()-epoch.UnixMicro())) //nolint:gosec // the bits are what is sent
}

func (c *copyIn) Null() { c.field(-1) }

func (c *copyIn) Row() error {
	if c.fields != c.columns && c.err == nil {
		c.err = fmt.Errorf("bulk: a row of %d values for %d columns", c.fields, c.columns)
	}
	c.fields = 0
	c.rows++
	if c.err == nil && len(c.buf) >= copyChunk {
		c.err = c.flush()
	}
	return c.err
}

func (c *copyIn) flush() error {
	if len(c.buf) == len(copyHeader) {
		return nil
	}
	c.buf = append(c.buf, copyTrailer...)
	err := onPostgres(c.conn, func(pg *pgconn.PgConn) error {
		_, err := pg.CopyFrom(c.ctx, bytes.NewReader(c.buf), c.sql)
		return err
	})
	c.buf = c.buf[:len(copyHeader)]
	return err
}

func (c *copyIn) Close() (int64, error) {
	if c.err == nil {
		c.err = c.flush()
	}
	if c.buf != nil {
		copyBuffers.Put(&c.buf)
		c.buf = nil
	}
	return c.rows, c.err
}

func onPostgres(conn *sql.Conn, f func(*pgconn.PgConn) error) error {
	return conn.Raw(func(driver any) error {
		return f(driver.(*stdlib.Conn).Conn().PgConn()) //nolint:forcetypeassert // the pool was opened with this driver
	})
}

// copyOut parses rows of the binary COPY format as they come in.
type copyOut struct {
	pending []byte
	header  bool
	done    bool
	row     pgRow
	f       func(Row) error
}

func eachPostgres(ctx context.Context, conn *sql.Conn, query string, f func(Row) error) error {
	out := &copyOut{f: f}
	return onPostgres(conn, func(pg *pgconn.PgConn) error {
		_, err := pg.CopyTo(ctx, out, "COPY ("+query+") TO STDOUT (FORMAT BINARY)")
		return err
	})
}

// Write takes what the server sent: the server sends a row a message, and a
// row is parsed where it lies unless it was cut in two.
func (o *copyOut) Write(p []byte) (int, error) {
	data := p
	if len(o.pending) > 0 {
		o.pending = append(o.pending, p...)
		data = o.pending
	}
	rest, err := o.parse(data)
	o.pending = append(o.pending[:0], rest...)
	return len(p), err
}

func (o *copyOut) parse(data []byte) ([]byte, error) {
	if !o.header {
		if len(data) < len(copyHeader) {
			return data, nil
		}
		o.header, data = true, data[len(copyHeader):]
	}
	for !o.done && len(data) >= 2 {
		count := int16(binary.BigEndian.Uint16(data)) //nolint:gosec // −1 ends the rows
		if count < 0 {
			o.done = true
			break
		}
		rest, whole := o.row.take(data[2:], int(count))
		if !whole {
			return data, nil
		}
		if err := o.f(&o.row); err != nil {
			return nil, err
		}
		data = rest
	}
	return data, nil
}

type pgRow struct{ values [][]byte }

func (r *pgRow) take(data []byte, count int) (rest []byte, whole bool) {
	r.values = r.values[:0]
	for range count {
		if len(data) < 4 {
			return nil, false
		}
		size := int32(binary.BigEndian.Uint32(data)) //nolint:gosec // −1 is NULL
		data = data[4:]
		if size < 0 {
			r.values = append(r.values, nil)
			continue
		}
		if len(data) < int(size) {
			return nil, false
		}
		r.values = append(r.values, data[:size:size])
		data = data[size:]
	}
	return data, true
}

func (r *pgRow) Null(i int) bool { return r.values[i] == nil }

func (r *pgRow) Int(i int) int64 {
	switch v := r.values[i]; len(v) {
	case 8:
		return int64(binary.BigEndian.Uint64(v)) //nolint:gosec // the bits are what was sent
	case 4:
		return int64(int32(binary.BigEndian.Uint32(v))) //nolint:gosec // the bits are what was sent
	case 0:
		return 0
	default:
		panic(badColumn(i, "an integer", v))
	}
}

func (r *pgRow) Text(i int) string { return string(r.values[i]) }

func (r *pgRow) Bytes(i int) []byte { return r.values[i] }

func (r *pgRow) Date(i int) Date {
	v := r.values[i]
	if v == nil {
		return Date{}
	}
	return DateOf(epoch.AddDate(0, 0, int(int32(binary.BigEndian.Uint32(v))))) //nolint:gosec // the bits are what was sent
}
