package access_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

func TestEveryPermissionIsSaidInBothLanguages(t *testing.T) {
	for _, p := range rbac.Permissions() {
		text := access.Words(p)
		for _, said := range []string{text.Zh, text.En} {
			if !strings.Contains(said, string(p)) || len(said) <= len(p) {
				t.Errorf("%s is said as %q", p, said)
			}
		}
	}
	if text := access.Words("unknown"); text.En != "unknown" {
		t.Errorf("an unknown permission is said as %+v", text)
	}
}

func TestEveryStepIsSaidAsAnErrorAndAsAnExplanation(t *testing.T) {
	refusals := []rbac.Step{rbac.StepUser, rbac.StepToken, rbac.StepSeparation, rbac.StepGrant, rbac.StepDeny, rbac.StepResponsibility, rbac.StepPolicy}
	for _, step := range slices.Concat(refusals, []rbac.Step{rbac.StepAllowed, rbac.StepOperator}) {
		d := rbac.Decision{Step: step, Permission: rbac.ReviewWrite}
		for _, l := range []lang.Language{lang.Zh, lang.En} {
			sentences := access.Explain(l, d, access.Names{User: "wang"})
			if len(sentences) != 1 || strings.ContainsAny(sentences[0], "{}") || strings.HasPrefix(sentences[0], "access.") {
				t.Errorf("%s is explained as %q", step, sentences)
			}
			if said := access.Refused(d).In(l); slices.Contains(refusals, step) && (strings.ContainsAny(said, "{}") || strings.HasPrefix(said, "access.")) {
				t.Errorf("%s is refused as %q", step, said)
			}
		}
	}
}

