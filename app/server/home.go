package server

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/web"
)

//go:embed page
var pageFiles embed.FS

var home = template.Must(template.ParseFS(pageFiles, "page/home.html"))

// view is what the page's template shows; every text in it is in one language.
// It is shown to everybody and says nothing of what the database holds.
type view struct {
	Lang     lang.Language
	Other    lang.Language
	Version  string
	Demo     bool
	Accounts []Account
	Built    bool // the web application is in this program
}

// Say gives a message of the page.
func (v view) Say(code string) string { return lang.Say(v.Lang, "server.page."+code, nil) }

func (s *Server) home(c *fiber.Ctx) error {
	l := languageOf(c)
	return show(c, home, view{Lang: l, Other: other(l), Version: s.options.Version, Demo: s.options.Demo, Accounts: s.options.Accounts, Built: web.Built()})
}

// other is the language that the page can be switched to.
func other(l lang.Language) lang.Language {
	if l == lang.Zh {
		return lang.En
	}
	return lang.Zh
}

// show writes a page.
func show(c *fiber.Ctx, t *template.Template, v any) error {
	var page bytes.Buffer
	if err := t.Execute(&page, v); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return html(c, languageOf(c), page.Bytes())
}

const languageParameter = "lang"

var preferred = language.NewMatcher([]language.Tag{language.English, language.Chinese})

// languageOf is what ?lang= says, or what the browser prefers.
func languageOf(c *fiber.Ctx) lang.Language {
	if asked := c.Query(languageParameter); asked == string(lang.Zh) || asked == string(lang.En) {
		return lang.Language(asked)
	}
	if _, i := language.MatchStrings(preferred, c.Get(fiber.HeaderAcceptLanguage)); i == 1 {
		return lang.Zh
	}
	return lang.En
}

// pageFile serves an embedded file.
func pageFile(name, kind string) fiber.Handler {
	text, err := pageFiles.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded, or the program was not built
	}
	return content(text, kind)
}

var _ = lang.Register(map[string]lang.Text{
	"server.page.title":          {Zh: "Steelyard 绩效考核", En: "Steelyard"},
	"server.page.tagline":        {Zh: "银行员工绩效考核：计分卡精确计算，每个数字都有来由", En: "Staff performance for banks: scorecards computed exactly, every figure explained"},
	"server.page.unbuilt":        {Zh: "这个程序不含网页应用。用 make build 重新构建（需要 Node.js 20.19 或更高版本），再启动，就能在这里登录。接口照常可用。", En: "This program was built without its web application. Build it with make build (that needs Node.js 20.19 or later) and start it again to sign in here. The API works all the same."},
	"server.page.switch":         {Zh: "English", En: "中文"},
	"server.page.demo":           {Zh: "演示数据：机构、姓名和数字均为虚构", En: "Demo data: units, names and figures are made up"},
	"server.page.here":           {Zh: "这里运行的是", En: "What runs here"},
	"server.page.version":        {Zh: "版本", En: "Version"},
	"server.page.health":         {Zh: "运行状况", En: "Health"},
	"server.page.health_process": {Zh: "进程在运行", En: "the process answers"},
	"server.page.health_ready":   {Zh: "可以处理请求", En: "requests can be answered"},
	"server.page.api":            {Zh: "接口", En: "The API"},
	"server.page.api_reference":  {Zh: "接口说明", En: "Reference"},
	"server.page.api_contract":   {Zh: "契约（OpenAPI 3.0.3）", En: "The contract (OpenAPI 3.0.3)"},
	"server.page.sign_in":        {Zh: "登录", En: "Signing in"},
	"server.page.sign_in_how":    {Zh: "用用户名和密码调用 signIn；得到的会话 Cookie 用于之后的请求：", En: "Call signIn with a username and a password; the session cookie it sets goes with the requests that follow:"},
	"server.page.sign_in_none":   {Zh: "账户由系统管理员创建。第一位安全管理员使用首次启动时显示的一次性密钥。", En: "Accounts are made by the system administrator. The first security administrator uses the one-time secret that the first start shows."},
	"server.page.who":            {Zh: "身份", En: "Who"},
	"server.page.username":       {Zh: "用户名", En: "Username"},
	"server.page.password":       {Zh: "密码", En: "Password"},
})
