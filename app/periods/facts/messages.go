package facts

import "github.com/steelyard/steelyard/app/lang"

var _ = lang.Register(map[string]lang.Text{
	"facts.kind.targets":     {Zh: "目标值和基期值", En: "targets and baselines"},
	"facts.kind.actuals":     {Zh: "实际值", En: "actuals"},
	"facts.kind.surveys":     {Zh: "客户评价", En: "surveys of customers"},
	"facts.kind.events":      {Zh: "风险事件", En: "risk events"},
	"facts.kind.adjustments": {Zh: "加分和扣分", En: "bonuses and deductions"},
	"facts.kind.vetoes":      {Zh: "一票否决", En: "vetoes"},
	"facts.kind.reviews":     {Zh: "评价", En: "reviews"},

	"facts.negative":          {Zh: "不能是负数；应为 0 或更大", En: "this cannot be negative; it should be 0 or more"},
	"facts.no_target":         {Zh: "目标值和基期值都是空的；至少要有一个", En: "both target and baseline are blank; one of them must be there"},
	"facts.count_without_sum": {Zh: "份数和合计必须同时填写或同时留空", En: "count and sum must both be there, or both be blank"},

	"facts.unknown_staff":  {Zh: "没有工号为 {code} 的员工；请先导入员工文件，或改正工号", En: "there is no staff member {code}; import the staff file first, or correct the staff number"},
	"facts.unknown_unit":   {Zh: "没有机构 {code}；请先导入机构文件，或改正机构代码", En: "there is no unit {code}; import the units file first, or correct the unit code"},
	"facts.unknown_metric": {Zh: "没有指标 {code}；请先导入指标文件，或改正指标代码", En: "there is no metric {code}; import the metrics file first, or correct the metric code"},

	"facts.no_unit":      {Zh: "机构 {unit} 不存在，或不在您的权限范围内", En: "the unit {unit} does not exist, or is not in your scope"},
	"facts.not_in_scope": {Zh: "没有这样的员工，或不在您的权限范围内", En: "there is no such member, or they are not in your scope"},
	"facts.name_place":   {Zh: "该员工在考核期内有几段任职，请写明机构和岗位", En: "the member has several segments in the period; name the unit and the position"},
	"facts.not_asked":    {Zh: "该员工的计分卡不需要指标 {metric} 的目标值或基期值", En: "the member's scorecard asks for no target or baseline of the metric {metric}"},
	"facts.typed_twice":  {Zh: "同一个目标在这次保存中出现了两次", En: "the same target stands twice in what is to be saved"},
	"facts.old_version":  {Zh: "这个目标刚被别人改动；请查看现在的值", En: "somebody else has just changed this target; see what stands there now"},

	"facts.needs_unit":      {Zh: "该员工在考核期内有几段任职（{units}），请填写机构代码", En: "the member has several segments in the period ({units}); name the unit"},
	"facts.needs_position":  {Zh: "该员工在这个机构有几段任职（{units}），请填写岗位", En: "the member has several segments at this unit ({units}); name the position"},
	"facts.no_such_segment": {Zh: "该员工在考核期内没有这个机构和岗位的任职；应为其中之一：{units}", En: "the member has no segment at this unit and in this position; it should be one of: {units}"},

	"facts.survey_sum":           {Zh: "{count} 份评价（每份 {min} 到 {max}）的合计应在 {least} 到 {most} 之间", En: "the sum of {count} answers of {min} to {max} each should be from {least} to {most}"},
	"facts.unknown_event_type":   {Zh: "没有计分卡列出这种事件；应为其中之一：{types}", En: "no scorecard lists this type of event; it should be one of: {types}"},
	"facts.event_type_of_item":   {Zh: "考核项 {item} 没有列出这种事件；应为其中之一：{types}", En: "the item {item} does not list this type of event; it should be one of: {types}"},
	"facts.unknown_role":         {Zh: "考核项 {item} 没有这个评价角色；应为其中之一：{roles}", En: "the item {item} knows no such role; it should be one of: {roles}"},
	"facts.unknown_level":        {Zh: "考核项 {item} 没有这个等级；应为其中之一：{levels}", En: "the item {item} knows no such level; it should be one of: {levels}"},
	"facts.unknown_adjustment":   {Zh: "该员工的计分卡没有这个加分或扣分项目；应为其中之一：{keys}", En: "none of the member's scorecards lists this adjustment; it should be one of: {keys}"},
	"facts.unknown_veto":         {Zh: "该员工的计分卡没有这个否决项目；应为其中之一：{keys}", En: "none of the member's scorecards lists this veto; it should be one of: {keys}"},
	"facts.twice_in_segment":     {Zh: "第 {first} 行和第 {second} 行属于同一段任职的同一项；请只保留一行", En: "rows {first} and {second} are for the same thing of the same segment; keep one of them"},
	"facts.half_a_list":          {Zh: "该员工的另一行（第 {row} 行）有误；每名员工的加扣分清单只能整体导入", En: "another row of this member is wrong (row {row}); a member's list is taken whole or not at all"},
	"facts.replace_needs_period": {Zh: "文件里没有数据行，看不出要清空哪个考核期；请加 --period，如 --period 2026-10", En: "the file has no row, so it does not say whose list is to be emptied; add --period, such as --period 2026-10"},
	"facts.replace_needs_all":    {Zh: "文件有错误的行，不能当作整个清单（--replace）；请更正后重新导入，或去掉 --replace", En: "the file has wrong rows and cannot be the whole list (--replace); correct them and import again, or leave out --replace"},

	"facts.no_segments":      {Zh: "有 {count} 行的员工在考核期内没有计分的任职，暂不使用（第 {rows} 行）", En: "{count} rows are for members without a scored assignment in the period, and are not used for now (rows {rows})"},
	"facts.not_scored":       {Zh: "“{subject}”不在这些员工的计分卡上，{count} 行暂不使用（第 {rows} 行）", En: "the members' scorecards do not have {subject}, and {count} rows are not used for now (rows {rows})"},
	"facts.not_scored_there": {Zh: "“{subject}”不在该段任职的计分卡上，{count} 行暂不使用（第 {rows} 行）", En: "the scorecard of that segment does not have {subject}, and {count} rows are not used for now (rows {rows})"},
	"facts.unscored_place":   {Zh: "员工在机构 {subject} 的任职不计分，{count} 行暂不使用（第 {rows} 行）", En: "the members' time at the unit {subject} is not scored, and {count} rows are not used for now (rows {rows})"},
})
