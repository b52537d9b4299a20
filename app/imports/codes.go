package imports

import (
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/sheets"
)

// Codes finds things by their codes: staff numbers, unit codes, metric codes.
// It knows which codes have zeros in front, because a numeric cell loses them.
type Codes[T any] struct {
	known map[string]T
	bare  map[string]string // without its zeros → the code
}

// NewCodes makes an empty set with room for size codes.
func NewCodes[T any](size int) *Codes[T] {
	return &Codes[T]{known: make(map[string]T, size), bare: map[string]string{}}
}

// Add makes a code known.
func (c *Codes[T]) Add(code string, thing T) {
	c.known[code] = thing
	if strings.HasPrefix(code, "0") {
		c.bare[strings.TrimLeft(code, "0")] = code
	}
}

// Get gives the thing of a code.
func (c *Codes[T]) Get(code string) (T, bool) {
	thing, ok := c.known[code]
	return thing, ok
}

// Len counts the codes.
func (c *Codes[T]) Len() int { return len(c.known) }

// Lost tells whether the cell is a number and a code exists that has zeros in
// front of it: the problem says so.
func (c *Codes[T]) Lost(row sheets.Row, column, code string) *fault.Problem {
	if full, ok := c.bare[code]; ok && row.Numeric(column) {
		p := row.Problem(column, "import.lost_zeros", lang.Args{"code": full})
		return &p
	}
	return nil
}

// Find gives the thing that a cell names by code, or the problem: zeros that
// were lost, also by a text that went through a spreadsheet, or unknown, the
// code of a message.
func (c *Codes[T]) Find(row sheets.Row, column, code, unknown string) (T, *fault.Problem) {
	var none T
	if p := c.Lost(row, column, code); p != nil {
		return none, p
	}
	if thing, ok := c.known[code]; ok {
		return thing, nil
	}
	if full, ok := c.bare[code]; ok {
		p := row.Problem(column, "import.without_zeros", lang.Args{"code": full})
		return none, &p
	}
	p := row.Problem(column, unknown, lang.Args{"code": code})
	return none, &p
}
