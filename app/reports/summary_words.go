package reports

import "github.com/steelyard/steelyard/app/lang"

// summaryNotes are the paragraphs of the summary's notes.
var summaryNotes = []string{
	"note.rounding", "note.weights", "note.segments", "note.subtotals", "note.total", "note.rank", "note.missing", "note.distribution",
}

// cardNotes are the paragraphs about the live cards.
var cardNotes = []string{"note.card", "note.card_exact", "note.card_peers"}

// dictionary are the code words that programs meet in the hidden sheet.
var dictionary = []string{
	"status.complete", "status.incomplete", "status.not_assessed", "status.partial",
	"item.scored", "item.zero", "item.neutral", "item.excluded", "item.missing",
	"reason.no_data", "reason.target_not_positive", "reason.baseline_zero", "reason.role_missing", "reason.no_ratings",
	"reason.too_few_answers", "reason.too_few_peers",
}

var _ = lang.Register(map[string]lang.Text{
	"reports.confidential": {Zh: "内部资料，注意保密", En: "Internal, confidential"},
	"reports.no_filters":   {Zh: "无", En: "None"},
	"reports.own_scope":    {Zh: "本人", En: "Own result"},

	"reports.r01.title": {Zh: "绩效得分汇总表", En: "Summary of performance scores"},
	"reports.r01.file":  {Zh: "绩效得分汇总", En: "scores"},
	"reports.r02.title": {Zh: "个人计分卡 {name}", En: "Personal scorecard of {name}"},
	"reports.r02.file":  {Zh: "个人计分卡", En: "scorecard"},
	"reports.r02.manifest": {
		Zh: "文件,工号,姓名,SHA-256", En: "file,staff number,name,SHA-256",
	},

	"reports.r01.members":        {Zh: "得分汇总", En: "Summary"},
	"reports.r01.members_title":  {Zh: "绩效得分汇总表", En: "Summary of performance scores"},
	"reports.r01.members_about":  {Zh: "每人一行：维度小计、基础分、加扣分、总分、等级、系数、排名", En: "One row per member: perspectives, base, bonus, deduction, total, grade, rank"},
	"reports.r01.items":          {Zh: "考核项明细", En: "Items"},
	"reports.r01.items_title":    {Zh: "考核项得分明细", En: "Scores of the items"},
	"reports.r01.items_about":    {Zh: "每人每考核项一行：输入、计分值、得分、权重、贡献、说明", En: "One row per member and item: inputs, value, score, weight, contribution, reason"},
	"reports.r01.segments_sheet": {Zh: "任职分段", En: "Segments"},
	"reports.r01.segments_title": {Zh: "任职分段得分", En: "Scores of the segments"},
	"reports.r01.segments_about": {Zh: "每人每段任职一行：天数、维度小计、基础分", En: "One row per member and segment: days, perspectives, base"},
	"reports.r01.units":          {Zh: "机构分布", En: "Units"},
	"reports.r01.units_title":    {Zh: "机构得分与等级分布", En: "Units: scores and grades"},
	"reports.r01.units_about":    {Zh: "每机构一行：人数、平均分、等级分布；附分布图", En: "One row per unit: members, mean, grades; with charts"},
	"reports.r01.params":         {Zh: "参数", En: "Parameters"},
	"reports.r01.params_title":   {Zh: "计分参数", En: "Parameters of the scoring"},
	"reports.r01.params_about":   {Zh: "运行参数，各计分卡的权重、方法、封顶与等级线", En: "Run; weights, methods, caps and grades of each scorecard"},

	"reports.r01.too_short":          {Zh: "不足 {days} 天，不计", En: "Under {days} days"},
	"reports.r01.main_segment":       {Zh: "{status}（主分段）", En: "{status} (main)"},
	"reports.r01.and_more":           {Zh: "等", En: " …"},
	"reports.r01.semicolon":          {Zh: "；", En: "; "},
	"reports.r01.grade_column":       {Zh: "等级 {grade}", En: "Grade {grade}"},
	"reports.r01.distribution":       {Zh: "等级分布（人数）", En: "Distribution of grades"},
	"reports.r01.distribution_units": {Zh: "各机构等级分布（人数）", En: "Distribution of grades by unit"},
	"reports.r01.people":             {Zh: "人数", En: "Members"},

	"reports.r01.unit.text":   {Zh: "文本", En: "text"},
	"reports.r01.unit.count":  {Zh: "个", En: "count"},
	"reports.r01.unit.figure": {Zh: "按指标", En: "as the metric"},
	"reports.r01.unit.points": {Zh: "分", En: "points"},

	"reports.r01.from.people":    {Zh: "人员与机构主数据", En: "Staff and units"},
	"reports.r01.from.facts":     {Zh: "导入的业务数据与评价", En: "Imported facts and reviews"},
	"reports.r01.from.scorecard": {Zh: "已发布的计分卡版本", En: "Published scorecard version"},
	"reports.r01.from.run":       {Zh: "计分运行", En: "The run"},

	"reports.r01.of.actual":     {Zh: "按实际值", En: "of the actual"},
	"reports.r01.of.attainment": {Zh: "按达成率", En: "of the attainment"},
	"reports.r01.of.gap":        {Zh: "按与目标之差", En: "of the gap to the target"},
	"reports.r01.of.growth":     {Zh: "按增长率", En: "of the growth"},
	"reports.r01.flow":          {Zh: "流量指标，按天数折算整期", En: "a flow, raised to a full period"},

	"reports.r01.missing.require": {Zh: "缺失则不完整", En: "missing: incomplete"},
	"reports.r01.missing.zero":    {Zh: "缺失计零分", En: "missing: 0"},
	"reports.r01.missing.neutral": {Zh: "缺失计中性分", En: "missing: neutral score"},
	"reports.r01.missing.exclude": {Zh: "缺失不计入，权重按比例分摊", En: "missing: left out, its weight spread"},

	"reports.r01.param.run":                   {Zh: "计分运行", En: "The run"},
	"reports.r01.param.period_days":           {Zh: "考核期天数", En: "Days of the period"},
	"reports.r01.param.period_days_meaning":   {Zh: "流量指标的实际值折算到这一天数", En: "Actuals of flows are raised to so many days"},
	"reports.r01.param.min_days":              {Zh: "最少在岗天数", En: "Fewest days"},
	"reports.r01.param.min_days_meaning":      {Zh: "任职天数少于此数的分段不计分", En: "A segment of fewer days does not count"},
	"reports.r01.param.limits":                {Zh: "封顶、加减分与等级", En: "caps, adjustments, grades"},
	"reports.r01.param.items":                 {Zh: "考核项权重（%）与方法", En: "weights (%) and methods"},
	"reports.r01.param.precision":             {Zh: "小数位数", En: "Decimals"},
	"reports.r01.param.precision_meaning":     {Zh: "得分、贡献分、总分四舍五入保留的位数", En: "of scores, contributions and totals"},
	"reports.r01.param.total_cap":             {Zh: "总分封顶", En: "Cap of the total"},
	"reports.r01.param.total_cap_meaning":     {Zh: "总分不高于此值", En: "No total is above"},
	"reports.r01.param.bonus_cap":             {Zh: "加分合计封顶", En: "Cap of all bonuses"},
	"reports.r01.param.bonus_cap_meaning":     {Zh: "全部加分合计不高于此值", En: "All bonuses together are cut here"},
	"reports.r01.param.deduction_cap":         {Zh: "扣分合计封顶", En: "Cap of all deductions"},
	"reports.r01.param.deduction_cap_meaning": {Zh: "全部扣分合计不高于此值", En: "All deductions together are cut here"},
	"reports.r01.param.bonus":                 {Zh: "加分项，单项封顶", En: "A bonus, with its own cap"},
	"reports.r01.param.deduction":             {Zh: "扣分项，单项封顶", En: "A deduction, with its own cap"},
	"reports.r01.param.veto":                  {Zh: "一票否决：触发后总分不高于此值", En: "A veto: the total is at most this"},
	"reports.r01.param.grade_meaning":         {Zh: "总分不低于此值", En: "Total from"},
	"reports.r01.param.grade_coefficient":     {Zh: "总分不低于此值；绩效系数 {coefficient}", En: "Total from; coefficient {coefficient}"},
})

