package auth_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/auth"
)

// served is the whole program on a port, with its first security administrator
// and a system administrator.
type served struct {
	t       *testing.T
	url     string // of the database
	base    string // of the API
	program *app.App
	clock   *clock
}

// answer is what came back.
type answer struct {
	*http.Response

	body map[string]any
}

func (a *answer) code() string { c, _ := a.body["code"].(string); return c }

// cookie gives a cookie that was set.
func (a *answer) cookie(name string) *http.Cookie {
	for _, c := range a.Cookies() {
		if c.Name == name {
			return c
		}
	}
	return nil
}

const publicURL = "https://scores.bank.example"

// eachServer runs f with a server on each engine.
func eachServer(t *testing.T, f func(s *served)) {
	t.Helper()
	apptest.EachURL(t, func(t *testing.T, url string) {
		c := &clock{at: time.Date(2026, time.November, 24, 1, 0, 0, 0, time.UTC)}
		s := &served{t: t, url: url, clock: c}
		s.program = s.open(url)
		s.base = s.serve(s.program)
		secret, err := s.program.Bootstrap(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		s.want(s.send("POST", "/secrets/redeem", "", body{"secret": secret.Value, "username": "security", "password": password}), 200)
		security := s.in("security")
		made := s.want(s.send("POST", "/users", security, body{"username": "sysop"}), 201)
		invitation, _ := made.body["invitation"].(map[string]any)
		s.want(s.send("POST", "/secrets/redeem", "", body{"secret": invitation["secret"], "password": password}), 200)
		f(s)
	})
}

func (s *served) open(url string) *app.App {
	s.t.Helper()
	program, err := app.Open(s.t.Context(), url, s.clock.Now, app.Hashing(quick))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if err := program.Close(); err != nil {
			s.t.Error(err)
		}
	})
	return program
}

// serve serves the program until the test ends, and gives the address of its API.
func (s *served) serve(program *app.App) string {
	s.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- program.Serve(ctx, listener, app.Serving{PublicURL: publicURL, Log: slog.New(slog.DiscardHandler)})
	}()
	s.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			s.t.Error(err)
		}
	})
	return "http://" + listener.Addr().String() + "/api/v1"
}

type body map[string]any

// send asks something with a session's token, if it is not empty.
func (s *served) send(method, path, session string, b body, headers ...string) *answer {
	s.t.Helper()
	var content io.Reader
	if b != nil {
		text, err := json.Marshal(b)
		if err != nil {
			s.t.Fatal(err)
		}
		content = strings.NewReader(string(text))
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.base+path, content)
	if err != nil {
		s.t.Fatal(err)
	}
	if b != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if session != "" {
		r.Header.Set("Cookie", auth.SessionCookie+"="+session)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	a := &answer{Response: response}
	if len(text) > 0 {
		if err := json.Unmarshal(text, &a.body); err != nil {
			s.t.Fatalf("%s %s: %v in %s", method, path, err, text)
		}
	}
	return a
}

func (s *served) want(a *answer, status int) *answer {
	s.t.Helper()
	if a.StatusCode != status {
		s.t.Fatalf("%s %s: %d %v, want %d", a.Request.Method, a.Request.URL.Path, a.StatusCode, a.body, status)
	}
	return a
}

// in signs somebody in and gives the session's token.
func (s *served) in(username string) string {
	s.t.Helper()
	a := s.want(s.send("POST", "/sign-in", "", body{"username": username, "password": password}), 200)
	return a.cookie(auth.SessionCookie).Value
}

func TestS01_ACookieThatWasBroughtIsNotTakenOver(t *testing.T) {
	eachServer(t, func(s *served) {
		brought := strings.Repeat("A", 43)
		a := s.want(s.send("POST", "/sign-in", brought, body{"username": "sysop", "password": password}), 200)
		if got := a.cookie(auth.SessionCookie).Value; got == brought || len(got) < 43 {
			t.Errorf("the session is %q", got)
		}
		s.want(s.send("GET", "/me", brought, nil), 401)
		first := a.cookie(auth.SessionCookie).Value
		changed := s.want(s.send("PUT", "/me/password", first, body{"current": password, "new": another}), 204)
		s.want(s.send("GET", "/me", first, nil), 401)
		s.want(s.send("GET", "/me", changed.cookie(auth.SessionCookie).Value, nil), 200)
	})
}

func TestS03_CookiesAreForThisHostAloneAndNoAddressCarriesAToken(t *testing.T) {
	eachServer(t, func(s *served) {
		a := s.want(s.send("POST", "/sign-in", "", body{"username": "sysop", "password": password}), 200)
		if len(a.Cookies()) != 2 {
			t.Fatalf("%d cookies were set, want 2", len(a.Cookies()))
		}
		for _, c := range a.Cookies() {
			if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("the cookie is %q", c.Raw)
			}
		}
		token := a.cookie(auth.SessionCookie).Value
		for _, query := range []string{"sid", "session", "token", auth.SessionCookie} {
			if got := s.send("GET", "/me?"+query+"="+token, "", nil); got.StatusCode != http.StatusUnauthorized {
				t.Errorf("?%s= is answered %d", query, got.StatusCode)
			}
		}
		s.want(s.send("GET", "/me", "", nil, "Authorization", "Bearer "+token), 401)
		s.want(s.send("GET", "/me", token, nil), 200)
	})
}

