package scoring

// weigh turns the items' outcomes, of which the Reasons and the scores of those
// without one are known, into contributions and the segment's base.
func (c *compiledCard) weigh(s *SegmentResult) {
	excluded, counted, complete := zero, 0, true
	for i := range s.Items {
		item, r := &c.items[i], &s.Items[i]
		r.Contribution, r.EffectiveWeight = Number{}, Number{}
		c.replace(item, r)
		switch r.Status {
		case ItemMissing:
			complete = false
		case ItemExcluded:
			excluded = excluded.Add(item.Weight)
		default:
			counted++
		}
	}
	s.Status, s.Base, s.Precision = Incomplete, Number{}, c.precision
	if !complete || counted == 0 {
		return
	}
	s.Status, s.Base = Complete, c.zeroScore()
	rest := hundred.Sub(excluded).reduced()
	for i := range s.Items {
		item, r := &c.items[i], &s.Items[i]
		if r.Status == ItemExcluded {
			continue
		}
		share := item.share
		r.EffectiveWeight = item.Weight
		if excluded.Sign() != 0 {
			share = item.Weight.Quo(rest)
			r.EffectiveWeight = share.Mul(hundred)
		}
		r.Contribution = r.Score.Mul(share).Round(c.precision)
		s.Base = s.Base.Add(r.Contribution)
	}
}

// replace applies the item's rule for missing values.
func (c *compiledCard) replace(item *compiledItem, r *ItemResult) {
	if r.Reason == "" {
		r.Status = ItemScored
		return
	}
	switch item.Missing {
	case MissingZero:
		r.Status, r.Score = ItemZero, c.zeroScore()
	case MissingNeutral:
		r.Status, r.Score = ItemNeutral, item.neutral
	case MissingExclude:
		r.Status, r.Score = ItemExcluded, Number{}
	default:
		r.Status, r.Score = ItemMissing, Number{}
	}
}

// extras are what a member's adjustments and vetoes come to.
type extras struct {
	bonus, deduction Number
	veto             Number // the lowest cap of the triggered vetoes; absent without one
	why              cause  // an adjustment or veto that the scorecard does not list

}

// extras adds up a member's adjustments (R4) and vetoes by the main scorecard.
// It writes each adjustment that the scorecard lists into t, if there is one.
func (c *compiledCard) extras(m *Member, t *Trace) extras {
	x := extras{bonus: c.zeroScore(), deduction: c.zeroScore()}
	listed := 0
	for i := range c.card.Adjustments {
		a := &c.card.Adjustments[i]
		entered, entries := zero, 0
		for e := range m.Adjustments {
			if m.Adjustments[e].Key == a.Key {
				entered = entered.Add(m.Adjustments[e].Points)
				entries++
			}
		}
		listed += entries
		counted := entered.clamp(Number{}, a.Cap).Round(c.precision)
		if a.Type == Bonus {
			x.bonus = x.bonus.Add(counted)
		} else {
			x.deduction = x.deduction.Add(counted)
		}
		if t != nil && entries > 0 {
			t.Adjustments = append(t.Adjustments, AdjustmentTrace{Key: a.Key, Name: a.Name, Type: a.Type,
				Entered: entered, Cap: a.Cap, Counted: counted})
		}
	}
	if t != nil {
		t.BonusSum, t.DeductionSum = x.bonus, x.deduction
	}
	x.bonus = x.bonus.clamp(Number{}, c.card.BonusCap)
	x.deduction = x.deduction.clamp(Number{}, c.card.DeductionCap)
	if listed < len(m.Adjustments) {
		x.why = adjustmentNotListed
	}
	c.vetoes(m, &x)
	return x
}

func (c *compiledCard) vetoes(m *Member, x *extras) {
	for _, key := range m.Vetoes {
		found := false
		for i := range c.card.Vetoes {
			if v := &c.card.Vetoes[i]; v.Key == key {
				found = true
				if !x.veto.Valid() || v.Cap.Cmp(x.veto) < 0 {
					x.veto = v.Cap
				}
			}
		}
		if !found && x.why == valued {
			x.why = vetoNotListed
		}
	}
}

// total gives base + bonus − deduction within 0 and the total cap, and under the veto.
func (c *compiledCard) total(base Number, x *extras) Number {
	return base.Add(x.bonus).Sub(x.deduction).clamp(zero, c.totalCap).clamp(Number{}, x.veto).Round(c.precision)
}

// grade gives the first row whose min the total reaches, nil without grades.
func (c *compiledCard) grade(total Number) *Grade {
	for i := range c.card.Grades {
		if g := &c.card.Grades[i]; !g.Min.Valid() || g.Min.Cmp(total) <= 0 {
			return g
		}
	}
	return nil
}
