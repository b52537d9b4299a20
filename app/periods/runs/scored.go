package runs

import "github.com/steelyard/steelyard/scoring"

// AppendJSON appends a result as "steelyard score" prints it, its id the staff number.
func (b *Book) AppendJSON(dst []byte, r *Result) []byte {
	return scoring.AppendResult(dst, b.scored(r))
}

// scored gives the result as the evaluation gave it, as far as it is stored.
func (b *Book) scored(r *Result) *scoring.Result {
	result := &scoring.Result{
		ID: r.StaffNo, Status: scoring.Status(r.Status), Reason: scoring.Reason(r.Reason), Precision: r.Precision,
		Base: r.Base.number(), Bonus: r.Bonus.number(), Deduction: r.Deduction.number(), Total: r.Total.number(),
		Grade: r.Grade, Coefficient: r.Coefficient, Rank: r.Place, Peers: r.Peers, Main: -1,
	}
	for i := range r.Segments {
		s := &r.Segments[i]
		card := b.cards[s.Scorecard]
		if s.Status == Short || card == nil {
			continue
		}
		segment := scoring.SegmentResult{
			Index: i, Scorecard: s.Scorecard, PeerGroup: s.PeerGroup, Days: s.Days,
			Status: scoring.Status(s.Status), Base: s.Base.number(), Precision: card.Precision,
		}
		for n := range s.Items {
			item := scoring.ItemResult{
				Status: scoring.ItemStatus(s.Items[n].Status), Reason: scoring.Reason(s.Items[n].Reason),
				Score: s.Items[n].Score.number(), Contribution: s.Items[n].Contribution.number(),
			}
			if n < len(card.items) {
				item.Key = card.items[n].Key
			}
			segment.Items = append(segment.Items, item)
		}
		result.Segments = append(result.Segments, segment)
	}
	return result
}

func (p Points) number() scoring.Number {
	if !p.Known {
		return scoring.Number{}
	}
	return scoring.FromScaled(p.Scaled, scale)
}
