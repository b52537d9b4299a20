package sheets

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// Rows is the stream of a table's rows below its header. Rows in which no known
// column holds anything are passed over.
type Rows struct {
	file    *File
	sheet   string
	header  *header
	grid    grid
	closer  io.Closer
	date04  bool
	current gridRow
	row     Row
	err     error
	done    bool
	notices notices
}

// Rows finds the table that has these columns and stands before its first row.
// In a workbook it is on the first visible sheet with such a header; if there is
// none the error names the columns that are missing and what was found.
func (f *File) Rows(columns []Column) (*Rows, error) {
	var rows *Rows
	var err error
	if f.book != nil {
		rows, err = f.sheetRows(columns)
	} else {
		rows, err = f.textRows(columns)
	}
	if err != nil {
		return nil, named(err, f.Name)
	}
	return rows, nil
}

// begin reads up to the header. Without one it returns false.
func (r *Rows) begin(search *headerSearch) (bool, error) {
	for {
		switch err := r.grid.next(&r.current); {
		case errors.Is(err, io.EOF):
			return false, nil
		case err != nil:
			return false, err
		}
		h, found, err := search.look(&r.current)
		if err != nil {
			return false, err
		}
		if found {
			r.header = h
			r.grid.keep(h)
			return true, nil
		}
	}
}

// Next goes to the next row. After the last, or when the file turns out to be
// damaged or too long, it returns false; Err tells which.
func (r *Rows) Next() bool {
	for !r.done {
		if err := r.grid.next(&r.current); err != nil {
			r.finish(err)
			return false
		}
		if r.current.hidden {
			r.notices.hiddenRow(r.current.number)
		}
		if r.fill() {
			return true
		}
		if r.current.extra {
			r.notices.outsideRow(r.current.number)
		}
	}
	return false
}

// fill makes the Row of the current cells; false if there is nothing in them.
func (r *Rows) fill() bool {
	filled := false
	r.row = Row{Sheet: r.sheet, Number: r.current.number, rows: r, surplus: r.current.surplus, short: r.current.short}
	for _, c := range r.current.cells {
		position, known := r.header.places[c.column]
		if !known || !c.holds() {
			continue
		}
		if r.row.cells == nil {
			r.row.cells = make([]cell, len(r.header.columns))
		}
		r.row.cells[position] = c.cell
		filled = true
	}
	return filled
}

// holds tells whether there is anything in the cell, a blank text being nothing.
func (c *cell) holds() bool {
	return c.formula || c.kind != cellBlank && (c.kind != cellText || trim(c.text) != "")
}

func (r *Rows) finish(err error) {
	r.done = true
	r.Close()
	if !errors.Is(err, io.EOF) {
		r.err = named(err, r.file.Name)
		return
	}
	if sheet, ok := r.grid.(*worksheet); ok {
		sheet.notice(r.header, &r.notices)
	}
}

// Row gives the row that Next went to. It stays valid.
func (r *Rows) Row() Row { return r.row }

// Err gives the reason why the rows ended early, a *fault.Error, or nil. With an
// error no row that was read before counts.
func (r *Rows) Err() error { return r.err }

// Unknown lists the header's columns that are not known, as the file has them.
func (r *Rows) Unknown() []string { return r.header.unknown }

// Sheet gives the name of the sheet that is read; a text has none.
func (r *Rows) Sheet() string { return r.sheet }

// HeaderRow gives the number of the header's row, as the user counts.
func (r *Rows) HeaderRow() int { return r.header.number }

// Has tells whether the header has the column.
func (r *Rows) Has(name string) bool {
	i, known := r.header.index[name]
	return known && r.header.labels[i] != ""
}

// Close ends the reading; it may be called more than once.
func (r *Rows) Close() {
	r.done = true
	if r.closer != nil {
		closeQuietly(r.closer)
		r.closer = nil
	}
}

// Notices lists what is no error and yet should not pass unseen: hidden rows,
// columns and sheets, merged cells, sheets that were not read. It is complete
// after the last row.
func (r *Rows) Notices() []fault.Problem { return r.notices.list(r.file.Name, r.sheet) }

// notices gathers what Notices lists, in bounded space.
type notices struct {
	hidden, outside rowList
	others          []fault.Problem
	more            int // others beyond the bound
}

const noticesMost = 100

type rowList struct {
	count int
	first []int
}

func (l *rowList) add(number int) {
	if l.count++; len(l.first) < 10 {
		l.first = append(l.first, number)
	}
}

func (n *notices) hiddenRow(number int)  { n.hidden.add(number) }
func (n *notices) outsideRow(number int) { n.outside.add(number) }

func (n *notices) add(p fault.Problem) {
	if len(n.others) == noticesMost {
		n.more++
		return
	}
	n.others = append(n.others, p)
}

func (n *notices) list(file, sheet string) []fault.Problem {
	list := append([]fault.Problem(nil), n.others...)
	if n.more > 0 {
		list = append(list, fault.Problem{Sheet: sheet, Code: "file.notice_more", Args: lang.Args{"count": n.more}})
	}
	if n.hidden.count > 0 {
		list = append(list, n.hidden.problem(sheet, "file.hidden_rows"))
	}
	if n.outside.count > 0 {
		list = append(list, n.outside.problem(sheet, "file.rows_outside"))
	}
	for i := range list {
		list[i].File = visible(file, nameShown)
	}
	return list
}

// numbers writes the first of count row numbers.
func numbers(first []int, count int) string {
	texts := make([]string, 0, len(first)+1)
	for _, number := range first {
		texts = append(texts, strconv.Itoa(number))
	}
	if count > len(first) {
		texts = append(texts, "…")
	}
	return strings.Join(texts, ", ")
}

func (l *rowList) problem(sheet, code string) fault.Problem {
	return fault.Problem{
		Sheet: sheet, Row: l.first[0], Code: code,
		Args: lang.Args{"count": l.count, "rows": numbers(l.first, l.count)},
	}
}
