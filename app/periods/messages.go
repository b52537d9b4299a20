package periods

import "github.com/steelyard/steelyard/app/lang"

var _ = lang.Register(map[string]lang.Text{
	"period.state.draft":      {Zh: "草稿", En: "draft"},
	"period.state.collecting": {Zh: "数据收集", En: "collecting"},
	"period.state.scoring":    {Zh: "计分", En: "scoring"},
	"period.state.published":  {Zh: "已发布", En: "published"},
	"period.state.closed":     {Zh: "已关闭", En: "closed"},

	"period.unknown": {Zh: "没有考核期 {period}；请先用 steelyard period create 创建", En: "there is no period {period}; create it first with steelyard period create"},
	"period.exists":  {Zh: "考核期 {period} 已经存在", En: "the period {period} is there already"},
	"period.changed": {Zh: "考核期 {period} 刚被别人改动；请重新查看后再试", En: "somebody else has just changed the period {period}; look again and retry"},

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
})
