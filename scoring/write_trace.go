package scoring

// AppendTrace appends the values of a trace as JSON: figures as texts, decimals
// exactly and anything else to 10 significant digits; what does not apply is left out.
func AppendTrace(dst []byte, t *Trace) []byte {
	w := &writer{dst: dst}
	w.sign('{')
	w.integerField("period_days", int64(t.PeriodDays))
	w.textField("reason", string(t.Result.Reason))
	w.field("segments")
	w.sign('[')
	for i := range t.Segments {
		w.segmentTrace(t, &t.Segments[i])
	}
	w.end(']')
	w.totalTrace(t)
	w.end('}')
	return w.dst
}

// shownField writes a value as it is shown.
func (w *writer) shownField(name string, n Number) {
	if n.Valid() {
		w.textField(name, shownValue(n))
	}
}

// shownValue writes a decimal exactly and anything else to 10 significant digits.
// What has more decimals than exact figures can is a root or a mean cut short.
func shownValue(n Number) string {
	if decimals, ok := n.decimals(); ok && decimals >= len(powers) {
		return n.Significant(significant)
	}
	return n.String()
}

func (w *writer) segmentTrace(t *Trace, s *SegmentTrace) {
	w.sign('{')
	w.integerField("index", int64(s.Index))
	w.textField("scorecard", s.Scorecard)
	w.textField("peer_group", s.PeerGroup)
	w.integerField("days", int64(s.Days))
	w.flagField("counts", s.Counts)
	w.flagField("main", s.Index == t.Main)
	if s.Counts {
		w.textField("status", string(s.Status))
		w.shownField("excluded_weight", s.Excluded)
		w.shownField("base", s.Base)
		w.field("items")
		w.sign('[')
		for i := range s.Items {
			w.itemTrace(&s.Items[i])
		}
		w.end(']')
		w.subtotals(s)
	}
	w.end('}')
}

func (w *writer) subtotals(s *SegmentTrace) {
	if len(s.Subtotals) == 0 {
		return
	}
	w.field("subtotals")
	w.sign('{')
	for p := range s.Subtotals {
		w.shownField(s.Card.Perspectives[p].Key, s.Subtotals[p])
	}
	w.end('}')
}

func (w *writer) itemTrace(i *ItemTrace) {
	w.sign('{')
	w.textField("key", i.Item.Key)
	w.textField("status", string(i.Status))
	w.textField("reason", string(i.Reason))
	w.textField("method", string(i.Method.Type))
	w.textField("of", string(i.Method.Of))
	w.shownField("actual", i.Actual)
	w.shownField("raised", i.Raised)
	w.shownField("target", i.Target)
	w.shownField("baseline", i.Baseline)
	w.answersTrace(i)
	w.peersTrace(&i.Peers)
	w.shownField("x", i.X)
	w.shownField("unclamped", i.Unclamped)
	w.shownField("floor", i.Method.Floor)
	w.shownField("cap", i.Method.Cap)
	w.shownField("score", i.Score)
	w.shownField("weight", i.Weight)
	w.shownField("effective_weight", i.EffectiveWeight)
	w.shownField("contribution", i.Contribution)
	w.end('}')
}

// answersTrace writes what raters, customers and events gave.
func (w *writer) answersTrace(i *ItemTrace) {
	if len(i.Roles) > 0 {
		w.field("roles")
		w.sign('[')
		for r := range i.Roles {
			role := &i.Roles[r]
			w.sign('{')
			w.textField("role", role.Role)
			w.integerField("count", int64(role.Count))
			w.flagField("counts", role.Counts)
			if role.Counts {
				w.integerField("used", int64(role.Used))
			}
			w.shownField("mean", role.Mean)
			w.shownField("weight", role.Weight)
			w.shownField("share", role.Share)
			w.end('}')
		}
		w.end(']')
	}
	if i.Sum.Valid() {
		w.integerField("count", i.Count)
		w.shownField("sum", i.Sum)
		w.shownField("mean", i.MeanAnswer)
	}
	if len(i.Events) > 0 {
		w.field("events")
		w.sign('[')
		for e := range i.Events {
			w.sign('{')
			w.textField("type", i.Events[e].Type)
			w.integerField("count", i.Events[e].Count)
			w.shownField("points", i.Events[e].Points)
			w.end('}')
		}
		w.end(']')
	}
}

func (w *writer) peersTrace(p *PeersTrace) {
	if p.N == 0 {
		return
	}
	w.field("peers")
	w.sign('{')
	w.integerField("n", int64(p.N))
	w.shownField("rank", p.Rank)
	w.shownField("max", p.Max)
	w.shownField("min", p.Min)
	w.shownField("mean", p.Mean)
	w.shownField("sd", p.SD)
	w.end('}')
}

// totalTrace writes how the total came of the base.
func (w *writer) totalTrace(t *Trace) {
	if len(t.Adjustments) > 0 {
		w.field("adjustments")
		w.sign('[')
		for i := range t.Adjustments {
			a := &t.Adjustments[i]
			w.sign('{')
			w.textField("key", a.Key)
			w.textField("type", string(a.Type))
			w.shownField("entered", a.Entered)
			w.shownField("cap", a.Cap)
			w.shownField("counted", a.Counted)
			w.end('}')
		}
		w.end(']')
	}
	if t.Result.Status != Complete {
		return
	}
	w.shownField("bonus_sum", t.BonusSum)
	w.shownField("bonus_cap", t.BonusCap)
	w.shownField("deduction_sum", t.DeductionSum)
	w.shownField("deduction_cap", t.DeductionCap)
	w.shownField("uncapped", t.Uncapped)
	w.shownField("total_cap", t.TotalCap)
	w.shownField("before_veto", t.BeforeVeto)
	if len(t.Vetoes) > 0 {
		w.field("vetoes")
		w.sign('[')
		for i := range t.Vetoes {
			w.sign('{')
			w.textField("key", t.Vetoes[i].Key)
			w.shownField("cap", t.Vetoes[i].Cap)
			w.flagField("bit", t.Vetoes[i].Bit)
			w.end('}')
		}
		w.end(']')
	}
	if t.Grade != nil {
		w.shownField("grade_min", t.Grade.Min)
	}
}
