// Package scoringtest renders the rules of scoring a second time, plainly, on
// math/big alone: slow, without shortcuts, to be read beside the specification.
// Tests hold the evaluator against it, and benchmarks measure from it.
package scoringtest

import (
	"math/big"

	"github.com/steelyard/steelyard/scoring"
)

// segment is a counting segment on its way to a base.
type segment struct {
	index  int
	in     *scoring.Segment
	card   *scoring.Scorecard
	items  []item
	base   *big.Rat
	status scoring.Status
}

// item is one item of a counting segment.
type item struct {
	def          *scoring.Item
	method       method
	x            *big.Rat // nil: missing, or fixed
	fixed        *big.Rat // a score that needs no x: cap or floor of a target of 0
	reason       scoring.Reason
	status       scoring.ItemStatus
	score        *big.Rat
	contribution *big.Rat
	effective    *big.Rat
}

type peerKey struct {
	scorecard, group string
	item             int
}

// peerValues are the values of an item in a peer group, with their mean and
// deviation once they are asked for.
type peerValues struct {
	values    []*big.Rat
	mu, sigma *big.Rat
}

// Evaluate scores a valid case by the plain rules. Its results stand in the
// order of the staff, as the evaluator's do.
func Evaluate(c *scoring.Case) []*scoring.Result {
	members := make([][]*segment, len(c.Staff))
	peers := map[peerKey]*peerValues{}
	for m := range c.Staff {
		for i := range c.Staff[m].Segments {
			in := &c.Staff[m].Segments[i]
			if in.Days < c.MinDays {
				continue
			}
			s := &segment{index: i, in: in, card: c.Scorecards[in.Scorecard]}
			s.values(c.PeriodDays)
			for n := range s.items {
				if x := s.items[n].x; x != nil {
					key := peerKey{in.Scorecard, in.PeerGroup, n}
					if peers[key] == nil {
						peers[key] = &peerValues{}
					}
					peers[key].values = append(peers[key].values, x)
				}
			}
			members[m] = append(members[m], s)
		}
	}
	results := make([]*scoring.Result, len(c.Staff))
	for m := range c.Staff {
		for _, s := range members[m] {
			s.score(peers)
		}
		results[m] = member(&c.Staff[m], members[m])
	}
	places(results)
	return results
}

// values finds each item's x, or why it has none (section 2).
func (s *segment) values(periodDays int) {
	for n, def := range s.card.Items() {
		it := item{def: def, method: defaults(def)}
		var in scoring.Input
		if n < len(s.in.Inputs) {
			in = s.in.Inputs[n]
		}
		switch def.Source {
		case scoring.SourceMetric:
			it.metric(in, periodDays, s.in.Days)
		case scoring.SourceRating:
			it.rating(in)
		case scoring.SourceSurvey:
			it.survey(in)
		case scoring.SourceEvents:
			it.events(in)
		}
		s.items = append(s.items, it)
	}
}

// score turns values into item scores, contributions and the base (sections 3 and 4.2, 4.3).
func (s *segment) score(peers map[peerKey]*peerValues) {
	excluded := new(big.Rat)
	s.status = scoring.Complete
	for n := range s.items {
		it := &s.items[n]
		it.finish(peers[peerKey{s.in.Scorecard, s.in.PeerGroup, n}], s.card.Precision)
		switch it.status {
		case scoring.ItemExcluded:
			excluded.Add(excluded, it.def.Weight.Rat())
		case scoring.ItemMissing:
			s.status = scoring.Incomplete
		}
	}
	left := new(big.Rat).Sub(whole(100), excluded)
	if left.Sign() == 0 {
		s.status = scoring.Incomplete
	}
	if s.status == scoring.Incomplete {
		return
	}
	s.base = new(big.Rat)
	for n := range s.items {
		it := &s.items[n]
		if it.score == nil {
			continue
		}
		it.effective = quo(mul(it.def.Weight.Rat(), whole(100)), left)
		it.contribution = round(quo(mul(it.score, it.effective), whole(100)), s.card.Precision)
		s.base.Add(s.base, it.contribution)
	}
}

// finish gives the item its score, or what its missing rule says.
func (it *item) finish(peers *peerValues, precision int) {
	if it.x != nil && it.method.byPeers() && int64(len(peers.values)) < it.method.minPeers {
		it.x, it.reason = nil, scoring.TooFewPeers
	}
	switch {
	case it.fixed != nil:
		it.status, it.score = scoring.ItemScored, round(it.fixed, precision)
		return
	case it.x != nil:
		it.status, it.score = scoring.ItemScored, it.method.score(it.x, peers, precision)
		return
	}
	switch it.def.Missing {
	case scoring.MissingZero:
		it.status, it.score = scoring.ItemZero, new(big.Rat)
	case scoring.MissingNeutral:
		it.status, it.score = scoring.ItemNeutral, round(it.def.Neutral.Rat(), precision)
	case scoring.MissingExclude:
		it.status = scoring.ItemExcluded
	default:
		it.status = scoring.ItemMissing
	}
}

func whole(n int64) *big.Rat       { return new(big.Rat).SetInt64(n) }
func add(a, b *big.Rat) *big.Rat   { return new(big.Rat).Add(a, b) }
func sub(a, b *big.Rat) *big.Rat   { return new(big.Rat).Sub(a, b) }
func mul(a, b *big.Rat) *big.Rat   { return new(big.Rat).Mul(a, b) }
func quo(a, b *big.Rat) *big.Rat   { return new(big.Rat).Quo(a, b) }
func least(a, b *big.Rat) *big.Rat { return pick(a.Cmp(b) <= 0, a, b) }
func most(a, b *big.Rat) *big.Rat  { return pick(a.Cmp(b) >= 0, a, b) }

func pick(first bool, a, b *big.Rat) *big.Rat {
	if first {
		return a
	}
	return b
}

func clamp(x, floor, limit *big.Rat) *big.Rat { return least(most(x, floor), limit) }

// round rounds half away from zero to a number of decimals.
func round(x *big.Rat, precision int) *big.Rat {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(precision)), nil)
	scaled := mul(x, new(big.Rat).SetInt(scale))
	doubled := new(big.Int).Add(new(big.Int).Mul(new(big.Int).Abs(scaled.Num()), big.NewInt(2)), scaled.Denom())
	units := doubled.Div(doubled, new(big.Int).Mul(scaled.Denom(), big.NewInt(2)))
	if scaled.Sign() < 0 {
		units.Neg(units)
	}
	return new(big.Rat).SetFrac(units, scale)
}