func TestS05_SigningOutClearsTheBrowserAndEndsTheSessionOnBothServers(t *testing.T) {
	eachServer(t, func(s *served) {
		token := s.in("sysop")
		other := *s
		other.base = s.serve(s.open(s.url))
		other.want(other.send("GET", "/me", token, nil), 200)
		a := s.want(s.send("POST", "/sign-out", token, nil), 204)
		if got := a.Header.Get("Clear-Site-Data"); got != `"cache", "storage"` {
			t.Errorf("Clear-Site-Data is %q", got)
		}
		if c := a.cookie(auth.SessionCookie); c == nil || c.Value != "" || c.MaxAge >= 0 && !strings.Contains(c.Raw, "max-age=0") {
			t.Errorf("the cookie stays: %v", c)
		}
		s.want(s.send("GET", "/me", token, nil), 401)
		s.clock.Move(3 * time.Second)
		other.want(other.send("GET", "/me", token, nil), 401)
	})
}

func TestA05_AnswersAreTheSameInStatusBodyAndHeaders(t *testing.T) {
	eachServer(t, func(s *served) {
		sysop := s.in("sysop")
		made := s.want(s.send("POST", "/users", sysop, body{"username": "gone"}), 201)
		invitation, _ := made.body["invitation"].(map[string]any)
		s.want(s.send("POST", "/secrets/redeem", "", body{"secret": invitation["secret"], "password": password}), 200)
		s.want(s.send("PATCH", "/users/gone", sysop, body{"version": 1, "state": "disabled"}), 200)
		shape := func(username, word string) string {
			a := s.send("POST", "/sign-in", "", body{"username": username, "password": word})
			delete(a.body, "request_id")
			for _, varies := range []string{"Date", "X-Request-Id", "Content-Length"} {
				a.Header.Del(varies)
			}
			names := slices.Sorted(maps.Keys(a.Header))
			var all strings.Builder
			for _, name := range names {
				fmt.Fprintln(&all, name, a.Header[name])
			}
			return fmt.Sprint(a.StatusCode, a.body, all.String())
		}
		first := shape("sysop", another)
		for name, other := range map[string]string{"an unknown user": shape("nobody", another), "a disabled user": shape("gone", another), "a disabled user's password": shape("gone", password)} {
			if other != first {
				t.Errorf("%s is answered\n%s\nand a wrong password\n%s", name, other, first)
			}
		}
	})
}

func TestA06_WhoeverHasToWaitIsToldForHowLong(t *testing.T) {
	eachServer(t, func(s *served) {
		var last *answer
		for range 6 {
			last = s.send("POST", "/sign-in", "", body{"username": "nobody", "password": another})
		}
		if last.StatusCode != http.StatusTooManyRequests || last.code() != "auth.throttled" || last.Header.Get("Retry-After") != "1" {
			t.Errorf("got %d %v, to be tried again after %q", last.StatusCode, last.body, last.Header.Get("Retry-After"))
		}
	})
}

