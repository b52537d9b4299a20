package exports

import (
	"fmt"
	"iter"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Column is one column of a table of T.
type Column[T any] struct {
	Key    string // names the column for charts and rules
	Header string
	Value  func(T) Cell
	Format Format
	Width  float64 // in characters; 0 fits the header
	ID     bool    // stays in sight when the rest scrolls; the ID columns stand first
	Total  bool    // summed below the rows and on the cover
	Check  bool    // summed on the cover alone, as a control total
	Mark   Mark

	// For the column dictionary.
	Unit, Meaning, Source string
}

// Table is a sheet with one header row and a row per value of T.
type Table[T any] struct {
	Sheet   string
	Title   string // the first row
	Scope   string // the second row
	About   string // a line for the table of contents
	Columns []Column[T]
	Rows    iter.Seq2[T, error]
	// Charts, if given, draws charts over the rows that were written.
	Charts func(Block) []Chart
}

// Block says where the rows of a table stand.
type Block struct {
	Sheet       string
	First, Last int // row numbers; Last < First when there are none
	columns     map[string]string
}

// Column is the reference of a column's values, for a chart; the key must be one of the table's.
func (b Block) Column(key string) string {
	letter := b.columns[key]
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", b.Sheet, letter, b.First, letter, max(b.First, b.Last))
}

// Head is the reference of a column's header.
func (b Block) Head(key string) string {
	return fmt.Sprintf("'%s'!$%s$%d", b.Sheet, b.columns[key], b.First-1)
}

// Across is the reference of a row's cells from one column to another.
func (b Block) Across(from, to string, row int) string {
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", b.Sheet, b.columns[from], row, b.columns[to], row)
}

const (
	headerRow = 3
	firstRow  = headerRow + 1
	// SheetRows is how many rows a sheet takes before the next numbered sheet begins.
	SheetRows = 1_000_000
)

// AddTable writes a table; of more rows than a sheet holds it makes numbered
// sheets of SheetRows each. An error of Rows ends it and the whole workbook.
func AddTable[T any](b *Book, t Table[T]) error { return addTable(b, t, SheetRows) }

func addTable[T any](b *Book, t Table[T], limit int) error {
	if b.err != nil {
		return b.err
	}
	w := &tableWriter[T]{book: b, table: t, limit: limit}
	if err := w.run(); err != nil {
		b.fail(fmt.Errorf("exports: sheet %s: %w", t.Sheet, err))
		return b.err
	}
	return nil
}

// tableWriter streams the rows of one table.
type tableWriter[T any] struct {
	book   *Book
	table  Table[T]
	limit  int
	sheet  string
	stream *excelize.StreamWriter
	row    int // the last row written
	plain  excelize.RowOpts
	cells  []excelize.Cell // reused from row to row
	values []any           // pointers to cells
	styles []columnStyle
	sums   []sum
	grand  []sum
	line   []byte
	lines  int // of text in the row
}

// columnStyle is what a column's cells wear, looked up once.
type columnStyle struct {
	normal, text, total int
	wrap                float64 // the width that texts wrap at; 0 if they do not
}

func (w *tableWriter[T]) run() error {
	w.prepare()
	if err := w.begin(); err != nil {
		return err
	}
	for value, err := range w.table.Rows {
		if err != nil {
			return err
		}
		if w.row-headerRow == w.limit {
			if err := w.next(); err != nil {
				return err
			}
		}
		if err := w.write(value); err != nil {
			return err
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	w.control()
	return nil
}

func (w *tableWriter[T]) prepare() {
	n := len(w.table.Columns)
	w.cells, w.values = make([]excelize.Cell, n), make([]any, n)
	w.styles, w.sums, w.grand = make([]columnStyle, n), make([]sum, n), make([]sum, n)
	for i, c := range w.table.Columns {
		wrap := w.width(c) >= wrapWidth && !c.Format.numeric()
		w.styles[i] = columnStyle{
			normal: w.book.style(styleKey{look: Body, format: c.Format, wrap: wrap}),
			text:   w.book.style(styleKey{look: Body, format: Code, wrap: wrap}),
			total:  w.book.style(styleKey{look: Total, format: c.Format}),
		}
		if wrap {
			w.styles[i].wrap = w.width(c) - 2
		}
		w.book.dictionary = append(w.book.dictionary, entry{
			sheet: w.table.Sheet, header: c.Header, unit: c.Unit, meaning: c.Meaning, source: c.Source,
		})
	}
	w.plain = excelize.RowOpts{StyleID: w.book.style(styleKey{look: Plain})}
}

// begin opens a sheet and writes its title, scope and header.
func (w *tableWriter[T]) begin() error {
	w.sheet = w.book.free(w.table.Sheet)
	if _, err := w.book.file.NewSheet(w.sheet); err != nil {
		return err
	}
	var err error
	if w.stream, err = w.book.openStream(w.sheet, true); err != nil {
		return err
	}
	if err := w.layout(); err != nil {
		return err
	}
	title := excelize.Cell{StyleID: w.book.style(styleKey{look: Title}), Value: w.table.Title}
	if err := w.stream.SetRow("A1", []any{title}, excelize.RowOpts{Height: 26}); err != nil {
		return err
	}
	scope := excelize.Cell{StyleID: w.book.style(styleKey{look: Subtitle}), Value: w.table.Scope}
	if err := w.stream.SetRow("A2", []any{scope}); err != nil {
		return err
	}
	return w.header()
}

func (w *tableWriter[T]) layout() error {
	ids := 0
	for i, c := range w.table.Columns {
		if err := w.stream.SetColWidth(i+1, i+1, w.width(c)); err != nil {
			return err
		}
		if c.ID && ids == i {
			ids++
		}
	}
	corner, err := excelize.CoordinatesToCellName(ids+1, firstRow)
	if err != nil {
		return err
	}
	pane := "bottomRight"
	if ids == 0 {
		pane = "bottomLeft"
	}
	return w.stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: ids, YSplit: headerRow, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: "A1", ActiveCell: "A1", Pane: pane}},
	})
}

