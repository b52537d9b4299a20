package scorecards

import (
	"context"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

// The decimals that a metric is shown with.
const (
	decimalsMost  = 6
	decimalsUsual = 2
)

func metricsKind() imports.Kind {
	return imports.Kind{
		Name: "metrics", Title: lang.Text{Zh: "指标", En: "metrics"},
		Permission: rbac.MetricManage,
		Columns: []sheets.Column{
			MetricCodeColumn(),
			{Name: "name", Zh: "指标名称", En: "metric name", Required: true},
			{Name: "unit_of_measure", Zh: "计量单位", En: "unit of measure", Aliases: []string{"单位"}, Required: true},
			{Name: "decimals", Zh: "小数位", En: "decimals", Aliases: []string{"小数位数"}, Required: true},
		},
		Table: func(imports.Options) imports.TableImporter { return new(metricImport) },
	}
}

// MetricCodeColumn is the column of metric codes that several kinds of file have.
func MetricCodeColumn() sheets.Column {
	return sheets.Column{Name: "metric_code", Zh: "指标代码", En: "metric", Aliases: []string{"指标编码", "指标"}, Required: true}
}

func metricTable() *imports.Table[Metric] {
	return &imports.Table[Metric]{
		Entity: "metric", Name: "metrics",
		Columns: []string{"code", "name", "unit_of_measure", "decimals"},
		ID:      func(m *Metric) int64 { return m.ID },
		Write: func(b db.Bulk, m *Metric) {
			b.Text(m.Code)
			b.Text(m.Name)
			b.Text(m.Measure)
			b.Int(int64(m.Decimals))
		},
		References: []imports.Reference{{Table: "targets", Column: "metric_id"}, {Table: "actuals", Column: "metric_id"}},
		Shown: imports.Subject{
			Key: []imports.Field{{Name: "metric_code", From: "code", Title: lang.Text{Zh: "指标代码", En: "metric"}}},
			Fields: []imports.Field{
				{Name: "name", Title: lang.Text{Zh: "指标名称", En: "name"}},
				{Name: "unit_of_measure", Title: lang.Text{Zh: "计量单位", En: "unit of measure"}},
				{Name: "decimals", Title: lang.Text{Zh: "小数位", En: "decimals"}},
			},
		},
	}
}

// metricLine is one row of the file.
type metricLine struct {
	imports.Taken
	metric Metric
}

type metricImport struct{ lines []*metricLine }

func (i *metricImport) Parse(row sheets.Row) []fault.Problem {
	c := imports.Cells{Row: row}
	line := &metricLine{Taken: imports.Taken{Row: row}, metric: Metric{
		Code: c.Code("metric_code"), Name: c.Text("name"), Measure: c.OptionalCode("unit_of_measure"), Decimals: decimalsUsual,
	}}
	if !row.Blank("decimals") {
		n, problem := row.Int("decimals")
		switch {
		case problem != nil:
			c.Problems = append(c.Problems, *problem)
		case n < 0 || n > decimalsMost:
			c.Wrong("decimals", "metric.decimals", lang.Args{"most": decimalsMost})
		}
		line.metric.Decimals = int(n)
	}
	line.Wrong = len(c.Problems) > 0
	i.lines = append(i.lines, line)
	return c.Problems
}

func (i *metricImport) Apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	imports.Unique(b, i.lines, "metric_code", func(l *metricLine) *imports.Taken { return &l.Taken },
		func(l *metricLine) (string, bool) { return l.metric.Code, l.metric.Code != "" })
	before, err := i.known(ctx, tx, b)
	if err != nil || b.Blocked() {
		return err
	}
	var fresh, changed []*Metric
	rows, old := map[string]int{}, map[int64]*Metric{}
	for _, l := range i.lines {
		if l.Wrong {
			continue
		}
		m := &l.metric
		rows[m.Code] = l.Row.Number
		was, there := before.Get(m.Code)
		switch {
		case !there:
			fresh = append(fresh, m)
		case m.sameAs(was):
			b.Count(0, 0, 1, 0)
		default:
			m.ID = was.ID
			old[m.ID] = was
			changed = append(changed, m)
		}
	}
	b.Count(len(fresh), len(changed), 0, 0)
	return i.write(ctx, tx, b, fresh, changed, func(m *Metric) (*Metric, int) { return old[m.ID], rows[m.Code] })
}

// known reads the metrics that are there, and reports numeric cells that have
// lost the zeros of a code.
func (i *metricImport) known(ctx context.Context, tx db.Tx, b *imports.Batch) (*imports.Codes[*Metric], error) {
	metrics, err := Metrics(ctx, tx)
	if err != nil {
		return nil, err
	}
	codes := imports.NewCodes[*Metric](len(metrics))
	for _, m := range metrics {
		codes.Add(m.Code, m)
	}
	for _, l := range i.lines {
		if p := codes.Lost(l.Row, "metric_code", l.metric.Code); p != nil {
			b.Fault(&l.Taken, *p)
		}
	}
	return codes, nil
}

func (i *metricImport) write(ctx context.Context, tx db.Tx, b *imports.Batch, fresh, changed []*Metric, was func(*Metric) (*Metric, int)) error {
	table := metricTable()
	if err := table.Update(ctx, tx, changed); err != nil {
		return err
	}
	for _, m := range changed {
		old, row := was(m)
		b.History("metric", m.ID, row, old, m)
	}
	if err := table.Insert(ctx, tx, fresh); err != nil {
		return err
	}
	made := map[string]bool{}
	for _, m := range fresh {
		made[m.Code] = true
	}
	metrics, err := Metrics(ctx, tx)
	if err != nil {
		return err
	}
	for _, m := range metrics {
		if made[m.Code] {
			_, row := was(m)
			b.History("metric", m.ID, row, nil, m)
		}
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"metric.decimals": {Zh: "小数位应为 0 到 {most} 的整数", En: "the decimals must be a whole number from 0 to {most}"},
	"metric.unknown":  {Zh: "指标 {code} 不存在；请更正代码，或先导入指标", En: "there is no metric {code}; correct the code or import the metric first"},
})
