package sheets

import (
	"math"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

const (
	wholeDigits   = 15 // before the point
	decimalDigits = 6  // after it
)

// Decimal gives the cell's number as canonical decimal text: an optional minus,
// digits, and a point with digits after it if there are any; "" for a blank
// cell. Nothing is rounded: what has more than 15 digits before the point or
// more than 6 after it is a problem. With percent the figure is in percent, and
// 8.59, 8.59% and a cell 0.0859 in a percent format are all "8.59"; otherwise a
// percent sign is a problem.
func (r Row) Decimal(name string, percent bool) (string, *fault.Problem) {
	c := r.cell(name)
	if p := r.sound(name, c); p != nil {
		return "", p
	}
	if !c.holds() {
		return "", nil
	}
	text, sign, ok := "", false, false
	switch c.kind {
	case cellNumber:
		if c.format == formatDate {
			return "", r.problem(name, "cell.date_for_number", nil)
		}
		text, ok = shortest(c.text)
		sign = c.format == formatPercent
		if sign && ok {
			text = timesHundred(text)
		}
	case cellText:
		text, sign, ok = writtenNumber(c.text)
	default: // dates and TRUE and FALSE are no numbers
	}
	if !ok {
		return "", r.problem(name, numberCode(percent), nil)
	}
	if sign && !percent {
		return "", r.problem(name, "cell.percent", nil)
	}
	return r.bounded(name, canonical(text))
}

// Typed reads a number that somebody typed as Decimal reads the text of a cell.
func Typed(text string, percent bool) (string, *fault.Problem) {
	if trim(text) == "" {
		return "", nil
	}
	written, sign, ok := writtenNumber(text)
	switch {
	case !ok:
		return "", &fault.Problem{Code: numberCode(percent), Value: display(text)}
	case sign && !percent:
		return "", &fault.Problem{Code: "cell.percent", Value: display(text)}
	}
	number := canonical(written)
	if p := tooLong(number); p != nil {
		p.Value = display(text)
		return "", p
	}
	return number, nil
}

func numberCode(percent bool) string {
	if percent {
		return "cell.percentage"
	}
	return "cell.number"
}

// bounded checks the digits of a canonical decimal.
func (r Row) bounded(name, text string) (string, *fault.Problem) {
	if p := tooLong(text); p != nil {
		return "", r.problem(name, p.Code, p.Args)
	}
	return text, nil
}

func tooLong(number string) *fault.Problem {
	whole, decimals, _ := strings.Cut(strings.TrimPrefix(number, "-"), ".")
	if len(decimals) > decimalDigits {
		return &fault.Problem{Code: "cell.decimals", Args: lang.Args{"limit": decimalDigits, "number": display(number)}}
	}
	if len(whole) > wholeDigits {
		return &fault.Problem{Code: "cell.too_large", Args: lang.Args{"limit": wholeDigits}}
	}
	return nil
}

// Int gives the cell's whole number. A blank cell is 0: ask Blank first where
// that makes a difference.
func (r Row) Int(name string) (int64, *fault.Problem) {
	text, problem := r.Decimal(name, false)
	if problem != nil || text == "" {
		return 0, problem
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, r.problem(name, "cell.whole_number", nil)
	}
	return n, nil
}

// shortest gives the shortest decimal that stands for the stored double; false
// if the text is none, or beyond the doubles.
func shortest(stored string) (string, bool) {
	if !isStoredNumber(stored) {
		return "", false
	}
	f, err := strconv.ParseFloat(stored, 64)
	if err != nil || math.IsInf(f, 0) {
		return "", false
	}
	return canonical(strconv.FormatFloat(f, 'f', -1, 64)), true
}

// isStoredNumber tells whether a text is a number as workbooks store them:
// decimal digits, a point, an exponent, and nothing else that Go would read.
func isStoredNumber(s string) bool {
	if len(s) > 400 { // a double never needs more
		return false
	}
	s = skipSign(s)
	digits := countDigits(s)
	s = s[digits:]
	if strings.HasPrefix(s, ".") {
		fraction := countDigits(s[1:])
		digits += fraction
		s = s[1+fraction:]
	}
	if digits == 0 {
		return false
	}
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return s == ""
	}
	s = skipSign(s[1:])
	return s != "" && countDigits(s) == len(s)
}

func skipSign(s string) string {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return s[1:]
	}
	return s
}

func countDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// writtenNumber reads a number that somebody wrote as text: an optional minus,
// digits, also full-width, in groups of three with separators or without any,
// an optional point with digits after it, an optional percent sign.
func writtenNumber(text string) (number string, percent, ok bool) {
	text = trim(strings.Map(narrow, text))
	if rest, found := strings.CutSuffix(text, "%"); found {
		percent, text = true, trim(rest)
	}
	negative := strings.HasPrefix(text, "-")
	whole, decimals, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	whole, ok = ungrouped(whole)
	if !ok || point && (decimals == "" || countDigits(decimals) != len(decimals)) {
		return "", percent, false
	}
	number = whole
	if point {
		number += "." + decimals
	}
	if negative {
		number = "-" + number
	}
	return number, percent, true
}

// ungrouped takes out thousands separators, which must stand where they belong.
func ungrouped(whole string) (string, bool) {
	groups := strings.Split(whole, ",")
	for i, group := range groups {
		if group == "" || countDigits(group) != len(group) {
			return "", false
		}
		if len(groups) > 1 && (i > 0 && len(group) != 3 || i == 0 && len(group) > 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// canonical takes off zeros that say nothing and the sign of a zero.
func canonical(number string) string {
	negative := strings.HasPrefix(number, "-")
	whole, decimals, _ := strings.Cut(strings.TrimPrefix(number, "-"), ".")
	whole = strings.TrimLeft(whole, "0")
	decimals = strings.TrimRight(decimals, "0")
	if whole == "" && decimals == "" {
		return "0"
	}
	if whole == "" {
		whole = "0"
	}
	if decimals != "" {
		whole += "." + decimals
	}
	if negative {
		return "-" + whole
	}
	return whole
}

// timesHundred moves the point of a canonical decimal by two places.
func timesHundred(number string) string {
	negative := strings.HasPrefix(number, "-")
	whole, decimals, _ := strings.Cut(strings.TrimPrefix(number, "-"), ".")
	decimals += "00"
	moved := whole + decimals[:2] + "." + decimals[2:]
	if negative {
		moved = "-" + moved
	}
	return canonical(moved)
}