var _ = lang.Register(map[string]lang.Text{
	"reports.note.rounding": {
		Zh: "舍入：只在四处四舍五入（五入远离零）到计分卡的小数位数：考核项得分、贡献分、多分段基础分、各项加扣分；其余计算为精确分数，不经浮点。",
		En: "Rounding: half away from zero, to the decimals of the scorecard, at four points only: the item score, the contribution, the base over several segments, each adjustment. Everything between is exact.",
	},
	"reports.note.weights": {
		Zh: "贡献分 = 考核项得分 × 折算权重 ÷ 100；折算权重 = 权重 × 100 ÷（100 − 不计入考核项的权重）。基础分是贡献分之和，可逐行相加核对。",
		En: "Contribution = item score × effective weight ÷ 100; effective weight = weight × 100 ÷ (100 − the weights left out). The base is the sum of the contributions, as anybody can add up.",
	},
	"reports.note.segments": {
		Zh: "月内调岗或调机构的员工按任职分段计分，基础分按在岗天数加权；少于 {days} 天的分段不计。精度、加扣分、封顶与等级按天数最多的主分段。",
		En: "A member who changed post or unit has several segments; the base is their mean weighted by days. Segments under {days} days do not count. Precision, adjustments, caps and grades are those of the main segment, the one with the most days.",
	},
	"reports.note.subtotals": {
		Zh: "得分汇总中的维度小计：单一分段为该分段的小计；多分段为按天数加权后四舍五入，与基础分之差列在“尾差”。各分段的小计见“任职分段”。",
		En: "Perspectives in the summary: of one segment its own subtotals; of several the mean weighted by days, rounded; what that leaves to the base stands under “Rounding”. The subtotals of each segment are on the sheet of segments.",
	},
	"reports.note.total": {
		Zh: "总分 = 基础分 + 加分 − 扣分，不低于 0、不高于总分封顶；触发一票否决时不高于其上限（多项取最低）。",
		En: "Total = base + bonus − deduction, from 0 to the cap of the total; a triggered veto cuts it to its own cap, the lowest of several.",
	},
	"reports.note.rank": {
		Zh: "排名在同一计分卡、同一比较组的完整员工之间进行，并列取较优名次（1、2、2、4）。",
		En: "Members are ranked among the complete members of the same scorecard and peer group; equals share the better place (1, 2, 2, 4).",
	},
	"reports.note.missing": {
		Zh: "空白单元格表示该数不存在：不完整员工没有基础分与总分，不计入的考核项没有得分与贡献分，原因见“说明”列。",
		En: "An empty cell is a figure that does not exist: an incomplete member has no base and total, an item left out no score and contribution; the remark says why.",
	},
	"reports.note.distribution": {
		Zh: "等级分布仅为统计，系统不按比例强制分布。",
		En: "The distribution of grades is a count; the system forces none.",
	},
	"reports.note.card": {
		Zh: "个人计分卡的得分、贡献分、总分、等级均为公式，从“计算依据”逐步重算，舍入点与系统一致；“核对”行将公式总分与系统发布得分比对。",
		En: "On a personal scorecard scores, contributions, total and grade are formulas that work everything out again from the inputs below the page, with the same rounding; the check compares them with the published total.",
	},
	"reports.note.card_exact": {
		Zh: "电子表格以双精度浮点数计算。导出时每个公式都已按双精度核对；达不到精确结果的单元格直接填入系统精确值并加批注。",
		En: "A spreadsheet computes in double precision. Each formula was checked that way; where it would not reach the exact figure the cell carries the figure itself, with a comment.",
	},
	"reports.note.card_peers": {
		Zh: "排名法、相对最优法、标准分所用的同组人数、名次、最优值、均值与标准差由系统给出。",
		En: "For rank, relative and standard scores the peers' count, place, best value, mean and deviation are given by the system.",
	},
})
