package scoring

import (
	"math/big"
	"math/bits"
)

// Number is an exact fraction. The zero Number is absent: [Number.Valid] is
// false, and arithmetic with it gives an absent Number. While numerator and
// denominator fit an int64 they are kept as such, in whatever terms they arose;
// beyond that a big.Rat carries on behind the same type, never written to again.
type Number struct {
	num, den int64 // den > 0 when small; num is never minInt64
	big      *big.Rat
}

// The ends of what the fast path holds; it leaves the lowest out, whose negative does not fit.
const (
	maxInt64 = 1<<63 - 1
	minInt64 = -1 << 63
)

// FromInt gives a whole number.
func FromInt(i int64) Number { return fraction(i, 1) }

// FromScaled gives v / 10^decimals, as the database keeps scores.
// It panics if decimals is not within 0 to 18.
func FromScaled(v int64, decimals int) Number { return fraction(v, powers[decimals]) }

// Valid reports whether there is a number at all.
func (n Number) Valid() bool { return n.den != 0 || n.big != nil }

// Sign is -1, 0 or 1; 0 also for an absent Number.
func (n Number) Sign() int {
	switch {
	case n.big != nil:
		return n.big.Sign()
	case n.num > 0:
		return 1
	case n.num < 0:
		return -1
	}
	return 0
}

// Neg gives −n.
func (n Number) Neg() Number {
	if n.big != nil {
		return Number{big: new(big.Rat).Neg(n.big)}
	}
	return Number{num: -n.num, den: n.den}
}

// Abs gives |n|.
func (n Number) Abs() Number {
	if n.Sign() < 0 {
		return n.Neg()
	}
	return n
}

// Add gives n + m.
func (n Number) Add(m Number) Number {
	if n.den != 0 && m.den != 0 {
		if sum, ok := addSmall(n, m); ok {
			return sum
		}
	}
	return slowly(n, m, addSmall, (*big.Rat).Add)
}

// Sub gives n − m.
func (n Number) Sub(m Number) Number { return n.Add(m.Neg()) }

// Mul gives n × m.
func (n Number) Mul(m Number) Number {
	if n.den != 0 && m.den != 0 {
		if product, ok := mulSmall(n, m); ok {
			return product
		}
	}
	return slowly(n, m, mulSmall, (*big.Rat).Mul)
}

// Quo gives n / m; a quotient by zero is absent.
func (n Number) Quo(m Number) Number {
	if m.Sign() == 0 {
		return Number{}
	}
	if n.den != 0 && m.den != 0 {
		if quotient, ok := quoSmall(n, m); ok {
			return quotient
		}
	}
	return slowly(n, m, quoSmall, (*big.Rat).Quo)
}

// Cmp is -1, 0 or 1 as n is below, equal to or above m. An absent Number is below every other.
func (n Number) Cmp(m Number) int {
	if n.den != 0 && m.den != 0 {
		if n.den == m.den {
			return compare(n.num, m.num)
		}
		return cmpSmall(n, m)
	}
	if !n.Valid() || !m.Valid() {
		return compare(truth(n.Valid()), truth(m.Valid()))
	}
	return n.rat().Cmp(m.rat())
}

// clamp gives the nearest number to n within floor and cap; an absent bound does not bind.
func (n Number) clamp(floor, limit Number) Number {
	if floor.Valid() && n.Cmp(floor) < 0 {
		return floor
	}
	if limit.Valid() && n.Cmp(limit) > 0 {
		return limit
	}
	return n
}

// Round gives n with the decimals of precision, half away from zero.
// It panics if precision is not within 0 to 18.
func (n Number) Round(precision int) Number {
	scale := powers[precision]
	if n.den != 0 {
		if n.den == scale {
			return n
		}
		if units, ok := roundSmall(n, scale); ok {
			return Number{num: units, den: scale}
		}
	}
	if !n.Valid() {
		return n
	}
	return n.roundBig(scale)
}

