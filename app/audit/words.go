package audit

import (
	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// ActionName says in words what was done, or refused: the action, or the
// permission that was lacking. Empty where there are none: the action is then an
// operation of the API.
func ActionName(action string) lang.Text {
	if text, known := lang.Lookup("audit.action." + action); known {
		return text
	}
	return access.Name(rbac.Permission(action))
}

// ObjectName says in words to what sort of thing it was done; empty where there are none.
func ObjectName(object string) lang.Text {
	text, _ := lang.Lookup("audit.object." + object)
	return text
}

// What the trail has, in words.
var _ = lang.Register(map[string]lang.Text{
	"audit.action.sign_in":            {Zh: "登录", En: "sign in"},
	"audit.action.sign_out":           {Zh: "退出登录", En: "sign out"},
	"audit.action.session.end":        {Zh: "结束会话", En: "end sessions"},
	"audit.action.password.change":    {Zh: "修改密码", En: "change the password"},
	"audit.action.secret.redeem":      {Zh: "用一次性链接设置密码", En: "set a password by a one-time link"},
	"audit.action.reset.start":        {Zh: "重置密码", En: "reset a password"},
	"audit.action.bootstrap.start":    {Zh: "准备首位安全管理员", En: "invite the first security administrator"},
	"audit.action.token.create":       {Zh: "新建访问令牌", En: "make a token"},
	"audit.action.token.revoke":       {Zh: "吊销访问令牌", En: "revoke a token"},
	"audit.action.user.create":        {Zh: "新建用户", En: "create a user"},
	"audit.action.user.change":        {Zh: "修改用户", En: "change a user"},
	"audit.action.user.enable":        {Zh: "启用用户", En: "enable a user"},
	"audit.action.user.disable":       {Zh: "停用用户", En: "disable a user"},
	"audit.action.user.invite":        {Zh: "邀请用户", En: "invite a user"},
	"audit.action.grant.create":       {Zh: "授予角色", En: "grant a role"},
	"audit.action.grant.change":       {Zh: "修改授权", En: "change a grant"},
	"audit.action.grant.revoke":       {Zh: "收回授权", En: "revoke a grant"},
	"audit.action.role.put":           {Zh: "修改角色", En: "change a role"},
	"audit.action.responsibility.put": {Zh: "修改权责表", En: "change the responsibility table"},

	"audit.action.unit.move":   {Zh: "调整机构上级", En: "move a unit"},
	"audit.action.unit.close":  {Zh: "撤销机构", En: "close a unit"},
	"audit.action.unit.open":   {Zh: "恢复机构", En: "open a unit"},
	"audit.action.metric.put":  {Zh: "修改指标", En: "change a metric"},
	"audit.action.rubric.put":  {Zh: "修改评分标准", En: "change a rubric"},
	"audit.action.target.save": {Zh: "录入目标", En: "type targets"},

	"audit.action.scorecard.draft":   {Zh: "保存计分卡草稿", En: "keep the draft of a scorecard"},
	"audit.action.scorecard.discard": {Zh: "放弃计分卡草稿", En: "discard the draft of a scorecard"},
	"audit.action.scorecard.publish": {Zh: "发布计分卡版本", En: "publish a version of a scorecard"},

	"audit.action.period.create":  {Zh: "开启考核期", En: "start a period"},
	"audit.action.period.open":    {Zh: "开始收集数据", En: "begin to collect"},
	"audit.action.period.score":   {Zh: "结束收集，开始计分", En: "end collecting and begin scoring"},
	"audit.action.period.publish": {Zh: "发布考核结果", En: "publish results"},
	"audit.action.period.close":   {Zh: "归档考核期", En: "close a period"},
	"audit.action.period.waive":   {Zh: "豁免阻碍", En: "waive a blocker"},
	"audit.action.run.create":     {Zh: "计分", En: "calculate"},
	"audit.action.result.read":    {Zh: "查看一人的考核结果", En: "read somebody’s result"},
	"audit.action.export.run":     {Zh: "导出", En: "export"},
	"audit.action.audit.read":     {Zh: "查看审计记录", En: "read the audit trail"},

	"audit.action.review.save":   {Zh: "保存评价", En: "save reviews"},
	"audit.action.review.submit": {Zh: "提交评价", En: "submit reviews"},
	"audit.action.review.return": {Zh: "退回评价", En: "hand a review back"},
	"audit.action.reviewer.name": {Zh: "指定评价人", En: "name a reviewer"},
	"audit.action.reviewer.end":  {Zh: "取消指定的评价人", En: "end a reviewer who was named"},

	"audit.action.import.units":       {Zh: "导入机构", En: "import units"},
	"audit.action.import.staff":       {Zh: "导入员工", En: "import staff"},
	"audit.action.import.assignments": {Zh: "导入任职", En: "import assignments"},
	"audit.action.import.users":       {Zh: "导入用户", En: "import users"},
	"audit.action.import.grants":      {Zh: "导入授权", En: "import grants"},
	"audit.action.import.metrics":     {Zh: "导入指标", En: "import metrics"},
	"audit.action.import.scorecards":  {Zh: "导入计分卡", En: "import scorecards"},
	"audit.action.import.rubrics":     {Zh: "导入评分标准", En: "import rubrics"},
	"audit.action.import.targets":     {Zh: "导入目标", En: "import targets"},
	"audit.action.import.actuals":     {Zh: "导入实际值", En: "import actuals"},
	"audit.action.import.surveys":     {Zh: "导入客户评价", En: "import surveys"},
	"audit.action.import.events":      {Zh: "导入风险事件", En: "import events"},
	"audit.action.import.adjustments": {Zh: "导入加分和扣分", En: "import adjustments"},
	"audit.action.import.vetoes":      {Zh: "导入一票否决", En: "import vetoes"},
	"audit.action.import.reviews":     {Zh: "导入评价", En: "import reviews"},
	"audit.action.batch.undo":         {Zh: "撤销导入批次", En: "undo an import"},

	"audit.action.job.cancel":         {Zh: "取消任务", En: "cancel a job"},
	"audit.action.job.download":       {Zh: "下载文件", En: "download a file"},
	"audit.action.job.import":         {Zh: "提交导入任务", En: "queue an import"},
	"audit.action.job.run":            {Zh: "提交计分任务", En: "queue a run"},
	"audit.action.job.export":         {Zh: "提交导出任务", En: "queue an export"},
	"audit.action.job.verify":         {Zh: "提交核验任务", En: "queue a verification"},
	"audit.action.preferences.change": {Zh: "修改偏好设置", En: "change preferences"},
	"audit.action.view.create":        {Zh: "保存视图", En: "save a view"},
	"audit.action.view.change":        {Zh: "修改视图", En: "change a view"},
	"audit.action.view.delete":        {Zh: "删除视图", En: "delete a view"},

	"audit.action.assignment.list":      {Zh: "查看任职与计分卡列表", En: "list assignments"},
	"audit.action.batch.list":           {Zh: "查看导入批次列表", En: "list imports"},
	"audit.action.coverage.list":        {Zh: "查看数据覆盖", En: "look at the coverage of data"},
	"audit.action.metric.list":          {Zh: "查看指标列表", En: "list metrics"},
	"audit.action.period.list":          {Zh: "查看考核期列表", En: "list periods"},
	"audit.action.result.list":          {Zh: "查看考核结果列表", En: "list results"},
	"audit.action.review-progress.list": {Zh: "查看评价进度", En: "look at the progress of reviews"},
	"audit.action.reviewers.list":       {Zh: "查看评价人列表", En: "list reviewers"},
	"audit.action.reviews.list":         {Zh: "查看评价列表", En: "list reviews"},
	"audit.action.run.list":             {Zh: "查看计分运行列表", En: "list runs"},
	"audit.action.scorecard.list":       {Zh: "查看计分卡列表", En: "list scorecards"},
	"audit.action.staff.list":           {Zh: "查看员工列表", En: "list staff"},
	"audit.action.target.list":          {Zh: "查看目标列表", En: "list targets"},
	"audit.action.unit.list":            {Zh: "查看机构列表", En: "list units"},

	"audit.object.assignment":      {Zh: "任职", En: "assignment"},
	"audit.object.audit":           {Zh: "审计记录", En: "audit trail"},
	"audit.object.batch":           {Zh: "导入批次", En: "import"},
	"audit.object.coverage":        {Zh: "数据覆盖", En: "coverage"},
	"audit.object.export":          {Zh: "导出", En: "export"},
	"audit.object.grant":           {Zh: "授权", En: "grant"},
	"audit.object.job":             {Zh: "任务", En: "job"},
	"audit.object.metric":          {Zh: "指标", En: "metric"},
	"audit.object.operation":       {Zh: "接口操作", En: "operation"},
	"audit.object.period":          {Zh: "考核期", En: "period"},
	"audit.object.preferences":     {Zh: "偏好设置", En: "preferences"},
	"audit.object.responsibility":  {Zh: "权责", En: "responsibility"},
	"audit.object.result":          {Zh: "考核结果", En: "result"},
	"audit.object.review":          {Zh: "评价", En: "review"},
	"audit.object.review-progress": {Zh: "评价进度", En: "progress of reviews"},
	"audit.object.reviewer":        {Zh: "评价人", En: "reviewer"},
	"audit.object.reviewers":       {Zh: "评价人", En: "reviewers"},
	"audit.object.reviews":         {Zh: "评价", En: "reviews"},
	"audit.object.role":            {Zh: "角色", En: "role"},
	"audit.object.rubric":          {Zh: "评分标准", En: "rubric"},
	"audit.object.run":             {Zh: "计分运行", En: "run"},
	"audit.object.scorecard":       {Zh: "计分卡", En: "scorecard"},
	"audit.object.staff":           {Zh: "员工", En: "staff"},
	"audit.object.target":          {Zh: "目标", En: "target"},
	"audit.object.token":           {Zh: "访问令牌", En: "token"},
	"audit.object.unit":            {Zh: "机构", En: "unit"},
	"audit.object.user":            {Zh: "用户", En: "user"},
	"audit.object.view":            {Zh: "视图", En: "view"},
})
