package grants_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/apptest/world"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/rbac/rbactest"
)

// bank is a head office with two branches, their people, and the three administrators.
type bank struct {
	*testing.T
	*app.App
}

func eachBank(t *testing.T, f func(b bank)) {
	t.Helper()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := bank{t, open(t, d)}
		always := []rbactest.Assignment{{Unit: "A1", From: "2026-01-01"}}
		world.Load(t, b.App, rbactest.World{
			Units: []rbactest.Unit{
				{Code: "HQ", Level: rbac.HeadOffice}, {Code: "A", Parent: "HQ", Level: rbac.Branch}, {Code: "A1", Parent: "A", Level: rbac.SubBranch},
				{Code: "B", Parent: "HQ", Level: rbac.Branch},
			},
			Staff: []rbactest.Member{
				{No: "S1", Assignments: always}, {No: "S2", Assignments: always}, {No: "S9", Assignments: []rbactest.Assignment{{Unit: "B", From: "2026-01-01"}}},
			},
			Users: []rbactest.User{
				{Name: "sec"}, {Name: "sys"}, {Name: "aud"}, {Name: "hr1"}, {Name: "new"}, {Name: "s1", Staff: "S1"}, {Name: "s2", Staff: "S2"}, {Name: "s9", Staff: "S9"},
			},
			Grants: []rbactest.Grant{
				{User: "sec", Role: "security_admin", Unit: "HQ", From: "2026-01-01"}, {User: "sys", Role: "system_admin", Unit: "HQ", From: "2026-01-01"},
				{User: "aud", Role: "auditor", Unit: "HQ", From: "2026-01-01"}, {User: "hr1", Role: "hr_admin", Unit: "HQ", From: "2026-01-01"},
				{User: "s1", Role: "branch_manager", Unit: "A", From: "2026-01-01"},
			},
		})
		f(b)
	})
}

// as is a user of the bank, today.
func (b bank) as(name string) rbac.Actor {
	b.Helper()
	u, ok := b.Guard.Snapshot().UserNamed(name)
	if !ok {
		b.Fatalf("there is no user %s", name)
	}
	return b.Actor(u.ID)
}

func (b bank) grant(by, user, role, unit string, from, until db.Date) (*grants.Grant, error) {
	return b.Grants.Create(b.Context(), b.as(by), grants.New{Username: user, Role: role, Unit: unit, From: from, Until: until, Reason: "a test"})
}

func (b bank) expect(err error, code string) {
	b.Helper()
	if e, ok := fault.As(err); !ok || e.Code != code {
		b.Errorf("got %v, want %s", err, code)
	}
}

// of gives the only grant of a user.
func (b bank) of(user string) grants.Grant {
	b.Helper()
	list, err := b.Grants.List(b.Context(), world.Operator(), grants.Filter{Username: user}, page.Query{})
	if err != nil || len(list.Grants) != 1 {
		b.Fatalf("the grants of %s: %+v %v", user, list, err)
	}
	return list.Grants[0]
}

func (b bank) may(user string, p rbac.Permission, unit string) bool {
	b.Helper()
	answer, err := b.Grants.Can(b.Context(), world.Operator(), grants.Question{Username: user, Permission: p, Unit: unit})
	if err != nil {
		b.Fatal(err)
	}
	return answer.Allowed
}

var (
	today   = db.NewDate(2026, 10, 31)
	forever = db.Date{}
)

func TestAGrantIsInForceAtOnceUntilItEndsOrIsRevoked(t *testing.T) {
	eachBank(t, func(b bank) {
		g, err := b.grant("sec", "s2", "branch_manager", "A1", today, forever)
		if err != nil {
			b.Fatal(err)
		}
		if !b.may("s2", rbac.ReviewRead, "A1") || b.may("s2", rbac.ReviewRead, "B") {
			b.Error("the grant does not give what it should")
		}
		if _, err := b.Grants.Revoke(b.Context(), b.as("sec"), g.ID, g.Version, "moved"); err != nil {
			b.Fatal(err)
		}
		if b.may("s2", rbac.ReviewRead, "A1") {
			b.Error("a revoked grant gives something")
		}
		_, err = b.Grants.Revoke(b.Context(), b.as("sec"), g.ID, g.Version+1, "again")
		b.expect(err, "grant.revoked")
		if kept := b.of("s2"); kept.RevokedBy != "sec" || kept.RevokedAt == nil {
			b.Errorf("the revoked grant is kept as %+v", kept)
		}
	})
}

