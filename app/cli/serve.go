package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/server"
	"github.com/steelyard/steelyard/rbac"
)

type serveCommand struct {
	Listen string `name:"listen" default:"127.0.0.1:8080" placeholder:"HOST:PORT" config:"STEELYARD_LISTEN"`
	Out    string `name:"out" default:"out" placeholder:"DIR"`
}

func (s serveCommand) Run(c *Context) (err error) {
	program, err := c.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	return c.serve(program, s.Listen, s.Out, false)
}

// serve answers on an address until the context ends. The page names the
// workbooks that lie in the folder out.
func (c *Context) serve(program *app.App, address, out string, demo bool) error {
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	listener, err := server.Listen(c, address)
	if err != nil {
		return err
	}
	s := server.New(server.Options{
		Version: config.ThisBuild().Version, Database: databaseWords(program.DB), Flags: databaseFlag(program.DB), Demo: demo, Zone: zone,
		Overview: overview{program, c.Actor(), out},
		Log:      slog.New(slog.NewTextHandler(c.Stderr, nil)),
	})
	if err := c.Print("cli.serve.at", lang.Args{"address": "http://" + listener.Addr().String()}); err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := s.Serve(c, listener); err != nil {
		return err
	}
	return c.Print("cli.serve.stopped", nil)
}

func databaseWords(d *db.DB) string {
	if d.Engine() == db.SQLite {
		return "SQLite " + d.Name()
	}
	return "PostgreSQL " + d.Name()
}

// databaseFlag is what a command needs to find the same database. The URL of a
// PostgreSQL database may hold a password and is left to STEELYARD_DB.
func databaseFlag(d *db.DB) string {
	if d.Engine() == db.SQLite && d.Name() != "steelyard.db" {
		return "--db " + d.Name()
	}
	return ""
}

// shownPeriods is how many periods the page lists: two years of months.
const shownPeriods = 24

// overview tells the page what the services know.
type overview struct {
	program *app.App
	actor   rbac.Actor
	out     string
}

func (o overview) Healthy(ctx context.Context) error {
	return o.program.DB.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, "SELECT 1")
		return err
	})
}

func (o overview) Periods(ctx context.Context) ([]server.Period, error) {
	found, err := o.program.Periods.List(ctx, o.actor)
	if err != nil {
		return nil, err
	}
	var shown []server.Period
	for _, p := range found[:min(len(found), shownPeriods)] {
		period := server.Period{Code: p.Code, State: string(p.State), Workbook: o.workbook(p.Code)}
		list, err := o.program.Runs.List(ctx, o.actor, p.Code)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			period.Run, period.RunAt, period.Members = list[0].Number, list[0].FinishedAt, list[0].Members
		}
		shown = append(shown, period)
	}
	return shown, nil
}

// workbook gives where the workbook of a period lies, or nothing.
func (o overview) workbook(period string) string {
	path := filepath.Join(o.out, period+".xlsx")
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

var _ = lang.Register(map[string]lang.Text{
	"cli.serve": {
		Zh: "启动网页服务，显示这里运行的内容\n按 Ctrl-C 停止；正在处理的请求会先完成。",
		En: "Serve a page that says what runs here\nCtrl-C stops it; requests under way are finished first.",
	},
	"cli.serve.listen":   {Zh: "监听地址", En: "the address to listen on"},
	"cli.serve.out":      {Zh: "工作簿所在的文件夹，页面会列出其中的工作簿", En: "the folder whose workbooks the page names"},
	"cli.serve.examples": {Zh: "steelyard serve\nsteelyard serve --db bank.db --listen 127.0.0.1:9000", En: "steelyard serve\nsteelyard serve --db bank.db --listen 127.0.0.1:9000"},
	"cli.serve.at":       {Zh: "网页服务已启动：{address}（按 Ctrl-C 停止）", En: "serving on {address} (Ctrl-C stops it)"},
	"cli.serve.stopped":  {Zh: "网页服务已停止", En: "the server has stopped"},
})
