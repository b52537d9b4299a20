package cli

import (
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
)

type unitCommands struct {
	List  unitList  `cmd:""`
	Show  unitShow  `cmd:""`
	Move  unitMove  `cmd:""`
	Close unitClose `cmd:""`
	Open  unitOpen  `cmd:""`
}

type unitList struct {
	Under string `name:"under" placeholder:"CODE"`
}

func (l unitList) Run(c *Context) error {
	tree, err := c.units()
	if err != nil {
		return err
	}
	units := tree.All() // whoever does not see the root sees units without one
	if l.Under != "" {
		top := tree.ByCode(l.Under)
		if top == nil {
			return fault.New(fault.NotFound, "unit.unknown", lang.Args{"code": l.Under})
		}
		units = tree.Under(top.ID)
	}
	if c.JSON {
		answers := make([]unitAnswer, len(units))
		for i, u := range units {
			answers[i] = answerUnit(tree, u)
		}
		return c.PrintJSON(answers)
	}
	return c.unitTable(units)
}

// unitAnswer is a unit as programs read it: its parent by code and name.
type unitAnswer struct {
	Code       string       `json:"code"`
	Name       string       `json:"name"`
	Parent     string       `json:"parent,omitempty"`
	ParentName string       `json:"parent_name,omitempty"`
	Level      people.Level `json:"level"`
	OpenedOn   db.Date      `json:"opened_on,omitzero"`
	ClosedOn   db.Date      `json:"closed_on,omitzero"`
}

func answerUnit(tree *people.Tree, u *people.Unit) unitAnswer {
	answer := unitAnswer{Code: u.Code, Name: u.Name, Level: u.Level, OpenedOn: u.OpenedOn, ClosedOn: u.ClosedOn}
	if up := tree.Parent(u.ID); up != nil {
		answer.Parent, answer.ParentName = up.Code, up.Name
	}
	return answer
}

func (c *Context) units() (*people.Tree, error) {
	a, err := c.OpenExisting()
	if err != nil {
		return nil, err
	}
	defer a.Close() //nolint:errcheck // it was only read
	return a.People.Units(c, c.Actor())
}

// unitTable prints units, each under its parent and set in by its depth.
func (c *Context) unitTable(units []*people.Unit) error {
	below := map[int64][]*people.Unit{}
	listed := map[int64]bool{}
	for _, u := range units {
		listed[u.ID] = true
	}
	for _, u := range units {
		parent := u.ParentID
		if !listed[parent] {
			parent = 0
		}
		below[parent] = append(below[parent], u)
	}
	table := NewTable(c.Say("cli.unit.code", nil), c.Say("cli.unit.name", nil), c.Say("cli.unit.level", nil), c.Say("cli.unit.opened", nil), c.Say("cli.unit.closed", nil))
	var add func(parent int64, depth int)
	add = func(parent int64, depth int) {
		for _, u := range below[parent] {
			table.Row(strings.Repeat("  ", depth)+u.Code, u.Name, u.Level.Name().In(c.Lang), u.OpenedOn.String(), u.ClosedOn.String())
			add(u.ID, depth+1)
		}
	}
	add(0, 0)
	return table.Print(c.Stdout)
}

type unitShow struct {
	Unit string `arg:"" name:"unit"`
}

func (s unitShow) Run(c *Context) error {
	tree, err := c.units()
	if err != nil {
		return err
	}
	u := tree.ByCode(s.Unit)
	if u == nil {
		return fault.New(fault.NotFound, "unit.unknown", lang.Args{"code": s.Unit})
	}
	if c.JSON {
		return c.PrintJSON(answerUnit(tree, u))
	}
	units := []*people.Unit{u}
	for up := tree.Parent(u.ID); up != nil; up = tree.Parent(up.ID) {
		units = append(units, up)
	}
	for _, below := range tree.Under(u.ID) {
		if below.ParentID == u.ID {
			units = append(units, below)
		}
	}
	return c.unitTable(units)
}

type unitMove struct {
	Unit string `arg:"" name:"unit"`
	To   string `name:"to" required:"" placeholder:"CODE"`
}

func (m unitMove) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the change is committed, or has failed with an error of its own
	record, err := a.People.MoveUnit(c, c.Actor(), m.Unit, m.To, 0)
	if err != nil {
		return err
	}
	return c.changed(record)
}

