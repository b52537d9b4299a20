package scoring

// ratingValue works out the weighted mean of the roles that count.
func (i *compiledItem) ratingValue(ratings []Rating, t *ItemTrace) cause {
	if ratings == nil {
		return noData
	}
	found, missing, weights, points := 0, false, zero, zero
	for r := range i.Rating.Roles {
		role := &i.Rating.Roles[r]
		t.Roles = append(t.Roles, RoleTrace{Role: role.Role, Weight: role.Weight})
		seen := &t.Roles[len(t.Roles)-1]
		if why := i.roleMean(role, ratings, seen); why != valued {
			return why
		}
		found += seen.Count
		if !seen.Counts {
			missing = missing || role.Required
			continue
		}
		weights = weights.Add(role.Weight)
		points = points.Add(role.Weight.Mul(seen.Mean))
	}
	switch {
	case found < len(ratings):
		return unknownRole
	case missing:
		return roleMissing
	case weights.Sign() == 0:
		return noRatings
	}
	for r := range t.Roles {
		if t.Item != nil && t.Roles[r].Counts { // somebody will look at it
			t.Roles[r].Share = t.Roles[r].Weight.Mul(hundred).Quo(weights)
		}
	}
	t.X = points.Quo(weights)
	return valued
}

// roleMean works out the mean of one role's ratings, if it has enough of them.
func (i *compiledItem) roleMean(role *Role, ratings []Rating, seen *RoleTrace) cause {
	var total, highest, lowest Number
	for r := range ratings {
		if ratings[r].Role != role.Role {
			continue
		}
		points := i.levelPoints(ratings[r].Level)
		if !points.Valid() {
			return unknownLevel
		}
		if seen.Count++; seen.Count == 1 {
			total, highest, lowest = points, points, points
			continue
		}
		total = total.Add(points)
		if role.Trim {
			highest, lowest = larger(highest, points), smaller(lowest, points)
		}
	}
	seen.Used = seen.Count
	if seen.Counts = int64(seen.Count) >= max(role.Min, 1); !seen.Counts {
		return valued
	}
	const trimFrom = 5
	if role.Trim && seen.Count >= trimFrom {
		seen.Used -= 2
		total = total.Sub(highest).Sub(lowest)
	}
	seen.Mean = total
	if seen.Used > 1 {
		seen.Mean = total.Quo(FromInt(int64(seen.Used)))
	}
	return valued
}

func (i *compiledItem) levelPoints(level string) Number {
	for l := range i.levels {
		if same(i.levels[l].Level, level) {
			return i.levels[l].Points
		}
	}
	return Number{}
}

// same compares texts of a sign or two, as levels are, without a call.
func same(a, b string) bool {
	if len(a) != len(b) || len(a) == 0 || a[0] != b[0] {
		return len(a) == 0 && len(b) == 0
	}
	return len(a) == 1 || a == b
}

func larger(a, b Number) Number {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

func smaller(a, b Number) Number {
	if a.Cmp(b) > 0 {
		return b
	}
	return a
}
