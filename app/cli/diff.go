package cli

import (
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/scoring"
)

type runDiff struct {
	Period string `arg:"" name:"period"`
	Before int    `arg:"" name:"before"`
	After  int    `arg:"" name:"after"`
}

func (d runDiff) Run(c *Context) error {
	a, err := c.OpenToRead()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	if c.JSON {
		return d.json(c, a.Runs)
	}
	summary, err := a.Runs.Diff(c, c.Actor(), d.Period, d.Before, d.After, c.printChange)
	if err != nil {
		return err
	}
	for _, card := range summary.Cards {
		if err := c.Print("cli.run.diff.card", lang.Args{"code": card.Code, "before": card.Before, "after": card.After}); err != nil {
			return err
		}
	}
	if !summary.InputsBefore || !summary.InputsAfter {
		if err := c.Print("cli.run.diff.no_inputs", nil); err != nil {
			return err
		}
	}
	return c.Print("cli.run.diff.summary", lang.Args{
		"period": d.Period, "before": d.Before, "after": d.After, "compared": grouped(int64(summary.Compared)),
		"changed": summary.Changed, "new": summary.New, "gone": summary.Gone, "rank": summary.RankOnly,
	})
}

// printChange prints who changed, by how much, and below it each reason.
func (c *Context) printChange(change *runs.Change) error {
	who := change.After
	if who == nil {
		who = change.Before
	}
	args := lang.Args{"staff": printable(who.StaffNo), "name": printable(who.Name), "by": signed(change.Total, who.Precision)}
	args["before"], args["after"] = c.totalOf(change.Before), c.totalOf(change.After)
	if err := c.Print("cli.run.diff."+string(change.Kind), args); err != nil {
		return err
	}
	for _, reason := range c.reasons(change) {
		if err := c.Print("cli.run.diff.reason", lang.Args{"what": printable(reason)}); err != nil {
			return err
		}
	}
	return nil
}

// totalOf gives the total and the grade, or the status of a result without a total.
func (c *Context) totalOf(r *runs.Result) string {
	switch {
	case r == nil:
		return ""
	case !r.Total.Known:
		return c.Say("cli.results.status."+r.Status, nil)
	}
	return strings.TrimSpace(r.Total.Text(r.Precision) + " " + r.Grade)
}

func (c *Context) reasons(change *runs.Change) []string {
	if change.Kind != runs.MemberChanged {
		return nil
	}
	var reasons []string
	for _, code := range change.Cards {
		reasons = append(reasons, c.Say("cli.run.diff.version", lang.Args{"code": code}))
	}
	if change.Moved {
		reasons = append(reasons, c.Say("cli.run.diff.moved", lang.Args{"before": days(change.Before), "after": days(change.After)}))
	}
	for i := range change.Items {
		reasons = append(reasons, c.itemReason(&change.Items[i]))
	}
	if change.Adjustments {
		p, q := change.Before.Precision, change.After.Precision
		reasons = append(reasons, c.Say("cli.run.diff.adjustments", lang.Args{
			"bonus_before": dash(change.Before.Bonus.Text(p)), "bonus_after": dash(change.After.Bonus.Text(q)),
			"deduction_before": dash(change.Before.Deduction.Text(p)), "deduction_after": dash(change.After.Deduction.Text(q)),
		}))
	}
	if change.Vetoes {
		reasons = append(reasons, c.Say("cli.run.diff.vetoes", nil))
	}
	return reasons
}

// days lists the segments of a result with their days.
func days(r *runs.Result) string {
	var list []string
	for _, s := range r.Segments {
		list = append(list, s.Position+" "+strconv.Itoa(s.Days))
	}
	return dash(strings.Join(list, " + "))
}

func (c *Context) itemReason(item *runs.ItemChange) string {
	text := c.Say("cli.run.diff.item", lang.Args{
		"item": item.Name.In(string(c.Lang)), "key": item.Key, "unit": item.Unit,
		"before": c.stateOf(item.Before, item.Precision), "after": c.stateOf(item.After, item.Precision),
	})
	before, after := c.inputOf(item.Before), c.inputOf(item.After)
	switch {
	case item.Peers:
		return text + c.Say("cli.run.diff.peers", nil)
	case before != after:
		return text + c.Say("cli.run.diff.input", lang.Args{"before": dash(before), "after": dash(after)})
	}
	return text
}

func (c *Context) stateOf(s *runs.ItemState, precision int) string {
	switch {
	case s == nil:
		return "–"
	case !s.Score.Known:
		return c.Say("cli.run.diff.no_score", nil)
	}
	return s.Score.Text(precision)
}

