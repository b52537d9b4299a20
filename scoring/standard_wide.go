package scoring

import "math/big"

// wideBits is how many binary places wideStats keep of a value.
const wideBits = 192

// wideStats enclose y where values are fractions of many denominators, whose
// exact sums would be huge: each value is cut to wideBits places, and every
// quantity is known to lie between two integers.
type wideStats struct {
	n     *big.Int
	sum   *big.Int // Σ cut values; the true sum is less than n above
	slope *big.Int // |slope| and mean as numerators over one denominator
	falls bool     // the slope is negative
	low   wideRoot // √V × 2^wideBits lies between these
	high  wideRoot

	distance, near, far, scratch big.Int
}

// wideRoot is a bound of the root, with what is worked out of it once.
type wideRoot struct {
	root  *big.Int
	mean  *big.Int // mean × denominator × root
	twice *big.Int // 2 × denominator × root
}

// cut sets z to the value with wideBits binary places, cut toward minus infinity.
func cut(z *big.Int, x Number) *big.Int {
	if x.big != nil {
		return z.Div(z.Lsh(x.big.Num(), wideBits), x.big.Denom())
	}
	den := big.NewInt(x.den)
	return z.Div(z.Lsh(z.SetInt64(x.num), wideBits), den)
}

// newWideStats gives nil where the values lie too close together to tell.
func newWideStats(s *standardStats) *wideStats {
	w := &wideStats{n: big.NewInt(s.n), sum: new(big.Int), falls: s.slope.Sign() < 0}
	squares, absolute, c, square := new(big.Int), new(big.Int), new(big.Int), new(big.Int)
	for _, x := range s.values {
		cut(c, x)
		w.sum.Add(w.sum, c)
		squares.Add(squares, square.Mul(c, c))
		absolute.Add(absolute, c.Abs(c))
	}
	// V' = n·Σx'² − (Σx')²; each x' is less than 1 off.
	v := new(big.Int).Mul(w.n, squares)
	v.Sub(v, square.Mul(w.sum, w.sum))
	slack := new(big.Int).Lsh(absolute, 2)
	slack.Add(slack, c.Lsh(w.n, 1)).Mul(slack, w.n)
	low := new(big.Int).Sub(v, slack)
	if low.Sign() <= 0 {
		return nil
	}
	high := v.Add(v, slack)
	high.Sqrt(high).Add(high, big.NewInt(1))
	mean, slope := s.mean.rat(), s.slope.Abs().rat()
	den := new(big.Int).Mul(mean.Denom(), slope.Denom())
	num := new(big.Int).Mul(mean.Num(), slope.Denom())
	w.slope = new(big.Int).Mul(slope.Num(), mean.Denom())
	w.low, w.high = newWideRoot(low.Sqrt(low), num, den), newWideRoot(high, num, den)
	return w
}

func newWideRoot(root, mean, den *big.Int) wideRoot {
	twice := new(big.Int).Mul(root, den)
	return wideRoot{root: root, mean: new(big.Int).Mul(mean, root), twice: twice.Lsh(twice, 1)}
}

// round sets units to y as the nearest whole number; it reports false where a
// half is too near to tell.
func (w *wideStats) round(units *big.Int, x Number) bool {
	d := cut(&w.distance, x)
	d.Mul(d, w.n).Sub(d, w.sum)
	if w.falls {
		d.Neg(d)
	}
	w.near.Sub(d, w.n)
	w.far.Add(d, w.n)
	w.end(units, &w.near, false)
	w.end(&w.distance, &w.far, true)
	return units.Cmp(&w.distance) == 0
}

// end sets z to mean + slope × distance / √V, rounded, for one end of an
// enclosure: with the root that moves it outward.
func (w *wideStats) end(z, distance *big.Int, upper bool) {
	root := &w.high
	if (distance.Sign() > 0) == upper {
		root = &w.low
	}
	z.Mul(w.slope, distance)
	z.Add(z, root.mean)
	negative := z.Sign() < 0
	z.Abs(z).Lsh(z, 1)
	w.scratch.Rsh(root.twice, 1)
	z.Quo(z.Add(z, &w.scratch), root.twice)
	if negative {
		z.Neg(z)
	}
}
