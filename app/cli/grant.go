package cli

import (
	"strconv"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people/grants"
)

type grantCommands struct {
	Add    grantAdd    `cmd:""`
	List   grantList   `cmd:""`
	End    grantEnd    `cmd:""`
	Revoke grantRevoke `cmd:""`
}

type grantAdd struct {
	Username string `arg:"" name:"username"`
	Role     string `arg:"" name:"role"`
	Unit     string `arg:"" name:"unit"`
	From     string `name:"from" placeholder:"DATE"`
	Until    string `name:"until" placeholder:"DATE"`
	Reason   string `name:"reason" placeholder:"TEXT"`
}

func (g grantAdd) Run(c *Context) error {
	from, err := c.dayOrToday(g.From)
	if err != nil {
		return err
	}
	until, err := parseDay(g.Until)
	if err != nil {
		return err
	}
	return c.with(func(a *app.App) error {
		made, err := a.Grants.Create(c, c.Actor(), grants.New{
			Username: g.Username, Role: g.Role, Unit: g.Unit, From: from, Until: until, Reason: g.Reason,
		})
		return c.shownGrant(made, err)
	})
}

func (c *Context) shownGrant(g *grants.Grant, err error) error {
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(g)
	}
	return c.grantTable([]grants.Grant{*g})
}

func (c *Context) grantTable(list []grants.Grant) error {
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	table := NewTable(c.Say("cli.grant.id", nil), c.Say("cli.user.username", nil), c.Say("cli.staff.name", nil), c.Say("cli.grant.role", nil),
		c.Say("cli.staff.unit", nil), c.Say("cli.staff.from", nil), c.Say("cli.staff.to", nil), c.Say("cli.grant.by", nil), c.Say("cli.batch.remark", nil)).Right(0)
	for _, g := range list {
		remark := g.Reason
		if g.RevokedAt != nil {
			remark = c.Say("cli.grant.revoked", lang.Args{"by": g.RevokedBy, "at": g.RevokedAt.In(zone).Format(minute)})
		}
		table.Row(strconv.FormatInt(g.ID, 10), g.Username, g.Name, g.Role, g.Unit+" "+g.UnitName, g.From.String(), g.Until.String(), g.GrantedBy, remark)
	}
	return table.Print(c.Stdout)
}

type grantList struct {
	paging
	User string `name:"user" placeholder:"USER"`
	Role string `name:"role" placeholder:"ROLE"`
	Unit string `name:"unit" placeholder:"CODE"`
	On   string `name:"on" placeholder:"DATE"`
	Sort string `name:"sort" placeholder:"ORDER"`
}

func (l grantList) Run(c *Context) error {
	on, err := parseDay(l.On)
	if err != nil {
		return err
	}
	return c.with(func(a *app.App) error {
		found, err := a.Grants.List(c, c.Actor(), grants.Filter{Username: l.User, Role: l.Role, Unit: l.Unit, On: on}, l.query(l.Sort))
		if err != nil {
			return err
		}
		c.more(found.Next)
		if c.JSON {
			return c.PrintJSON(pageAnswer{found.Grants, found.Next})
		}
		return c.grantTable(found.Grants)
	})
}

// seen is the version of a grant, as it is now: whoever types a command has seen
// nothing else.
func (c *Context) seen(a *app.App, id int64) (int64, error) {
	g, err := a.Grants.Get(c, c.Actor(), id)
	if err != nil {
		return 0, err
	}
	return g.Version, nil
}

type grantEnd struct {
	Grant  int64  `arg:"" name:"grant"`
	On     string `name:"on" placeholder:"DATE"`
	Reason string `name:"reason" placeholder:"TEXT"`
}

func (g grantEnd) Run(c *Context) error {
	on, err := parseDay(g.On)
	if err != nil {
		return err
	}
	return c.with(func(a *app.App) error {
		version, err := c.seen(a, g.Grant)
		if err != nil {
			return err
		}
		return c.shownGrant(a.Grants.ChangeEnd(c, c.Actor(), g.Grant, version, on, g.Reason))
	})
}

type grantRevoke struct {
	Grant  int64  `arg:"" name:"grant"`
	Reason string `name:"reason" required:"" placeholder:"TEXT"`
}

