package users_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/apptest/world"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/rbac/rbactest"
)

// bank has a user manager in head office, and one whose reach ends at a branch.
type bank struct {
	*testing.T
	*app.App
}

var (
	today = time.Date(2026, 10, 31, 4, 0, 0, 0, time.UTC)
	quick = auth.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32} // hashing that is safe takes too long
)

func eachBank(t *testing.T, f func(b bank)) {
	t.Helper()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		a := app.New(d, func() time.Time { return today }, app.Hashing(quick))
		at := func(unit string) []rbactest.Assignment {
			return []rbactest.Assignment{{Unit: unit, From: "2026-01-01"}}
		}
		world.Load(t, a, rbactest.World{
			Units: []rbactest.Unit{
				{Code: "HQ", Level: rbac.HeadOffice}, {Code: "A", Parent: "HQ", Level: rbac.Branch}, {Code: "B", Parent: "HQ", Level: rbac.Branch},
			},
			Staff: []rbactest.Member{{No: "A1", Assignments: at("A")}, {No: "A2", Assignments: at("A")}, {No: "B1", Assignments: at("B")}, {No: "007", Assignments: at("B")}},
			Users: []rbactest.User{{Name: "sys"}, {Name: "local"}, {Name: "a1", Staff: "A1"}, {Name: "b1", Staff: "B1"}},
			Grants: []rbactest.Grant{
				{User: "sys", Role: "system_admin", Unit: "HQ", From: "2026-01-01"}, {User: "local", Role: "system_admin", Unit: "A", From: "2026-01-01"},
			},
		})
		f(bank{t, a})
	})
}

func (b bank) as(name string) rbac.Actor {
	b.Helper()
	u, ok := b.Guard.Snapshot().UserNamed(name)
	if !ok {
		b.Fatalf("there is no user %s", name)
	}
	return b.Actor(u.ID)
}

func (b bank) expect(err error, code string) {
	b.Helper()
	if e, ok := fault.As(err); !ok || e.Code != code {
		b.Errorf("got %v, want %s", err, code)
	}
}

