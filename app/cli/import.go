package cli

import (
	"fmt"
	"strings"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
)

type importCommand struct {
	Kind          string `arg:"" name:"kind"`
	File          string `arg:"" name:"file"`
	SkipErrors    bool   `name:"skip-errors"`
	Replace       bool   `name:"replace"`
	Period        string `name:"period" placeholder:"PERIOD"`
	DryRun        bool   `name:"dry-run"`
	AllowFormulas bool   `name:"allow-formulas"`
	Draft         bool   `name:"draft"`
}

func (i importCommand) Run(c *Context) error {
	a, err := c.Open()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the import is committed, or has failed with an error of its own
	progress := c.Progress("import.step.read", nil)
	summary, err := a.Imports.Import(c, c.Actor(), i.Kind, i.File, imports.Options{
		SkipErrors: i.SkipErrors, Replace: i.Replace, Period: i.Period, DryRun: i.DryRun, AllowFormulas: i.AllowFormulas, Draft: i.Draft,
	}, progress.Phase)
	progress.Done()
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(summary)
	}
	return c.printSummary(summary)
}

// printSummary says what an import did, and what of the file was left or is odd.
func (c *Context) printSummary(s *imports.Summary) error {
	var b strings.Builder
	fmt.Fprintln(&b, c.Say("cli.import.counts", lang.Args{
		"file": printable(s.File), "new": grouped(s.New), "changed": grouped(s.Changed), "unchanged": grouped(s.Unchanged),
		"withdrawn": grouped(s.Withdrawn), "wrong": grouped(s.Wrong),
	}))
	if len(s.Unknown) > 0 {
		fmt.Fprintln(&b, c.Say("cli.import.unknown", lang.Args{"columns": printable(strings.Join(s.Unknown, ", "))}))
	}
	c.listProblems(&b, "cli.import.left", s.Left)
	c.listProblems(&b, "cli.import.notices", s.Notices)
	fmt.Fprintln(&b, c.Say(importOutcome(s), lang.Args{"batch": s.BatchID, "same": s.SameAs}))
	_, err := fmt.Fprint(c.Stdout, b.String())
	return err
}

func importOutcome(s *imports.Summary) string {
	switch {
	case s.DryRun:
		return "cli.import.dry"
	case s.BatchID != 0:
		return "cli.import.batch"
	case s.SameAs != 0:
		return "cli.import.same"
	default:
		return "cli.import.nothing"
	}
}

func (c *Context) listProblems(b *strings.Builder, title string, problems []fault.Problem) {
	if len(problems) == 0 {
		return
	}
	fmt.Fprintln(b, c.Say(title, lang.Args{"count": len(problems)}))
	for i, p := range problems {
		if i == shownProblems {
			fmt.Fprintln(b, c.Say("cli.more_problems", lang.Args{"count": len(problems) - i}))
			return
		}
		fmt.Fprintln(b, "  "+printable(p.In(c.Lang)))
	}
}

// kindsHelp lists the kinds of file with their columns.
func kindsHelp() lang.Text {
	var zh, en [][]string
	for _, k := range app.Kinds() {
		var columnsZh, columnsEn []string
		for _, column := range k.Columns {
			open, closing := "", ""
			if !column.Required {
				open, closing = "[", "]"
			}
			columnsZh = append(columnsZh, open+column.Zh+closing)
			columnsEn = append(columnsEn, open+column.Name+closing)
		}
		zh = append(zh, []string{k.Name, orTitle(columnsZh, "、", k.Title.Zh)})
		en = append(en, []string{k.Name, orTitle(columnsEn, ", ", k.Title.En)})
	}
	return lang.Text{
		Zh: "导入一个数据文件，作为一个可撤销的批次\n每一行都先检查；有错误时什么都不写入，并逐条列出位置和改法。同一文件再次导入不会改变任何内容。\n\n文件种类和列（[ ] 为可省略；列名中英文均可，顺序不限）：\n  " + strings.Join(alignRows(zh, nil), "\n  "),
		En: "Take in a file as one batch that can be undone\nEvery row is checked first; with errors nothing is written, and each is named with its place and remedy. The same file again changes nothing.\n\nKinds of file and their columns ([ ] may be left out; headings in Chinese or English, in any order):\n  " + strings.Join(alignRows(en, nil), "\n  "),
	}
}

func orTitle(columns []string, between, title string) string {
	if len(columns) == 0 {
		return title
	}
	return strings.Join(columns, between)
}

var _ = lang.Register(map[string]lang.Text{
	"cli.import":                {Zh: kindsHelp().Zh, En: kindsHelp().En},
	"cli.import.kind":           {Zh: "文件种类（见上）", En: "the kind of file (above)"},
	"cli.import.file":           {Zh: "文件：.xlsx、.csv（UTF-8 或 GB18030）；计分卡为 .json", En: "the file: .xlsx, .csv (UTF-8 or GB18030); scorecards are .json"},
	"cli.import.skip-errors":    {Zh: "跳过有误的行，只写入正确的行，并列出跳过的行", En: "write the good rows although others are wrong, and list what was left"},
	"cli.import.replace":        {Zh: "文件是该考核期此类数据的全部：文件里没有的撤下，保留历史", En: "the file is the whole list of its kind for the period: what is not in it is withdrawn, and kept as history"},
	"cli.import.dry-run":        {Zh: "只检查和统计，不写入", En: "check and count, write nothing"},
	"cli.import.allow-formulas": {Zh: "公式单元格取文件中保存的计算结果", En: "take the value stored with a formula"},
	"cli.import.period":         {Zh: "与 --replace 同用：文件里没有数据行时，要清空的考核期", En: "with --replace: the period that a file without rows empties"},
	"cli.import.draft":          {Zh: "计分卡：新版本先作为草稿，不发布", En: "scorecards: new versions stay drafts"},
	"cli.import.examples": {
		Zh: "steelyard import units units.xlsx\nsteelyard import actuals 2026-10.xlsx --dry-run\nsteelyard import actuals 2026-10.xlsx --skip-errors\nsteelyard import scorecards scorecards.json --draft",
		En: "steelyard import units units.xlsx\nsteelyard import actuals 2026-10.xlsx --dry-run\nsteelyard import actuals 2026-10.xlsx --skip-errors\nsteelyard import scorecards scorecards.json --draft",
	},
	"cli.import.counts":  {Zh: "{file}：新增 {new}，更改 {changed}，未变 {unchanged}，撤下 {withdrawn}，有误 {wrong}", En: "{file}: {new} new, {changed} changed, {unchanged} unchanged, {withdrawn} withdrawn, {wrong} wrong"},
	"cli.import.unknown": {Zh: "未识别的列没有读取：{columns}", En: "columns that are not known were not read: {columns}"},
	"cli.import.left":    {Zh: "跳过的行有 {count} 处错误：", En: "{count} {count:fault|faults} of rows that were left out:"},
	"cli.import.notices": {Zh: "{count} 条提示：", En: "{count} {count:warning|warnings}:"},
	"cli.import.batch":   {Zh: "已写入，批次 {batch}。如需撤回：steelyard batch undo {batch}", En: "written as batch {batch}; to take it back: steelyard batch undo {batch}"},
	"cli.import.same":    {Zh: "没有变化：批次 {same} 已导入同一文件", En: "nothing is new: batch {same} took in the same file"},
	"cli.import.nothing": {Zh: "没有变化，未写入任何内容", En: "nothing is new, and nothing was written"},
	"cli.import.dry":     {Zh: "仅检查，没有写入任何内容", En: "a dry run: nothing was written"},
})
