package scorecards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// What the rules ask of a scorecard, in percent of the weights.
const (
	riskLeast        = 10 // of risk and compliance together
	qualitativeLeast = 10 // of ratings and surveys together
	itemMost         = 50 // of one item
)

// riskWords, balanceWords and shareWords tell by the bank's own names what an item
// is about: a definition has no field for it.
var (
	riskWords    = []string{"风险", "合规", "内控", "内部流程", "投诉", "检查", "案防", "risk", "complian", "conduct", "inspection", "complaint", "internal process"}
	balanceWords = []string{"时点", "期末余额", "月末余额", "point-in-time", "period-end balance", "month-end balance", "balance at period end"}
	shareWords   = []string{"份额", "占比排名", "排名", "市场占有", "market share", "ranking"}
)

// placed is an item with its place in the definition.
type placed struct {
	*scoring.Item
	path  string
	words string // its names, those of its metric and of its perspective
}

func (p *placed) speaksOf(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(p.words, word) })
}

// risk says whether the item weighs risk, compliance, complaints or inspections.
func (p *placed) risk() bool { return p.Source == scoring.SourceEvents || p.speaksOf(riskWords) }

// rules are the findings of the rules of the field that a definition has the fields
// for. That weights add up is checked by scoring; delegations are not known here.
func (s *Service) rules(card *scoring.Scorecard, all *shelf) []Finding {
	items := placedItems(card, all)
	if len(items) == 0 {
		return nil
	}
	var list []Finding
	warn := func(rule, path string, args lang.Args) {
		list = append(list, Finding{Warning: true, Path: path, Code: "rule." + rule, Args: args, Source: "rule." + rule + ".source"})
	}
	risk := share(items, (*placed).risk)
	if !slices.ContainsFunc(items, func(p placed) bool { return p.risk() }) {
		warn("sales_only", "/perspectives", nil)
	}
	if risk.Cmp(scoring.FromInt(riskLeast)) < 0 {
		warn("risk", "/perspectives", lang.Args{"share": risk.String(), "least": riskLeast})
	}
	qualitative := share(items, func(p *placed) bool { return p.Source == scoring.SourceRating || p.Source == scoring.SourceSurvey })
	if qualitative.Cmp(scoring.FromInt(qualitativeLeast)) < 0 {
		warn("qualitative", "/perspectives", lang.Args{"share": qualitative.String(), "least": qualitativeLeast})
	}
	for i := range items {
		p := &items[i]
		if p.Source == scoring.SourceMetric && p.speaksOf(balanceWords) {
			warn("balance", p.path+"/metric", lang.Args{"item": named(p.Item)})
		}
		if p.comparesWithoutTarget() {
			warn("rank", p.path+"/method", lang.Args{"item": named(p.Item)})
		}
		if p.Weight.Valid() && p.Weight.Cmp(scoring.FromInt(itemMost)) > 0 {
			warn("heavy", p.path+"/weight", lang.Args{"item": named(p.Item), "weight": p.Weight.String(), "most": itemMost})
		}
	}
	return list
}

// comparesWithoutTarget says whether a metric is scored by its rank or share and no target.
func (p *placed) comparesWithoutTarget() bool {
	if p.Source != scoring.SourceMetric {
		return false
	}
	m := p.ResolvedMethod()
	if m.Of == scoring.OfAttainment || m.Of == scoring.OfGap {
		return false
	}
	return m.Type == scoring.MethodRank || p.speaksOf(shareWords)
}

func placedItems(card *scoring.Scorecard, all *shelf) []placed {
	var items []placed
	for i := range card.Perspectives {
		p := &card.Perspectives[i]
		for n := range p.Items {
			item := &p.Items[n]
			words := []string{p.Name.Zh, p.Name.En, p.Key, item.Name.Zh, item.Name.En, item.Key}
			if item.Source == scoring.SourceMetric {
				words = append(words, all.metricNames[item.MetricCode()])
			}
			items = append(items, placed{
				Item: item, path: fmt.Sprintf("/perspectives/%d/items/%d", i, n), words: strings.ToLower(strings.Join(words, "\n")),
			})
		}
	}
	return items
}

// share adds up the weights of some items.
func share(items []placed, of func(*placed) bool) scoring.Number {
	sum := scoring.FromInt(0)
	for i := range items {
		if items[i].Weight.Valid() && of(&items[i]) {
			sum = sum.Add(items[i].Weight)
		}
	}
	return sum
}

