package cli

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/scorecards"
)

type metricCommands struct {
	List metricList `cmd:""`
}

type metricList struct{}

func (metricList) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	metrics, err := a.Cards.Metrics(c, c.Actor())
	if err != nil {
		return err
	}
	if c.JSON {
		answers := make([]metricAnswer, len(metrics))
		for i, m := range metrics {
			answers[i] = metricAnswer{m.Code, m.Name, m.Measure, m.Decimals}
		}
		return c.PrintJSON(answers)
	}
	table := NewTable(c.Say("cli.metric.code", nil), c.Say("cli.metric.name", nil), c.Say("cli.metric.measure", nil), c.Say("cli.metric.decimals", nil)).Right(3)
	for _, m := range metrics {
		table.Row(m.Code, m.Name, m.Measure, strconv.Itoa(m.Decimals))
	}
	return table.Print(c.Stdout)
}

// metricAnswer is a metric as programs read it.
type metricAnswer struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Measure  string `json:"unit_of_measure"`
	Decimals int    `json:"decimals"`
}

type scorecardList struct{}

func (scorecardList) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	list, err := a.Cards.List(c, c.Actor())
	if err != nil {
		return err
	}
	return c.printVersions(list, false)
}

type scorecardVersions struct {
	Code string `arg:"" name:"code"`
}

func (v scorecardVersions) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	list, err := a.Cards.Versions(c, c.Actor(), v.Code)
	if err != nil {
		return err
	}
	return c.printVersions(list, true)
}

// versionAnswer is a version as programs read it.
type versionAnswer struct {
	Code        string           `json:"code"`
	Version     int              `json:"version"`
	State       scorecards.State `json:"state"`
	SHA256      string           `json:"sha256"`
	Batch       int64            `json:"batch"`
	PublishedAt time.Time        `json:"published_at,omitzero"`
	Positions   []string         `json:"positions"`
	Definition  json.RawMessage  `json:"definition,omitempty"`
}

func (c *Context) printVersions(list []scorecards.Version, whole bool) error {
	if c.JSON {
		answer := make([]versionAnswer, len(list))
		for i, v := range list {
			answer[i] = versionAnswer{
				Code: v.Code, Version: v.Number, State: v.State, SHA256: v.SHA256, Batch: v.BatchID,
				PublishedAt: v.PublishedAt, Positions: v.Card.Positions,
			}
			if whole {
				answer[i].Definition = json.RawMessage(v.Definition)
			}
		}
		return c.PrintJSON(answer)
	}
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	table := NewTable(c.Say("cli.scorecard.code", nil), c.Say("cli.scorecard.version", nil), c.Say("cli.scorecard.state", nil),
		c.Say("cli.scorecard.published", nil), c.Say("cli.scorecard.name", nil), c.Say("cli.scorecard.positions", nil), "SHA-256").Right(1)
	for _, v := range list {
		published := ""
		if !v.PublishedAt.IsZero() {
			published = v.PublishedAt.In(zone).Format(minute)
		}
		table.Row(v.Code, strconv.Itoa(v.Number), v.State.Words().In(c.Lang), published,
			v.Card.Name.In(string(c.Lang)), strings.Join(v.Card.Positions, ", "), v.SHA256[:12])
	}
	return table.Print(c.Stdout)
}

type scorecardPrint struct {
	Code    string `arg:"" name:"code"`
	Version int    `name:"version" placeholder:"N"`
}

func (p scorecardPrint) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	version, err := a.Cards.Version(c, c.Actor(), p.Code, p.Version)
	if err != nil {
		return err
	}
	if c.JSON {
		_, err = io.WriteString(c.Stdout, version.Definition+"\n")
		return err
	}
	_, err = io.WriteString(c.Stdout, version.Card.Table(string(c.Lang)))
	return err
}

type scorecardDiff struct {
	Code string `arg:"" name:"code"`
	From int    `arg:"" name:"from"`
	To   int    `arg:"" name:"to"`
}

func (d scorecardDiff) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	from, err := a.Cards.Version(c, c.Actor(), d.Code, d.From)
	if err != nil {
		return err
	}
	to, err := a.Cards.Version(c, c.Actor(), d.Code, d.To)
	if err != nil {
		return err
	}
	list, err := scorecards.Differences(from, to)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(list)
	}
	if len(list) == 0 {
		return c.Print("cli.scorecard.diff.none", lang.Args{"from": from.Number, "to": to.Number})
	}
	table := NewTable(c.Say("cli.scorecard.diff.path", nil), c.Say("cli.scorecard.version", nil)+" "+strconv.Itoa(from.Number), c.Say("cli.scorecard.version", nil)+" "+strconv.Itoa(to.Number))
	for _, difference := range list {
		table.Row(difference.Path, difference.Before, difference.After)
	}
	return table.Print(c.Stdout)
}

