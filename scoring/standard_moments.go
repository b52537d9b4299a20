package scoring

import "math/big"

// moments are what a trace shows of the peers.
type moments struct {
	mean, sd Number
	exact    bool // the sd is rational and exact
}

// shownDigits is how many significant digits a trace keeps of a root, or of a
// mean whose fraction would be huge.
const shownDigits = 30

// moments gives μ and σ, worked out when they are first asked for.
func (s *standardStats) moments() moments {
	s.momentsOnce.Do(func() {
		switch {
		case s.flat:
			s.shown = moments{mean: s.values[0], sd: zero, exact: true}
		case s.wide != nil && s.n > manyPeers:
			s.shown = s.wide.moments()
		default:
			s.shown = s.sums().moments()
		}
	})
	return s.shown
}

// manyPeers is from where on exact sums of varied fractions are too large to show.
const manyPeers = 16

func (e *exactStats) moments() moments {
	m := moments{mean: fromRat(new(big.Rat).Quo(e.s1, e.n))}
	variance := new(big.Rat).Quo(e.v, new(big.Rat).Mul(e.n, e.n))
	over, under := new(big.Int).Sqrt(variance.Num()), new(big.Int).Sqrt(variance.Denom())
	root := new(big.Rat).SetFrac(over, under)
	if m.exact = new(big.Rat).Mul(root, root).Cmp(variance) == 0; m.exact {
		m.sd = fromRat(root)
		return m
	}
	m.sd = rootOf(variance)
	return m
}

// rootOf gives the square root of v to shownDigits significant digits.
func rootOf(v *big.Rat) Number {
	// The root is v.Num × 2^k / …: enough binary places for the digits wanted.
	places := uint(4*shownDigits + max(0, v.Denom().BitLen()-v.Num().BitLen()))
	square := new(big.Int).Lsh(v.Num(), 2*places)
	root := new(big.Int).Sqrt(square.Quo(square, v.Denom()))
	return digitsOf(new(big.Rat).SetFrac(root, new(big.Int).Lsh(big.NewInt(1), places)))
}

// digitsOf gives r as the decimal of its first shownDigits significant digits.
func digitsOf(r *big.Rat) Number {
	short, _ := new(big.Rat).SetString(Number{big: r}.Significant(shownDigits))
	return fromRat(short)
}

func (w *wideStats) moments() moments {
	unit := new(big.Int).Lsh(big.NewInt(1), wideBits)
	unit.Mul(unit, w.n)
	return moments{
		mean: digitsOf(new(big.Rat).SetFrac(w.sum, unit)),
		sd:   digitsOf(new(big.Rat).SetFrac(w.low.root, unit)),
	}
}
