package server_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/server"
)

// inside is what no answer may hold.
var inside = regexp.MustCompile(`(?i)goroutine|panic|SQLITE|SQLSTATE|pgx|/go/|\.go:|sendfile:|buffer size|contents:|fasthttp|fiber|openapi3|runtime error|a fault of ours|<nil>|0x[0-9a-f]{6}`)

func TestH01_TenThousandBadRequestsTellNothingOfTheInside(t *testing.T) {
	r := start(t)
	random := rand.New(rand.NewPCG(7, 7))
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
	t.Cleanup(client.CloseIdleConnections)
	noise := func() string {
		b := make([]byte, random.IntN(24))
		for i := range b {
			b[i] = byte(random.IntN(256))
		}
		return string(b)
	}
	statuses := map[int]int{}
	for i := range 10_000 {
		r.bank.mu.Lock()
		r.bank.err = nil
		if i%3 == 0 {
			r.bank.err = errors.New("SQLSTATE 42P01: relation does not exist at /go/src/x.go:12")
		}
		r.bank.mu.Unlock()
		path := pick("/api/v1/", "/api/v1/", "/api/v1/", "/api/v1/", "/", "/api/") + pick("users", "users/x", "me", "units", "periods/x/results", "imports", "jobs/1/file", "%zz", "..%2f", "users/%00", "nothing") + pick("", "", "?limit=1e9", "?a=b", "?sort=%27;drop", "?%ff", "?lang=xx")
		body := pick("", `{"username":"x"}`, `{"username":`, `{"username":{"a":[1,2,{"b":null}]}}`, `[]`, `{"username":1e400}`, noise())
		got, err := send(r, client, pick("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"), path, body,
			pick("application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data", ""), pick("hr", "hr", "rm", "x", "%00"))
		if err != nil {
			continue // the client does not send it
		}
		statuses[got.StatusCode]++
		if found := inside.FindString(got.body); found != "" {
			t.Fatalf("%s tells %q: %s", path, found, got.body)
		}
		if got.StatusCode >= 400 && !strings.HasPrefix(got.Header.Get("Content-Type"), "application/problem+json") {
			t.Fatalf("%s: %d as %s: %s", path, got.StatusCode, got.Header.Get("Content-Type"), got.body)
		}
	}
	for _, status := range []int{200, 400, 401, 403, 404, 405, 415, 422, 500} {
		if statuses[status] == 0 {
			t.Errorf("no request came to status %d: %v", status, statuses)
		}
	}
}

func send(r *running, client *http.Client, method, path, body, kind, who string) (answer, error) {
	made, err := http.NewRequestWithContext(r.Context(), method, "http://"+r.address+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	made.Header.Set("Content-Type", kind)
	made.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: who})
	got, err := client.Do(made)
	if err != nil {
		return answer{}, err
	}
	defer got.Body.Close()
	var text strings.Builder
	_, err = fmt.Fprint(&text, readAll(got))
	return answer{got, text.String()}, err
}

func TestH01_RawNonsenseTellsNothingOfTheInside(t *testing.T) {
	r := start(t)
	for _, text := range []string{
		"nonsense\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "\x16\x03\x01\x02\x00", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
		"GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\nHost: " + strings.Repeat("x", 9000) + "\r\n\r\n",
	} {
		got := r.raw(text + "\r\n\r\n")
		if found := inside.FindString(got); found != "" || got != "" && !strings.Contains(got, `"code":`) && !strings.HasPrefix(got, "HTTP/1.1 200") {
			t.Errorf("%.40q: %q in %s", text, found, got)
		}
	}
}

func TestH02_APanicCostsOneRequest(t *testing.T) {
	r := start(t)
	for range 3 {
		r.fails(request{path: "units"}, http.StatusInternalServerError, "server.internal")
		r.succeeds(request{path: "me"}, http.StatusOK)
	}
	if log := r.log.String(); !strings.Contains(log, "a fault of ours") || !strings.Contains(log, "server_test.go") {
		t.Errorf("the log does not say where: %s", log)
	}
}