func TestAGrantThatEndedOrIsToComeGivesNothingToday(t *testing.T) {
	eachBank(t, func(b bank) {
		if _, err := b.grant("sec", "s2", "branch_manager", "A1", today.AddDays(-9), today.AddDays(-1)); err != nil {
			b.Fatal(err)
		}
		if _, err := b.grant("sec", "s9", "branch_manager", "B", today.AddDays(1), forever); err != nil {
			b.Fatal(err)
		}
		if b.may("s2", rbac.ReviewRead, "A1") || b.may("s9", rbac.ReviewRead, "B") {
			b.Error("a grant gives something on a day that is not one of its own")
		}
	})
}

func TestWrongGrantsAreRefused(t *testing.T) {
	eachBank(t, func(b bank) {
		for name, c := range map[string]struct {
			user, role, unit string
			from, until      db.Date
			code             string
		}{
			"a user who is not there":  {"nobody1", "hr_admin", "HQ", today, forever, "user.unknown"},
			"a role that is not there": {"s2", "hr_boss", "HQ", today, forever, "role.unknown"},
			"a unit that is not there": {"s2", "hr_admin", "X", today, forever, "unit.unknown"},
			"days the wrong way round": {"s2", "hr_admin", "HQ", today, today.AddDays(-1), "grant.dates"},
			"no first day":             {"s2", "hr_admin", "HQ", forever, forever, "grant.dates"},
			"what is there already":    {"hr1", "hr_admin", "HQ", db.NewDate(2026, 1, 1), forever, "grant.taken"},
		} {
			if _, err := b.grant("sec", c.user, c.role, c.unit, c.from, c.until); err == nil {
				b.Errorf("%s was granted", name)
			} else {
				b.expect(err, c.code)
			}
		}
		_, err := b.grant("hr1", "s2", "trainer", "HQ", today, forever)
		b.expect(err, "access.refused.grant")
	})
}

func TestNobodyGrantsToThemselvesOrChangesTheirOwn(t *testing.T) {
	eachBank(t, func(b bank) {
		_, err := b.grant("sec", "sec", "hr_admin", "HQ", today, forever)
		b.expect(err, "grant.self")
		own := b.of("sec")
		_, err = b.Grants.Revoke(b.Context(), b.as("sec"), own.ID, own.Version, "mine")
		b.expect(err, "grant.self")
		_, err = b.Grants.ChangeEnd(b.Context(), b.as("sec"), own.ID, own.Version, today.AddDays(99), "")
		b.expect(err, "grant.self")
		_, err = world.TryImport(b.Context(), b, b.App, b.as("sec"), "grants", "username,role,unit_code,from", "sec,hr_admin,HQ,2026-10-01")
		if e, ok := fault.As(err); !ok || len(e.Problems) != 1 || e.Problems[0].Code != "grant.self" {
			b.Errorf("a file that grants to who imports it: %v", err)
		}
	})
}

func TestD03_TheThreeAdministrationsAreForThreePeople(t *testing.T) {
	eachBank(t, func(b bank) {
		for user, role := range map[string]string{"sys": "security_admin", "aud": "system_admin"} {
			_, err := b.grant("sec", user, role, "HQ", today, forever)
			b.expect(err, "grant.exclusive")
			_, err = world.TryImport(b.Context(), b, b.App, b.as("sec"), "grants", "username,role,unit_code,from", user+","+role+",HQ,2026-10-01")
			if e, ok := fault.As(err); !ok || len(e.Problems) != 1 || e.Problems[0].Code != "grant.exclusive" {
				b.Errorf("%s for %s by a file: %v", role, user, err)
			}
		}
		_, err := world.TryImport(b.Context(), b, b.App, b.as("sec"), "grants", "username,role,unit_code,from", "new,auditor,HQ,2026-10-01", "new,system_admin,HQ,2026-10-01")
		if e, ok := fault.As(err); !ok || len(e.Problems) != 1 {
			b.Errorf("two of them in one file: %v", err)
		}
		if _, err := b.grant("sec", "new", "auditor", "HQ", today.AddDays(-9), today.AddDays(-1)); err != nil {
			b.Fatal(err)
		}
		if _, err := b.grant("sec", "new", "system_admin", "HQ", today, forever); err != nil {
			b.Errorf("one after the other: %v", err)
		}
	})
}

