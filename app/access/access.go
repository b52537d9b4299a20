// Package access puts the decisions of rbac into the users' words: it turns a
// refusal into an error, and any decision into an explanation, in both languages.
package access

import (
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Require fails when the actor has a permission nowhere: the function is not theirs.
func Require(actor rbac.Actor, p rbac.Permission) error { return RequireOn(actor, p, rbac.Target{}) }

// RequireWhole fails unless the actor has a permission in the whole bank.
func RequireWhole(actor rbac.Actor, p rbac.Permission) error {
	return RequireOn(actor, p, rbac.Target{Whole: true})
}

// RequireOn fails unless the actor may use a permission on something. Whoever
// must not be told that it exists is to be answered NotFound by the caller, who
// asks for it with the actor's scope first.
func RequireOn(actor rbac.Actor, p rbac.Permission, on rbac.Target) error {
	if d := actor.Decide(p, on); !d.Allowed {
		return Refused(d)
	}
	return nil
}

// Refused is the error of a decision that is no. It names the permission and, for a
// power that is owned elsewhere, the owner; nothing of what it was to be used on.
func Refused(d rbac.Decision) *fault.Error {
	return fault.New(fault.Forbidden, "access.refused."+string(d.Step), refusal(d))
}

func refusal(d rbac.Decision) lang.Args {
	owner := lang.Text{Zh: "其他层级", En: "another level"}
	if d.Power != nil {
		owner = words("access.owner." + string(d.Power.Owner))
	}
	return lang.Args{"permission": Words(d.Permission), "owner": owner, "code": string(d.Permission)}
}

// Lacking gives the permission that a refusal is about; none for one of another sort.
func Lacking(refusal *fault.Error) (rbac.Permission, bool) {
	code, _ := refusal.Args["code"].(string)
	p := rbac.Permission(code)
	return p, p.Known() && strings.HasPrefix(refusal.Code, "access.refused.")
}

var _ = lang.Register(map[string]lang.Text{
	"access.refused.user":           {Zh: "该用户不存在或已停用", En: "the user is unknown or disabled"},
	"access.refused.token":          {Zh: "该令牌不含权限：{permission}", En: "the token does not carry the permission to {permission}"},
	"access.refused.separation":     {Zh: "职责分离：任何人不得对本人行使权限：{permission}", En: "separation of duties: nobody may {permission} where it is about themselves"},
	"access.refused.grant":          {Zh: "没有授权：{permission}", En: "no grant in force allows you to {permission} here"},
	"access.refused.deny":           {Zh: "有规则禁止：{permission}", En: "a rule denies you to {permission} here"},
	"access.refused.responsibility": {Zh: "该权限归{owner}所有，其他层级的授权不能行使：{permission}", En: "the power to {permission} is owned by {owner}: a grant that stands elsewhere does not exercise it"},
	"access.refused.policy":         {Zh: "权限规则不可用；请联系安全管理员", En: "the permission rules cannot be used; ask the security administrator"},
})
