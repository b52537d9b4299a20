package cli

import (
	"slices"
	"strconv"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/rbac"
)

type roleCommands struct {
	List roleList `cmd:""`
	Show roleShow `cmd:""`
}

type roleList struct{}

func (roleList) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		roles, err := a.Grants.Roles(c, c.Actor())
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(roles)
		}
		table := NewTable(c.Say("cli.grant.role", nil), c.Say("cli.staff.name", nil), c.Say("cli.role.lines", nil)).Right(2)
		for _, r := range roles {
			table.Row(r.Code, r.Name.In(c.Lang), strconv.Itoa(len(r.Lines)))
		}
		return table.Print(c.Stdout)
	})
}

type roleShow struct {
	Role string `arg:"" name:"role"`
}

func (s roleShow) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		roles, err := a.Grants.Roles(c, c.Actor())
		if err != nil {
			return err
		}
		at := slices.IndexFunc(roles, func(r grants.Role) bool { return r.Code == s.Role })
		if at < 0 {
			return fault.New(fault.NotFound, "role.unknown", lang.Args{"role": s.Role})
		}
		if c.JSON {
			return c.PrintJSON(roles[at])
		}
		table := NewTable(c.Say("cli.role.permission", nil), c.Say("cli.role.reach", nil), c.Say("cli.role.effect", nil))
		for _, line := range roles[at].Lines {
			table.Row(string(line.Permission), c.Say("cli.role.reach."+string(line.Reach), nil), c.Say("cli.role.effect."+string(line.Effect), nil))
		}
		return table.Print(c.Stdout)
	})
}

type dutyCommands struct {
	List dutyList `cmd:""`
	Set  dutySet  `cmd:""`
}

type dutyList struct{}

func (dutyList) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		rows, err := a.Grants.Responsibilities(c, c.Actor())
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(rows)
		}
		return c.dutyTable(rows)
	})
}

func (c *Context) dutyTable(rows []grants.Responsibility) error {
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	table := NewTable(c.Say("cli.role.permission", nil), c.Say("cli.responsibility.owner", nil), c.Say("cli.responsibility.changed_by", nil), c.Say("cli.responsibility.changed_at", nil))
	for _, r := range rows {
		at := ""
		if r.ChangedAt != nil {
			at = r.ChangedAt.In(zone).Format(minute)
		}
		table.Row(string(r.Permission), people.Level(r.Owner).Name().In(c.Lang), r.ChangedBy, at)
	}
	return table.Print(c.Stdout)
}

type dutySet struct {
	Permission string `arg:"" name:"permission"`
	Owner      string `arg:"" name:"owner"`
	Reason     string `name:"reason" placeholder:"TEXT"`
}

func (s dutySet) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		rows, err := a.Grants.Responsibilities(c, c.Actor())
		if err != nil {
			return err
		}
		var version int64
		if at := slices.IndexFunc(rows, func(r grants.Responsibility) bool { return string(r.Permission) == s.Permission }); at >= 0 {
			version = rows[at].Version
		}
		row, err := a.Grants.SetOwner(c, c.Actor(), rbac.Permission(s.Permission), rbac.Level(s.Owner), version, s.Reason)
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(row)
		}
		return c.dutyTable([]grants.Responsibility{*row})
	})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.argument.permission":           {Zh: "权限", En: "permission"},
	"cli.argument.owner":                {Zh: "归属层级", En: "owner"},
	"cli.role":                          {Zh: "角色", En: "Roles"},
	"cli.role.lines":                    {Zh: "权限数", En: "lines"},
	"cli.role.permission":               {Zh: "权限", En: "permission"},
	"cli.role.reach":                    {Zh: "范围", En: "reach"},
	"cli.role.reach.self":               {Zh: "本人", En: "oneself"},
	"cli.role.reach.unit":               {Zh: "本机构", En: "the unit"},
	"cli.role.reach.subtree":            {Zh: "本机构及下级", En: "the unit and all below"},
	"cli.role.effect":                   {Zh: "效果", En: "effect"},
	"cli.role.effect.allow":             {Zh: "允许", En: "allow"},
	"cli.role.effect.deny":              {Zh: "禁止", En: "deny"},
	"cli.role.list":                     {Zh: "列出角色", En: "List the roles"},
	"cli.role.list.examples":            {Zh: "steelyard role list", En: "steelyard role list"},
	"cli.role.show":                     {Zh: "显示一个角色的权限", En: "Show what a role allows and denies"},
	"cli.role.show.role":                {Zh: "角色代码", En: "the role's code"},
	"cli.role.show.examples":            {Zh: "steelyard role show branch_manager", En: "steelyard role show branch_manager"},
	"cli.responsibility":                {Zh: "权责表：每项权力归哪一级", En: "The responsibility table: which level owns each power"},
	"cli.responsibility.owner":          {Zh: "归属", En: "owner"},
	"cli.responsibility.list":           {Zh: "列出权责表", En: "List the responsibility table"},
	"cli.responsibility.set":            {Zh: "把一项权力交给某一级，所有服务副本 5 秒内生效，留有记录", En: "Give a power to a level; on record, and in force on every copy of the server within 5 seconds"},
	"cli.responsibility.changed_by":     {Zh: "修改人", En: "changed by"},
	"cli.responsibility.changed_at":     {Zh: "修改时间", En: "changed at"},
	"cli.responsibility.list.examples":  {Zh: "steelyard responsibility list", En: "steelyard responsibility list"},
	"cli.responsibility.set.permission": {Zh: "权限，如 review.write", En: "the permission, such as review.write"},
	"cli.responsibility.set.owner":      {Zh: "归属层级：head_office、branch 或 sub_branch", En: "the owner: head_office, branch or sub_branch"},
	"cli.responsibility.set.reason":     {Zh: "原因", En: "the reason"},
	"cli.responsibility.set.examples":   {Zh: "steelyard responsibility set review.write sub_branch --reason 总行发文", En: "steelyard responsibility set review.write sub_branch --reason \"circular 12\""},
})