type unitClose struct {
	Unit string `arg:"" name:"unit"`
	On   string `name:"on" required:"" placeholder:"DATE"`
}

func (u unitClose) Run(c *Context) error {
	day, err := parseDay(u.On)
	if err != nil {
		return err
	}
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the change is committed, or has failed with an error of its own
	record, err := a.People.CloseUnit(c, c.Actor(), u.Unit, day, 0)
	if err != nil {
		return err
	}
	return c.changed(record)
}

type unitOpen struct {
	Unit string `arg:"" name:"unit"`
	On   string `name:"on" placeholder:"DATE"`
}

func (u unitOpen) Run(c *Context) error {
	day, err := parseDay(u.On)
	if err != nil {
		return err
	}
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the change is committed, or has failed with an error of its own
	record, err := a.People.OpenUnit(c, c.Actor(), u.Unit, day, 0)
	if err != nil {
		return err
	}
	return c.changed(record)
}

// parseDay reads a day of the command line, no day for nothing.
func parseDay(text string) (db.Date, error) {
	if text == "" {
		return db.Date{}, nil
	}
	day, err := db.ParseDate(text)
	if err != nil {
		return db.Date{}, fault.Wrap(err, fault.Invalid, "cli.day", lang.Args{"day": printable(text)})
	}
	return day, nil
}

var _ = lang.Register(map[string]lang.Text{
	"cli.day":                 {Zh: "“{day}”不是有效日期；应如 2026-10-05", En: "{day} is no day; it should be like 2026-10-05"},
	"cli.unit":                {Zh: "机构", En: "Units"},
	"cli.unit.code":           {Zh: "机构代码", En: "unit"},
	"cli.unit.name":           {Zh: "机构名称", En: "name"},
	"cli.unit.level":          {Zh: "层级", En: "level"},
	"cli.unit.opened":         {Zh: "开业", En: "opened"},
	"cli.unit.closed":         {Zh: "撤销", En: "closed"},
	"cli.unit.list":           {Zh: "列出机构，按隶属关系缩进", En: "List the units, each under its parent"},
	"cli.unit.list.under":     {Zh: "只列这个机构及其下级", En: "this unit and those below it alone"},
	"cli.unit.list.examples":  {Zh: "steelyard unit list\nsteelyard unit list --under B01 --json", En: "steelyard unit list\nsteelyard unit list --under B01 --json"},
	"cli.unit.show":           {Zh: "显示一个机构、它的上级和直接下级", En: "Show a unit with those above it and right below it"},
	"cli.unit.show.unit":      {Zh: "机构代码", En: "the unit's code"},
	"cli.unit.show.examples":  {Zh: "steelyard unit show B01", En: "steelyard unit show B01"},
	"cli.unit.move":           {Zh: "把机构连同下级移到另一机构之下，立即生效；已计算的结果不受影响", En: "Put a unit, with all below it, under another; at once, and what is computed stays as it is"},
	"cli.unit.move.unit":      {Zh: "机构代码", En: "the unit's code"},
	"cli.unit.move.to":        {Zh: "新的上级机构代码", En: "the code of the new parent"},
	"cli.unit.move.examples":  {Zh: "steelyard unit move B0101 --to B02", En: "steelyard unit move B0101 --to B02"},
	"cli.unit.close":          {Zh: "撤销机构：某日为最后一天；之后仍有员工任职或有下级机构时拒绝", En: "Close a unit at the end of a day; refused while somebody is there after it, or a unit below is open"},
	"cli.unit.close.unit":     {Zh: "机构代码", En: "the unit's code"},
	"cli.unit.close.on":       {Zh: "最后一天，如 2026-10-31", En: "the last day, such as 2026-10-31"},
	"cli.unit.close.examples": {Zh: "steelyard unit close B0101 --on 2026-10-31", En: "steelyard unit close B0101 --on 2026-10-31"},
	"cli.unit.open":           {Zh: "重新开业，或注明开业日期", En: "Open a unit again, or say from which day it is open"},
	"cli.unit.open.unit":      {Zh: "机构代码", En: "the unit's code"},
	"cli.unit.open.on":        {Zh: "开业日期；不写则不改", En: "the day of its opening; left out, it stays as it is"},
	"cli.unit.open.examples":  {Zh: "steelyard unit open B0101\nsteelyard unit open B0104 --on 2026-11-01", En: "steelyard unit open B0101\nsteelyard unit open B0104 --on 2026-11-01"},
})
