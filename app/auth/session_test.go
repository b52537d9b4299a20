package auth_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
)

func TestS01_EachSignInHasANewTokenAndNoneThatWasBrought(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		brought := at("10.0.0.1")
		brought.Session = strings.Repeat("A", 43)
		first := w.signIn("li.na", brought)
		if first.Token == brought.Session {
			t.Error("the token that was brought was taken over")
		}
		w.is(brought.Session, "")
		again := at("10.0.0.1")
		again.Session = first.Token
		second := w.signIn("li.na", again)
		if second.Token == first.Token {
			t.Error("the second sign-in has the token of the first")
		}
		w.is(first.Token, "") // it was brought along, and ends
		w.is(second.Token, "li.na")
	})
}

func TestS02_TokensHave256BitsAndNoneIsFoundInTheDatabase(t *testing.T) {
	eachEngine(t, func(w *world) {
		id := w.user("li.na")
		seen := map[string]bool{}
		secrets := []string{password}
		for range 300 {
			in := w.signIn("li.na", at("10.0.0.1"))
			if b, err := base64.RawURLEncoding.DecodeString(in.Token); err != nil || len(b) != 32 || seen[in.Token] {
				t.Fatalf("the token %q is short or was there before", in.Token)
			}
			seen[in.Token] = true
			secrets = append(secrets, in.Token, in.Device)
		}
		in := w.signIn("li.na", at("10.0.0.1"))
		token, _, err := w.CreateToken(t.Context(), in.Identity, operator, auth.NewToken{Name: "feed", Permissions: []rbacPermission{"staff.read"}, ExpiresAt: w.clock.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		var reset *auth.Secret
		w.write(func(ctx context.Context, tx db.Tx) (err error) {
			reset, err = auth.StartReset(ctx, w.Service, tx, id)
			return err
		})
		everything := w.everything()
		for _, secret := range append(secrets, token, reset.Value, strings.TrimPrefix(token, "sty_")) {
			raw, _ := base64.RawURLEncoding.DecodeString(secret)
			if bytes.Contains(everything, []byte(secret)) || len(raw) > 16 && bytes.Contains(everything, raw) {
				t.Errorf("the database holds %s", secret)
			}
		}
	})
}

// everything is all that the tables of signing in hold: on SQLite the files themselves.
func (w *world) everything() []byte {
	w.t.Helper()
	var all bytes.Buffer
	for _, query := range []string{
		"SELECT CAST(token_sha256 AS TEXT) || address || agent FROM sessions", "SELECT CAST(token_sha256 AS TEXT) || name || permissions FROM api_tokens",
		"SELECT CAST(secret_sha256 AS TEXT) || purpose || created_by FROM one_time_secrets", "SELECT source FROM known_sources", "SELECT key FROM sign_in_failures", "SELECT password_hash FROM credentials",
		"SELECT actor || session || address || request_id || action || object || object_key || detail || COALESCE(before, '') || COALESCE(after, '') FROM audit_records",
	} {
		if w.db.Engine() == db.SQLite {
			break
		}
		for _, text := range w.texts(query) {
			all.WriteString(text)
		}
	}
	if w.db.Engine() == db.SQLite {
		for _, end := range []string{"", "-wal"} {
			content, err := os.ReadFile(w.db.Name() + end)
			if err != nil {
				w.t.Fatal(err)
			}
			all.Write(content)
		}
	}
	if all.Len() < 1000 {
		w.t.Fatal("the search looks in the wrong place")
	}
	return all.Bytes()
}

func TestS04_ASessionEndsAfterFifteenMinutesInWhichNothingIsDone(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		for range 14 { // a page that looks on does not keep it alive
			w.clock.Move(time.Minute)
			w.is(in.Token, "li.na")
		}
		w.clock.Move(time.Minute)
		w.is(in.Token, "")
	})
}

func TestS04_WhatIsDoneKeepsASessionAliveForTwelveHours(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		for range 12*12 - 1 {
			w.clock.Move(5 * time.Minute)
			if _, err := w.Authenticate(t.Context(), in.Token, auth.Acting); err != nil {
				t.Fatal(err)
			}
		}
		w.clock.Move(5 * time.Minute)
		if _, err := w.Authenticate(t.Context(), in.Token, auth.Acting); code(err) != "auth.signed_out" {
			t.Errorf("after twelve hours: got %v", err)
		}
	})
}

func TestS04_WhenASessionWasSeenIsWrittenOnceAMinute(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		seen := func() time.Duration {
			list, err := w.Sessions(t.Context(), in.Identity)
			if err != nil {
				t.Fatal(err)
			}
			return list[0].SeenAt.Sub(list[0].CreatedAt)
		}
		for _, step := range []struct{ move, want time.Duration }{{59 * time.Second, 0}, {time.Second, time.Minute}, {30 * time.Second, time.Minute}, {31 * time.Second, 121 * time.Second}} {
			w.clock.Move(step.move)
			if _, err := w.Authenticate(t.Context(), in.Token, auth.Acting); err != nil {
				t.Fatal(err)
			}
			if got := seen(); got != step.want {
				t.Errorf("seen %v after the sign-in, want %v", got, step.want)
			}
		}
	})
}

func TestS05_SigningOutEndsTheSessionOnEveryServer(t *testing.T) {
	eachEngine(t, func(w *world) {
		other := newWorld(t, w.db, w.clock)
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		other.is(in.Token, "li.na")
		if err := w.SignOut(t.Context(), in.Identity); err != nil {
			t.Fatal(err)
		}
		w.is(in.Token, "")
		w.clock.Move(2 * time.Second)
		other.is(in.Token, "")
	})
}

