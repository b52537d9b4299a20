package sheets

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

const (
	lastRow    = 1_048_576 // of a worksheet
	lastColumn = 16_384
)

// sheetRows finds the table in the first visible sheet that has the header.
func (f *File) sheetRows(columns []Column) (*Rows, error) {
	search := newHeaderSearch(columns)
	for i, entry := range f.book.sheets {
		if entry.hidden || entry.chart {
			continue
		}
		rows, found, err := f.sheetTable(entry, search)
		if err != nil {
			return nil, err
		}
		if found {
			f.book.noticeOthers(i, &rows.notices)
			return rows, nil
		}
	}
	return nil, search.failure()
}

func (f *File) sheetTable(entry sheetEntry, search *headerSearch) (*Rows, bool, error) {
	sheet, err := f.book.openSheet(entry)
	if err != nil {
		return nil, false, err
	}
	rows := &Rows{file: f, sheet: entry.name, grid: sheet, closer: sheet.content, date04: f.book.date04}
	found, err := rows.begin(search)
	if !found {
		rows.Close()
	}
	return rows, found, err
}

func (b *workbook) noticeOthers(read int, n *notices) {
	for i, entry := range b.sheets {
		switch {
		case i == read:
		case entry.hidden:
			n.add(fault.Problem{Sheet: entry.name, Code: "file.hidden_sheet"})
		default:
			n.add(fault.Problem{Sheet: entry.name, Code: "file.other_sheet"})
		}
	}
}

// worksheet is a grid over the worksheet part of a workbook.
type worksheet struct {
	book    *workbook
	name    string
	content io.ReadCloser
	m       *markup
	begun   bool
	row     int // the number of the last row
	base    int // row of the header
	rows    int // row elements since the header, empty ones too
	cells   int // since the header, each row up to its last cell
	wanted  *header
	text    []byte // of the cell that is read
	formula []byte

	hiddenColumns []span
	merged        []area
	mergedMore    int
}

// span is a range of columns, from 0, both ends in it.
type span struct{ first, last int }

func (b *workbook) openSheet(entry sheetEntry) (*worksheet, error) {
	content, err := b.archive.open(entry.part)
	if err != nil {
		return nil, err
	}
	return &worksheet{book: b, name: entry.name, content: content, m: newMarkup(content)}, nil
}

func (s *worksheet) keep(h *header) {
	s.wanted, s.base, s.rows, s.cells = h, h.number, 0, 0
}

// next reads one row. At the end of the rows it reads the rest of the part too,
// so that io.EOF means that the whole sheet is sound.
func (s *worksheet) next(row *gridRow) error {
	err := s.advance(row)
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	if errors.Is(err, errDTD) || errors.Is(err, errEncoding) {
		return damaged(s.name, err)
	}
	if refusal, ok := fault.As(err); ok {
		return refusal
	}
	var bad *sheetError
	if !errors.As(err, &bad) {
		bad = &sheetError{what: "markup"}
	}
	return fault.Wrap(err, fault.Invalid, "file.sheet_damaged", lang.Args{
		"sheet": s.name, "row": max(s.row, 1), "detail": sheetDetails[bad.what], "place": display(bad.place),
	})
}

// sheetError is a breach of the rules of worksheets, as far as users can use it.
type sheetError struct {
	what  string
	place string
}

func (b *sheetError) Error() string { return "worksheet: " + b.what + " " + b.place }

var sheetDetails = map[string]lang.Text{
	"markup": {Zh: "内容残缺", En: "broken content"},
	"row":    {Zh: "行号不合法或次序颠倒", En: "row numbers illegal or out of order"},
	"cell":   {Zh: "单元格地址不合法、重复或次序颠倒", En: "cell references illegal, repeated or out of order"},
	"string": {Zh: "引用了不存在的共享文本", En: "a shared string that does not exist"},
	"style":  {Zh: "引用了不存在的样式", En: "a style that does not exist"},
	"kind":   {Zh: "单元格类型不合法", En: "an illegal kind of cell"},
}

func (s *worksheet) advance(row *gridRow) error {
	if !s.begun {
		s.begun = true
		if err := s.begin(); err != nil {
			return err
		}
	}
	for {
		t, err := s.m.next()
		if err != nil {
			return err
		}
		switch t {
		case tokenOpen:
			if string(s.m.name) == "row" {
				return s.readRow(row)
			}
			if err := s.m.skip(); err != nil {
				return err
			}
		case tokenEnd, tokenClose:
			if err := s.finish(); err != nil {
				return err
			}
			return io.EOF
		case tokenText: // blanks between the rows
		}
	}
}