// undescribed lists the rating items with levels that their rubric does not describe.
func undescribed(card *scoring.Scorecard, described map[string]map[string]bool) []Finding {
	var list []Finding
	for i := range card.Perspectives {
		for n := range card.Perspectives[i].Items {
			item := &card.Perspectives[i].Items[n]
			if item.Rating == nil {
				continue
			}
			var lacking []string
			for _, level := range item.Rating.Levels {
				if !described[item.Key][level.Level] {
					lacking = append(lacking, level.Level)
				}
			}
			if len(lacking) > 0 {
				list = append(list, Finding{
					Warning: true, Path: fmt.Sprintf("/perspectives/%d/items/%d/rating", i, n), Code: "rule.rubric", Source: "rule.rubric.source",
					Args: lang.Args{"item": named(item), "levels": strings.Join(lacking, ", ")},
				})
			}
		}
	}
	return list
}

// named gives an item's name in both languages, its key where it has none.
func named(item *scoring.Item) lang.Text {
	name := lang.Text{Zh: item.Name.In(scoring.Chinese), En: item.Name.In(scoring.English)}
	if name.Zh == "" {
		name = lang.Text{Zh: item.Key, En: item.Key}
	}
	return name
}

var _ = lang.Register(map[string]lang.Text{
	"rule.weights":            {Zh: "权重合计为 {sum}，应恰为 100", En: "the weights add up to {sum}, not to exactly 100"},
	"rule.weights.source":     {Zh: "规则 1：各项权重合计恰为 100", En: "Rule 1: weights add up to exactly 100"},
	"rule.sales_only":         {Zh: "没有流程合规、投诉或检查结果方面的考核项：代理销售岗位不得只考核销售业绩", En: "no item weighs process compliance, complaints or inspections: those who sell on behalf of others may not be judged by sales alone"},
	"rule.sales_only.source":  {Zh: "规则 2：代销岗位不得只考核销售（金规〔2025〕6号）", En: "Rule 2: no sales-only scorecard for those who sell on behalf of others (金规〔2025〕6号)"},
	"rule.risk":               {Zh: "风险合规类权重合计 {share}%，低于下限 {least}%", En: "risk and compliance weigh {share} % together, less than {least} %"},
	"rule.risk.source":        {Zh: "规则 3：至少一项风险或合规考核项，权重不低于本行下限", En: "Rule 3: at least one risk or compliance item, with the bank's minimum weight"},
	"rule.balance":            {Zh: "「{item}」考核期末时点规模；请改用日均等平均口径", En: "“{item}” is a balance at the period's end; use an average instead"},
	"rule.balance.source":     {Zh: "规则 4：不得设期末时点规模指标（银监发〔2012〕34号第十二条）", En: "Rule 4: no point-in-time balance at period end (银监发〔2012〕34号 art. 12)"},
	"rule.rank":               {Zh: "「{item}」按排名或份额计分，没有目标；请改按完成率或差额", En: "“{item}” is scored by rank or share without a target; take the attainment or the gap"},
	"rule.rank.source":        {Zh: "规则 5：不得设没有目标的排名或份额指标（银监发〔2012〕34号第十二条）", En: "Rule 5: no rank or share metric without a target (银监发〔2012〕34号 art. 12)"},
	"rule.qualitative":        {Zh: "定性考核项（评价、客户评价）权重合计 {share}%，低于下限 {least}%", En: "qualitative items (ratings and surveys) weigh {share} % together, less than {least} %"},
	"rule.qualitative.source": {Zh: "规则 7：至少一项定性考核项，占比不低于本行下限", En: "Rule 7: at least one qualitative item, with the bank's minimum share"},
	"rule.rubric":             {Zh: "「{item}」的等级 {levels} 在评分标准中没有中英文说明", En: "the levels {levels} of “{item}” have no description in both languages in its rubric"},
	"rule.rubric.source":      {Zh: "规则 8：评分标准的每个等级都有中英文说明", En: "Rule 8: every rubric level has a description in both languages"},
	"rule.heavy":              {Zh: "「{item}」权重 {weight}%，高于单项上限 {most}%", En: "“{item}” weighs {weight} %, more than {most} % for a single item"},
	"rule.heavy.source":       {Zh: "规则 9：单项权重不高于本行上限", En: "Rule 9: no single item above the bank's maximum share"},
})
