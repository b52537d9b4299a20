package cli

import (
	"encoding/json"
	"fmt"

	"github.com/steelyard/steelyard/app/lang"
)

type explainCommand struct {
	Period string `arg:"" name:"period"`
	Staff  string `arg:"" name:"staff"`
	Number int    `name:"run" placeholder:"N"`
}

func (e explainCommand) Run(c *Context) error {
	a, err := c.OpenToRead()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	book, member, err := a.Runs.Explain(c, c.Actor(), e.Period, e.Number, e.Staff)
	if err != nil {
		return err
	}
	book.NamePlaces(member, c.Lang)
	lines := member.Lines(c.Lang)
	if c.JSON {
		return c.PrintJSON(map[string]any{
			"period": e.Period, "run": book.Run.Number,
			"result": json.RawMessage(book.AppendJSON(nil, member.Result)), "trace": lines,
		})
	}
	unit := ""
	if member.Unit != nil {
		unit = member.Unit.Name
	}
	err = c.Print("cli.explain.title", lang.Args{
		"staff": printable(member.StaffNo), "name": printable(member.Name), "unit": printable(unit), "position": printable(member.Position),
		"period": e.Period, "run": book.Run.Number,
	})
	for i := 0; i < len(lines) && err == nil; i++ {
		_, err = fmt.Fprintln(c.Stdout, printable(lines[i]))
	}
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"cli.explain": {
		Zh: "说明一位员工的得分是怎样算出来的\n由冻结的数据重新计算，逐项写明所用的数据、方法、得分、权重和贡献。",
		En: "Explain how a member's result came about\nWorked out again from the frozen inputs: of each item the figures, the method, score, weight and contribution.",
	},
	"cli.explain.period":   {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.explain.staff":    {Zh: "工号", En: "the staff number"},
	"cli.explain.run":      {Zh: "第几次运行；不写为已发布的或最近一次", En: "which run; left out, the published or the last one"},
	"cli.explain.examples": {Zh: "steelyard explain 2026-10 007001\nsteelyard explain 2026-10 007001 --json", En: "steelyard explain 2026-10 007001\nsteelyard explain 2026-10 007001 --json"},
	"cli.explain.title":    {Zh: "{staff} {name}（{unit}，{position}），考核期 {period}，第 {run} 次运行", En: "{staff} {name} ({unit}, {position}), {period}, run {run}"},
})