// inputOf writes the inputs of an item on one line.
func (c *Context) inputOf(s *runs.ItemState) string {
	if s == nil || s.Input == nil {
		return ""
	}
	var list []string
	add := func(code string, n scoring.Number) {
		if n.Valid() {
			list = append(list, c.Say("cli.run.diff."+code, lang.Args{"value": n.String()}))
		}
	}
	add("actual", s.Input.Actual)
	add("target", s.Input.Target)
	add("baseline", s.Input.Baseline)
	if s.Input.Survey != nil {
		list = append(list, c.Say("cli.run.diff.survey", lang.Args{"count": s.Input.Survey.Count, "sum": s.Input.Survey.Sum.String()}))
	}
	for _, r := range s.Input.Ratings {
		list = append(list, r.Role+" "+r.Rater+" = "+r.Level)
	}
	for _, e := range s.Input.Events {
		list = append(list, e.Type+" × "+strconv.FormatInt(e.Count, 10))
	}
	return strings.Join(list, c.Say("fault.comma", nil))
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// signed writes a difference with its sign.
func signed(p runs.Points, precision int) string {
	if p.Scaled > 0 {
		return "+" + p.Text(precision)
	}
	return p.Text(precision)
}

var _ = lang.Register(map[string]lang.Text{
	"cli.run.diff": {
		Zh: "比较同一考核期的两次计分运行\n列出结果有变化的员工、变化多少、由哪些考核项和数据引起。",
		En: "Compare two runs of a period\nWho changed, by how much, and why: which items, inputs, scorecard versions.",
	},
	"cli.run.diff.period":   {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.run.diff.before":   {Zh: "前一次运行的序号", En: "the number of the earlier run"},
	"cli.run.diff.after":    {Zh: "后一次运行的序号", En: "the number of the later run"},
	"cli.run.diff.examples": {Zh: "steelyard run diff 2026-10 1 2\nsteelyard run diff 2026-10 1 2 --json", En: "steelyard run diff 2026-10 1 2\nsteelyard run diff 2026-10 1 2 --json"},
	"cli.run.diff.changed":  {Zh: "{staff} {name}：{before} → {after}（{by}）", En: "{staff} {name}: {before} → {after} ({by})"},
	"cli.run.diff.new":      {Zh: "{staff} {name}：新增，{after}", En: "{staff} {name}: new, {after}"},
	"cli.run.diff.gone":     {Zh: "{staff} {name}：不再有结果，原为 {before}", En: "{staff} {name}: no longer in the results, was {before}"},
	"cli.run.diff.reason":   {Zh: "  · {what}", En: "  · {what}"},
	"cli.run.diff.version":  {Zh: "计分卡 {code} 换了版本", En: "the scorecard {code} has another version"},
	"cli.run.diff.moved":    {Zh: "任职天数：{before} → {after}", En: "days in posts: {before} → {after}"},
	"cli.run.diff.item":     {Zh: "{item}（{key}，{unit}）：{before} → {after}", En: "{item} ({key}, {unit}): {before} → {after}"},
	"cli.run.diff.peers":    {Zh: "；本人数据未变，比较对象的数据变了", En: "; the member's own input is the same, the peers' figures changed"},
	"cli.run.diff.input":    {Zh: "；数据：{before} → {after}", En: "; input: {before} → {after}"},
	"cli.run.diff.adjustments": {
		Zh: "加分 {bonus_before} → {bonus_after}，扣分 {deduction_before} → {deduction_after}",
		En: "bonus {bonus_before} → {bonus_after}, deduction {deduction_before} → {deduction_after}",
	},
	"cli.run.diff.vetoes":    {Zh: "一票否决有变化", En: "the vetoes changed"},
	"cli.run.diff.no_score":  {Zh: "无得分", En: "no score"},
	"cli.run.diff.actual":    {Zh: "实际 {value}", En: "actual {value}"},
	"cli.run.diff.target":    {Zh: "目标 {value}", En: "target {value}"},
	"cli.run.diff.baseline":  {Zh: "基期 {value}", En: "baseline {value}"},
	"cli.run.diff.survey":    {Zh: "{count} 份评价合计 {sum}", En: "{count} answers, sum {sum}"},
	"cli.run.diff.card":      {Zh: "计分卡 {code}：第 {before} 版 → 第 {after} 版", En: "scorecard {code}: version {before} → version {after}"},
	"cli.run.diff.no_inputs": {Zh: "其中一次运行的冻结数据已清除，因此只比较得分", En: "the frozen inputs of one of the runs are gone: scores alone are compared"},
	"cli.run.diff.summary": {
		Zh: "考核期 {period} 第 {before} 次与第 {after} 次运行：比较 {compared} 人，变化 {changed}，新增 {new}，减少 {gone}，仅排名变化 {rank}",
		En: "{period}, runs {before} and {after}: {compared} members compared, {changed} changed, {new} new, {gone} gone, {rank} in rank only",
	},
})
