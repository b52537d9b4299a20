package server_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/auth"
)

func TestI04_WholeNumbersHaveOneSpelling(t *testing.T) {
	r := start(t)
	for _, spelling := range []string{"01", "%2B1", "+1", "%201", "1%20", "-0", "1.0", "1e0"} {
		r.fails(request{path: "users?limit=" + spelling}, http.StatusBadRequest, "request.parameter")
	}
	for _, spelling := range []string{"01", "+1", "%201", "-0", "1.0"} {
		r.fails(request{path: "grants/" + spelling}, http.StatusNotFound, "server.not_found")
		r.fails(request{path: "jobs/" + spelling}, http.StatusNotFound, "server.not_found")
	}
	if len(r.bank.seen) != 0 {
		t.Error("a handler was reached")
	}
}

func TestAWholeNumberWithAPointIsSaidAtItsPlace(t *testing.T) {
	r := start(t)
	for _, number := range []string{"1.0", "1e0", "1.5"} {
		got := r.fails(request{method: http.MethodPatch, path: "users/x", body: `{"version":` + number + `,"state":"active"}`}, http.StatusUnprocessableEntity, "request.invalid")
		if p := got.problem(t); len(p.Problems) == 0 || p.Problems[0].Path != "version" {
			t.Errorf("%s: %+v", number, p)
		}
	}
}

func TestALongKeyIsNotEchoedWhole(t *testing.T) {
	r := start(t)
	key := strings.Repeat("k", 5000)
	for _, body := range []string{`{"username":"x","` + key + `":1}`, `{"` + key + `":1e9}`, `{"` + key + `":1,"` + key + `":1}`} {
		got := r.do(newUser(body))
		if got.StatusCode/100 != 4 || !strings.Contains(got.body, key[:100]+"…") || strings.Contains(got.body, key[:101]) {
			t.Errorf("%d %.300s", got.StatusCode, got.body)
		}
	}
}

func TestR02_WhoSendsFarTooMuchReadsWhy(t *testing.T) {
	r := start(t)
	made, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+r.address+"/api/v1/users", bytes.NewReader(bytes.Repeat([]byte(" "), 20<<20)))
	if err != nil {
		t.Fatal(err)
	}
	made.Header.Set("Content-Type", "application/json")
	made.AddCookie(&http.Cookie{Name: auth.SessionCookie, Value: "hr"})
	got, err := http.DefaultTransport.RoundTrip(made)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if body := readAll(got); got.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(body, "request.too_large") {
		t.Errorf("%d %s", got.StatusCode, body)
	}
}

func TestR02_WhoSendsAllBeforeReadingReadsTheAnswerToo(t *testing.T) {
	r := start(t)
	got := r.raw(head("POST", "/api/v1/users", asJSON, "Content-Length: 20971520") + strings.Repeat(" ", 20<<20))
	if !strings.HasPrefix(got, "HTTP/1.1 413 ") || !strings.Contains(got, "request.too_large") {
		t.Errorf("%.200s", got)
	}
}
