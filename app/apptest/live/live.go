// Package live starts the whole program on a port, for tests that talk to it as
// its users do. What it answers is compared with the contract.
package live

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/api/client"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
)

// Password is that of every user here.
const Password = "烛影摇红 wintergreen lantern 37"

// hashing is as cheap as it can be: what a password costs is tested elsewhere.
var hashing = auth.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// Clock is a clock that a test moves. It begins on a Monday, 2026-11-02, 9:00 in China.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is what the program is told.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move lets time pass.
func (c *Clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// Server is the program that answers on a port.
type Server struct {
	*app.App
	Clock   *Clock
	Address string // http://host:port
	HTTP    *http.Client

	t testing.TB
}

// Start serves the database of a URL, which is made where it is missing, until the test ends.
func Start(t testing.TB, url string, change ...func(*app.Serving)) *Server {
	t.Helper()
	s := &Server{t: t, Clock: &Clock{now: time.Date(2026, time.November, 2, 1, 0, 0, 0, time.UTC)}}
	ctx, stop := context.WithCancel(context.Background())
	var err error
	if s.App, err = app.Open(ctx, url, s.Clock.Now, app.Hashing(hashing)); err != nil {
		stop()
		t.Fatal(err)
	}
	if err := s.DB.Write(ctx, root); err != nil {
		stop()
		t.Fatal(err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		stop()
		t.Fatal(err)
	}
	o := app.Serving{Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))}
	for _, f := range change {
		f(&o)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener, o) }()
	transport := &http.Transport{MaxIdleConnsPerHost: 32}
	s.Address, s.HTTP = "http://"+listener.Addr().String(), &http.Client{Transport: Checked(t, transport)}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return s
}

// root makes the bank's root, so that there is a unit where roles are held.
func root(ctx context.Context, tx db.Tx) error {
	_, err := people.Root(ctx, tx)
	return err
}

// Operator does what a test takes as given.
func Operator() rbac.Actor { return rbac.Operator("tester") }

// Root is the code of the bank's root until a file of units brings another.
const Root = "HEAD-OFFICE"

// Pass lets time pass. The server looks at once whether its policy still holds.
func (s *Server) Pass(by time.Duration) {
	s.t.Helper()
	s.Clock.Move(by)
	if err := s.Guard.Refresh(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// Role is a role at a unit.
type Role struct{ Name, Unit string }

// Caller talks to the server as somebody.
type Caller struct {
	*client.ClientWithResponses
	Username string
	Session  string // the secret of the session
}

// User makes a user with roles, of a member of the staff or of nobody, and signs them in.
func (s *Server) User(username, staffNo string, roles ...Role) *Caller {
	s.t.Helper()
	ctx := s.t.Context()
	made, err := s.Users.Create(ctx, Operator(), users.New{Username: username, StaffNo: staffNo})
	if err != nil {
		s.t.Fatalf("making the user %s: %v", username, err)
	}
	for _, r := range roles {
		n := grants.New{Username: username, Role: r.Name, Unit: r.Unit, From: db.DateOf(s.Clock.Now().AddDate(0, -10, 0)), Reason: "appointed"}
		if _, err := s.Grants.Create(ctx, Operator(), n); err != nil {
			s.t.Fatalf("granting %s to %s: %v", r.Name, username, err)
		}
	}
	if _, err := s.Auth.Redeem(ctx, made.Invitation.Secret, "", Password, auth.Client{Address: "127.0.0.1"}); err != nil {
		s.t.Fatalf("setting the password of %s: %v", username, err)
	}
	return s.SignIn(username)
}

// SignIn signs a user in.
func (s *Server) SignIn(username string) *Caller {
	s.t.Helper()
	in, err := s.Nobody().SignInWithResponse(s.t.Context(), client.SignIn{Username: username, Password: Password})
	if err != nil || in.StatusCode() != http.StatusOK {
		s.t.Fatalf("signing in as %s: %v %s", username, err, in.Body)
	}
	for _, cookie := range in.HTTPResponse.Cookies() {
		if cookie.Name == auth.SessionCookie {
			return s.caller(username, cookie.Value)
		}
	}
	s.t.Fatalf("signing in as %s set no cookie", username)
	return nil
}

// Nobody talks to the server without having signed in.
func (s *Server) Nobody() *Caller {
	s.t.Helper()
	return s.caller("", "")
}

func (s *Server) caller(username, session string) *Caller {
	s.t.Helper()
	dress := func(_ context.Context, r *http.Request) error {
		if session != "" {
			r.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: session})
		}
		r.Header.Set("Accept-Language", "en")
		return nil
	}
	made, err := client.NewClientWithResponses(s.Address+"/api/v1", client.WithHTTPClient(s.HTTP), client.WithRequestEditorFn(dress))
	if err != nil {
		s.t.Fatal(err)
	}
	return &Caller{made, username, session}
}

// Ask sends a request that the client would not, and gives its status, its
// headers and its body.
func (s *Server) Ask(as *Caller, method, path string, body io.Reader, headers ...string) (*http.Response, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.Address+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	if as != nil && as.Session != "" {
		r.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: as.Session})
	}
	got, err := s.HTTP.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer got.Body.Close() //nolint:errcheck // it was read to its end
	text, err := io.ReadAll(got.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return got, string(text)
}
