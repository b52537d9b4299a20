package cli

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
)

type auditCommand struct {
	By      string `name:"actor" placeholder:"NAME"`
	Action  string `name:"action" placeholder:"ACTION"`
	Object  string `name:"object" placeholder:"OBJECT"`
	Key     string `name:"key" placeholder:"KEY"`
	Outcome string `name:"outcome" placeholder:"OUTCOME"`
	Since   string `name:"since" placeholder:"DATE"`
	Until   string `name:"until" placeholder:"DATE"`
	Limit   int    `name:"limit" default:"50" placeholder:"N"`
	Cursor  string `name:"cursor" placeholder:"CURSOR"`
}

func (a auditCommand) Run(c *Context) (err error) {
	filter := audit.Filter{Actor: a.By, Action: a.Action, Object: a.Object, Key: a.Key, Outcome: audit.Outcome(a.Outcome)}
	if filter.From, err = c.startOf(a.Since, 0); err != nil {
		return err
	}
	if filter.To, err = c.startOf(a.Until, 1); err != nil {
		return err
	}
	switch filter.Outcome {
	case "", audit.Done, audit.Refused, audit.Failed:
	default:
		return fault.New(fault.Invalid, "cli.audit.no_outcome", lang.Args{"outcome": printable(a.Outcome)})
	}
	opened, err := c.OpenToRead()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	list, err := opened.Audit.Search(c, c.Actor(), filter, page.Query{Limit: a.Limit, Cursor: a.Cursor})
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(map[string]any{"records": list.Records, "next": list.Next})
	}
	return c.printAudit(list)
}

// startOf is when a day, and so many days after it, begins in the bank's time zone; no instant for none.
func (c *Context) startOf(text string, after int) (time.Time, error) {
	day, err := parseDay(text)
	if err != nil || day.IsZero() {
		return time.Time{}, err
	}
	zone, err := c.Zone()
	if err != nil {
		return time.Time{}, err
	}
	return time.ParseInLocation(time.DateOnly, day.AddDays(after).String(), zone)
}

func (c *Context) printAudit(list *audit.List) error {
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	table := NewTable(c.Say("cli.audit.id", nil), c.Say("cli.audit.at", nil), c.Say("cli.audit.by", nil), c.Say("cli.audit.did", nil),
		c.Say("cli.audit.ended", nil), c.Say("cli.audit.what", nil), c.Say("cli.audit.detail", nil), c.Say("cli.audit.from", nil)).Right(0)
	for _, r := range list.Records {
		table.Row(strconv.FormatInt(r.ID, 10), r.At.In(zone).Format(time.DateTime), r.Actor, r.Action, c.Say("cli.audit.outcome."+string(r.Outcome), nil),
			strings.TrimSpace(r.Object+" "+r.Key), r.Detail, r.Address)
	}
	if err := table.Print(c.Stdout); err != nil || list.Next == "" {
		return err
	}
	return c.Print("cli.audit.more", lang.Args{"cursor": list.Next})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.audit": {
		Zh: "查询审计记录，最近的在前\n谁、何时、从哪里、做了什么、改动前后；--json 输出全部字段。查询本身也留下一条记录。",
		En: "Search the audit trail, the last first\nWho did what, when, from where, with what before and after; --json prints every field. The search is on record itself.",
	},
	"cli.audit.actor":           {Zh: "谁：用户名，或 operator:姓名", En: "who: a username, or operator:NAME"},
	"cli.audit.action":          {Zh: "动作或其开头，如 period.publish、import.", En: "the action or its beginning, such as period.publish or import."},
	"cli.audit.object":          {Zh: "对象种类，如 period、batch、result、user", En: "the sort of thing, such as period, batch, result or user"},
	"cli.audit.key":             {Zh: "哪一个，如 2026-10", En: "which one, such as 2026-10"},
	"cli.audit.outcome":         {Zh: "结果：done、refused 或 failed", En: "how it ended: done, refused or failed"},
	"cli.audit.since":           {Zh: "从这一天起（银行所在时区）", En: "from this day on, in the bank's time zone"},
	"cli.audit.until":           {Zh: "到这一天为止", En: "up to this day"},
	"cli.audit.limit":           {Zh: "最多列多少条，不超过 200", En: "how many at most, up to 200"},
	"cli.audit.cursor":          {Zh: "接着上一页", En: "where the page before ended"},
	"cli.audit.examples":        {Zh: "steelyard audit --action period. --since 2026-11-01\nsteelyard audit --actor zhang.wei --json", En: "steelyard audit --action period. --since 2026-11-01\nsteelyard audit --actor zhang.wei --json"},
	"cli.audit.id":              {Zh: "编号", En: "No."},
	"cli.audit.at":              {Zh: "时间", En: "At"},
	"cli.audit.by":              {Zh: "操作人", En: "By"},
	"cli.audit.did":             {Zh: "动作", En: "Action"},
	"cli.audit.ended":           {Zh: "结果", En: "Outcome"},
	"cli.audit.what":            {Zh: "对象", En: "What"},
	"cli.audit.detail":          {Zh: "说明", En: "Detail"},
	"cli.audit.from":            {Zh: "来源", En: "From"},
	"cli.audit.outcome.done":    {Zh: "完成", En: "done"},
	"cli.audit.outcome.refused": {Zh: "被拒绝", En: "refused"},
	"cli.audit.outcome.failed":  {Zh: "失败", En: "failed"},
	"cli.audit.more":            {Zh: "还有更多：加 --cursor {cursor} 继续", En: "there is more; go on with --cursor {cursor}"},
	"cli.audit.no_outcome":      {Zh: "没有“{outcome}”这种结果；应为 done、refused 或 failed", En: "there is no outcome {outcome}; it is done, refused or failed"},
})
