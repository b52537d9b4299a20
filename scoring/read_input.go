package scoring

// input reads the inputs of one item.
func (r memberReader) input(n int32, item *Item) Input {
	in := Input{Given: true}
	switch item.Source {
	case SourceMetric:
		if r.object(n, "actual", "target", "baseline") {
			in.Actual, in.Target, in.Baseline = r.number(n, "actual"), r.number(n, "target"), r.number(n, "baseline")
		}
	case SourceRating:
		if r.object(n, "ratings") {
			in.Ratings = r.ratings(n, item.Rating)
		}
	case SourceSurvey:
		if r.object(n, "count", "sum") {
			in.Survey = r.answers(n, item.Survey)
		}
	case SourceEvents:
		if r.object(n, "events") {
			in.Events = r.events(n, &item.Method)
		}
	}
	return in
}

// ratings reads the list of ratings: not nil if it is there. The rubric may be
// nil or in part unknown when the scorecard has faults of its own.
func (r memberReader) ratings(n int32, rubric *Rubric) []Rating {
	first, given := r.list(n, "ratings")
	if !given {
		return nil
	}
	count := r.siblings(first)
	ratings, twice := make([]Rating, 0, count), raters{}
	for c := first; c != none; c = r.nodes[c].next {
		if !r.object(c, "role", "rater", "level") {
			continue
		}
		rating := Rating{Role: r.needText(c, "role"), Rater: r.needText(c, "rater"), Level: r.needText(c, "level")}
		if rubric != nil && rating.Role != "" && !rubric.hasRole(rating.Role) {
			r.wrong(r.child(c, "role"), "unknown_role")
		}
		if rubric != nil && rating.Level != "" && !rubric.hasLevel(rating.Level) {
			r.wrong(r.child(c, "level"), "unknown_level")
		}
		if rating.Role != "" && rating.Rater != "" && twice.rated(ratings, rating) {
			r.wrong(r.child(c, "rater"), "rated_twice")
		}
		ratings = append(ratings, rating)
	}
	return ratings
}

// raters finds a rater who rates twice in one role: by looking through a short
// list, by a map in a long one.
type raters struct{ seen map[[2]string]bool }

func (t *raters) rated(ratings []Rating, next Rating) bool {
	const short = 16
	if len(ratings) <= short {
		for i := range ratings {
			if ratings[i].Rater == next.Rater && ratings[i].Role == next.Role {
				return true
			}
		}
		return false
	}
	if t.seen == nil {
		t.seen = make(map[[2]string]bool, 4*short)
		for i := range ratings {
			t.seen[[2]string{ratings[i].Role, ratings[i].Rater}] = true
		}
	}
	key := [2]string{next.Role, next.Rater}
	twice := t.seen[key]
	t.seen[key] = true
	return twice
}

func (r reader) siblings(n int32) int {
	count := 0
	for ; n != none; n = r.nodes[n].next {
		count++
	}
	return count
}

// hasRole reports whether the rubric lists a role; true if it cannot be known.
func (r *Rubric) hasRole(role string) bool {
	for i := range r.Roles {
		if r.Roles[i].Role == role || r.Roles[i].Role == "" {
			return true
		}
	}
	return len(r.Roles) == 0
}

// hasLevel reports whether the rubric lists a level; true if it cannot be known.
func (r *Rubric) hasLevel(level string) bool {
	for i := range r.Levels {
		if r.Levels[i].Level == level || r.Levels[i].Level == "" {
			return true
		}
	}
	return len(r.Levels) == 0
}

// answers reads count and sum of a survey, nil if neither is there.
func (r memberReader) answers(n int32, survey *Survey) *SurveyAnswers {
	counted, summed := r.child(n, "count") != none, r.child(n, "sum") != none
	switch {
	case !counted && !summed:
		return nil
	case !counted:
		r.missing(n, "count")
	case !summed:
		r.missing(n, "sum")
	}
	count, ok := r.count(n, "count", 0)
	answers := &SurveyAnswers{Count: count, Sum: r.number(n, "sum")}
	if ok && answers.Sum.Valid() && survey != nil {
		if least, most, outside := survey.outside(answers); outside {
			r.report(InputError{Path: r.pathTo(n, "sum"), Code: "outside",
				Args: map[string]string{"value": answers.Sum.String(), "least": least.String(), "most": most.String()}})
		}
	}
	return answers
}

// outside reports whether no answers on the scale can have this sum, and between what it must lie.
func (s *Survey) outside(a *SurveyAnswers) (least, most Number, outside bool) {
	if !s.ScaleMin.Valid() || !s.ScaleMax.Valid() || s.ScaleMax.Cmp(s.ScaleMin) <= 0 {
		return least, most, false
	}
	count := FromInt(a.Count)
	least, most = s.ScaleMin.Mul(count), s.ScaleMax.Mul(count)
	return least, most, a.Sum.Cmp(least) < 0 || a.Sum.Cmp(most) > 0
}

// events reads the counts by type: not nil if they are there.
func (r memberReader) events(n int32, method *Method) []EventCount {
	first, given := r.table(n, "events")
	if !given {
		return nil
	}
	events := make([]EventCount, 0, r.siblings(first))
	for c := first; c != none; c = r.nodes[c].next {
		event := EventCount{Type: r.nodes[c].key}
		if event.Type != "" && !method.knowsEvent(event.Type) {
			r.report(InputError{Path: r.path(c), Code: "unknown_event", Args: map[string]string{"value": shownText(event.Type)}})
		}
		event.Count, _ = r.countAt(c, 0)
		events = append(events, event)
	}
	return events
}

// knowsEvent reports whether a type has points; true if it cannot be known.
func (m *Method) knowsEvent(name string) bool {
	for i := range m.Events {
		if m.Events[i].Type == name || m.Events[i].Type == "" {
			return true
		}
	}
	return len(m.Events) == 0
}
