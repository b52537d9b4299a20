package scoring

import "slices"

func (s Source) known() bool {
	return s == SourceMetric || s == SourceRating || s == SourceSurvey || s == SourceEvents
}

// fits reports whether a method can work on what a source gives.
func (t MethodType) fits(s Source) bool {
	switch t {
	case MethodRatio:
		return s == SourceMetric
	case MethodDeduct:
		return s == SourceEvents
	}
	return s != SourceEvents
}

func (v *validator) item(path string, i *Item) {
	v.positive(path+".weight", i.Weight)
	sourced := among(v, path+".source", i.Source, SourceMetric, SourceRating, SourceSurvey, SourceEvents)
	optional(v, path+".missing", i.Missing, MissingRequire, MissingZero, MissingNeutral, MissingExclude)
	switch {
	case i.Missing == MissingNeutral:
		v.need(path+".neutral", i.Neutral)
	case i.Neutral.Valid():
		v.fail(path+".neutral", "neutral_without_rule")
	}
	switch {
	case i.Source == SourceRating && i.Rating == nil:
		v.fail(path+".rating", "missing")
	case i.Source == SourceRating:
		v.rubric(path+".rating", i.Rating)
	case i.Source == SourceSurvey && i.Survey == nil:
		v.fail(path+".survey", "missing")
	case i.Source == SourceSurvey:
		v.survey(path+".survey", i.Survey)
	}
	v.method(path+".method", i, sourced)
}

func (v *validator) rubric(path string, r *Rubric) {
	if len(r.Levels) == 0 {
		v.fail(path+".levels", "needs_one")
	}
	levels := repeats{}
	for i := range r.Levels {
		levelPath := entryPath(path+".levels", r.Levels[i].Level)
		v.unique(levels, levelPath, r.Levels[i].Level)
		v.need(levelPath, r.Levels[i].Points)
		v.notNegative(levelPath, r.Levels[i].Points)
	}
	if len(r.Roles) == 0 {
		v.fail(path+".roles", "needs_one")
	}
	roles := repeats{}
	for i := range r.Roles {
		rolePath := at(path+".roles", i)
		v.unique(roles, rolePath+".role", r.Roles[i].Role)
		v.positive(rolePath+".weight", r.Roles[i].Weight)
	}
}

func (v *validator) survey(path string, s *Survey) {
	scaled := v.need(path+".scale_min", s.ScaleMin)
	scaled = v.need(path+".scale_max", s.ScaleMax) && scaled
	if scaled && s.ScaleMax.Cmp(s.ScaleMin) <= 0 {
		v.fail(path+".scale_max", "scale", "value", s.ScaleMax.String(), "least", s.ScaleMin.String())
		scaled = false
	}
	switch {
	case s.PriorMean.Valid():
		v.positive(path+".prior_weight", s.PriorWeight)
	case s.PriorWeight.Valid():
		v.positive(path+".prior_weight", s.PriorWeight)
		v.need(path+".prior_mean", s.PriorMean)
	}
	if scaled && s.PriorMean.Valid() && (s.PriorMean.Cmp(s.ScaleMin) < 0 || s.PriorMean.Cmp(s.ScaleMax) > 0) {
		v.fail(path+".prior_mean", "outside", "value", s.PriorMean.String(),
			"least", s.ScaleMin.String(), "most", s.ScaleMax.String())
	}
}

var methodTypes = []MethodType{MethodRatio, MethodSteps, MethodInterpolate, MethodIncrements, MethodEfficacy,
	MethodThreshold, MethodDeduct, MethodRank, MethodRelative, MethodStandard, MethodDirect}

func (v *validator) method(path string, i *Item, sourced bool) {
	m := &i.Method
	if !among(v, path+".type", m.Type, methodTypes...) {
		return
	}
	if sourced && !m.Type.fits(i.Source) {
		v.fail(path+".type", "method_for_source", "method", string(m.Type), "source", string(i.Source))
	} else if sourced {
		v.takes(path, i)
	}
	optional(v, path+".of", m.Of, OfActual, OfAttainment, OfGap, OfGrowth)
	optional(v, path+".direction", m.Direction, Higher, Lower)
	optional(v, path+".inverse", m.Inverse, Mirror, Reciprocal)
	optional(v, path+".order", m.Order, Desc, Asc)
	if m.Inverse != "" && m.Direction != Lower {
		v.fail(path+".inverse", "inverse_without_lower")
	}
	v.parameters(path, m)
	v.bounds(path, m)
}

