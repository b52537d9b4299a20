package auth_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
)

// guess tries a wrong password, and says how it was answered.
func (w *world) guess(username string, from auth.Client) string {
	w.t.Helper()
	_, err := w.SignIn(w.t.Context(), username, "a wrong guess of mine", from)
	if err == nil {
		w.t.Fatal("a wrong guess is right")
	}
	return code(err)
}

func TestA05_NothingTellsWhetherAnAccountIsThereLockedOrDisabled(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		w.user("zhou.jie")
		w.exec("UPDATE users SET state = 'disabled' WHERE username = 'zhou.jie'")
		w.invite("han.mei") // who has no password yet
		tries := []struct{ name, username, password string }{
			{"a wrong password", "li.na", another},
			{"an unknown user", "nobody", another},
			{"a disabled user", "zhou.jie", another},
			{"a disabled user with the right password", "zhou.jie", password},
			{"a user without a password", "han.mei", another},
			{"what nobody's hash is made of", "nobody", "nobody has this password"},
		}
		var first *fault.Error
		for i, try := range tries {
			before := w.Hashed()
			_, err := w.SignIn(t.Context(), try.username, try.password, at(fmt.Sprintf("10.1.0.%d", i)))
			e, ok := fault.As(err)
			if !ok {
				t.Fatalf("%s: %v", try.name, err)
			}
			if first == nil {
				first = e
			}
			if e.Kind != fault.Unauthenticated || e.Code != first.Code || fmt.Sprint(e.Args, e.Problems, e.RetryAfter, e.Current) != fmt.Sprint(first.Args, first.Problems, first.RetryAfter, first.Current) {
				t.Errorf("%s is answered %+v, not like the first", try.name, e)
			}
			if n := w.Hashed() - before; n != 1 {
				t.Errorf("%s: %d passwords were hashed, want 1 as for any other", try.name, n)
			}
		}
	})
}

func TestA05_AnAccountThatIsNotThereIsThrottledLikeOneThatIs(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		var there, absent []string
		for i := range 12 {
			there = append(there, w.guess("li.na", at("10.1.0.1")))
			absent = append(absent, w.guess("nobody", at("10.1.0.2")))
			w.clock.Move(time.Duration(i) * time.Second)
		}
		if !slices.Equal(there, absent) {
			t.Errorf("an account that is there is answered %v, one that is not %v", there, absent)
		}
		if !slices.Contains(there, "auth.throttled") {
			t.Error("neither was throttled")
		}
	})
}

func TestA05_AnAddressThatHasUsedUpItsLimitIsNotToldWhoIsKnownThere(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		w.user("zhou.jie")
		office := at("10.3.0.1")
		w.signIn("li.na", office)
		for i := range 50 {
			w.guess(fmt.Sprintf("ghost%d", i), office)
		}
		w.signIn("li.na", office) // the right password is let in all the same
		try := func(name string) string {
			_, err := w.SignIn(t.Context(), name, "a wrong guess of mine", office)
			e, ok := fault.As(err)
			if !ok {
				t.Fatal(err)
			}
			return fmt.Sprint(e.Kind, e.Code, e.Args, e.RetryAfter, e.Problems)
		}
		for i := range 40 { // while the address has to wait, and after
			known, there, absent := try("li.na"), try("zhou.jie"), try("nobody")
			if known != absent || there != absent {
				t.Fatalf("the try %d is answered %s to one who is known there, %s to another, %s to nobody", i, known, there, absent)
			}
			w.clock.Move(3 * time.Second)
		}
	})
}

func TestA05_WhoHasToWaitIsAnsweredNoSoonerThanWhoIsKnown(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		now := &clock{at: time.Date(2026, time.November, 24, 1, 0, 0, 0, time.UTC)}
		quick := newWorld(t, d, now)
		w := &world{auth.New(d, auth.Options{Clock: now.Now, Random: random, Hashing: auth.Hashing, Administrators: administrators{}}), t, d, now}
		w.user("li.na")
		office := at("10.3.0.1")
		w.signIn("li.na", office)
		took := func(name string) time.Duration {
			began := time.Now()
			w.guess(name, office)
			return time.Since(began)
		}
		for i := range 50 {
			quick.guess(fmt.Sprintf("ghost%d", i), office)
		}
		known := min(took("li.na"), took("li.na"), took("li.na"))
		for range 3 {
			if absent := took("nobody"); absent < known/2 {
				t.Errorf("nobody's try was turned away after %v, and one whose password was looked at after %v", absent, known)
			}
		}
	})
}

