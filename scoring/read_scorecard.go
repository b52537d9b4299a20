package scoring

// scorecard reads the scorecard at n, faults inside it included.
func (r reader) scorecard(n int32) *Scorecard {
	s := &Scorecard{Precision: defaultPrecision}
	if !r.object(n, "code", "name", "positions", "peer_group", "precision", "total_cap", "bonus_cap", "deduction_cap",
		"perspectives", "adjustments", "vetoes", "grades") {
		return s
	}
	s.Code, s.Name, s.PeerGroup = r.text(n, "code"), r.name(n, "name"), r.text(n, "peer_group")
	for c, _ := r.list(n, "positions"); c != none; c = r.nodes[c].next {
		s.Positions = append(s.Positions, r.textAt(c))
	}
	if precision, ok := r.count(n, "precision", 0); ok {
		s.Precision = int(precision)
	}
	s.TotalCap, s.BonusCap, s.DeductionCap = r.number(n, "total_cap"), r.number(n, "bonus_cap"), r.number(n, "deduction_cap")
	for c, _ := r.list(n, "perspectives"); c != none; c = r.nodes[c].next {
		s.Perspectives = append(s.Perspectives, r.perspective(c))
	}
	r.extras(n, s)
	for _, fault := range s.Validate() {
		fault.Path = joinPath(r.path(n), fault.Path)
		r.report(fault)
	}
	return s
}

// joinPath gives the path of something inside a value; the outermost object's own path is the file's name.
func joinPath(outer, inner string) string {
	switch {
	case inner == "":
		return outer
	case outer == "" || inner[0] == '[':
		return outer + inner
	}
	return outer + "." + inner
}

// extras reads what stands beside the perspectives.
func (r reader) extras(n int32, s *Scorecard) {
	for c, _ := r.list(n, "adjustments"); c != none; c = r.nodes[c].next {
		var a Adjustment
		if r.object(c, "key", "name", "type", "cap") {
			a = Adjustment{Key: r.text(c, "key"), Name: r.name(c, "name"), Type: AdjustmentType(r.text(c, "type")), Cap: r.number(c, "cap")}
		}
		s.Adjustments = append(s.Adjustments, a)
	}
	for c, _ := r.list(n, "vetoes"); c != none; c = r.nodes[c].next {
		var v Veto
		if r.object(c, "key", "name", "cap") {
			v = Veto{Key: r.text(c, "key"), Name: r.name(c, "name"), Cap: r.number(c, "cap")}
		}
		s.Vetoes = append(s.Vetoes, v)
	}
	for c, _ := r.list(n, "grades"); c != none; c = r.nodes[c].next {
		var g Grade
		if r.object(c, "grade", "min", "coefficient") {
			g = Grade{Grade: r.text(c, "grade"), Min: r.number(c, "min"), Coefficient: r.asWritten(c, "coefficient")}
		}
		s.Grades = append(s.Grades, g)
	}
}

// asWritten gives a field that is a figure in the very signs of the file.
func (r reader) asWritten(n int32, field string) string {
	if !r.number(n, field).Valid() {
		return ""
	}
	return r.nodes[r.child(n, field)].text
}

func (r reader) perspective(n int32) Perspective {
	var p Perspective
	if !r.object(n, "key", "name", "items") {
		return p
	}
	p.Key, p.Name = r.text(n, "key"), r.name(n, "name")
	for c, _ := r.list(n, "items"); c != none; c = r.nodes[c].next {
		p.Items = append(p.Items, r.item(c))
	}
	return p
}

// sourceFields are the fields of an item that one source alone knows.
var sourceFields = map[string]Source{"flow": SourceMetric, "rating": SourceRating, "survey": SourceSurvey}

func (r reader) item(n int32) Item {
	var i Item
	if !r.object(n, "key", "name", "weight", "source", "metric", "flow", "missing", "neutral", "rating", "survey", "method") {
		return i
	}
	i.Key, i.Name, i.Weight = r.text(n, "key"), r.name(n, "name"), r.number(n, "weight")
	i.Source, i.Metric = Source(r.text(n, "source")), r.text(n, "metric")
	i.Missing, i.Neutral = MissingRule(r.text(n, "missing")), r.number(n, "neutral")
	if i.Source.known() {
		for c := r.nodes[n].first; c != none; c = r.nodes[c].next {
			if of, special := sourceFields[r.nodes[c].key]; special && of != i.Source {
				r.report(InputError{Path: r.path(c), Code: "not_for_source", Args: map[string]string{"source": string(i.Source)}})
			}
		}
	}
	switch i.Source {
	case SourceMetric:
		i.Flow = r.flag(n, "flow")
	case SourceRating:
		i.Rating = r.rubric(r.child(n, "rating"))
	case SourceSurvey:
		i.Survey = r.survey(r.child(n, "survey"))
	}
	if i.Method = r.method(r.child(n, "method")); r.child(n, "method") == none {
		r.missing(n, "method")
	}
	return i
}

func (r reader) rubric(n int32) *Rubric {
	if n == none || !r.object(n, "levels", "roles") {
		return nil
	}
	rubric := &Rubric{}
	for c, _ := r.table(n, "levels"); c != none; c = r.nodes[c].next {
		rubric.Levels = append(rubric.Levels, Level{Level: r.nodes[c].key, Points: r.numberAt(c)})
	}
	for c, _ := r.list(n, "roles"); c != none; c = r.nodes[c].next {
		var role Role
		if r.object(c, "role", "weight", "min", "trim", "required") {
			least, _ := r.count(c, "min", 1)
			role = Role{Role: r.text(c, "role"), Weight: r.number(c, "weight"), Min: least,
				Trim: r.flag(c, "trim"), Required: r.flag(c, "required")}
		}
		rubric.Roles = append(rubric.Roles, role)
	}
	return rubric
}

func (r reader) survey(n int32) *Survey {
	if n == none || !r.object(n, "scale_min", "scale_max", "min_count", "prior_mean", "prior_weight") {
		return nil
	}
	least, _ := r.count(n, "min_count", 1)
	return &Survey{
		ScaleMin: r.number(n, "scale_min"), ScaleMax: r.number(n, "scale_max"), MinCount: least,
		PriorMean: r.number(n, "prior_mean"), PriorWeight: r.number(n, "prior_weight"),
	}
}