func TestI05_UsernamesAreASCIIAndNothingElseIsMadeIntoOne(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "spaces": "  ", "a space inside": "a b", "bidi": "\u202Exslx", "zero width": "\u200b\u200b", "zero width inside": "ad\u200bmin1",
		"full width": "Ａdmin1", "Cyrillic": "аdmin1", "Chinese": "王伟", "NUL": "a\x00", "broken UTF-8": "a\xff", "a line break": "a\r\nb",
		"an escape": "\x1b[2J", "a Kelvin sign": "\u212Aim", "too long": strings.Repeat("a", 65), "a dot first": ".a", "a dash last": "a-",
	} {
		if got, err := users.Fold(text); err == nil {
			t.Errorf("%s: %q is taken as %q", name, text, got)
		}
	}
	for text, want := range map[string]string{"007001": "007001", "Wang.Wei": "wang.wei", "a": "a", strings.Repeat("a", 64): strings.Repeat("a", 64), "x_1-2": "x_1-2"} {
		if got, err := users.Fold(text); err != nil || got != want {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
}

func TestZ08_NamesOfUsersAndOfRolesAreSeparate(t *testing.T) {
	eachBank(t, func(b bank) {
		for _, name := range []string{"admin", "hr", "role:hr", "*", "a, admin, b1", "hr_admin", "Security_Admin", "operator", "operator:root", "root", "server", "Bootstrap", "anonymous"} {
			if _, err := b.Users.Create(b.Context(), b.as("sys"), users.New{Username: name}); fault.KindOf(err) != fault.Invalid {
				b.Errorf("a user called %q: %v", name, err)
			}
		}
		made, err := b.Users.Create(b.Context(), b.as("sys"), users.New{Username: "1"})
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range rbac.Permissions() {
			if b.Actor(made.User.ID).Decide(p, rbac.Target{}).Allowed {
				b.Errorf("a user called 1 has %s", p)
			}
		}
	})
}

func TestAUserOfAMemberIsCalledByTheStaffNumber(t *testing.T) {
	eachBank(t, func(b bank) {
		create := func(n users.New) error {
			_, err := b.Users.Create(b.Context(), b.as("sys"), n)
			return err
		}
		b.expect(create(users.New{Username: "wang", StaffNo: "A2"}), "user.not_staff_no")
		b.expect(create(users.New{Username: "a2"}), "user.is_staff_no")
		b.expect(create(users.New{Username: "a9", StaffNo: "A9"}), "user.staff_unknown")
		b.expect(create(users.New{Username: "a1", StaffNo: "A1"}), "user.taken")
		b.expect(create(users.New{Username: "x", Email: "no address"}), "staff.email")
		if err := create(users.New{Username: "A2", StaffNo: "A2", Email: "a2@bank.example"}); err != nil {
			b.Fatal(err)
		}
		u, err := b.Users.Get(b.Context(), b.as("sys"), "a2")
		if err != nil || u.StaffNo != "A2" || u.State != users.Active || u.Version != 1 {
			b.Errorf("the user is %+v %v", u, err)
		}
	})
}

func TestACreatedUserIsInvitedOnceAndTheRequestRepeatedHasNoSecret(t *testing.T) {
	eachBank(t, func(b bank) {
		actor := b.as("sys")
		ctx := idempotency.With(b.Context(), idempotency.Key{UserID: actor.UserID, Key: "k1", Operation: "createUser"})
		first, err := b.Users.Create(ctx, actor, users.New{Username: "new"})
		if err != nil || first.Invitation == nil || len(first.Invitation.Secret) < 22 {
			b.Fatalf("created: %+v %v", first, err)
		}
		again, err := b.Users.Create(ctx, actor, users.New{Username: "new"})
		if err != nil || again.User.Username != "new" || again.Invitation == nil || again.Invitation.Secret != "" {
			b.Errorf("repeated: %+v %v", again, err)
		}
		var kept, trail int
		err = b.DB.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error {
			like := "%" + first.Invitation.Secret + "%"
			return tx.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM idempotency_keys WHERE answer LIKE ?),
				(SELECT COUNT(*) FROM audit_records WHERE action = 'user.create' AND (COALESCE(after, '') LIKE ? OR object_key = 'new'))`, like, like).Scan(&kept, &trail)
		})
		if err != nil || kept != 0 || trail != 1 {
			b.Errorf("%d kept answers hold the secret, %d records of one change (%v)", kept, trail, err)
		}
	})
}

func TestAnOldVersionIsAConflictThatShowsWhatStandsThere(t *testing.T) {
	eachBank(t, func(b bank) {
		one, two := "one@bank.example", "two@bank.example"
		if _, err := b.Users.Change(b.Context(), b.as("sys"), "a1", users.Change{Version: 1, Email: &one}); err != nil {
			b.Fatal(err)
		}
		_, err := b.Users.Change(b.Context(), b.as("sys"), "a1", users.Change{Version: 1, Email: &two})
		e, ok := fault.As(err)
		if !ok || e.Kind != fault.Conflict || e.Code != "user.version" {
			b.Fatalf("an old version: %v", err)
		}
		if now, ok := e.Current.(*users.User); !ok || now.Email != one || now.Version != 2 {
			b.Errorf("what stands there is %+v", e.Current)
		}
	})
}

func TestADisabledUserMayDoNothingAtOnce(t *testing.T) {
	eachBank(t, func(b bank) {
		if _, err := b.Users.SetState(b.Context(), b.as("sys"), "local", users.Disabled); err != nil {
			b.Fatal(err)
		}
		if b.as("local").Decide(rbac.UserRead, rbac.Target{}).Allowed {
			b.Error("a disabled user may read users")
		}
		_, err := b.Users.Invite(b.Context(), b.as("sys"), "local")
		b.expect(err, "user.disabled")
	})
}

func TestZ05_AListHoldsAndASearchFindsThoseInReachAlone(t *testing.T) {
	eachBank(t, func(b bank) {
		names := func(actor rbac.Actor, search string) string {
			var all []string
			query := page.Query{Limit: 2, Sort: "-username"}
			for {
				found, err := b.Users.List(b.Context(), actor, users.Filter{Search: search}, query)
				if err != nil {
					b.Fatal(err)
				}
				for _, u := range found.Users {
					all = append(all, u.Username)
				}
				if query.Cursor = found.Next; found.Next == "" {
					return strings.Join(all, " ")
				}
			}
		}
		for _, c := range []struct{ who, search, want string }{
			{"sys", "", "sys local b1 a1"}, {"local", "", "a1"}, {"local", "b1", ""}, {"local", "%", ""}, {"sys", "_", ""}, {"sys", "B1", "b1"},
		} {
			if got := names(b.as(c.who), c.search); got != c.want {
				b.Errorf("%s searches %q and finds %q, want %q", c.who, c.search, got, c.want)
			}
		}
		_, there := b.Users.Get(b.Context(), b.as("local"), "b1")
		_, absent := b.Users.Get(b.Context(), b.as("local"), "b7")
		if fault.KindOf(there) != fault.NotFound || strings.ReplaceAll(there.Error(), "b1", "b7") != absent.Error() {
			b.Errorf("%v and %v differ", there, absent)
		}
		_, err := b.Users.List(b.Context(), b.as("b1"), users.Filter{}, page.Query{})
		b.expect(err, "access.refused.grant")
		_, err = b.Users.List(b.Context(), b.as("sys"), users.Filter{}, page.Query{Sort: "password"})
		b.expect(err, "page.sort")
	})
}

func TestImportedUsersAreUndoneUnlessTheyWereChangedSince(t *testing.T) {
	eachBank(t, func(b bank) {
		lines := []string{"用户名,工号,邮箱,状态", "a2,A2,a2@bank.example,启用", "a1,A1,new@bank.example,停用", "svc,,,active"}
		s := world.Import(b, b.App, "users", lines...)
		if s.New != 2 || s.Changed != 1 {
			b.Errorf("the summary is %+v", s)
		}
		if again := world.Import(b, b.App, "users", lines...); again.Unchanged != 3 || again.BatchID != 0 {
			b.Errorf("the same file again: %+v", again)
		}
		if _, err := b.Imports.Undo(b.Context(), world.Operator(), s.BatchID); err != nil {
			b.Fatal(err)
		}
		if u, err := b.Users.Get(b.Context(), b.as("sys"), "a1"); err != nil || u.State != users.Active || u.Email != "" {
			b.Errorf("the changed user after the undoing: %+v %v", u, err)
		}
		if _, err := b.Users.Get(b.Context(), b.as("sys"), "svc"); fault.KindOf(err) != fault.NotFound {
			b.Errorf("the new user after the undoing: %v", err)
		}
		s = world.Import(b, b.App, "users", "username,state", "svc,active")
		if _, err := b.Users.SetState(b.Context(), b.as("sys"), "svc", users.Disabled); err != nil {
			b.Fatal(err)
		}
		_, err := b.Imports.Undo(b.Context(), world.Operator(), s.BatchID)
		b.expect(err, "user.changed_since")
	})
}

func TestEveryFaultOfAUsersFileIsReportedAtItsPlace(t *testing.T) {
	eachBank(t, func(b bank) {
		_, err := world.TryImport(b.Context(), b, b.App, b.as("sys"), "users", "username,staff_no,email,state",
			"hr_admin,,,active", "Server,,,active", "аdmin,,,active", "x1,,bad,active", "x2,,,gone", "x3,A2,,active", "x4,Z9,,active", "007,,,active", "x5,,,active", "X5,,,active")
		e, ok := fault.As(err)
		if !ok {
			b.Fatal(err)
		}
		var codes []string
		for _, p := range e.Problems {
			codes = append(codes, p.Code)
		}
		want := "user.reserved user.reserved user.name staff.email user.state user.not_staff_no user.staff_unknown user.is_staff_no import.twice"
		if got := strings.Join(codes, " "); got != want {
			b.Errorf("the faults are\n%s, want\n%s", got, want)
		}
		_, err = world.TryImport(b.Context(), b, b.App, b.as("local"), "users", "username,state", "x6,active")
		if fault.KindOf(err) != fault.Forbidden {
			b.Errorf("an import by one whose reach ends at a branch: %v", err)
		}
	})
}
