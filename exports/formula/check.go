// Package formula knows the formulas that a workbook of this product may hold:
// it checks them against the functions that Excel 2010, WPS and LibreOffice all
// have, and works them out in doubles as a spreadsheet does.
package formula

import (
	"errors"
	"fmt"
	"strings"
)

// ErrFunction says that a formula uses a function outside the whitelist, or
// reaches into another file.
var ErrFunction = errors.New("function not allowed")

// allowed are the functions that every spreadsheet program in use has.
var allowed = map[string]bool{
	"SUM": true, "SUMIFS": true, "SUMPRODUCT": true, "COUNTIFS": true, "IF": true, "AND": true, "OR": true,
	"MIN": true, "MAX": true, "ROUND": true, "ABS": true, "INDEX": true, "MATCH": true, "VLOOKUP": true,
	"IFERROR": true, "LOOKUP": true, "TEXT": true, "TRUNC": true, "SQRT": true,
}

// Check says whether a formula keeps to the whitelist.
func Check(formula string) error {
	for i := 0; i < len(formula); {
		switch c := formula[i]; {
		case c == '"' || c == '\'':
			i = skipQuoted(formula, i)
		case c == '[':
			return fmt.Errorf("%w: a reference to another file", ErrFunction)
		case isLetter(c):
			end := i
			for end < len(formula) && (isLetter(formula[end]) || isDigit(formula[end]) || formula[end] == '.') {
				end++
			}
			if end < len(formula) && formula[end] == '(' && !allowed[strings.ToUpper(formula[i:end])] {
				return fmt.Errorf("%w: %s", ErrFunction, formula[i:end])
			}
			i = end
		default:
			i++
		}
	}
	return nil
}

// skipQuoted gives the place after a quoted text; a doubled quote stands for one.
func skipQuoted(s string, start int) int {
	quote := s[start]
	for i := start + 1; i < len(s); i++ {
		if s[i] != quote {
			continue
		}
		if i+1 < len(s) && s[i+1] == quote {
			i++
			continue
		}
		return i + 1
	}
	return len(s)
}

func isLetter(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c >= 0x80
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
