package auth_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/rbac"
)

// token makes an API token, which must succeed.
func (w *world) token(in *auth.SignedIn, permissions ...rbac.Permission) (string, *auth.APIToken) {
	w.t.Helper()
	token, made, err := w.CreateToken(w.t.Context(), in.Identity, operator, auth.NewToken{Name: " Core feed ", Permissions: permissions, ExpiresAt: w.clock.Now().Add(48 * time.Hour)})
	if err != nil {
		w.t.Fatal(err)
	}
	return token, made
}

func TestAnAPITokenCarriesSomePermissionsUntilItExpires(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		token, made := w.token(in, rbac.StaffRead, rbac.ActualImport, rbac.StaffRead)
		if !strings.HasPrefix(token, "sty_") || made.Name != "Core feed" {
			t.Errorf("the token is %q, named %q", token[:4], made.Name)
		}
		who, err := w.AuthenticateToken(t.Context(), token)
		if err != nil || who.Username != "li.na" || who.Kind != auth.ByToken || !slices.Equal(who.Permissions, []rbac.Permission{rbac.ActualImport, rbac.StaffRead}) {
			t.Errorf("the token is %+v (%v)", who, err)
		}
		w.is(token, "") // it is no session's
		w.is(strings.TrimPrefix(token, "sty_"), "")
		if _, err := w.AuthenticateToken(t.Context(), in.Token); code(err) != "auth.signed_out" {
			t.Errorf("a session's token as an API token: %v", err)
		}
		w.clock.Move(48 * time.Hour)
		_, err = w.AuthenticateToken(t.Context(), token)
		want(t, err, fault.Unauthenticated, "auth.signed_out")
	})
}

func TestATokenIsListedWithItsLastUseAndRevokedByItsUserAlone(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		w.user("zhou.jie")
		in, other := w.signIn("li.na", at("10.0.0.1")), w.signIn("zhou.jie", at("10.0.0.1"))
		token, made := w.token(in, rbac.StaffRead)
		list, err := w.Tokens(t.Context(), in.Identity)
		if err != nil || len(list) != 1 || !list[0].UsedAt.IsZero() {
			t.Fatalf("the tokens are %+v (%v)", list, err)
		}
		w.clock.Move(time.Hour)
		in = w.signIn("li.na", at("10.0.0.1"))
		for range 3 {
			if _, err := w.AuthenticateToken(t.Context(), token); err != nil {
				t.Fatal(err)
			}
			w.clock.Move(time.Second)
		}
		if list, err = w.Tokens(t.Context(), in.Identity); err != nil || list[0].UsedAt.Sub(list[0].CreatedAt) != time.Hour {
			t.Errorf("the tokens are %+v (%v)", list, err)
		}
		want(t, w.RevokeToken(t.Context(), other.Identity, made.ID), fault.NotFound, "token.unknown")
		if err := w.RevokeToken(t.Context(), in.Identity, made.ID); err != nil {
			t.Fatal(err)
		}
		_, err = w.AuthenticateToken(t.Context(), token)
		want(t, err, fault.Unauthenticated, "auth.signed_out")
		want(t, w.RevokeToken(t.Context(), in.Identity, made.ID), fault.NotFound, "token.unknown")
	})
}

func TestATokenIsRefusedWhatItsUserDoesNotHaveOrTooLongALife(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		good := auth.NewToken{Name: "feed", Permissions: []rbac.Permission{rbac.StaffRead}, ExpiresAt: w.clock.Now().Add(time.Hour)}
		for wanted, change := range map[string]func(*auth.NewToken){
			"token.name":   func(n *auth.NewToken) { n.Name = " " },
			"token.empty":  func(n *auth.NewToken) { n.Permissions = nil },
			"token.expiry": func(n *auth.NewToken) { n.ExpiresAt = w.clock.Now().Add(367 * 24 * time.Hour) },
		} {
			n := good
			change(&n)
			_, _, err := w.CreateToken(t.Context(), in.Identity, operator, n)
			want(t, err, fault.Invalid, wanted)
		}
		_, _, err := w.CreateToken(t.Context(), in.Identity, rbac.Actor{Name: "li.na", UserID: in.UserID}, good)
		want(t, err, fault.Invalid, "token.permission")
		_, _, err = w.CreateToken(t.Context(), in.Identity, operator.Limited([]rbac.Permission{rbac.UnitRead}), good)
		if code(err) != "" && code(err) != "token.permission" {
			t.Error(err)
		}
	})
}

