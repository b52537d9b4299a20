package scoring

import (
	"strconv"
	"strings"
)

var (
	itemLine      = Text{Zh: "    {name}：", En: "    {name}: "}
	weighted      = Text{Zh: " × 权重 {weight} = {contribution}", En: " × weight {weight} = {contribution}"}
	spreadWeight  = Text{Zh: " × 权重 {weight}（分摊后 {effective}） = {contribution}", En: " × weight {weight} (spread to {effective}) = {contribution}"}
	unweighted    = Text{Zh: "（权重 {weight}，本段不计）", En: " (weight {weight}, the segment does not add up)"}
	scoredZero    = Text{Zh: "{reason}，记 {score} 分", En: "{reason}, scored {score}"}
	scoredNeutral = Text{Zh: "{reason}，记中性分 {score}", En: "{reason}, neutral score {score}"}
	leftOut       = Text{Zh: "{reason}，不计，权重 {weight} 由其余各项分摊", En: "{reason}, left out, its weight {weight} spread over the other items"}
	lacking       = Text{Zh: "{reason}，此项必需", En: "{reason}, and the item is needed"}
	peersFound    = Text{Zh: "（可比 {n} 人，至少需要 {least} 人）", En: " ({n} of the {least} peers needed)"}
)

// ItemLine gives the line of one item as [Trace.Lines] has it, without its indent.
func (t *Trace) ItemLine(lang string, segment, item int) string {
	seg := &t.Segments[segment]
	return strings.TrimSpace(speaker{lang}.item(t, seg, &seg.Items[item]))
}

// item says how an item came to its contribution.
func (s speaker) item(t *Trace, seg *SegmentTrace, i *ItemTrace) string {
	line := s.say(itemLine, "name", s.name(i.Item.Name, i.Item.Key))
	precision := seg.Card.Precision
	reason := i.Reason.Words(s.lang)
	if i.Reason == TooFewPeers {
		reason += s.say(peersFound, "n", strconv.Itoa(i.Peers.N), "least", strconv.FormatInt(i.Method.MinPeers, 10))
	}
	switch i.Status {
	case ItemMissing:
		return line + s.say(lacking, "reason", reason)
	case ItemExcluded:
		return line + s.say(leftOut, "reason", reason, "weight", s.weight(i.Weight))
	case ItemZero:
		line += s.say(scoredZero, "reason", reason, "score", i.Score.Fixed(precision))
	case ItemNeutral:
		line += s.say(scoredNeutral, "reason", reason, "score", i.Score.Fixed(precision))
	default:
		line += s.value(t, seg, i) + s.method(i, precision)
	}
	switch {
	case !i.Contribution.Valid():
		return line + s.say(unweighted, "weight", s.weight(i.Weight))
	case i.EffectiveWeight.Cmp(i.Weight) != 0:
		return line + s.say(spreadWeight, "weight", s.weight(i.Weight), "effective", s.weight(i.EffectiveWeight), "contribution", i.Contribution.Fixed(precision))
	}
	return line + s.say(weighted, "weight", s.weight(i.Weight), "contribution", i.Contribution.Fixed(precision))
}

var (
	flowRaised    = Text{Zh: "实际 {actual}（{days} 天，折算全期 {raised}）", En: "actual {actual} in {days} days, {raised} for the full {period}"}
	plainActual   = Text{Zh: "实际 {actual}", En: "actual {actual}"}
	overTarget    = Text{Zh: " ÷ 目标 {target}，完成率 {x}", En: " / target {target}, attainment {x}"}
	mirrored      = Text{Zh: "，目标 {target}（越低越好），完成率 2 − 实际 ÷ 目标 = {x}", En: ", target {target} (less is better), attainment 2 − actual / target = {x}"}
	turnedRound   = Text{Zh: "，目标 {target}（越低越好），完成率 目标 ÷ 实际 = {x}", En: ", target {target} (less is better), attainment target / actual = {x}"}
	noneAtAll     = Text{Zh: "，目标 {target}（越低越好）", En: ", target {target} (less is better)"}
	aboveTarget   = Text{Zh: " − 目标 {target}，差额 {x}", En: " − target {target}, gap {x}"}
	sinceBaseline = Text{Zh: "，基期 {baseline}，增长率 {x}", En: ", baseline {baseline}, growth {x}"}
	roleWords     = Text{Zh: "{role}均分 {mean}（{used} 份，占 {share}）", En: "mean of {role} {mean} from {used} ({share})"}
	roleTrimmed   = Text{Zh: "{role}均分 {mean}（{count} 份去掉最高最低，占 {share}）", En: "mean of {role} {mean} from {count} less the highest and lowest ({share})"}
	roleTooFew    = Text{Zh: "{role} {count} 份，不足，不计", En: "{role} {count}, too few to count"}
	ratingAlone   = Text{Zh: "评价得分 {x}", En: "points {x}"}
	ratingPoints  = Text{Zh: "，评价得分 {x}", En: ", points {x}"}
	surveyWords   = Text{Zh: "{count} 份合计 {sum}，均分 {mean}", En: "{count} answers, sum {sum}, mean {mean}"}
	surveyPrior   = Text{Zh: "（含先验 {weight} 份 × {prior}）", En: " (with a prior of {weight} × {prior})"}
	surveyPoints  = Text{Zh: "，换算 {x} 分", En: ", points {x}"}
	eventWords    = Text{Zh: "{type} {count} 次 × {points}", En: "{count} × {type} at {points}"}
	noEvents      = Text{Zh: "没有事件", En: "no events"}
	comma         = Text{Zh: "，", En: ", "}
	listComma     = Text{Zh: "；", En: "; "}
)

