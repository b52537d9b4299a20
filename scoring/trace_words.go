package scoring

import "strconv"

// Lines renders the trace in words, in "zh" or "en": one line for each item,
// and for each step from the items to the total.
func (t *Trace) Lines(lang string) []string {
	s := speaker{lang}
	lines := []string{s.outcome(t.Result)}
	for i := range t.Segments {
		lines = append(lines, s.segment(t, &t.Segments[i])...)
	}
	if t.Result.Status != Complete {
		return lines
	}
	return append(lines, s.total(t)...)
}

var (
	outcomeComplete = Text{Zh: "{id}：总分 {total}", En: "{id}: total {total}"}
	outcomeOther    = Text{Zh: "{id}：{status}（{reason}）", En: "{id}: {status} ({reason})"}
	outcomeGrade    = Text{Zh: "，等级 {grade}", En: ", grade {grade}"}
	outcomePay      = Text{Zh: "，绩效系数 {coefficient}", En: ", coefficient {coefficient}"}
	outcomeRank     = Text{Zh: "，{peers} 人中第 {rank} 名", En: ", rank {rank} of {peers}"}
)

// outcome says what became of the member.
func (s speaker) outcome(r *Result) string {
	id := printable(r.ID)
	if r.Status != Complete {
		return s.say(outcomeOther, "id", id, "status", r.Status.Words(s.lang), "reason", r.Reason.Words(s.lang))
	}
	line := s.say(outcomeComplete, "id", id, "total", r.Total.Fixed(r.Precision))
	if r.Grade != "" {
		line += s.say(outcomeGrade, "grade", printable(r.Grade))
	}
	if r.Coefficient != "" {
		line += s.say(outcomePay, "coefficient", r.Coefficient)
	}
	return line + s.say(outcomeRank, "rank", strconv.Itoa(r.Rank), "peers", strconv.Itoa(r.Peers))
}

var (
	segmentAt    = Text{Zh: "，{place}", En: ", {place}"}
	segmentHead  = Text{Zh: "第 {n} 段：{card}，{days} 天", En: "Segment {n}: {card}, {days} days"}
	segmentOut   = Text{Zh: "，不足 {least} 天，不计入", En: ", fewer than {least}, does not count"}
	segmentMain  = Text{Zh: "（主段，决定精度、加减分、否决与等级）", En: " (the main one: its scorecard decides precision, adjustments, vetoes and grades)"}
	segmentSum   = Text{Zh: "  基础分 {base}", En: "  base {base}"}
	segmentLacks = Text{Zh: "  有必需的考核项缺失，或没有考核项可计：没有基础分", En: "  an item that is needed is missing, or none is left: no base"}
	perspective  = Text{Zh: "  {name}：小计 {subtotal}", En: "  {name}: subtotal {subtotal}"}
	unscored     = Text{Zh: "  {name}", En: "  {name}"}
)

// segment says how a segment came to its base.
func (s speaker) segment(t *Trace, seg *SegmentTrace) []string {
	head := s.say(segmentHead, "n", strconv.Itoa(seg.Index+1), "card", s.name(seg.Card.Name, seg.Scorecard), "days", strconv.Itoa(seg.Days))
	if seg.Place != "" {
		head += s.say(segmentAt, "place", printable(seg.Place))
	}
	if !seg.Counts {
		return []string{head + s.say(segmentOut, "least", strconv.Itoa(t.MinDays))}
	}
	if len(t.Segments) > 1 && t.Main == seg.Index {
		head += s.say(segmentMain)
	}
	lines, last := []string{head}, -1
	for i := range seg.Items {
		if p := seg.Items[i].Perspective; p != last {
			last = p
			lines = append(lines, s.perspective(seg, p))
		}
		lines = append(lines, s.item(t, seg, &seg.Items[i]))
	}
	if seg.Status != Complete {
		return append(lines, s.say(segmentLacks))
	}
	return append(lines, s.say(segmentSum, "base", seg.Base.Fixed(seg.Card.Precision)))
}

func (s speaker) perspective(seg *SegmentTrace, index int) string {
	p := &seg.Card.Perspectives[index]
	name := s.name(p.Name, p.Key)
	if seg.Status != Complete {
		return s.say(unscored, "name", name)
	}
	return s.say(perspective, "subtotal", seg.Subtotals[index].Fixed(seg.Card.Precision), "name", name)
}

