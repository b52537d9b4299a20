package server_test

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/server"
)

// newUser is a POST that the contract allows.
func newUser(body string) request { return request{method: http.MethodPost, path: "users", body: body} }

// form is an upload of a file with a name.
func form(t *testing.T, name, content string) (body, kind string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("kind", "units"); err != nil {
		t.Fatal(err)
	}
	file, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(file, content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

func upload(body, kind string) request {
	return request{method: http.MethodPost, path: "imports", body: body, header: map[string]string{"Content-Type": kind, "X-Requested-With": "test"}}
}

func TestC01_MutatingRoutesTakeTheirContentTypeAlone(t *testing.T) {
	r := start(t)
	for _, kind := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/vnd.evil+json", "application/json; charset=gbk", "application/json, text/plain", "text/json"} {
		q := newUser(`{"username":"x"}`)
		q.header = map[string]string{"Content-Type": kind}
		r.fails(q, http.StatusUnsupportedMediaType, "request.content_type")
	}
	for _, kind := range []string{"application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"} {
		q := newUser(`{"username":"x"}`)
		q.header = map[string]string{"Content-Type": kind}
		r.succeeds(q, http.StatusCreated)
	}
	body, kind := form(t, "units.xlsx", "content")
	r.succeeds(upload(body, kind), http.StatusAccepted)
	if string(r.bank.uploaded) != "content" {
		t.Errorf("the handler got %q", r.bank.uploaded)
	}
	plain := upload(body, kind)
	delete(plain.header, "X-Requested-With")
	r.fails(plain, http.StatusBadRequest, "request.parameter")
	r.fails(upload(`{"kind":"units"}`, "application/json"), http.StatusUnsupportedMediaType, "request.content_type")
	compressed := newUser(`{"username":"x"}`)
	compressed.header = map[string]string{"Content-Encoding": "gzip"}
	r.fails(compressed, http.StatusUnsupportedMediaType, "request.content_type")
	r.fails(request{method: http.MethodPost, path: "sign-out", body: "a=b", header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}, http.StatusUnsupportedMediaType, "request.content_type")
}

func TestC02_WhatAnotherSiteSendsIsRefusedOnEveryUnsafeRoute(t *testing.T) {
	r := start(t)
	body, kind := form(t, "units.xlsx", "content")
	for name, q := range map[string]request{
		"JSON": newUser(`{"username":"x"}`), "sign-out": {method: http.MethodPost, path: "sign-out"}, "upload": upload(body, kind),
		"sign-in": {method: http.MethodPost, path: "sign-in", body: `{"username":"x","password":"y"}`, who: "-"},
		"DELETE":  {method: http.MethodDelete, path: "me/sessions/1"},
	} {
		for _, evil := range []map[string]string{
			{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
			{"Origin": "http://" + r.address, "Sec-Fetch-Site": "cross-site"}, {"Origin": "http://" + r.address + ".evil.example"},
		} {
			sent := q
			sent.header = map[string]string{}
			for _, header := range []map[string]string{q.header, evil} {
				for k, v := range header {
					sent.header[k] = v
				}
			}
			if r.fails(sent, http.StatusForbidden, "request.cross_site"); t.Failed() {
				t.Fatalf("%s %v", name, evil)
			}
		}
	}
	same := newUser(`{"username":"x"}`)
	same.header = map[string]string{"Origin": "http://" + r.address, "Sec-Fetch-Site": "same-origin"}
	r.succeeds(same, http.StatusCreated)
	if len(r.bank.created) != 1 {
		t.Errorf("%d users were made", len(r.bank.created))
	}
}

func TestC02_BehindAProxyThePublicURLIsTheSite(t *testing.T) {
	r := start(t, func(o *server.Options) { o.PublicURL = "https://scores.bank.example" })
	q := newUser(`{"username":"x"}`)
	q.header = map[string]string{"Origin": "https://scores.bank.example"}
	r.succeeds(q, http.StatusCreated)
}

func TestC03_NoOtherOriginIsAllowed(t *testing.T) {
	r := start(t)
	for _, origin := range []string{"https://evil", "null", "https://app.bank.evil"} {
		for _, method := range []string{http.MethodGet, http.MethodOptions} {
			got := r.do(request{method: method, path: "me", header: map[string]string{"Origin": origin, "Access-Control-Request-Method": "POST"}})
			for name := range got.Header {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s from %s: %s is %q", method, origin, name, got.Header.Get(name))
				}
			}
		}
	}
}

func TestZ02_AQueryHasTheOperationsParametersOnceEach(t *testing.T) {
	r := start(t)
	for _, query := range []string{
		"branch_id=B", "state=active&state=disabled", "state[]=active", "STATE=active", "state=active&branch=A", "limit=1&limit=200", "=x",
	} {
		r.fails(request{path: "users?" + query}, http.StatusBadRequest, "request.parameter")
	}
	for _, query := range []string{"state=", "state=active,disabled", "state=gone", "limit=0", "limit=-1", "limit=1000000000", "limit=all", "limit=", "limit=1e2", "search=%00", "search=%ff", "search=" + strings.Repeat("a", 5000)} {
		r.fails(request{path: "users?" + query}, http.StatusBadRequest, "request.parameter")
	}
	r.fails(request{path: "users?state=%zz"}, http.StatusBadRequest, "request.query")
	r.fails(request{path: "users?a;b"}, http.StatusBadRequest, "request.query")
	r.succeeds(request{path: "users?state=active&limit=200&lang=zh"}, http.StatusOK)
}

func TestZ07_AnOperationHasOneSpelling(t *testing.T) {
	r := start(t)
	r.succeeds(request{path: "/api/v1/users/wang"}, http.StatusOK)
	r.succeeds(request{path: "/api/v1/users/%E7%8E%8B%20x"}, http.StatusOK)
	for _, path := range []string{
		"/api/v1/Users/wang", "/API/v1/users/wang", "/api/v1/users/wang/", "/api/v1//users/wang", "//api/v1/users/wang",
		"/api/v1/./users/wang", "/api/v1/units/../users/wang", "/api/v1/users/%2e%2e/wang", "/api/v1/users%2fwang", "/api/v1/users%2Fwang",
		"/api/v1/users/wang;x=1", "/api/v1/users/%77ang", "/api/v1/users/wang%00", "/api/v1/users/..%2fsecret", "/api/v1/users/..%252fsecret",
		"/api/v1/users/%e7%8e", "/api/v1/users/a%5cb", "/api/v1/users", "/api/v2/users/wang", "/api/v1", "/api/v1/",
	} {
		want := http.StatusNotFound
		if path == "/api/v1/users" {
			want = http.StatusOK // the list
		}
		if got := r.do(request{path: path}); got.StatusCode != want {
			t.Errorf("%s: got %d %s", path, got.StatusCode, got.body)
		}
	}
	for _, path := range []string{"/api/v1/users/wang%", "/api/v1/users/a\\b", "/api/v1/users/\x7f", "/api/v1/users/wang#x"} {
		if got := r.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nCookie: " + auth.SessionCookie + "=hr\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.1 4") {
			t.Errorf("%q: %s", path, got)
		}
	}
	for _, method := range []string{"TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get", "PUT"} {
		got := r.raw(method + " /api/v1/users HTTP/1.1\r\nHost: x\r\nCookie: " + auth.SessionCookie + "=hr\r\nConnection: close\r\n\r\n")
		if !strings.HasPrefix(got, "HTTP/1.1 405 ") || !strings.Contains(got, "server.method") {
			t.Errorf("%s: %s", method, got)
		}
	}
	r.fails(request{method: http.MethodPost, path: "me", header: map[string]string{"X-HTTP-Method-Override": "GET"}}, http.StatusMethodNotAllowed, "server.method")
	if got := r.do(request{method: http.MethodHead, path: "users", who: "rm"}); got.StatusCode != http.StatusForbidden {
		t.Errorf("HEAD is %d where GET is forbidden", got.StatusCode)
	}
	if got := r.do(request{method: http.MethodHead, path: "users"}); got.StatusCode != http.StatusOK {
		t.Errorf("HEAD is %d where GET is allowed", got.StatusCode)
	}
}