func TestD03_OfGrantsAtOnceThatExcludeEachOtherOneWins(t *testing.T) {
	eachBank(t, func(b bank) {
		roles := []string{"system_admin", "security_admin", "auditor"}
		var wait sync.WaitGroup
		results := make([]error, 3*len(roles))
		for i := range results {
			wait.Go(func() { _, results[i] = b.grant("sec", "new", roles[i%3], "HQ", today, forever) })
		}
		wait.Wait()
		granted := 0
		for _, err := range results {
			if err == nil {
				granted++
			} else if fault.KindOf(err) != fault.Conflict {
				b.Errorf("a grant failed otherwise: %v", err)
			}
		}
		if granted != 1 {
			b.Errorf("%d of the three were granted", granted)
		}
	})
}

func TestD03_TheLastAdministratorStays(t *testing.T) {
	eachBank(t, func(b bank) {
		for _, name := range []string{"sys", "aud"} {
			g := b.of(name)
			_, err := b.Grants.Revoke(b.Context(), b.as("sec"), g.ID, g.Version, "away")
			b.expect(err, "grant.last_administrator")
			_, err = b.Grants.ChangeEnd(b.Context(), b.as("sec"), g.ID, g.Version, today, "")
			b.expect(err, "grant.last_administrator")
		}
		disabled := users.Disabled
		_, err := b.Users.SetState(b.Context(), b.as("sys"), "sec", disabled)
		b.expect(err, "user.last_administrator")
		_, err = world.TryImport(b.Context(), b, b.App, b.as("sys"), "users", "username,state", "sec,disabled")
		b.expect(err, "user.last_administrator")
		if _, err := b.grant("sec", "new", "security_admin", "HQ", today, forever); err != nil {
			b.Fatal(err)
		}
		if _, err := b.Users.SetState(b.Context(), b.as("sys"), "sec", disabled); err != nil {
			b.Errorf("where there is another: %v", err)
		}
		if b.may("sec", rbac.GrantManage, "HQ") {
			b.Error("a disabled user may grant")
		}
	})
}

func TestARoleIsNoWayAroundTheThreeAdministrations(t *testing.T) {
	eachBank(t, func(b bank) {
		put := func(code string, version int64, lines ...rbac.Line) error {
			_, err := b.Grants.PutRole(b.Context(), b.as("sec"), grants.Role{Code: code, Name: lang.Text{Zh: "测试", En: "test"}, Lines: lines, Version: version})
			return err
		}
		allow := func(p rbac.Permission) rbac.Line {
			return rbac.Line{Permission: p, Reach: rbac.Subtree, Effect: rbac.Allow}
		}
		b.expect(put("both", 0, allow(rbac.UserManage), allow(rbac.GrantManage)), "role.exclusive")
		b.expect(put("wrong", 0, allow("no.such")), "role.permission")
		b.expect(put("Bad Code", 0), "role.code")
		b.expect(put("hr1", 0), "role.is_user")
		if err := put("accounts", 0, allow(rbac.UserManage)); err != nil {
			b.Fatal(err)
		}
		b.expect(put("accounts", 0, allow(rbac.UserRead)), "role.version")
		_, err := b.grant("sec", "aud", "accounts", "HQ", today, forever)
		b.expect(err, "grant.exclusive")
		if err := put("plain", 0, allow(rbac.UnitRead)); err != nil {
			b.Fatal(err)
		}
		if _, err := b.grant("sec", "aud", "plain", "HQ", today, forever); err != nil {
			b.Fatal(err)
		}
		b.expect(put("plain", 1, allow(rbac.UserManage)), "role.holder")
	})
}