func TestA05_AnAccountThatIsStoppedElsewhereDoesNotTellWhereItIsKnown(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		w.signIn("li.na", at("10.3.0.1"))
		for i := range 160 {
			w.guess("li.na", at(fmt.Sprintf("10.4.0.%d", i%50)))
			w.clock.Move(time.Minute)
		}
		if known, unknown := w.guess("li.na", at("10.3.0.1")), w.guess("li.na", at("10.9.9.9")); known != unknown {
			t.Errorf("a wrong password is answered %s where the account is known, %s elsewhere", known, unknown)
		}
		w.signIn("li.na", at("10.3.0.1"))
	})
}

func TestA05_WhatWasTypedForAUsernameThatIsNoneIsNotOnRecord(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.guess("my secret typed in the wrong place", at("10.1.0.1"))
		if got := w.trail(); !slices.Equal(got, []string{"anonymous sign_in failed  auth.wrong"}) {
			t.Errorf("the trail says %q", got)
		}
	})
}

func TestA06_OfAThousandGuessesFromFiftyAddressesAHundredAreLookedAtAtMost(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		before, waits := w.Hashed(), 0
		for i := range 1000 {
			_, err := w.SignIn(t.Context(), "li.na", "a wrong guess of mine", at(fmt.Sprintf("10.2.0.%d", i%50)))
			e, ok := fault.As(err)
			if !ok {
				t.Fatal(err)
			}
			if e.Kind == fault.TooMany {
				waits++
				if e.RetryAfter < time.Second {
					t.Fatalf("to be tried again after %v", e.RetryAfter)
				}
			}
			w.clock.Move(5 * time.Minute) // so that no delay but the hard stop holds them back
		}
		looked := w.Hashed() - before
		if looked != 100 || waits != 900 {
			t.Errorf("%d guesses were looked at and %d refused, want 100 and 900", looked, waits)
		}
		if trail := w.trail()[1:]; len(trail) != 1000 || trail[999] != "li.na sign_in refused li.na auth.throttled" {
			t.Errorf("%d guesses are on record, the last as %q", len(trail), trail[len(trail)-1])
		}
	})
}

func TestA06_GuessesAtTheSameInstantDoNotSlipThroughTogether(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		before := w.Hashed()
		var all sync.WaitGroup
		for i := range 200 {
			all.Go(func() {
				_, _ = w.SignIn(context.WithoutCancel(t.Context()), "li.na", "a wrong guess of mine", at(fmt.Sprintf("10.2.%d.1", i)))
			})
		}
		all.Wait()
		if looked := w.Hashed() - before; looked > 100 {
			t.Errorf("%d guesses were looked at, want 100 at most", looked)
		}
	})
}

func TestA06_DelaysGrowWithEachFailureAndASuccessEndsThem(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		var delays []time.Duration
		for len(delays) < 6 {
			_, err := w.SignIn(t.Context(), "li.na", "a wrong guess of mine", at("10.0.0.1"))
			if e, ok := fault.As(err); ok && e.Kind == fault.TooMany {
				delays = append(delays, e.RetryAfter)
				w.clock.Move(e.RetryAfter)
			}
		}
		if wanted := []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 32 * time.Second}; !slices.Equal(delays, wanted) {
			t.Errorf("the delays are %v, want %v", delays, wanted)
		}
		w.signIn("li.na", at("10.0.0.1"))
		if got := w.guess("li.na", at("10.0.0.1")); got != "auth.wrong" {
			t.Errorf("a failure after a success is answered %s", got)
		}
	})
}

func TestA06_SprayingFromOneAddressIsThrottledAfterFiftyAMinute(t *testing.T) {
	eachEngine(t, func(w *world) {
		before := w.Hashed()
		for i := range 300 {
			w.guess(fmt.Sprintf("user%d", i), at("10.3.0.1"))
		}
		if looked := w.Hashed() - before; looked != 50 {
			t.Errorf("%d were looked at in one minute, want 50", looked)
		}
		w.clock.Move(time.Minute)
		if got := w.guess("user1000", at("10.3.0.1")); got != "auth.wrong" {
			t.Errorf("a minute later: %s", got)
		}
	})
}

func TestA07_SprayingFromAnAddressDoesNotKeepOutWhoeverSignedInFromThere(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		w.signIn("li.na", at("10.3.0.1"))
		for i := range 60 {
			w.guess(fmt.Sprintf("user%d", i), at("10.3.0.1"))
		}
		if got := w.guess("user61", at("10.3.0.1")); got != "auth.throttled" {
			t.Errorf("the sprayer is answered %s", got)
		}
		w.signIn("li.na", at("10.3.0.1"))
	})
}

