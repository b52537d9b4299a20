package scoring

import (
	"math/big"
	"sync"
)

// standardStats scores by z-values: y = mean ± sd × (x − μ) / σ, over n peers.
//
// With S1 = Σx and V = n·Σx² − S1² that is mean ± sd × (n·x − S1) / √V. The
// root is never worked out: y is enclosed between two fractions, and where a
// rounding lies between them squares are compared exactly.
type standardStats struct {
	n         int64
	values    []Number
	precision int
	flat      bool   // all values are equal: σ is 0
	mean      Number // in units of the last decimal, as is what follows
	slope     Number // ± sd
	floor     Number
	limit     Number
	level     Number // the score where σ is 0

	narrow *narrowStats // where all values are small multiples of one fraction
	wide   *wideStats   // where they are not

	once        sync.Once
	exact       *exactStats
	momentsOnce sync.Once
	shown       moments
}

// newStandardStats prepares the scores of values, of which there is at least one.
func newStandardStats(values []Number, m *Method, precision int) *standardStats {
	scale := FromInt(powers[precision])
	s := &standardStats{n: int64(len(values)), values: values, precision: precision,
		mean: m.Mean.Mul(scale), slope: m.SD.Mul(scale),
		floor: m.Floor.Round(precision), limit: m.Cap.Round(precision),
		level: m.Mean.clamp(m.Floor, m.Cap).Round(precision)}
	if m.Order == Asc {
		s.slope = s.slope.Neg()
	}
	s.flat = true
	for i := 1; i < len(values) && s.flat; i++ {
		s.flat = values[i].Cmp(values[0]) == 0
	}
	if s.flat || s.slope.Sign() == 0 {
		return s
	}
	if s.narrow = newNarrowStats(s); s.narrow == nil {
		s.wide = newWideStats(s)
	}
	return s
}

// score gives the rounded score of x, one of the values, and is for one
// goroutine at a time. Rounding keeps order,
// so that clamping the rounded score between the rounded bounds is rounding the clamped one.
func (s *standardStats) score(x Number) Number {
	if s.flat || s.slope.Sign() == 0 {
		return s.level
	}
	if s.narrow != nil {
		if units, sure := s.narrow.round(x); sure {
			return Number{num: units, den: powers[s.precision]}.clamp(s.floor, s.limit)
		}
	}
	if units := new(big.Int); s.wide != nil && s.wide.round(units, x) {
		return fromUnits(units, powers[s.precision]).clamp(s.floor, s.limit)
	}
	units := s.sums().round(x)
	return fromUnits(units, powers[s.precision]).clamp(s.floor, s.limit)
}

// sums gives the exact sums, worked out when they are first needed.
func (s *standardStats) sums() *exactStats {
	s.once.Do(func() { s.exact = newExactStats(s) })
	return s.exact
}

// exactStats are the sums as fractions.
type exactStats struct {
	n, mean, slope *big.Rat
	s1, v          *big.Rat
}

func newExactStats(s *standardStats) *exactStats {
	n := new(big.Rat).SetInt64(s.n)
	if k := s.narrow; k != nil {
		terms := big.NewInt(k.terms)
		return &exactStats{n: n, mean: s.mean.rat(), slope: s.slope.rat(),
			s1: big.NewRat(k.sum, k.terms), v: new(big.Rat).SetFrac(k.v, terms.Mul(terms, terms))}
	}
	s1 := sumOf(s.values, func(x *big.Rat) *big.Rat { return x })
	s2 := sumOf(s.values, func(x *big.Rat) *big.Rat { return new(big.Rat).Mul(x, x) })
	v := new(big.Rat).Mul(n, s2)
	v.Sub(v, new(big.Rat).Mul(s1, s1))
	return &exactStats{n: n, mean: s.mean.rat(), slope: s.slope.rat(), s1: s1, v: v}
}

// sumOf adds by halves, so that large numbers meet large ones.
func sumOf(values []Number, of func(*big.Rat) *big.Rat) *big.Rat {
	if len(values) == 1 {
		return of(values[0].rat())
	}
	half := len(values) / 2
	return new(big.Rat).Add(sumOf(values[:half], of), sumOf(values[half:], of))
}

// round gives mean + slope × (n·x − S1) / √V to the nearest whole number,
// halves away from zero, by comparing squares.
func (e *exactStats) round(x Number) *big.Int {
	b := new(big.Rat).Mul(e.n, x.rat())
	b.Sub(b, e.s1).Mul(b, e.slope)
	a := new(big.Rat).Set(e.mean)
	root := surd{a: a, b: b, v: e.v}
	negative := root.cmp(new(big.Rat)) < 0
	if negative {
		a.Neg(a)
		b.Neg(b)
	}
	units := root.nearest()
	if negative {
		units.Neg(units)
	}
	return units
}

// surd is a + b/√v, with v above 0.
type surd struct{ a, b, v *big.Rat }

// cmp compares the surd with h.
func (s surd) cmp(h *big.Rat) int {
	d := new(big.Rat).Sub(h, s.a) // b/√v against d
	if s.b.Sign() != d.Sign() || s.b.Sign() == 0 {
		return compare(int64(s.b.Sign()), int64(d.Sign()))
	}
	left := new(big.Rat).Mul(s.b, s.b)
	right := new(big.Rat).Mul(d, d)
	return left.Cmp(right.Mul(right, s.v)) * s.b.Sign()
}

// nearest gives the whole number nearest to a surd that is not negative, halves upward.
func (s surd) nearest() *big.Int {
	square := new(big.Rat).Mul(s.b, s.b)
	square.Quo(square, s.v)
	root := new(big.Int).Sqrt(new(big.Int).Quo(square.Num(), square.Denom())) // |b|/√v, less than 1 below
	if s.b.Sign() < 0 {
		root.Neg(root)
	}
	half, first := big.NewRat(1, 2), new(big.Rat).SetInt(root)
	first.Add(first, s.a).Add(first, half)
	units := new(big.Int).Div(first.Num(), first.Denom())
	units.Sub(units, big.NewInt(2))
	for s.cmp(new(big.Rat).Add(new(big.Rat).SetInt(units), half)) >= 0 {
		units.Add(units, big.NewInt(1))
	}
	return units
}
