package scoring

import (
	"strconv"
	"strings"
)

var (
	tablePositions = Text{Zh: "适用岗位：{list}", En: "Positions: {list}"}
	tablePeers     = Text{Zh: "可比范围：{group}", En: "Compared within: {group}"}
	tablePrecision = Text{Zh: "精度：{n} 位小数", En: "Decimals: {n}"}
	tableTotalCap  = Text{Zh: "总分上限：{cap}", En: "Total at most: {cap}"}
	tableBonusCap  = Text{Zh: "加分上限：{cap}", En: "Bonuses at most: {cap}"}
	tableDeductCap = Text{Zh: "减分上限：{cap}", En: "Deductions at most: {cap}"}
	peerGroupWords = map[string]Text{
		"bank": {Zh: "全行", En: "the bank"}, "branch": {Zh: "所在分行", En: "the branch"}, "unit": {Zh: "所在机构", En: "the unit"},
	}

	columnItem    = Text{Zh: "维度与考核项", En: "Perspective, item"}
	columnKey     = Text{Zh: "代码", En: "Key"}
	columnWeight  = Text{Zh: "权重", En: "Weight"}
	columnSource  = Text{Zh: "来源", En: "Source"}
	columnMissing = Text{Zh: "缺失时", En: "If missing"}
	columnMethod  = Text{Zh: "计分方法", En: "Method"}
	rowTotal      = Text{Zh: "合计", En: "Total"}

	missingWords = map[MissingRule]Text{
		MissingRequire: {Zh: "必需", En: "needed"}, MissingZero: {Zh: "记 0 分", En: "scored 0"},
		MissingNeutral: {Zh: "记 {neutral} 分", En: "scored {neutral}"}, MissingExclude: {Zh: "权重分摊", En: "weight spread"},
	}
	sourceWords = map[Source]Text{
		SourceMetric: {Zh: "指标", En: "metric"}, SourceRating: {Zh: "评价", En: "rating"},
		SourceSurvey: {Zh: "客户评价", En: "survey"}, SourceEvents: {Zh: "事件", En: "events"},
	}
	flowWords = Text{Zh: "指标（按天折算）", En: "metric, by days"}

	headAdjustments = Text{Zh: "加减分项", En: "Adjustments"}
	headVetoes      = Text{Zh: "一票否决", En: "Vetoes"}
	headGrades      = Text{Zh: "等级", En: "Grades"}
	bonusRow        = Text{Zh: "加分，上限 {cap}", En: "bonus, at most {cap}"}
	deductionRow    = Text{Zh: "减分，上限 {cap}", En: "deduction, at most {cap}"}
	vetoRow         = Text{Zh: "总分不超过 {cap}", En: "total at most {cap}"}
	gradeRow        = Text{Zh: "{min} 分及以上", En: "from {min}"}
	gradeLastRow    = Text{Zh: "其余", En: "below"}
	gradePay        = Text{Zh: "绩效系数 {coefficient}", En: "coefficient {coefficient}"}
)

// Table prints a valid scorecard as a table to be read, in "zh" or "en".
func (s *Scorecard) Table(lang string) string {
	say := speaker{lang}
	var b strings.Builder
	b.WriteString(say.title(s) + "\n\n")
	b.WriteString(say.items(s))
	b.WriteString(say.extras(s))
	return b.String()
}

// title says what the scorecard is and whom it is for.
func (s speaker) title(card *Scorecard) string {
	lines := []string{}
	name := s.name(card.Name, card.Code)
	if card.Code != "" && name != printable(card.Code) {
		name += " (" + printable(card.Code) + ")"
	}
	if name != "" {
		lines = append(lines, name)
	}
	var facts []string
	add := func(phrase Text, name, value string) {
		if value != "" {
			facts = append(facts, s.say(phrase, name, value))
		}
	}
	add(tablePositions, "list", printable(strings.Join(card.Positions, ", ")))
	if group, known := peerGroupWords[card.PeerGroup]; known {
		add(tablePeers, "group", s.say(group))
	} else {
		add(tablePeers, "group", printable(card.PeerGroup))
	}
	add(tablePrecision, "n", strconv.Itoa(card.Precision))
	total := hundred
	if card.TotalCap.Valid() {
		total = card.TotalCap
	}
	add(tableTotalCap, "cap", s.figure(total))
	add(tableBonusCap, "cap", s.figure(card.BonusCap))
	add(tableDeductCap, "cap", s.figure(card.DeductionCap))
	return strings.Join(append(lines, strings.Join(facts, "   ")), "\n")
}

// items prints the items under their perspectives, with the weights' subtotals.
func (s speaker) items(card *Scorecard) string {
	g := grid{right: map[int]bool{2: true}}
	g.row(s.say(columnItem), s.say(columnKey), s.say(columnWeight), s.say(columnSource), s.say(columnMissing), s.say(columnMethod))
	total := zero
	for p := range card.Perspectives {
		perspective, sum := &card.Perspectives[p], zero
		for i := range perspective.Items {
			sum = sum.Add(perspective.Items[i].Weight)
		}
		total = total.Add(sum)
		g.row(s.name(perspective.Name, perspective.Key), printable(perspective.Key), s.weight(sum), "", "", "")
		for i := range perspective.Items {
			item := &perspective.Items[i]
			g.row("  "+s.name(item.Name, item.Key), "  "+printable(item.Key), s.weight(item.Weight), s.source(item), s.missing(item), s.methodWords(item))
		}
	}
	g.row(s.say(rowTotal), "", s.weight(total), "", "", "")
	return g.String()
}

func (s speaker) source(i *Item) string {
	if i.Flow {
		return s.say(flowWords)
	}
	return s.say(sourceWords[i.Source])
}

func (s speaker) missing(i *Item) string {
	rule := i.Missing
	if rule == "" {
		rule = MissingRequire
	}
	return s.say(missingWords[rule], "neutral", s.figure(i.Neutral))
}

// extras prints adjustments, vetoes and grades.
func (s speaker) extras(card *Scorecard) string {
	g := grid{}
	head := func(phrase Text) { g.row(""); g.row(s.say(phrase)) }
	if len(card.Adjustments) > 0 {
		head(headAdjustments)
	}
	for i := range card.Adjustments {
		a, words := &card.Adjustments[i], bonusRow
		if a.Type == Deduction {
			words = deductionRow
		}
		g.row("  "+s.name(a.Name, a.Key), s.say(words, "cap", s.figure(a.Cap)))
	}
	if len(card.Vetoes) > 0 {
		head(headVetoes)
	}
	for i := range card.Vetoes {
		g.row("  "+s.name(card.Vetoes[i].Name, card.Vetoes[i].Key), s.say(vetoRow, "cap", s.figure(card.Vetoes[i].Cap)))
	}
	if len(card.Grades) > 0 {
		head(headGrades)
	}
	for i := range card.Grades {
		row := &card.Grades[i]
		from, pay := s.say(gradeLastRow), ""
		if row.Min.Valid() {
			from = s.say(gradeRow, "min", s.figure(row.Min))
		}
		if row.Coefficient != "" {
			pay = s.say(gradePay, "coefficient", row.Coefficient)
		}
		g.row("  "+printable(row.Grade), from, pay)
	}
	return g.String()
}