// decided is the answer of a small bank to a question about user 1.
func decided(t *testing.T, p rbac.Permission, on rbac.Target) rbac.Decision {
	t.Helper()
	s, err := rbac.NewSnapshot(rbac.Policy{
		Units: []rbac.Unit{{ID: 1, Code: "HQ", Path: "/1/", Level: rbac.HeadOffice}, {ID: 2, Code: "A", Path: "/1/2/", Level: rbac.Branch}},
		Users: []rbac.User{{ID: 1, Name: "wang", StaffID: 101}},
		Roles: []rbac.Role{
			{Code: "manager", Lines: []rbac.Line{
				{Permission: rbac.ReviewWrite, Reach: rbac.Subtree, Effect: rbac.Allow},
				{Permission: rbac.TargetImport, Reach: rbac.Subtree, Effect: rbac.Allow},
				{Permission: rbac.ResultRead, Reach: rbac.Subtree, Effect: rbac.Allow},
			}},
			{Code: "barred", Lines: []rbac.Line{{Permission: rbac.ResultRead, Reach: rbac.AtUnit, Effect: rbac.Deny}}},
		},
		Grants: []rbac.Grant{
			{ID: 1, UserID: 1, Role: "manager", UnitID: 2, From: "2026-01-01"},
			{ID: 2, UserID: 1, Role: "barred", UnitID: 2, From: "2026-01-01", Until: "2026-12-31"},
		},
		Powers: []rbac.Power{{Permission: rbac.ReviewWrite, Owner: rbac.Branch}, {Permission: rbac.TargetImport, Owner: rbac.HeadOffice}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.Actor(1, "2026-10-31").Decide(p, on)
}

func TestADecisionIsExplainedByItsGrantItsLineAndTheOwner(t *testing.T) {
	names := access.Names{User: "wang", Role: lang.Text{Zh: "机构负责人", En: "unit manager"}, Unit: "甲分行"}
	for name, c := range map[string]struct {
		p      rbac.Permission
		zh, en []string
	}{
		"a power at its owner": {rbac.ReviewWrite, []string{
			"可以：wang 有权以负责人身份评价（review.write）",
			"授权：机构负责人，甲分行，自 2026-01-01 起",
			"角色规则：允许以负责人身份评价（review.write）；范围：该机构及所有下级机构",
			"职责表：此权限归分支行所有，授权正在该层级",
		}, []string{
			"yes: wang may write reviews as the manager (review.write)",
			"the grant: unit manager at 甲分行, from 2026-01-01",
			"the line of its role: allow, write reviews as the manager (review.write); reach: that unit and all below it",
			"the responsibility table: owned by the branches, where the grant stands",
		}},
		"a power that is owned elsewhere": {rbac.TargetImport, []string{
			"不可以：wang 的授权不在拥有此权限的层级：导入目标（target.import）",
			"授权：机构负责人，甲分行，自 2026-01-01 起",
			"角色规则：允许导入目标（target.import）；范围：该机构及所有下级机构",
			"职责表：此权限归总行所有，其他层级的授权不能行使",
		}, []string{
			"no: the grant of wang does not stand at the level that owns the power to import targets (target.import)",
			"the grant: unit manager at 甲分行, from 2026-01-01",
			"the line of its role: allow, import targets (target.import); reach: that unit and all below it",
			"the responsibility table: owned by head office; a grant that stands elsewhere does not exercise it",
		}},
		"a deny": {rbac.ResultRead, []string{
			"不可以：禁止优先于一切允许，wang 在此处不得行使：查看考核结果（result.read）",
			"授权：机构负责人，甲分行，2026-01-01 至 2026-12-31",
			"角色规则：禁止查看考核结果（result.read）；范围：仅该机构",
		}, []string{
			"no: a deny beats every allow, wang may not read results (result.read) here",
			"the grant: unit manager at 甲分行, from 2026-01-01 until 2026-12-31",
			"the line of its role: deny, read results (result.read); reach: that unit alone",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			d := decided(t, c.p, rbac.Target{UnitID: 2})
			if got := access.Explain(lang.Zh, d, names); !slices.Equal(got, c.zh) {
				t.Errorf("said %q", got)
			}
			if got := access.Explain(lang.En, d, names); !slices.Equal(got, c.en) {
				t.Errorf("said %q", got)
			}
		})
	}
}

func TestARefusalNamesTheOwnerOfThePower(t *testing.T) {
	err := access.Refused(decided(t, rbac.TargetImport, rbac.Target{UnitID: 2}))
	if err.Kind != fault.Forbidden || err.Code != "access.refused.responsibility" {
		t.Fatalf("refused with %+v", err)
	}
	if zh, en := err.In(lang.Zh), err.In(lang.En); !strings.Contains(zh, "总行") || !strings.Contains(en, "head office") {
		t.Errorf("said %q, %q", zh, en)
	}
}

func TestAnExplanationIsTheSameForAUnitElsewhereAndForNone(t *testing.T) {
	elsewhere := access.Explain(lang.En, decided(t, rbac.ReviewWrite, rbac.Target{UnitID: 1}), access.Names{User: "wang"})
	none := access.Explain(lang.En, decided(t, rbac.ReviewWrite, rbac.Target{UnitID: 999}), access.Names{User: "wang"})
	if len(elsewhere) != 1 || !slices.Equal(elsewhere, none) {
		t.Errorf("said %q elsewhere and %q of none", elsewhere, none)
	}
}

func TestWhoeverHasNoRightIsForbidden(t *testing.T) {
	nobody := rbac.Actor{Name: "nobody"}
	for _, err := range []error{
		access.Require(nobody, rbac.UnitRead), access.RequireWhole(nobody, rbac.UnitRead), access.RequireOn(nobody, rbac.UnitRead, rbac.Target{UnitID: 1}),
	} {
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("got %v", err)
		}
	}
	if err := access.RequireWhole(rbac.Operator("op"), rbac.PolicyManage); err != nil {
		t.Errorf("the operator is refused: %v", err)
	}
	if access.ActorOf(t.Context()).IsOperator() || !access.ActorOf(access.With(t.Context(), rbac.Operator("op"))).IsOperator() {
		t.Error("a context does not carry its actor")
	}
}
