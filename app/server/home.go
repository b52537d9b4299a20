package server

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"

	"github.com/steelyard/steelyard/app/lang"
)

//go:embed page
var pages embed.FS

var home = template.Must(template.ParseFS(pages, "page/home.html"))

// view is what the page's template shows; every text in it is in one language.
type view struct {
	Lang    lang.Language
	Other   lang.Language
	Options Options
	Periods []Period
}

// Say gives a message of the page.
func (v view) Say(code string) string { return lang.Say(v.Lang, "server.page."+code, nil) }

// State gives the name of a period's state.
func (v view) State(state string) string { return v.Say("state_" + state) }

// At gives the day and time of a run as readers write them.
func (v view) At(p Period) string {
	if p.RunAt.IsZero() {
		return ""
	}
	return p.RunAt.In(v.Options.Zone).Format("2006-01-02 15:04")
}

// Latest is the newest period that has results, or nothing.
func (v view) Latest() *Period {
	for i := range v.Periods {
		if v.Periods[i].Run > 0 {
			return &v.Periods[i]
		}
	}
	return nil
}

// Command writes a command line that works on the database of this page.
func (v view) Command(words ...string) string {
	line := strings.Join(append([]string{"steelyard"}, words...), " ")
	if v.Options.Flags != "" {
		line += " " + v.Options.Flags
	}
	return line
}

func (s *Server) home(c *fiber.Ctx) error {
	periods, err := s.options.Overview.Periods(c.UserContext())
	if err != nil {
		return err
	}
	v := view{Lang: languageOf(c), Other: lang.Zh, Options: s.options, Periods: periods}
	if v.Lang == lang.Zh {
		v.Other = lang.En
	}
	var page bytes.Buffer
	if err := home.Execute(&page, v); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Set(fiber.HeaderContentLanguage, string(v.Lang))
	c.Vary(fiber.HeaderAcceptLanguage)
	return c.Send(page.Bytes())
}

var preferred = language.NewMatcher([]language.Tag{language.English, language.Chinese})

// languageOf is what ?lang= says, or what the browser prefers.
func languageOf(c *fiber.Ctx) lang.Language {
	if asked := c.Query("lang"); asked == string(lang.Zh) || asked == string(lang.En) {
		return lang.Language(asked)
	}
	if _, i := language.MatchStrings(preferred, c.Get(fiber.HeaderAcceptLanguage)); i == 1 {
		return lang.Zh
	}
	return lang.En
}

// asset serves an embedded file.
func asset(name, kind string) fiber.Handler {
	content, err := pages.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded, or the program was not built
	}
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, kind)
		return c.Send(content)
	}
}

var _ = lang.Register(map[string]lang.Text{
	"server.page.title":            {Zh: "Steelyard 绩效考核", En: "Steelyard"},
	"server.page.tagline":          {Zh: "银行员工绩效考核：计分卡精确计算，每个数字都有来由", En: "Staff performance for banks: scorecards computed exactly, every figure explained"},
	"server.page.switch":           {Zh: "English", En: "中文"},
	"server.page.demo":             {Zh: "演示数据：机构、姓名和数字均为虚构", En: "Demo data: units, names and figures are made up"},
	"server.page.here":             {Zh: "这里运行的是", En: "What runs here"},
	"server.page.version":          {Zh: "版本", En: "Version"},
	"server.page.database":         {Zh: "数据库", En: "Database"},
	"server.page.periods":          {Zh: "考核期", En: "Periods"},
	"server.page.period":           {Zh: "考核期", En: "Period"},
	"server.page.state":            {Zh: "状态", En: "State"},
	"server.page.run":              {Zh: "最近一次计分", En: "Latest run"},
	"server.page.members":          {Zh: "人数", En: "Members"},
	"server.page.workbook":         {Zh: "工作簿", En: "Workbook"},
	"server.page.no_run":           {Zh: "尚未计分", En: "not run yet"},
	"server.page.no_periods":       {Zh: "还没有考核期。请先导入机构、员工和计分卡，再创建考核期：", En: "There is no period yet. Import units, staff and scorecards, then create one:"},
	"server.page.next":             {Zh: "接下来", En: "How to go on"},
	"server.page.next_results":     {Zh: "查看结果", En: "See the results"},
	"server.page.next_explain":     {Zh: "用文字说明一位员工的得分", En: "Explain one member's score in words"},
	"server.page.next_export":      {Zh: "导出工作簿", En: "Export the workbook"},
	"server.page.next_help":        {Zh: "使用手册", En: "Read the manual"},
	"server.page.state_draft":      {Zh: "草稿", En: "draft"},
	"server.page.state_collecting": {Zh: "收集", En: "collecting"},
	"server.page.state_scoring":    {Zh: "计分", En: "scoring"},
	"server.page.state_published":  {Zh: "已发布", En: "published"},
	"server.page.state_closed":     {Zh: "已关闭", En: "closed"},
	"server.page.staff_no":         {Zh: "工号", En: "STAFF_NO"},
})
