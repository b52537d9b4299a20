package sheets

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type cellKind uint8

const (
	cellBlank  cellKind = iota
	cellText            // words, as they stand
	cellNumber          // a number as the workbook has stored it
	cellDate            // a date in ISO form, as few workbooks store it
	cellBool            // "1" or "0"
	cellFailed          // an error value such as #N/A
)

// cell is one cell as the file has it. Nothing is converted before it is asked for.
type cell struct {
	kind    cellKind
	format  numberFormat
	formula bool
	text    string
}

type gridCell struct {
	cell
	column int // from 0
}

// gridRow is one row of a sheet or a text; its cells are valid until the next is read.
type gridRow struct {
	number int // as the user counts
	hidden bool
	cells  []gridCell
	extra  bool // holds something in a column that nobody asked for
	// surplus is what a line of a text holds beyond the last column of the header.
	surplus string
	// short is set for a line of a text that ends before a column which must be there.
	short bool
}

// grid is a source of rows. At the end next returns io.EOF, and only when the
// whole source was found sound.
type grid interface {
	next(row *gridRow) error
	// keep says that the header is found, and which columns are wanted from here.
	keep(h *header)
}

const (
	valueShown = 60    // characters of a value that a message repeats
	nameShown  = 255   // of the name of a file or a sheet
	textMost   = 32767 // characters of a cell, as spreadsheets have it
)

// display makes a text fit to be repeated in a message: short, on one line, and
// without characters that hide or reorder what stands there.
func display(text string) string { return visible(text, valueShown) }

func visible(text string, most int) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n == most {
			b.WriteString("…")
			break
		}
		n++
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case forbidden(r):
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// forbidden tells characters that no text of ours may hold: controls, those
// that turn the writing direction, those that cannot be seen, and what is left
// of a broken encoding.
func forbidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r < 0x20, r >= 0x7F && r < 0xA0: // controls
		return true
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x61C, r == 0x180E, r == 0x3164, r == 0xFEFF, r == utf8.RuneError:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x2028 && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFFF9 && r <= 0xFFFB, r >= 0xE0000 && r <= 0xE007F, r&0xFFFE == 0xFFFE:
		return true
	}
	return false
}

// badRune gives the first forbidden character of a text.
func badRune(text string) (rune, bool) {
	for _, r := range text {
		if forbidden(r) {
			return r, true
		}
	}
	return 0, false
}

// trim takes blanks of every kind off both ends.
func trim(text string) string { return strings.TrimFunc(text, unicode.IsSpace) }

// narrow gives the ordinary form of a full-width letter, digit or sign.
func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\u3000':
		return ' '
	case r == '−': // minus sign
		return '-'
	}
	return r
}
