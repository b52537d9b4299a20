package scoringtest

import (
	"math/big"
	"slices"

	"github.com/steelyard/steelyard/scoring"
)

// member adds up a member's segments, adjustments and vetoes (sections 4.4 to 4.10).
func member(in *scoring.Member, segments []*segment) *scoring.Result {
	r := &scoring.Result{ID: in.ID, Main: -1, Status: scoring.Complete}
	for i, s := range segments {
		r.Segments = append(r.Segments, s.result())
		if r.Main < 0 || s.in.Days >= segments[r.Main].in.Days {
			r.Main = i
		}
		if s.status == scoring.Incomplete {
			r.Status, r.Reason = scoring.Incomplete, scoring.SegmentIncomplete
		}
	}
	if r.Main < 0 {
		r.Status, r.Reason = scoring.NotAssessed, scoring.NoCountingSegment
		return r
	}
	card := segments[r.Main].card
	r.Precision = card.Precision
	if reason := unlisted(in, card); reason != "" && r.Status == scoring.Complete {
		r.Status, r.Reason = scoring.Incomplete, reason
	}
	if r.Status == scoring.Complete {
		total(r, in, card, base(segments, card.Precision))
	}
	return r
}

func (s *segment) result() scoring.SegmentResult {
	out := scoring.SegmentResult{
		Index: s.index, Scorecard: s.in.Scorecard, PeerGroup: s.in.PeerGroup, Days: s.in.Days,
		Status: s.status, Base: number(s.base), Precision: s.card.Precision,
	}
	for n := range s.items {
		it := &s.items[n]
		out.Items = append(out.Items, scoring.ItemResult{
			Key: it.def.Key, Status: it.status, Reason: it.reason,
			Score: number(it.score), Contribution: number(it.contribution), EffectiveWeight: number(it.effective),
		})
	}
	return out
}

func number(r *big.Rat) scoring.Number {
	if r == nil {
		return scoring.Number{}
	}
	return scoring.FromRat(r)
}

// base is the member's: the segment's own, or the mean by days.
func base(segments []*segment, precision int) *big.Rat {
	if len(segments) == 1 {
		return segments[0].base
	}
	sum, days := new(big.Rat), new(big.Rat)
	for _, s := range segments {
		sum.Add(sum, mul(whole(int64(s.in.Days)), s.base))
		days.Add(days, whole(int64(s.in.Days)))
	}
	return round(quo(sum, days), precision)
}

func unlisted(in *scoring.Member, card *scoring.Scorecard) scoring.Reason {
	for _, e := range in.Adjustments {
		if !slices.ContainsFunc(card.Adjustments, func(a scoring.Adjustment) bool { return a.Key == e.Key }) {
			return scoring.AdjustmentNotListed
		}
	}
	for _, key := range in.Vetoes {
		if !slices.ContainsFunc(card.Vetoes, func(v scoring.Veto) bool { return v.Key == key }) {
			return scoring.VetoNotListed
		}
	}
	return ""
}

func total(r *scoring.Result, in *scoring.Member, card *scoring.Scorecard, base *big.Rat) {
	bonus, deduction := new(big.Rat), new(big.Rat)
	for _, a := range card.Adjustments {
		sum := new(big.Rat)
		for _, e := range in.Adjustments {
			if e.Key == a.Key {
				sum.Add(sum, e.Points.Rat())
			}
		}
		sum = round(least(sum, a.Cap.Rat()), card.Precision)
		if a.Type == scoring.Bonus {
			bonus.Add(bonus, sum)
		} else {
			deduction.Add(deduction, sum)
		}
	}
	if card.BonusCap.Valid() {
		bonus = least(bonus, card.BonusCap.Rat())
	}
	if card.DeductionCap.Valid() {
		deduction = least(deduction, card.DeductionCap.Rat())
	}
	sum := clamp(sub(add(base, bonus), deduction), new(big.Rat), or(card.TotalCap, 100))
	for _, v := range card.Vetoes {
		if slices.Contains(in.Vetoes, v.Key) {
			sum = least(sum, v.Cap.Rat())
		}
	}
	r.Base, r.Bonus, r.Deduction, r.Total = number(base), number(bonus), number(deduction), number(sum)
	for _, g := range card.Grades {
		if !g.Min.Valid() || g.Min.Rat().Cmp(sum) <= 0 {
			r.Grade, r.Coefficient = g.Grade, g.Coefficient
			return
		}
	}
}

// places ranks complete members among those with the same main scorecard and
// peer group; equals share the better place (section 4.11).
func places(results []*scoring.Result) {
	for _, r := range results {
		if r.Status != scoring.Complete {
			continue
		}
		r.Rank = 1
		for _, other := range results {
			if other.Status != scoring.Complete || other.Segments[other.Main].Scorecard != r.Segments[r.Main].Scorecard ||
				other.Segments[other.Main].PeerGroup != r.Segments[r.Main].PeerGroup {
				continue
			}
			r.Peers++
			if other.Total.Cmp(r.Total) > 0 {
				r.Rank++
			}
		}
	}
}
