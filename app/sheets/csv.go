package sheets

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// separators are tried in this order until one gives the header.
var separators = []rune{',', ';', '\t'}

// textRows finds the table of a text.
func (f *File) textRows(columns []Column) (*Rows, error) {
	var failure error
	nearest := -1
	for _, separator := range separators {
		rows := &Rows{file: f, grid: f.newText(separator)}
		search := newHeaderSearch(columns)
		found, err := rows.begin(search)
		if found {
			return rows, nil
		}
		if err == nil {
			err = search.failure()
		}
		// The separator that splits the nearest header is the one the file has;
		// what went wrong with the others says nothing.
		matched := 0
		if search.best != nil {
			matched = len(search.best.places)
		}
		if matched > nearest {
			nearest, failure = matched, err
		}
	}
	return nil, failure
}

// text is a grid over separated values.
type text struct {
	limits Limits
	reader *csv.Reader
	base   int // row of the header
	cells  int // since the header
	joined int // line breaks inside fields so far: lines that are no rows
	wanted *header
	filled int // fields of the line that was read last, up to the last with anything in it
	width  int // filled of the header
	needs  int // fields that a line must have
}

func (f *File) newText(separator rune) *text {
	var source io.Reader = io.NewSectionReader(f.content, 0, f.size)
	if f.text == encodingGB18030 {
		source = simplifiedchinese.GB18030.NewDecoder().Reader(source)
	}
	if f.returns {
		source = returnsAsFeeds{source}
	}
	buffered := bufio.NewReaderSize(source, 64<<10)
	if mark, err := buffered.Peek(len(utf8BOM)); err == nil && string(mark) == utf8BOM {
		_, _ = buffered.Discard(len(utf8BOM))
	}
	reader := csv.NewReader(buffered)
	reader.Comma = separator
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	return &text{limits: f.options.Limits, reader: reader}
}

func (t *text) keep(h *header) {
	t.wanted, t.base, t.cells, t.width, t.needs = h, h.number, 0, t.filled, h.needs()
}

func (t *text) next(row *gridRow) error {
	fields, err := t.reader.Read()
	if err != nil {
		return t.readError(err)
	}
	line, _ := t.reader.FieldPos(0)
	*row = gridRow{number: line - t.joined, cells: row.cells[:0]}
	t.filled = 0
	for i, field := range fields {
		t.joined += strings.Count(field, "\n")
		if trim(field) == "" {
			continue
		}
		t.filled = i + 1
		if t.wanted != nil && i >= t.width && row.surplus == "" {
			row.surplus = field
		}
		if t.wanted != nil {
			if _, known := t.wanted.places[i]; !known {
				row.extra = true
				continue
			}
		}
		row.cells = append(row.cells, gridCell{column: i, cell: cell{kind: cellText, text: field}})
	}
	row.short = t.wanted != nil && len(row.cells) > 0 && len(fields) < t.needs
	return t.count(row.number, len(fields))
}

func (t *text) count(number, fields int) error {
	if t.limits.CSVRowsUnlimited {
		return nil
	}
	t.cells += fields
	return t.limits.check(number-t.base, t.cells)
}

// check refuses a table that is over the limits.
func (l Limits) check(rows, cells int) error {
	if rows > l.Rows {
		return refuse("file.too_many_rows", lang.Args{"limit": l.Rows})
	}
	if cells > l.Cells {
		return refuse("file.too_many_cells", lang.Args{"limit": l.Cells})
	}
	return nil
}

func (t *text) readError(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fault.Wrap(err, fault.Invalid, "file.quotes", lang.Args{"line": parse.StartLine})
	}
	return unreadable(err)
}