func TestZ09_AuthorisationFailsClosed(t *testing.T) {
	r := start(t)
	for name, c := range map[string]struct {
		err    error
		status int
		code   string
	}{
		"the database is gone":     {fault.New(fault.Internal, "db.unreachable", nil), http.StatusServiceUnavailable, "server.unavailable"},
		"the policy is unreadable": {fault.New(fault.Unavailable, "server.unavailable", nil), http.StatusServiceUnavailable, "server.unavailable"},
		"anything else":            {errors.New("SQLSTATE 42P01"), http.StatusInternalServerError, "server.internal"},
	} {
		t.Run(name, func(*testing.T) {
			r.callers.mu.Lock()
			r.callers.err = c.err
			r.callers.mu.Unlock()
			r.fails(request{path: "me"}, c.status, c.code)
		})
	}
	r.callers.err = nil
	r.fails(request{path: "users", who: "rm"}, http.StatusForbidden, "access.refused.user") // without a policy nobody may
	if len(r.bank.seen) != 0 {
		t.Errorf("a handler was reached: %v", r.bank.seen)
	}
}

func TestZ11_UnknownFieldsAreRefused(t *testing.T) {
	r := start(t)
	for _, field := range []string{"role", "ROLE", "branch_id", "status", "total", "approved_by", "id", "created_at"} {
		got := r.fails(request{method: http.MethodPatch, path: "users/wang", body: `{"version":1,"` + field + `":"x"}`}, http.StatusUnprocessableEntity, "request.invalid")
		if p := got.problem(t); len(p.Problems) != 1 || p.Problems[0].Code != "request.unknown_field" || p.Problems[0].Path != field || p.Problems[0].Message != "there is no such field" {
			t.Errorf("%s: %s", field, got.body)
		}
	}
	r.fails(request{method: http.MethodPatch, path: "users/wang", body: `{"version":1,"VERSION":2}`}, http.StatusBadRequest, "request.key_twice")
	r.fails(newUser(`{"username":"a","username":"b"}`), http.StatusBadRequest, "request.key_twice")
	if len(r.bank.seen) != 0 {
		t.Error("a handler was reached")
	}
}