func (g grantRevoke) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		version, err := c.seen(a, g.Grant)
		if err != nil {
			return err
		}
		return c.shownGrant(a.Grants.Revoke(c, c.Actor(), g.Grant, version, g.Reason))
	})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.argument.role":         {Zh: "角色", En: "role"},
	"cli.argument.grant":        {Zh: "授权", En: "grant"},
	"cli.grant":                 {Zh: "授权：谁在哪个机构持有什么角色，从何日到何日", En: "Grants: who holds which role at which unit, from which day until which"},
	"cli.grant.id":              {Zh: "授权", En: "grant"},
	"cli.grant.role":            {Zh: "角色", En: "role"},
	"cli.grant.by":              {Zh: "授权人", En: "granted by"},
	"cli.grant.revoked":         {Zh: "{at} 由 {by} 撤销", En: "revoked by {by}, {at}"},
	"cli.grant.add":             {Zh: "授予角色；不能授予自己，系统、安全、审计三员不能由一人兼任", En: "Grant a role; never to oneself, and system, security and audit administration never to one person"},
	"cli.grant.add.username":    {Zh: "用户名", En: "the username"},
	"cli.grant.add.role":        {Zh: "角色代码，见 steelyard role list", En: "the role's code: steelyard role list names them"},
	"cli.grant.add.unit":        {Zh: "机构代码", En: "the unit's code"},
	"cli.grant.add.from":        {Zh: "生效日期；不写为今天", En: "the first day; left out, today"},
	"cli.grant.add.until":       {Zh: "最后一天；不写为长期", En: "the last day; left out, without end"},
	"cli.grant.add.reason":      {Zh: "原因", En: "the reason"},
	"cli.grant.add.examples":    {Zh: "steelyard grant add 007001 branch_manager B01 --from 2026-11-01 --reason 任命", En: "steelyard grant add 007001 branch_manager B01 --from 2026-11-01 --reason appointed"},
	"cli.grant.list":            {Zh: "列出授权，已撤销的也在内", En: "List grants, those revoked too"},
	"cli.grant.list.user":       {Zh: "只列这个用户的", En: "those of this user alone"},
	"cli.grant.list.role":       {Zh: "只列这个角色的", En: "those of this role alone"},
	"cli.grant.list.unit":       {Zh: "只列在这个机构的", En: "those at this unit alone"},
	"cli.grant.list.on":         {Zh: "只列某日有效的", En: "those in force on a day alone"},
	"cli.grant.list.sort":       {Zh: "排序：id 或 from；前面加 - 为倒序", En: "the order: id or from, with - before it the other way round"},
	"cli.grant.list.limit":      {Zh: "最多列多少个", En: "how many at most"},
	"cli.grant.list.cursor":     {Zh: "接着上一页", En: "the next page: what the page before named"},
	"cli.grant.list.examples":   {Zh: "steelyard grant list --user 007001\nsteelyard grant list --role branch_manager --on 2026-11-01 --json", En: "steelyard grant list --user 007001\nsteelyard grant list --role branch_manager --on 2026-11-01 --json"},
	"cli.grant.end":             {Zh: "更改授权的最后一天", En: "Change the last day of a grant"},
	"cli.grant.end.grant":       {Zh: "授权编号", En: "the grant's number"},
	"cli.grant.end.on":          {Zh: "最后一天；不写为长期", En: "the last day; left out, without end"},
	"cli.grant.end.reason":      {Zh: "原因", En: "the reason"},
	"cli.grant.end.examples":    {Zh: "steelyard grant end 12 --on 2026-12-31", En: "steelyard grant end 12 --on 2026-12-31"},
	"cli.grant.revoke":          {Zh: "撤销授权，立即生效；记录保留", En: "Revoke a grant, at once; that it was there stays on record"},
	"cli.grant.revoke.grant":    {Zh: "授权编号", En: "the grant's number"},
	"cli.grant.revoke.reason":   {Zh: "原因", En: "the reason"},
	"cli.grant.revoke.examples": {Zh: "steelyard grant revoke 12 --reason 调离", En: "steelyard grant revoke 12 --reason moved"},
})
