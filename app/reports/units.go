package reports

import (
	"slices"

	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/exports"
	"github.com/steelyard/steelyard/scoring"
)

// tally counts the members of each unit while the summary is written.
type tally struct {
	grades []string // of all scorecards, from the best down
	rows   []*unitRow
	byCode map[string]*unitRow
}

type unitRow struct {
	code, name                              string
	members, complete, incomplete, excepted int
	sum, highest, lowest                    scoring.Number
	grades                                  map[string]int
}

func newTally(m Month) *tally {
	t := &tally{byCode: map[string]*unitRow{}}
	for _, card := range m.Scorecards {
		for _, g := range card.Grades {
			if !slices.Contains(t.grades, g.Grade) {
				t.grades = append(t.grades, g.Grade)
			}
		}
	}
	return t
}

func (t *tally) add(p *Person) {
	row, ok := t.byCode[p.UnitCode]
	if !ok {
		row = &unitRow{code: p.UnitCode, name: p.UnitName, sum: scoring.FromInt(0), grades: map[string]int{}}
		t.byCode[p.UnitCode] = row
		t.rows = append(t.rows, row)
	}
	row.add(p.Trace.Result)
}

func (u *unitRow) add(r *scoring.Result) {
	u.members++
	switch r.Status {
	case scoring.Incomplete:
		u.incomplete++
		return
	case scoring.NotAssessed:
		u.excepted++
		return
	case runs.Partial:
		return // the whole of the month is not told
	}
	u.complete++
	u.grades[r.Grade]++
	u.sum = u.sum.Add(r.Total)
	if !u.highest.Valid() || r.Total.Cmp(u.highest) > 0 {
		u.highest = r.Total
	}
	if !u.lowest.Valid() || r.Total.Cmp(u.lowest) < 0 {
		u.lowest = r.Total
	}
}

// mean is the average total of the complete members, to two decimals.
func (u *unitRow) mean() scoring.Number {
	return u.sum.Quo(scoring.FromInt(int64(u.complete)))
}

// unitTable writes one row per unit, with the distribution of grades and its charts.
func (r *summary) unitTable() error {
	return exports.AddTable(r.book, exports.Table[*unitRow]{
		Sheet: r.say("units"), Title: r.say("units_title"), Scope: r.month.scopeLine(), About: r.say("units_about"),
		Columns: r.unitColumns(), Charts: r.unitCharts,
		Rows: func(yield func(*unitRow, error) bool) {
			for _, u := range r.units.rows {
				if !yield(u, nil) {
					return
				}
			}
		},
	})
}

func (r *summary) unitColumns() []exports.Column[*unitRow] {
	count := func(key string, of func(*unitRow) int) exports.Column[*unitRow] {
		c := column(r, key, exports.Int, func(u *unitRow) exports.Cell { return exports.Count(int64(of(u))) })
		c.Total = true
		return c
	}
	level := func(key string, of func(*unitRow) scoring.Number) exports.Column[*unitRow] {
		return column(r, key, exports.Score(2), func(u *unitRow) exports.Cell { return exports.Number(of(u).Fixed(2)) })
	}
	name := sized(column(r, "unit", exports.Text, func(u *unitRow) exports.Cell { return exports.String(u.name) }), 24)
	code := sized(column(r, "unit_code", exports.Code, func(u *unitRow) exports.Cell { return exports.String(u.code) }), 11)
	name.ID, code.ID = true, true
	mean := level("mean", (*unitRow).mean)
	mean.Mark = exports.Bars
	columns := []exports.Column[*unitRow]{
		name, code,
		count("members", func(u *unitRow) int { return u.members }), count("complete", func(u *unitRow) int { return u.complete }),
		count("incomplete", func(u *unitRow) int { return u.incomplete }), count("not_assessed", func(u *unitRow) int { return u.excepted }),
		mean, level("highest", func(u *unitRow) scoring.Number { return u.highest }), level("lowest", func(u *unitRow) scoring.Number { return u.lowest }),
	}
	for _, grade := range r.units.grades {
		c := exports.Column[*unitRow]{
			Key: "grade_" + grade, Header: r.say("grade_column", "grade", grade), Format: exports.Int, Total: true, Width: 9,
			Value: func(u *unitRow) exports.Cell { return exports.Count(int64(u.grades[grade])) },
			Unit:  r.say("unit.count"), Meaning: r.say("mean.grade_column", "grade", grade), Source: r.say("from.run"),
		}
		columns = append(columns, c)
	}
	return columns
}

// maxUnitsDrawn is how many units a chart shows before nobody could read it.
const maxUnitsDrawn = 40

// unitCharts draws the bank's distribution from the line of totals, and the units beside each other.
func (r *summary) unitCharts(b exports.Block) []exports.Chart {
	if len(r.units.grades) == 0 {
		return nil
	}
	first, last := "grade_"+r.units.grades[0], "grade_"+r.units.grades[len(r.units.grades)-1]
	top := b.Last + 4
	charts := []exports.Chart{{
		Kind: exports.ColumnChart, Title: r.say("distribution"), Column: 1, Row: top, Width: 430, Height: 300, Format: exports.Int,
		YTitle: r.say("people"),
		Series: []exports.Series{{Name: b.Head("members"), Categories: b.Across(first, last, b.First-1), Values: b.Across(first, last, b.Last+1)}},
	}}
	if n := b.Last - b.First + 1; n < 2 || n > maxUnitsDrawn {
		return charts
	}
	var series []exports.Series
	for _, grade := range r.units.grades {
		key := "grade_" + grade
		series = append(series, exports.Series{Name: b.Head(key), Categories: b.Column("unit"), Values: b.Column(key)})
	}
	return append(charts, exports.Chart{
		Kind: exports.StackedChart, Title: r.say("distribution_units"), Column: 5, Row: top, Width: 760, Height: 300,
		Format: exports.Int, NoLabels: true, YTitle: r.say("people"), Series: series,
	})
}
