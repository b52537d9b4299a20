package scoring

// Explain gives the trace of a member that was added, after Finish, nil for any
// other. It may be called from several goroutines.
func (e *Evaluation) Explain(m *Member) *Trace {
	t := new(Trace)
	if !e.ExplainTo(t, m) {
		return nil
	}
	return t
}

// ExplainTo is Explain into a trace that is used again. It reports whether m was added.
func (e *Evaluation) ExplainTo(t *Trace, m *Member) bool {
	index, added := e.find(m.ID)
	if !added {
		return false
	}
	state := e.members.at(int(index))
	t.restart(e)
	t.Segments = resized(t.Segments, len(m.Segments))
	t.Result.Segments = resized(t.Result.Segments, int(state.segments))
	counting := 0
	for i := range m.Segments {
		s := &t.Segments[i]
		card := e.cards[m.Segments[i].Scorecard]
		s.restart(i, &m.Segments[i], card)
		if s.Counts = s.Days >= e.minDays; !s.Counts {
			continue
		}
		e.explainSegment(s, &m.Segments[i], e.segments.at(int(state.first)+counting), &t.Result.Segments[counting])
		if counting == int(state.main) {
			t.Main = i
		}
		counting++
	}
	e.conclude(state, t.Result)
	if t.Main >= 0 {
		t.explainTotal(e.cards[m.Segments[t.Main].Scorecard], m, state)
	}
	return true
}

// find gives the index of the member with an id.
func (e *Evaluation) find(id string) (int32, bool) {
	e.byIDOnce.Do(func() {
		e.byID = make(map[string]int32, e.members.size)
		for i := range e.members.size {
			e.byID[e.members.at(i).id] = int32(i)
		}
	})
	index, added := e.byID[id]
	return index, added
}

// restart empties the trace and keeps its lists.
func (t *Trace) restart(e *Evaluation) {
	result := t.Result
	if result == nil {
		result = new(Result)
	}
	*t = Trace{Result: result, PeriodDays: e.periodDays, MinDays: e.minDays, Main: -1, Segments: t.Segments,
		Adjustments: t.Adjustments[:0], Vetoes: t.Vetoes[:0]}
}

func (s *SegmentTrace) restart(index int, of *Segment, card *compiledCard) {
	*s = SegmentTrace{Index: index, Scorecard: of.Scorecard, Card: card.card, PeerGroup: of.PeerGroup, Days: of.Days,
		Subtotals: s.Subtotals[:0], Items: s.Items[:0]}
}

// explainSegment evaluates the segment again, every step of it kept.
func (e *Evaluation) explainSegment(s *SegmentTrace, of *Segment, state *segmentState, r *SegmentResult) {
	card := state.group.card
	period, days := FromInt(int64(e.periodDays)), FromInt(int64(of.Days))
	r.Index, r.Scorecard, r.PeerGroup, r.Days = s.Index, card.key, of.PeerGroup, of.Days
	if s.Items = resized(s.Items, len(card.items)); len(s.Items) > 0 && s.Items[0].Item == nil {
		card.makeRoom(s.Items)
	}
	r.Items = resized(r.Items, len(card.items))
	for i := range card.items {
		item, t := &card.items[i], &s.Items[i]
		t.reset()
		t.Item, t.Method, t.Perspective, t.Weight = item.Item, &item.method, item.perspective, item.Weight
		why := item.value(input(of, i), period, days, t)
		switch kept := &state.items[i]; {
		case item.peer >= 0 && why == valued:
			why = state.group.items[item.peer].against(item, int(kept.units), t)
			state.group.items[item.peer].explain(item, t)
		case why == valued:
			item.score(t)
		}
		r.Items[i] = ItemResult{Key: item.Key, Reason: reasons[why], Score: t.Score}
	}
	card.weigh(r)
	s.take(card, r)
}

// makeRoom gives the lists of fresh item traces their room in two pieces.
func (c *compiledCard) makeRoom(items []ItemTrace) {
	roles, events := make([]RoleTrace, c.roles), make([]EventTrace, c.events)
	for i := range items {
		item := &c.items[i]
		if item.Source == SourceRating {
			n := len(item.Rating.Roles)
			items[i].Roles, roles = roles[:0:n], roles[n:]
		}
		if n := len(item.method.Events); n > 0 {
			items[i].Events, events = events[:0:n], events[n:]
		}
	}
}

// take copies what the items weigh into the trace, with the perspectives' subtotals.
func (s *SegmentTrace) take(card *compiledCard, r *SegmentResult) {
	s.Status, s.Base, s.Excluded = r.Status, r.Base, zero
	if r.Status == Complete {
		for range card.card.Perspectives {
			s.Subtotals = append(s.Subtotals, card.zeroScore())
		}
	}
	for i := range s.Items {
		t, result := &s.Items[i], &r.Items[i]
		t.Status, t.Reason, t.Score = result.Status, result.Reason, result.Score
		t.EffectiveWeight, t.Contribution = result.EffectiveWeight, result.Contribution
		if t.Status == ItemExcluded {
			s.Excluded = s.Excluded.Add(t.Weight)
		}
		if t.Contribution.Valid() {
			s.Subtotals[t.Perspective] = s.Subtotals[t.Perspective].Add(t.Contribution)
		}
	}
}

// explainTotal writes how the total came of the base.
func (t *Trace) explainTotal(card *compiledCard, m *Member, state *memberState) {
	x := card.extras(m, t)
	if !state.total.Valid() {
		return
	}
	t.BonusCap, t.DeductionCap, t.TotalCap = card.card.BonusCap, card.card.DeductionCap, card.totalCap
	t.Uncapped = state.base.Add(x.bonus).Sub(x.deduction)
	t.BeforeVeto = t.Uncapped.clamp(zero, card.totalCap)
	bites := x.veto.Valid() && x.veto.Cmp(t.BeforeVeto) < 0
	for i := range card.card.Vetoes {
		v := &card.card.Vetoes[i]
		if !contains(m.Vetoes, v.Key) {
			continue
		}
		bit := bites && v.Cap.Cmp(x.veto) == 0
		bites = bites && !bit
		t.Vetoes = append(t.Vetoes, VetoTrace{Key: v.Key, Name: v.Name, Cap: v.Cap, Bit: bit})
	}
	t.Grade = card.grade(state.total)
}

// explain adds the peers' figures that a score by z-values took.
func (p *peerItem) explain(i *compiledItem, t *ItemTrace) {
	if i.method.Type != MethodStandard || !t.Score.Valid() {
		return
	}
	m := p.standard.moments()
	t.Peers.Mean, t.Peers.SD, t.Peers.SDExact = m.mean, m.sd, m.exact
	switch {
	case p.standard.flat:
		t.Unclamped = i.method.Mean
	case m.exact:
		z := t.X.Sub(m.mean).Quo(m.sd).Mul(i.method.SD)
		if i.method.Order == Asc {
			z = z.Neg()
		}
		t.Unclamped = i.method.Mean.Add(z)
	}
}
