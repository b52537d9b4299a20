package rbac_test

import (
	"slices"
	"testing"

	"github.com/steelyard/steelyard/rbac"
)

func TestTheDefaultPolicyHasTheRolesOfABankInBothLanguages(t *testing.T) {
	want := []string{"hr_admin", "hr_officer", "branch_manager", "team_leader", "relationship_manager", "trainer", "auditor", "system_admin", "security_admin"}
	var codes []string
	for _, r := range rbac.DefaultPolicy().Roles {
		codes = append(codes, r.Code)
		if r.NameZh == "" || r.NameEn == "" || len(r.Lines) == 0 {
			t.Errorf("role %s lacks a name or lines: %+v", r.Code, r)
		}
		for i, line := range r.Lines {
			if slices.Contains(r.Lines[:i], line) {
				t.Errorf("role %s has %+v twice", r.Code, line)
			}
			if line.Permission == rbac.ReviewImport {
				t.Errorf("role %s may import reviews: head office does not write a branch's", r.Code)
			}
		}
	}
	if !slices.Equal(codes, want) {
		t.Errorf("the roles are %v, want %v", codes, want)
	}
}

func TestEveryPermissionButThatOfPaperFormsIsGivenToSomeRole(t *testing.T) {
	for _, p := range rbac.Permissions() {
		given := slices.ContainsFunc(rbac.DefaultPolicy().Roles, func(r rbac.NamedRole) bool {
			return slices.ContainsFunc(r.Lines, func(l rbac.Line) bool { return l.Permission == p })
		})
		if given == (p == rbac.ReviewImport) {
			t.Errorf("%s: given to a role is %v", p, given)
		}
	}
}

func TestAnAuditorChangesNothing(t *testing.T) {
	for _, r := range rbac.DefaultPolicy().Roles {
		if r.Code != "auditor" {
			continue
		}
		for _, l := range r.Lines {
			switch l.Permission {
			case rbac.RunVerify, rbac.AccessExplain, rbac.ExportRun, rbac.ReviewSelf:
				continue
			}
			if string(l.Permission[len(l.Permission)-5:]) != ".read" {
				t.Errorf("an auditor may %s", l.Permission)
			}
		}
	}
}

func TestNobodyHoldsTwoOfTheThreeAdministrations(t *testing.T) {
	three := []string{"system_admin", "security_admin", "auditor"}
	for _, a := range three {
		for _, b := range three {
			if rbac.Exclusive(a, b) != (a != b) {
				t.Errorf("%s beside %s: exclusive is %v", a, b, rbac.Exclusive(a, b))
			}
		}
		if rbac.Exclusive(a, "hr_admin") || rbac.Exclusive("branch_manager", a) {
			t.Errorf("%s excludes a role of the business", a)
		}
	}
}

func TestTheDefaultPolicyIsEachCallersOwn(t *testing.T) {
	r := rbac.DefaultPolicy()
	r.Roles[0].Lines[0].Effect = rbac.Deny
	r.Exclusive[0][0] = "nobody"
	again := rbac.DefaultPolicy()
	if again.Roles[0].Lines[0].Effect != rbac.Allow || again.Exclusive[0][0] != "system_admin" {
		t.Error("what one caller changed, the next one got")
	}
}
