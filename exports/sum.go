package exports

import (
	"math/big"
	"strings"
)

// sum adds decimals exactly. Its figures share one scale, which grows as needed.
type sum struct {
	total big.Int
	scale int
	any   bool
	step  big.Int
}

// add adds a figure; cells without one count as nothing.
func (s *sum) add(c Cell) {
	switch c.kind {
	case integer:
		s.addDigits(c.plain(), 0)
	case number:
		whole, fraction, _ := strings.Cut(c.text, ".")
		s.addDigits(whole+fraction, len(fraction))
	default:
		return
	}
	s.any = true
}

func (s *sum) addDigits(digits string, scale int) {
	if scale > s.scale {
		s.total.Mul(&s.total, power(scale-s.scale))
		s.scale = scale
	}
	s.step.SetString(digits, 10)
	if scale < s.scale {
		s.step.Mul(&s.step, power(s.scale-scale))
	}
	s.total.Add(&s.total, &s.step)
}

func power(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// decimalText spells an integer of a scale as a decimal.
func decimalText(n *big.Int, scale int) string {
	digits := new(big.Int).Abs(n).String()
	if scale > 0 {
		for len(digits) <= scale {
			digits = "0" + digits
		}
		digits = digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	}
	if n.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

// merge adds another sum.
func (s *sum) merge(other *sum) {
	if other.any {
		s.add(Number(other.text()))
	}
}

// text spells the sum as a decimal.
func (s *sum) text() string { return decimalText(&s.total, s.scale) }
