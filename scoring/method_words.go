package scoring

import (
	"strconv"
	"strings"
)

var (
	methodNames = map[MethodType]Text{
		MethodRatio: {Zh: "比率法", En: "ratio"}, MethodSteps: {Zh: "层差法", En: "steps"}, MethodInterpolate: {Zh: "插值法", En: "interpolation"},
		MethodIncrements: {Zh: "加减分法", En: "increments"}, MethodEfficacy: {Zh: "功效系数法", En: "efficacy"},
		MethodThreshold: {Zh: "非此即彼法", En: "threshold"}, MethodDeduct: {Zh: "减分法", En: "deduction"}, MethodRank: {Zh: "排名法", En: "rank"},
		MethodRelative: {Zh: "相对最优法", En: "share of the best"}, MethodStandard: {Zh: "标准分", En: "standard score"}, MethodDirect: {Zh: "说明法", En: "as it is"},
	}
	methodHead      = Text{Zh: "{method}：{words}", En: "{method}: {words}"}
	within          = Text{Zh: "，{floor} 至 {cap} 分", En: ", from {floor} to {cap}"}
	notBelow        = Text{Zh: "，不低于 {floor} 分", En: ", not below {floor}"}
	lowerMirror     = Text{Zh: "(2 − 实际 ÷ 目标)", En: "(2 − actual / target)"}
	lowerReciprocal = Text{Zh: "(目标 ÷ 实际)", En: "(target / actual)"}
	pointsWords     = Text{Zh: "得分", En: "points"}
	stepsWords      = Text{Zh: "{x} {rows}，其余 {below} 分", En: "{x} {rows}, otherwise {below}"}
	stepFrom        = Text{Zh: "≥ {from} 得 {score} 分", En: "≥ {from} scores {score}"}
	stepAbove       = Text{Zh: "> {from} 得 {score} 分", En: "> {from} scores {score}"}
	lineWords       = Text{Zh: "{x}按 {points} 连线取值", En: "{x} on the line {points}"}
	linePoint       = Text{Zh: "({x}, {score} 分)", En: "({x}, {score})"}
	incrementWords  = Text{Zh: "{x}为 {from} 得 {start} 分，每{better} {step} 加 {gain} 分，每{worse} {step2} 减 {loss} 分{whole}", En: "{x} at {from} scores {start}, each {step} {better} adds {gain}, each {step2} {worse} takes {loss}{whole}"}
	wholeSteps      = Text{Zh: "（只计整档）", En: " (whole steps only)"}
	moreWords       = Text{Zh: "高", En: "more"}
	lessWords       = Text{Zh: "低", En: "less"}
	efficacyWords   = Text{Zh: "{x}为 {low}（不允许值）得 {base} 分，{high}（满意值）得 {top} 分", En: "{x} at {low} scores {base}, at {high} {top}"}
	thresholdWords  = Text{Zh: "{x} {op} {value} 得 {pass} 分，否则 {fail} 分", En: "{x} {op} {value} scores {pass}, otherwise {fail}"}
	deductRule      = Text{Zh: "从 {start} 分起，{events}", En: "from {start}, {events}"}
	eventRule       = Text{Zh: "{type} 每次减 {points} 分", En: "{type} takes {points} each"}
	rankWords       = Text{Zh: "{x}在可比人员中{best}为优，首位 {top} 分，末位 {last} 分", En: "{x} among peers, the {best} first with {top}, the last with {bottom}"}
	relativeDesc    = Text{Zh: "100 × {x} ÷ 可比人员最大值", En: "100 × {x} / the peers' largest"}
	relativeAsc     = Text{Zh: "100 × 可比人员最小值 ÷ {x}", En: "100 × the peers' smallest / {x}"}
	standardWords   = Text{Zh: "{mean} {sign} {sd} × ({x} − 可比均值) ÷ 标准差", En: "{mean} {sign} {sd} × ({x} − the peers' mean) / deviation"}
	largest         = Text{Zh: "大者", En: "largest"}
	smallest        = Text{Zh: "小者", En: "smallest"}
	needsPeers      = Text{Zh: "，至少 {n} 人", En: ", at least {n} peers"}
)

