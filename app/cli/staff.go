package cli

import (
	"fmt"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
)

type staffCommands struct {
	List staffList `cmd:""`
	Show staffShow `cmd:""`
}

type staffList struct {
	Search string `name:"search" placeholder:"TEXT"`
	After  string `name:"after" placeholder:"STAFF_NO"`
	Limit  int    `name:"limit" default:"100" placeholder:"N"`
	On     string `name:"on" placeholder:"DATE"`
}

func (l staffList) Run(c *Context) error {
	day, err := c.dayOrToday(l.On)
	if err != nil {
		return err
	}
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	members, tree, err := a.People.StaffList(c, c.Actor(), people.StaffFilter{Search: l.Search, After: l.After, Limit: l.Limit})
	if err != nil {
		return err
	}
	if len(members) > 0 && len(members) == l.Limit {
		fmt.Fprintln(c.Stderr, c.Say("cli.staff.more", lang.Args{"limit": l.Limit, "last": members[len(members)-1].StaffNo}))
	}
	if c.JSON {
		answers := make([]memberAnswer, len(members))
		for i := range members {
			answers[i] = staffAnswer(&members[i], tree, day)
		}
		return c.PrintJSON(answers)
	}
	table := NewTable(c.staffHeadings()...)
	for i := range members {
		table.Row(c.staffRow(&members[i], tree, day)...)
	}
	return table.Print(c.Stdout)
}

func (c *Context) staffHeadings() []string {
	return []string{c.Say("cli.staff.no", nil), c.Say("cli.staff.name", nil), c.Say("cli.staff.hired", nil),
		c.Say("cli.staff.unit", nil), c.Say("cli.staff.position", nil), c.Say("cli.staff.state", nil)}
}

func (c *Context) staffRow(m *people.Member, tree *people.Tree, day db.Date) []string {
	row := []string{m.StaffNo, m.Name, m.HiredOn.String(), "", "", ""}
	if a := people.InForce(m.Assignments, day); a != nil {
		row[3], row[4], row[5] = unitWords(tree, a.UnitID), a.Position, a.State.Words().In(c.Lang)
	}
	return row
}

func unitWords(tree *people.Tree, id int64) string {
	if u := tree.ByID(id); u != nil {
		return u.Code + " " + u.Name
	}
	return ""
}

// dayOrToday reads a day of the command line; none is today in the bank's time zone.
func (c *Context) dayOrToday(text string) (db.Date, error) {
	if text != "" {
		return parseDay(text)
	}
	zone, err := c.Zone()
	if err != nil {
		return db.Date{}, err
	}
	return db.DateOf(c.Clock().In(zone)), nil
}

type staffShow struct {
	StaffNo string `arg:"" name:"staff_no"`
	On      string `name:"on" placeholder:"DATE"`
}

func (s staffShow) Run(c *Context) error {
	day, err := c.dayOrToday(s.On)
	if err != nil {
		return err
	}
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	member, tree, err := a.People.Staff(c, c.Actor(), s.StaffNo)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(staffAnswer(member, tree, day))
	}
	table := NewTable(c.staffHeadings()...)
	table.Row(c.staffRow(member, tree, day)...)
	if err := table.Print(c.Stdout); err != nil {
		return err
	}
	fmt.Fprintln(c.Stdout)
	table = NewTable(c.Say("cli.staff.from", nil), c.Say("cli.staff.to", nil), c.Say("cli.staff.unit", nil), c.Say("cli.staff.position", nil), c.Say("cli.staff.state", nil))
	for _, a := range member.Assignments {
		table.Row(a.From.String(), a.To.String(), unitWords(tree, a.UnitID), a.Position, a.State.Words().In(c.Lang))
	}
	return table.Print(c.Stdout)
}

