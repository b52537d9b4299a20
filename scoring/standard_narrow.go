package scoring

import (
	"math/big"
	"math/bits"
)

// narrowStats encloses y in 128 bits. All values are X/terms with X in an int64,
// so that y = mean + slope·(n·X − sum) / √(n·ΣX² − sum²) in whole numbers alone.
type narrowStats struct {
	n, terms, sum int64
	v             *big.Int // n·ΣX² − sum²
	factor        uint64   // |slope| / √V × 2^shift, cut
	falling       bool     // the slope is negative
	hi, lo        uint64   // |mean| × 2^shift, cut
	below         bool     // the mean is negative
	shift         uint
}

// newNarrowStats gives nil where the values are too varied or too large.
func newNarrowStats(s *standardStats) *narrowStats {
	k := &narrowStats{n: s.n, terms: 1, falling: s.slope.Sign() < 0, below: s.mean.Sign() < 0}
	for _, x := range s.values {
		if x.big != nil || !k.widen(x) {
			return nil
		}
	}
	sum1, sum2, unit := new(big.Int), new(big.Int), new(big.Int)
	square := new(big.Int)
	for _, x := range s.values {
		units, ok := x.inTerms(k.terms)
		if !ok {
			return nil
		}
		sum1.Add(sum1, unit.SetInt64(units))
		sum2.Add(sum2, square.Mul(unit, unit))
	}
	if !sum1.IsInt64() {
		return nil
	}
	k.sum = sum1.Int64()
	k.v = sum2.Mul(sum2, unit.SetInt64(k.n))
	k.v.Sub(k.v, square.Mul(sum1, sum1))
	if !k.enclose(s) {
		return nil
	}
	return k
}

// widen makes the terms a multiple of those of x, as long as they fit.
func (k *narrowStats) widen(x Number) bool {
	if k.terms%x.den == 0 {
		return true
	}
	den := x.reduced().den
	common, ok := product(k.terms/divisor(k.terms, den), den)
	k.terms = common
	return ok
}

// enclose finds the shift at which mean and factor fill their words.
func (k *narrowStats) enclose(s *standardStats) bool {
	mean, slope := s.mean.Abs().rat(), s.slope.Abs().rat()
	over := new(big.Int).Mul(slope.Num(), slope.Num())
	under := new(big.Int).Mul(slope.Denom(), slope.Denom())
	under.Mul(under, k.v)
	// The factor has about half the bits of over × 2^(2 × shift) / under.
	start := min(120, 65+(under.BitLen()-over.BitLen())/2, 127+mean.Denom().BitLen()-mean.Num().BitLen())
	factor, level := new(big.Int), new(big.Int)
	for shift := start; shift >= 32; shift-- {
		factor.Lsh(over, 2*uint(shift))
		factor.Sqrt(factor.Quo(factor, under))
		level.Lsh(mean.Num(), uint(shift))
		level.Quo(level, mean.Denom())
		if factor.BitLen() <= 63 && level.BitLen() <= 125 {
			k.shift, k.factor = uint(shift), factor.Uint64()
			k.lo = new(big.Int).And(level, new(big.Int).SetUint64(1<<64-1)).Uint64()
			k.hi = level.Rsh(level, 64).Uint64()
			return true
		}
	}
	return false
}

func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// inTerms gives n × terms, where that is a whole number in an int64.
func (n Number) inTerms(terms int64) (int64, bool) {
	if terms%n.den != 0 {
		n = n.reduced()
	}
	if terms%n.den != 0 {
		return 0, false
	}
	return product(n.num, terms/n.den)
}

// round gives y to the nearest whole number; sure is false where a half is too
// near to tell.
func (k *narrowStats) round(x Number) (units int64, sure bool) {
	scaled, ok := x.inTerms(k.terms)
	if !ok {
		return 0, false
	}
	if scaled, ok = product(scaled, k.n); !ok {
		return 0, false
	}
	distance, ok := sum(scaled, -k.sum)
	if !ok {
		return 0, false
	}
	hi, lo := bits.Mul64(magnitude(distance), k.factor)
	if hi>>61 != 0 {
		return 0, false
	}
	negative := k.below
	if down := (distance < 0) != k.falling; down == k.below {
		var carry uint64
		lo, carry = bits.Add64(k.lo, lo, 0)
		hi, _ = bits.Add64(k.hi, hi, carry)
	} else {
		var borrow uint64
		lo, borrow = bits.Sub64(k.lo, lo, 0)
		if hi, borrow = bits.Sub64(k.hi, hi, borrow); borrow != 0 {
			lo, borrow = bits.Sub64(0, lo, 0)
			hi, _ = bits.Sub64(0, hi, borrow)
			negative = !negative
		}
	}
	return k.settle(hi, lo, magnitude(distance), negative)
}

// settle rounds what lies less than distance + 2 from the true value.
func (k *narrowStats) settle(hi, lo, distance uint64, negative bool) (int64, bool) {
	halfHi, halfLo := shifted(1, k.shift-1)
	lo, carry := bits.Add64(lo, halfLo, 0)
	hi, _ = bits.Add64(hi, halfHi, carry)
	var units, restHi, restLo uint64
	if k.shift >= 64 {
		units = hi >> (k.shift - 64)
		restHi, restLo = hi&(1<<(k.shift-64)-1), lo
	} else {
		if hi>>(k.shift-1) != 0 {
			return 0, false
		}
		units = hi<<(64-k.shift) | lo>>k.shift
		restLo = lo & (1<<k.shift - 1)
	}
	slack := distance + 2
	fullHi, fullLo := shifted(1, k.shift)
	leftLo, borrow := bits.Sub64(fullLo, restLo, 0)
	leftHi, _ := bits.Sub64(fullHi, restHi, borrow)
	if (restHi == 0 && restLo <= slack) || (leftHi == 0 && leftLo <= slack) || units>>62 != 0 {
		return 0, false
	}
	if negative {
		return -int64(units), true
	}
	return int64(units), true
}

// shifted gives v << by in two words.
func shifted(v uint64, by uint) (hi, lo uint64) {
	if by >= 64 {
		return v << (by - 64), 0
	}
	return v >> (64 - by), v << by
}
