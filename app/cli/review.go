package cli

import (
	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/reviews"
)

type reviewCommands struct {
	Progress  reviewProgress  `cmd:""`
	List      reviewList      `cmd:""`
	Reviewers reviewReviewers `cmd:""`
}

type reviewProgress struct {
	Period string `arg:"" name:"period"`
	Unit   string `name:"unit" placeholder:"CODE"`
}

func (p reviewProgress) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		list, err := a.Reviews.Progress(c, c.Actor(), p.Period, p.Unit)
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(list)
		}
		table := NewTable(c.Say("cli.review.unit", nil), c.Say("cli.review.role", nil), c.Say("cli.review.due", nil),
			c.Say("review.state.draft", nil), c.Say("review.state.submitted", nil), c.Say("review.state.returned", nil)).Right(2, 3, 4, 5)
		for _, l := range list {
			table.Row(l.Unit+" "+l.UnitName, c.role(l.Role), grouped(l.Due), grouped(l.Draft), grouped(l.Submitted), grouped(l.Returned))
		}
		return table.Print(c.Stdout)
	})
}

// role gives the words of a role that rules give, others as the scorecard names them.
func (c *Context) role(role string) string {
	switch role {
	case reviews.RoleManager, reviews.RolePeer, reviews.RoleSelf:
		return c.Say("review.role."+role, nil)
	}
	return role
}

type reviewList struct {
	paging
	Period string `arg:"" name:"period"`
	Unit   string `name:"unit" placeholder:"CODE"`
	Staff  string `name:"staff" placeholder:"NUMBER"`
	Role   string `name:"role" placeholder:"ROLE"`
	State  string `name:"state" placeholder:"STATE" enum:",draft,submitted,returned" default:""`
}

func (l reviewList) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		filter := reviews.Filter{Unit: l.Unit, Staff: l.Staff, Role: l.Role, State: reviews.State(l.State)}
		list, next, err := a.Reviews.Reviews(c, c.Actor(), l.Period, filter, l.query(""))
		if err != nil {
			return err
		}
		c.more(next)
		if c.JSON {
			return c.PrintJSON(list)
		}
		table := NewTable(c.Say("cli.review.staff", nil), c.Say("cli.review.unit", nil), c.Say("cli.review.item", nil), c.Say("cli.review.role", nil),
			c.Say("cli.review.rater", nil), c.Say("cli.rubric.level", nil), c.Say("cli.review.state", nil), c.Say("cli.review.comment", nil))
		for _, r := range list {
			table.Row(r.StaffNo, r.Unit, r.Item, c.role(r.Role), r.Rater, r.Level, r.State.Words().In(c.Lang), r.Comment)
		}
		return table.Print(c.Stdout)
	})
}

type reviewReviewers struct {
	paging
	Period string `arg:"" name:"period"`
	Staff  string `name:"staff" placeholder:"NUMBER"`
	Unit   string `name:"unit" placeholder:"CODE"`
}

func (r reviewReviewers) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		list, next, err := a.Reviews.Reviewers(c, c.Actor(), r.Period, reviews.Who{Staff: r.Staff, Unit: r.Unit}, r.query(""))
		if err != nil {
			return err
		}
		c.more(next)
		if c.JSON {
			return c.PrintJSON(list)
		}
		table := NewTable(c.Say("cli.review.staff", nil), c.Say("cli.review.unit", nil), c.Say("cli.review.role", nil),
			c.Say("cli.review.rater", nil), c.Say("cli.review.source", nil), c.Say("cli.batch.remark", nil))
		for _, x := range list {
			table.Row(x.StaffNo, x.Unit+" "+x.Position, c.role(x.Role), x.Rater+" "+x.RaterName, c.Say("review.source."+string(x.Source), nil), x.Reason)
		}
		return table.Print(c.Stdout)
	})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.review":                   {Zh: "评价：进度、内容、由谁评价", En: "Reviews: how far they are, what they say, who writes them"},
	"cli.review.progress":          {Zh: "按机构显示评价进度", En: "Show how far the reviews are, by unit"},
	"cli.review.progress.period":   {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.review.progress.unit":     {Zh: "只看这个机构及其下级", En: "this unit and all below it alone"},
	"cli.review.progress.examples": {Zh: "steelyard review progress 2026-10\nsteelyard review progress 2026-10 --unit B01 --json", En: "steelyard review progress 2026-10\nsteelyard review progress 2026-10 --unit B01 --json"},
	"cli.review.list":              {Zh: "列出已提交和已退回的评价", En: "List what was submitted and handed back"},
	"cli.review.list.period":       {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.review.list.unit":         {Zh: "只看这个机构及其下级", En: "this unit and all below it alone"},
	"cli.review.list.staff":        {Zh: "只看这名员工", En: "of this member of the staff alone"},
	"cli.review.list.role":         {Zh: "只看这个评价角色，如 manager", En: "in this role alone, such as manager"},
	"cli.review.list.state":        {Zh: "只看这个状态：draft、submitted 或 returned", En: "in this state alone: draft, submitted or returned"},
	"cli.review.list.limit":        {Zh: "最多列多少条", En: "how many at most"},
	"cli.review.list.cursor":       {Zh: "从上一页的游标继续", En: "go on from the cursor of the page before"},
	"cli.review.list.examples":     {Zh: "steelyard review list 2026-10 --unit B0101\nsteelyard review list 2026-10 --role peer --json", En: "steelyard review list 2026-10 --unit B0101\nsteelyard review list 2026-10 --role peer --json"},
	"cli.review.reviewers":         {Zh: "列出由谁评价谁\n写明员工时，同事和本人也会列出。", En: "List who rates whom\nOf one member of the staff the peers and the member are listed too."},
	"cli.review.reviewers.period":  {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.review.reviewers.staff":   {Zh: "只看这名员工", En: "of this member of the staff alone"},
	"cli.review.reviewers.unit":    {Zh: "只看这个机构及其下级", En: "this unit and all below it alone"},
	"cli.review.reviewers.limit":   {Zh: "最多列多少条", En: "how many at most"},
	"cli.review.reviewers.cursor":  {Zh: "从上一页的游标继续", En: "go on from the cursor of the page before"},
	"cli.review.reviewers.examples": {
		Zh: "steelyard review reviewers 2026-10 --staff 007001",
		En: "steelyard review reviewers 2026-10 --staff 007001",
	},
	"cli.review.unit":     {Zh: "机构", En: "unit"},
	"cli.review.role":     {Zh: "评价角色", En: "role"},
	"cli.review.due":      {Zh: "应评", En: "due"},
	"cli.review.staff":    {Zh: "工号", En: "staff number"},
	"cli.review.item":     {Zh: "考核项", En: "item"},
	"cli.review.rater":    {Zh: "评价人", En: "rater"},
	"cli.review.state":    {Zh: "状态", En: "state"},
	"cli.review.comment":  {Zh: "评语", En: "comment"},
	"cli.review.source":   {Zh: "来源", En: "source"},
	"review.role.manager": {Zh: "主管", En: "manager"},
	"review.role.peer":    {Zh: "同事", En: "peer"},
	"review.role.self":    {Zh: "本人", En: "self"},
	"review.source.rule":  {Zh: "按规则", En: "by rule"},
	"review.source.named": {Zh: "指定", En: "named"},
})
