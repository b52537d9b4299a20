package runs

import (
	"strconv"
	"strings"
)

// scale is how many parts of a point the database counts in: 10⁴.
const scale = 4

// Points is a score or total as it is stored, in units of 1/10000 of a point;
// the zero Points is a figure that does not exist.
type Points struct {
	Scaled int64
	Known  bool
}

// Text gives the figure with so many decimals, 0 to 4, and nothing where there is none.
func (p Points) Text(decimals int) string {
	if !p.Known {
		return ""
	}
	sign, scaled := "", p.Scaled
	if scaled < 0 {
		sign, scaled = "-", -scaled
	}
	digits := strconv.FormatInt(scaled, 10)
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale+1-len(digits)) + digits
	}
	point := len(digits) - scale
	if decimals == 0 {
		return sign + digits[:point]
	}
	return sign + digits[:point] + "." + digits[point:point+decimals]
}

// JSON gives the text with so many decimals, or nil where there is none.
func (p Points) JSON(decimals int) *string {
	if !p.Known {
		return nil
	}
	text := p.Text(decimals)
	return &text
}

// meanOf is a sum of points over their number, rounded half away from zero to so
// many decimals; it does not exist for none.
func meanOf(sum, n int64, decimals int) Points {
	if n == 0 {
		return Points{}
	}
	step := int64(1)
	for range scale - decimals {
		step *= 10
	}
	part, half := n*step, n*step/2
	if sum < 0 {
		half = -half
	}
	return Points{Scaled: (sum + half) / part * step, Known: true}
}

// Minus gives how much p is above o; a figure that does not exist counts as 0.
func (p Points) Minus(o Points) Points { return Points{Scaled: p.Scaled - o.Scaled, Known: true} }