// methodWords says an item's method with its parameters.
func (s speaker) methodWords(i *Item) string {
	m := i.ResolvedMethod()
	words := s.rule(i, &m)
	switch {
	case m.Floor.Valid() && m.Cap.Valid():
		words += s.say(within, "floor", s.figure(m.Floor), "cap", s.figure(m.Cap))
	case m.Floor.Valid():
		words += s.say(notBelow, "floor", s.figure(m.Floor))
	}
	if m.MinPeers > 1 {
		words += s.say(needsPeers, "n", strconv.FormatInt(m.MinPeers, 10))
	}
	return s.say(methodHead, "method", s.say(methodNames[m.Type]), "words", words)
}

// x names what the method is of.
func (s speaker) x(i *Item, m *Method) string {
	lower := m.Direction == Lower && m.Type != MethodIncrements
	switch {
	case i.Source != SourceMetric:
		return s.say(pointsWords)
	case m.Of == OfAttainment && lower && m.Inverse == Reciprocal:
		return s.say(lowerReciprocal)
	case m.Of == OfAttainment && lower:
		return s.say(lowerMirror)
	}
	return s.say(ofWords[m.Of])
}

func (s speaker) rule(i *Item, m *Method) string {
	x := s.x(i, m)
	value := func(n Number) string { return s.share(m.Of, n) }
	switch m.Type {
	case MethodRatio:
		return "100 × " + x
	case MethodSteps:
		return s.say(stepsWords, "x", x, "below", s.figure(m.Below), "rows", s.tableRows(m))
	case MethodInterpolate:
		return s.say(lineWords, "x", x, "points", s.pointList(m))
	case MethodIncrements:
		return s.incrementRule(x, m)
	case MethodEfficacy:
		return s.say(efficacyWords, "x", x, "low", value(m.Unsatisfactory), "base", s.figure(m.Base),
			"high", value(m.Satisfactory), "top", s.figure(m.Base.Add(m.Span)))
	case MethodThreshold:
		return s.say(thresholdWords, "x", x, "op", s.say(opWords[m.Op]), "value", value(m.Value), "pass", s.figure(m.Pass), "fail", s.figure(m.Fail))
	case MethodDeduct:
		return s.say(deductRule, "start", s.figure(m.Start), "events", s.eventRules(m))
	case MethodRank, MethodRelative, MethodStandard:
		return s.peerRule(x, m)
	}
	return x
}

func (s speaker) tableRows(m *Method) string {
	words := stepFrom
	if m.Strict {
		words = stepAbove
	}
	rows := make([]string, len(m.Table))
	for r := range m.Table {
		rows[r] = s.say(words, "from", s.share(m.Of, m.Table[r].From), "score", s.figure(m.Table[r].Score))
	}
	return strings.Join(rows, s.say(comma))
}

func (s speaker) pointList(m *Method) string {
	points := make([]string, len(m.Points))
	for p := range m.Points {
		points[p] = s.say(linePoint, "x", s.share(m.Of, m.Points[p].X), "score", s.figure(m.Points[p].Score))
	}
	return strings.Join(points, " ")
}

func (s speaker) incrementRule(x string, m *Method) string {
	better, worse, whole := moreWords, lessWords, ""
	if m.Direction == Lower {
		better, worse = worse, better
	}
	if m.WholeSteps {
		whole = s.say(wholeSteps)
	}
	step := s.share(m.Of, m.Step)
	return s.say(incrementWords, "x", x, "from", s.share(m.Of, m.From), "start", s.figure(m.Start), "better", s.say(better), "step", step,
		"gain", s.figure(m.Gain), "worse", s.say(worse), "step2", step, "loss", s.figure(m.Loss), "whole", whole)
}

func (s speaker) eventRules(m *Method) string {
	rules := make([]string, len(m.Events))
	for e := range m.Events {
		rules[e] = s.say(eventRule, "points", s.figure(m.Events[e].Points), "type", s.name(EventName(m.Events[e].Type), m.Events[e].Type))
	}
	return strings.Join(rules, s.say(comma))
}

func (s speaker) peerRule(x string, m *Method) string {
	best, sign := largest, "+"
	if m.Order == Asc {
		best, sign = smallest, "−"
	}
	switch {
	case m.Type == MethodRank:
		return s.say(rankWords, "x", x, "best", s.say(best), "top", s.figure(m.Best), "last", s.figure(m.Worst), "bottom", s.figure(m.Worst))
	case m.Type == MethodRelative && m.Order == Asc:
		return s.say(relativeAsc, "x", x)
	case m.Type == MethodRelative:
		return s.say(relativeDesc, "x", x)
	}
	return s.say(standardWords, "mean", s.figure(m.Mean), "sign", sign, "sd", s.figure(m.SD), "x", x)
}
