package access

import (
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Names are the words for what a decision names. Where one is left out, the code is
// said in its place.
type Names struct {
	User string    // whom the question was about
	Role lang.Text // of the grant
	Unit string    // of the grant
}

// Explain says a decision in sentences: the answer, or the first step that failed;
// then the grant, the line of its role and the row of the responsibility table that
// decided. It names nothing of the target: what lies outside of the asker's scope the
// caller answers as what does not exist, before it asks for a decision.
func Explain(l lang.Language, d rbac.Decision, n Names) []string {
	sentences := []string{lang.Say(l, "access.explain."+string(d.Step), lang.Args{"user": n.User, "permission": Words(d.Permission)})}
	if d.Grant != nil {
		sentences = append(sentences, lang.Say(l, grantCode(d.Grant), grantArgs(d, n)))
	}
	if d.Line != nil {
		sentences = append(sentences, lang.Say(l, "access.explain.line", lang.Args{
			"effect": words("access.effect." + string(d.Line.Effect)), "permission": Words(d.Line.Permission),
			"reach": words("access.reach." + string(d.Line.Reach)),
		}))
	}
	if d.Power != nil {
		sentences = append(sentences, lang.Say(l, powerCode(d), lang.Args{"owner": words("access.owner." + string(d.Power.Owner))}))
	}
	return sentences
}

func grantCode(g *rbac.Grant) string {
	if g.Until == "" {
		return "access.explain.by_grant"
	}
	return "access.explain.by_grant_until"
}

func grantArgs(d rbac.Decision, n Names) lang.Args {
	role, unit := n.Role, n.Unit
	if role == (lang.Text{}) {
		role = lang.Text{Zh: d.Grant.Role, En: d.Grant.Role}
	}
	if unit == "" && d.Unit != nil {
		unit = d.Unit.Code
	}
	return lang.Args{"role": role, "unit": unit, "from": d.Grant.From, "until": d.Grant.Until}
}

// powerCode names the sentence about the responsibility table: a deny stands whoever owns the power.
func powerCode(d rbac.Decision) string {
	switch d.Step {
	case rbac.StepAllowed:
		return "access.explain.owned_there"
	case rbac.StepResponsibility:
		return "access.explain.owned_elsewhere"
	}
	return "access.explain.owned"
}

var _ = lang.Register(map[string]lang.Text{
	"access.explain.allowed":        {Zh: "可以：{user} 有权{permission}", En: "yes: {user} may {permission}"},
	"access.explain.operator":       {Zh: "可以：本机操作员不受限制", En: "yes: nothing bounds the operator of the machine"},
	"access.explain.user":           {Zh: "不可以：用户不存在或已停用", En: "no: the user is unknown or disabled"},
	"access.explain.token":          {Zh: "不可以：该令牌不含此权限：{permission}", En: "no: the token does not carry the permission to {permission}"},
	"access.explain.separation":     {Zh: "不可以：职责分离，任何人不得对本人行使此权限：{permission}", En: "no: separation of duties, nobody may {permission} where it is about themselves"},
	"access.explain.grant":          {Zh: "不可以：{user} 没有在此处有效的授权：{permission}", En: "no: no grant in force allows {user} to {permission} here"},
	"access.explain.deny":           {Zh: "不可以：禁止优先于一切允许，{user} 在此处不得行使：{permission}", En: "no: a deny beats every allow, {user} may not {permission} here"},
	"access.explain.responsibility": {Zh: "不可以：{user} 的授权不在拥有此权限的层级：{permission}", En: "no: the grant of {user} does not stand at the level that owns the power to {permission}"},
	"access.explain.policy":         {Zh: "不可以：权限规则为空或不可用", En: "no: the permission rules are empty or cannot be used"},

	"access.explain.by_grant":        {Zh: "授权：{role}，{unit}，自 {from} 起", En: "the grant: {role} at {unit}, from {from}"},
	"access.explain.by_grant_until":  {Zh: "授权：{role}，{unit}，{from} 至 {until}", En: "the grant: {role} at {unit}, from {from} until {until}"},
	"access.explain.line":            {Zh: "角色规则：{effect}{permission}；范围：{reach}", En: "the line of its role: {effect}, {permission}; reach: {reach}"},
	"access.explain.owned":           {Zh: "职责表：此权限归{owner}所有", En: "the responsibility table: owned by {owner}"},
	"access.explain.owned_there":     {Zh: "职责表：此权限归{owner}所有，授权正在该层级", En: "the responsibility table: owned by {owner}, where the grant stands"},
	"access.explain.owned_elsewhere": {Zh: "职责表：此权限归{owner}所有，其他层级的授权不能行使", En: "the responsibility table: owned by {owner}; a grant that stands elsewhere does not exercise it"},
})
