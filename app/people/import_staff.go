package people

import (
	"context"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

func staffKind() imports.Kind {
	return imports.Kind{
		Name: "staff", Title: lang.Text{Zh: "员工", En: "staff"},
		Permission: rbac.StaffManage,
		Columns: []sheets.Column{
			StaffNoColumn(),
			{Name: "name", Zh: "姓名", En: "name", Aliases: []string{"员工姓名"}, Required: true},
			UnitCodeColumn(),
			positionColumn(),
			{Name: "hired_on", Zh: "入职日期", En: "hired on", Aliases: []string{"入行日期"}, Required: true},
			{Name: "pinyin", Zh: "拼音", En: "pinyin", Aliases: []string{"姓名拼音"}},
			{Name: "email", Zh: "邮箱", En: "email", Aliases: []string{"电子邮箱", "e-mail"}},
		},
		Table: func(imports.Options) imports.TableImporter { return &staffImport{spell: newRomanizer()} },
	}
}

// StaffNoColumn is the column of staff numbers that many kinds of file have.
func StaffNoColumn() sheets.Column {
	return sheets.Column{Name: "staff_no", Zh: "工号", En: "staff number", Aliases: []string{"员工工号", "员工号", "员工编号"}, Required: true}
}

func positionColumn() sheets.Column {
	return sheets.Column{Name: "position", Zh: "岗位", En: "position", Required: true}
}

// staffLine is one row of the file.
type staffLine struct {
	imports.Taken
	staff Staff // without ids
	unit  string
	first *Unit
}

type staffImport struct {
	lines []*staffLine
	spell *romanizer
}

func (i *staffImport) Parse(row sheets.Row) []fault.Problem {
	c := imports.Cells{Row: row}
	line := &staffLine{Taken: imports.Taken{Row: row}, unit: c.Code("unit_code"), staff: Staff{
		StaffNo: c.Code("staff_no"), Name: c.Text("name"), HiredOn: c.Date("hired_on"),
		FirstPosition: c.Code("position"), Email: c.OptionalText("email"),
	}}
	if email := line.staff.Email; email != "" && !IsEmail(email) {
		c.Wrong("email", "staff.email", nil)
	}
	if line.staff.Pinyin = strings.ToLower(strings.Join(strings.Fields(c.OptionalText("pinyin")), " ")); !isPinyin(line.staff.Pinyin) {
		c.Wrong("pinyin", "staff.pinyin", nil)
	}
	if line.staff.Pinyin == "" {
		line.staff.Pinyin = i.spell.name(line.staff.Name)
	}
	line.Wrong = len(c.Problems) > 0
	i.lines = append(i.lines, line)
	return c.Problems
}

// isPinyin says whether a text, in small letters, can be how a name is spelled; none can.
func isPinyin(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r != ' ' && r != '\'' && r != 'ü' && (r < 'a' || r > 'z') })
}

// IsEmail says whether a text looks like an email address.
func IsEmail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && host != "" && !strings.ContainsAny(s, " \t\n,;") && !strings.Contains(host, "@")
}

func (i *staffImport) Apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	lines := imports.Unique(b, i.lines, "staff_no", func(l *staffLine) *imports.Taken { return &l.Taken },
		func(l *staffLine) (string, bool) { return l.staff.StaffNo, l.staff.StaffNo != "" })
	wanted := make(map[string]bool, len(lines))
	for no := range lines {
		wanted[no] = true
	}
	roster, err := readRoster(ctx, tx, wanted)
	if err != nil {
		return err
	}
	w := &staffWriter{roster: roster, before: map[int64]Staff{}, assignments: newAssignmentWriter(roster)}
	i.check(b, w)
	if b.Blocked() {
		return nil
	}
	for _, l := range i.lines {
		if !l.Wrong {
			w.count(b, l)
		}
	}
	return w.write(ctx, tx, b)
}

func (i *staffImport) check(b *imports.Batch, w *staffWriter) {
	zeros := imports.NewCodes[bool](0)
	for _, l := range i.lines {
		if strings.HasPrefix(l.staff.StaffNo, "0") {
			zeros.Add(l.staff.StaffNo, true)
		}
	}
	for _, l := range i.lines {
		for _, codes := range []interface {
			Lost(sheets.Row, string, string) *fault.Problem
		}{zeros, w.roster.members} {
			if p := codes.Lost(l.Row, "staff_no", l.staff.StaffNo); p != nil {
				b.Fault(&l.Taken, *p)
				break
			}
		}
		if own, there := w.roster.members.Get(l.staff.StaffNo); there && !b.Others(own.ID) {
			b.Fault(&l.Taken, l.Row.Problem("staff_no", "import.self_row", nil))
		}
		if l.unit == "" {
			continue
		}
		unit, p := w.roster.units.Find(l.Row, "unit_code", l.unit, "unit.unknown")
		if p != nil {
			b.Fault(&l.Taken, *p)
			continue
		}
		l.first, l.staff.FirstUnitID = unit, unit.ID
		if !l.Wrong {
			w.plan(b, l)
		}
	}
}

var _ = lang.Register(map[string]lang.Text{
	"staff.email":                  {Zh: "不是有效的邮箱地址；应如 name@example.com", En: "this is no email address; it should be like name@example.com"},
	"staff.pinyin":                 {Zh: "拼音只能含字母和空格，每个字一个音节，如 shan tian fang", En: "pinyin has letters and spaces alone, a syllable for each character, such as shan tian fang"},
	"staff.hired_after_assignment": {Zh: "入职日期晚于该员工从 {day} 开始的任职；请更正入职日期，或先更正任职", En: "the member has an assignment from {day}, before being hired; correct the day, or the assignment first"},
	"staff.first_replaced":         {Zh: "该员工从入职起的任职已由任职文件更改，保持不变；如需更改请导入任职文件", En: "the member's first assignment came from an assignments file and stays; change it with an assignments file"},
	"staff.first_corrected":        {Zh: "机构或岗位自入职之日（{day}）起更正；如是调动，请改用任职文件并注明生效日期", En: "the unit and position are corrected from the first day on, {day}; for a transfer import an assignments file with its day"},
})
