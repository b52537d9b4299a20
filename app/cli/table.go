package cli

import (
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// gap stands between two columns of a printed table.
const gap = "  "

// Table collects rows and prints them with their columns in line, also where
// Chinese characters, which are two columns wide, stand beside Latin ones.
type Table struct {
	rows  [][]string
	right map[int]bool
}

// NewTable begins a table with its headings.
func NewTable(headings ...string) *Table {
	return &Table{rows: [][]string{headings}, right: map[int]bool{}}
}

// Right sets columns, counted from 0, flush right: figures.
func (t *Table) Right(columns ...int) *Table {
	for _, i := range columns {
		t.right[i] = true
	}
	return t
}

// Row adds a row.
func (t *Table) Row(cells ...string) { t.rows = append(t.rows, cells) }

// Print writes the headings, a rule, and the rows.
func (t *Table) Print(w io.Writer) error {
	lines := alignRows(t.rows, t.right)
	longest := 0
	for _, line := range lines {
		longest = max(longest, textWidth(line))
	}
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(line + "\n")
		if i == 0 {
			b.WriteString(strings.Repeat("─", longest) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// alignRows makes a line of each row; the columns marked right are set flush right.
func alignRows(rows [][]string, right map[int]bool) []string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], textWidth(printable(cell)))
		}
	}
	lines := make([]string, len(rows))
	for n, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cell = printable(cell)
			pad := strings.Repeat(" ", widths[i]-textWidth(cell))
			if right[i] {
				cells[i] = pad + cell
			} else {
				cells[i] = cell + pad
			}
		}
		lines[n] = strings.TrimRight(strings.Join(cells, gap), " ")
	}
	return lines
}

// textWidth is how many columns of a terminal a text takes.
func textWidth(s string) int {
	columns := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			columns += 2
		default:
			columns++
		}
	}
	return columns
}

// printable shows control and direction characters by their escapes, so that
// no input can move the cursor, forge a line or turn the text around.
func printable(s string) string {
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			b.WriteString(escape(r))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// printableLines is printable for a message of several lines.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = printable(lines[i])
	}
	return strings.Join(lines, "\n")
}

func hidden(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }

func escape(r rune) string {
	const digits = "0123456789ABCDEF"
	return "\\u" + string([]byte{digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15]})
}
