package periods

import "github.com/steelyard/steelyard/app/lang"

var _ = lang.Register(map[string]lang.Text{
	"import.entity.period": {Zh: "考核期", En: "period"},

	"period.state.draft":      {Zh: "草稿", En: "draft"},
	"period.state.collecting": {Zh: "数据收集", En: "collecting"},
	"period.state.scoring":    {Zh: "计分", En: "scoring"},
	"period.state.published":  {Zh: "已发布", En: "published"},
	"period.state.closed":     {Zh: "已关闭", En: "closed"},

	"period.unknown": {Zh: "没有考核期 {period}；请先创建", En: "there is no period {period}; create it first"},
	"period.exists":  {Zh: "考核期 {period} 已经存在", En: "the period {period} is there already"},
	"period.changed": {Zh: "考核期 {period} 刚被别人改动；请重新查看后再试", En: "somebody else has just changed the period {period}; look again and retry"},

	"period.no_unit": {Zh: "机构 {unit} 不存在，或不在您的权限范围内", En: "the unit {unit} does not exist, or is not in your scope"},

	"period.code":     {Zh: "“{code}”不是考核期；应为年月，如 2026-10", En: "{code} is no period; it should be a month like 2026-10"},
	"period.min_days": {Zh: "最少天数不能是 {days}；应在 0 到 {most} 之间", En: "the minimum of days cannot be {days}; it should be from 0 to {most}"},
	"period.no_import": {
		Zh: "考核期 {period} {state}，不再接受导入",
		En: "the period {period} is {state} and takes no imports any more",
	},
	"period.no_run": {
		Zh: "考核期 {period} {state}，不再接受计分运行",
		En: "the period {period} is {state} and takes no runs any more",
	},
	"period.wrong_state": {
		Zh: "考核期 {period} 当前是“{state}”；只有“{from}”状态才能转为“{to}”",
		En: "the period {period} is {state}; only from {from} can it go to {to}",
	},

	"period.no_waiver": {Zh: "考核期 {period} {state}，不再接受豁免", En: "the period {period} is {state} and takes no waivers any more"},
	"period.running":   {Zh: "考核期 {period} 正在进行计分运行；请等它完成后再发布", En: "a run of {period} is at work; publish when it is done"},
	"period.unknown_run": {
		Zh: "考核期 {period} 没有第 {run} 次计分运行",
		En: "the period {period} has no run {run}",
	},
	"period.blocked": {
		Zh: "考核期 {period} 还不能进入下一状态（{count} 项）；请补齐，或说明原因后放行",
		En: "the period {period} cannot go on yet ({count} things stand in the way); mend them, or waive them with a reason",
	},
	"period.blocker_line":     {Zh: "{blocker} {subject}：{count}（{unit}）", En: "{blocker} {subject}: {count} ({unit})"},
	"period.blocker_alone":    {Zh: "{blocker}", En: "{blocker}"},
	"period.all_subjects":     {Zh: "全部", En: "all"},
	"period.not_waivable":     {Zh: "“{blocker}”不能豁免；可豁免：{blockers}", En: "{blocker} cannot be waived; these can: {blockers}"},
	"period.no_reason":        {Zh: "豁免必须写明原因", En: "a waiver needs a reason"},
	"period.bad_reason":       {Zh: "原因须是不含控制字符的文字，最多 {most} 个字符", En: "the reason must be a text without control characters, of at most {most} characters"},
	"period.nothing_to_waive": {Zh: "考核期 {period} 当前没有这样的阻碍：{blocker} {subject}；请先查看该考核期的阻碍", En: "nothing of the kind stands in the way of {period}: {blocker} {subject}; the status of the period lists what does"},
	"period.waived_already":   {Zh: "考核期 {period} 的这一项已经豁免", En: "this was waived already for {period}"},

	"period.blocker.scorecard":    {Zh: "岗位没有计分卡", En: "positions without a scorecard"},
	"period.blocker.targets":      {Zh: "缺少目标值或基期值", En: "targets or baselines missing"},
	"period.blocker.actuals":      {Zh: "缺少实际值", En: "actuals missing"},
	"period.blocker.surveys":      {Zh: "缺少客户评价", En: "surveys missing"},
	"period.blocker.reviews":      {Zh: "缺少评价", En: "reviews missing"},
	"period.blocker.unplaced":     {Zh: "数据与任职不符", En: "facts that fit no segment"},
	"period.blocker.no_run":       {Zh: "还没有计分运行", En: "no run yet"},
	"period.blocker.outdated_run": {Zh: "计分运行之后又有新数据", En: "inputs came in after the run"},
	"period.blocker.incomplete":   {Zh: "考核不完整的员工", En: "incomplete members"},

	"period.reason.no_data":               {Zh: "没有数据", En: "no data"},
	"period.reason.target_not_positive":   {Zh: "目标值不为正", En: "the target is not above 0"},
	"period.reason.baseline_zero":         {Zh: "基期值为零", En: "the baseline is 0"},
	"period.reason.role_missing":          {Zh: "必需的评价角色没有评价", En: "a required role has not rated"},
	"period.reason.no_ratings":            {Zh: "没有有效评价", En: "no ratings that count"},
	"period.reason.too_few_answers":       {Zh: "客户评价份数不足", En: "too few answers"},
	"period.reason.too_few_peers":         {Zh: "同组人数不足", En: "too few peers"},
	"period.reason.segment_incomplete":    {Zh: "一段任职不完整", En: "a segment is incomplete"},
	"period.reason.adjustment_not_listed": {Zh: "主计分卡没有这个加分或扣分项目", En: "the main scorecard does not list an adjustment"},
	"period.reason.veto_not_listed":       {Zh: "主计分卡没有这个否决项目", En: "the main scorecard does not list a veto"},
	"period.reason.no_counting_segment":   {Zh: "没有计分的任职", En: "no segment counts"},
})