func TestH03_EveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	r := start(t)
	for path, status := range map[string]int{
		"/": 200, "/healthz": 200, "/readyz": 200, "/style.css": 200, "/icon.svg": 200, "/password": 200, "/password.js": 200, "/api": 200, "/api/openapi.yaml": 200, "/api/reference.css": 200,
		"/nothing": 404, "/api/v1/me": 200, "/api/v1/units": 500, "/api/v1/nothing": 404, "/api/v1/users?x=y": 400, "/healthz/": 404, "/Healthz": 404,
	} {
		got := r.do(request{path: path})
		if got.StatusCode != status {
			t.Errorf("%s: status %d, want %d: %s", path, got.StatusCode, status, got.body)
		}
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": "max-age=63072000; includeSubDomains", "Cache-Control": "no-store", "Server": "",
		} {
			if got.Header.Get(header) != want {
				t.Errorf("%s: %s is %q", path, header, got.Header.Get(header))
			}
		}
		policy := got.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "connect-src 'self'"} {
			if !strings.Contains(policy, want) || strings.Contains(policy, "unsafe") {
				t.Errorf("%s: the policy is %q", path, policy)
			}
		}
		if len(got.Header.Get("X-Request-Id")) < 20 {
			t.Errorf("%s: the request has no id", path)
		}
	}
}

func TestH04_NothingElseIsServed(t *testing.T) {
	r := start(t)
	for _, path := range []string{"/debug/pprof", "/debug/pprof/heap", "/metrics", "/swagger", "/.git/config", "/api/openapi.json", "/page/home.html", "/style.css.map", "/bank.db", "/etc/passwd", "/api/unknown", "/api/v1/unknown", "/index.html", "/home.html"} {
		r.fails(request{path: path}, http.StatusNotFound, "server.not_found")
	}
	r.fails(request{method: http.MethodTrace, path: "/"}, http.StatusMethodNotAllowed, "server.method")
}

