package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"go.uber.org/goleak"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/server"
	"github.com/steelyard/steelyard/rbac"
)

// bank is an API of a few operations: what the tests of the chain need.
type bank struct {
	api.StrictServerInterface // the other operations panic

	mu       sync.Mutex
	err      error // of every operation, if set
	seen     []audit.Origin
	created  []api.NewUser
	uploaded []byte
	file     io.Reader
}

func (b *bank) enter(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen = append(b.seen, audit.OriginOf(ctx))
	return b.err
}

func (b *bank) GetMe(ctx context.Context, _ api.GetMeRequestObject) (api.GetMeResponseObject, error) {
	return api.GetMe200JSONResponse{Username: access.ActorOf(ctx).Name, Permissions: []string{}, Roles: []api.Grant{}}, b.enter(ctx)
}

func (b *bank) ListUsers(ctx context.Context, _ api.ListUsersRequestObject) (api.ListUsersResponseObject, error) {
	return api.ListUsers200JSONResponse{Items: []api.User{}}, b.enter(ctx)
}

func (b *bank) GetUser(ctx context.Context, r api.GetUserRequestObject) (api.GetUserResponseObject, error) {
	return api.GetUser200JSONResponse{Username: r.Username, State: "active", Version: 1}, b.enter(ctx)
}

func (b *bank) CreateUser(ctx context.Context, r api.CreateUserRequestObject) (api.CreateUserResponseObject, error) {
	b.mu.Lock()
	b.created = append(b.created, *r.Body)
	b.mu.Unlock()
	return api.CreateUser201JSONResponse{User: api.User{Username: r.Body.Username, State: "active", Version: 1}}, b.enter(ctx)
}

func (b *bank) ChangeUser(ctx context.Context, r api.ChangeUserRequestObject) (api.ChangeUserResponseObject, error) {
	return api.ChangeUser200JSONResponse{Username: r.Username, State: "active", Version: r.Body.Version + 1}, b.enter(ctx)
}

func (b *bank) SignOut(ctx context.Context, _ api.SignOutRequestObject) (api.SignOutResponseObject, error) {
	return api.SignOut204Response{}, b.enter(ctx)
}

func (b *bank) CreateImport(ctx context.Context, r api.CreateImportRequestObject) (api.CreateImportResponseObject, error) {
	for {
		part, err := r.Body.NextPart()
		if errors.Is(err, io.EOF) {
			return api.CreateImport202JSONResponse{Id: 1, State: "queued"}, b.enter(ctx)
		}
		if err != nil {
			return nil, err
		}
		if b.uploaded, err = io.ReadAll(part); err != nil {
			return nil, err
		}
	}
}

// download streams a file.
type download struct{ io.Reader }

func (d download) VisitGetJobFileResponse(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	return c.SendStream(d.Reader)
}

func (b *bank) GetJobFile(ctx context.Context, _ api.GetJobFileRequestObject) (api.GetJobFileResponseObject, error) {
	return download{b.file}, b.enter(ctx)
}

func (b *bank) ListUnits(context.Context, api.ListUnitsRequestObject) (api.ListUnitsResponseObject, error) {
	panic("a fault of ours")
}

// callers are signed in with their name for a secret: "hr" may do anything,
// "rm" reads their own results.
type callers struct {
	mu      sync.Mutex
	err     error // of every look, if set
	refused []string
}

func (c *callers) Caller(ctx context.Context, shown server.Credential) (context.Context, server.Caller, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if shown.Token {
		shown.Secret = strings.TrimPrefix(shown.Secret, "token-")
	}
	switch {
	case c.err != nil:
		return ctx, server.Caller{}, c.err
	case shown.Secret == "hr":
		return ctx, server.Caller{Actor: rbac.Operator("hr"), Session: "s-hr"}, nil
	case shown.Secret == "rm":
		return ctx, server.Caller{Actor: rbac.Actor{Name: "rm", UserID: 7}, Session: "s-rm"}, nil
	}
	return ctx, server.Caller{}, fault.New(fault.Unauthenticated, "auth.signed_out", nil)
}

func (c *callers) Refused(_ context.Context, actor rbac.Actor, operation string, refusal *fault.Error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refused = append(c.refused, actor.Name+" "+operation+" "+refusal.Code)
	return nil
}

// running is a server that listens.
type running struct {
	*testing.T
	address string // host and port
	bank    *bank
	callers *callers
	log     *logged
}

