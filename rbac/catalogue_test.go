package rbac_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"github.com/steelyard/steelyard/rbac"
)

func TestEveryPermissionThatIsNamedStandsInTheCatalogueOnce(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "permission.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var named []rbac.Permission
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, _ := strconv.Unquote(lit.Value)
			named = append(named, rbac.Permission(text))
		}
		return true
	})
	listed := rbac.Permissions()
	slices.Sort(named)
	slices.Sort(listed)
	if !slices.Equal(named, listed) {
		t.Errorf("named are %v, the catalogue lists %v", named, listed)
	}
	if len(slices.Compact(listed)) != len(named) {
		t.Error("a permission stands in the catalogue twice")
	}
}

func TestD01_WhatScoresOrRewardsIsSeparated(t *testing.T) {
	for _, p := range []rbac.Permission{
		rbac.StaffManage, rbac.PeriodPublish, rbac.RunCreate, rbac.GrantManage, rbac.TargetImport, rbac.ActualImport, rbac.SurveyImport,
		rbac.EventImport, rbac.AdjustmentImport, rbac.VetoImport, rbac.ReviewImport, rbac.ReviewWrite, rbac.ReviewPeer, rbac.ReviewReturn, rbac.ReviewAssign,
	} {
		if !p.Separated() {
			t.Errorf("%s is not separated", p)
		}
	}
	for _, p := range []rbac.Permission{rbac.ResultRead, rbac.ReviewRead, rbac.ReviewSelf, rbac.StaffRead} {
		if p.Separated() {
			t.Errorf("%s is refused on one's own record", p)
		}
	}
}

func TestATokenGivesNoMoreThanItCarriesHoweverOftenItIsNarrowed(t *testing.T) {
	s, err := rbac.NewSnapshot(plain())
	if err != nil {
		t.Fatal(err)
	}
	actor := s.Actor(1, "2026-10-31")
	narrowed := actor.Limited([]rbac.Permission{rbac.UnitRead}).Limited([]rbac.Permission{rbac.UnitRead, rbac.ResultRead})
	if d := narrowed.Decide(rbac.ResultRead, rbac.Target{}); d.Allowed || d.Step != rbac.StepToken {
		t.Errorf("decided %+v", d)
	}
	if !narrowed.Scope(rbac.ResultRead).Empty() || actor.Scope(rbac.ResultRead).Empty() {
		t.Error("the scopes do not follow what the token carries")
	}
	if d := narrowed.Decide(rbac.UnitRead, rbac.Target{}); d.Allowed || d.Step != rbac.StepGrant {
		t.Errorf("a token gives what its owner has not: %+v", d)
	}
}