type scorecardPublish struct {
	Code string `arg:"" name:"code"`
}

func (p scorecardPublish) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the change is committed, or has failed with an error of its own
	record, err := a.Cards.Publish(c, c.Actor(), p.Code)
	if err != nil {
		return err
	}
	return c.changed(record)
}

var _ = lang.Register(map[string]lang.Text{
	"cli.metric":                      {Zh: "指标", En: "Metrics"},
	"cli.metric.list":                 {Zh: "列出指标", En: "List the metrics"},
	"cli.metric.list.examples":        {Zh: "steelyard metric list\nsteelyard metric list --json", En: "steelyard metric list\nsteelyard metric list --json"},
	"cli.metric.code":                 {Zh: "指标代码", En: "metric"},
	"cli.metric.name":                 {Zh: "指标名称", En: "name"},
	"cli.metric.measure":              {Zh: "计量单位", En: "unit of measure"},
	"cli.metric.decimals":             {Zh: "小数位", En: "decimals"},
	"cli.scorecard.code":              {Zh: "计分卡", En: "scorecard"},
	"cli.scorecard.version":           {Zh: "版本", En: "version"},
	"cli.scorecard.state":             {Zh: "状态", En: "state"},
	"cli.scorecard.published":         {Zh: "发布时间", En: "published"},
	"cli.scorecard.name":              {Zh: "名称", En: "name"},
	"cli.scorecard.positions":         {Zh: "岗位", En: "positions"},
	"cli.scorecard.list":              {Zh: "列出数据库中的计分卡（最新版本）", En: "List the scorecards of the database, each in its newest version"},
	"cli.scorecard.list.examples":     {Zh: "steelyard scorecard list\nsteelyard scorecard list --json", En: "steelyard scorecard list\nsteelyard scorecard list --json"},
	"cli.scorecard.versions":          {Zh: "列出一张计分卡的全部版本", En: "List every version of a scorecard"},
	"cli.scorecard.versions.code":     {Zh: "计分卡代码", En: "the scorecard's code"},
	"cli.scorecard.versions.examples": {Zh: "steelyard scorecard versions rm-corporate", En: "steelyard scorecard versions rm-corporate"},
	"cli.scorecard.print":             {Zh: "打印数据库中的一张计分卡；--json 输出其定义", En: "Print a scorecard of the database as a table; --json gives its definition"},
	"cli.scorecard.print.code":        {Zh: "计分卡代码", En: "the scorecard's code"},
	"cli.scorecard.print.version":     {Zh: "版本号；不写为生效版本", En: "the version; left out, the one in force"},
	"cli.scorecard.print.examples":    {Zh: "steelyard scorecard print rm-corporate\nsteelyard scorecard print rm-corporate --version 1 --json", En: "steelyard scorecard print rm-corporate\nsteelyard scorecard print rm-corporate --version 1 --json"},
	"cli.scorecard.diff":              {Zh: "比较一张计分卡的两个版本", En: "Show what changed from one version of a scorecard to another"},
	"cli.scorecard.diff.code":         {Zh: "计分卡代码", En: "the scorecard's code"},
	"cli.scorecard.diff.from":         {Zh: "原版本号", En: "the version before"},
	"cli.scorecard.diff.to":           {Zh: "新版本号", En: "the version after"},
	"cli.scorecard.diff.path":         {Zh: "位置", En: "place"},
	"cli.scorecard.diff.none":         {Zh: "第 {from} 版和第 {to} 版内容相同", En: "versions {from} and {to} are the same"},
	"cli.scorecard.diff.examples":     {Zh: "steelyard scorecard diff rm-corporate 1 2", En: "steelyard scorecard diff rm-corporate 1 2"},
	"cli.scorecard.publish":           {Zh: "发布计分卡的草稿", En: "Publish the draft of a scorecard"},
	"cli.scorecard.publish.code":      {Zh: "计分卡代码", En: "the scorecard's code"},
	"cli.scorecard.publish.examples":  {Zh: "steelyard scorecard publish rm-corporate", En: "steelyard scorecard publish rm-corporate"},
})
