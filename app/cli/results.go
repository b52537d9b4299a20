package cli

import (
	"bufio"
	"strconv"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods/runs"
)

type resultsCommand struct {
	Period string `arg:"" name:"period"`
	Number int    `name:"run" placeholder:"N"`
	Unit   string `name:"unit" placeholder:"CODE"`
}

// tableRows is how many rows are put in line together: a long list is printed as it is read.
const tableRows = 500

func (r resultsCommand) Run(c *Context) error {
	a, err := c.OpenToRead()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	service, filter := a.Runs, runs.Filter{Unit: r.Unit}
	if c.JSON {
		return r.json(c, service, filter)
	}
	return r.table(c, service, filter)
}

// json prints the fixed fields, as "steelyard score" does, sorted by staff number.
func (r resultsCommand) json(c *Context, service *runs.Service, filter runs.Filter) error {
	out := bufio.NewWriterSize(c.Stdout, 1<<16)
	var book *runs.Book
	var line []byte
	between := ""
	err := service.Results(c, c.Actor(), r.Period, r.Number, filter, func(b *runs.Book) error {
		book = b
		_, err := out.WriteString(`{"staff": [`)
		return err
	}, func(result *runs.Result) error {
		line = append(line[:0], between...)
		between = ",\n"
		_, err := out.Write(book.AppendJSON(line, result))
		return err
	})
	if err != nil {
		return err
	}
	if _, err := out.WriteString("]}\n"); err != nil {
		return err
	}
	return out.Flush()
}

func (r resultsCommand) table(c *Context, service *runs.Service, filter runs.Filter) error {
	var book *runs.Book
	table, rows := c.resultTable(), 0
	err := service.Results(c, c.Actor(), r.Period, r.Number, filter, func(b *runs.Book) error {
		book = b
		return c.Print("cli.results.title", lang.Args{"period": r.Period, "run": b.Run.Number, "members": grouped(int64(b.Members))})
	}, func(result *runs.Result) error {
		c.resultRow(table, book, result)
		if rows++; rows%tableRows > 0 {
			return nil
		}
		err := table.Print(c.Stdout)
		table = c.resultTable()
		return err
	})
	if err != nil || (rows > 0 && rows%tableRows == 0) {
		return err
	}
	return table.Print(c.Stdout)
}

func (c *Context) resultTable() *Table {
	var headings []string
	for _, column := range []string{"unit", "staff", "name", "position", "base", "bonus", "deduction", "total", "grade", "coefficient", "rank", "status"} {
		headings = append(headings, c.Say("cli.results.head."+column, nil))
	}
	return NewTable(headings...).Right(4, 5, 6, 7, 9, 10)
}

func (c *Context) resultRow(table *Table, book *runs.Book, r *runs.Result) {
	rank, unit := "", ""
	if r.Place > 0 {
		rank = strconv.Itoa(r.Place) + "/" + strconv.Itoa(r.Peers)
	}
	if u := book.Units[r.UnitID]; u != nil {
		unit = u.Name
	}
	table.Row(unit, r.StaffNo, r.Name, r.Position, r.Base.Text(r.Precision), r.Bonus.Text(r.Precision), r.Deduction.Text(r.Precision),
		r.Total.Text(r.Precision), r.Grade, r.Coefficient, rank, c.Say("cli.results.status."+r.Status, nil))
}

var _ = lang.Register(map[string]lang.Text{
	"cli.results": {
		Zh: "列出一个考核期的结果\n默认是已发布的运行；尚未发布时是最近一次运行。--json 输出与 steelyard score 相同的固定字段，id 为工号，按工号排序。",
		En: "List the results of a period\nThose of the published run, or of the last one while none is published. --json prints the fixed fields of steelyard score; the id is the staff number, by which they are sorted.",
	},
	"cli.results.period":              {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.results.run":                 {Zh: "第几次运行；不写为已发布的或最近一次", En: "which run; left out, the published or the last one"},
	"cli.results.unit":                {Zh: "只列这个机构及其下级，写机构代码", En: "only this unit and all below it, by its code"},
	"cli.results.head.unit":           {Zh: "机构", En: "Unit"},
	"cli.results.examples":            {Zh: "steelyard results 2026-10\nsteelyard results 2026-10 --unit B01\nsteelyard results 2026-10 --run 2 --json", En: "steelyard results 2026-10\nsteelyard results 2026-10 --unit B01\nsteelyard results 2026-10 --run 2 --json"},
	"cli.results.title":               {Zh: "考核期 {period}，第 {run} 次运行，{members} 人", En: "{period}, run {run}: {members} members"},
	"cli.results.head.staff":          {Zh: "工号", En: "Staff number"},
	"cli.results.head.name":           {Zh: "姓名", En: "Name"},
	"cli.results.head.position":       {Zh: "岗位", En: "Position"},
	"cli.results.head.base":           {Zh: "基础分", En: "Base"},
	"cli.results.head.bonus":          {Zh: "加分", En: "Bonus"},
	"cli.results.head.deduction":      {Zh: "扣分", En: "Deduction"},
	"cli.results.head.total":          {Zh: "总分", En: "Total"},
	"cli.results.head.grade":          {Zh: "等级", En: "Grade"},
	"cli.results.head.coefficient":    {Zh: "绩效系数", En: "Coefficient"},
	"cli.results.head.rank":           {Zh: "排名", En: "Rank"},
	"cli.results.head.status":         {Zh: "状态", En: "Status"},
	"cli.results.status.complete":     {Zh: "完整", En: "complete"},
	"cli.results.status.incomplete":   {Zh: "不完整", En: "incomplete"},
	"cli.results.status.not_assessed": {Zh: "不考核", En: "not assessed"},
	"cli.results.status.partial":      {Zh: "部分可见", En: "in part"},
})
