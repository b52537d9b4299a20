package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
)

// minute is how instants are shown, in the bank's time zone.
const minute = "2006-01-02 15:04"

type batchCommands struct {
	List batchList `cmd:""`
	Show batchShow `cmd:""`
	Undo batchUndo `cmd:""`
}

type batchList struct {
	Kind   string `name:"kind" placeholder:"KIND"`
	Period string `name:"period" placeholder:"PERIOD"`
	Limit  int    `name:"limit" default:"50" placeholder:"N"`
}

func (l batchList) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	records, err := a.Imports.Batches(c, c.Actor(), imports.Filter{Kind: l.Kind, Period: l.Period, Limit: l.Limit})
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(records)
	}
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	table := NewTable(c.Say("cli.batch.id", nil), c.Say("cli.batch.made_at", nil), c.Say("cli.batch.kind", nil), c.Say("cli.batch.period", nil),
		c.Say("cli.batch.new", nil), c.Say("cli.batch.changed", nil), c.Say("cli.batch.withdrawn", nil), c.Say("cli.batch.wrong", nil),
		c.Say("cli.batch.made_by", nil), c.Say("cli.batch.remark", nil)).Right(0, 4, 5, 6, 7)
	for _, r := range records {
		table.Row(strconv.FormatInt(r.ID, 10), r.MadeAt.In(zone).Format(minute), r.Kind, r.Period,
			grouped(r.New), grouped(r.Changed), grouped(r.Withdrawn), grouped(r.Wrong), r.MadeBy, c.batchRemark(r))
	}
	return table.Print(c.Stdout)
}

// batchRemark is the file of a batch, or what it undoes or is undone by.
func (c *Context) batchRemark(r imports.Record) string {
	switch {
	case r.Undoes != 0:
		return c.Say("cli.batch.undoes", lang.Args{"batch": r.Undoes})
	case r.UndoneBy != 0:
		return c.Say("cli.batch.undone_by", lang.Args{"batch": r.UndoneBy, "file": r.FileName})
	}
	return r.FileName
}

type batchShow struct {
	Batch int64 `arg:"" name:"batch"`
	Limit int   `name:"limit" default:"100" placeholder:"N"`
	Skip  int   `name:"skip" default:"0" placeholder:"N"`
}

func (s batchShow) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	record, changes, err := a.Imports.Batch(c, c.Actor(), s.Batch, imports.Page{Skip: s.Skip, Limit: s.Limit})
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(struct {
			*imports.Record
			Changes []imports.Difference `json:"changes"`
			More    bool                 `json:"more"`
		}{record, append([]imports.Difference{}, changes.List...), changes.More})
	}
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	if err := c.Print("cli.batch.show.head", lang.Args{
		"batch": record.ID, "kind": record.Kind, "by": printable(record.MadeBy), "at": record.MadeAt.In(zone).Format(minute),
		"new": grouped(record.New), "changed": grouped(record.Changed), "unchanged": grouped(record.Unchanged),
		"withdrawn": grouped(record.Withdrawn), "wrong": grouped(record.Wrong), "remark": printable(c.batchRemark(*record)),
	}); err != nil {
		return err
	}
	return c.printChanges(changes, s.Skip)
}

// printChanges writes what changed from what to what: the thing, and below it its values.
func (c *Context) printChanges(changes *imports.Changes, skipped int) error {
	var b strings.Builder
	for i := range changes.List {
		d := &changes.List[i]
		fmt.Fprintln(&b, printable(c.Say("cli.batch.did."+string(d.Did), lang.Args{"thing": d.Title(), "key": c.values(d.Key, nil), "place": c.placeOf(d)})))
		if d.Before == nil && d.After == nil {
			continue
		}
		fmt.Fprintln(&b, "    "+printable(c.values(d.Before, d.After)))
	}
	if changes.More {
		fmt.Fprintln(&b, c.Say("cli.batch.show.more", lang.Args{"shown": skipped + len(changes.List)}))
	}
	_, err := io.WriteString(c.Stdout, b.String())
	return err
}

// placeOf gives the row of the file, nothing where there is none.
func (c *Context) placeOf(d *imports.Difference) string {
	if d.Row == 0 {
		return ""
	}
	return c.Say("cli.batch.row", lang.Args{"row": d.Row})
}

// values says values by the names of their fields; where both sides are there,
// from what to what.
func (c *Context) values(before, after imports.Values) string {
	said := make([]string, 0, max(len(before), len(after)))
	for i := range max(len(before), len(after)) {
		value := append(append(imports.Values{}, before...), after...)[i]
		text := c.orBlank(value)
		if len(before) > 0 && len(after) > 0 {
			text += " → " + c.orBlank(after[i])
		}
		said = append(said, value.Field.Title.In(c.Lang)+" "+text)
	}
	return strings.Join(said, c.Say("fault.comma", nil))
}

func (c *Context) orBlank(v imports.Value) string {
	if v.Text == "" {
		return c.Say("cli.batch.blank", nil)
	}
	return v.In(c.Lang)
}

