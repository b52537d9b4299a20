package scoringtest

import (
	"math/big"

	"github.com/steelyard/steelyard/scoring"
)

// method is a method with every default written out, read from the table of section 3.
type method struct {
	kind                         scoring.MethodType
	of                           scoring.Of
	direction                    scoring.Direction
	inverse                      scoring.Inverse
	order                        scoring.Order
	floor, limit                 *big.Rat
	start, base, span            *big.Rat
	pass, fail                   *big.Rat
	best, worst, mean, sd, below *big.Rat
	gain, loss                   *big.Rat
	minPeers                     int64
	def                          *scoring.Method
}

func defaults(item *scoring.Item) method {
	d := &item.Method
	m := method{
		kind: d.Type, of: d.Of, direction: d.Direction, inverse: d.Inverse, order: d.Order, def: d, minPeers: max(d.MinPeers, 1),
		floor: or(d.Floor, 0), limit: or(d.Cap, 100), start: or(d.Start, 100), base: or(d.Base, 60), span: or(d.Span, 40),
		pass: or(d.Pass, 100), fail: or(d.Fail, 0), best: or(d.Best, 100), worst: or(d.Worst, 60), mean: or(d.Mean, 75),
		sd: or(d.SD, 10), below: or(d.Below, 0), gain: or(d.Gain, 0), loss: or(d.Loss, 0),
	}
	if m.of == "" {
		switch m.kind {
		case scoring.MethodRatio, scoring.MethodSteps, scoring.MethodInterpolate:
			m.of = scoring.OfAttainment
		default:
			m.of = scoring.OfActual
		}
	}
	return m
}

func or(n scoring.Number, otherwise int64) *big.Rat {
	if n.Valid() {
		return n.Rat()
	}
	return whole(otherwise)
}

func (m *method) byPeers() bool {
	return m.kind == scoring.MethodRank || m.kind == scoring.MethodRelative || m.kind == scoring.MethodStandard
}

// score turns x into the rounded item score.
func (m *method) score(x *big.Rat, peers *peerValues, precision int) *big.Rat {
	if m.kind == scoring.MethodStandard {
		return m.standard(x, peers, precision)
	}
	return round(m.exact(x, peers), precision)
}

func (m *method) exact(x *big.Rat, peers *peerValues) *big.Rat {
	switch m.kind {
	case scoring.MethodRatio:
		return clamp(mul(whole(100), x), m.floor, m.limit)
	case scoring.MethodSteps:
		return m.steps(x)
	case scoring.MethodInterpolate:
		return m.interpolate(x)
	case scoring.MethodIncrements:
		return m.increments(x)
	case scoring.MethodEfficacy:
		bad, good := m.def.Unsatisfactory.Rat(), m.def.Satisfactory.Rat()
		return clamp(add(m.base, quo(mul(m.span, sub(x, bad)), sub(good, bad))), m.floor, m.limit)
	case scoring.MethodThreshold:
		return pick(m.passes(x), m.pass, m.fail)
	case scoring.MethodDeduct:
		return most(sub(m.start, x), m.floor)
	case scoring.MethodRank:
		return m.rank(x, peers.values)
	case scoring.MethodRelative:
		return m.relative(x, peers.values)
	}
	return clamp(x, m.floor, m.limit)
}

func (m *method) steps(x *big.Rat) *big.Rat {
	score := m.below
	for _, row := range m.def.Table {
		if c := row.From.Rat().Cmp(x); c < 0 || (c == 0 && !m.def.Strict) {
			score = row.Score.Rat()
		}
	}
	return score
}

func (m *method) interpolate(x *big.Rat) *big.Rat {
	points := m.def.Points
	if x.Cmp(points[0].X.Rat()) <= 0 {
		return points[0].Score.Rat()
	}
	for i := 1; i < len(points); i++ {
		if right := points[i].X.Rat(); x.Cmp(right) <= 0 {
			left, low, high := points[i-1].X.Rat(), points[i-1].Score.Rat(), points[i].Score.Rat()
			return add(low, quo(mul(sub(high, low), sub(x, left)), sub(right, left)))
		}
	}
	return points[len(points)-1].Score.Rat()
}

