package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/seed"
	"github.com/steelyard/steelyard/app/server"
)

type demoCommand struct {
	Out     string `name:"out" default:"out" placeholder:"DIR"`
	Today   string `name:"today" placeholder:"DATE"`
	Listen  string `name:"serve" default:"127.0.0.1:8080" placeholder:"HOST:PORT" config:"STEELYARD_LISTEN"`
	NoServe bool   `name:"no-serve"`
}

func (d demoCommand) Run(c *Context) (err error) {
	if err := c.asOperator(); err != nil {
		return err
	}
	today, err := d.day(c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(d.Out, 0o755); err != nil { //nolint:gosec // a folder of the user's own, as readable as any
		return outputFault(err, filepath.Join(d.Out, "x"))
	}
	latest, err := d.bank(c, today)
	if err != nil {
		return err
	}
	program, err := c.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	if err := d.workbook(c, program, latest); err != nil {
		return err
	}
	if d.NoServe {
		return c.accounts("http://" + d.Listen)
	}
	return c.serve(program, d.Listen, app.Serving{Demo: true, Accounts: accounts()})
}

// accounts are the demo's users as the page names them.
func accounts() []server.Account {
	var all []server.Account
	for _, a := range seed.Accounts() {
		all = append(all, server.Account{Username: a.Username, Password: seed.Password, Who: a.Who, Sees: a.Sees})
	}
	return all
}

// accounts says how to sign in to the demo as each kind of user, at an address.
func (c *Context) accounts(address string) error {
	table := NewTable(c.Say("cli.demo.who", nil), c.Say("cli.demo.username", nil), c.Say("cli.demo.password", nil), c.Say("cli.demo.sees", nil))
	for _, a := range seed.Accounts() {
		table.Row(a.Who.In(c.Lang), a.Username, seed.Password, a.Sees.In(c.Lang))
	}
	if err := c.Print("cli.demo.accounts", nil); err != nil {
		return err
	}
	if err := table.Print(c.Stdout); err != nil {
		return err
	}
	return c.Print("cli.demo.curl", lang.Args{
		"address": address, "body": fmt.Sprintf(`{"username":%q,"password":%q}`, seed.Accounts()[0].Username, seed.Password),
	})
}

// day is the day from which the demo bank looks back.
func (d demoCommand) day(c *Context) (db.Date, error) {
	if d.Today == "" {
		zone, err := c.Zone()
		if err != nil {
			return db.Date{}, err
		}
		return db.DateOf(c.Clock().In(zone)), nil
	}
	day, err := db.ParseDate(d.Today)
	if err != nil {
		return db.Date{}, fault.Wrap(err, fault.Invalid, "cli.demo.bad_day", lang.Args{"value": printable(d.Today)})
	}
	return day, nil
}

// bank sees to it that the demo bank is there, and gives its latest month. It is
// loaded by services that live in the months it is about.
func (d demoCommand) bank(c *Context, today db.Date) (latest string, err error) {
	begin, clock := c.Clock(), &seed.Clock{}
	program, err := app.Open(c, c.DB, clock.Now)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	progress := c.Progress("cli.demo.progress", nil)
	defer progress.Done()
	loader := seed.Loader{
		Imports: program.Imports, People: program.People, Periods: program.Periods, Runs: program.Runs,
		Users: program.Users, Grants: program.Grants, Auth: program.Auth, Reviews: program.Reviews,
		Clock: clock, Actor: c.Actor(), As: program.Actor,
		Progress: func(done, total int) { progress.Step(int64(done), int64(total)) },
	}
	latest, made, err := loader.Ensure(c, today)
	progress.Done()
	if err != nil {
		return "", err
	}
	said := "cli.demo.kept"
	if made {
		said = "cli.demo.made"
	}
	return latest, c.Print(said, lang.Args{
		"database": databaseWords(program.DB), "period": latest, "seconds": c.Clock().Sub(begin).Round(100 * time.Millisecond).Seconds(),
	})
}

// workbook writes the workbook of the latest month, unless it is there already.
func (d demoCommand) workbook(c *Context, program *app.App, period string) error {
	path, err := filepath.Abs(filepath.Join(d.Out, period+".xlsx"))
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err == nil {
		return c.Print("cli.demo.workbook_kept", lang.Args{"file": path})
	} else if !errors.Is(err, fs.ErrNotExist) {
		return outputFault(err, path)
	}
	done, err := exportCommand{Period: period, Out: path, Cards: true}.write(c, program)
	if err != nil {
		return err
	}
	if err := c.Print("cli.demo.workbook", lang.Args{"period": period, "file": done.Workbook, "members": grouped(int64(done.Members))}); err != nil || done.Cards == "" {
		return err
	}
	return c.Print("cli.export.cards_done", lang.Args{"file": done.Cards})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.demo": {
		Zh: "演示：建立演示银行，对最近一个月计分，写出工作簿，并启动网页服务\n演示银行有总行、3 家分行、12 家支行、240 名员工和截至上月的 12 个考核期；已有的数据会保留。",
		En: "The demo bank: make it, score its last month, write the workbook, and serve a page\nA head office, three branches, twelve outlets, 240 people and twelve months up to the last; what is there is kept.",
	},
	"cli.demo.out":           {Zh: "工作簿写入的文件夹，没有时会创建", En: "the folder for the workbook, created where it is missing"},
	"cli.demo.today":         {Zh: "以哪一天为“今天”，如 2026-11-24；不写则为当天", En: "the day to look back from, such as 2026-11-24; left out, today"},
	"cli.demo.serve":         {Zh: "网页服务的监听地址", En: "the address to serve the page on"},
	"cli.demo.no-serve":      {Zh: "不启动网页服务", En: "do not serve the page"},
	"cli.demo.examples":      {Zh: "steelyard demo --db demo.db\nsteelyard demo --db demo.db --out out --today 2026-11-24 --no-serve", En: "steelyard demo --db demo.db\nsteelyard demo --db demo.db --out out --today 2026-11-24 --no-serve"},
	"cli.demo.progress":      {Zh: "正在建立演示银行", En: "making the demo bank"},
	"cli.demo.made":          {Zh: "已在 {database} 建立演示银行，并完成 {period} 的计分，用时 {seconds} 秒", En: "made the demo bank in {database} and scored {period}, in {seconds} s"},
	"cli.demo.kept":          {Zh: "{database} 中已有演示银行，数据保留；最近一个已计分的考核期是 {period}", En: "the demo bank in {database} is kept as it is; its last scored month is {period}"},
	"cli.demo.workbook":      {Zh: "{period} 的工作簿（{members} 人）：{file}", En: "the workbook of {period} ({members} members): {file}"},
	"cli.demo.workbook_kept": {Zh: "工作簿已有，未重写：{file}", En: "the workbook is there already and stays: {file}"},
	"cli.demo.accounts": {
		Zh: "各类用户的登录方式（这些用户只在演示库中有，改过的密码以改后的为准）：",
		En: "how to sign in as each kind of user (they exist in the demo database alone; a password that was changed is as it was changed):",
	},
	"cli.demo.who":      {Zh: "用户类型", En: "kind of user"},
	"cli.demo.username": {Zh: "用户名", En: "username"},
	"cli.demo.password": {Zh: "密码", En: "password"},
	"cli.demo.sees":     {Zh: "能看什么、做什么", En: "what they see and do"},
	"cli.demo.curl": {
		Zh: "登录示例（之后的请求带上回应里的 __Host-steelyard Cookie）：\n  curl -i {address}/api/v1/sign-in -H 'Content-Type: application/json' -d '{body}'",
		En: "signing in, for example (later requests carry the cookie __Host-steelyard of the answer):\n  curl -i {address}/api/v1/sign-in -H 'Content-Type: application/json' -d '{body}'",
	},
	"cli.demo.bad_day": {Zh: "--today 的值“{value}”不是日期；应如 2026-11-24", En: "--today is {value}, which is no day; write it as 2026-11-24"},
})
