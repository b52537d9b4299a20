package imports

import "github.com/steelyard/steelyard/app/lang"

var _ = lang.Register(map[string]lang.Text{
	"import.kind":           {Zh: "没有“{kind}”这种文件；可以导入：{kinds}", En: "there is no kind of file called {kind}; these can be imported: {kinds}"},
	"import.replace":        {Zh: "--replace 只用于按考核期导入的数据，不能用于“{kind}”", En: "--replace is for files of a period and not for {kind}"},
	"import.empty_document": {Zh: "文件“{file}”是空的", En: "the file {file} is empty"},
	"import.wrong":          {Zh: "文件“{file}”有 {rows} 行有误（共 {count} 处），没有写入任何数据；请更正后重新导入，或用 --skip-errors 只导入正确的行", En: "{file} has {rows} wrong {rows:row|rows} ({count} {count:fault|faults}), and nothing was written; correct them and import again, or take the good rows with --skip-errors"},
	"import.wrong_document": {Zh: "文件“{file}”有 {count} 处错误，没有写入任何数据；请更正后重新导入", En: "{file} has {count} {count:fault|faults}, and nothing was written; correct them and import again"},
	"import.required":       {Zh: "不能为空", En: "this must not be blank"},
	"import.twice":          {Zh: "第 {first} 行和第 {second} 行的关键字相同；请只保留一行", En: "rows {first} and {second} have the same key; keep one of them"},
	"import.lost_zeros":     {Zh: "该单元格是数字，丢失了前面的零：已有代码 {code}；请把该列设为文本格式后重新填写", En: "the cell is a number and has lost the zeros in front: there is a code {code}; format the column as text and type it anew"},
	"import.without_zeros":  {Zh: "没有这个代码，但有 {code}：前面的零可能在电子表格里丢失了；请把该列设为文本格式后重新填写", En: "there is no such code but {code}: a spreadsheet may have lost the zeros in front; format the column as text and type it anew"},
	"import.step.read":      {Zh: "读取文件", En: "reading the file"},
	"import.step.write":     {Zh: "核对并写入", En: "checking and writing"},

	"batch.unknown":      {Zh: "没有批次 {batch}", En: "there is no batch {batch}"},
	"batch.undone":       {Zh: "批次 {batch} 已由批次 {by} 撤销", En: "batch {batch} was undone already, by batch {by}"},
	"batch.is_undo":      {Zh: "批次 {batch} 本身就是一次撤销，不能再撤销；请重新导入文件", En: "batch {batch} undoes another and cannot be undone itself; import the file again"},
	"batch.nothing":      {Zh: "批次 {batch} 没有可撤销的内容", En: "there is nothing in batch {batch} to undo"},
	"batch.computed":     {Zh: "批次 {batch} 不能撤销：考核期 {period} 的第 {run} 次计分运行已经用到它；请导入更正后的文件", En: "batch {batch} cannot be undone: run {run} of {period} has computed from it; import a corrected file instead"},
	"batch.later":        {Zh: "批次 {batch} 不能撤销：之后的批次 {later} 改动了相同的内容；请先撤销批次 {later}", En: "batch {batch} cannot be undone: the later batch {later} has changed the same rows; undo batch {later} first"},
	"batch.replaced":     {Zh: "批次 {batch} 不能撤销：它撤下的内容之后又有新值；请先撤销后来的批次", En: "batch {batch} cannot be undone: what it withdrew has new values since; undo the later batches first"},
	"batch.published":    {Zh: "批次 {batch} 不能撤销：考核期 {period} 已发布", En: "batch {batch} cannot be undone: the period {period} is published"},
	"batch.in_use":       {Zh: "不能撤销：{entity}已被{users}引用（{count} 处）；请先撤销后来的批次", En: "this cannot be undone: {users} refer to the {entity} ({count}); undo the later batches first"},
	"batch.not_undoable": {Zh: "批次 {batch} 改动了{entity}，不能撤销", En: "batch {batch} has changed a {entity} and cannot be undone"},

	"import.entity.unit":       {Zh: "机构", En: "unit"},
	"import.entity.staff":      {Zh: "员工", En: "staff"},
	"import.entity.assignment": {Zh: "任职", En: "assignment"},
	"import.entity.metric":     {Zh: "指标", En: "metric"},
	"import.entity.scorecard":  {Zh: "计分卡", En: "scorecard"},
	"import.entity.target":     {Zh: "目标值", En: "target"},
	"import.entity.actual":     {Zh: "实际值", En: "actual"},
	"import.entity.survey":     {Zh: "客户评价", En: "survey"},
	"import.entity.event":      {Zh: "风险事件", En: "event"},
	"import.entity.adjustment": {Zh: "加扣分", En: "adjustment"},
	"import.entity.veto":       {Zh: "一票否决", En: "veto"},
	"import.entity.vetoes":     {Zh: "一票否决", En: "veto"},
	"import.entity.review":     {Zh: "评价", En: "review"},
	"import.entity.result":     {Zh: "考核结果", En: "result"},
})