type batchUndo struct {
	Batch int64 `arg:"" name:"batch"`
}

func (u batchUndo) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the undoing is committed, or has failed with an error of its own
	record, err := a.Imports.Undo(c, c.Actor(), u.Batch)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(record)
	}
	return c.Print("cli.batch.undo.done", lang.Args{"batch": u.Batch, "by": record.ID})
}

// changed says which batch a change became, or that nothing is new.
func (c *Context) changed(record *imports.Record) error {
	if c.JSON {
		return c.PrintJSON(record)
	}
	if record.ID == 0 {
		return c.Print("cli.import.nothing", nil)
	}
	return c.Print("cli.import.batch", lang.Args{"batch": record.ID})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.batch":               {Zh: "导入和修改的批次", En: "Batches: what was imported or changed"},
	"cli.batch.list":          {Zh: "列出批次，最近的在前", En: "List batches, the last first"},
	"cli.batch.list.kind":     {Zh: "只列这一种", En: "of this kind alone"},
	"cli.batch.list.period":   {Zh: "只列这个考核期", En: "of this period alone"},
	"cli.batch.list.limit":    {Zh: "最多列多少个", En: "how many at most"},
	"cli.batch.list.examples": {Zh: "steelyard batch list\nsteelyard batch list --kind staff --json", En: "steelyard batch list\nsteelyard batch list --kind staff --json"},
	"cli.batch.show":          {Zh: "显示一个批次，以及它改动前后的内容", En: "Show a batch, and what it changed from what to what"},
	"cli.batch.show.batch":    {Zh: "批次号", En: "the number of the batch"},
	"cli.batch.show.limit":    {Zh: "最多列多少处改动", En: "how many changes at most"},
	"cli.batch.show.skip":     {Zh: "跳过前面多少处改动", En: "how many changes to pass over"},
	"cli.batch.show.examples": {Zh: "steelyard batch show 3\nsteelyard batch show 3 --skip 100 --limit 100", En: "steelyard batch show 3\nsteelyard batch show 3 --skip 100 --limit 100"},
	"cli.batch.show.more":     {Zh: "……还有更多改动，用 --skip {shown} 继续查看", En: "… there are more changes; go on with --skip {shown}"},
	"cli.batch.did.new":       {Zh: "{place}新增{thing}：{key}", En: "{place}new {thing}: {key}"},
	"cli.batch.did.changed":   {Zh: "{place}更改{thing}：{key}", En: "{place}changed {thing}: {key}"},
	"cli.batch.did.withdrawn": {Zh: "{place}撤下{thing}：{key}", En: "{place}withdrawn {thing}: {key}"},
	"cli.batch.row":           {Zh: "第 {row} 行：", En: "row {row}: "},
	"cli.batch.blank":         {Zh: "（空）", En: "(blank)"},
	"cli.batch.show.head": {
		Zh: "批次 {batch}：{kind}，{by}，{at}，{remark}\n新增 {new}，更改 {changed}，未变 {unchanged}，撤下 {withdrawn}，有误 {wrong}",
		En: "batch {batch}: {kind}, by {by}, {at}, {remark}\n{new} new, {changed} changed, {unchanged} unchanged, {withdrawn} withdrawn, {wrong} wrong",
	},
	"cli.batch.undo": {
		Zh: "撤销一个批次\n只要还没有计分运行用到它，并且之后没有别的批次改动相同内容。",
		En: "Take a batch back\nPossible while no run has computed from it and no later batch has changed the same rows.",
	},
	"cli.batch.undo.batch":    {Zh: "批次号", En: "the number of the batch"},
	"cli.batch.undo.examples": {Zh: "steelyard batch undo 3", En: "steelyard batch undo 3"},
	"cli.batch.undo.done":     {Zh: "批次 {batch} 已撤销（批次 {by}）", En: "batch {batch} is undone, by batch {by}"},
	"cli.batch.undoes":        {Zh: "撤销批次 {batch}", En: "undoes batch {batch}"},
	"cli.batch.undone_by":     {Zh: "{file}（已由批次 {batch} 撤销）", En: "{file} (undone by batch {batch})"},
	"cli.batch.id":            {Zh: "批次", En: "batch"},
	"cli.batch.made_at":       {Zh: "时间", En: "at"},
	"cli.batch.kind":          {Zh: "种类", En: "kind"},
	"cli.batch.period":        {Zh: "考核期", En: "period"},
	"cli.batch.new":           {Zh: "新增", En: "new"},
	"cli.batch.changed":       {Zh: "更改", En: "changed"},
	"cli.batch.withdrawn":     {Zh: "撤下", En: "withdrawn"},
	"cli.batch.wrong":         {Zh: "有误", En: "wrong"},
	"cli.batch.made_by":       {Zh: "操作人", En: "by"},
	"cli.batch.remark":        {Zh: "文件或说明", En: "file or remark"},
})