func TestNobodyChangesARoleThatTheyHold(t *testing.T) {
	eachBank(t, func(b bank) {
		wider := grants.Role{Code: "security_admin", Name: lang.Text{Zh: "安全管理员", En: "security"}, Version: 1}
		for _, role := range rbac.DefaultPolicy().Policy().Roles {
			if role.Code == wider.Code {
				wider.Lines = slices.Concat(role.Lines, []rbac.Line{{Permission: rbac.ExportRun, Reach: rbac.Subtree, Effect: rbac.Allow}})
			}
		}
		_, err := b.Grants.PutRole(b.Context(), b.as("sec"), wider)
		b.expect(err, "role.own")
		if b.may("sec", rbac.ExportRun, "HQ") {
			b.Error("who may not grant to themselves has widened their own role")
		}
	})
}

func TestTheAdministrationCannotBeLockedOutByRolesOrOwners(t *testing.T) {
	eachBank(t, func(b bank) {
		empty := grants.Role{Code: "system_admin", Name: lang.Text{Zh: "系统管理员", En: "system"}, Version: 1}
		_, err := b.Grants.PutRole(b.Context(), b.as("sec"), empty)
		b.expect(err, "role.essential")
		for _, p := range []rbac.Permission{rbac.PolicyManage, rbac.GrantManage} {
			_, err := b.Grants.SetOwner(b.Context(), b.as("sec"), p, rbac.Branch, 1, "")
			b.expect(err, "responsibility.fixed")
		}
	})
}

func TestWhoAdministersSecurityOrTheAuditIsHandedNoSecretByWhoeverManagesUsers(t *testing.T) {
	eachBank(t, func(b bank) {
		for _, name := range []string{"sec", "aud"} {
			_, err := b.Users.Invite(b.Context(), b.as("sys"), name)
			b.expect(err, "auth.guarded")
			_, _, err = b.Auth.Reset(b.Context(), b.as("sys"), name)
			b.expect(err, "auth.guarded")
		}
		if _, _, err := b.Auth.Reset(b.Context(), rbac.Operator("operator"), "sec"); err != nil {
			b.Error(err)
		}
	})
}

func TestAChangeOfAnOwnerIsOnRecordAndInForceOnEveryCopy(t *testing.T) {
	eachBank(t, func(b bank) {
		other := app.New(b.DB, func() time.Time { return noon })
		ask := func(a *app.App) bool {
			d := a.Guard.Snapshot().Decide(rbac.Question{UserID: b.as("s1").UserID, Permission: rbac.ReviewWrite, Day: "2026-10-31", On: rbac.Target{UnitID: b.of("s1").UnitID}})
			return d.Allowed
		}
		if err := other.LoadPolicy(b.Context()); err != nil || !ask(other) {
			b.Fatal("a branch manager may not write reviews", err)
		}
		_, err := b.Grants.SetOwner(b.Context(), b.as("sec"), rbac.ReviewWrite, rbac.HeadOffice, 1, "taken back")
		if err != nil {
			b.Fatal(err)
		}
		if ask(b.App) {
			b.Error("the change is not in force where it was made")
		}
		if err := other.Guard.Refresh(b.Context()); err != nil || ask(other) {
			b.Error("the change is not in force on another copy", err)
		}
		var who, detail string
		err = b.DB.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error {
			return tx.QueryRowContext(ctx, "SELECT actor, detail FROM audit_records WHERE action = 'responsibility.put' AND object_key = 'review.write'").Scan(&who, &detail)
		})
		if err != nil || who != "sec" || detail != "taken back" {
			b.Errorf("on record: %q %q %v", who, detail, err)
		}
		_, err = b.Grants.SetOwner(b.Context(), b.as("sec"), rbac.ReviewWrite, rbac.Branch, 1, "")
		b.expect(err, "responsibility.version")
		_, err = b.Grants.SetOwner(b.Context(), b.as("hr1"), rbac.ReviewWrite, rbac.Branch, 2, "")
		b.expect(err, "access.refused.grant")
	})
}

