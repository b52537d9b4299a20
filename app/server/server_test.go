package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/server"
)

// overview is what a test makes the page say.
type overview struct {
	periods []server.Period
	err     error
	panics  bool
}

func (o overview) Healthy(context.Context) error { return o.err }

func (o overview) Periods(context.Context) ([]server.Period, error) {
	if o.panics {
		panic("a fault of ours")
	}
	return o.periods, o.err
}

var october = server.Period{
	Code: "2026-10", State: "scoring", Run: 3, Members: 240, Workbook: "out/2026-10.xlsx",
	RunAt: time.Date(2026, 11, 2, 8, 30, 0, 0, time.UTC),
}

// start serves on a free port until the test ends, and gives the address.
func start(t *testing.T, o overview) string {
	t.Helper()
	listener, err := server.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := server.New(server.Options{
		Version: "1.0.0", Database: "SQLite bank.db", Flags: "--db bank.db", Demo: true, Overview: o, Zone: time.FixedZone("CST", 8*60*60),
		Log: slog.New(slog.DiscardHandler),
	})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	return "http://" + listener.Addr().String()
}

func get(t *testing.T, url, acceptLanguage string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Language", acceptLanguage)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func TestThePageSaysWhatRunsHereInTheReadersLanguage(t *testing.T) {
	address := start(t, overview{periods: []server.Period{october}})
	cases := []struct{ name, query, accept, want string }{
		{"a Chinese browser", "", "zh-CN,zh;q=0.9,en;q=0.8", "最近一次计分"},
		{"an English browser", "", "en-GB,en;q=0.9", "Latest run"},
		{"a browser of neither language", "", "fr", "Latest run"},
		{"a language that was asked for", "?lang=zh", "en", "最近一次计分"},
		{"a language that does not exist", "?lang=%22%3E%3Cscript%3E", "en", "Latest run"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer, body := get(t, address+"/"+c.query, c.accept)
			if answer.StatusCode != http.StatusOK {
				t.Fatalf("status %d: %s", answer.StatusCode, body)
			}
			for _, want := range []string{c.want, "1.0.0", "SQLite bank.db", "2026-10", "out/2026-10.xlsx", "240", "steelyard results 2026-10 --db bank.db", "2026-11-02 16:30"} {
				if !strings.Contains(body, want) {
					t.Errorf("the page lacks %q", want)
				}
			}
			if strings.Contains(body, "server.page.") || strings.Contains(body, "<script") {
				t.Errorf("the page says what it should not:\n%s", body)
			}
		})
	}
}

func TestAPageWithoutPeriodsSaysHowToBegin(t *testing.T) {
	_, body := get(t, start(t, overview{})+"/", "en")
	if !strings.Contains(body, "steelyard period create") {
		t.Errorf("got\n%s", body)
	}
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	address := start(t, overview{})
	for path, status := range map[string]int{"/": 200, "/healthz": 200, "/style.css": 200, "/icon.svg": 200, "/nothing": 404, "/Healthz": 404, "/healthz/": 404, "/debug/pprof": 404} {
		answer, body := get(t, address+path, "en")
		if answer.StatusCode != status {
			t.Errorf("%s: status %d, want %d: %s", path, answer.StatusCode, status, body)
		}
		if policy := answer.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if answer.Header.Get("X-Content-Type-Options") != "nosniff" || answer.Header.Get("Server") != "" {
			t.Errorf("%s: headers %v", path, answer.Header)
		}
	}
}

func TestFailuresTellNothingOfTheInside(t *testing.T) {
	cases := []struct {
		name   string
		o      overview
		path   string
		status int
		code   string
	}{
		{"an error inside", overview{err: errors.New("SQLSTATE 42P01")}, "/", 500, "server.internal"},
		{"a panic", overview{panics: true}, "/", 500, "server.internal"},
		{"a page that does not exist", overview{}, "/etc/passwd", 404, "server.not_found"},
		{"a fault of the user", overview{err: fault.New(fault.Conflict, "server.busy", nil)}, "/", 409, "server.busy"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			address := start(t, c.o)
			for range 2 { // the second request finds the server alive
				answer, body := get(t, address+c.path, "en")
				var got struct{ Code, Title string }
				if err := json.Unmarshal([]byte(body), &got); err != nil {
					t.Fatalf("%v: %s", err, body)
				}
				if answer.StatusCode != c.status || got.Code != c.code || answer.Header.Get("Content-Type") != "application/problem+json" {
					t.Errorf("status %d, %s", answer.StatusCode, body)
				}
				if strings.Contains(body, "SQLSTATE") || strings.Contains(body, "fault of ours") {
					t.Errorf("the answer tells of the inside: %s", body)
				}
			}
		})
	}
}

func TestHealthFailsWhenTheDatabaseDoesNotAnswer(t *testing.T) {
	answer, body := get(t, start(t, overview{err: errors.New("gone")})+"/healthz", "en")
	if answer.StatusCode != http.StatusServiceUnavailable || strings.Contains(body, "gone") {
		t.Errorf("status %d: %s", answer.StatusCode, body)
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

func TestAServerThatStopsLeavesNothingRunning(t *testing.T) {
	// fasthttp looks after its idle workers every ten seconds, and ends at the next look.
	workers := goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2")
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent(), workers)
	t.Run("serve and stop", func(t *testing.T) { get(t, start(t, overview{})+"/healthz", "en") })
}
