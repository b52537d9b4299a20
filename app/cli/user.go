package cli

import (
	"fmt"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people/users"
)

type userCommands struct {
	Create  userCreate  `cmd:""`
	List    userList    `cmd:""`
	Show    userShow    `cmd:""`
	Disable userDisable `cmd:""`
	Enable  userEnable  `cmd:""`
	Invite  userInvite  `cmd:""`
	Reset   userReset   `cmd:""`
}

// with does f with the services of a database that is there.
func (c *Context) with(f func(*app.App) error) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // what f did is committed, or has failed with an error of its own
	return f(a)
}

// paging is what every list that comes in pages takes.
type paging struct {
	Limit  int    `name:"limit" default:"50" placeholder:"N"`
	Cursor string `name:"cursor" placeholder:"CURSOR"`
}

func (p paging) query(sort string) page.Query {
	return page.Query{Limit: p.Limit, Cursor: p.Cursor, Sort: sort}
}

// more says, where a list goes on, how to see the rest.
func (c *Context) more(next string) {
	if next != "" {
		fmt.Fprintln(c.Stderr, c.Say("cli.page.more", lang.Args{"cursor": next}))
	}
}

// pageAnswer is a page as programs read it.
type pageAnswer struct {
	Items any    `json:"items"`
	Next  string `json:"next,omitempty"`
}

type userCreate struct {
	Username string `arg:"" name:"username"`
	Staff    string `name:"staff" placeholder:"STAFF_NO"`
	Email    string `name:"email" placeholder:"ADDRESS"`
}

func (u userCreate) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		made, err := a.Grants.CreateUser(c, c.Actor(), users.New{Username: u.Username, StaffNo: u.Staff, Email: u.Email})
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(made)
		}
		if err := c.Print("cli.user.created", lang.Args{"username": made.User.Username}); err != nil || made.Invitation == nil {
			return err
		}
		return c.invitation(made.Invitation)
	})
}

// invitation prints a one-time secret, this once.
func (c *Context) invitation(i *users.Invitation) error {
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	return c.Print("cli.user.secret", lang.Args{"username": i.Username, "secret": i.Secret, "until": i.ExpiresAt.In(zone).Format(minute)})
}

type userList struct {
	paging
	Search string `name:"search" placeholder:"TEXT"`
	State  string `name:"state" placeholder:"active|disabled" enum:"active,disabled," default:""`
	Sort   string `name:"sort" placeholder:"ORDER"`
}

func (l userList) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		found, err := a.Users.List(c, c.Actor(), users.Filter{Search: l.Search, State: users.State(l.State)}, l.query(l.Sort))
		if err != nil {
			return err
		}
		c.more(found.Next)
		if c.JSON {
			return c.PrintJSON(pageAnswer{found.Users, found.Next})
		}
		return c.userTable(found.Users)
	})
}

func (c *Context) userTable(list []users.User) error {
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	table := NewTable(c.Say("cli.user.username", nil), c.Say("cli.staff.no", nil), c.Say("cli.staff.name", nil),
		c.Say("cli.user.email", nil), c.Say("cli.staff.state", nil), c.Say("cli.user.created_at", nil))
	for _, u := range list {
		table.Row(u.Username, u.StaffNo, u.Name, u.Email, u.State.Words().In(c.Lang), u.CreatedAt.In(zone).Format(minute))
	}
	return table.Print(c.Stdout)
}

func (c *Context) shownUser(u *users.User, err error) error {
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(u)
	}
	return c.userTable([]users.User{*u})
}

type userShow struct {
	Username string `arg:"" name:"username"`
}

func (u userShow) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		return c.shownUser(a.Users.Get(c, c.Actor(), u.Username))
	})
}

type userDisable struct {
	Username string `arg:"" name:"username"`
}

func (u userDisable) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		return c.shownUser(a.Users.SetState(c, c.Actor(), u.Username, users.Disabled))
	})
}

type userEnable struct {
	Username string `arg:"" name:"username"`
}