func TestS06_WhatEndsOnOneServerIsRefusedOnAnotherWithinFiveSeconds(t *testing.T) {
	for name, end := range map[string]func(w *world, id int64, in *auth.SignedIn){
		"the user is disabled": func(w *world, id int64, _ *auth.SignedIn) {
			w.write(func(ctx context.Context, tx db.Tx) error {
				if _, err := tx.NewRaw("UPDATE users SET state = 'disabled' WHERE id = ?", id).Exec(ctx); err != nil {
					return err
				}
				return w.EndAll(ctx, tx, id)
			})
		},
		"a reset begins": func(w *world, id int64, _ *auth.SignedIn) {
			w.write(func(ctx context.Context, tx db.Tx) error {
				_, err := auth.StartReset(ctx, w.Service, tx, id)
				return err
			})
		},
		"the password changes": func(w *world, _ int64, in *auth.SignedIn) {
			if _, err := w.ChangePassword(w.t.Context(), in.Identity, password, another, at("10.0.0.1")); err != nil {
				w.t.Fatal(err)
			}
		},
		"the session is ended from a list": func(w *world, _ int64, in *auth.SignedIn) {
			if err := w.EndSession(w.t.Context(), in.Identity, in.SessionID); err != nil {
				w.t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachEngine(t, func(w *world) {
				other := newWorld(w.t, w.db, w.clock)
				id := w.user("li.na")
				in := w.signIn("li.na", at("10.0.0.1"))
				w.is(in.Token, "li.na")
				other.is(in.Token, "li.na")
				end(w, id, in)
				w.is(in.Token, "")
				w.clock.Move(5 * time.Second)
				other.is(in.Token, "")
			})
		})
	}
}

func TestS06_NobodySignsInWhileTheyAreBeingDisabled(t *testing.T) {
	eachEngine(t, func(w *world) {
		id := w.user("li.na")
		done := make(chan error, 1)
		w.write(func(ctx context.Context, tx db.Tx) error {
			if _, err := tx.NewRaw("UPDATE users SET state = 'disabled' WHERE id = ?", id).Exec(ctx); err != nil {
				return err
			}
			if err := w.EndAll(ctx, tx, id); err != nil {
				return err
			}
			go func() {
				_, err := w.SignIn(w.t.Context(), "li.na", password, at("10.0.0.1"))
				done <- err
			}()
			select {
			case err := <-done: // it waited for nothing
				done <- err
			case <-time.After(300 * time.Millisecond):
			}
			return nil
		})
		want(w.t, <-done, fault.Unauthenticated, "auth.wrong")
		if live := w.texts("SELECT agent FROM sessions WHERE ended_at IS NULL"); len(live) > 0 {
			w.t.Errorf("a session is alive once they are enabled again: %v", live)
		}
	})
}

func TestS06_AClockThatGoesBackRevivesNothing(t *testing.T) {
	eachEngine(t, func(w *world) {
		other := newWorld(t, w.db, w.clock)
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		other.is(in.Token, "li.na")
		if err := w.SignOut(t.Context(), in.Identity); err != nil {
			t.Fatal(err)
		}
		w.clock.Move(-time.Hour)
		other.is(in.Token, "")
	})
}

func TestNobodyIsLetInWhileTheDatabaseDoesNotAnswer(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		in := w.signIn("li.na", at("10.0.0.1"))
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if who, err := w.Authenticate(gone, in.Token, auth.Acting); err == nil || fault.KindOf(err) != fault.Internal || who.UserID != 0 {
			t.Errorf("got %+v and %v, want an internal error", who, err)
		}
		w.is(in.Token, "li.na")
	})
}

func TestAUserListsAndEndsTheirOwnSessionsAndNobodyElses(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		w.user("zhou.jie")
		foreign := w.signIn("zhou.jie", at("10.0.0.7"))
		first, here := w.signIn("li.na", auth.Client{Address: "10.0.0.2", Agent: "an old\x1b[2J browser"}), w.signIn("li.na", at("10.0.0.1"))
		list, err := w.Sessions(t.Context(), here.Identity)
		if err != nil || len(list) != 2 || !list[0].Current || list[1].Current || list[1].Address != "10.0.0.2" || list[1].Agent != "an old[2J browser" {
			t.Errorf("the sessions are %+v (%v)", list, err)
		}
		want(t, w.EndSession(t.Context(), here.Identity, foreign.SessionID), fault.NotFound, "auth.no_session")
		want(t, w.EndSession(t.Context(), here.Identity, 1<<40), fault.NotFound, "auth.no_session")
		if err := w.EndSession(t.Context(), here.Identity, first.SessionID); err != nil {
			t.Fatal(err)
		}
		third := w.signIn("li.na", at("10.0.0.3"))
		if err := w.EndOthers(t.Context(), here.Identity); err != nil {
			t.Fatal(err)
		}
		w.is(first.Token, "")
		w.is(third.Token, "")
		w.is(here.Token, "li.na")
		w.is(foreign.Token, "zhou.jie")
	})
}

func TestWhatHasEndedIsSweptAndWhatLivesStays(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		w.signIn("li.na", at("10.0.0.1"))
		w.guess("nobody", at("10.0.0.2"))
		w.clock.Move(8 * 24 * time.Hour)
		in := w.signIn("li.na", at("10.0.0.1"))
		if err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.is(in.Token, "li.na")
		if n := w.texts("SELECT CAST(COUNT(*) AS TEXT) FROM sessions UNION ALL SELECT CAST(COUNT(*) AS TEXT) FROM one_time_secrets")[0]; n != "1" {
			t.Errorf("%s sessions are left, want 1", n)
		}
	})
}