// assignmentAnswer is an assignment as programs read it: units by their codes.
type assignmentAnswer struct {
	Unit     string       `json:"unit"`
	UnitName string       `json:"unit_name"`
	Position string       `json:"position"`
	From     db.Date      `json:"from"`
	To       db.Date      `json:"to,omitzero"`
	State    people.State `json:"state"`
}

// memberAnswer is a member as programs read them, and what is in force on a day.
type memberAnswer struct {
	StaffNo     string             `json:"staff_no"`
	Name        string             `json:"name"`
	Email       string             `json:"email,omitempty"`
	HiredOn     db.Date            `json:"hired_on"`
	On          db.Date            `json:"on"`
	InForce     *assignmentAnswer  `json:"in_force"`
	Assignments []assignmentAnswer `json:"assignments"`
}

func staffAnswer(m *people.Member, tree *people.Tree, day db.Date) memberAnswer {
	answer := memberAnswer{StaffNo: m.StaffNo, Name: m.Name, Email: m.Email, HiredOn: m.HiredOn, On: day, Assignments: []assignmentAnswer{}}
	words := func(a people.Assignment) assignmentAnswer {
		said := assignmentAnswer{Position: a.Position, From: a.From, To: a.To, State: a.State}
		if u := tree.ByID(a.UnitID); u != nil {
			said.Unit, said.UnitName = u.Code, u.Name
		}
		return said
	}
	for _, a := range m.Assignments {
		answer.Assignments = append(answer.Assignments, words(a))
	}
	if a := people.InForce(m.Assignments, day); a != nil {
		said := words(*a)
		answer.InForce = &said
	}
	return answer
}

var _ = lang.Register(map[string]lang.Text{
	"cli.staff":               {Zh: "员工", En: "Staff"},
	"cli.staff.no":            {Zh: "工号", En: "staff number"},
	"cli.staff.name":          {Zh: "姓名", En: "name"},
	"cli.staff.hired":         {Zh: "入职", En: "hired"},
	"cli.staff.unit":          {Zh: "机构", En: "unit"},
	"cli.staff.position":      {Zh: "岗位", En: "position"},
	"cli.staff.state":         {Zh: "状态", En: "state"},
	"cli.staff.from":          {Zh: "生效", En: "from"},
	"cli.staff.to":            {Zh: "结束", En: "to"},
	"cli.staff.more":          {Zh: "名单在第 {limit} 人处截止；用 --after {last} 继续，或用 --limit 一次多列一些", En: "the list ends at {limit} members; go on with --after {last}, or raise --limit"},
	"cli.staff.list":          {Zh: "列出员工及其在某日的任职", En: "List the staff and where they are on a day"},
	"cli.staff.list.search":   {Zh: "工号、姓名或拼音的一部分", En: "a part of the number, the name or its pinyin"},
	"cli.staff.list.after":    {Zh: "接着上一页：从该页最后一个工号之后继续", En: "the next page: go on after this staff number, the last of the page before"},
	"cli.staff.list.limit":    {Zh: "最多列多少人", En: "how many at most"},
	"cli.staff.list.on":       {Zh: "看哪一天；不写为今天", En: "the day; left out, today"},
	"cli.staff.list.examples": {Zh: "steelyard staff list --search 陈\nsteelyard staff list --search chenzhi --on 2026-10-31", En: "steelyard staff list --search chen\nsteelyard staff list --search 0070 --on 2026-10-31"},
	"cli.staff.show":          {Zh: "显示一名员工的全部任职，以及某日生效的一条", En: "Show a member's assignments, and the one in force on a day"},
	"cli.staff.show.staff_no": {Zh: "工号", En: "the staff number"},
	"cli.staff.show.on":       {Zh: "看哪一天；不写为今天", En: "the day; left out, today"},
	"cli.staff.show.examples": {Zh: "steelyard staff show 007001\nsteelyard staff show 007001 --on 2026-10-05 --json", En: "steelyard staff show 007001\nsteelyard staff show 007001 --on 2026-10-05 --json"},
})
