package cli

import (
	"strconv"
	"time"

	"github.com/steelyard/steelyard/app/lang"
)

type runCommands struct {
	Start runStart `cmd:"" default:"withargs" name:"start"`
	List  runList  `cmd:"" name:"list"`
	Diff  runDiff  `cmd:"" name:"diff"`
}

type runStart struct {
	Period string `arg:"" name:"period"`
}

func (r runStart) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // what was written is committed
	progress := c.Progress("cli.run.progress", lang.Args{"period": r.Period})
	defer progress.Done()
	run, err := a.Runs.Run(c, c.Actor(), r.Period, progress.Step)
	progress.Done()
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(run)
	}
	return c.Print("cli.run.done", lang.Args{
		"period": r.Period, "run": run.Number, "members": grouped(int64(run.Members)),
		"seconds": run.FinishedAt.Sub(run.StartedAt).Round(10 * time.Millisecond).Seconds(),
	})
}

type runList struct {
	Period string `arg:"" name:"period"`
}

func (r runList) Run(c *Context) error {
	a, err := c.OpenToRead()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	list, err := a.Runs.List(c, c.Actor(), r.Period)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(list)
	}
	table := NewTable(c.Say("cli.run.number", nil), c.Say("cli.run.finished", nil), c.Say("cli.run.by", nil),
		c.Say("cli.run.members", nil), c.Say("cli.run.batch", nil), c.Say("cli.run.published", nil), c.Say("cli.run.digest", nil)).Right(0, 3, 4)
	for i := range list {
		published := ""
		if list[i].Published {
			published = c.Say("cli.run.yes", nil)
		}
		table.Row(strconv.Itoa(list[i].Number), list[i].FinishedAt.In(zone).Format("2006-01-02 15:04:05"), list[i].MadeBy,
			grouped(int64(list[i].Members)), strconv.FormatInt(list[i].LastBatchID, 10), published, list[i].Digest[:min(16, len(list[i].Digest))])
	}
	return table.Print(c.Stdout)
}

var _ = lang.Register(map[string]lang.Text{
	"cli.run": {Zh: "对一个考核期计分，列出或比较计分运行", En: "Calculate a period; list its runs, or compare two"},
	"cli.run.start": {
		Zh: "对一个考核期计分\n一次读取当前的全部数据，计算每位员工的结果并冻结所用的数据；完成之前任何查询都看不到。同一考核期同时只能有一次运行。",
		En: "Calculate a period\nReads one state of all inputs, scores every member and freezes what was used. No query shows the run before it is done. Only one run of a period at a time.",
	},
	"cli.run.start.period":   {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.run.start.examples": {Zh: "steelyard run 2026-10\nsteelyard run 2026-10 --json", En: "steelyard run 2026-10\nsteelyard run 2026-10 --json"},
	"cli.run.list":           {Zh: "列出一个考核期的计分运行", En: "List the runs of a period"},
	"cli.run.list.period":    {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.run.list.examples":  {Zh: "steelyard run list 2026-10\nsteelyard run list 2026-10 --json", En: "steelyard run list 2026-10\nsteelyard run list 2026-10 --json"},
	"cli.run.progress":       {Zh: "正在对 {period} 计分", En: "calculating {period}"},
	"cli.run.done": {
		Zh: "考核期 {period} 第 {run} 次运行完成：{members} 人，用时 {seconds} 秒",
		En: "run {run} of {period} is done: {members} members in {seconds} s",
	},
	"cli.run.number":    {Zh: "运行", En: "Run"},
	"cli.run.finished":  {Zh: "完成时间", En: "Finished"},
	"cli.run.by":        {Zh: "操作人", En: "By"},
	"cli.run.members":   {Zh: "人数", En: "Members"},
	"cli.run.batch":     {Zh: "数据截至批次", En: "Last batch"},
	"cli.run.published": {Zh: "已发布", En: "Published"},
	"cli.run.digest":    {Zh: "摘要", En: "Digest"},
	"cli.run.yes":       {Zh: "是", En: "yes"},
})
