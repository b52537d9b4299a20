package exports

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

type kind uint8

const (
	blank kind = iota
	text
	number
	integer
	broken // a figure that is not a decimal
)

// maxDigits is how many significant digits a spreadsheet keeps of a number.
const maxDigits = 15

// maxText is how many characters a cell holds.
const maxText = 32767

// Cell is one value of a sheet, with its formula if it has one.
type Cell struct {
	kind    kind
	format  Format
	text    string // of text, and the shortest decimal of a number
	n       int64
	formula string
}

// Blank is the cell without a value.
func Blank() Cell { return Cell{} }

// String is a text; it stays text whatever it begins with.
func String(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{kind: text, text: s}
}

// Number is an exact decimal ("1250000.00", "-0.5"). An empty text is a blank
// cell; what is not a decimal makes the sheet fail.
func Number(decimal string) Cell {
	if decimal == "" {
		return Cell{}
	}
	short, ok := canonical(decimal)
	if !ok {
		return Cell{kind: broken, text: decimal}
	}
	return Cell{kind: number, text: short}
}

// Count is a whole number.
func Count(n int64) Cell { return Cell{kind: integer, n: n} }

// Day is a calendar date.
func Day(year int, month time.Month, day int) Cell {
	const epoch = 25569 // 1970-01-01 as a spreadsheet counts days
	days := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400
	return Cell{kind: integer, n: days + epoch, format: Date}
}

// Formula is a formula ("SUM(A1:A3)", without the equals sign) saved with its value.
func Formula(formula string, value Cell) Cell {
	value.formula = formula
	return value
}

// As gives the cell with a format of its own, in place of its column's.
func (c Cell) As(f Format) Cell {
	c.format = f
	return c
}

// tooLong says whether the figure has more digits than a spreadsheet keeps.
func (c Cell) tooLong() bool {
	switch c.kind {
	case number:
		return len(c.text) > maxDigits && digits(c.text) > maxDigits
	case integer:
		return c.n >= 1e15 || c.n <= -1e15
	}
	return false
}

// plain is the text of the value as the file keeps it, and as the digest reads it.
func (c Cell) plain() string {
	if c.kind == integer {
		return strconv.FormatInt(c.n, 10)
	}
	return c.text
}

// appendPlain appends what plain gives.
func (c Cell) appendPlain(b []byte) []byte {
	if c.kind == integer {
		return strconv.AppendInt(b, c.n, 10)
	}
	return append(b, c.text...)
}

// canonical gives the shortest text of a decimal: no leading zeros, no zeros at
// the end of the fraction, no "-0".
func canonical(s string) (string, bool) {
	body, negative := strings.CutPrefix(s, "-")
	whole, fraction, hasPoint := strings.Cut(body, ".")
	if !allDigits(whole) || (hasPoint && !allDigits(fraction)) {
		return "", false
	}
	short := trimZeros(whole, fraction, hasPoint, body)
	if short == "0" || !negative {
		return short, true
	}
	if len(short) == len(body) {
		return s, true
	}
	return "-" + short, true
}

func trimZeros(whole, fraction string, hasPoint bool, body string) string {
	skip := 0
	for skip < len(whole)-1 && whole[skip] == '0' {
		skip++
	}
	if !hasPoint {
		return whole[skip:]
	}
	end := len(fraction)
	for end > 0 && fraction[end-1] == '0' {
		end--
	}
	if end == 0 {
		return whole[skip:]
	}
	return body[skip : len(whole)+1+end]
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// digits counts the significant digits of a canonical decimal.
func digits(s string) int {
	count := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' && (count > 0 || s[i] != '0') {
			count++
		}
	}
	if !strings.Contains(s, ".") {
		count -= len(s) - len(strings.TrimRight(s, "0"))
	}
	return count
}

// cutText shortens a text to what a cell holds, and says whether it had to.
func cutText(s string) (string, bool) {
	if len(s) <= maxText || utf8.RuneCountInString(s) <= maxText/2 {
		return s, false
	}
	units := 0
	for i, r := range s {
		units++
		if r >= 0x10000 {
			units++
		}
		if units >= maxText {
			return s[:i] + "…", true
		}
	}
	return s, false
}
