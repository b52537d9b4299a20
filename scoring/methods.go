package scoring

// score turns x into the item score by a method that needs no peers: t.Unclamped
// before floor and cap, t.Score clamped and rounded (R1).
func (i *compiledItem) score(t *ItemTrace) {
	m := &i.method
	if !t.Unclamped.Valid() { // an attainment may have earned cap or floor outright
		switch m.Type {
		case MethodRatio:
			t.Unclamped = t.X.Mul(hundred)
		case MethodSteps:
			t.Unclamped = m.step(t.X)
		case MethodInterpolate:
			t.Unclamped = m.line(t.X)
		case MethodIncrements:
			t.Unclamped = m.increment(t.X)
		case MethodEfficacy:
			t.Unclamped = m.Base.Add(m.Span.Mul(t.X.Sub(m.Unsatisfactory)).Quo(m.Satisfactory.Sub(m.Unsatisfactory)))
		case MethodThreshold:
			if t.Unclamped = m.Fail; m.passes(t.X) {
				t.Unclamped = m.Pass
			}
		case MethodDeduct:
			t.Unclamped = m.Start.Sub(t.X)
		default: // MethodDirect
			t.Unclamped = t.X
		}
	}
	i.settle(t)
}

// settle clamps and rounds. Methods without floor or cap have none to clamp by.
func (i *compiledItem) settle(t *ItemTrace) {
	t.Score = t.Unclamped.clamp(i.method.Floor, i.method.Cap).Round(i.card.precision)
}

// step gives the score of the last row that x reaches.
func (m *Method) step(x Number) Number {
	if row := m.row(x); row >= 0 {
		return m.Table[row].Score
	}
	return m.Below
}

// row gives the index of the last row that x reaches, -1 under the first.
func (m *Method) row(x Number) int {
	reach := 0
	if m.Strict {
		reach = 1
	}
	for row := len(m.Table) - 1; row >= 0; row-- {
		if x.Cmp(m.Table[row].From) >= reach {
			return row
		}
	}
	return -1
}

// line gives the height of the line through the points at x.
func (m *Method) line(x Number) Number {
	last := len(m.Points) - 1
	if x.Cmp(m.Points[last].X) >= 0 {
		return m.Points[last].Score
	}
	for p := last - 1; p >= 0; p-- {
		left, right := &m.Points[p], &m.Points[p+1]
		if x.Cmp(left.X) >= 0 {
			rise := right.Score.Sub(left.Score).Mul(x.Sub(left.X))
			return left.Score.Add(rise.Quo(right.X.Sub(left.X)))
		}
	}
	return m.Points[0].Score
}

// increment gives the start with points per step better or worse.
func (m *Method) increment(x Number) Number {
	d := m.steps(x)
	if d.Sign() > 0 {
		return m.Start.Add(m.Gain.Mul(d))
	}
	return m.Start.Add(m.Loss.Mul(d))
}

// steps gives how many steps x is better than from, negative if it is worse.
func (m *Method) steps(x Number) Number {
	d := x.Sub(m.From).Quo(m.Step)
	if m.Direction == Lower {
		d = d.Neg()
	}
	if m.WholeSteps {
		d = d.truncated()
	}
	return d
}

// passes compares x with the threshold.
func (m *Method) passes(x Number) bool {
	order := x.Cmp(m.Value)
	switch m.Op {
	case AtLeast:
		return order >= 0
	case Above:
		return order > 0
	case AtMost:
		return order <= 0
	}
	return order < 0
}
