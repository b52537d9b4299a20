package scoring

import "math/big"

// slowly does what did not fit: once more in lowest terms, then on big.Rat.
func slowly(n, m Number, small func(n, m Number) (Number, bool), exact func(z, x, y *big.Rat) *big.Rat) Number {
	if !n.Valid() || !m.Valid() {
		return Number{}
	}
	if n.den != 0 && m.den != 0 {
		if result, ok := small(n.reduced(), m.reduced()); ok {
			return result
		}
	}
	return fromRat(exact(new(big.Rat), n.rat(), m.rat()))
}

// fromRat takes r over, as two integers where they suffice.
func fromRat(r *big.Rat) Number {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		if small := fraction(r.Num().Int64(), r.Denom().Int64()); small.den != 0 {
			return small
		}
	}
	return Number{big: r}
}

// rat gives a valid n as a big.Rat that the caller must not write to.
func (n Number) rat() *big.Rat {
	if n.big != nil {
		return n.big
	}
	return big.NewRat(n.num, n.den)
}

// Rat gives n as a big.Rat of the caller's own, nil for an absent Number.
func (n Number) Rat() *big.Rat {
	if !n.Valid() {
		return nil
	}
	return new(big.Rat).Set(n.rat())
}

// FromRat gives the Number of a big.Rat; nil gives an absent Number.
func FromRat(r *big.Rat) Number {
	if r == nil {
		return Number{}
	}
	return fromRat(new(big.Rat).Set(r))
}

// reduced gives n in lowest terms.
func (n Number) reduced() Number {
	if n.den <= 1 {
		return n
	}
	a, b := magnitude(n.num), uint64(n.den)
	for a != 0 {
		a, b = b%a, a
	}
	if b == 1 {
		return n
	}
	return Number{num: n.num / int64(b), den: n.den / int64(b)}
}

// roundBig gives the multiple of 1/scale nearest to n, halves away from zero.
func (n Number) roundBig(scale int64) Number {
	r := n.rat()
	units := roundRat(new(big.Rat).Mul(r, new(big.Rat).SetInt64(scale)))
	return fromUnits(units, scale)
}

// fromUnits gives units/scale, as two integers in exactly these terms where they suffice.
func fromUnits(units *big.Int, scale int64) Number {
	if units.IsInt64() {
		if small := fraction(units.Int64(), scale); small.den != 0 {
			return small
		}
	}
	return fromRat(new(big.Rat).SetFrac(units, big.NewInt(scale)))
}

// roundRat gives the whole number nearest to r, halves away from zero.
func roundRat(r *big.Rat) *big.Int {
	twice := new(big.Int).Lsh(new(big.Int).Abs(r.Num()), 1)
	twice.Add(twice, r.Denom())
	units := twice.Quo(twice, new(big.Int).Lsh(r.Denom(), 1))
	if r.Sign() < 0 {
		units.Neg(units)
	}
	return units
}

// truncated cuts n toward zero to a whole number.
func (n Number) truncated() Number {
	if n.big != nil {
		return fromUnits(new(big.Int).Quo(n.big.Num(), n.big.Denom()), 1)
	}
	return Number{num: n.num / max(n.den, 1), den: min(n.den, 1)}
}