func TestWhatTheSchemaCannotSayIsLookedAtToo(t *testing.T) {
	r := start(t)
	for _, email := range []string{"wang", "@bank.example", "a b@bank.example", "wang@bank.example, x@evil.example"} {
		p := r.fails(newUser(`{"username":"x","email":"`+email+`"}`), http.StatusUnprocessableEntity, "request.invalid").problem(t)
		if len(p.Problems) != 1 || p.Problems[0].Path != "email" || p.Problems[0].Code != "request.format" {
			t.Errorf("%s: %+v", email, p.Problems)
		}
	}
	for _, body := range []string{`{"username":"x"}`, `{"username":"x","email":""}`, `{"username":"x","email":"wang@bank.example"}`} {
		r.succeeds(newUser(body), http.StatusCreated)
	}
}

func TestI04_TextThatIsNotKeptIsRefused(t *testing.T) {
	r := start(t)
	for _, name := range []string{`admin\u0000`, `\ud800`, "\xff\xfe"} {
		r.fails(newUser(`{"username":"`+name+`"}`), http.StatusUnprocessableEntity, "request.invalid")
	}
	r.fails(request{path: "users/%ff%fe"}, http.StatusNotFound, "server.not_found")
}

func TestI08_NumbersAreStrict(t *testing.T) {
	r := start(t)
	for _, number := range []string{"1e309", "9223372036854775808", "1.5", `"1"`, "1e0", "true", "null", "[1]"} {
		r.fails(request{method: http.MethodPatch, path: "users/wang", body: `{"version":` + number + `}`}, http.StatusUnprocessableEntity, "request.invalid")
	}
	for _, number := range []string{"NaN", "Infinity", "0x1p4", "１００", "1,000", "01", "+1", ".5"} {
		r.fails(request{method: http.MethodPatch, path: "users/wang", body: `{"version":` + number + `}`}, http.StatusBadRequest, "request.json")
	}
	for _, number := range []string{"0", "-0", "9223372036854775806"} {
		r.succeeds(request{method: http.MethodPatch, path: "users/wang", body: `{"version":` + number + `}`}, http.StatusOK)
	}
}

func TestI07_LineBreaksAndEscapesForgeNothing(t *testing.T) {
	r := start(t)
	r.bank.err = errors.New("for the log: \r\nlevel=INFO msg=forged \x1b[2J")
	got := r.fails(request{path: "users/x%0d%0aSet-Cookie:%20a=b%1b[2J"}, http.StatusNotFound, "server.not_found")
	if got.Header.Get("Set-Cookie") != "" {
		t.Error("a header was forged")
	}
	r.fails(request{path: "users/x"}, http.StatusInternalServerError, "server.internal")
	if log := r.log.String(); strings.Count(log, "\n") != 1 || strings.Contains(log, "\x1b") {
		t.Errorf("the log was forged: %q", log)
	}
}