func TestA07_AnAttackFromElsewhereLocksNobodyOut(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		device := w.signIn("li.na", at("10.0.0.9")).Device
		for i := range 200 { // ten minutes
			w.guess("li.na", at(fmt.Sprintf("10.4.0.%d", i%50)))
			w.clock.Move(3 * time.Second)
		}
		if got := w.guess("li.na", at("10.9.9.9")); got != "auth.throttled" {
			t.Fatalf("from an unknown source: %s", got)
		}
		w.signIn("li.na", at("10.0.0.1")) // where they set the password
		known := at("10.8.8.8")
		known.Device = device
		w.signIn("li.na", known) // a known device at an unknown address
	})
}

func TestA07_GuessesFromTheSameAddressDoNotLockOutAKnownDevice(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		known := at("10.0.0.1")
		known.Device = w.signIn("li.na", known).Device
		for i := range 300 { // a colleague at the same address: at the account and at others
			w.guess("li.na", at("10.0.0.1"))
			w.guess(fmt.Sprintf("user%d", i), at("10.0.0.1"))
		}
		if got := w.guess("li.na", at("10.0.0.1")); got != "auth.throttled" {
			t.Fatalf("without the device: %s", got)
		}
		w.signIn("li.na", known)
	})
}

func TestA07_AForeignOrInventedDeviceOpensNothing(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		w.user("zhou.jie")
		foreign := w.signIn("zhou.jie", at("10.0.0.7")).Device
		for i := range 160 {
			w.guess("li.na", at(fmt.Sprintf("10.4.0.%d", i%50)))
			w.clock.Move(time.Minute)
		}
		for name, device := range map[string]string{"somebody else's": foreign, "invented": strings.Repeat("A", 43), "malformed": "x"} {
			from := at("10.9.9.9")
			from.Device = device
			if got := w.guess("li.na", from); got != "auth.throttled" {
				t.Errorf("with a device that is %s: %s", name, got)
			}
		}
		invented := at("10.0.0.1")
		invented.Device = strings.Repeat("A", 43)
		if in := w.signIn("li.na", invented); in.Device == invented.Device {
			t.Error("an invented device's token was taken over")
		}
	})
}

func TestA07_TwoHundredPeopleBehindOneAddressSignInWithinFiveMinutes(t *testing.T) {
	eachEngine(t, func(w *world) {
		secrets := make([]string, 200)
		for i := range secrets {
			_, secrets[i] = w.invite(fmt.Sprintf("user%03d", i))
		}
		for i, secret := range secrets {
			if _, err := w.Redeem(t.Context(), secret, "", password, at("10.5.0.1")); err != nil {
				t.Fatal(err)
			}
			w.signIn(fmt.Sprintf("user%03d", i), at("10.6.0.1"))
			if i%5 == 0 { // every fifth mistypes first
				w.guess(fmt.Sprintf("user%03d", i), at("10.6.0.1"))
			}
			w.clock.Move(1500 * time.Millisecond)
		}
	})
}

func TestA07_ManyAtOnceBehindOneAddressAreNoSpray(t *testing.T) {
	eachEngine(t, func(w *world) {
		for i := range 100 {
			w.user(fmt.Sprintf("user%03d", i))
		}
		failed := make(chan error, 100)
		var all sync.WaitGroup
		for i := range 100 {
			all.Go(func() {
				if _, err := w.SignIn(t.Context(), fmt.Sprintf("user%03d", i), password, at("10.6.0.1")); err != nil {
					failed <- err
				}
			})
		}
		all.Wait()
		close(failed)
		for err := range failed {
			t.Error(err)
		}
	})
}

func TestAnAccountThatIsStoppedOpensAgainByAReset(t *testing.T) {
	eachEngine(t, func(w *world) {
		id := w.user("li.na")
		for i := range 160 {
			w.guess("li.na", at(fmt.Sprintf("10.4.0.%d", i%50)))
			w.clock.Move(time.Minute)
		}
		var secret *auth.Secret
		w.write(func(ctx context.Context, tx db.Tx) (err error) {
			secret, err = auth.StartReset(ctx, w.Service, tx, id)
			return err
		})
		if _, err := w.Redeem(t.Context(), secret.Value, "", password, at("10.0.0.1")); err != nil {
			t.Fatal(err)
		}
		w.signIn("li.na", at("10.7.7.7"))
	})
}
