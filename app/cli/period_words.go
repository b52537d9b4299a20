package cli

import "github.com/steelyard/steelyard/app/lang"

var _ = lang.Register(map[string]lang.Text{
	"cli.period": {Zh: "考核期：创建、查看、逐步推进到发布和关闭", En: "Periods: create, look at, and take step by step to publishing and closing"},

	"cli.period.create": {
		Zh: "创建一个考核期（月份），状态为草稿",
		En: "Create a period, which is a month, in draft",
	},
	"cli.period.create.period":   {Zh: "月份，如 2026-10", En: "the month, such as 2026-10"},
	"cli.period.create.min-days": {Zh: "任职天数少于此数的一段不计分", En: "a segment of fewer days does not count"},
	"cli.period.create.examples": {Zh: "steelyard period create 2026-10 --min-days 5", En: "steelyard period create 2026-10 --min-days 5"},

	"cli.period.list":          {Zh: "列出考核期及其状态", En: "List the periods with their states"},
	"cli.period.list.examples": {Zh: "steelyard period list\nsteelyard period list --json", En: "steelyard period list\nsteelyard period list --json"},

	"cli.period.show": {
		Zh: "查看考核期，并按机构列出还差什么\n包括缺少的数据、不完整的员工、没有计分卡的岗位等阻碍下一状态的事项。",
		En: "Show a period, and what blocks its next state, by unit\nMissing inputs, incomplete members, positions without a scorecard and whatever else stands in the way.",
	},
	"cli.period.show.period":   {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.period.show.examples": {Zh: "steelyard period show 2026-10\nsteelyard period show 2026-10 --json", En: "steelyard period show 2026-10\nsteelyard period show 2026-10 --json"},

	"cli.period.open":           {Zh: "从草稿转为数据收集", En: "Go from draft to collecting"},
	"cli.period.open.period":    {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.period.open.examples":  {Zh: "steelyard period open 2026-10", En: "steelyard period open 2026-10"},
	"cli.period.score":          {Zh: "从数据收集转为计分", En: "Go from collecting to scoring"},
	"cli.period.score.period":   {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.period.score.examples": {Zh: "steelyard period score 2026-10", En: "steelyard period score 2026-10"},

	"cli.period.publish": {
		Zh: "发布一次计分运行的结果；此后结果和数据不能再改",
		En: "Publish the results of a run; from then on neither results nor inputs can change",
	},
	"cli.period.publish.period":   {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.period.publish.run":      {Zh: "第几次计分运行；不写则为最近一次", En: "the number of the run; left out, the latest"},
	"cli.period.publish.examples": {Zh: "steelyard period publish 2026-10\nsteelyard period publish 2026-10 --run 2", En: "steelyard period publish 2026-10\nsteelyard period publish 2026-10 --run 2"},

	"cli.period.close":          {Zh: "关闭已发布的考核期", En: "Close a published period"},
	"cli.period.close.period":   {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.period.close.examples": {Zh: "steelyard period close 2026-10", En: "steelyard period close 2026-10"},

	"cli.period.waive": {
		Zh: "写明原因，放行一项阻碍；原因会记录下来",
		En: "Let a blocker pass for a reason, which is recorded",
	},
	"cli.period.waive.period":  {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.period.waive.blocker": {Zh: "scorecard、targets、actuals、surveys、reviews、unplaced 或 incomplete", En: "scorecard, targets, actuals, surveys, reviews, unplaced or incomplete"},
	"cli.period.waive.subject": {Zh: "岗位、考核项、工号或机构代码；不写则为这一类的全部", En: "a position, item, staff number or unit code; left out, all of the sort"},
	"cli.period.waive.reason":  {Zh: "原因", En: "the reason"},
	"cli.period.waive.examples": {
		Zh: "steelyard period waive 2026-10 reviews --reason \"行长批准：本月不做互评\"\nsteelyard period waive 2026-10 incomplete 100091 --reason \"病假\"",
		En: "steelyard period waive 2026-10 reviews --reason \"no peer reviews this month\"\nsteelyard period waive 2026-10 incomplete 100091 --reason \"on sick leave\"",
	},

	"cli.period.created":     {Zh: "已创建考核期 {period}（{first} 至 {last}），最少天数 {days}", En: "the period {period} ({first} to {last}) was created; segments of fewer than {days} days do not count"},
	"cli.period.moved":       {Zh: "考核期 {period} 现在是“{state}”", En: "the period {period} is {state} now"},
	"cli.period.line":        {Zh: "考核期 {period}（{first} 至 {last}）：{state}，最少天数 {days}", En: "period {period} ({first} to {last}): {state}; minimum of days {days}"},
	"cli.period.run":         {Zh: "第 {run} 次计分运行：{members} 人，完成于 {at} UTC", En: "run {run}: {members} members, done at {at} UTC"},
	"cli.period.free":        {Zh: "可以进入“{next}”", En: "nothing stands in the way of {next}"},
	"cli.period.waived":      {Zh: "可以进入“{next}”；以下事项已说明原因放行：", En: "nothing stands in the way of {next} that was not let pass:"},
	"cli.period.blocked":     {Zh: "进入“{next}”之前还差：", En: "what stands in the way of {next}:"},
	"cli.period.waivers":     {Zh: "豁免：", En: "waivers:"},
	"cli.period.waiver_line": {Zh: "  {blocker} {subject}：{reason}（{by}，{at} UTC）", En: "  {blocker} {subject}: {reason} ({by}, {at} UTC)"},
	"cli.period.waived_now":  {Zh: "已放行：{blocker} {subject}（{reason}）", En: "let pass: {blocker} {subject} ({reason})"},

	"cli.period.member_line":  {Zh: "  {staff_no}（{unit}）：{items}", En: "  {staff_no} ({unit}): {items}"},
	"cli.period.more_members": {Zh: "  ……其余员工未列出，用 --json 可查看全部", En: "  … more members are not listed; --json has all"},

	"cli.period.head.period":   {Zh: "考核期", En: "period"},
	"cli.period.head.state":    {Zh: "状态", En: "state"},
	"cli.period.head.min_days": {Zh: "最少天数", En: "min days"},
	"cli.period.head.blocker":  {Zh: "事项", En: "what"},
	"cli.period.head.unit":     {Zh: "机构", En: "unit"},
	"cli.period.head.count":    {Zh: "数量", En: "count"},
	"cli.period.head.subjects": {Zh: "内容", En: "of"},
	"cli.period.head.waived":   {Zh: "已放行", En: "let pass"},
})
