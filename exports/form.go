package exports

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/steelyard/steelyard/exports/formula"
	"github.com/xuri/excelize/v2"
)

// At is a place on a sheet, counted from 1.
type At struct{ Column, Row int }

// String is the place as formulas name it ("B7").
func (a At) String() string { return columnName(a.Column) + strconv.Itoa(a.Row) }

// Fixed is the place as charts and names want it ("$B$7").
func (a At) Fixed() string { return "$" + columnName(a.Column) + "$" + strconv.Itoa(a.Row) }

// ParseAt reads a place back from its name, with or without dollar signs.
func ParseAt(name string) (At, bool) {
	column, row, ok := formula.Reference(name)
	return At{column, row}, ok
}

// Form is a laid-out sheet: a card, a page of parameters.
type Form struct {
	Sheet     string // cleared of what sheets may not be called; unique in the book once added
	About     string
	Widths    []float64
	Landscape bool
	OnePage   bool // print on one page
	NoGrid    bool
	Protected bool // only Input cells can be edited
	TitleRows int  // rows repeated on each page
	Frozen    int  // rows that stay in sight
	PrintTo   At   // the last cell printed; zero prints all

	cells   map[At]formCell
	names   []formName
	merges  [][2]At
	remarks []remark
	charts  []func(sheet string) Chart
	alarms  []alarm
	heights map[int]float64
	links   map[At]string
	last    At
	err     error
	exact   []At
}

type formCell struct {
	cell Cell
	look Look
	wrap bool
}

type formName struct {
	name string
	at   At
}

type remark struct {
	at   At
	text string
}

type alarm struct {
	at      At
	formula string
}

// Put sets a cell.
func (f *Form) Put(at At, look Look, c Cell) { f.set(at, formCell{cell: c, look: look}) }

// PutWrapped sets a cell whose text may take several lines.
func (f *Form) PutWrapped(at At, look Look, c Cell) {
	f.set(at, formCell{cell: c, look: look, wrap: true})
}

func (f *Form) set(at At, c formCell) {
	if f.cells == nil {
		f.cells = map[At]formCell{}
	}
	f.cells[at] = c
	f.last = At{max(f.last.Column, at.Column), max(f.last.Row, at.Row)}
}

// Merge joins the cells from one corner to the other; all wear the first one's look.
func (f *Form) Merge(from, to At) {
	first := f.cells[from]
	for row := from.Row; row <= to.Row; row++ {
		for column := from.Column; column <= to.Column; column++ {
			if at := (At{column, row}); at != from {
				f.set(at, formCell{look: first.look, wrap: first.wrap})
			}
		}
	}
	f.merges = append(f.merges, [2]At{from, to})
}

// Name gives a cell a name that holds on this sheet.
func (f *Form) Name(name string, at At) { f.names = append(f.names, formName{name, at}) }

// Remark adds a comment to a cell.
func (f *Form) Remark(at At, text string) { f.remarks = append(f.remarks, remark{at, text}) }

// Height sets the height of a row in points.
func (f *Form) Height(row int, points float64) {
	if f.heights == nil {
		f.heights = map[int]float64{}
	}
	f.heights[row] = points
}

// Chart adds a chart, made once the sheet's final name is known.
func (f *Form) Chart(draw func(sheet string) Chart) { f.charts = append(f.charts, draw) }

// Alarm shows a cell in red while a formula is true.
func (f *Form) Alarm(at At, condition string) { f.alarms = append(f.alarms, alarm{at, condition}) }

// Link leads from a cell to a sheet.
func (f *Form) Link(at At, sheet string) {
	if f.links == nil {
		f.links = map[At]string{}
	}
	f.links[at] = sheet
}

// Compute sets a formula saved with the figure it must give. The formula is
// worked out in doubles first, on the cells that stand on the form already: if
// it does not reach the figure (to a thousandth of its last decimal) the cell
// carries the figure itself, with a remark. It says whether the formula stands.
func (f *Form) Compute(at At, look Look, text, figure string, format Format) bool {
	want, err := strconv.ParseFloat(figure, 64)
	if err != nil {
		f.fail(fmt.Errorf("%s: %q: %w", at, figure, ErrNotDecimal))
		return false
	}
	tolerance := math.Pow10(-int(format.places)) / 1000
	return f.compute(at, look, text, Number(figure).As(format), want, tolerance)
}

// Derive sets a formula for an intermediate value that is not a decimal; the
// figure gives at least ten of its digits. It is saved with what doubles make of it.
func (f *Form) Derive(at At, look Look, text, figure string, format Format) bool {
	want, err := strconv.ParseFloat(figure, 64)
	if err != nil {
		f.fail(fmt.Errorf("%s: %q: %w", at, figure, ErrNotDecimal))
		return false
	}
	tolerance := math.Max(math.Abs(want)*2e-9, 1e-12)
	cell := Number(figure).As(format)
	if got, ok := f.evaluate(at, text); ok && got.Kind == formula.Number && math.Abs(got.N-want) <= tolerance {
		cell = Number(shortDouble(got.N)).As(format)
	}
	return f.compute(at, look, text, cell, want, tolerance)
}

func (f *Form) compute(at At, look Look, text string, cell Cell, want, tolerance float64) bool {
	got, ok := f.evaluate(at, text)
	if !ok {
		return false
	}
	if got.Kind != formula.Number || !(math.Abs(got.N-want) <= tolerance) || cell.tooLong() {
		f.Put(at, look, cell)
		f.Remark(at, "")
		f.exact = append(f.exact, at)
		return false
	}
	f.Put(at, look, Formula(text, cell))
	return true
}

