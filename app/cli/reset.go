package cli

import (
	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people/users"
)

type userReset struct {
	Username string `arg:"" name:"username"`
}

func (u userReset) Run(c *Context) error {
	return c.with(func(a *app.App) error {
		username, secret, err := a.Auth.Reset(c, c.Actor(), u.Username)
		if err != nil {
			return err
		}
		made := &users.Invitation{Username: username, Secret: secret.Value, ExpiresAt: secret.ExpiresAt}
		if c.JSON {
			return c.PrintJSON(made)
		}
		return c.invitation(made)
	})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.user.reset": {
		Zh: "重置用户的密码：结束其全部会话，原密码失效，并显示一次性密钥\n把密钥交给本人；一小时内有效，由本人设置新密码，任何人都看不到密码。",
		En: "Reset a user's password: their sessions end, the old password works no more, and a one-time secret is shown\nHand it to them: within an hour it sets a new password, which nobody else sees.",
	},
	"cli.user.reset.username": {Zh: "用户名", En: "the username"},
	"cli.user.reset.examples": {Zh: "steelyard user reset 007001\nsteelyard user reset 007001 --as sysadmin", En: "steelyard user reset 007001\nsteelyard user reset 007001 --as sysadmin"},
})