func (m *method) increments(x *big.Rat) *big.Rat {
	d := quo(sub(x, m.def.From.Rat()), m.def.Step.Rat())
	if m.direction == scoring.Lower {
		d.Neg(d)
	}
	if m.def.WholeSteps {
		d = new(big.Rat).SetInt(new(big.Int).Quo(d.Num(), d.Denom()))
	}
	return clamp(add(m.start, mul(pick(d.Sign() > 0, m.gain, m.loss), d)), m.floor, m.limit)
}

func (m *method) passes(x *big.Rat) bool {
	c := x.Cmp(m.def.Value.Rat())
	switch m.def.Op {
	case scoring.AtLeast:
		return c >= 0
	case scoring.Above:
		return c > 0
	case scoring.AtMost:
		return c <= 0
	}
	return c < 0
}

func (m *method) ascending() bool { return m.order == scoring.Asc }

func (m *method) rank(x *big.Rat, peers []*big.Rat) *big.Rat {
	n := int64(len(peers))
	if n == 1 {
		return m.best
	}
	var better, equal int64
	for _, p := range peers {
		c := p.Cmp(x)
		if m.ascending() {
			c = -c
		}
		if c > 0 {
			better++
		}
		if c == 0 {
			equal++
		}
	}
	// Ties share the mean of their ranks: better + (equal + 1) / 2.
	r := add(whole(better), big.NewRat(equal+1, 2))
	return sub(m.best, quo(mul(sub(m.best, m.worst), sub(r, whole(1))), whole(n-1)))
}

func (m *method) relative(x *big.Rat, peers []*big.Rat) *big.Rat {
	if x.Sign() <= 0 {
		return pick(m.ascending(), m.limit, m.floor)
	}
	best := x
	for _, p := range peers {
		if p.Sign() > 0 {
			best = pick(m.ascending(), least(best, p), most(best, p))
		}
	}
	share := quo(mul(whole(100), x), best)
	if m.ascending() {
		share = quo(mul(whole(100), best), x)
	}
	return clamp(share, m.floor, m.limit)
}

// rootBits is a precision in which no square root of our figures comes near enough to a tie to be mistaken for it.
const rootBits = 512

func (m *method) standard(x *big.Rat, peers *peerValues, precision int) *big.Rat {
	peers.spread()
	d := mul(m.sd, sub(x, peers.mu))
	if m.ascending() {
		d.Neg(d)
	}
	if d.Sign() == 0 || peers.sigma.Sign() == 0 {
		return round(clamp(m.mean, m.floor, m.limit), precision)
	}
	return round(clamp(add(m.mean, quo(d, peers.sigma)), m.floor, m.limit), precision)
}

// spread works out mean and deviation of the peers.
func (p *peerValues) spread() {
	if p.mu != nil {
		return
	}
	n := whole(int64(len(p.values)))
	p.mu = new(big.Rat)
	for _, x := range p.values {
		p.mu.Add(p.mu, x)
	}
	p.mu.Quo(p.mu, n)
	variance := new(big.Rat)
	for _, x := range p.values {
		d := sub(x, p.mu)
		variance.Add(variance, mul(d, d))
	}
	p.sigma = root(variance.Quo(variance, n))
}

// root is the square root: exact where it is rational, to rootBits elsewhere.
func root(v *big.Rat) *big.Rat {
	num, den := new(big.Int).Sqrt(v.Num()), new(big.Int).Sqrt(v.Denom())
	exact := new(big.Rat).SetFrac(num, den)
	if mul(exact, exact).Cmp(v) == 0 {
		return exact
	}
	f := new(big.Float).SetPrec(rootBits).SetRat(v)
	r, _ := f.Sqrt(f).Rat(nil)
	return r
}
