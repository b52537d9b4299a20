package people

import (
	"context"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

func assignmentsKind() imports.Kind {
	return imports.Kind{
		Name: "assignments", Title: lang.Text{Zh: "任职", En: "assignments"},
		Permission: rbac.StaffManage,
		Columns: []sheets.Column{
			StaffNoColumn(),
			UnitCodeColumn(),
			positionColumn(),
			{Name: "from", Zh: "生效日期", En: "from", Aliases: []string{"开始日期", "起始日期"}, Required: true},
			{Name: "to", Zh: "结束日期", En: "to", Aliases: []string{"截止日期"}},
			{Name: "state", Zh: "状态", En: "state", Aliases: []string{"任职状态"}, Required: true},
		},
		Table: func(imports.Options) imports.TableImporter { return new(assignmentImport) },
	}
}

func stateWords() map[string]string {
	words := map[string]string{}
	for _, s := range States() {
		text := s.Words()
		words[string(s)], words[text.Zh] = string(s), string(s)
	}
	return words
}

// assignmentLine is one row of the file.
type assignmentLine struct {
	imports.Taken
	staffNo, unit string
	wanted        Assignment // without ids until they are found
	member        *member
}

type assignmentImport struct {
	lines []*assignmentLine
	words map[string]string
}

func (i *assignmentImport) Parse(row sheets.Row) []fault.Problem {
	if i.words == nil {
		i.words = stateWords()
	}
	c := imports.Cells{Row: row}
	line := &assignmentLine{Taken: imports.Taken{Row: row}, staffNo: c.Code("staff_no"), unit: c.Code("unit_code"), wanted: Assignment{
		Position: c.Code("position"), From: c.Date("from"), To: c.OptionalDate("to"),
		State: State(c.Choice("state", i.words, "assignment.state")),
	}}
	if a := line.wanted; !a.To.IsZero() && a.To.Before(a.From) {
		c.Wrong("to", "assignment.ends_before", lang.Args{"from": a.From})
	}
	line.Wrong = len(c.Problems) > 0
	i.lines = append(i.lines, line)
	return c.Problems
}

func (i *assignmentImport) Apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	type key struct {
		no   string
		from db.Date
	}
	imports.Unique(b, i.lines, "from", func(l *assignmentLine) *imports.Taken { return &l.Taken },
		func(l *assignmentLine) (key, bool) {
			return key{l.staffNo, l.wanted.From}, l.staffNo != "" && !l.wanted.From.IsZero()
		})
	wanted := map[string]bool{}
	for _, l := range i.lines {
		wanted[l.staffNo] = true
	}
	roster, err := readRoster(ctx, tx, wanted)
	if err != nil {
		return err
	}
	for _, l := range i.lines {
		l.check(b, roster)
	}
	if b.Blocked() {
		return nil
	}
	i.checkMembers(b, roster)
	if b.Blocked() {
		return nil
	}
	w := newAssignmentWriter(roster)
	for _, l := range i.lines {
		if !l.Wrong {
			l.take(b, w)
		}
	}
	return w.write(ctx, tx, b)
}

// check finds the member and the unit, and compares with the first day.
func (l *assignmentLine) check(b *imports.Batch, r *roster) {
	if l.staffNo != "" {
		found, p := r.members.Find(l.Row, "staff_no", l.staffNo, "staff.unknown")
		if p != nil {
			b.Fault(&l.Taken, *p)
		} else {
			l.member, l.wanted.StaffID = found, found.ID
			if !b.Others(found.ID) {
				b.Fault(&l.Taken, l.Row.Problem("staff_no", "import.self_row", nil))
			}
			if from := l.wanted.From; !from.IsZero() && from.Before(found.HiredOn) {
				b.Fault(&l.Taken, l.Row.Problem("from", "assignment.before_hired", lang.Args{"day": found.HiredOn}))
			}
		}
	}
	if l.unit == "" {
		return
	}
	unit, p := r.units.Find(l.Row, "unit_code", l.unit, "unit.unknown")
	if p != nil {
		b.Fault(&l.Taken, *p)
		return
	}
	l.wanted.UnitID = unit.ID
	if l.wanted.State != Left && !l.Wrong && (l.wanted.From.Before(unit.OpenedOn)) {
		b.Fault(&l.Taken, l.Row.Problem("from", "unit.not_open", lang.Args{"code": unit.Code, "day": unit.OpenedOn}))
	}
}

// same says whether the assignment is there already, and gives the row its id.
func (l *assignmentLine) same() bool {
	for _, a := range l.member.assignments {
		if a.From == l.wanted.From {
			l.wanted.ID = a.ID
			return l.wanted == a
		}
	}
	return false
}

func (l *assignmentLine) take(b *imports.Batch, w *assignmentWriter) {
	switch {
	case l.same():
		b.Count(0, 0, 1, 0)
		return
	case l.wanted.ID == 0:
		b.Count(1, 0, 0, 0)
	default:
		b.Count(0, 1, 0, 0)
	}
	w.take(&l.wanted, nil, l.member, l.Row.Number)
}

// checkMembers looks at the whole of a member's assignments as they will be. A
// member who would be at a closed unit keeps what is there.
func (i *assignmentImport) checkMembers(b *imports.Batch, r *roster) {
	touched := map[*member][]*assignmentLine{}
	for _, l := range i.lines {
		if !l.Wrong && !l.same() {
			touched[l.member] = append(touched[l.member], l)
		}
	}
	for _, l := range i.lines {
		lines := touched[l.member]
		if len(lines) == 0 || lines[len(lines)-1] != l {
			continue
		}
		list := l.member.assignments
		for _, line := range lines {
			list = withAssignment(list, nil, &line.wanted)
		}
		if u := r.closedUnit(list); u != nil {
			b.Fault(&l.Taken, l.Row.Problem("unit_code", "unit.closed", lang.Args{"code": u.Code, "day": u.ClosedOn}))
			for _, line := range lines {
				b.Leave(&line.Taken)
			}
			continue
		}
		for _, line := range lines {
			line.warnOverlap(b, list)
		}
	}
}

// warnOverlap warns of an assignment that ends inside another that began later
// and goes on: the later one is in force, which may not be what was meant.
func (l *assignmentLine) warnOverlap(b *imports.Batch, list []Assignment) {
	a := l.wanted
	for _, o := range list {
		if o.From == a.From || o.To.IsZero() || a.To.IsZero() {
			continue
		}
		early, late := o, a
		if a.From.Before(o.From) {
			early, late = a, o
		}
		if !early.To.Before(late.From) && early.To.Before(late.To) && late.From == a.From {
			b.Warn(l.Row.Problem("from", "assignment.overlap", lang.Args{"from": early.From, "to": early.To}))
		}
	}
}

var _ = lang.Register(map[string]lang.Text{
	"assignment.state":        {Zh: "状态应为：在岗、休假、离职", En: "the state must be active, leave or left"},
	"assignment.ends_before":  {Zh: "结束日期早于生效日期 {from}", En: "the last day is before the first, {from}"},
	"assignment.before_hired": {Zh: "生效日期早于该员工的入职日期 {day}；请更正其中之一", En: "this is before the member was hired on {day}; correct one of the two"},
	"assignment.overlap":      {Zh: "与该员工 {from} 至 {to} 的任职部分重叠：重叠的日子按生效日期较晚的一条计", En: "it overlaps with the member's assignment from {from} to {to}: on the days of both the one that began later is in force"},
	"unit.not_open":           {Zh: "机构 {code} 于 {day} 才开业；请更正机构或日期", En: "the unit {code} opens on {day}; correct the unit or the day"},
})
