package grants_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/apptest/world"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/rbac/rbactest"
)

// must grants what is taken as given, in the name of the security administrator.
func (b bank) must(user, role, unit string, from, until db.Date) *grants.Grant {
	b.Helper()
	g, err := b.grant("sec", user, role, unit, from, until)
	if err != nil {
		b.Fatal(err)
	}
	return g
}

// mute makes a role that denies permissions everywhere.
func (b bank) mute(denied ...rbac.Permission) {
	b.Helper()
	r := grants.Role{Code: "mute", Name: lang.Text{Zh: "禁言", En: "mute"}}
	for _, p := range denied {
		r.Lines = append(r.Lines, rbac.Line{Permission: p, Reach: rbac.Subtree, Effect: rbac.Deny})
	}
	if _, err := b.Grants.PutRole(b.Context(), b.as("sec"), r); err != nil {
		b.Fatal(err)
	}
}

func (b bank) file(by, kind string, lines ...string) error {
	b.Helper()
	_, err := world.TryImport(b.Context(), b, b.App, b.as(by), kind, lines...)
	return err
}

// holders gives who has a permission in the whole bank on a day.
func (b bank) holders(p rbac.Permission, day db.Date) string {
	b.Helper()
	list, err := b.Grants.Holders(b.Context(), world.Operator(), grants.Question{Permission: p, On: day}, page.Query{})
	if err != nil {
		b.Fatal(err)
	}
	var names []string
	for _, g := range list.Grants {
		names = append(names, g.Username)
	}
	return strings.Join(names, " ")
}

func TestD03_AUnitsFileTakesNoPowerFromTheWholeBank(t *testing.T) {
	eachBank(t, func(b bank) {
		b.must("new", "hr_officer", "HQ", today, forever)
		for name, lines := range map[string][]string{
			"a unit above the root":           {"TOP,Top,head_office,", "HQ,总行,branch,TOP"},
			"the root at another level":       {"HQ,总行,branch,"},
			"the root under its own":          {"HQ,总行,branch,A", "A,A,head_office,"},
			"a unit above, first named below": {"HQ,总行,head_office,TOP", "TOP,Top,head_office,"},
		} {
			err := b.file("new", "units", append([]string{"unit_code,name,level,parent_code"}, lines...)...)
			if e, ok := fault.As(err); !ok || e.Kind != fault.Invalid {
				b.Errorf("%s: %v", name, err)
			}
		}
		for p, who := range map[rbac.Permission]string{rbac.GrantManage: "sec", rbac.PolicyManage: "sec", rbac.UserManage: "sys", rbac.AuditRead: "aud"} {
			if !b.may(who, p, "A1") || !b.may(who, p, "") {
				b.Errorf("%s has lost %s", who, p)
			}
		}
	})
}

func TestD03_WhoeverIsGrantedForADayOrAtAnOutletIsNoSuccessor(t *testing.T) {
	eachBank(t, func(b bank) {
		b.must("new", "system_admin", "A1", today, today)
		b.must("s2", "system_admin", "HQ", today, today.AddDays(30))
		g := b.of("sys")
		_, err := b.Grants.Revoke(b.Context(), b.as("sec"), g.ID, g.Version, "away")
		b.expect(err, "grant.last_administrator")
		e, ok := fault.As(err)
		if !ok || !strings.Contains(e.In(lang.Zh), "管理用户（user.manage）") || !strings.Contains(e.In(lang.En), "manage users (user.manage)") ||
			!strings.Contains(e.In(lang.En), today.AddDays(31).String()) {
			b.Errorf("the refusal says %v", err)
		}
		if _, err := b.Grants.ChangeEnd(b.Context(), b.as("sec"), g.ID, g.Version, today.AddDays(20), ""); fault.KindOf(err) != fault.Conflict {
			b.Errorf("an end before that of the successor: %v", err)
		}
		b.must("s9", "system_admin", "HQ", today.AddDays(31), forever)
		if _, err := b.Grants.Revoke(b.Context(), b.as("sec"), g.ID, g.Version, "away"); err != nil {
			b.Errorf("where one follows the other: %v", err)
		}
	})
}

