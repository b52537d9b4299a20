package exports

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/steelyard/steelyard/exports/formula"
	"github.com/xuri/excelize/v2"
)

// ErrNotDecimal says that a figure handed to Number is not a decimal.
var ErrNotDecimal = errors.New("not a decimal")

// value turns a cell into what the stream writer takes, and says whether it
// comes out as text. A figure with too many digits does.
func (b *Book) value(c Cell) (value any, asText bool, err error) {
	if c.formula != "" {
		if err := formula.Check(c.formula); err != nil {
			return nil, false, err
		}
	}
	switch c.kind {
	case text:
		short, cut := cutText(c.text)
		if cut {
			b.cuts++
		}
		return short, true, nil
	case integer:
		if c.tooLong() {
			b.longs++
			return c.plain(), true, nil
		}
		return c.n, false, nil
	case number:
		return b.figure(c)
	case broken:
		return nil, false, fmt.Errorf("%q: %w", c.text, ErrNotDecimal)
	}
	return nil, false, nil
}

func (b *Book) figure(c Cell) (value any, asText bool, err error) {
	if c.tooLong() {
		b.longs++
		return c.text, true, nil
	}
	// Up to 15 digits survive the way through a double unharmed.
	f, err := strconv.ParseFloat(c.text, 64)
	if err != nil {
		return nil, false, fmt.Errorf("%q: %w", c.text, ErrNotDecimal)
	}
	return f, false, nil
}

// dangerous says whether a text would become a formula if it were typed.
func dangerous(s string) bool {
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	}
	return false
}

// hashSheet and hashLine feed the digest: the sheet's name on a line, then its
// rows, the values separated by tabs.
func (b *Book) hashSheet(name string) { b.hashLine([]byte(name)) }

func (b *Book) hashLine(line []byte) {
	b.digest.Write(line)
	b.digest.Write([]byte{'\n'})
}

func appendField(line []byte, column int) []byte {
	if column > 0 {
		return append(line, '\t')
	}
	return line
}

// columnName is the letters of a column, counted from 1.
func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return "A"
	}
	return name
}

const (
	maxWidth  = 40
	wrapWidth = 12
)

// TextWidth is how many characters wide a text is drawn; a Chinese one counts two.
func TextWidth(s string) float64 {
	width := 0.0
	for _, r := range s {
		if r >= 0x1100 {
			width += 2
		} else {
			width++
		}
	}
	return width
}

// headerHeight is high enough for the headers wrapped to their columns.
func headerHeight(headers []string, widths []float64) float64 {
	lines := 1
	for i, h := range headers {
		lines = max(lines, int(TextWidth(h)/max(widths[i]-2, 4))+1)
	}
	return 8 + 14*float64(min(lines, 4))
}