var (
	baseOne       = Text{Zh: "基础分 {base}", En: "Base {base}"}
	baseOfDays    = Text{Zh: "基础分：按天数加权 {terms} ÷ {days} 天 = {base}", En: "Base: by days, ({terms}) / {days} = {base}"}
	baseTerm      = Text{Zh: "{days} 天 × {base}", En: "{days} × {base}"}
	bonusWords    = Text{Zh: "加分 {name}：{entered}", En: "Bonus {name}: {entered}"}
	deductWords   = Text{Zh: "减分 {name}：{entered}", En: "Deduction {name}: {entered}"}
	countedWords  = Text{Zh: "（上限 {cap}），计 {counted}", En: " (cap {cap}), counts {counted}"}
	bonusCapped   = Text{Zh: "加分合计 {sum}，上限 {cap}，计 {counted}", En: "Bonuses together {sum}, cap {cap}, count {counted}"}
	deductCapped  = Text{Zh: "减分合计 {sum}，上限 {cap}，计 {counted}", En: "Deductions together {sum}, cap {cap}, count {counted}"}
	totalWords    = Text{Zh: "总分：{base} + {bonus} − {deduction} = {sum}", En: "Total: {base} + {bonus} − {deduction} = {sum}"}
	totalCapped   = Text{Zh: "，上限 {cap}", En: ", cap {cap}"}
	totalFloored  = Text{Zh: "，不低于 0", En: ", not below 0"}
	vetoWords     = Text{Zh: "一票否决 {name}：总分不超过 {cap}", En: "Veto {name}: the total is at most {cap}"}
	vetoBit       = Text{Zh: "，降为 {cap}", En: ", cut to {cap}"}
	vetoIdle      = Text{Zh: "，没有影响", En: ", changes nothing"}
	gradeWords    = Text{Zh: "等级 {grade}：总分 {total} 不低于 {min}", En: "Grade {grade}: the total {total} is at least {min}"}
	gradeLowWords = Text{Zh: "等级 {grade}：总分 {total} 未达到以上各级", En: "Grade {grade}: the total {total} reaches no higher one"}
)

// total says how base, adjustments, vetoes and grade came to the outcome.
func (s speaker) total(t *Trace) []string {
	r, p := t.Result, t.Result.Precision
	lines := []string{s.base(t)}
	for i := range t.Adjustments {
		a, words := &t.Adjustments[i], bonusWords
		if a.Type == Deduction {
			words = deductWords
		}
		lines = append(lines, s.say(words, "entered", s.figure(a.Entered), "name", s.name(AdjustmentName(a.Name, a.Key), a.Key))+
			s.say(countedWords, "cap", s.figure(a.Cap), "counted", a.Counted.Fixed(p)))
	}
	if r.Bonus.Cmp(t.BonusSum) < 0 {
		lines = append(lines, s.say(bonusCapped, "sum", t.BonusSum.Fixed(p), "cap", s.figure(t.BonusCap), "counted", r.Bonus.Fixed(p)))
	}
	if r.Deduction.Cmp(t.DeductionSum) < 0 {
		lines = append(lines, s.say(deductCapped, "sum", t.DeductionSum.Fixed(p), "cap", s.figure(t.DeductionCap), "counted", r.Deduction.Fixed(p)))
	}
	line := s.say(totalWords, "base", r.Base.Fixed(p), "bonus", r.Bonus.Fixed(p), "deduction", r.Deduction.Fixed(p), "sum", t.Uncapped.Fixed(p))
	switch t.Uncapped.Cmp(t.BeforeVeto) {
	case 1:
		line += s.say(totalCapped, "cap", s.figure(t.TotalCap))
	case -1:
		line += s.say(totalFloored)
	}
	lines = append(lines, line)
	for i := range t.Vetoes {
		v := &t.Vetoes[i]
		line, effect := s.say(vetoWords, "cap", s.figure(v.Cap), "name", s.name(AdjustmentName(v.Name, v.Key), v.Key)), vetoIdle
		if v.Bit {
			effect = vetoBit
		}
		lines = append(lines, line+s.say(effect, "cap", s.figure(v.Cap)))
	}
	return append(lines, s.grade(t)...)
}

// base says how the member's base came of the segments'.
func (s speaker) base(t *Trace) string {
	r := t.Result
	base := r.Base.Fixed(r.Precision)
	if len(r.Segments) == 1 {
		return s.say(baseOne, "base", base)
	}
	terms, days := "", 0
	for i := range r.Segments {
		if i > 0 {
			terms += " + "
		}
		seg := &r.Segments[i]
		terms += s.say(baseTerm, "days", strconv.Itoa(seg.Days), "base", seg.Base.Fixed(seg.Precision))
		days += seg.Days
	}
	if s.lang == Chinese {
		terms = "（" + terms + "）"
	}
	return s.say(baseOfDays, "terms", terms, "days", strconv.Itoa(days), "base", base)
}

func (s speaker) grade(t *Trace) []string {
	if t.Grade == nil {
		return nil
	}
	words, total := gradeLowWords, t.Result.Total.Fixed(t.Result.Precision)
	if t.Grade.Min.Valid() {
		words = gradeWords
	}
	return []string{s.say(words, "total", total, "min", s.figure(t.Grade.Min), "grade", printable(t.Grade.Grade))}
}
