package scoring

import "strconv"

var (
	scoreIs      = Text{Zh: "，得分 {score}", En: ", score {score}"}
	capNote      = Text{Zh: "（上限 {cap}）", En: " (cap {cap})"}
	floorNote    = Text{Zh: "（下限 {floor}）", En: " (floor {floor})"}
	earnsCap     = Text{Zh: "，得上限 {cap}", En: ", earns the cap {cap}"}
	earnsFloor   = Text{Zh: "，得下限 {floor}", En: ", earns the floor {floor}"}
	stepReached  = Text{Zh: "，达到 {from} 一档", En: ", reaches the step from {from}"}
	stepPassed   = Text{Zh: "，超过 {from} 一档", En: ", passes the step above {from}"}
	stepBelow    = Text{Zh: "，低于第一档", En: ", under the first step"}
	interpolated = Text{Zh: "，在 ({x1}, {y1}) 与 ({x2}, {y2}) 之间插值", En: ", on the line from ({x1}, {y1}) to ({x2}, {y2})"}
	beforePoints = Text{Zh: "，低于首个端点", En: ", under the first point"}
	beyondPoints = Text{Zh: "，高于末个端点", En: ", beyond the last point"}
	incremented  = Text{Zh: "，起分 {start}，较 {from} {better} {steps} 档，每档 {points} 分", En: ", {start} with {points} points for each of {steps} steps {better} than {from}"}
	unchanged    = Text{Zh: "，与 {from} 同档，起分 {start}", En: ", no step from {from}, {start}"}
	efficacyOf   = Text{Zh: "，功效系数 {base} + {span} × (x − {low}) ÷ ({high} − {low2})", En: ", {base} + {span} × (x − {low}) / ({high} − {low2})"}
	passed       = Text{Zh: "，{op} {value}，达标", En: ", {op} {value}: passed"}
	failed       = Text{Zh: "，未满足{op} {value}，不达标", En: ", not {op} {value}: failed"}
	deducted     = Text{Zh: "，从 {start} 中减 {cost}", En: ", {cost} off {start}"}
	rankedAt     = Text{Zh: "，{n} 人中排第 {rank} 位，首位 {best} 分，末位 {worst} 分", En: ", rank {rank} of {n}, from {best} down to {worst}"}
	toBest       = Text{Zh: "，{n} 人中最优 {best}", En: ", the best of {n} peers {best}"}
	noBest       = Text{Zh: "，{n} 人可比，不大于 0 的值不参与", En: ", {n} peers; a value of 0 or below takes no part"}
	zScore       = Text{Zh: "，{n} 人均值 {mean}、标准差 {sd}，{level} {sign} {points} × (x − 均值) ÷ 标准差", En: ", {n} peers with mean {mean} and deviation {sd}, {level} {sign} {points} × (x − mean) / deviation"}
	zScoreFlat   = Text{Zh: "，{n} 人数值相同，得 {level}", En: ", {n} peers all alike, {level}"}
	better       = Text{Zh: "好", En: "better"}
	worse        = Text{Zh: "差", En: "worse"}
)

// method says how the score came of x. Of a ratio that is x itself, so that the
// line reads: attainment 113.04 % (cap 120 %) × weight 20 % = 22.61.
func (s speaker) method(i *ItemTrace, precision int) string {
	m, score := i.Method, s.say(scoreIs, "score", i.Score.Fixed(precision))
	switch m.Type {
	case MethodRatio:
		return s.ratio(i)
	case MethodSteps:
		return s.step(i) + score
	case MethodInterpolate:
		return s.line(i) + score
	case MethodIncrements:
		return s.increment(i) + s.bounds(i) + score
	case MethodEfficacy:
		low := s.argument(i, m.Unsatisfactory)
		return s.say(efficacyOf, "base", s.figure(m.Base), "span", s.figure(m.Span), "low", low, "low2", low,
			"high", s.argument(i, m.Satisfactory)) + s.bounds(i) + score
	case MethodThreshold:
		words := failed
		if i.X.Valid() && m.passes(i.X) {
			words = passed
		}
		return s.say(words, "op", s.say(opWords[m.Op]), "value", s.argument(i, m.Value)) + score
	case MethodDeduct:
		return s.say(deducted, "cost", s.figure(i.X), "start", s.figure(m.Start)) + s.bounds(i) + score
	case MethodRank, MethodRelative, MethodStandard:
		return s.peers(i) + s.bounds(i) + score
	}
	return s.bounds(i) + score
}

