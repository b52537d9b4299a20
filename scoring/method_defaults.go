package scoring

// ResolvedMethod gives the item's method with the default of every parameter
// that it knows and does not write.
func (i *Item) ResolvedMethod() Method { return i.Method.withDefaults(i.Source) }

func (m Method) withDefaults(source Source) Method {
	set := func(n *Number, value int64) {
		if !n.Valid() {
			*n = FromInt(value)
		}
	}
	switch m.Type {
	case MethodRatio, MethodIncrements, MethodEfficacy, MethodRelative, MethodStandard, MethodDirect:
		set(&m.Floor, 0)
		set(&m.Cap, 100)
	}
	switch m.Type {
	case MethodSteps:
		set(&m.Below, 0)
	case MethodIncrements:
		set(&m.Gain, 0)
		set(&m.Loss, 0)
		set(&m.Start, 100)
	case MethodEfficacy:
		set(&m.Base, 60)
		set(&m.Span, 40)
	case MethodThreshold:
		set(&m.Pass, 100)
		set(&m.Fail, 0)
	case MethodDeduct:
		set(&m.Start, 100)
		set(&m.Floor, 0)
	case MethodRank:
		set(&m.Best, 100)
		set(&m.Worst, 60)
	case MethodStandard:
		set(&m.Mean, 75)
		set(&m.SD, 10)
	}
	m.defaultWords(source)
	return m
}

// defaultWords fills in the parameters that are words or counts.
func (m *Method) defaultWords(source Source) {
	if m.Of == "" && source == SourceMetric {
		m.Of = OfActual
		if m.Type == MethodRatio || m.Type == MethodSteps || m.Type == MethodInterpolate {
			m.Of = OfAttainment
		}
	}
	if m.Direction == "" && (m.Of == OfAttainment || m.Type == MethodIncrements) {
		m.Direction = Higher
	}
	if m.Inverse == "" && m.Direction == Lower && m.Type == MethodRatio {
		m.Inverse = Mirror
	}
	switch m.Type {
	case MethodRank, MethodRelative, MethodStandard:
		if m.Order == "" {
			m.Order = Desc
		}
		m.MinPeers = max(m.MinPeers, 1)
	}
}