func TestD03_NobodyIsTheFirstSystemAdministratorTwice(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := bank{t, open(t, d)}
		world.Load(t, b.App, rbactest.World{
			Units: []rbactest.Unit{{Code: "HQ", Level: rbac.HeadOffice}},
			Users: []rbactest.User{{Name: "sec"}, {Name: "old"}},
			Grants: []rbactest.Grant{
				{User: "sec", Role: "security_admin", Unit: "HQ", From: "2026-01-01"}, {User: "old", Role: "system_admin", Unit: "HQ", From: "2026-01-01", Until: "2026-09-30"},
			},
		})
		_, err := b.Grants.CreateUser(b.Context(), b.as("sec"), users.New{Username: "mysys"})
		b.expect(err, "user.not_the_first")
		g := b.of("old")
		if _, err := b.Grants.Revoke(b.Context(), b.as("sec"), g.ID, g.Version, "gone"); err != nil {
			b.Errorf("what has ended gives nothing and may be revoked: %v", err)
		}
		_, err = b.Grants.CreateUser(b.Context(), b.as("sec"), users.New{Username: "mysys"})
		b.expect(err, "user.not_the_first")
		b.must("old", "system_admin", "HQ", today, forever)
	})
}

func TestD03_AGrantsFileEndsTheLastAdministratorOnNoDayToCome(t *testing.T) {
	eachBank(t, func(b bank) {
		for user, role := range map[string]string{"sys": "system_admin", "aud": "auditor"} {
			for _, until := range []db.Date{today.AddDays(-1), today, today.AddDays(1), today.AddDays(400)} {
				err := b.file("sec", "grants", "username,role,unit_code,from,to", user+","+role+",HQ,2026-01-01,"+until.String())
				b.expect(err, "grant.last_administrator")
			}
			if g := b.of(user); !g.Until.IsZero() {
				b.Errorf("%s ends on %s", user, g.Until)
			}
		}
		err := b.file("sec", "grants", "username,role,unit_code,from,to", "sys,system_admin,HQ,2026-01-01,2026-12-31", "new,system_admin,HQ,2027-01-01,")
		if err != nil {
			b.Errorf("an end with a successor in the same file: %v", err)
		}
	})
}

func TestD03_TheUndoingOfAFileTakesNoLastAdministratorAway(t *testing.T) {
	eachBank(t, func(b bank) {
		s := world.Import(b, b.App, "grants", "username,role,unit_code,from,to", "new,system_admin,HQ,2026-10-31,")
		g := b.of("sys")
		if _, err := b.Grants.ChangeEnd(b.Context(), b.as("sec"), g.ID, g.Version, today.AddDays(9), ""); err != nil {
			b.Fatal(err)
		}
		_, err := b.Imports.Undo(b.Context(), world.Operator(), s.BatchID)
		b.expect(err, "grant.last_administrator")
	})
}

func TestD03_TwoAdministratorsDoNotEndEachOther(t *testing.T) {
	eachBank(t, func(b bank) {
		own, other := b.of("sec"), b.must("new", "security_admin", "HQ", today, forever)
		if _, err := b.Grants.ChangeEnd(b.Context(), b.as("sec"), other.ID, other.Version, today.AddDays(1), ""); err != nil {
			b.Fatal(err)
		}
		_, err := b.Grants.ChangeEnd(b.Context(), b.as("new"), own.ID, own.Version, today.AddDays(1), "")
		b.expect(err, "grant.last_administrator")
		_, err = b.Grants.Revoke(b.Context(), b.as("new"), own.ID, own.Version, "")
		b.expect(err, "grant.last_administrator")
		if got := b.holders(rbac.GrantManage, today.AddDays(2)); got != "sec" {
			b.Errorf("in two days security is administered by %q", got)
		}
	})
}

