// Package access puts the decisions of rbac into the users' words: it turns a
// refusal into an error, and any decision into an explanation, in both languages.
package access

import (
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

// Refused is the error of a decision that is no.
func Refused(d rbac.Decision) *fault.Error {
	return fault.New(fault.Forbidden, "access.refused."+string(d.Step), lang.Args{"permission": string(d.Permission)})
}

var _ = lang.Register(map[string]lang.Text{
	"access.refused.user":           {Zh: "该用户不存在或已停用", En: "the user is unknown or disabled"},
	"access.refused.token":          {Zh: "该令牌不含权限 {permission}", En: "the token does not carry the permission {permission}"},
	"access.refused.separation":     {Zh: "职责分离：不能对本人使用权限 {permission}", En: "separation of duties: nobody uses {permission} on themselves"},
	"access.refused.grant":          {Zh: "没有授予权限 {permission}", En: "no grant gives you {permission} here"},
	"access.refused.deny":           {Zh: "权限 {permission} 在此被禁止", En: "{permission} is denied to you here"},
	"access.refused.responsibility": {Zh: "权限 {permission} 归其他层级所有", En: "{permission} is owned by another level"},
	"access.refused.policy":         {Zh: "权限规则不可用；请联系安全管理员", En: "the permission rules cannot be used; ask the security administrator"},
})