// argument writes a parameter as x is written: a share in percent.
func (s speaker) argument(i *ItemTrace, n Number) string { return s.share(i.Method.Of, n) }

func (s speaker) share(of Of, n Number) string {
	if of == OfAttainment || of == OfGrowth {
		return s.weight(n.Mul(hundred))
	}
	return s.figure(n)
}

func (s speaker) ratio(i *ItemTrace) string {
	m := i.Method
	if !i.X.Valid() {
		if i.Unclamped.Cmp(m.Cap) == 0 {
			return s.say(earnsCap, "cap", s.weight(m.Cap))
		}
		return s.say(earnsFloor, "floor", s.weight(m.Floor))
	}
	words := s.say(capNote, "cap", s.weight(m.Cap))
	if m.Floor.Sign() != 0 || i.Unclamped.Cmp(m.Floor) < 0 {
		words = s.say(floorNote, "floor", s.weight(m.Floor)) + words
	}
	return words
}

// bounds names the floor or cap where it binds.
func (s speaker) bounds(i *ItemTrace) string {
	m, low, high := i.Method, false, false
	if i.Unclamped.Valid() {
		low = m.Floor.Valid() && i.Unclamped.Cmp(m.Floor) < 0
		high = m.Cap.Valid() && i.Unclamped.Cmp(m.Cap) > 0
	}
	switch {
	case low:
		return s.say(floorNote, "floor", s.figure(m.Floor))
	case high:
		return s.say(capNote, "cap", s.figure(m.Cap))
	}
	return ""
}

func (s speaker) step(i *ItemTrace) string {
	row := i.Method.row(i.X)
	if row < 0 {
		return s.say(stepBelow)
	}
	words := stepReached
	if i.Method.Strict {
		words = stepPassed
	}
	return s.say(words, "from", s.argument(i, i.Method.Table[row].From))
}

func (s speaker) line(i *ItemTrace) string {
	points := i.Method.Points
	if i.X.Cmp(points[0].X) < 0 {
		return s.say(beforePoints)
	}
	for p := 1; p < len(points); p++ {
		left, right := &points[p-1], &points[p]
		if i.X.Cmp(left.X) >= 0 && i.X.Cmp(right.X) <= 0 {
			return s.say(interpolated, "x1", s.argument(i, left.X), "y1", s.figure(left.Score),
				"x2", s.argument(i, right.X), "y2", s.figure(right.Score))
		}
	}
	return s.say(beyondPoints)
}

func (s speaker) increment(i *ItemTrace) string {
	m := i.Method
	d := m.steps(i.X)
	from, start := s.argument(i, m.From), s.figure(m.Start)
	switch d.Sign() {
	case 0:
		return s.say(unchanged, "from", from, "start", start)
	case 1:
		return s.say(incremented, "start", start, "from", from, "better", s.say(better), "steps", s.figure(d), "points", "+"+s.figure(m.Gain))
	}
	return s.say(incremented, "start", start, "from", from, "better", s.say(worse), "steps", s.figure(d.Neg()), "points", "−"+s.figure(m.Loss))
}

func (s speaker) peers(i *ItemTrace) string {
	m, n := i.Method, strconv.Itoa(i.Peers.N)
	switch {
	case m.Type == MethodRank:
		return s.say(rankedAt, "n", n, "rank", s.figure(i.Peers.Rank), "best", s.figure(m.Best), "worst", s.figure(m.Worst))
	case m.Type == MethodRelative && i.X.Sign() <= 0:
		return s.say(noBest, "n", n)
	case m.Type == MethodRelative && m.Order == Asc:
		return s.say(toBest, "n", n, "best", s.argument(i, i.Peers.Min))
	case m.Type == MethodRelative:
		return s.say(toBest, "n", n, "best", s.argument(i, i.Peers.Max))
	case i.Peers.SD.Sign() == 0:
		return s.say(zScoreFlat, "n", n, "level", s.figure(m.Mean))
	}
	sign := "+"
	if m.Order == Asc {
		sign = "−"
	}
	return s.say(zScore, "n", n, "mean", s.spread(i, i.Peers.Mean), "sd", s.spread(i, i.Peers.SD),
		"level", s.figure(m.Mean), "sign", sign, "points", s.figure(m.SD))
}

// spread writes a mean or deviation of the peers, never longer than 10 digits.
func (s speaker) spread(i *ItemTrace, n Number) string {
	if i.Method.Of == OfAttainment || i.Method.Of == OfGrowth {
		return s.ofHundred(grouped(n.Mul(hundred).Significant(significant)))
	}
	return grouped(n.Significant(significant))
}