func TestD03_ADenyLeavesSomebodyWhoAdministersOnEveryDay(t *testing.T) {
	eachBank(t, func(b bank) {
		b.must("new", "security_admin", "HQ", today, forever)
		b.mute(rbac.GrantManage, rbac.PolicyManage, rbac.AuditRead)
		b.must("new", "mute", "B", today.AddDays(1), forever)
		_, err := b.grant("new", "sec", "mute", "A1", today.AddDays(2), today.AddDays(3))
		b.expect(err, "grant.last_administrator")
		_, err = b.grant("sec", "aud", "mute", "A1", today, forever)
		b.expect(err, "grant.last_administrator")
		if got := b.holders(rbac.PolicyManage, today.AddDays(2)); got != "sec" {
			b.Errorf("in two days security is administered by %q", got)
		}
	})
}

func TestD03_ARoleThatAdministratorsHoldComesToDenyThemNothing(t *testing.T) {
	eachBank(t, func(b bank) {
		b.mute(rbac.UnitManage)
		b.must("sys", "mute", "HQ", today.AddDays(5), forever)
		r := grants.Role{Code: "mute", Name: lang.Text{Zh: "禁言", En: "mute"}, Version: 1, Lines: []rbac.Line{
			{Permission: rbac.UserManage, Reach: rbac.AtUnit, Effect: rbac.Deny},
		}}
		_, err := b.Grants.PutRole(b.Context(), b.as("sec"), r)
		b.expect(err, "policy.last_administrator")
		if e, ok := fault.As(err); !ok || !strings.Contains(e.In(lang.En), today.AddDays(5).String()) {
			b.Errorf("the refusal says %v", err)
		}
	})
}

func TestD03_OfTwoWhoDenyEachOtherAtOnceOneWins(t *testing.T) {
	eachBank(t, func(b bank) {
		b.must("new", "security_admin", "HQ", today, forever)
		b.mute(rbac.GrantManage, rbac.PolicyManage, rbac.GrantRead, rbac.PolicyRead)
		actors := []rbac.Actor{b.as("sec"), b.as("new")}
		results := make([]error, len(actors))
		var wait sync.WaitGroup
		for i, victim := range []string{"new", "sec"} {
			wait.Go(func() {
				_, results[i] = b.Grants.Create(b.Context(), actors[i], grants.New{Username: victim, Role: "mute", Unit: "HQ", From: today})
			})
		}
		wait.Wait()
		if (results[0] == nil) == (results[1] == nil) {
			b.Errorf("got %v", results)
		}
		for _, p := range []rbac.Permission{rbac.GrantManage, rbac.PolicyManage} {
			if got := b.holders(p, today); got == "" {
				b.Errorf("nobody holds %s", p)
			}
		}
	})
}