// begin reads up to the rows.
func (s *worksheet) begin() error {
	if err := s.m.root("worksheet", namespacesMain...); err != nil {
		return err
	}
	for {
		t, err := s.m.next()
		if err != nil {
			return err
		}
		switch {
		case t == tokenClose:
			return broken("no sheetData")
		case t != tokenOpen:
		case string(s.m.name) == "sheetData":
			return nil
		case string(s.m.name) == "cols":
			err = s.m.children(s.readColumn)
		default:
			err = s.m.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (s *worksheet) readColumn() error {
	if string(s.m.name) == "col" && isTrue(s.m.attr("hidden")) && len(s.hiddenColumns) < lastColumn {
		first, err1 := strconv.Atoi(string(s.m.attr("min")))
		last, err2 := strconv.Atoi(string(s.m.attr("max")))
		if err1 == nil && err2 == nil {
			s.hiddenColumns = append(s.hiddenColumns, span{first - 1, last - 1})
		}
	}
	return s.m.skip()
}

// finish reads what follows the rows, to the end of the part.
func (s *worksheet) finish() error {
	err := s.m.children(func() error {
		switch string(s.m.name) {
		case "sheetData":
			return broken("sheetData twice")
		case "mergeCells":
			return s.m.children(s.readMerged)
		}
		return s.m.skip()
	})
	if err != nil {
		return err
	}
	return s.m.finished()
}

func (s *worksheet) readRow(row *gridRow) error {
	number := s.row + 1
	if r := s.m.attr("r"); r != nil {
		given, ok := figure(r)
		if !ok || given <= s.row || given > lastRow {
			return &sheetError{what: "row", place: string(r)}
		}
		number = given
	}
	s.row = number
	*row = gridRow{number: number, hidden: isTrue(s.m.attr("hidden")), cells: row.cells[:0]}
	s.rows++
	column := -1
	err := s.m.children(func() error {
		if string(s.m.name) != "c" {
			return s.m.skip()
		}
		var err error
		column, err = s.readCell(row, column)
		return err
	})
	if err != nil {
		return err
	}
	return s.count(column + 1)
}

// count checks the limits after a row. A row without cells counts as one, because
// some programs write the last row of the sheet although nothing is in it; a row
// with cells counts with all the rows above it.
func (s *worksheet) count(width int) error {
	s.cells += width
	rows := s.rows
	if width > 0 {
		rows = s.row - s.base
	}
	return s.book.limits.check(rows, s.cells)
}

// figure reads a small number of plain digits.
func figure(s []byte) (int, bool) {
	if len(s) == 0 || len(s) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// place reads a cell reference such as AB12.
func place(s []byte) (row, column int, ok bool) {
	letters := 0
	for letters < len(s) && letters < 4 && s[letters] >= 'A' && s[letters] <= 'Z' {
		column = column*26 + int(s[letters]-'A') + 1
		letters++
	}
	row, ok = figure(s[letters:])
	ok = ok && letters > 0 && column <= lastColumn && row > 0 && row <= lastRow && s[letters] != '0'
	return row, column - 1, ok
}

// area is a rectangle of cells; columns from 0, rows as the user counts.
type area struct {
	ref           string
	top, left     int
	bottom, right int
}

const mergedMost = 10_000

func (s *worksheet) readMerged() error {
	if ref := s.m.attr("ref"); ref != nil {
		from, to, _ := bytes.Cut(ref, []byte(":"))
		top, left, ok1 := place(from)
		bottom, right, ok2 := place(to)
		switch {
		case !ok1 || !ok2:
			return &sheetError{what: "cell", place: string(ref)}
		case len(s.merged) == mergedMost:
			s.mergedMore++
		default:
			s.merged = append(s.merged, area{ref: string(ref), top: top, left: left, bottom: bottom, right: right})
		}
	}
	return s.m.skip()
}

// notice lists hidden columns and merged cells that touch the table.
func (s *worksheet) notice(h *header, n *notices) {
	var hidden []string
	for i := range h.columns {
		for column, position := range h.places {
			if position == i && s.hides(column) {
				hidden = append(hidden, h.label(h.columns[i].Name))
			}
		}
	}
	if len(hidden) > 0 {
		n.add(fault.Problem{Sheet: s.name, Code: "file.hidden_columns", Args: lang.Args{"columns": listed(hidden)}})
	}
	for _, a := range s.merged {
		if a.touches(h) {
			n.add(fault.Problem{Sheet: s.name, Row: a.top, Code: "file.merged", Args: lang.Args{"range": a.ref}})
		}
	}
	n.more += s.mergedMore
}

func (s *worksheet) hides(column int) bool {
	for _, c := range s.hiddenColumns {
		if c.first <= column && column <= c.last {
			return true
		}
	}
	return false
}

func (a area) touches(h *header) bool {
	if a.bottom < h.number {
		return false
	}
	for column := range h.places {
		if a.left <= column && column <= a.right {
			return true
		}
	}
	return false
}