func (u userEnable) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		return c.shownUser(a.Users.SetState(c, c.Actor(), u.Username, users.Active))
	})
}

type userInvite struct {
	Username string `arg:"" name:"username"`
}

func (u userInvite) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		made, err := a.Users.Invite(c, c.Actor(), u.Username)
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(made)
		}
		return c.invitation(made)
	})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.argument.username":     {Zh: "用户名", En: "username"},
	"cli.page.more":             {Zh: "还有更多；用 --cursor {cursor} 继续", En: "there are more; go on with --cursor {cursor}"},
	"cli.user":                  {Zh: "用户（登录账号）", En: "Users: who signs in"},
	"cli.user.username":         {Zh: "用户名", En: "username"},
	"cli.user.email":            {Zh: "邮箱", En: "email"},
	"cli.user.created_at":       {Zh: "建立", En: "created"},
	"cli.user.created":          {Zh: "已建立用户 {username}", En: "the user {username} is created"},
	"cli.user.secret":           {Zh: "{username} 的一次性密钥，仅显示这一次，{until} 前有效：\n  {secret}", En: "the one-time secret of {username}, shown this once, good until {until}:\n  {secret}"},
	"cli.user.create":           {Zh: "建立用户，并显示一次性密钥，用于设置第一个密码", En: "Create a user, and show the one-time secret that sets the first password"},
	"cli.user.create.username":  {Zh: "用户名；员工的用户名就是工号", En: "the username; for staff the staff number"},
	"cli.user.create.staff":     {Zh: "工号；服务账号不写", En: "the staff number; left out for service accounts"},
	"cli.user.create.email":     {Zh: "邮箱", En: "the email address"},
	"cli.user.create.examples":  {Zh: "steelyard user create 007001 --staff 007001\nsteelyard user create reporting --email it@bank.example", En: "steelyard user create 007001 --staff 007001\nsteelyard user create reporting --email it@bank.example"},
	"cli.user.list":             {Zh: "列出用户", En: "List users"},
	"cli.user.list.search":      {Zh: "用户名、姓名或拼音的一部分", En: "a part of the username, the name or its pinyin"},
	"cli.user.list.state":       {Zh: "只列启用或停用的", En: "those that are active, or disabled, alone"},
	"cli.user.list.sort":        {Zh: "排序：username 或 created_at；前面加 - 为倒序", En: "the order: username or created_at, with - before it the other way round"},
	"cli.user.list.limit":       {Zh: "最多列多少个", En: "how many at most"},
	"cli.user.list.cursor":      {Zh: "接着上一页", En: "the next page: what the page before named"},
	"cli.user.list.examples":    {Zh: "steelyard user list --search 陈\nsteelyard user list --state disabled --json", En: "steelyard user list --search chen\nsteelyard user list --state disabled --json"},
	"cli.user.show":             {Zh: "显示一个用户", En: "Show a user"},
	"cli.user.show.username":    {Zh: "用户名", En: "the username"},
	"cli.user.show.examples":    {Zh: "steelyard user show 007001", En: "steelyard user show 007001"},
	"cli.user.disable":          {Zh: "停用用户：其会话立即失效", En: "Disable a user: their sessions end at once"},
	"cli.user.disable.username": {Zh: "用户名", En: "the username"},
	"cli.user.disable.examples": {Zh: "steelyard user disable 007001", En: "steelyard user disable 007001"},
	"cli.user.enable":           {Zh: "启用已停用的用户", En: "Let a disabled user in again"},
	"cli.user.enable.username":  {Zh: "用户名", En: "the username"},
	"cli.user.enable.examples":  {Zh: "steelyard user enable 007001", En: "steelyard user enable 007001"},
	"cli.user.invite":           {Zh: "为用户生成新的一次性密钥，用于设置第一个密码（导入的用户用它）", En: "Make a new one-time secret for a first password: that of users who came by file"},
	"cli.user.invite.username":  {Zh: "用户名", En: "the username"},
	"cli.user.invite.examples":  {Zh: "steelyard user invite 007001", En: "steelyard user invite 007001"},
})
