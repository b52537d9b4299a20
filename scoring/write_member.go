package scoring

// AppendMember appends the canonical JSON of a member, an element of a case's
// staff: always the same order of fields, inputs in the order of the scorecard,
// figures without trailing zeros, nothing that was left out. ReadMember gives an
// equal member back. The member's scorecards must be among cards.
func AppendMember(dst []byte, m *Member, cards map[string]*Scorecard) []byte {
	w := writer{dst: dst}
	w.sign('{')
	w.field("id")
	w.text(m.ID)
	w.field("segments")
	w.sign('[')
	for i := range m.Segments {
		w.segment(&m.Segments[i], cards[m.Segments[i].Scorecard])
	}
	w.end(']')
	w.entries(m)
	w.end('}')
	return w.dst
}

// entries writes a member's adjustments and vetoes.
func (w *writer) entries(m *Member) {
	if len(m.Adjustments) > 0 {
		w.field("adjustments")
		w.sign('[')
		for i := range m.Adjustments {
			w.sign('{')
			w.textField("key", m.Adjustments[i].Key)
			w.numberField("points", m.Adjustments[i].Points)
			w.end('}')
		}
		w.end(']')
	}
	if len(m.Vetoes) > 0 {
		w.field("vetoes")
		w.sign('[')
		for _, veto := range m.Vetoes {
			w.text(veto)
		}
		w.end(']')
	}
}

func (w *writer) segment(s *Segment, card *Scorecard) {
	w.sign('{')
	w.textField("scorecard", s.Scorecard)
	w.textField("peer_group", s.PeerGroup)
	w.integerField("days", int64(s.Days))
	if anyGiven(s.Inputs) && card != nil {
		w.inputs(s.Inputs, card)
	}
	w.end('}')
}

func anyGiven(inputs []Input) bool {
	for i := range inputs {
		if inputs[i].Given {
			return true
		}
	}
	return false
}

// inputs writes what is given of each item.
func (w *writer) inputs(inputs []Input, card *Scorecard) {
	w.field("inputs")
	w.sign('{')
	index := 0
	for p := range card.Perspectives {
		items := card.Perspectives[p].Items
		for i := range items {
			if index < len(inputs) && inputs[index].Given {
				w.field(items[i].Key)
				w.input(&inputs[index])
			}
			index++
		}
	}
	w.end('}')
}

func (w *writer) input(in *Input) {
	w.sign('{')
	w.numberField("actual", in.Actual)
	w.numberField("target", in.Target)
	w.numberField("baseline", in.Baseline)
	if in.Ratings != nil {
		w.field("ratings")
		w.sign('[')
		for i := range in.Ratings {
			w.sign('{')
			w.textField("role", in.Ratings[i].Role)
			w.textField("rater", in.Ratings[i].Rater)
			w.textField("level", in.Ratings[i].Level)
			w.end('}')
		}
		w.end(']')
	}
	if in.Survey != nil {
		w.integerField("count", in.Survey.Count)
		w.numberField("sum", in.Survey.Sum)
	}
	if in.Events != nil {
		w.field("events")
		w.sign('{')
		for i := range in.Events {
			w.integerField(in.Events[i].Type, in.Events[i].Count)
		}
		w.end('}')
	}
	w.end('}')
}