func TestA09_AResetGivesASecretOnceAndItsLinkLeadsToTheConfiguredHost(t *testing.T) {
	eachServer(t, func(s *served) {
		sysop := s.in("sysop")
		made := s.want(s.send("POST", "/users", sysop, body{"username": "reports"}), 201)
		invitation, _ := made.body["invitation"].(map[string]any)
		s.want(s.send("POST", "/secrets/redeem", "", body{"secret": invitation["secret"], "password": password}), 200)
		if invited, _ := invitation["secret"].(string); invitation["link"] != publicURL+"/password#"+invited {
			t.Errorf("the link of a first password is %v", invitation["link"])
		}
		theirs := s.in("reports")
		a := s.want(s.send("POST", "/users/reports/reset", sysop, nil, "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "http"), 200)
		secret, _ := a.body["secret"].(string)
		if link, _ := a.body["link"].(string); link != publicURL+"/password#"+secret || secret == "" {
			t.Errorf("the link is %q", link)
		}
		if _, there := a.body["password"]; there || strings.Contains(fmt.Sprint(a.body), password) {
			t.Errorf("the answer holds a password: %v", a.body)
		}
		s.want(s.send("GET", "/me", theirs, nil), 401)
		s.want(s.send("POST", "/secrets/redeem", "", body{"secret": secret, "password": another}), 200)
		if again := s.want(s.send("POST", "/secrets/redeem", "", body{"secret": secret, "password": another}), 410); again.code() != "auth.secret_used" {
			t.Errorf("the second use is answered %v", again.body)
		}
		s.want(s.send("POST", "/users/reports/reset", s.in("security"), nil), 403)
		s.want(s.send("POST", "/users/absent/reset", sysop, nil), 404)
	})
}

func TestS06_ADisabledUserIsRefusedAndSoAreTheirTokens(t *testing.T) {
	eachServer(t, func(s *served) {
		sysop := s.in("sysop")
		made := s.want(s.send("POST", "/users", sysop, body{"username": "reports"}), 201)
		invitation, _ := made.body["invitation"].(map[string]any)
		s.want(s.send("POST", "/secrets/redeem", "", body{"secret": invitation["secret"], "password": password}), 200)
		session := s.in("reports")
		s.want(s.send("PATCH", "/users/reports", sysop, body{"version": 1, "state": "disabled"}), 200)
		s.want(s.send("GET", "/me", session, nil), 401)
		s.want(s.send("PATCH", "/users/reports", sysop, body{"version": 2, "state": "active"}), 200)
		s.want(s.send("GET", "/me", session, nil), 401) // what has ended stays so
	})
}

func TestAnAPITokenDoesWhatItCarriesAndNothingOfItsUsersOwn(t *testing.T) {
	eachServer(t, func(s *served) {
		security := s.in("security")
		made := s.want(s.send("POST", "/me/tokens", security, body{"name": "feed", "permissions": []string{"grant.read"}, "expires_on": "2027-11-24"}), 201)
		bearer := fmt.Sprintf("Bearer %v", made.body["token"])
		s.want(s.send("GET", "/grants", "", nil, "Authorization", bearer), 200)
		s.want(s.send("GET", "/users", "", nil, "Authorization", bearer), 403)
		for _, own := range []struct {
			method, path string
			body         body
		}{
			{"GET", "/me/sessions", nil},
			{"DELETE", "/me/sessions", nil},
			{"GET", "/me/tokens", nil},
			{"POST", "/sign-out", nil},
			{"POST", "/me/tokens", body{"name": "more", "permissions": []string{"grant.read"}, "expires_on": "2027-11-24"}},
			{"PUT", "/me/password", body{"current": password, "new": another}},
		} {
			if a := s.send(own.method, own.path, "", own.body, "Authorization", bearer); a.StatusCode != http.StatusForbidden || a.code() != "auth.session_only" {
				t.Errorf("%s %s by a token: %d %v", own.method, own.path, a.StatusCode, a.body)
			}
		}
		for _, beyond := range []string{"2027-11-25", "2026-11-23"} {
			a := s.send("POST", "/me/tokens", security, body{"name": "feed", "permissions": []string{"grant.read"}, "expires_on": beyond})
			if a.StatusCode != http.StatusUnprocessableEntity || a.code() != "token.expiry" {
				t.Errorf("a token until %s: %d %v", beyond, a.StatusCode, a.body)
			}
		}
		a := s.send("POST", "/me/tokens", security, body{"name": "feed", "permissions": []string{"result.read"}, "expires_on": "2027-11-24"})
		if a.StatusCode != http.StatusUnprocessableEntity || a.code() != "token.permission" {
			t.Errorf("a permission that is not theirs: %d %v", a.StatusCode, a.body)
		}
	})
}
