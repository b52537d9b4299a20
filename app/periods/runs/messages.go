package runs

import "github.com/steelyard/steelyard/app/lang"

var _ = lang.Register(map[string]lang.Text{
	"runs.place": {Zh: "{unit} {position}", En: "{unit}, {position}"},
	"runs.partial": {
		Zh: "{staff}：本月部分时间在您权限之外的机构工作，只显示您可见的任职段，不显示总分",
		En: "{staff}: a part of the month was spent at a unit outside your scope; the segments in your scope are shown, and no total",
	},
	"runs.none": {
		Zh: "考核期 {period} 还没有您可以查看的结果：尚未计分，或尚未发布",
		En: "the period {period} has no results for you to see yet: it has not been run, or not been published",
	},
	"runs.no_run":            {Zh: "考核期 {period} 没有第 {run} 次计分运行", En: "the period {period} has no run {run}"},
	"runs.no_member":         {Zh: "工号 {staff} 不在考核期 {period} 第 {run} 次运行的结果中", En: "the staff number {staff} is not in the results of run {run} of {period}"},
	"whatif.item":            {Zh: "考核项 {item} 不在该段任职的计分卡上，或给出的数值不适合它", En: "the scorecard of that segment does not have the item {item}, or what is given does not fit it"},
	"runs.no_staff":          {Zh: "没有工号 {staff} 的员工，或不在您的权限范围内", En: "there is no staff number {staff}, or it is not in your scope"},
	"runs.no_unit":           {Zh: "机构 {unit} 不存在，或不在您的权限范围内", En: "the unit {unit} does not exist, or is not in your scope"},
	"runs.busy":              {Zh: "考核期 {period} 正在计分；请等它完成后重试", En: "a run of the period {period} is under way; wait until it is done and try again"},
	"runs.bad_inputs":        {Zh: "考核期 {period} 的数据无法计分", En: "the inputs of the period {period} cannot be scored"},
	"runs.input":             {Zh: "工号 {staff}：{what}", En: "staff number {staff}: {what}"},
	"runs.damaged":           {Zh: "结果数据已被改动；请重新核验以查明位置", En: "the stored results have been tampered with; verifying the run names the places"},
	"runs.too_large":         {Zh: "工号 {staff} 的得分超出可保存的范围", En: "a score of staff number {staff} is too large to be stored"},
	"runs.published_gone":    {Zh: "考核期 {period} 已发布的计分运行不见了：数据已被改动", En: "the run that {period} was published with is gone: somebody changed the database"},
	"runs.verify.key":        {Zh: "，{value}", En: ", {value}"},
	"runs.verify.staff":      {Zh: "，工号 {value}", En: ", staff number {value}"},
	"runs.verify.staff_id":   {Zh: "，员工内部编号 {value}", En: ", staff id {value}"},
	"runs.verify.segment":    {Zh: "，第 {value} 段", En: ", segment {value}"},
	"runs.verify.item":       {Zh: "，第 {value} 项", En: ", item {value}"},
	"runs.verify.differs":    {Zh: "{place}：存储值 {stored}，重算值 {want}", En: "{place}: stored {stored}, recomputed {want}"},
	"runs.verify.broken":     {Zh: "{place}：内容与其摘要不符（存储 {stored}，重算 {want}）", En: "{place}: does not have its digest (stored {stored}, recomputed {want})"},
	"runs.verify.missing":    {Zh: "{place}：缺少这一行", En: "{place}: the row is missing"},
	"runs.verify.extra":      {Zh: "{place}：多出这一行", En: "{place}: a row that was not calculated"},
	"runs.verify.unreadable": {Zh: "{place}：已无法读取（{stored}）", En: "{place}: cannot be read any more ({stored})"},

	"runs.lineage.target":     {Zh: "目标值", En: "target"},
	"runs.lineage.baseline":   {Zh: "基期值", En: "baseline"},
	"runs.lineage.actual":     {Zh: "实际值", En: "actual"},
	"runs.lineage.count":      {Zh: "份数", En: "count"},
	"runs.lineage.sum":        {Zh: "合计", En: "sum"},
	"runs.lineage.level":      {Zh: "等级（{role}）", En: "level ({role})"},
	"runs.lineage.assignment": {Zh: "任职", En: "assignment"},

	"runs.thawed": {
		Zh: "第 {run} 次运行的冻结数据已清除（只保留已发布的和最近两次运行的）",
		En: "the frozen inputs of run {run} are gone (those of the published and of the last two runs are kept)",
	},
})
