package seed

import "strconv"

// metric is a figure that the bank's systems deliver.
type metric struct {
	code, name, measure string
	decimals            int
}

var metrics = []metric{
	{"deposits", "日均存款增长", "元", 2},
	{"loans", "贷款发放", "元", 2},
	{"fee_income", "中间业务收入", "元", 2},
	{"new_customers", "新增有效客户数", "户", 0},
	{"churn", "客户流失率", "%", 2},
	{"visits", "客户拜访次数", "次", 0},
	{"npl", "不良贷款率", "%", 2},
	{"overdue_files", "贷后检查逾期份数", "份", 0},
	{"cross_sell", "交叉销售率", "%", 2},
	{"campaigns", "营销活动参与", "次", 0},
	{"training_hours", "培训学时", "时", 1},
	{"aum", "管理资产", "元", 2},
	{"wealth_sales", "理财销售", "元", 2},
	{"card_activation", "信用卡激活", "张", 0},
	{"complaints", "客户投诉率", "‰", 2},
	{"transactions", "业务笔数", "笔", 0},
	{"accuracy", "业务准确率", "%", 2},
}

func metricTable() Table {
	t := Table{Kind: "metrics", Header: []string{"指标代码", "指标名称", "计量单位", "小数位"}}
	for _, m := range metrics {
		t.add(m.code, m.name, m.measure, strconv.Itoa(m.decimals))
	}
	return t
}

// drive says how the figures of a metric come about, in units of its last decimal.
type drive struct {
	metric   string
	decimals int
	// target is what is expected of a member; 0 for a metric without one.
	target int64
	// centre is the usual actual of a metric that does not follow its target.
	centre int64
	spread int64 // how far figures lie apart; in thousandths of the target where they follow it
	pull   int64 // how much of its spread the member's own ability moves an actual without target
	flow   bool  // grows with the days and with the season
	least  int64
	most   int64 // 0 for no bound
}

// drives are the metrics that each scorecard looks at.
var drives = map[string][]drive{
	corporate: {
		{metric: "deposits", decimals: 2, target: 500000000, spread: 420, flow: true, least: -900000000},
		{metric: "loans", decimals: 2, target: 300000000, spread: 380, flow: true},
		{metric: "fee_income", decimals: 2, target: 8000000, spread: 350, flow: true},
		{metric: "new_customers", target: 15, spread: 350, flow: true},
		{metric: "churn", decimals: 2, centre: 440, spread: 380, pull: -400, least: 15},
		{metric: "visits", target: 20, spread: 300, flow: true},
		{metric: "npl", decimals: 2, centre: 160, spread: 160, pull: -150},
		{metric: "overdue_files", target: 2, centre: 2, spread: 3, pull: -2},
		{metric: "cross_sell", decimals: 2, centre: 5000, spread: 2600, pull: 3000, least: 500, most: 9800},
		{metric: "campaigns", centre: 4, spread: 3, pull: 2},
		{metric: "training_hours", decimals: 1, target: 80, centre: 84, spread: 50, pull: 30},
	},
	retail: {
		{metric: "wealth_sales", decimals: 2, target: 120000000, spread: 450, flow: true},
		{metric: "card_activation", target: 40, spread: 400, flow: true},
		{metric: "complaints", decimals: 2, centre: 60, spread: 28, pull: -12, least: 30},
		{metric: "training_hours", decimals: 1, target: 80, centre: 84, spread: 50, pull: 30},
	},
	teller: {
		{metric: "transactions", target: 1800, spread: 250, flow: true},
		{metric: "accuracy", decimals: 2, centre: 9940, spread: 110, pull: 120, least: 9300, most: 10000},
		{metric: "training_hours", decimals: 1, target: 60, centre: 64, spread: 40, pull: 20},
	},
}

// expected gives the target of a month, rounded as people set targets.
func (d drive) expected(of month) int64 {
	if !d.flow {
		return d.target
	}
	target := d.target * (1000 + (of.season()-1000)*7/10) / 1000
	for _, step := range []int64{10000000, 1000000, 100000, 10} {
		if target > 20*step {
			return target / step * step
		}
	}
	return target
}

// reached gives the actual of a member's days in a month.
func (d drive) reached(m *member, of month, g segment) int64 {
	keys := []string{d.metric, m.no, of.code(), g.unit}
	var actual int64
	if d.flow {
		actual = d.target * of.season() / 1000 * (m.ability + bell(d.spread, keys...)) / 1000
		actual = actual * int64(g.days) / int64(of.days())
	} else {
		actual = d.centre + bell(d.spread, keys...) + d.pull*(m.ability-1000)/260
	}
	if d.flow && d.decimals == 2 && actual > 0 {
		actual += draw(100, append(keys, "cents")...)
	}
	if d.metric == "training_hours" {
		actual = actual / 5 * 5
	}
	actual = max(actual, d.least)
	if d.most > 0 {
		actual = min(actual, d.most)
	}
	return actual
}
