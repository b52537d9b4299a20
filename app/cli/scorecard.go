package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/scoring"
)

type scorecardCommands struct {
	Lint     scorecardLint     `cmd:""`
	Show     scorecardShow     `cmd:""`
	List     scorecardList     `cmd:""`
	Versions scorecardVersions `cmd:""`
	Print    scorecardPrint    `cmd:""`
	Diff     scorecardDiff     `cmd:""`
	Publish  scorecardPublish  `cmd:""`
}

type scorecardLint struct {
	File string `arg:"" name:"file"`
}

func (s scorecardLint) Run(c *Context) error {
	file, name, err := c.open(s.File)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // it was only read
	content, err := io.ReadAll(file)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "cli.file.unreadable", lang.Args{"path": printable(name)})
	}
	cards, err := scoring.ReadScorecards(bytes.NewReader(content), name)
	if err == nil {
		if problems := scorecards.Lint(content, ""); len(problems) > 0 {
			wrong := fault.New(fault.Invalid, "cli.scorecard.lint.faults", lang.Args{"file": printable(name), "count": len(problems)})
			wrong.Problems = problems
			err = wrong
		}
	}
	if c.JSON {
		return s.printJSON(c, err)
	}
	if err != nil {
		return err
	}
	items := 0
	for _, card := range cards {
		items += len(card.Items())
	}
	return c.Print("cli.scorecard.lint.fine", lang.Args{"cards": len(cards), "items": items})
}

// printJSON prints the faults for a program; they are the answer and an error as well.
func (s scorecardLint) printJSON(c *Context, err error) error {
	type found struct {
		Path    string `json:"path"`
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	faults := []found{}
	var wrong scoring.InputErrors
	unlisted, isFault := fault.As(err)
	if err != nil && !errors.As(err, &wrong) && !isFault {
		return err
	}
	for _, w := range wrong {
		faults = append(faults, found{w.Path, w.Code, w.In(string(c.Lang))})
	}
	if isFault {
		for _, p := range unlisted.Problems {
			faults = append(faults, found{p.Path, p.Code, p.In(c.Lang)})
		}
	}
	if printing := c.PrintJSON(map[string]any{"faults": faults}); printing != nil {
		return printing
	}
	return err
}

type scorecardShow struct {
	File string `arg:"" name:"file"`
	Code string `name:"code" placeholder:"CODE"`
}

func (s scorecardShow) Run(c *Context) error {
	cards, err := c.readScorecards(s.File)
	if err != nil {
		return err
	}
	shown := 0
	for _, card := range cards {
		if s.Code != "" && s.Code != card.Code {
			continue
		}
		if shown > 0 {
			fmt.Fprintln(c.Stdout)
		}
		if _, err := io.WriteString(c.Stdout, card.Table(string(c.Lang))); err != nil {
			return err
		}
		shown++
	}
	if shown == 0 {
		return fault.New(fault.NotFound, "cli.scorecard.show.none", lang.Args{"code": printable(s.Code)})
	}
	return nil
}

func (c *Context) readScorecards(name string) ([]*scoring.Scorecard, error) {
	file, name, err := c.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	return scoring.ReadScorecards(file, name)
}

var _ = lang.Register(map[string]lang.Text{
	"cli.scorecard":               {Zh: "计分卡：文件和数据库", En: "Scorecards, in files and in the database"},
	"cli.scorecard.lint":          {Zh: "检查计分卡文件，列出全部错误", En: "Check a file of scorecards and list every fault"},
	"cli.scorecard.lint.file":     {Zh: "计分卡 JSON 文件；- 表示标准输入", En: "the JSON file of scorecards; - is standard input"},
	"cli.scorecard.lint.examples": {Zh: "steelyard scorecard lint scorecards.json\nsteelyard scorecard lint scorecards.json --json", En: "steelyard scorecard lint scorecards.json\nsteelyard scorecard lint scorecards.json --json"},
	"cli.scorecard.lint.faults":   {Zh: "{file}：{count} 处错误", En: "{file}: {count} {count:fault|faults}"},
	"cli.scorecard.lint.fine":     {Zh: "没有错误：{cards} 张计分卡，{items} 个考核项", En: "no faults: {cards} scorecards, {items} items"},
	"cli.scorecard.show":          {Zh: "把计分卡文件打印成表格", En: "Print scorecards as tables that people can read"},
	"cli.scorecard.show.file":     {Zh: "计分卡 JSON 文件；- 表示标准输入", En: "the JSON file of scorecards; - is standard input"},
	"cli.scorecard.show.code":     {Zh: "只打印这个代码的计分卡", En: "print the scorecard of this code alone"},
	"cli.scorecard.show.examples": {Zh: "steelyard scorecard show scorecards.json\nsteelyard scorecard show scorecards.json --code rm --lang zh", En: "steelyard scorecard show scorecards.json\nsteelyard scorecard show scorecards.json --code rm"},
	"cli.scorecard.show.none":     {Zh: "文件里没有计分卡 {code}", En: "the file has no scorecard {code}"},
})
