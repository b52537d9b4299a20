package facts

import (
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

// kind describes one kind of fact.
type kind struct {
	name    string // of the import and of the table
	needs   rbac.Permission
	columns []sheets.Column
	read    func(r *reader, f *fact)
	check   func(c *check, k *kind)
	// keys and values are the table's columns for the parts of a fact, in their order.
	keys   []column
	values []column
	// metric is set where the first key is the code of a metric, kept as its id.
	metric bool
	// member is set for facts of the member, which have neither unit nor position.
	member bool
	// everywhere is set where a row that names no place serves all segments.
	everywhere bool
	// list is set where the file is the whole list of the members in it, and rows of one key add up.
	list bool
	// rated is set where a part of the key is who rated: a staff number, or a text.
	rated bool
}

type columnType uint8

const (
	plainText    columnType = iota // "" is kept as such
	optionalText                   // "" is kept as NULL
	optionalInt                    // a whole number; "" is kept as NULL
)

type column struct {
	name string
	typ  columnType
}

// The columns that files of several kinds have.
var (
	periodColumn   = sheets.Column{Name: "period", Zh: "考核期", En: "Period", Required: true}
	staffNoColumn  = sheets.Column{Name: "staff_no", Zh: "工号", En: "Staff number", Required: true}
	metricColumn   = sheets.Column{Name: "metric_code", Zh: "指标代码", En: "Metric code", Required: true}
	itemColumn     = sheets.Column{Name: "item", Zh: "考核项", En: "Item", Required: true}
	unitCodeColumn = sheets.Column{Name: "unit_code", Zh: "机构代码", En: "Unit code"}
	positionColumn = sheets.Column{Name: "position", Zh: "岗位", En: "Position"}
	keyColumn      = sheets.Column{Name: "key", Zh: "项目", En: "Key", Required: true}
	reasonColumn   = sheets.Column{Name: "reason", Zh: "原因", En: "Reason", Required: true}
)

func kinds() []*kind {
	return []*kind{targets(), actuals(), surveys(), events(), adjustments(), vetoes(), reviews()}
}

func targets() *kind {
	return &kind{
		name: "targets", needs: rbac.TargetImport, metric: true, everywhere: true,
		columns: []sheets.Column{
			periodColumn, staffNoColumn, metricColumn,
			{Name: "target", Zh: "目标值", En: "Target"}, {Name: "baseline", Zh: "基期值", En: "Baseline"},
			unitCodeColumn, positionColumn,
		},
		values: []column{{"target", optionalText}, {"baseline", optionalText}},
		read: func(r *reader, f *fact) {
			f.key[0] = r.code("metric_code")
			f.values[0] = r.figure("target", f)
			f.values[1] = r.figure("baseline", f)
			if r.row.Blank("target") && r.row.Blank("baseline") {
				r.problems = append(r.problems, r.row.Problem("target", "facts.no_target", nil))
			}
		},
		check: (*check).metric,
	}
}

func actuals() *kind {
	return &kind{
		name: "actuals", needs: rbac.ActualImport, metric: true,
		columns: []sheets.Column{periodColumn, staffNoColumn, metricColumn, {Name: "actual", Zh: "实际值", En: "Actual", Required: true}, unitCodeColumn, positionColumn},
		values:  []column{{"actual", optionalText}},
		read: func(r *reader, f *fact) {
			f.key[0] = r.code("metric_code")
			f.values[0] = r.figure("actual", f)
		},
		check: (*check).metric,
	}
}

func surveys() *kind {
	return &kind{
		name: "surveys", needs: rbac.SurveyImport,
		columns: []sheets.Column{
			periodColumn, staffNoColumn, itemColumn,
			{Name: "count", Zh: "份数", En: "Count", Required: true}, {Name: "sum", Zh: "合计", En: "Sum", Required: true},
			unitCodeColumn, positionColumn,
		},
		keys:   []column{{"item", plainText}},
		values: []column{{"answers", optionalInt}, {"answers_sum", optionalText}},
		read: func(r *reader, f *fact) {
			f.key[0] = r.code("item")
			f.values[0] = r.count("count")
			f.values[1] = r.decimal("sum")
			if r.row.Blank("count") != r.row.Blank("sum") {
				r.problems = append(r.problems, r.row.Problem("count", "facts.count_without_sum", nil))
			}
		},
		check: (*check).survey,
	}
}

func events() *kind {
	optionalItem := itemColumn
	optionalItem.Required = false
	return &kind{
		name: "events", needs: rbac.EventImport,
		columns: []sheets.Column{
			periodColumn, staffNoColumn,
			{Name: "event_type", Zh: "事件类型", En: "Event type", Required: true}, {Name: "count", Zh: "次数", En: "Count", Required: true},
			optionalItem, unitCodeColumn, positionColumn,
		},
		keys:   []column{{"event_type", plainText}, {"item", plainText}},
		values: []column{{"occurrences", optionalInt}},
		read: func(r *reader, f *fact) {
			f.key[0] = r.code("event_type")
			f.key[1] = r.optionalCode("item")
			f.values[0] = r.count("count")
		},
		check: (*check).event,
	}
}

func adjustments() *kind {
	return &kind{
		name: "adjustments", needs: rbac.AdjustmentImport, member: true, list: true,
		columns: []sheets.Column{periodColumn, staffNoColumn, keyColumn, {Name: "points", Zh: "分值", En: "Points", Required: true}, reasonColumn},
		keys:    []column{{"key", plainText}},
		values:  []column{{"points", optionalText}, {"reason", plainText}},
		read: func(r *reader, f *fact) {
			f.key[0] = r.code("key")
			f.values[0] = r.points("points")
			if r.row.Blank("points") {
				f.values[1] = r.optionalText("reason")
				return
			}
			f.values[1] = r.text("reason")
		},
		check: (*check).adjustment,
	}
}

func vetoes() *kind {
	return &kind{
		name: "vetoes", needs: rbac.VetoImport, member: true,
		columns: []sheets.Column{periodColumn, staffNoColumn, keyColumn, reasonColumn},
		keys:    []column{{"key", plainText}},
		values:  []column{{"reason", plainText}},
		read: func(r *reader, f *fact) {
			f.key[0] = r.code("key")
			f.values[0] = r.text("reason")
		},
		check: (*check).veto,
	}
}

func reviews() *kind {
	return &kind{
		name: "reviews", needs: rbac.ReviewImport, rated: true,
		columns: []sheets.Column{
			periodColumn, staffNoColumn, itemColumn,
			{Name: "role", Zh: "评价角色", En: "Role", Required: true}, {Name: "rater", Zh: "评价人", En: "Rater", Required: true},
			{Name: "level", Zh: "等级", En: "Level", Required: true}, {Name: "comment", Zh: "评语", En: "Comment"},
			unitCodeColumn, positionColumn,
		},
		keys:   []column{{"item", plainText}, {"role", plainText}, {"rater", plainText}},
		values: []column{{"level", optionalText}, {"comment", plainText}},
		read: func(r *reader, f *fact) {
			f.key = [keyParts]string{r.code("item"), r.code("role"), r.text("rater")}
			f.values[0] = r.optionalCode("level")
			f.values[1] = r.optionalText("comment")
		},
		check: (*check).review,
	}
}
