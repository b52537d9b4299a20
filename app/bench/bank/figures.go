// Package bank is the bank that speed and crashes are measured on: members of
// one position, each with an actual and a target of twenty metrics. The same
// number of members gives the same bank.
package bank

import "strconv"

// Figure is one metric of the bench bank: what its actuals and targets range over.
type Figure struct {
	Metric     string
	Zh, En     string
	measure    string
	decimals   int   // of actuals and targets
	low, high  int64 // of the actual, in units of its last decimal
	least      int64 // the smallest target, in the same units
	step       int64 // between targets
	steps      int64 // how many targets there are; 1 gives everybody the same
	Item       string
	weight     int
	MethodJSON string // as a scorecard file has it
}

// Figures are the twenty items of the bench scorecard, over every method that
// looks at a member's own figures alone.
var Figures = []Figure{
	{"deposits", "日均存款增长", "Average deposit growth", "元", 2, 200000000, 800000000, 400000000, 50000000, 5, "deposits", 10, `{"type":"ratio","cap":"120"}`},
	{"loans", "贷款发放", "Loans granted", "元", 2, 100000000, 500000000, 200000000, 50000000, 4, "loans", 8, `{"type":"ratio","cap":"120"}`},
	{"fee_income", "中间业务收入", "Fee income", "元", 2, 20000000, 120000000, 60000000, 10000000, 4, "fee_income", 6, `{"type":"ratio","floor":"20"}`},
	{"npl", "不良贷款率", "Non-performing loans (%)", "%", 2, 50, 320, 150, 25, 3, "npl", 6, `{"type":"ratio","direction":"lower","cap":"110"}`},
	{"cost", "业务费用", "Cost", "元", 2, 800000, 2400000, 1500000, 100000, 4, "cost", 4, `{"type":"ratio","direction":"lower","inverse":"reciprocal","cap":"120"}`},
	{"new_customers", "新增有效客户数", "New active customers", "户", 0, 4, 40, 15, 5, 4, "new_customers", 6, `{"type":"steps","table":[{"from":"0.6","score":"60"},{"from":"0.8","score":"80"},{"from":"1","score":"100"}]}`},
	{"visits", "客户拜访次数", "Customer visits", "次", 0, 5, 45, 20, 5, 3, "visits", 4, `{"type":"steps","below":"30","table":[{"from":"0.5","score":"50"},{"from":"0.75","score":"75.5"},{"from":"1","score":"100"},{"from":"1.2","score":"110"}]}`},
	{"cross_sell", "交叉销售率", "Cross-sell rate (%)", "%", 2, 1500, 8500, 5000, 500, 2, "cross_sell", 5, `{"type":"steps","of":"actual","strict":true,"below":"40","table":[{"from":"30","score":"60"},{"from":"45","score":"80"},{"from":"60","score":"100"}]}`},
	{"wealth", "理财销售", "Wealth product sales", "元", 2, 30000000, 260000000, 120000000, 20000000, 4, "wealth", 6, `{"type":"interpolate","points":[{"x":"0.5","score":"0"},{"x":"0.8","score":"70"},{"x":"1","score":"100"},{"x":"1.2","score":"120"}]}`},
	{"insurance", "代理保险", "Insurance sold", "件", 0, 0, 30, 12, 2, 3, "insurance", 4, `{"type":"interpolate","of":"actual","points":[{"x":"0","score":"20"},{"x":"7","score":"60"},{"x":"18","score":"95"},{"x":"25","score":"105"}]}`},
	{"churn", "客户流失率", "Customer churn (%)", "%", 2, 100, 1200, 500, 1, 1, "churn", 6, `{"type":"increments","direction":"lower","from":"5","step":"1","loss":"20","start":"100"}`},
	{"overdue", "逾期率", "Overdue (%)", "%", 2, 50, 450, 200, 1, 1, "overdue", 5, `{"type":"increments","direction":"lower","from":"2","step":"0.1","loss":"3","gain":"1","start":"90","whole_steps":true}`},
	{"payroll", "代发工资户增长", "Payroll customers won", "户", 0, 0, 60, 20, 5, 4, "payroll", 4, `{"type":"increments","of":"gap","from":"0","step":"3","gain":"2.5","loss":"4","start":"80"}`},
	{"aum", "管理资产", "Assets managed", "元", 2, 400000000, 1600000000, 800000000, 100000000, 5, "aum", 6, `{"type":"efficacy","of":"attainment","unsatisfactory":"0.6","satisfactory":"1.1","cap":"110"}`},
	{"active_cards", "活跃信用卡", "Active cards", "张", 0, 20, 240, 120, 10, 4, "active_cards", 4, `{"type":"efficacy","unsatisfactory":"60","satisfactory":"170"}`},
	{"accuracy", "准确率", "Accuracy (%)", "%", 2, 9400, 10000, 9950, 10, 2, "accuracy", 4, `{"type":"efficacy","unsatisfactory":"95","satisfactory":"99.9","cap":"100"}`},
	{"campaigns", "营销活动参与", "Campaigns joined", "次", 0, 0, 7, 3, 1, 2, "campaigns", 3, `{"type":"threshold","op":">=","value":"3","fail":"30"}`},
	{"training_hours", "培训学时", "Training hours", "时", 1, 0, 90, 40, 1, 1, "training_hours", 3, `{"type":"threshold","of":"attainment","op":">=","value":"1","pass":"100","fail":"50"}`},
	{"exam", "业务考试", "Examination", "分", 1, 450, 1000, 800, 1, 1, "exam", 3, `{"type":"direct"}`},
	{"mystery_visit", "神秘人检查", "Mystery visit", "分", 2, 5500, 10400, 8500, 1, 1, "mystery_visit", 3, `{"type":"direct","floor":"40"}`},
}

// Mix turns a number into one that looks random: the finaliser of splitmix64.
func Mix(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// Actual gives the figure's actual of one member, as the bank's systems would write it.
func (f Figure) Actual(member int64) string {
	spread := uint64(f.high - f.low + 1)
	draw := Mix(uint64(member)<<1 ^ Hash(f.Metric))
	return Decimal(f.low+int64(draw%spread), f.decimals)
}

// Target gives the figure's target of one member.
func (f Figure) Target(member int64) string {
	draw := Mix(uint64(member)<<1 ^ 1 ^ Hash(f.Metric))
	return Decimal(f.least+f.step*int64(draw%uint64(f.steps)), f.decimals)
}

// Hash turns a text into a number that looks random.
func Hash(text string) uint64 {
	h := uint64(len(text))
	for _, b := range []byte(text) {
		h = Mix(h ^ uint64(b))
	}
	return h
}

// Decimal writes n units of the last of a number of decimals.
func Decimal(n int64, decimals int) string {
	if decimals == 0 {
		return strconv.FormatInt(n, 10)
	}
	digits := strconv.FormatInt(n, 10)
	for len(digits) <= decimals {
		digits = "0" + digits
	}
	return digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
}

// ActualFloat gives the actual as a spreadsheet holds it.
func (f Figure) ActualFloat(member int64) float64 {
	v, err := strconv.ParseFloat(f.Actual(member), 64)
	if err != nil {
		panic(err) // Actual writes decimals alone
	}
	return v
}
