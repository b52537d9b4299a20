package cli

import (
	"errors"
	"log/slog"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/server"
)

type serveCommand struct {
	Listen         string `name:"listen" default:"127.0.0.1:8080" placeholder:"HOST:PORT" config:"STEELYARD_LISTEN"`
	PublicURL      string `name:"public-url" placeholder:"URL" config:"STEELYARD_PUBLIC_URL"`
	TrustedProxies string `name:"trusted-proxies" placeholder:"CIDR,…" config:"STEELYARD_TRUSTED_PROXIES"`
	MetricsToken   string `name:"metrics-token" placeholder:"TOKEN" config:"STEELYARD_METRICS_TOKEN"`
}

func (s serveCommand) Run(c *Context) (err error) {
	if err := c.asOperator(); err != nil {
		return err
	}
	proxies, err := server.ParseProxies(s.TrustedProxies)
	if err != nil {
		return err
	}
	program, err := c.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, program.Close()) }()
	return c.serve(program, s.Listen, app.Serving{PublicURL: s.PublicURL, TrustedProxies: proxies, MetricsToken: s.MetricsToken})
}

// serve answers on an address until the context ends.
func (c *Context) serve(program *app.App, address string, o app.Serving) error {
	o.Log = slog.New(slog.NewTextHandler(c.Stderr, nil))
	listener, err := server.Listen(c, address)
	if err != nil {
		return err
	}
	if err := c.serving(program, "http://"+listener.Addr().String(), o.Demo); err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := program.Serve(c, listener, o); err != nil {
		return err
	}
	return c.Print("cli.serve.stopped", nil)
}

// serving says where, and to whom nobody is known yet, how to begin.
func (c *Context) serving(program *app.App, address string, demo bool) error {
	if err := c.Print("cli.serve.at", lang.Args{"address": address}); err != nil {
		return err
	}
	if demo {
		return c.accounts(address)
	}
	secret, err := program.Bootstrap(c)
	if err != nil || secret == nil {
		return err
	}
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	return c.Print("cli.serve.bootstrap", lang.Args{
		"secret": secret.Value, "until": secret.ExpiresAt.In(zone).Format("2006-01-02 15:04"), "address": address,
	})
}

func databaseWords(d *db.DB) string {
	if d.Engine() == db.SQLite {
		return "SQLite " + d.Name()
	}
	return "PostgreSQL " + d.Name()
}

var _ = lang.Register(map[string]lang.Text{
	"cli.serve": {
		Zh: "启动服务：接口、接口说明和运行状况\n按 Ctrl-C 停止；正在处理的请求会先完成。",
		En: "Serve the API, its reference, and the program's health\nCtrl-C stops it; requests under way are finished first.",
	},
	"cli.serve.listen":          {Zh: "监听地址", En: "the address to listen on"},
	"cli.serve.public-url":      {Zh: "浏览器访问服务所用的网址，例如 https://scores.bank.example", En: "where browsers find the server, such as https://scores.bank.example"},
	"cli.serve.trusted-proxies": {Zh: "可信代理的网段，以逗号分隔；只相信它们给出的 X-Forwarded-For", En: "the networks of proxies, with commas between; only their X-Forwarded-For is believed"},
	"cli.serve.metrics-token":   {Zh: "读取 /metrics 所需的令牌；不给则没有 /metrics", En: "the token that reads /metrics; without one there is no such page"},
	"cli.serve.examples":        {Zh: "steelyard serve\nsteelyard serve --db bank.db --listen 127.0.0.1:9000", En: "steelyard serve\nsteelyard serve --db bank.db --listen 127.0.0.1:9000"},
	"cli.serve.at":              {Zh: "网页服务已启动：{address}（按 Ctrl-C 停止）", En: "serving on {address} (Ctrl-C stops it)"},
	"cli.serve.bootstrap": {
		Zh: "还没有安全管理员。在 {until} 之前，用这个一次性密钥设定第一位安全管理员的用户名和密码（只显示这一次，每次启动都是新的）：\n  {secret}\n  POST {address}/api/v1/secrets/redeem，内容为 secret、username、password 三项；此后由安全管理员创建第一位系统管理员。",
		En: "There is no security administrator yet. Until {until} this one-time secret sets the name and password of the first (shown this once; each start makes a new one):\n  {secret}\n  POST {address}/api/v1/secrets/redeem with secret, username and password; the security administrator then creates the first system administrator.",
	},
	"cli.serve.stopped": {Zh: "网页服务已停止", En: "the server has stopped"},
})
