package reviews

import "github.com/steelyard/steelyard/app/lang"

var _ = lang.Register(map[string]lang.Text{
	"review.state.draft":     {Zh: "草稿", En: "draft"},
	"review.state.submitted": {Zh: "已提交", En: "submitted"},
	"review.state.returned":  {Zh: "已退回", En: "returned"},

	"review.cells":            {Zh: "一次须有 1 至 {most} 个单元格", En: "one request has 1 to {most} cells"},
	"review.period":           {Zh: "考核期 {period} 为“{state}”状态，只有收集阶段才能填写和提交评价", En: "the period {period} is {state}; reviews are written and submitted while it is collecting"},
	"review.text":             {Zh: "文字中有不可用的字符；请删除后再保存", En: "the text has characters that cannot be kept; remove them and save again"},
	"review.long":             {Zh: "文字过长；最多 {most} 个字", En: "the text is too long; it may have {most} characters"},
	"review.not_yours":        {Zh: "没有由您评价的这一项", En: "there is no such cell for you to rate"},
	"review.twice":            {Zh: "同一单元格在请求中出现了两次；只保存了第一次", En: "the same cell stands twice in the request; the first was taken"},
	"review.version":          {Zh: "该评价在您读取之后已被修改；请核对现有内容再保存", En: "the review was changed since you read it; look at what stands there now and save again"},
	"review.state":            {Zh: "该评价已提交；如需修改，请由人力资源部退回", En: "the review is submitted; it can be changed once it is handed back"},
	"review.level":            {Zh: "考核项 {item} 没有这个等级；应为其中之一：{levels}", En: "the item {item} knows no such level; it should be one of: {levels}"},
	"review.incomplete":       {Zh: "有 {count} 项评价未填完整，未提交", En: "{count} {count:review is|reviews are} not complete, and nothing was submitted"},
	"review.comment_required": {Zh: "最高和最低等级须写评语，有 {count} 项没有评语，未提交", En: "the highest and the lowest level need a comment; {count} {count:review lacks|reviews lack} it, and nothing was submitted"},
	"review.incomplete_cell":  {Zh: "工号 {staff}（{unit}）的 {item} 还没有等级", En: "{item} of {staff} at {unit} has no level yet"},
	"review.comment_cell":     {Zh: "工号 {staff}（{unit}）的 {item} 为等级 {level}，须写评语", En: "{item} of {staff} at {unit} has the level {level}, which needs a comment"},
	"review.nothing":          {Zh: "没有可提交的评价草稿", En: "there is no draft to submit"},
	"review.unknown":          {Zh: "没有这项评价", En: "there is no such review"},
	"review.not_submitted":    {Zh: "该评价没有处于已提交状态，不能退回", En: "the review is not submitted, and cannot be handed back"},
	"review.no_reason":        {Zh: "须写明原因", En: "a reason is needed"},
	"review.written_since":    {Zh: "之后又写了新的内容，不能撤销这个批次", En: "a review was written since, and the batch cannot be undone"},

	"reviewer.unknown": {Zh: "没有这名指定的评价人", En: "there is no such named reviewer"},
	"reviewer.head_office": {
		Zh: "总行不代写分行的评价：在总行负责指定或退回评价的人不能评价分行员工，也不能被指定为其评价人",
		En: "head office writes no branch's review: whoever names reviewers or hands reviews back for head office neither rates a branch's member nor is named to",
	},
	"reviewer.self":    {Zh: "任何人都不评价自己：不能将 {staff} 指定为其本人的评价人", En: "nobody reviews themselves: {staff} cannot be named as their own reviewer"},
	"reviewer.rater":   {Zh: "没有工号为 {staff} 的员工，不能指定为评价人", En: "there is no staff member {staff} to be named"},
	"reviewer.role":    {Zh: "该员工的计分卡没有可指定的这个评价角色；应为其中之一：{roles}", En: "the member's scorecard knows no such role to name somebody for; it has: {roles}"},
	"reviewer.segment": {Zh: "工号 {staff} 在 {unit} 没有唯一一段计分的任职；请核对机构，或写明岗位", En: "{staff} has no single scored segment at {unit}; check the unit, or name the position"},
	"reviewer.taken":   {Zh: "{rater} 已被指定以 {role} 身份评价 {staff}", En: "{rater} is named already to rate {staff} as {role}"},

	"import.entity.reviewer": {Zh: "指定的评价人", En: "named reviewer"},

	"rubric.unknown": {Zh: "没有评分标准 {rubric}", En: "there is no rubric {rubric}"},
	"rubric.version": {Zh: "评分标准 {rubric} 在您读取之后已被修改；请核对现有内容再保存", En: "the rubric {rubric} was changed since you read it; look at what stands there now and save again"},
	"rubric.wrong":   {Zh: "评分标准 {rubric} 有 {count} 处错误", En: "the rubric {rubric} has {count} {count:fault|faults}"},
	"rubric.blank":   {Zh: "不能为空", En: "this must not be blank"},
	"rubric.levels":  {Zh: "应有 1 至 {most} 个等级", En: "there should be 1 to {most} levels"},
	"rubric.twice":   {Zh: "等级 {level} 出现了两次", En: "the level {level} stands there twice"},
})
