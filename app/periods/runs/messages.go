package runs

import "github.com/steelyard/steelyard/app/lang"

var _ = lang.Register(map[string]lang.Text{
	"runs.none": {
		Zh: "考核期 {period} 还没有计分运行；请先执行 steelyard run {period}",
		En: "the period {period} has no run yet; make one with steelyard run {period}",
	},
	"runs.no_run":     {Zh: "考核期 {period} 没有第 {run} 次计分运行", En: "the period {period} has no run {run}"},
	"runs.no_member":  {Zh: "工号 {staff} 不在考核期 {period} 第 {run} 次运行的结果中", En: "the staff number {staff} is not in the results of run {run} of {period}"},
	"runs.no_unit":    {Zh: "机构 {unit} 不存在，或不在您的权限范围内", En: "the unit {unit} does not exist, or is not in your scope"},
	"runs.busy":       {Zh: "考核期 {period} 正在计分；请等它完成后重试", En: "a run of the period {period} is under way; wait until it is done and try again"},
	"runs.forbidden":  {Zh: "您没有权限对整个考核期计分", En: "you may not run a whole period"},
	"runs.bad_inputs": {Zh: "考核期 {period} 的数据无法计分", En: "the inputs of the period {period} cannot be scored"},
	"runs.input":      {Zh: "工号 {staff}：{what}", En: "staff number {staff}: {what}"},
	"runs.damaged":    {Zh: "结果数据已被改动；请用 steelyard verify 查明", En: "the stored results have been tampered with; steelyard verify names the places"},
	"runs.too_large":  {Zh: "工号 {staff} 的得分超出可保存的范围", En: "a score of staff number {staff} is too large to be stored"},
	"runs.thawed": {
		Zh: "第 {run} 次运行的冻结数据已清除（只保留已发布的和最近两次运行的）",
		En: "the frozen inputs of run {run} are gone (those of the published and of the last two runs are kept)",
	},
})
