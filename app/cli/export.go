package cli

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/reports"
)

type exportCommand struct {
	Period string `arg:"" name:"period"`
	Out    string `name:"out" required:"" placeholder:"FILE"`
	Unit   string `name:"unit" placeholder:"CODE"`
	Number int    `name:"run" placeholder:"N"`
	Cards  bool   `name:"cards" default:"true" negatable:""`
}

// exported says what an export wrote.
type exported struct {
	Workbook string `json:"workbook"`
	Cards    string `json:"cards,omitempty"`
	Members  int    `json:"members"`
}

func (e exportCommand) Run(c *Context) error {
	a, err := c.OpenToRead()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	done, err := e.write(c, a)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(done)
	}
	if err := c.Print("cli.export.done", lang.Args{"file": done.Workbook, "members": grouped(int64(done.Members))}); err != nil || done.Cards == "" {
		return err
	}
	return c.Print("cli.export.cards_done", lang.Args{"file": done.Cards})
}

// write writes the workbook and, for more people than it has cards of, the cards beside it.
func (e exportCommand) write(c *Context, a *app.App) (*exported, error) {
	if !strings.EqualFold(filepath.Ext(e.Out), ".xlsx") {
		return nil, fault.New(fault.Invalid, "cli.export.extension", lang.Args{"path": e.Out})
	}
	zone, err := c.Zone()
	if err != nil {
		return nil, err
	}
	w, err := a.Reports.Open(c, c.Actor(), reports.Request{Period: e.Period, Run: e.Number, Unit: e.Unit, Lang: c.Lang, Zone: zone})
	if err != nil {
		return nil, err
	}
	done := &exported{Workbook: e.Out, Members: w.Members}
	files := []output{{e.Out, func(out io.Writer) error { return w.WriteSummary(c, out) }}}
	if e.Cards && w.Members > reports.MaxCardSheets {
		done.Cards = strings.TrimSuffix(e.Out, filepath.Ext(e.Out)) + c.Say("cli.export.cards_suffix", nil)
		progress := c.Progress("cli.export.progress", lang.Args{"file": done.Cards})
		defer progress.Done()
		files = append(files, output{done.Cards, func(out io.Writer) error { return w.WriteCards(c, out, progress.Step) }})
	}
	return done, writeFiles(files...)
}

var _ = lang.Register(map[string]lang.Text{
	"cli.export": {
		Zh: "导出一个考核期的 Excel 工作簿\n封面、得分汇总、考核项明细、机构分布与参数；50 人以内附每人一张带公式的计分卡，超过 50 人时计分卡另存为一个 zip 文件，每人一个工作簿。",
		En: "Write the Excel workbook of a period\nCover, summary of all members, items, units with their grades, parameters; for up to 50 people a scorecard with live formulas each, beyond that the scorecards stand in a zip beside it, one workbook a person.",
	},
	"cli.export.period":   {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.export.out":      {Zh: "写入的文件，如 2026-10.xlsx；写完之前不会出现", En: "the file to write, such as 2026-10.xlsx; it appears when it is whole"},
	"cli.export.unit":     {Zh: "只导出此机构及其下级", En: "this unit and all below it alone"},
	"cli.export.run":      {Zh: "第几次运行；默认为已发布的或最近一次", En: "number of the run; the published or last one if left out"},
	"cli.export.cards":    {Zh: "超过 50 人时是否另写个人计分卡 zip", En: "write the zip of personal scorecards for more than 50 people"},
	"cli.export.examples": {Zh: "steelyard export 2026-10 --out 2026-10.xlsx\nsteelyard export 2026-10 --unit B01 --lang zh --out 城东分行.xlsx", En: "steelyard export 2026-10 --out 2026-10.xlsx\nsteelyard export 2026-10 --unit B01 --lang en --out east.xlsx"},
	"cli.export.progress": {Zh: "正在写个人计分卡", En: "writing personal scorecards"},
	"cli.export.done":     {Zh: "已写出 {file}（{members} 人）", En: "wrote {file} ({members} members)"},
	"cli.export.cards_done": {
		Zh: "个人计分卡在 {file}", En: "the personal scorecards are in {file}",
	},
	"cli.export.extension": {
		Zh: "{path} 应以 .xlsx 结尾，否则 Excel 打不开", En: "{path} should end in .xlsx, or Excel will not open it",
	},
	"cli.export.cards_suffix": {Zh: "_个人计分卡.zip", En: "_scorecards.zip"},
})
