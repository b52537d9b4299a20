package access

import (
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Words say what a permission allows, with its code: "write reviews (review.write)".
func Words(p rbac.Permission) lang.Text {
	text, ok := lang.Lookup("permission." + string(p))
	if !ok || !p.Known() {
		return lang.Text{Zh: string(p), En: string(p)}
	}
	return lang.Text{Zh: text.Zh + "（" + string(p) + "）", En: text.En + " (" + string(p) + ")"}
}

// Name says what a permission allows: "write reviews".
func Name(p rbac.Permission) lang.Text { return words("permission." + string(p)) }

// words gives the registered words of a code.
func words(code string) lang.Text {
	text, _ := lang.Lookup(code)
	return text
}

// What a permission allows, as it is said after "may".
var _ = lang.Register(map[string]lang.Text{
	"permission.unit.read":         {Zh: "查看机构", En: "read units"},
	"permission.unit.manage":       {Zh: "维护机构", En: "maintain units"},
	"permission.staff.read":        {Zh: "查看员工", En: "read members of the staff"},
	"permission.staff.manage":      {Zh: "维护员工及任职", En: "maintain members of the staff and their assignments"},
	"permission.metric.read":       {Zh: "查看指标库", En: "read the metric library"},
	"permission.metric.manage":     {Zh: "维护指标库", En: "maintain the metric library"},
	"permission.scorecard.read":    {Zh: "查看计分卡", En: "read scorecards"},
	"permission.scorecard.manage":  {Zh: "维护计分卡", En: "maintain scorecards"},
	"permission.rubric.read":       {Zh: "查看评分标准", En: "read rubrics"},
	"permission.rubric.manage":     {Zh: "维护评分标准", En: "maintain rubrics"},
	"permission.period.read":       {Zh: "查看考核期", En: "read periods"},
	"permission.period.manage":     {Zh: "管理考核期", En: "manage periods"},
	"permission.period.publish":    {Zh: "发布考核结果", En: "publish results"},
	"permission.period.close":      {Zh: "关闭考核期", En: "close periods"},
	"permission.target.import":     {Zh: "导入目标", En: "import targets"},
	"permission.actual.import":     {Zh: "导入实绩", En: "import actuals"},
	"permission.survey.import":     {Zh: "导入客户满意度调查", En: "import customer surveys"},
	"permission.event.import":      {Zh: "导入风险事件", En: "import risk events"},
	"permission.adjustment.import": {Zh: "导入调整", En: "import adjustments"},
	"permission.veto.import":       {Zh: "导入一票否决", En: "import vetoes"},
	"permission.review.import":     {Zh: "导入纸质评价表", En: "import reviews from paper forms"},
	"permission.batch.read":        {Zh: "查看导入批次", En: "read imports"},
	"permission.batch.undo":        {Zh: "撤销导入批次", En: "undo imports"},
	"permission.run.create":        {Zh: "计算考核结果", En: "run the scoring"},
	"permission.run.verify":        {Zh: "核验计算结果", En: "verify runs"},
	"permission.result.read":       {Zh: "查看考核结果", En: "read results"},
	"permission.export.run":        {Zh: "导出报表", En: "export workbooks"},
	"permission.review.read":       {Zh: "查看评价", En: "read reviews"},
	"permission.review.write":      {Zh: "以负责人身份评价", En: "write reviews as the manager"},
	"permission.review.peer":       {Zh: "以同事身份评价", En: "write reviews as a peer"},
	"permission.review.self":       {Zh: "自评", En: "write one's own review"},
	"permission.review.return":     {Zh: "退回评价", En: "return reviews"},
	"permission.review.assign":     {Zh: "指定评价人", En: "name reviewers"},
	"permission.user.read":         {Zh: "查看用户", En: "read users"},
	"permission.user.manage":       {Zh: "管理用户", En: "manage users"},
	"permission.grant.read":        {Zh: "查看授权", En: "read grants"},
	"permission.grant.manage":      {Zh: "授予和收回角色", En: "grant and revoke roles"},
	"permission.policy.read":       {Zh: "查看角色和职责表", En: "read roles and the responsibility table"},
	"permission.policy.manage":     {Zh: "维护角色和职责表", En: "maintain roles and the responsibility table"},
	"permission.access.explain":    {Zh: "查询他人的权限及原因", En: "ask what others may do and why"},
	"permission.audit.read":        {Zh: "查看审计记录", En: "read the audit trail"},
	"permission.job.read":          {Zh: "查看他人的任务", En: "read other people's jobs"},
})

var _ = lang.Register(map[string]lang.Text{
	"access.owner.head_office": {Zh: "总行", En: "head office"},
	"access.owner.branch":      {Zh: "分支行", En: "the branches"},
	"access.owner.sub_branch":  {Zh: "支行", En: "the sub-branches"},
	"access.reach.self":        {Zh: "本人的记录", En: "one's own records"},
	"access.reach.unit":        {Zh: "仅该机构", En: "that unit alone"},
	"access.reach.subtree":     {Zh: "该机构及所有下级机构", En: "that unit and all below it"},
	"access.effect.allow":      {Zh: "允许", En: "allow"},
	"access.effect.deny":       {Zh: "禁止", En: "deny"},
})