// value says what x is and where it comes from.
func (s speaker) value(t *Trace, seg *SegmentTrace, i *ItemTrace) string {
	switch i.Item.Source {
	case SourceRating:
		if len(i.Roles) == 0 { // whoever shows the trace keeps them back
			return s.say(ratingAlone, "x", s.figure(i.X))
		}
		return s.roles(i) + s.say(ratingPoints, "x", s.figure(i.X))
	case SourceSurvey:
		if !i.Sum.Valid() { // the points alone were given
			return s.say(ratingAlone, "x", s.figure(i.X))
		}
		words := s.say(surveyWords, "count", strconv.FormatInt(i.Count, 10), "sum", s.figure(i.Sum), "mean", s.figure(i.MeanAnswer))
		if survey := i.Item.Survey; survey.PriorMean.Valid() {
			words += s.say(surveyPrior, "weight", s.figure(survey.PriorWeight), "prior", s.figure(survey.PriorMean))
		}
		return words + s.say(surveyPoints, "x", s.figure(i.X))
	case SourceEvents:
		return s.events(i)
	}
	actual := s.say(plainActual, "actual", s.figure(i.Actual))
	if i.Item.Flow && seg.Days != t.PeriodDays {
		actual = s.say(flowRaised, "actual", s.figure(i.Actual), "days", strconv.Itoa(seg.Days),
			"raised", s.figure(i.Raised), "period", strconv.Itoa(t.PeriodDays))
	}
	return actual + s.of(i)
}

// of says what a metric's method takes of the actual.
func (s speaker) of(i *ItemTrace) string {
	m, target := i.Method, s.figure(i.Target)
	lower := m.Direction == Lower && m.Type != MethodIncrements
	switch {
	case m.Of == OfGap:
		return s.say(aboveTarget, "target", target, "x", s.figure(i.X))
	case m.Of == OfGrowth:
		return s.say(sinceBaseline, "baseline", s.figure(i.Baseline), "x", s.percent(i.X))
	case m.Of != OfAttainment:
		return ""
	case !i.X.Valid():
		return s.say(noneAtAll, "target", target)
	case !lower:
		return s.say(overTarget, "target", target, "x", s.percent(i.X))
	case m.Inverse == Reciprocal:
		return s.say(turnedRound, "target", target, "x", s.percent(i.X))
	}
	return s.say(mirrored, "target", target, "x", s.percent(i.X))
}

func (s speaker) roles(i *ItemTrace) string {
	var parts []string
	for r := range i.Roles {
		role := &i.Roles[r]
		words, mean, share := roleWords, "", ""
		switch {
		case !role.Counts:
			words = roleTooFew
		case role.Used < role.Count:
			words = roleTrimmed
		}
		if role.Counts {
			mean, share = s.figure(role.Mean), s.weight(role.Share)
		}
		parts = append(parts, s.say(words, "mean", mean, "used", strconv.Itoa(role.Used), "count", strconv.Itoa(role.Count),
			"share", share, "role", s.name(RoleName(role.Role), role.Role)))
	}
	return strings.Join(parts, s.say(listComma))
}

func (s speaker) events(i *ItemTrace) string {
	var parts []string
	for e := range i.Events {
		if event := &i.Events[e]; event.Count > 0 {
			parts = append(parts, s.say(eventWords, "count", strconv.FormatInt(event.Count, 10), "points", s.figure(event.Points), "type", s.name(EventName(event.Type), event.Type)))
		}
	}
	if len(parts) == 0 {
		return s.say(noEvents)
	}
	return strings.Join(parts, s.say(comma))
}