// ComputeText sets a formula that gives a text.
func (f *Form) ComputeText(at At, look Look, text, figure string) bool {
	got, ok := f.evaluate(at, text)
	if !ok {
		return false
	}
	if got.Kind != formula.Text || got.S != figure {
		f.Put(at, look, String(figure))
		f.Remark(at, "")
		f.exact = append(f.exact, at)
		return false
	}
	f.Put(at, look, Formula(text, String(figure)))
	return true
}

// Exact lists the cells that carry a figure because doubles do not reach it.
func (f *Form) Exact() []At { return f.exact }

func (f *Form) evaluate(at At, text string) (formula.Value, bool) {
	if err := formula.Check(text); err != nil {
		f.fail(fmt.Errorf("%s: %w", at, err))
		return formula.Value{}, false
	}
	got, err := formula.Evaluate(text, f)
	if err != nil {
		f.fail(fmt.Errorf("%s: %w", at, err))
		return formula.Value{}, false
	}
	return got, true
}

func (f *Form) fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

// Value gives a cell's value to the evaluator.
func (f *Form) Value(column, row int) formula.Value {
	c := f.cells[At{column, row}].cell
	switch {
	case c.kind == text, c.tooLong():
		return formula.Value{Kind: formula.Text, S: c.plain()}
	case c.kind == integer:
		return formula.Value{Kind: formula.Number, N: float64(c.n)}
	case c.kind == number:
		n, err := strconv.ParseFloat(c.text, 64)
		if err != nil {
			return formula.Value{Kind: formula.Failure, S: "#VALUE!"}
		}
		return formula.Value{Kind: formula.Number, N: n}
	}
	return formula.Value{}
}

// Named gives the place of a name to the evaluator.
func (f *Form) Named(name string) (column, row int, ok bool) {
	for _, n := range f.names {
		if n.name == name {
			return n.at.Column, n.at.Row, true
		}
	}
	return 0, 0, false
}

// shortDouble spells a double with the 15 digits that a spreadsheet keeps.
func shortDouble(x float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', maxDigits-1, 64), 64)
	if err != nil {
		rounded = x
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// AddForm writes a form as the next sheet and gives the name it got.
func AddForm(b *Book, f *Form) (string, error) {
	if b.err != nil {
		return "", b.err
	}
	name := b.free(f.Sheet)
	if _, err := b.file.NewSheet(name); err != nil {
		b.fail(err)
		return "", err
	}
	b.hashForm(name, f)
	if err := b.writeForm(name, f); err != nil {
		b.fail(fmt.Errorf("exports: sheet %s: %w", name, err))
		return "", b.err
	}
	b.contents = append(b.contents, content{sheet: name, about: f.About, rows: -1})
	return name, nil
}

// hashForm feeds the form's values to the digest, row by row.
func (b *Book) hashForm(name string, f *Form) {
	b.hashSheet(name)
	var line []byte
	for row := 1; row <= f.last.Row; row++ {
		line = line[:0]
		for column := 1; column <= f.last.Column; column++ {
			line = appendField(line, column-1)
			line = f.cells[At{column, row}].cell.appendPlain(line)
		}
		b.hashLine(line)
	}
}

func (b *Book) writeForm(sheet string, f *Form) error {
	if f.err != nil {
		return f.err
	}
	stream, err := b.openStream(sheet, !f.NoGrid)
	if err != nil {
		return err
	}
	if err := b.formRows(stream, f); err != nil {
		return err
	}
	for _, m := range f.merges {
		if err := stream.MergeCell(m[0].String(), m[1].String()); err != nil {
			return err
		}
	}
	if err := b.formDecorations(sheet, f); err != nil {
		return err
	}
	return stream.Flush()
}

func (b *Book) formRows(stream *excelize.StreamWriter, f *Form) error {
	for i, width := range f.Widths {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if f.Frozen > 0 {
		err := stream.SetPanes(&excelize.Panes{
			Freeze: true, YSplit: f.Frozen, TopLeftCell: "A" + strconv.Itoa(f.Frozen+1), ActivePane: "bottomLeft",
			Selection: []excelize.Selection{{SQRef: "A1", ActiveCell: "A1", Pane: "bottomLeft"}},
		})
		if err != nil {
			return err
		}
	}
	for _, row := range f.rows() {
		if err := b.formRow(stream, f, row); err != nil {
			return err
		}
	}
	return nil
}

// rows lists the rows that have cells or a height, rising.
func (f *Form) rows() []int {
	seen := map[int]bool{}
	for at := range f.cells {
		seen[at.Row] = true
	}
	for row := range f.heights {
		seen[row] = true
	}
	rows := make([]int, 0, len(seen))
	for row := range seen {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	return rows
}

func (b *Book) formRow(stream *excelize.StreamWriter, f *Form, row int) error {
	values := make([]any, f.last.Column)
	for column := 1; column <= f.last.Column; column++ {
		c, ok := f.cells[At{column, row}]
		if !ok {
			continue
		}
		value, asText, err := b.value(c.cell)
		if err != nil {
			return fmt.Errorf("%s: %w", At{column, row}, err)
		}
		key := styleKey{look: c.look, format: c.cell.format, wrap: c.wrap}
		if asText && c.cell.formula == "" && (c.cell.kind != text || dangerous(c.cell.text)) {
			key.format = Code
		}
		values[column-1] = excelize.Cell{StyleID: b.style(key), Formula: c.cell.formula, Value: value}
	}
	return stream.SetRow("A"+strconv.Itoa(row), values, excelize.RowOpts{Height: f.heights[row]})
}
