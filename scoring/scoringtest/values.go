package scoringtest

import (
	"math/big"
	"slices"

	"github.com/steelyard/steelyard/scoring"
)

func (it *item) missing(reason scoring.Reason) { it.reason = reason }

// metric finds x of a metric item: actual, attainment, gap or growth.
func (it *item) metric(in scoring.Input, periodDays, days int) {
	of := it.method.of
	needsTarget := of == scoring.OfAttainment || of == scoring.OfGap
	if !in.Actual.Valid() || (needsTarget && !in.Target.Valid()) || (of == scoring.OfGrowth && !in.Baseline.Valid()) {
		it.missing(scoring.NoData)
		return
	}
	actual := in.Actual.Rat()
	if it.def.Flow {
		actual = quo(mul(actual, whole(int64(periodDays))), whole(int64(days)))
	}
	switch of {
	case scoring.OfActual:
		it.x = actual
	case scoring.OfGap:
		it.x = sub(actual, in.Target.Rat())
	case scoring.OfGrowth:
		baseline := in.Baseline.Rat()
		if baseline.Sign() == 0 {
			it.missing(scoring.BaselineZero)
			return
		}
		it.x = quo(sub(actual, baseline), new(big.Rat).Abs(baseline))
	case scoring.OfAttainment:
		it.attainment(actual, in.Target.Rat())
	}
}

func (it *item) attainment(actual, target *big.Rat) {
	m := &it.method
	ratioLower := m.kind == scoring.MethodRatio && m.direction == scoring.Lower
	switch {
	case target.Sign() < 0, target.Sign() == 0 && !ratioLower:
		it.missing(scoring.TargetNotPositive)
		return
	case target.Sign() == 0:
		it.fixed = pick(actual.Sign() <= 0, m.limit, m.floor)
		return
	}
	attained := quo(actual, target)
	switch {
	case m.kind == scoring.MethodIncrements || m.direction != scoring.Lower:
		it.x = attained
	case m.inverse == scoring.Reciprocal && actual.Sign() <= 0:
		it.fixed = m.limit
	case m.inverse == scoring.Reciprocal:
		it.x = quo(target, actual)
	default:
		it.x = sub(whole(2), attained)
	}
}

// rating finds the weighted mean of the roles that count (section 2.1).
func (it *item) rating(in scoring.Input) {
	if in.Ratings == nil {
		it.missing(scoring.NoData)
		return
	}
	sum, weights := new(big.Rat), new(big.Rat)
	for _, role := range it.def.Rating.Roles {
		mean := it.roleMean(role, in.Ratings)
		if mean == nil && role.Required {
			it.missing(scoring.RoleMissing)
			return
		}
		if mean != nil {
			sum.Add(sum, mul(mean, role.Weight.Rat()))
			weights.Add(weights, role.Weight.Rat())
		}
	}
	if weights.Sign() == 0 {
		it.missing(scoring.NoRatings)
		return
	}
	it.x = quo(sum, weights)
}

func (it *item) roleMean(role scoring.Role, ratings []scoring.Rating) *big.Rat {
	var points []*big.Rat
	for _, r := range ratings {
		if r.Role != role.Role {
			continue
		}
		level := slices.IndexFunc(it.def.Rating.Levels, func(l scoring.Level) bool { return l.Level == r.Level })
		points = append(points, it.def.Rating.Levels[level].Points.Rat())
	}
	if int64(len(points)) < max(role.Min, 1) {
		return nil
	}
	if role.Trim && len(points) >= 5 {
		slices.SortFunc(points, (*big.Rat).Cmp)
		points = points[1 : len(points)-1]
	}
	sum := new(big.Rat)
	for _, p := range points {
		sum.Add(sum, p)
	}
	return quo(sum, whole(int64(len(points))))
}

// survey finds the points of the answers' mean, drawn to the prior (section 2.2).
func (it *item) survey(in scoring.Input) {
	s := it.def.Survey
	switch {
	case in.Survey == nil:
		it.missing(scoring.NoData)
		return
	case in.Survey.Count < max(s.MinCount, 1):
		it.missing(scoring.TooFewAnswers)
		return
	}
	sum, count := in.Survey.Sum.Rat(), whole(in.Survey.Count)
	if s.PriorMean.Valid() {
		sum = add(sum, mul(s.PriorMean.Rat(), s.PriorWeight.Rat()))
		count = add(count, s.PriorWeight.Rat())
	}
	from := s.ScaleMin.Rat()
	it.x = quo(mul(whole(100), sub(quo(sum, count), from)), sub(s.ScaleMax.Rat(), from))
}

// events finds what the events cost together; the method subtracts it.
func (it *item) events(in scoring.Input) {
	if in.Events == nil {
		it.missing(scoring.NoData)
		return
	}
	cost := new(big.Rat)
	for _, e := range in.Events {
		for _, p := range it.def.Method.Events {
			if p.Type == e.Type {
				cost.Add(cost, mul(whole(e.Count), p.Points.Rat()))
			}
		}
	}
	it.x = cost
}
