package scoring

import (
	"strings"
	"unicode"
)

// wideRanges are the characters that take two columns on a terminal.
var wideRanges = []struct{ from, to rune }{
	{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xA000, 0xA4CF},
	{0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD},
}

// width gives how many columns a text takes.
func width(text string) int {
	columns := 0
	for _, r := range text {
		columns += runeWidth(r)
	}
	return columns
}

func runeWidth(r rune) int {
	if r < wideRanges[0].from {
		if unicode.In(r, unicode.Mn, unicode.Me) {
			return 0
		}
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	for _, wide := range wideRanges {
		if r >= wide.from && r <= wide.to {
			return 2
		}
	}
	return 1
}

// grid is a table of cells whose columns are as wide as their widest cell. The
// last column is as long as it likes.
type grid struct {
	rows  [][]string
	right map[int]bool // columns that are set to the right
}

func (g *grid) row(cells ...string) { g.rows = append(g.rows, cells) }

func (g *grid) String() string {
	var widths []int
	for _, row := range g.rows {
		for c, cell := range row {
			if c == len(widths) {
				widths = append(widths, 0)
			}
			if len(row) > 1 { // a line by itself takes no column
				widths[c] = max(widths[c], width(cell))
			}
		}
	}
	var b strings.Builder
	for _, row := range g.rows {
		line := ""
		for c, cell := range row {
			pad := strings.Repeat(" ", max(0, widths[c]-width(cell)))
			switch {
			case len(row) == 1:
				line = cell
			case g.right[c]:
				line += pad + cell + "  "
			default:
				line += cell + pad + "  "
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}
