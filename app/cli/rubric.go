package cli

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/reviews"
)

type rubricCommands struct {
	List   rubricList   `cmd:""`
	Show   rubricShow   `cmd:""`
	Import rubricImport `cmd:""`
}

type rubricList struct{ paging }

func (l rubricList) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		list, next, err := a.Reviews.Rubrics(c, c.Actor(), l.query(""))
		if err != nil {
			return err
		}
		c.more(next)
		if c.JSON {
			return c.PrintJSON(list)
		}
		return c.rubricTable(list)
	})
}

func (c *Context) rubricTable(list []*reviews.Rubric) error {
	table := NewTable(c.Say("cli.rubric.code", nil), c.Say("cli.rubric.name", nil), c.Say("cli.rubric.levels", nil), c.Say("cli.rubric.version", nil)).Right(2, 3)
	for _, r := range list {
		table.Row(r.Code, lang.Text(r.Name).In(c.Lang), strconv.Itoa(len(r.Levels)), strconv.FormatInt(r.Version, 10))
	}
	return table.Print(c.Stdout)
}

type rubricShow struct {
	Rubric string `arg:"" name:"rubric"`
}

func (s rubricShow) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		r, err := a.Reviews.Rubric(c, c.Actor(), s.Rubric)
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(r)
		}
		table := NewTable(c.Say("cli.rubric.level", nil), c.Say("cli.rubric.name", nil), c.Say("cli.rubric.description", nil))
		for _, l := range r.Levels {
			table.Row(l.Level, lang.Text(l.Name).In(c.Lang), lang.Text(l.Description).In(c.Lang))
		}
		return table.Print(c.Stdout)
	})
}

type rubricImport struct {
	File string `arg:"" name:"file"`
}

// Run puts every rubric of a file, each in the place of the one that is there.
func (i rubricImport) Run(c *Context) error {
	list, err := i.read(c)
	if err != nil {
		return err
	}
	return c.with(func(a *app.App) error {
		for _, r := range list {
			if err := r.Check(); err != nil {
				return err
			}
		}
		put := make([]*reviews.Rubric, len(list))
		for at, r := range list {
			before, err := a.Reviews.Rubric(c, c.Actor(), r.Code)
			switch {
			case fault.KindOf(err) == fault.NotFound:
				r.Version = 0
			case err != nil:
				return err
			default:
				r.Version = before.Version
			}
			if put[at], err = a.Reviews.PutRubric(c, c.Actor(), r); err != nil {
				return err
			}
		}
		if c.JSON {
			return c.PrintJSON(put)
		}
		return c.rubricTable(put)
	})
}

func (i rubricImport) read(c *Context) (list []reviews.Rubric, err error) {
	file, called, err := c.open(i.File)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&list); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.rubric.unreadable", lang.Args{"path": printable(called)})
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) || len(list) == 0 {
		return nil, fault.New(fault.Invalid, "cli.rubric.unreadable", lang.Args{"path": printable(called)})
	}
	return list, nil
}

var _ = lang.Register(map[string]lang.Text{
	"cli.rubric":               {Zh: "评分标准：每个等级的含义", En: "Rubrics: what each level means"},
	"cli.rubric.list":          {Zh: "列出评分标准", En: "List the rubrics"},
	"cli.rubric.list.limit":    {Zh: "最多列多少个", En: "how many at most"},
	"cli.rubric.list.cursor":   {Zh: "从上一页的游标继续", En: "go on from the cursor of the page before"},
	"cli.rubric.list.examples": {Zh: "steelyard rubric list\nsteelyard rubric list --json", En: "steelyard rubric list\nsteelyard rubric list --json"},
	"cli.rubric.show":          {Zh: "显示一个评分标准的等级", En: "Show the levels of a rubric"},
	"cli.rubric.show.rubric":   {Zh: "评分标准代码，即考核项的键", En: "its code: the key of the item"},
	"cli.rubric.show.examples": {Zh: "steelyard rubric show teamwork", En: "steelyard rubric show teamwork"},
	"cli.rubric.import": {
		Zh: "导入评分标准\n文件是 JSON 列表，与 rubric list --json 的输出相同；已有的会被替换。",
		En: "Take in rubrics\nThe file is a JSON list as rubric list --json prints it; those that are there are replaced.",
	},
	"cli.rubric.import.file":     {Zh: "JSON 文件，- 表示标准输入", En: "a JSON file, - for standard input"},
	"cli.rubric.import.examples": {Zh: "steelyard rubric import rubrics.json", En: "steelyard rubric import rubrics.json"},
	"cli.rubric.unreadable": {
		Zh: "{path}：不是评分标准的 JSON 列表；格式与 rubric list --json 的输出相同",
		En: "{path}: this is no JSON list of rubrics; it should look like what rubric list --json prints",
	},
	"cli.rubric.code":        {Zh: "代码", En: "code"},
	"cli.rubric.name":        {Zh: "名称", En: "name"},
	"cli.rubric.levels":      {Zh: "等级数", En: "levels"},
	"cli.rubric.version":     {Zh: "版本", En: "version"},
	"cli.rubric.level":       {Zh: "等级", En: "level"},
	"cli.rubric.description": {Zh: "说明", En: "description"},
})
