package seed

import (
	"strconv"

	"github.com/steelyard/steelyard/app/db"
)

// facts are the files of one month, in the order in which they are imported.
type facts struct {
	of          month
	targets     Table
	actuals     Table
	surveys     Table
	events      Table
	adjustments Table
	vetoes      Table
	reviews     Table
}

func newFacts(of month) *facts {
	return &facts{
		of:          of,
		targets:     Table{Kind: "targets", Header: []string{"考核期", "工号", "指标代码", "目标值", "基期值", "机构代码", "岗位"}},
		actuals:     Table{Kind: "actuals", Header: []string{"考核期", "工号", "指标代码", "实际值", "机构代码", "岗位"}},
		surveys:     Table{Kind: "surveys", Header: []string{"考核期", "工号", "考核项", "份数", "合计", "机构代码", "岗位"}},
		events:      Table{Kind: "events", Header: []string{"考核期", "工号", "事件类型", "次数", "考核项", "机构代码", "岗位"}},
		adjustments: Table{Kind: "adjustments", Header: []string{"考核期", "工号", "项目", "分值", "原因"}},
		vetoes:      Table{Kind: "vetoes", Header: []string{"考核期", "工号", "项目", "原因"}},
		reviews:     Table{Kind: "reviews", Header: []string{"考核期", "工号", "考核项", "评价角色", "评价人", "等级", "评语", "机构代码", "岗位"}},
	}
}

func (f *facts) tables() []Table {
	return []Table{f.targets, f.actuals, f.surveys, f.events, f.adjustments, f.vetoes, f.reviews}
}

// place is what ties a fact to one of several segments: the unit, and the
// position where two segments lie in one unit.
type place struct{ unit, position string }

// placeOf leaves both out for a member with one segment, as bank systems do.
func placeOf(all []segment, at int) place {
	if len(all) == 1 {
		return place{}
	}
	p := place{unit: all[at].unit}
	for i, other := range all {
		if i != at && other.unit == p.unit {
			p.position = all[at].position
		}
	}
	return p
}

// fill writes the facts of every member's month.
func (f *facts) fill(people []*member) {
	roster := rosterOf(people, f.of)
	for _, m := range people {
		segments := m.segments(f.of)
		for i, g := range segments {
			if len(drives[g.position]) == 0 {
				continue
			}
			p := placeOf(segments, i)
			f.figures(m, g, p)
			f.answers(m, g, p)
			f.ratings(m, g, p, roster)
			f.incidents(m, g, p)
		}
		if len(segments) > 0 && len(drives[segments[0].position]) > 0 {
			f.extras(m)
		}
	}
}

func (f *facts) figures(m *member, g segment, p place) {
	period := f.of.code()
	for _, d := range drives[g.position] {
		if d.target > 0 {
			f.targets.add(period, m.no, d.metric, decimal(d.expected(f.of), d.decimals), "", p.unit, p.position)
		}
		f.actuals.add(period, m.no, d.metric, decimal(d.reached(m, f.of, g), d.decimals), p.unit, p.position)
	}
	if g.position == retail {
		f.assets(m, g, p)
	}
}

// assets writes what a retail relationship manager looks after, against what it was a month before.
func (f *facts) assets(m *member, g segment, p place) {
	before, now := assetsAt(m, g.unit, f.of.index-1), assetsAt(m, g.unit, f.of.index)
	f.targets.add(f.of.code(), m.no, "aum", "", decimal(before, 2), p.unit, p.position)
	f.actuals.add(f.of.code(), m.no, "aum", decimal(now, 2), p.unit, p.position)
}

func assetsAt(m *member, unit string, index int) int64 {
	assets := 2000000000 + draw(4000000000, "assets", m.no, unit)
	for i := range index + 1 {
		change := 8 + (m.ability-1000)/20 + bell(28, "assets", m.no, unit, strconv.Itoa(i)) // in thousandths
		assets += assets / 1000 * change
	}
	return assets
}

// answers writes what customers said; retail asks from 1 to 10, the counter from 1 to 5.
func (f *facts) answers(m *member, g segment, p place) {
	keys := []string{"survey", m.no, f.of.code(), g.unit}
	count := 4 + draw(36, keys...)
	var tenths int64
	switch g.position {
	case retail:
		tenths = min(99, 84+(m.ability-1000)/25+bell(9, keys...))
	case teller:
		tenths = min(50, 43+(m.ability-1000)/60+bell(5, keys...))
	default:
		return
	}
	f.surveys.add(f.of.code(), m.no, "satisfaction", strconv.FormatInt(count, 10), strconv.FormatInt(count*tenths/10, 10), p.unit, p.position)
}

// incidents writes the risk events of a few members.
func (f *facts) incidents(m *member, g segment, p place) {
	for _, kind := range []struct {
		name string
		odds int64
	}{{"late_filing", 16}, {"document_error", 28}, {"complaint", 40}} {
		if draw(kind.odds, kind.name, m.no, f.of.code(), g.unit) == 0 {
			count := 1 + draw(4, "count", kind.name, m.no, f.of.code())/3
			f.events.add(f.of.code(), m.no, kind.name, strconv.FormatInt(count, 10), "", p.unit, p.position)
		}
	}
}

// extras writes the bonuses and deductions of a few members.
func (f *facts) extras(m *member) {
	period := f.of.code()
	if draw(22, "innovation", m.no, period) == 0 {
		f.adjustments.add(period, m.no, "innovation", decimal(5+draw(40, "points", m.no, period), 1), "金点子提案获总行采纳")
	}
	if draw(26, "mentor", m.no, period) == 0 {
		f.adjustments.add(period, m.no, "mentor", decimal(10+draw(20, "points", m.no, period), 1), "带教新员工")
	}
	if draw(60, "discipline", m.no, period) == 0 {
		f.adjustments.add(period, m.no, "discipline", decimal(10+draw(30, "points", m.no, period), 1), "考勤违纪")
	}
}

// rosterOf gives the members of each unit in a month, managers and all.
func rosterOf(people []*member, of month) map[string][]*member {
	roster := map[string][]*member{}
	for _, m := range people {
		for _, g := range m.segments(of) {
			roster[g.unit] = append(roster[g.unit], m)
		}
	}
	return roster
}

// positionOn gives the member's position on a day.
func (m *member) positionOn(day db.Date) string {
	s, _ := m.inForce(day)
	return s.position
}
