package auth_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/rbac"
)

type rbacPermission = rbac.Permission

// reset starts a reset as an administrator does.
func (w *world) reset(id int64) *auth.Secret {
	w.t.Helper()
	var secret *auth.Secret
	w.write(func(ctx context.Context, tx db.Tx) (err error) {
		secret, err = auth.StartReset(ctx, w.Service, tx, id)
		return err
	})
	return secret
}

func TestA09_AResetEndsSessionsAndItsSecretWorksOnceWithinTheHour(t *testing.T) {
	eachEngine(t, func(w *world) {
		id := w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		secret := w.reset(id)
		w.is(in.Token, "")
		if _, err := w.SignIn(t.Context(), "li.na", password, at("10.0.0.1")); code(err) != "auth.wrong" {
			t.Errorf("the old password after a reset began: %v", err)
		}
		if len(secret.Value) < 22 || secret.ExpiresAt.Sub(w.clock.Now()) > time.Hour {
			t.Errorf("the secret is %d characters long and lives until %v", len(secret.Value), secret.ExpiresAt)
		}
		if _, err := w.Redeem(t.Context(), secret.Value, "", "too short", at("10.0.0.1")); code(err) != "password.length" {
			t.Errorf("a short password: %v", err)
		}
		if _, err := w.Redeem(t.Context(), secret.Value, "", another, at("10.0.0.1")); err != nil {
			t.Errorf("the secret was used up by a password that was refused: %v", err)
		}
		_, err := w.Redeem(t.Context(), secret.Value, "", password, at("10.0.0.1"))
		want(t, err, fault.Gone, "auth.secret_used")
		if _, err := w.SignIn(t.Context(), "li.na", another, at("10.0.0.1")); err != nil {
			t.Error(err)
		}
	})
}

func TestA09_ASecretThatExpiredWasReplacedOrIsOfADisabledUserIsGone(t *testing.T) {
	eachEngine(t, func(w *world) {
		id := w.user("li.na")
		first := w.reset(id)
		second := w.reset(id)
		_, err := w.Redeem(t.Context(), first.Value, "", another, at("10.0.0.1"))
		want(t, err, fault.Gone, "auth.secret_used")
		w.clock.Move(time.Hour)
		_, err = w.Redeem(t.Context(), second.Value, "", another, at("10.0.0.1"))
		want(t, err, fault.Gone, "auth.secret_used")
		third := w.reset(id)
		w.exec("UPDATE users SET state = 'disabled' WHERE id = ?", id)
		_, err = w.Redeem(t.Context(), third.Value, "", another, at("10.0.0.1"))
		want(t, err, fault.Gone, "auth.secret_used")
		_, err = w.Redeem(t.Context(), strings.Repeat("A", 43), "", another, at("10.0.0.1"))
		want(t, err, fault.Invalid, "auth.secret_wrong")
		_, err = w.Redeem(t.Context(), "' OR 1=1 --", "", another, at("10.0.0.1"))
		want(t, err, fault.Invalid, "auth.secret_wrong")
	})
}

func TestA09_AFirstPasswordIsSetWithinADay(t *testing.T) {
	eachEngine(t, func(w *world) {
		_, secret := w.invite("li.na")
		w.clock.Move(24*time.Hour - time.Second)
		if _, err := w.Redeem(t.Context(), secret, "", password, at("10.0.0.1")); err != nil {
			t.Error(err)
		}
		_, late := w.invite("zhou.jie")
		w.clock.Move(24 * time.Hour)
		_, err := w.Redeem(t.Context(), late, "", password, at("10.0.0.1"))
		want(t, err, fault.Gone, "auth.secret_used")
	})
}

func TestA09_OfTwoWhoUseOneSecretAtOnceOneSucceeds(t *testing.T) {
	eachEngine(t, func(w *world) {
		_, secret := w.invite("li.na")
		var all sync.WaitGroup
		answers := make(chan error, 8)
		for range 8 {
			all.Go(func() {
				_, err := w.Redeem(t.Context(), secret, "", password, at("10.0.0.1"))
				answers <- err
			})
		}
		all.Wait()
		close(answers)
		done := 0
		for err := range answers {
			if err == nil {
				done++
				continue
			}
			want(t, err, fault.Gone, "auth.secret_used")
		}
		if done != 1 {
			t.Errorf("%d of 8 succeeded, want 1", done)
		}
	})
}

func TestA10_NoAccountIsThereByDefault(t *testing.T) {
	eachEngine(t, func(w *world) {
		names := []string{"admin", "root", "administrator", "sa", "steelyard", "user", "test", "guest", "security", "system"}
		for i, name := range names {
			for _, word := range []string{"admin", "password", "steelyard", "", name} {
				if _, err := w.SignIn(t.Context(), name, word, at("10.0.1."+string(rune('0'+i)))); code(err) != "auth.wrong" && code(err) != "auth.throttled" {
					t.Errorf("%s with %q: %v", name, word, err)
				}
			}
		}
	})
}

func TestA10_TheBootstrapSecretWorksOnceAndIsNotMadeAgain(t *testing.T) {
	eachEngine(t, func(w *world) {
		first := w.bootstrap(true)
		second := newWorld(t, w.db, w.clock).bootstrap(true) // another server starts
		_, err := w.Redeem(t.Context(), second, "", password, at("10.0.0.1"))
		want(t, err, fault.Invalid, "auth.username_needed")
		if done, err := w.Redeem(t.Context(), second, "Security", password, at("10.0.0.1")); err != nil || done.Username != "security" {
			t.Fatalf("got %v and %v", done, err)
		}
		for _, secret := range []string{first, second} {
			_, err := w.Redeem(t.Context(), secret, "mallory", password, at("10.0.0.1"))
			want(t, err, fault.Gone, "auth.secret_used")
		}
		w.signIn("security", at("10.0.0.1"))
		w.bootstrap(false)
		w.exec("UPDATE users SET email = ''") // the role is gone: that is no first start
		w.clock.Move(30 * 24 * time.Hour)
		if err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.bootstrap(false)
	})
}

func TestA10_ABootstrapThatFailsLeavesTheSecretGood(t *testing.T) {
	eachEngine(t, func(w *world) {
		secret := w.bootstrap(true)
		w.exec("INSERT INTO users (username, state, created_at) VALUES ('taken', 'active', ?)", w.clock.Now())
		if _, err := w.Redeem(t.Context(), secret, "taken", password, at("10.0.0.1")); !isUnique(err) {
			t.Fatalf("got %v, want a name that is taken", err)
		}
		if _, err := w.Redeem(t.Context(), secret, "security", password, at("10.0.0.1")); err != nil {
			t.Error(err)
		}
	})
}

func isUnique(err error) bool {
	return err != nil && (db.IsUnique(err) || errors.Is(err, context.Canceled))
}

// bootstrap makes the first secret, or asserts that none is made.
func (w *world) bootstrap(made bool) string {
	w.t.Helper()
	secret, err := w.Bootstrap(w.t.Context())
	if err != nil || (secret != nil) != made {
		w.t.Fatalf("bootstrapping gave %v (%v), want one: %v", secret, err, made)
	}
	if !made {
		return ""
	}
	return secret.Value
}