func TestD03_WhoHasLostARightMeanwhileDoesNothingByIt(t *testing.T) {
	eachBank(t, func(b bank) {
		second, third := b.must("new", "security_admin", "HQ", today, forever), b.must("s2", "system_admin", "HQ", today, forever)
		was, managed, plain := b.as("new"), b.as("s2"), b.of("hr1")
		for _, g := range []*grants.Grant{second, third} {
			if _, err := b.Grants.Revoke(b.Context(), b.as("sec"), g.ID, g.Version, "away"); err != nil {
				b.Fatal(err)
			}
		}
		ctx := b.Context()
		for name, do := range map[string]func() error{
			"grants": func() error {
				_, err := b.Grants.Create(ctx, was, grants.New{Username: "s9", Role: "trainer", Unit: "HQ", From: today})
				return err
			},
			"revokes": func() error { _, err := b.Grants.Revoke(ctx, was, plain.ID, plain.Version, ""); return err },
			"changes a role": func() error {
				_, err := b.Grants.PutRole(ctx, was, grants.Role{Code: "mine", Name: lang.Text{Zh: "新", En: "new"}})
				return err
			},
			"changes an owner": func() error {
				_, err := b.Grants.SetOwner(ctx, was, rbac.ReviewWrite, rbac.HeadOffice, 1, "")
				return err
			},
			"grants by a file": func() error {
				_, err := world.TryImport(ctx, b, b.App, was, "grants", "username,role,unit_code,from", "s9,trainer,HQ,2026-10-01")
				return err
			},
			"makes a user":    func() error { _, err := b.Users.Create(ctx, managed, users.New{Username: "x1"}); return err },
			"disables a user": func() error { _, err := b.Users.SetState(ctx, managed, "hr1", users.Disabled); return err },
			"disables by file": func() error {
				_, err := world.TryImport(ctx, b, b.App, managed, "users", "username,state", "hr1,disabled")
				return err
			},
		} {
			if err := do(); fault.KindOf(err) != fault.Forbidden {
				b.Errorf("who may no longer %s: %v", name, err)
			}
		}
	})
}

func TestD03_TheLastWhoseGrantCarriesIsNotDisabled(t *testing.T) {
	eachBank(t, func(b bank) {
		b.must("new", "security_admin", "A1", today, forever)
		_, err := b.Users.SetState(b.Context(), b.as("sys"), "sec", users.Disabled)
		b.expect(err, "user.last_administrator")
		b.expect(b.file("sys", "users", "username,state", "sec,disabled"), "user.last_administrator")
		if got := b.holders(rbac.PolicyManage, today); got != "sec" {
			b.Errorf("roles are changed by %q", got)
		}
	})
}

func TestD03_WhatWasLackingBeforeIsNoReasonToRefuse(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := bank{t, open(t, d)}
		world.Load(t, b.App, rbactest.World{
			Units: []rbactest.Unit{{Code: "HQ", Level: rbac.HeadOffice}},
			Users: []rbactest.User{{Name: "sec"}, {Name: "new"}},
			Grants: []rbactest.Grant{
				{User: "sec", Role: "security_admin", Unit: "HQ", From: "2026-01-01", Until: "2026-12-31"}, {User: "new", Role: "hr_admin", Unit: "HQ", From: "2026-01-01"},
			},
		})
		g := b.of("new")
		if _, err := b.Grants.Revoke(b.Context(), b.as("sec"), g.ID, g.Version, "away"); err != nil {
			b.Errorf("where nobody manages users, and nobody security next year: %v", err)
		}
	})
}

func TestTheAdministratorsRolesDenyNothingOfTheirOwnAndItStaysWithHeadOffice(t *testing.T) {
	eachBank(t, func(b bank) {
		for _, r := range rbac.DefaultPolicy().Roles {
			own := map[string]rbac.Permission{"system_admin": rbac.UserManage, "auditor": rbac.AuditRead}[r.Code]
			if own == "" {
				continue
			}
			for _, reach := range rbac.Reaches() {
				lines := slices.Concat(r.Lines, []rbac.Line{{Permission: own, Reach: reach, Effect: rbac.Deny}})
				_, err := b.Grants.PutRole(b.Context(), b.as("sec"), grants.Role{Code: r.Code, Name: lang.Text{Zh: r.NameZh, En: r.NameEn}, Lines: lines, Version: 1})
				b.expect(err, "role.essential")
			}
		}
		for _, p := range []rbac.Permission{rbac.AuditRead, rbac.UserManage, rbac.UserRead, rbac.PolicyRead, rbac.PolicyManage, rbac.GrantRead, rbac.GrantManage} {
			for _, owner := range []rbac.Level{rbac.Branch, rbac.SubBranch} {
				_, err := b.Grants.SetOwner(b.Context(), b.as("sec"), p, owner, 0, "")
				b.expect(err, "responsibility.fixed")
			}
		}
	})
}