func TestS06_AServerThatWatchesSeesARevocationOfAnother(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		clock := func() time.Time { return noon }
		one, err := app.Open(t.Context(), url, clock)
		if err != nil {
			t.Fatal(err)
		}
		b := bank{t, one}
		world.Load(t, one, rbactest.World{
			Units:  []rbactest.Unit{{Code: "HQ", Level: rbac.HeadOffice}},
			Users:  []rbactest.User{{Name: "hr1"}},
			Grants: []rbactest.Grant{{User: "hr1", Role: "hr_admin", Unit: "HQ", From: "2026-01-01"}},
		})
		other, err := app.Open(t.Context(), url, clock)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); other.Watch(ctx, func(err error) { t.Error(err) }) }()
		t.Cleanup(func() {
			stop()
			<-done
			if err := errors.Join(other.Close(), one.Close()); err != nil {
				t.Error(err)
			}
		})
		manages := func() bool { return other.Actor(b.as("hr1").UserID).Decide(rbac.PeriodManage, rbac.Target{}).Allowed }
		if !manages() {
			t.Error("the other server does not know the grant")
		}
		g := b.of("hr1")
		if _, err := one.Grants.Revoke(t.Context(), world.Operator(), g.ID, g.Version, "away"); err != nil {
			t.Fatal(err)
		}
		apptest.Eventually(t, "the other server refuses", func() bool { return !manages() })
	})
}

func TestImportedGrantsAreUndoneByRevokingThem(t *testing.T) {
	eachBank(t, func(b bank) {
		head := "username,role,unit_code,from,to,reason"
		s := world.Import(b, b.App, "grants", head, "s2,team_leader,A1,2026-01-01,,任命", "s1,branch_manager,A,2026-01-01,2026-12-31,期满")
		if s.New != 1 || s.Changed != 1 {
			b.Errorf("the summary is %+v", s)
		}
		if again := world.Import(b, b.App, "grants", head, "s2,team_leader,A1,2026-01-01,,任命", "s1,branch_manager,A,2026-01-01,2026-12-31,期满"); again.Unchanged != 2 || again.BatchID != 0 {
			b.Errorf("the same file again: %+v", again)
		}
		if _, err := b.Imports.Undo(b.Context(), world.Operator(), s.BatchID); err != nil {
			b.Fatal(err)
		}
		if g := b.of("s2"); g.RevokedBy != "tester" || b.may("s2", rbac.StaffRead, "A1") {
			b.Errorf("the grant after the undoing: %+v", g)
		}
		if g := b.of("s1"); !g.Until.IsZero() || g.RevokedAt != nil {
			b.Errorf("the changed grant after the undoing: %+v", g)
		}
	})
}

func TestWhatAFileGrantedIsReadByWhoeverReadsGrants(t *testing.T) {
	eachBank(t, func(b bank) {
		made := world.Import(b, b.App, "grants", "username,role,unit_code,from,to,reason", "s2,team_leader,A1,2026-01-01,,in confidence")
		undone, err := b.Imports.Undo(b.Context(), world.Operator(), made.BatchID)
		if err != nil {
			b.Fatal(err)
		}
		for user, want := range map[string]int{"hr1": 0, "aud": 1} {
			for _, batch := range []int64{made.BatchID, undone.ID} {
				if _, changes, err := b.Imports.Batch(b.Context(), b.as(user), batch, imports.Page{}); err != nil || len(changes.List) != want {
					b.Errorf("%s reads %d changes of batch %d, want %d: %v", user, len(changes.List), batch, want, err)
				}
			}
		}
	})
}

func TestEveryFaultOfAGrantsFileIsReportedAtItsPlace(t *testing.T) {
	eachBank(t, func(b bank) {
		_, err := world.TryImport(b.Context(), b, b.App, world.Operator(), "grants", "用户名,角色,机构代码,生效日期,结束日期",
			"s2,team_leader,A1,2026-01-01,2025-01-01", "nobody1,team_leader,A1,2026-01-01,", "s2,boss,A1,2026-01-01,", "s2,team_leader,X,2026-01-01,", "ѕ2,team_leader,A1,2026-01-01,")
		e, ok := fault.As(err)
		if !ok {
			b.Fatal(err)
		}
		var codes []string
		for _, p := range e.Problems {
			codes = append(codes, p.Code)
		}
		if got, want := strings.Join(codes, " "), "grant.dates user.unknown role.unknown unit.unknown user.name"; got != want {
			b.Errorf("the faults are %s, want %s", got, want)
		}
	})
}