// logged is a log that tests read while the server writes.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// start serves on a free port until the test ends.
func start(t *testing.T, change ...func(*server.Options)) *running {
	t.Helper()
	r := &running{T: t, bank: &bank{}, callers: &callers{}, log: &logged{}}
	options := server.Options{Version: "1.0.0", Log: slog.New(slog.NewTextHandler(r.log, nil)), Handlers: r.bank, Callers: r.callers}
	for _, f := range change {
		f(&options)
	}
	listener, err := server.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.New(options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	r.address = listener.Addr().String()
	return r
}

// answer is what came back.
type answer struct {
	*http.Response
	body string
}

// problem is the answer as a problem.
func (a answer) problem(t *testing.T) (p struct {
	Status      int
	Code, Title string
	RequestID   string `json:"request_id"`
	Problems    []struct{ Path, Code, Message string }
}) {
	t.Helper()
	if kind := a.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("status %d, content type %q: %s", a.StatusCode, kind, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &p); err != nil {
		t.Errorf("%v: %s", err, a.body)
	}
	return p
}

// request is one request; what is left out is a GET by hr of the API.
type request struct {
	method, path, body string
	who                string // the session's secret; "-" for nobody
	header             map[string]string
}

func (r *running) do(q request) answer {
	r.Helper()
	if q.method == "" {
		q.method = http.MethodGet
	}
	if !strings.HasPrefix(q.path, "/") {
		q.path = "/api/v1/" + q.path
	}
	made, err := http.NewRequestWithContext(r.Context(), q.method, "http://"+r.address+q.path, strings.NewReader(q.body))
	if err != nil {
		r.Fatal(err)
	}
	if q.body != "" {
		made.Header.Set("Content-Type", "application/json")
	}
	switch q.who {
	case "-":
	case "":
		q.who = "hr"
		fallthrough
	default:
		made.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: q.who})
	}
	for name, value := range q.header {
		if made.Header.Del(name); value != "" {
			made.Header.Set(name, value)
		}
	}
	got, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(made)
	if err != nil {
		r.Fatalf("%s %s: %v", q.method, q.path, err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		r.Fatal(err)
	}
	return answer{got, string(body)}
}

// fails sends a request and wants a problem.
func (r *running) fails(q request, status int, code string) answer {
	r.Helper()
	got := r.do(q)
	if p := got.problem(r.T); got.StatusCode != status || p.Code != code || p.Status != status || p.Title == code || p.Title == "" {
		r.Errorf("%s %s %.80s: got %d %s, want %d %s", q.method, q.path, q.body, got.StatusCode, got.body, status, code)
	}
	return got
}

// succeeds sends a request and wants it done.
func (r *running) succeeds(q request, status int) answer {
	r.Helper()
	got := r.do(q)
	if got.StatusCode != status {
		r.Errorf("%s %s %.80s: got %d %s, want %d", q.method, q.path, q.body, got.StatusCode, got.body, status)
	}
	return got
}

// raw sends bytes, and gives all that comes back until the server closes.
func (r *running) raw(text string) string {
	r.Helper()
	c, err := net.Dial("tcp", r.address)
	if err != nil {
		r.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		r.Fatal(err)
	}
	if _, err := io.WriteString(c, text); err != nil {
		return ""
	}
	got, err := io.ReadAll(c)
	if err != nil && len(got) == 0 {
		return ""
	}
	return string(got)
}

// readAll gives the body of an answer, as far as it comes.
func readAll(r *http.Response) string {
	body, _ := io.ReadAll(r.Body)
	return string(body)
}

func TestThePageSaysWhatRunsHereAndNothingOfWhatIsInside(t *testing.T) {
	r := start(t, func(o *server.Options) {
		o.Demo, o.Accounts = true, []server.Account{{Username: "007001", Password: "a demo password", Who: lang.Text{Zh: "机构负责人", En: "Manager"}}}
	})
	for language, want := range map[string]string{"zh-CN,zh": "接口说明", "en": "Reference", "": "Reference"} {
		got := r.succeeds(request{path: "/", who: "-", header: map[string]string{"Accept-Language": language}}, http.StatusOK)
		for _, want := range []string{want, "1.0.0", "007001", "a demo password", `href="/healthz"`, `href="/readyz"`, `href="/api/openapi.yaml"`} {
			if !strings.Contains(got.body, want) {
				t.Errorf("%s: the page lacks %q", language, want)
			}
		}
		if strings.Contains(got.body, "server.page.") || strings.Contains(got.body, "<script") || strings.Contains(got.body, "SQLite") {
			t.Errorf("the page says what it should not:\n%s", got.body)
		}
	}
	if got := r.succeeds(request{path: "/?lang=zh", who: "-"}, http.StatusOK); !strings.Contains(got.body, `lang="zh-CN"`) {
		t.Error("the language of the address is not taken")
	}
}

func TestAPortInUseAndABadAddressAreSaid(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for address, code := range map[string]string{
		taken.Addr().String(): "server.port_in_use",
		"8080":                "server.bad_address",
		"no such host:80":     "server.no_address",
	} {
		_, err := server.Listen(t.Context(), address)
		if e, ok := fault.As(err); !ok || e.Code != code {
			t.Errorf("%s: got %v, want %s", address, err, code)
		}
	}
}

func TestAServerThatIsStoppedBeforeItBeganStops(t *testing.T) {
	for range 20 {
		listener, err := server.Listen(t.Context(), "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		s, err := server.New(server.Options{Log: slog.New(slog.DiscardHandler), Handlers: &bank{}, Callers: &callers{}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if err := s.Serve(ctx, listener); err != nil {
			t.Error(err)
		}
	}
}

func TestAServerThatStopsLeavesNothingRunning(t *testing.T) {
	// fasthttp looks after its idle workers every ten seconds, and ends at the next look.
	workers := goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2")
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent(), workers)
	t.Run("serve and stop", func(t *testing.T) { start(t).succeeds(request{path: "/healthz"}, http.StatusOK) })
}