func TestATokenMakesNoTokensAndTouchesNeitherPasswordNorSessions(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		token, made := w.token(in, rbac.StaffRead)
		who, err := w.AuthenticateToken(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		_, _, create := w.CreateToken(t.Context(), who, operator, auth.NewToken{Name: "more", Permissions: []rbac.Permission{rbac.StaffRead}, ExpiresAt: w.clock.Now().Add(time.Hour)})
		_, tokens := w.Tokens(t.Context(), who)
		_, sessions := w.Sessions(t.Context(), who)
		_, change := w.ChangePassword(t.Context(), who, password, another, at("10.0.0.1"))
		for name, err := range map[string]error{
			"making a token": create, "listing tokens": tokens, "listing sessions": sessions, "changing the password": change,
			"revoking a token": w.RevokeToken(t.Context(), who, made.ID), "signing out": w.SignOut(t.Context(), who),
			"ending a session": w.EndSession(t.Context(), who, in.SessionID), "ending other sessions": w.EndOthers(t.Context(), who),
		} {
			if code(err) != "auth.session_only" || fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s by a token: %v", name, err)
			}
		}
	})
}

func TestATokenOfADisabledUserIsNobodys(t *testing.T) {
	eachEngine(t, func(w *world) {
		id := w.user("li.na")
		token, _ := w.token(w.signIn("li.na", at("10.0.0.1")), rbac.StaffRead)
		w.exec("UPDATE users SET state = 'disabled' WHERE id = ?", id)
		_, err := w.AuthenticateToken(t.Context(), token)
		want(t, err, fault.Unauthenticated, "auth.signed_out")
	})
}

func TestWhoseSessionHasEndedMakesNoTokenWhileAnotherServerStillBelievesIt(t *testing.T) {
	for name, end := range map[string]func(w *world, id int64, in *auth.SignedIn) error{
		"a reset begins": func(w *world, id int64, _ *auth.SignedIn) error {
			w.reset(id)
			return nil
		},
		"the password changes": func(w *world, _ int64, in *auth.SignedIn) error {
			_, err := w.ChangePassword(w.t.Context(), in.Identity, password, another, at("10.0.0.1"))
			return err
		},
		"they sign out": func(w *world, _ int64, in *auth.SignedIn) error { return w.SignOut(w.t.Context(), in.Identity) },
	} {
		t.Run(name, func(t *testing.T) {
			eachEngine(t, func(w *world) {
				other := newWorld(w.t, w.db, w.clock)
				id := w.user("li.na")
				in := w.signIn("li.na", at("10.0.0.1"))
				other.is(in.Token, "li.na")
				if err := end(w, id, in); err != nil {
					w.t.Fatal(err)
				}
				other.is(in.Token, "li.na") // for two seconds
				_, _, err := other.CreateToken(w.t.Context(), in.Identity, operator, auth.NewToken{
					Name: "t", Permissions: []rbac.Permission{rbac.StaffRead}, ExpiresAt: w.clock.Now().Add(48 * time.Hour),
				})
				want(w.t, err, fault.Unauthenticated, "auth.signed_out")
			})
		})
	}
}

func TestEachActOfSigningInIsOnRecordOnce(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		_, made := w.token(in, rbac.StaffRead)
		if err := w.RevokeToken(t.Context(), in.Identity, made.ID); err != nil {
			t.Fatal(err)
		}
		other := w.signIn("li.na", at("10.0.0.2"))
		if err := w.EndSession(t.Context(), in.Identity, other.SessionID); err != nil {
			t.Fatal(err)
		}
		got := w.texts("SELECT action || ' ' || outcome FROM audit_records ORDER BY id")
		wanted := []string{"secret.redeem done", "sign_in done", "token.create done", "token.revoke done", "sign_in done", "session.end done"}
		if !slices.Equal(got, wanted) {
			t.Errorf("on record are %q, want %q", got, wanted)
		}
	})
}