func TestTheFirstSecurityAdministratorMakesTheFirstSystemAdministratorAndNobodyElse(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := bank{t, open(t, d)}
		err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			_, err := b.Grants.CreateSecurityAdmin(ctx, tx, "Security")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		made, err := b.Grants.CreateUser(t.Context(), b.as("security"), users.New{Username: "it.one"})
		if err != nil {
			t.Fatal(err)
		}
		if made.Invitation == nil || made.Invitation.Secret == "" || !b.may("it.one", rbac.UserManage, "") {
			t.Errorf("the first system administrator: %+v", made)
		}
		_, err = b.Grants.CreateUser(t.Context(), b.as("security"), users.New{Username: "it.two"})
		b.expect(err, "user.not_the_first")
		if _, err := b.Grants.CreateUser(t.Context(), b.as("it.one"), users.New{Username: "clerk"}); err != nil {
			t.Errorf("a system administrator creates users: %v", err)
		}
		err = d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			_, err := b.Grants.CreateSecurityAdmin(ctx, tx, "second")
			return err
		})
		b.expect(err, "user.not_the_first")
		world.Import(t, b.App, "units", "unit_code,name,parent_code,level", "000,总行,,head_office", "001,分行,000,branch")
		if g := b.of("security"); g.Unit != "000" || !b.may("security", rbac.GrantManage, "001") {
			t.Errorf("after the units came: %+v", g)
		}
	})
}

func TestWhatLiesOutsideOfTheAskersReachIsAnsweredAsWhatIsNotThere(t *testing.T) {
	eachBank(t, func(b bank) {
		ask := func(q grants.Question) string {
			_, err := b.Grants.Can(b.Context(), b.as("s1"), q)
			if err == nil {
				return ""
			}
			return err.Error()
		}
		differ := func(there, absent string, names ...string) {
			b.Helper()
			if there == "" || strings.NewReplacer(names...).Replace(there) != absent {
				b.Errorf("%q and %q differ", there, absent)
			}
		}
		differ(ask(grants.Question{Permission: rbac.ReviewRead, Unit: "B"}), ask(grants.Question{Permission: rbac.ReviewRead, Unit: "X"}), "unit B", "unit X")
		differ(ask(grants.Question{Permission: rbac.ReviewRead, StaffNo: "S9"}), ask(grants.Question{Permission: rbac.ReviewRead, StaffNo: "S7"}), "S9", "S7")
		differ(ask(grants.Question{Username: "s9", Permission: rbac.ReviewRead}), ask(grants.Question{Username: "s7", Permission: rbac.ReviewRead}), "s9", "s7")
		own, err := b.Grants.Can(b.Context(), b.as("s1"), grants.Question{Permission: rbac.ResultRead, StaffNo: "S1"})
		if err != nil || !own.Allowed {
			b.Errorf("the own result: %+v %v", own, err)
		}
		refused, err := b.Grants.Can(b.Context(), b.as("s1"), grants.Question{Permission: rbac.GrantManage, Unit: "A"})
		if err != nil || refused.Allowed || len(refused.Sentences("en")) == 0 {
			b.Errorf("a refusal of the own: %+v %v", refused, err)
		}
	})
}

func TestWhoCanNamesTheHoldersPageByPage(t *testing.T) {
	eachBank(t, func(b bank) {
		for _, user := range []string{"s2", "s9"} {
			if _, err := b.grant("sec", user, "branch_manager", "A1", today, forever); err != nil {
				b.Fatal(err)
			}
		}
		var names []string
		query := page.Query{Limit: 2}
		for {
			found, err := b.Grants.Holders(b.Context(), b.as("sec"), grants.Question{Permission: rbac.ReviewWrite, Unit: "A1"}, query)
			if err != nil {
				b.Fatal(err)
			}
			for _, g := range found.Grants {
				names = append(names, g.Username)
			}
			if query.Cursor = found.Next; found.Next == "" {
				break
			}
		}
		if got := strings.Join(names, " "); got != "s1 s2 s9" {
			b.Errorf("the holders are %s", got)
		}
		_, err := b.Grants.Holders(b.Context(), b.as("s1"), grants.Question{Permission: rbac.ReviewWrite}, page.Query{})
		b.expect(err, "access.refused.grant")
	})
}
