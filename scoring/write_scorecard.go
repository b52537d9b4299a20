package scoring

// JSON gives the scorecard as canonical JSON: always the same order of fields,
// figures without trailing zeros, nothing that was left out. Reading it again
// gives an equal scorecard.
func (s *Scorecard) JSON() []byte {
	w := &writer{}
	w.scorecard(s)
	return w.dst
}

func (w *writer) scorecard(s *Scorecard) {
	w.sign('{')
	w.textField("code", s.Code)
	w.nameField("name", s.Name)
	if len(s.Positions) > 0 {
		w.field("positions")
		w.sign('[')
		for _, position := range s.Positions {
			w.text(position)
		}
		w.end(']')
	}
	w.textField("peer_group", s.PeerGroup)
	w.integerField("precision", int64(s.Precision))
	w.numberField("total_cap", s.TotalCap)
	w.numberField("bonus_cap", s.BonusCap)
	w.numberField("deduction_cap", s.DeductionCap)
	w.field("perspectives")
	w.sign('[')
	for i := range s.Perspectives {
		w.perspective(&s.Perspectives[i])
	}
	w.end(']')
	w.adjustments(s.Adjustments)
	w.vetoes(s.Vetoes)
	w.grades(s.Grades)
	w.end('}')
}

func (w *writer) perspective(p *Perspective) {
	w.sign('{')
	w.textField("key", p.Key)
	w.nameField("name", p.Name)
	w.field("items")
	w.sign('[')
	for i := range p.Items {
		w.item(&p.Items[i])
	}
	w.end(']')
	w.end('}')
}

func (w *writer) item(i *Item) {
	w.sign('{')
	w.textField("key", i.Key)
	w.nameField("name", i.Name)
	w.numberField("weight", i.Weight)
	w.textField("source", string(i.Source))
	w.textField("metric", i.Metric)
	w.flagField("flow", i.Flow)
	w.textField("missing", string(i.Missing))
	w.numberField("neutral", i.Neutral)
	if i.Rating != nil {
		w.rubric(i.Rating)
	}
	if s := i.Survey; s != nil {
		w.field("survey")
		w.sign('{')
		w.numberField("scale_min", s.ScaleMin)
		w.numberField("scale_max", s.ScaleMax)
		w.countField("min_count", s.MinCount)
		w.numberField("prior_mean", s.PriorMean)
		w.numberField("prior_weight", s.PriorWeight)
		w.end('}')
	}
	w.method(&i.Method)
	w.end('}')
}

func (w *writer) rubric(r *Rubric) {
	w.field("rating")
	w.sign('{')
	w.field("levels")
	w.sign('{')
	for i := range r.Levels {
		w.field(r.Levels[i].Level)
		w.number(r.Levels[i].Points)
	}
	w.end('}')
	w.field("roles")
	w.sign('[')
	for i := range r.Roles {
		role := &r.Roles[i]
		w.sign('{')
		w.textField("role", role.Role)
		w.numberField("weight", role.Weight)
		w.countField("min", role.Min)
		w.flagField("trim", role.Trim)
		w.flagField("required", role.Required)
		w.end('}')
	}
	w.end(']')
	w.end('}')
}

func (w *writer) method(m *Method) {
	w.field("method")
	w.sign('{')
	w.textField("type", string(m.Type))
	w.textField("of", string(m.Of))
	w.textField("direction", string(m.Direction))
	w.textField("inverse", string(m.Inverse))
	w.textField("order", string(m.Order))
	w.textField("op", string(m.Op))
	w.countField("min_peers", m.MinPeers)
	w.flagField("strict", m.Strict)
	w.flagField("whole_steps", m.WholeSteps)
	for _, figure := range m.figures() {
		w.numberField(figure.name, *figure.value)
	}
	w.rows(m)
	w.end('}')
}

// rows writes the table or points of a method.
func (w *writer) rows(m *Method) {
	if len(m.Table) > 0 {
		w.field("table")
		w.sign('[')
		for i := range m.Table {
			w.pair("from", m.Table[i].From, "score", m.Table[i].Score)
		}
		w.end(']')
	}
	if len(m.Points) > 0 {
		w.field("points")
		w.sign('[')
		for i := range m.Points {
			w.pair("x", m.Points[i].X, "score", m.Points[i].Score)
		}
		w.end(']')
	}
	if len(m.Events) > 0 {
		w.field("points")
		w.sign('{')
		for i := range m.Events {
			w.field(m.Events[i].Type)
			w.number(m.Events[i].Points)
		}
		w.end('}')
	}
}

func (w *writer) pair(name1 string, n1 Number, name2 string, n2 Number) {
	w.sign('{')
	w.numberField(name1, n1)
	w.numberField(name2, n2)
	w.end('}')
}

func (w *writer) adjustments(list []Adjustment) {
	if len(list) == 0 {
		return
	}
	w.field("adjustments")
	w.sign('[')
	for i := range list {
		w.sign('{')
		w.textField("key", list[i].Key)
		w.nameField("name", list[i].Name)
		w.textField("type", string(list[i].Type))
		w.numberField("cap", list[i].Cap)
		w.end('}')
	}
	w.end(']')
}

func (w *writer) vetoes(list []Veto) {
	if len(list) == 0 {
		return
	}
	w.field("vetoes")
	w.sign('[')
	for i := range list {
		w.sign('{')
		w.textField("key", list[i].Key)
		w.nameField("name", list[i].Name)
		w.numberField("cap", list[i].Cap)
		w.end('}')
	}
	w.end(']')
}

func (w *writer) grades(list []Grade) {
	if len(list) == 0 {
		return
	}
	w.field("grades")
	w.sign('[')
	for i := range list {
		w.sign('{')
		w.textField("grade", list[i].Grade)
		w.numberField("min", list[i].Min)
		w.textField("coefficient", list[i].Coefficient)
		w.end('}')
	}
	w.end(']')
}
