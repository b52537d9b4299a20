package scoring

import "math/big"

// wideBits is how many binary places wideStats keep of a value.
const wideBits = 256

// wideStats enclose y where values are fractions of many denominators, whose
// exact sums would be huge: each value is cut to wideBits places, and every
// quantity is known to lie between two integers.
type wideStats struct {
	n          *big.Int
	sum        *big.Int // Σ cut values; the true sum is less than n above
	rootLow    *big.Int // √V × 2^wideBits lies between these
	rootHigh   *big.Int
	mean       *big.Rat
	slope      *big.Rat
	mean2, num *big.Int // mean and |slope| as numerators over den
	den        *big.Int
}

// cut gives the value with wideBits binary places, cut toward minus infinity.
func cut(x Number) *big.Int {
	r := x.rat()
	scaled := new(big.Int).Lsh(r.Num(), wideBits)
	return scaled.Div(scaled, r.Denom())
}

// newWideStats gives nil where the values lie too close together to tell.
func newWideStats(s *standardStats) *wideStats {
	w := &wideStats{n: big.NewInt(s.n), sum: new(big.Int), mean: s.mean.rat(), slope: s.slope.rat()}
	squares, absolute := new(big.Int), new(big.Int)
	for _, x := range s.values {
		c := cut(x)
		w.sum.Add(w.sum, c)
		squares.Add(squares, new(big.Int).Mul(c, c))
		absolute.Add(absolute, c.Abs(c))
	}
	// V' = n·Σx'² − (Σx')²; each x' is less than 1 off.
	v := new(big.Int).Mul(w.n, squares)
	v.Sub(v, new(big.Int).Mul(w.sum, w.sum))
	slack := new(big.Int).Lsh(absolute, 2)
	slack.Add(slack, new(big.Int).Lsh(w.n, 1)).Mul(slack, w.n)
	low := new(big.Int).Sub(v, slack)
	if low.Sign() <= 0 {
		return nil
	}
	w.rootLow = low.Sqrt(low)
	w.rootHigh = v.Add(v, slack)
	w.rootHigh.Sqrt(w.rootHigh).Add(w.rootHigh, big.NewInt(1))
	w.den = new(big.Int).Mul(w.mean.Denom(), w.slope.Denom())
	w.mean2 = new(big.Int).Mul(w.mean.Num(), w.slope.Denom())
	w.num = new(big.Int).Mul(w.slope.Num(), w.mean.Denom())
	return w
}

// round gives y to the nearest whole number; sure is false where a half is too
// near to tell.
func (w *wideStats) round(x Number) (units *big.Int, sure bool) {
	distance := cut(x)
	distance.Mul(distance, w.n).Sub(distance, w.sum)
	low := w.at(new(big.Int).Sub(distance, w.n), false)
	high := w.at(new(big.Int).Add(distance, w.n), true)
	if w.slope.Sign() < 0 {
		low, high = high, low
	}
	units = roundRat(low)
	return units, units.Cmp(roundRat(high)) == 0
}

// at gives mean + slope × distance / √V for one end of an enclosure: with the
// root that moves it outward.
func (w *wideStats) at(distance *big.Int, upper bool) *big.Rat {
	root := w.rootHigh
	if (distance.Sign() > 0) == upper {
		root = w.rootLow
	}
	num := new(big.Int).Mul(w.num, distance)
	num.Add(num, new(big.Int).Mul(w.mean2, root))
	return new(big.Rat).SetFrac(num, new(big.Int).Mul(w.den, root))
}