// Scaled gives n × 10^decimals when that is a whole number within an int64.
func (n Number) Scaled(decimals int) (int64, bool) {
	scale := powers[decimals]
	if n.den == scale {
		return n.num, true
	}
	scaled := n.Mul(FromInt(scale)).reduced()
	return scaled.num, scaled.den == 1
}

var powers = [19]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// fraction gives num/den, of which den is above zero.
func fraction(num, den int64) Number {
	if num == minInt64 {
		return Number{big: new(big.Rat).SetFrac(big.NewInt(num), big.NewInt(den))}
	}
	return Number{num: num, den: den}
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return uint64(-a)
	}
	return uint64(a)
}

// product multiplies when the result fits an int64 above minInt64.
func product(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > maxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

// sum adds when the result fits an int64 above minInt64.
func sum(a, b int64) (int64, bool) {
	c := a + b
	return c, (a >= 0) != (b >= 0) || ((c >= 0) == (a >= 0) && c != minInt64)
}

func addSmall(n, m Number) (Number, bool) {
	if n.den == m.den {
		num, ok := sum(n.num, m.num)
		return Number{num: num, den: n.den}, ok
	}
	switch {
	case m.den == 1:
		return addScaled(n, m, n.den)
	case n.den == 1:
		return addScaled(m, n, m.den)
	case n.den%m.den == 0:
		return addScaled(n, m, n.den/m.den)
	case m.den%n.den == 0:
		return addScaled(m, n, m.den/n.den)
	}
	left, ok1 := product(n.num, m.den)
	right, ok2 := product(m.num, n.den)
	den, ok3 := product(n.den, m.den)
	num, ok4 := sum(left, right)
	return Number{num: num, den: den}, ok1 && ok2 && ok3 && ok4
}

// addScaled adds to n an m whose denominator is factor times smaller.
func addScaled(n, m Number, factor int64) (Number, bool) {
	scaled, ok := product(m.num, factor)
	num, fits := sum(n.num, scaled)
	return Number{num: num, den: n.den}, ok && fits
}

func mulSmall(n, m Number) (Number, bool) {
	num, ok1 := product(n.num, m.num)
	den, ok2 := product(n.den, m.den)
	return Number{num: num, den: den}, ok1 && ok2
}

func quoSmall(n, m Number) (Number, bool) {
	over, under := m.den, m.num
	if under < 0 {
		over, under = -over, -under
	}
	if n.den == m.den { // of decimals alike, the denominators cancel
		if over < 0 {
			return Number{num: -n.num, den: under}, under != 0
		}
		return Number{num: n.num, den: under}, under != 0
	}
	num, ok1 := product(n.num, over)
	den, ok2 := product(n.den, under)
	return Number{num: num, den: den}, ok1 && ok2 && den != 0
}

func cmpSmall(n, m Number) int {
	if n.num < 0 != (m.num < 0) || n.num == 0 || m.num == 0 {
		return compare(n.num, m.num)
	}
	hi1, lo1 := bits.Mul64(magnitude(n.num), uint64(m.den))
	hi2, lo2 := bits.Mul64(magnitude(m.num), uint64(n.den))
	order := 0
	switch {
	case hi1 < hi2 || (hi1 == hi2 && lo1 < lo2):
		order = -1
	case hi1 != hi2 || lo1 != lo2:
		order = 1
	}
	if n.num < 0 {
		return -order
	}
	return order
}

// roundSmall gives n × scale as the nearest whole number, halves away from zero.
func roundSmall(n Number, scale int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(n.num), uint64(scale))
	den := uint64(n.den)
	if hi >= den {
		return 0, false
	}
	units, rest := bits.Div64(hi, lo, den)
	if rest >= den-rest {
		units++
	}
	if units > maxInt64 {
		return 0, false
	}
	if n.num < 0 {
		return -int64(units), true
	}
	return int64(units), true
}