func TestH05_WhatProxiesSayIsBelievedOfThoseThatAreConfigured(t *testing.T) {
	headers := map[string]string{"X-Forwarded-For": "203.0.113.9, 10.1.2.3", "X-Real-IP": "203.0.113.8", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
	r := start(t)
	r.succeeds(request{path: "me", header: headers}, http.StatusOK)
	if got := r.bank.seen[0].Address; got != "127.0.0.1" {
		t.Errorf("an unknown proxy was believed: %s", got)
	}
	proxies, err := server.ParseProxies("127.0.0.1, 10.0.0.0/8")
	if err != nil || len(proxies) != 2 || proxies[0] != netip.MustParsePrefix("127.0.0.1/32") {
		t.Fatal(proxies, err)
	}
	r = start(t, func(o *server.Options) { o.TrustedProxies = proxies })
	for said, want := range map[string]string{
		"203.0.113.9, 10.1.2.3": "203.0.113.9", "1.2.3.4, 203.0.113.9": "203.0.113.9", "nonsense, 10.1.2.3": "10.1.2.3", "": "127.0.0.1", "2001:db8::1": "2001:db8::1",
	} {
		r.succeeds(request{path: "me", header: map[string]string{"X-Forwarded-For": said}}, http.StatusOK)
		if got := r.bank.seen[len(r.bank.seen)-1].Address; got != want {
			t.Errorf("%q: got %s, want %s", said, got, want)
		}
	}
	if _, err := server.ParseProxies("10.0.0.0/8,proxy"); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
}

func TestL06_EachRefusalIsOnRecord(t *testing.T) {
	r := start(t)
	for range 20 {
		r.fails(request{path: "users", who: "rm"}, http.StatusForbidden, "access.refused.user")
	}
	r.bank.err = fault.New(fault.Forbidden, "access.refused.grant", nil)
	r.fails(request{path: "me", who: "rm"}, http.StatusForbidden, "access.refused.grant")
	if len(r.callers.refused) != 21 || r.callers.refused[0] != "rm listUsers access.refused.user" || r.callers.refused[20] != "rm getMe access.refused.grant" {
		t.Errorf("on record: %v", r.callers.refused)
	}
}

func TestACallerIsASessionOrATokenAndNothingElse(t *testing.T) {
	r := start(t)
	r.fails(request{path: "me", who: "-"}, http.StatusUnauthorized, "auth.signed_out")
	r.fails(request{path: "me?sid=hr", who: "-"}, http.StatusUnauthorized, "auth.signed_out")
	for _, header := range []string{"Basic aHI6aHI=", "Bearer", "Bearer ", "hr"} {
		r.fails(request{path: "me", who: "-", header: map[string]string{"Authorization": header}}, http.StatusUnauthorized, "auth.signed_out")
	}
	got := r.succeeds(request{path: "me", who: "-", header: map[string]string{"Authorization": "Bearer token-rm"}}, http.StatusOK)
	if !strings.Contains(got.body, `"rm"`) {
		t.Error(got.body)
	}
	// Of a token and a cookie the token counts, also when it is wrong.
	r.fails(request{path: "me", header: map[string]string{"Authorization": "Bearer wrong"}}, http.StatusUnauthorized, "auth.signed_out")
	if seen := r.bank.seen[0]; seen.Session != "s-rm" || seen.RequestID == "" || seen.RequestID != got.Header.Get("X-Request-Id") {
		t.Errorf("the origin is %+v", seen)
	}
}

func TestAProblemIsSaidInTheCallersLanguage(t *testing.T) {
	r := start(t)
	q := newUser(`{"usernam":"x"}`)
	q.header = map[string]string{"Accept-Language": "zh-CN"}
	p := r.fails(q, http.StatusUnprocessableEntity, "request.invalid").problem(t)
	if p.Title != "请求内容有误；请看每处问题" || len(p.Problems) != 2 || p.RequestID == "" {
		t.Fatalf("%+v", p)
	}
	for _, at := range p.Problems {
		if at.Path == "username" && at.Message != "缺少这一项" || at.Path == "usernam" && at.Message != "没有这个字段" {
			t.Errorf("%+v", at)
		}
	}
}
