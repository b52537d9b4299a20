package server

import (
	"html/template"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/lang"
)

var password = template.Must(template.ParseFS(pageFiles, "page/password.html"))

// password is where the links of one-time secrets lead: the secret stands behind #
// and is not sent until its owner sets a password.
func (s *Server) password(c *fiber.Ctx) error {
	l := languageOf(c)
	return show(c, password, view{Lang: l, Other: other(l), Version: s.options.Version})
}

var _ = lang.Register(map[string]lang.Text{
	"server.page.secret":                {Zh: "一次性密钥", En: "One-time secret"},
	"server.page.new_password":          {Zh: "设置密码", En: "Set a password"},
	"server.page.new_password_how":      {Zh: "15 至 128 个字符，任何文字均可；几个互不相关的词既好记又安全", En: "15 to 128 characters of any script; some words that have nothing to do with each other are easy to keep and hard to guess"},
	"server.page.new_password_again":    {Zh: "再输入一次", En: "Once more"},
	"server.page.new_password_set":      {Zh: "设置", En: "Set"},
	"server.page.new_password_mismatch": {Zh: "两次输入的密码不一致", En: "The two passwords differ"},
	"server.page.new_password_done":     {Zh: "{username} 的密码已设置，现在可以登录", En: "The password of {username} is set; they can sign in now"},
	"server.page.new_password_failed":   {Zh: "无法连接服务器；请稍后重试", En: "The server cannot be reached; try again in a moment"},
	"server.page.new_password_script":   {Zh: "此页面需要启用 JavaScript", En: "This page needs JavaScript"},
})
