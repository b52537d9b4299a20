package scoring

import "strings"

// messages are what an InputError says; {names} are filled from its arguments.
var messages = map[string]Text{
	"unreadable":        {En: "the file cannot be read", Zh: "文件无法读取"},
	"not_json":          {En: "not JSON at line {line}, column {column}", Zh: "第 {line} 行第 {column} 列不是有效的 JSON"},
	"trailing_data":     {En: "something follows the end of the JSON at line {line}, column {column}", Zh: "JSON 结束后第 {line} 行第 {column} 列还有多余内容"},
	"control_character": {En: "a control character inside a text at line {line}, column {column}", Zh: "第 {line} 行第 {column} 列的文本中有控制字符"},
	"not_utf8":          {En: "not valid UTF-8 text", Zh: "不是有效的 UTF-8 文本"},
	"nul":               {En: "a text with a NUL character", Zh: "文本中含有 NUL 字符"},
	"too_deep":          {En: "nests deeper than 64", Zh: "嵌套超过 64 层"},
	"null":              {En: "null is not a value; leave the field out instead", Zh: "不能为 null；没有值时请省略该字段"},
	"repeated_key":      {En: "the key stands twice in this object", Zh: "同一对象中此键重复出现"},

	"not_an_object":     {En: "not an object: {value}", Zh: "不是对象：{value}"},
	"not_a_list":        {En: "not a list: {value}", Zh: "不是列表：{value}"},
	"not_a_text":        {En: "not a text: {value}", Zh: "不是文本：{value}"},
	"empty_text":        {En: "an empty text", Zh: "文本为空"},
	"not_true_or_false": {En: "neither true nor false: {value}", Zh: "只能是 true 或 false：{value}"},
	"not_a_decimal":     {En: "not a decimal: {value}", Zh: "不是十进制数：{value}"},
	"too_many_digits":   {En: "more than 15 digits before the point: {value}", Zh: "整数部分超过 15 位：{value}"},
	"too_many_decimals": {En: "more than 6 decimals: {value}", Zh: "小数超过 6 位：{value}"},
	"not_an_integer":    {En: "not a whole number: {value}", Zh: "不是整数：{value}"},
	"too_small":         {En: "{value} is below {least}", Zh: "{value} 小于最小值 {least}"},
	"missing":           {En: "is needed and not there", Zh: "缺少必填项"},
	"unknown_field":     {En: "no field of this name is known here", Zh: "此处没有这个字段"},
	"not_for_source":    {En: "an item with the source {source} has no such field", Zh: "来源为 {source} 的考核项没有这个字段"},
	"not_for_method":    {En: "the method {method} has no such parameter", Zh: "计分方法 {method} 没有这个参数"},
	"not_among":         {En: "{value} is none of {choices}", Zh: "{value} 不在可选值之列：{choices}"},

	"needs_one":                    {En: "needs at least one entry", Zh: "至少需要一项"},
	"needs_two":                    {En: "needs at least two points", Zh: "至少需要两个点"},
	"repeated":                     {En: "{value} stands here a second time", Zh: "{value} 重复出现"},
	"weights":                      {En: "the weights add up to {sum}, not 100", Zh: "权重合计为 {sum}，应为 100"},
	"not_positive":                 {En: "{value} is not above 0", Zh: "{value} 不大于 0"},
	"negative":                     {En: "{value} is below 0", Zh: "{value} 小于 0"},
	"finer_than_precision":         {En: "{value} has more than {precision} decimals, the precision of the scorecard", Zh: "{value} 的小数位多于计分卡精度（{precision} 位）"},
	"floor_above_cap":              {En: "the floor {low} is above the cap {high}", Zh: "下限 {low} 高于上限 {high}"},
	"worst_above_best":             {En: "the worst score {low} is above the best {high}", Zh: "最低分 {low} 高于最高分 {high}"},
	"not_rising":                   {En: "{value} does not rise above {before}", Zh: "{value} 没有大于前一行的 {before}"},
	"not_falling":                  {En: "{value} does not fall below {before}", Zh: "{value} 没有小于上一等级的 {before}"},
	"last_grade_min":               {En: "the last grade has no min", Zh: "最后一个等级不设最低分"},
	"scale":                        {En: "the maximum {value} is not above the minimum {least}", Zh: "量表最大值 {value} 不大于最小值 {least}"},
	"outside":                      {En: "{value} is outside {least} to {most}", Zh: "{value} 不在 {least} 至 {most} 之间"},
	"equal_to_unsatisfactory":      {En: "equal to unsatisfactory: {value}", Zh: "满意值与不允许值相同：{value}"},
	"neutral_without_rule":         {En: "neutral points without missing: neutral", Zh: "设了中性分，但缺失规则不是 neutral"},
	"method_for_source":            {En: "the method {method} does not fit the source {source}", Zh: "计分方法 {method} 不适用于来源 {source}"},
	"inverse_without_lower":        {En: "inverse without direction: lower", Zh: "只有 direction 为 lower 时才能设 inverse"},
	"direction_without_attainment": {En: "direction belongs to the attainment, not to {of}", Zh: "direction 只用于完成率，不用于 {of}"},

	"unknown_scorecard":     {En: "there is no scorecard {value}", Zh: "没有计分卡 {value}"},
	"unknown_item":          {En: "the scorecard {scorecard} has no item {value}", Zh: "计分卡 {scorecard} 没有考核项 {value}"},
	"unknown_role":          {En: "the item lists no role {value}", Zh: "该考核项没有评价角色 {value}"},
	"unknown_level":         {En: "the rubric has no level {value}", Zh: "评分标准没有等级 {value}"},
	"unknown_event":         {En: "no points are given for events of the type {value}", Zh: "事件类型 {value} 没有规定分值"},
	"rated_twice":           {En: "{value} has rated in this role already", Zh: "{value} 已在该角色中评价过"},
	"too_many_days":         {En: "the segments have {days} days together, the period {period_days}", Zh: "各段合计 {days} 天，超过考核期的 {period_days} 天"},
	"impossible_count":      {En: "a count below 0", Zh: "次数或份数小于 0"},
	"impossible_sum":        {En: "a sum that so many answers on the scale cannot have", Zh: "合计与份数和量表不符"},
	"wrong_count":           {En: "{value} inputs, not one for each item", Zh: "共有 {value} 项输入，与考核项数不符"},
	"adjustment_not_listed": {En: "the main scorecard lists no adjustment {value}", Zh: "主计分卡没有加减分项 {value}"},
	"veto_not_listed":       {En: "the main scorecard lists no veto {value}", Zh: "主计分卡没有一票否决项 {value}"},
}

// In gives the path and the message in "zh" or "en".
func (e InputError) In(lang string) string {
	if e.Path == "" {
		return e.Message(lang)
	}
	return e.Path + ": " + e.Message(lang)
}

// Message gives what is wrong without the path.
func (e InputError) Message(lang string) string {
	text, known := messages[e.Code]
	if !known {
		return e.Code
	}
	return fill(text.In(lang), e.Args)
}

// fill replaces the {names} of a text.
func fill(text string, args map[string]string) string {
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
