package scoring

// methodFields are the parameters that each method knows, beside its type.
var methodFields = map[MethodType][]string{
	MethodRatio:       {"direction", "inverse", "floor", "cap"},
	MethodSteps:       {"of", "direction", "table", "below", "strict"},
	MethodInterpolate: {"of", "direction", "points"},
	MethodIncrements:  {"of", "direction", "from", "step", "gain", "loss", "start", "whole_steps", "floor", "cap"},
	MethodEfficacy:    {"of", "direction", "unsatisfactory", "satisfactory", "base", "span", "floor", "cap"},
	MethodThreshold:   {"of", "direction", "op", "value", "pass", "fail"},
	MethodDeduct:      {"start", "floor", "points"},
	MethodRank:        {"of", "direction", "order", "best", "worst", "min_peers"},
	MethodRelative:    {"of", "direction", "order", "floor", "cap", "min_peers"},
	MethodStandard:    {"of", "direction", "order", "mean", "sd", "floor", "cap", "min_peers"},
	MethodDirect:      {"floor", "cap"},
}

// method reads the method at n. A parameter that it does not know is reported and left out.
func (r reader) method(n int32) Method {
	var m Method
	if n == none {
		return m
	}
	if r.nodes[n].kind != kindObject {
		r.unreadable(n, "not_an_object")
		return m
	}
	m.Type = MethodType(r.text(n, "type"))
	fields, known := methodFields[m.Type]
	if !known {
		return m
	}
	for c := r.nodes[n].first; c != none; c = r.nodes[c].next {
		switch key := r.nodes[c].key; {
		case key == "type":
		case !contains(fields, key):
			r.report(InputError{Path: r.path(c), Code: "not_for_method", Args: map[string]string{"method": string(m.Type)}})
		case key == "table":
			m.Table = r.steps(n)
		case key == "points" && m.Type == MethodDeduct:
			m.Events = r.eventPoints(n)
		case key == "points":
			m.Points = r.points(n)
		default:
			r.parameter(c, key, &m)
		}
	}
	return m
}

// parameter reads one parameter that is a single value.
func (r reader) parameter(n int32, key string, m *Method) {
	switch key {
	case "of":
		m.Of = Of(r.textAt(n))
	case "direction":
		m.Direction = Direction(r.textAt(n))
	case "inverse":
		m.Inverse = Inverse(r.textAt(n))
	case "order":
		m.Order = Order(r.textAt(n))
	case "op":
		m.Op = Op(r.textAt(n))
	case "strict":
		m.Strict = r.flag(r.nodes[n].parent, key)
	case "whole_steps":
		m.WholeSteps = r.flag(r.nodes[n].parent, key)
	case "min_peers":
		m.MinPeers, _ = r.countAt(n, 1)
	default:
		*m.figure(key) = r.numberAt(n)
	}
}

// figure gives the parameter of that name that is a number.
func (m *Method) figure(name string) *Number {
	for _, f := range m.figures() {
		if f.name == name {
			return f.value
		}
	}
	panic("scoring: no figure of a method is called " + name)
}

// methodFigure is a parameter of a method that is a number.
type methodFigure struct {
	name  string
	value *Number
}

// figures gives the parameters that are numbers, in the order of the canonical JSON.
func (m *Method) figures() []methodFigure {
	return []methodFigure{
		{"from", &m.From}, {"step", &m.Step}, {"gain", &m.Gain}, {"loss", &m.Loss}, {"start", &m.Start},
		{"unsatisfactory", &m.Unsatisfactory}, {"satisfactory", &m.Satisfactory}, {"base", &m.Base}, {"span", &m.Span},
		{"value", &m.Value}, {"pass", &m.Pass}, {"fail", &m.Fail}, {"best", &m.Best}, {"worst", &m.Worst},
		{"mean", &m.Mean}, {"sd", &m.SD}, {"below", &m.Below}, {"floor", &m.Floor}, {"cap", &m.Cap},
	}
}

func (r reader) steps(n int32) []Step {
	var table []Step
	for c, _ := r.list(n, "table"); c != none; c = r.nodes[c].next {
		var row Step
		if r.object(c, "from", "score") {
			row = Step{From: r.number(c, "from"), Score: r.number(c, "score")}
		}
		table = append(table, row)
	}
	return table
}

func (r reader) points(n int32) []Point {
	var points []Point
	for c, _ := r.list(n, "points"); c != none; c = r.nodes[c].next {
		var point Point
		if r.object(c, "x", "score") {
			point = Point{X: r.number(c, "x"), Score: r.number(c, "score")}
		}
		points = append(points, point)
	}
	return points
}

func (r reader) eventPoints(n int32) []EventPoints {
	var events []EventPoints
	for c, _ := r.table(n, "points"); c != none; c = r.nodes[c].next {
		events = append(events, EventPoints{Type: r.nodes[c].key, Points: r.numberAt(c)})
	}
	return events
}