func (w *tableWriter[T]) header() error {
	style := w.book.style(styleKey{look: Header, wrap: true})
	row := make([]any, len(w.table.Columns))
	w.line = w.line[:0]
	for i, c := range w.table.Columns {
		row[i] = excelize.Cell{StyleID: style, Value: c.Header}
		w.line = appendField(w.line, i)
		w.line = append(w.line, c.Header...)
	}
	w.book.hashSheet(w.sheet)
	w.book.hashLine(w.line)
	w.row = headerRow
	return w.stream.SetRow("A"+strconv.Itoa(headerRow), row, excelize.RowOpts{Height: headerHeight(w.headers(), w.widths())})
}

func (w *tableWriter[T]) headers() []string {
	headers := make([]string, len(w.table.Columns))
	for i, c := range w.table.Columns {
		headers[i] = c.Header
	}
	return headers
}

func (w *tableWriter[T]) widths() []float64 {
	widths := make([]float64, len(w.table.Columns))
	for i, c := range w.table.Columns {
		widths[i] = w.width(c)
	}
	return widths
}

func (w *tableWriter[T]) width(c Column[T]) float64 {
	if c.Width > 0 {
		return min(c.Width, maxWidth)
	}
	return min(max(TextWidth(c.Header)+3, 9), maxWidth)
}

// write writes one row.
func (w *tableWriter[T]) write(value T) error {
	w.row++
	w.line, w.lines = w.line[:0], 1
	for i := range w.table.Columns {
		cell := w.table.Columns[i].Value(value)
		w.line = appendField(w.line, i)
		if cell.kind == blank && cell.formula == "" {
			w.cells[i] = excelize.Cell{StyleID: w.styles[i].normal}
			w.values[i] = &w.cells[i]
			continue
		}
		w.line = cell.appendPlain(w.line)
		if w.table.Columns[i].Total || w.table.Columns[i].Check {
			w.sums[i].add(cell)
		}
		if err := w.fill(i, cell); err != nil {
			return err
		}
	}
	w.book.hashLine(w.line)
	options := w.plain
	if w.lines > 1 {
		options.Height = 4 + 13.5*float64(min(w.lines, 20))
	}
	return w.stream.SetRow("A"+strconv.Itoa(w.row), w.values, options)
}

// fill puts a cell into the row that is about to be written.
func (w *tableWriter[T]) fill(i int, cell Cell) error {
	out := &w.cells[i]
	value, asText, err := w.book.value(cell)
	if err != nil {
		return fmt.Errorf("row %d, column %q: %w", w.row, w.table.Columns[i].Header, err)
	}
	out.Value, out.Formula = value, cell.formula
	if wrap := w.styles[i].wrap; wrap > 0 && float64(len(cell.text)) > wrap {
		w.lines = max(w.lines, int((TextWidth(cell.text)-0.5)/wrap)+1)
	}
	switch {
	case asText && cell.kind != text, cell.kind == text && dangerous(cell.text):
		out.StyleID = w.styles[i].text
	case cell.format != Format{}:
		out.StyleID = w.book.style(styleKey{look: Body, format: cell.format})
	default:
		out.StyleID = w.styles[i].normal
	}
	w.values[i] = out
	return nil
}

// next ends the sheet that is full and begins another.
func (w *tableWriter[T]) next() error {
	if err := w.end(); err != nil {
		return err
	}
	return w.begin()
}
