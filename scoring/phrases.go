package scoring

import (
	"strings"
	"unicode"
)

// speaker says things in one language.
type speaker struct{ lang string }

// say gives a phrase with its {names} filled; args are names and values in turn.
func (s speaker) say(phrase Text, args ...string) string {
	text := phrase.En
	if s.lang == Chinese {
		text = phrase.Zh
	}
	for i := 0; i+1 < len(args); i += 2 {
		text = strings.Replace(text, "{"+args[i]+"}", args[i+1], 1)
	}
	return text
}

// name gives a name fit to be shown, the key where there is none.
func (s speaker) name(t Text, key string) string {
	if name := t.In(s.lang); name != "" {
		return printable(name)
	}
	return printable(key)
}

// printable replaces what would move a cursor or turn a line round.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}

// figure writes a value with its thousands apart: a decimal exactly, anything
// else to 10 significant digits.
func (s speaker) figure(n Number) string {
	if n.big == nil && n.den != 0 {
		return grouped(string(n.appendCanonical(nil)))
	}
	if decimals, ok := n.decimals(); ok && decimals > maxDecimals+1 {
		return grouped(n.Significant(significant))
	}
	return grouped(n.String())
}

// percent writes a share such as an attainment in percent, to two decimals.
func (s speaker) percent(share Number) string {
	const decimals = 2
	return s.ofHundred(grouped(share.Mul(hundred).Fixed(decimals)))
}

// weight writes a figure that is percent already.
func (s speaker) weight(n Number) string { return s.ofHundred(s.figure(n)) }

func (s speaker) ofHundred(figure string) string {
	if s.lang == Chinese {
		return figure + "%"
	}
	return figure + " %"
}

// grouped sets commas between the thousands of a decimal.
func grouped(decimal string) string {
	from := 0
	if strings.HasPrefix(decimal, "-") {
		from = 1
	}
	to := strings.IndexByte(decimal, '.')
	if to < 0 {
		to = len(decimal)
	}
	if to-from <= 3 {
		return decimal
	}
	b := append([]byte(nil), decimal[:from]...)
	for i := from; i < to; i++ {
		if i > from && (to-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, decimal[i])
	}
	return string(append(b, decimal[to:]...))
}

var (
	statusWords = map[Status]Text{
		Complete:    {Zh: "已完成", En: "complete"},
		Incomplete:  {Zh: "不完整", En: "incomplete"},
		NotAssessed: {Zh: "不参与考核", En: "not assessed"},
	}
	reasonWords = map[Reason]Text{
		NoData:              {Zh: "没有数据", En: "no data"},
		TargetNotPositive:   {Zh: "目标值不大于 0", En: "the target is not above 0"},
		BaselineZero:        {Zh: "基期值为 0", En: "the baseline is 0"},
		RoleMissing:         {Zh: "缺少必需的评价角色", En: "a role that must rate has not"},
		NoRatings:           {Zh: "没有足够的评价", En: "no role has enough ratings"},
		TooFewAnswers:       {Zh: "客户评价份数不足", En: "too few answers"},
		TooFewPeers:         {Zh: "可比人数不足", En: "too few peers"},
		SegmentIncomplete:   {Zh: "有任职段的考核项缺失", En: "a segment lacks an item that it needs"},
		AdjustmentNotListed: {Zh: "有主计分卡未列的加减分项", En: "an adjustment that the main scorecard does not list"},
		VetoNotListed:       {Zh: "有主计分卡未列的一票否决项", En: "a veto that the main scorecard does not list"},
		NoCountingSegment:   {Zh: "没有达到最少天数的任职段", En: "no segment has enough days"},
	}
	ofWords = map[Of]Text{
		OfActual:     {Zh: "实际值", En: "actual"},
		OfAttainment: {Zh: "完成率", En: "attainment"},
		OfGap:        {Zh: "差额", En: "gap"},
		OfGrowth:     {Zh: "增长率", En: "growth"},
	}
	opWords = map[Op]Text{
		AtLeast: {Zh: "不低于", En: "at least"},
		Above:   {Zh: "高于", En: "above"},
		AtMost:  {Zh: "不高于", En: "at most"},
		Below:   {Zh: "低于", En: "below"},
	}
)

// Words gives a reason in "zh" or "en".
func (r Reason) Words(lang string) string { return reasonWords[r].In(lang) }

// Words gives a status in "zh" or "en".
func (s Status) Words(lang string) string { return statusWords[s].In(lang) }
