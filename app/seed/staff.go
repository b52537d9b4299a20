package seed

import (
	"fmt"
	"slices"

	"github.com/steelyard/steelyard/app/db"
)

// The positions of the demo bank. The last three have no scorecard: the bank
// assesses them elsewhere, and the months say so with a waiver.
const (
	corporate     = "公司客户经理"
	retail        = "零售客户经理"
	teller        = "柜员"
	outletManager = "支行行长"
	branchManager = "分行行长"
	hrOfficer     = "人力资源专员"
)

// Unscored are the positions without a scorecard.
var Unscored = []string{outletManager, branchManager, hrOfficer}

// stint is a member in a position at a unit from a day on.
type stint struct {
	unit, position string
	from, to       db.Date // to is no day while it lasts
	state          string  // active, leave or left
}

// member is one person of the demo bank.
type member struct {
	no, name string
	stints   []stint // by their first days; the first is that of the hiring
	ability  int64   // what the member brings in, in thousandths of what is expected
}

// segment is what a member did in a month: so many days in one position at one unit.
type segment struct {
	unit, position string
	days           int
	last           db.Date
}

// inForce gives the stint that covers a day: of those, the one that began last.
func (m *member) inForce(day db.Date) (stint, bool) {
	for _, s := range slices.Backward(m.stints) {
		if !s.from.After(day) && (s.to.IsZero() || !s.to.Before(day)) {
			return s, true
		}
	}
	return stint{}, false
}

// segments gives the active days of a month by unit and position, in the order of their last days.
func (m *member) segments(of month) []segment {
	var all []segment
	for day := of.first; !day.After(of.last); day = day.AddDays(1) {
		s, found := m.inForce(day)
		if !found || s.state != "active" {
			continue
		}
		at := slices.IndexFunc(all, func(g segment) bool { return g.unit == s.unit && g.position == s.position })
		if at < 0 {
			all = append(all, segment{unit: s.unit, position: s.position})
			at = len(all) - 1
		}
		all[at].days++
		all[at].last = day
	}
	slices.SortStableFunc(all, func(a, b segment) int { return a.last.Compare(b.last) })
	return all
}

// moves gives the member a further stint.
func (m *member) moves(unit, position string, from db.Date) {
	m.stints = append(m.stints, stint{unit: unit, position: position, from: from, state: "active"})
}

// pauses gives the member leave from one day to another, both included.
func (m *member) pauses(from, to db.Date) {
	now := m.stints[len(m.stints)-1]
	m.stints = append(m.stints, stint{unit: now.unit, position: now.position, from: from, to: to, state: "leave"})
}

// leaves lets the member go; the day is the first outside the bank.
func (m *member) leaves(day db.Date) {
	now := m.stints[len(m.stints)-1]
	m.stints = append(m.stints, stint{unit: now.unit, position: now.position, from: day, state: "left"})
}

// hires makes the members of the bank, all of whom were there before its first month.
func hires(first db.Date) []*member {
	var all []*member
	add := func(unit, position string) {
		n := len(all)
		no := fmt.Sprintf("%06d", 1001+7*n)
		years := 1 + draw(19, "years", no)
		hired := first.AddDays(-int(365*years + draw(330, "hired", no)))
		all = append(all, &member{
			no: no, name: nameOf(n), ability: 1000 + bell(260, "ability", no),
			stints: []stint{{unit: unit, position: position, from: hired, state: "active"}},
		})
	}
	add(headOffice, hrOfficer)
	add(headOffice, hrOfficer)
	for _, b := range branches {
		add(b.code, branchManager)
		for i := range b.outlets {
			code := outletCode(b.code, i)
			add(code, outletManager)
			for n := range outletSize(code) - 1 {
				add(code, []string{corporate, retail, teller, retail, corporate, teller, retail, corporate, teller, teller}[n%10])
			}
		}
	}
	return all
}

// outletSize is how many people work at an outlet; with branches and head office they are 240.
func outletSize(code string) int {
	switch code {
	case largeOutlet:
		return 60
	case "B0304":
		return 15
	}
	return 16
}

func staffTable(all []*member) Table {
	t := Table{Kind: "staff", Header: []string{"工号", "姓名", "机构代码", "岗位", "入职日期", "邮箱"}}
	for _, m := range all {
		s := m.stints[0]
		t.add(m.no, m.name, s.unit, s.position, s.from.String(), "s"+m.no+"@bank.example")
	}
	return t
}

func assignmentTable(all []*member) Table {
	t := Table{Kind: "assignments", Header: []string{"工号", "机构代码", "岗位", "生效日期", "结束日期", "状态"}}
	words := map[string]string{"active": "在岗", "leave": "休假", "left": "离职"}
	for _, m := range all {
		for _, s := range m.stints[1:] {
			t.add(m.no, s.unit, s.position, s.from.String(), s.to.String(), words[s.state])
		}
	}
	return t
}