func TestH04_MetricsAreForWhoeverHasTheirToken(t *testing.T) {
	r := start(t, func(o *server.Options) {
		o.MetricsToken = "a long token of metrics"
		o.Gauges = []server.Gauge{{Name: "steelyard_policy_version", Help: "The version.", Read: func() float64 { return 7 }}}
	})
	r.succeeds(request{path: "me"}, http.StatusOK)
	r.do(request{path: "users/" + strings.Repeat("x", 70)})
	r.fails(request{path: "/metrics"}, http.StatusUnauthorized, "auth.signed_out")
	r.fails(request{path: "/metrics", header: map[string]string{"Authorization": "Bearer wrong"}}, http.StatusUnauthorized, "auth.signed_out")
	got := r.succeeds(request{path: "/metrics", header: map[string]string{"Authorization": "Bearer a long token of metrics"}}, http.StatusOK)
	for _, want := range []string{`steelyard_requests_total{operation="getMe",status="200"} 1`, `steelyard_requests_total{operation="getUser",status="404"} 1`, "steelyard_policy_version 7", `steelyard_request_seconds_bucket{operation="getMe"`, "go_goroutines"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

func TestReadinessSaysWhichCheckFailedAndNotWhy(t *testing.T) {
	failing := errors.New("no route to 10.1.2.3")
	r := start(t, func(o *server.Options) {
		o.Checks = []server.Check{{Name: "database", Look: func(context.Context) error { return failing }}, {Name: "policy", Look: func(context.Context) error { return nil }}}
	})
	got := r.succeeds(request{path: "/readyz", who: "-"}, http.StatusServiceUnavailable)
	if got.body != `{"checks":{"database":"failed","policy":"ok"},"status":"unavailable"}` || !strings.Contains(r.log.String(), "10.1.2.3") {
		t.Errorf("got %s, in the log %s", got.body, r.log)
	}
	r.succeeds(request{path: "/healthz", who: "-"}, http.StatusOK)
}

func TestEachKindOfErrorHasItsStatus(t *testing.T) {
	r := start(t)
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{fault.New(fault.Malformed, "page.sort", nil), 400, "page.sort"},
		{fault.New(fault.Invalid, "request.invalid", nil), 422, "request.invalid"},
		{fault.New(fault.NotFound, "auth.no_session", nil), 404, "auth.no_session"},
		{fault.New(fault.Conflict, "db.published", nil), 409, "db.published"},
		{fault.New(fault.Gone, "auth.wrong", nil), 410, "auth.wrong"},
		{fault.New(fault.TooLarge, "request.too_large", nil), 413, "request.too_large"},
		{fmt.Errorf("outer: %w", fault.New(fault.Conflict, "db.busy", lang.Args{"name": "/srv/10.0.0.1.db"})), 503, "server.unavailable"},
		{fault.Wrap(errors.New("dial tcp 10.0.0.1"), fault.Internal, "db.unreachable", lang.Args{"name": "postgres://10.0.0.1/x"}), 503, "server.unavailable"},
		{context.DeadlineExceeded, 503, "server.busy"},
		{errors.New("anything"), 500, "server.internal"},
	} {
		r.bank.mu.Lock()
		r.bank.err = c.err
		r.bank.mu.Unlock()
		got := r.fails(request{path: "me"}, c.status, c.code)
		if waits := got.Header.Get("Retry-After") != ""; waits != (c.status == 503) {
			t.Errorf("%s: Retry-After is %q", c.code, got.Header.Get("Retry-After"))
		}
		if strings.Contains(got.body, "10.0.0.1") {
			t.Errorf("the answer tells of the inside: %s", got.body)
		}
	}
	wait := fault.New(fault.TooMany, "auth.throttled", nil)
	wait.RetryAfter = 90_500_000_000
	r.bank.err = wait
	if got := r.fails(request{path: "me"}, 429, "auth.throttled"); got.Header.Get("Retry-After") != "91" {
		t.Errorf("Retry-After is %q", got.Header.Get("Retry-After"))
	}
	conflict := fault.New(fault.Conflict, "auth.no_session", nil)
	conflict.Current = map[string]any{"version": 3}
	conflict.Problems = []fault.Problem{{Sheet: "S", Row: 3, Column: "C", Value: "x", Code: "request.required"}}
	r.bank.err = conflict
	got := r.fails(request{path: "me"}, 409, "auth.no_session")
	if !strings.Contains(got.body, `"current":{"version":3}`) || !strings.Contains(got.body, `{"sheet":"S","row":3,"column":"C","value":"x","code":"request.required","message":"it is missing"}`) {
		t.Error(got.body)
	}
}

func TestTheReferenceShowsTheWholeContractInBothLanguagesWithoutScripts(t *testing.T) {
	r := start(t)
	operations := regexp.MustCompile(`operationId: (\w+)`).FindAllStringSubmatch(string(api.Contract), -1)
	if len(operations) < 60 {
		t.Fatalf("only %d operations", len(operations))
	}
	for language, words := range map[string][]string{"en": {"API reference", "needs the permission", "Error codes", "required"}, "zh": {"接口说明", "需要权限", "错误代码", "必填", `lang="zh-CN"`}} {
		got := r.succeeds(request{path: "/api?lang=" + language, who: "-"}, http.StatusOK)
		for _, o := range operations {
			if !strings.Contains(got.body, `id="`+o[1]+`"`) {
				t.Errorf("%s lacks %s", language, o[1])
			}
		}
		for _, word := range append(words, "review.write", "/api/v1/periods/{period}/results", "auth.throttled") {
			if !strings.Contains(got.body, word) {
				t.Errorf("%s lacks %q", language, word)
			}
		}
		for _, bad := range []string{"<script", "style=", "onclick", "http://", "reference.", "ZgotmplZ"} {
			if found := strings.Index(got.body, bad); found >= 0 && !strings.Contains(got.body[found:found+20], "reference.css") {
				t.Errorf("%s has %q: %.80s", language, bad, got.body[found:])
			}
		}
		for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(got.body, -1) {
			if !strings.Contains(got.body, `id="`+link[1]+`"`) {
				t.Errorf("%s: a link leads to %s, which is not there", language, link[1])
			}
		}
	}
	if got := r.succeeds(request{path: "/api/openapi.yaml", who: "-"}, http.StatusOK); got.body != string(api.Contract) {
		t.Error("the contract is not served as it is")
	}
}
