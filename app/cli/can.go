package cli

import (
	"errors"
	"fmt"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/rbac"
)

// errRefused ends a command whose answer is no: it is printed, and the exit code says so.
var errRefused = errors.New("the answer is no")

type canCommand struct {
	User       string `arg:"" name:"user"`
	Permission string `arg:"" name:"permission"`
	Unit       string `name:"unit" placeholder:"CODE"`
	Staff      string `name:"staff" placeholder:"STAFF_NO"`
	On         string `name:"on" placeholder:"DATE"`
}

func (q canCommand) Run(c *Context) error {
	on, err := c.dayOrToday(q.On)
	if err != nil {
		return err
	}
	return c.looking(func(a *app.App) error {
		answer, err := a.Grants.Can(c, c.Actor(), grants.Question{
			Username: q.User, Permission: rbac.Permission(q.Permission), Unit: q.Unit, StaffNo: q.Staff, On: on,
		})
		if err != nil {
			return err
		}
		if err := c.answer(answer); err != nil || answer.Allowed {
			return err
		}
		return errRefused
	})
}

// looking does f with the services of a database that is only read.
func (c *Context) looking(f func(*app.App) error) error {
	a, err := c.OpenToRead()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	return f(a)
}

func (c *Context) answer(answer *grants.Answer) error {
	if c.JSON {
		return c.PrintJSON(answer.Contract(c.Lang))
	}
	for _, sentence := range answer.Sentences(c.Lang) {
		if _, err := fmt.Fprintln(c.Stdout, printableLines(sentence)); err != nil {
			return err
		}
	}
	return nil
}

type whoCanCommand struct {
	paging
	Permission string `arg:"" name:"permission"`
	Unit       string `name:"unit" placeholder:"CODE"`
	On         string `name:"on" placeholder:"DATE"`
}

func (q whoCanCommand) Run(c *Context) error {
	on, err := c.dayOrToday(q.On)
	if err != nil {
		return err
	}
	return c.looking(func(a *app.App) error {
		found, err := a.Grants.Holders(c, c.Actor(), grants.Question{
			Permission: rbac.Permission(q.Permission), Unit: q.Unit, On: on,
		}, q.query(""))
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

var _ = lang.Register(map[string]lang.Text{
	"cli.argument.user": {Zh: "用户名", En: "user"},
	"cli.can": {
		Zh: "一个用户能否使用一项权限，以及为什么\n退出码：能为 0，不能为 1（原因照样显示），输入有误为 2。",
		En: "May a user use a permission, and why\nExit codes: 0 for yes, 1 for no (the reason is printed all the same), 2 for wrong input.",
	},
	"cli.can.user":           {Zh: "用户名", En: "the username"},
	"cli.can.permission":     {Zh: "权限，如 review.write", En: "the permission, such as review.write"},
	"cli.can.unit":           {Zh: "在哪个机构；不写为任何地方", En: "at which unit; left out, anywhere at all"},
	"cli.can.staff":          {Zh: "对谁的记录；不写机构时按其当日所在机构", En: "whose record; without a unit where they work that day"},
	"cli.can.on":             {Zh: "哪一天；不写为今天", En: "the day; left out, today"},
	"cli.can.examples":       {Zh: "steelyard can 007001 review.write --unit B0101\nsteelyard can 007001 result.read --staff 007002 --on 2026-10-31 --json", En: "steelyard can 007001 review.write --unit B0101\nsteelyard can 007001 result.read --staff 007002 --on 2026-10-31 --json"},
	"cli.who-can":            {Zh: "谁能使用一项权限，凭哪条授权", En: "Who may use a permission, and by which grant"},
	"cli.who-can.permission": {Zh: "权限，如 review.write", En: "the permission, such as review.write"},
	"cli.who-can.unit":       {Zh: "在哪个机构；不写为任何地方", En: "at which unit; left out, anywhere at all"},
	"cli.who-can.on":         {Zh: "哪一天；不写为今天", En: "the day; left out, today"},
	"cli.who-can.limit":      {Zh: "最多列多少人", En: "how many at most"},
	"cli.who-can.cursor":     {Zh: "接着上一页", En: "the next page: what the page before named"},
	"cli.who-can.examples":   {Zh: "steelyard who-can review.write --unit B0101", En: "steelyard who-can review.write --unit B0101"},
})
