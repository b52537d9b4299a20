package exports

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// end writes the totals and what needs to know the last row, and closes the sheet.
func (w *tableWriter[T]) end() error {
	block := w.block()
	last := w.row
	if w.hasTotals() {
		if err := w.totals(block); err != nil {
			return err
		}
	}
	if err := w.decorate(block); err != nil {
		return err
	}
	if err := w.stream.Flush(); err != nil {
		return err
	}
	w.book.contents = append(w.book.contents, content{sheet: w.sheet, about: w.table.About, rows: last - headerRow})
	for i := range w.sums {
		w.grand[i].merge(&w.sums[i])
		w.sums[i] = sum{}
	}
	return nil
}

func (w *tableWriter[T]) block() Block {
	columns := map[string]string{}
	for i, c := range w.table.Columns {
		columns[c.Key] = columnName(i + 1)
	}
	return Block{Sheet: w.sheet, First: firstRow, Last: w.row, columns: columns}
}

func (w *tableWriter[T]) hasTotals() bool {
	for _, c := range w.table.Columns {
		if c.Total {
			return w.row >= firstRow
		}
	}
	return false
}

func (w *tableWriter[T]) totals(block Block) error {
	row := make([]any, len(w.table.Columns))
	for i, c := range w.table.Columns {
		cell := excelize.Cell{StyleID: w.styles[i].total}
		if c.Total {
			value, _, err := w.book.value(Number(w.sums[i].text()))
			if err != nil {
				return err
			}
			cell.Value, cell.Formula = value, fmt.Sprintf("SUM(%[1]s%[2]d:%[1]s%[3]d)", columnName(i+1), block.First, block.Last)
		} else if i == 0 {
			cell = excelize.Cell{StyleID: w.book.style(styleKey{look: Total}), Value: w.book.words.Total}
		}
		row[i] = cell
	}
	w.row++
	return w.stream.SetRow("A"+strconv.Itoa(w.row), row)
}

func (w *tableWriter[T]) decorate(block Block) error {
	f, last := w.book.file, columnName(len(w.table.Columns))
	ref := fmt.Sprintf("A%d:%s%d", headerRow, last, max(block.Last, headerRow))
	if err := f.AutoFilter(w.sheet, ref, nil); err != nil {
		return err
	}
	if err := w.book.marks(w.sheet, w.marks(block)); err != nil {
		return err
	}
	right, bottom, err := w.charts(block)
	if err != nil {
		return err
	}
	return w.book.printSetup(w.sheet, page{
		landscape: true, titleRows: headerRow, area: "$A$1:" + At{right, bottom}.Fixed(),
	})
}

func (w *tableWriter[T]) marks(block Block) []marked {
	var ranges []marked
	for i, c := range w.table.Columns {
		if c.Mark != NoMark && block.Last >= block.First {
			ref := fmt.Sprintf("%[1]s%[2]d:%[1]s%[3]d", columnName(i+1), block.First, block.Last)
			ranges = append(ranges, marked{ref, c.Mark})
		}
	}
	return ranges
}

// charts draws the charts and gives the last column and row that they or the table reach.
func (w *tableWriter[T]) charts(block Block) (right, bottom int, err error) {
	right, bottom = len(w.table.Columns), w.row
	if w.table.Charts == nil || block.Last < block.First {
		return right, bottom, nil
	}
	for _, chart := range w.table.Charts(block) {
		if err := w.book.draw(w.sheet, chart); err != nil {
			return 0, 0, err
		}
		right, bottom = max(right, chart.right(w.widths())), max(bottom, chart.bottom())
	}
	return right, bottom, nil
}

// control notes the totals of the whole table for the cover.
func (w *tableWriter[T]) control() {
	for i, c := range w.table.Columns {
		if c.Total || c.Check {
			w.book.addTotal(w.table.Sheet, c.Header, &w.grand[i].total, w.grand[i].scale, c.Format)
		}
	}
}