// takes checks of and direction against the source.
func (v *validator) takes(path string, i *Item) {
	m := &i.Method
	if i.Source != SourceMetric {
		if m.Of != "" {
			v.fail(path+".of", "not_for_source", "source", string(i.Source))
		}
		if m.Direction != "" && m.Type != MethodIncrements {
			v.fail(path+".direction", "not_for_source", "source", string(i.Source))
		}
		return
	}
	if of := i.ResolvedMethod().Of; m.Direction != "" && m.Type != MethodIncrements && of != OfAttainment &&
		slices.Contains([]Of{OfActual, OfGap, OfGrowth}, of) {
		v.fail(path+".direction", "direction_without_attainment", "of", string(of))
	}
}

// parameters checks what each method needs.
func (v *validator) parameters(path string, m *Method) {
	switch m.Type {
	case MethodSteps:
		v.steps(path+".table", m.Table)
	case MethodInterpolate:
		v.points(path+".points", m.Points)
	case MethodIncrements:
		v.needed(path, methodFigure{"from", &m.From})
		v.positive(path+".step", m.Step)
		v.notNegative(path+".gain", m.Gain)
		v.notNegative(path+".loss", m.Loss)
	case MethodEfficacy:
		both := v.needed(path, methodFigure{"unsatisfactory", &m.Unsatisfactory}, methodFigure{"satisfactory", &m.Satisfactory})
		if both && m.Unsatisfactory.Cmp(m.Satisfactory) == 0 {
			v.fail(path+".satisfactory", "equal_to_unsatisfactory", "value", m.Satisfactory.String())
		}
	case MethodThreshold:
		among(v, path+".op", m.Op, AtLeast, Above, AtMost, Below)
		v.needed(path, methodFigure{"value", &m.Value})
	case MethodDeduct:
		v.events(path+".points", m.Events)
	case MethodStandard:
		v.notNegative(path+".sd", m.SD)
	}
}

func (v *validator) steps(path string, table []Step) {
	if len(table) == 0 {
		v.fail(path, "needs_one")
	}
	for i := range table {
		v.need(at(path, i)+".score", table[i].Score)
		if v.need(at(path, i)+".from", table[i].From) && i > 0 {
			v.rising(at(path, i)+".from", table[i-1].From, table[i].From)
		}
	}
}

func (v *validator) points(path string, points []Point) {
	if len(points) == 0 {
		v.fail(path, "needs_one")
	}
	if len(points) == 1 {
		v.fail(path, "needs_two")
	}
	for i := range points {
		v.need(at(path, i)+".score", points[i].Score)
		if v.need(at(path, i)+".x", points[i].X) && i > 0 {
			v.rising(at(path, i)+".x", points[i-1].X, points[i].X)
		}
	}
}

func (v *validator) events(path string, events []EventPoints) {
	if len(events) == 0 {
		v.fail(path, "needs_one")
	}
	types := repeats{}
	for i := range events {
		eventPath := entryPath(path, events[i].Type)
		v.unique(types, eventPath, events[i].Type)
		v.need(eventPath, events[i].Points)
		v.notNegative(eventPath, events[i].Points)
	}
}

func (v *validator) rising(path string, before, n Number) {
	if before.Valid() && n.Cmp(before) <= 0 {
		v.fail(path, "not_rising", "value", n.String(), "before", before.String())
	}
}

// bounds checks a floor against its cap and a worst against its best, defaults
// included; the fault stands at the floor or worst if it is written, else at the other.
func (v *validator) bounds(path string, m *Method) {
	resolved := m.withDefaults(SourceMetric)
	if resolved.Floor.Valid() && resolved.Cap.Valid() && resolved.Floor.Cmp(resolved.Cap) > 0 {
		v.crossed(path, "floor", "cap", m.Floor.Valid(), "floor_above_cap", resolved.Floor, resolved.Cap)
	}
	if m.Type == MethodRank && resolved.Worst.Cmp(resolved.Best) > 0 {
		v.crossed(path, "worst", "best", m.Worst.Valid(), "worst_above_best", resolved.Worst, resolved.Best)
	}
}

func (v *validator) crossed(path, low, high string, lowWritten bool, code string, floor, limit Number) {
	field := high
	if lowWritten {
		field = low
	}
	v.fail(path+"."+field, code, "low", floor.String(), "high", limit.String())
}
