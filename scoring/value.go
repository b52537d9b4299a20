package scoring

// value works out the item's x from its input, and for an attainment that earns
// cap or floor outright its unclamped score. It writes every figure it uses into t.
func (i *compiledItem) value(in *Input, period, days Number, t *ItemTrace) cause {
	if !in.Given {
		return noData
	}
	if in.Actual.Valid() && (i.Source == SourceRating || i.Source == SourceSurvey) {
		t.X = in.Actual
		return valued
	}
	switch i.Source {
	case SourceMetric:
		return i.metricValue(in, period, days, t)
	case SourceRating:
		return i.ratingValue(in.Ratings, t)
	case SourceSurvey:
		return i.surveyValue(in.Survey, t)
	}
	return i.eventsValue(in.Events, t)
}

// metricValue works out actual, attainment, gap or growth.
func (i *compiledItem) metricValue(in *Input, period, days Number, t *ItemTrace) cause {
	t.Actual, t.Target, t.Baseline = in.Actual, in.Target, in.Baseline
	actual := in.Actual
	if i.Flow && actual.Valid() {
		if actual = actual.Mul(period).Quo(days); period.num == days.num {
			actual = in.Actual
		}
		t.Raised = actual
	}
	switch {
	case !actual.Valid():
		return noData
	case i.method.Of == OfAttainment:
		return i.attainment(actual, in.Target, t)
	case i.method.Of == OfGap:
		if !in.Target.Valid() {
			return noData
		}
		t.X = actual.Sub(in.Target)
	case i.method.Of == OfGrowth:
		if !in.Baseline.Valid() {
			return noData
		}
		if in.Baseline.Sign() == 0 {
			return baselineZero
		}
		t.X = actual.Sub(in.Baseline).Quo(in.Baseline.Abs())
	default:
		t.X = actual
	}
	return valued
}

// attainment works out actual / target, turned round where less is better.
func (i *compiledItem) attainment(actual, target Number, t *ItemTrace) cause {
	lower := i.method.Direction == Lower && i.method.Type != MethodIncrements
	switch {
	case !target.Valid():
		return noData
	case target.Sign() < 0 || (target.Sign() == 0 && !(lower && i.method.Type == MethodRatio)):
		return targetNotPositive
	case target.Sign() == 0: // "none at all" is the target
		t.Unclamped = i.method.Floor
		if actual.Sign() <= 0 {
			t.Unclamped = i.method.Cap
		}
	case !lower:
		t.X = actual.Quo(target)
	case i.method.Inverse != Reciprocal:
		t.X = two.Sub(actual.Quo(target))
	case actual.Sign() <= 0:
		t.Unclamped = i.method.Cap
	default:
		t.X = target.Quo(actual)
	}
	return valued
}

// surveyValue works out the customers' points, drawn toward the prior.
func (i *compiledItem) surveyValue(a *SurveyAnswers, t *ItemTrace) cause {
	switch {
	case a == nil:
		return noData
	case a.Count < 0:
		return badCount
	case !a.Sum.Valid():
		return badSum
	}
	t.Count, t.Sum = a.Count, a.Sum
	count := FromInt(a.Count)
	if a.Sum.Cmp(i.Survey.ScaleMin.Mul(count)) < 0 || a.Sum.Cmp(i.Survey.ScaleMax.Mul(count)) > 0 {
		return badSum
	}
	if a.Count < max(i.Survey.MinCount, 1) {
		return tooFewAnswers
	}
	t.MeanAnswer = i.prior.Add(a.Sum).Quo(i.priorWeight.Add(count))
	t.X = t.MeanAnswer.Sub(i.Survey.ScaleMin).Mul(i.hundredth)
	return valued
}

// eventsValue adds up what the events cost.
func (i *compiledItem) eventsValue(events []EventCount, t *ItemTrace) cause {
	if events == nil {
		return noData
	}
	cost := zero
	for e := range events {
		points, known := i.method.eventPoints(events[e].Type)
		switch {
		case !known:
			return unknownEvent
		case events[e].Count < 0:
			return badCount
		}
		t.Events = append(t.Events, EventTrace{Type: events[e].Type, Count: events[e].Count, Points: points})
		cost = cost.Add(points.Mul(FromInt(events[e].Count)))
	}
	t.X = cost
	return valued
}

func (m *Method) eventPoints(name string) (Number, bool) {
	for i := range m.Events {
		if m.Events[i].Type == name {
			return m.Events[i].Points, true
		}
	}
	return Number{}, false
}
