package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/apptest/live"
	"github.com/steelyard/steelyard/app/db"
)

// contract is the contract as the tests read it.
func contract(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(api.Contract)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// eachOperation calls f with every operation, its path filled with something that is not there.
func eachOperation(t *testing.T, f func(method, path string, o *openapi3.Operation)) {
	t.Helper()
	doc := contract(t)
	number := regexp.MustCompile(`\{(id|number)\}`)
	for path, item := range doc.Paths.Map() {
		filled := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(number.ReplaceAllString(path, "999999"), "absent")
		for method, o := range item.Operations() {
			f(method, doc.Servers[0].URL+filled, o)
		}
	}
}

func TestA10_EveryRouteAsksWhoOneIsExceptThoseWrittenDown(t *testing.T) {
	s := live.Start(t, filepath.Join(t.TempDir(), "test.db"))
	open := map[string]bool{"about": true, "signIn": true, "redeemSecret": true}
	eachOperation(t, func(method, path string, o *openapi3.Operation) {
		got, body := s.Ask(nil, method, path, strings.NewReader(`{}`))
		if (got.StatusCode == http.StatusUnauthorized) == open[o.OperationID] {
			t.Errorf("%s %s: %d %s", method, path, got.StatusCode, body)
		}
	})
	for _, path := range []string{"/", "/healthz", "/readyz", "/api", "/api/openapi.yaml", "/api/reference.css", "/style.css", "/icon.svg"} {
		if got, body := s.Ask(nil, http.MethodGet, path, nil); got.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", path, got.StatusCode, body)
		}
	}
}

// askedForOrder are what callers try as an order.
var askedForOrder = []string{
	"password_hash", "u.password", "name;DROP TABLE users", "(CASE WHEN 1=1 THEN 1 ELSE 2 END)", "name desc, id", "zzz_no_such", "name--", "name/**/",
	"1", "id,name", `"name"`, "`name`", "name ASC", "--name", "+name", "NAME", "名称", "rowid", "random()", "name\tdesc",
}

func TestI01_R01_OrdersCursorsAndSizesOfPagesComeFromWhatIsAllowed(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, at string) {
		s := live.Start(t, at)
		hr := s.User("hr-1", "", live.Role{Name: "hr_admin", Unit: live.Root})
		sys := s.User("sys-1", "", live.Role{Name: "system_admin", Unit: live.Root})
		asked := 0
		eachOperation(t, func(method, path string, o *openapi3.Operation) {
			has := func(name string) bool { return o.Parameters.GetByInAndName("query", name) != nil }
			if method != http.MethodGet || !has("limit") || strings.Contains(path, "absent") || strings.Contains(path, "999999") {
				return
			}
			who := hr
			if strings.HasSuffix(path, "/users") {
				who = sys
			}
			extra := ""
			if strings.HasSuffix(path, "/holders") {
				extra = "permission=unit.read&"
			}
			first, body := s.Ask(who, method, path+"?"+extra+"limit=1", nil)
			if first.StatusCode == http.StatusForbidden {
				return
			}
			if asked++; first.StatusCode != http.StatusOK {
				t.Errorf("%s: %d %s", path, first.StatusCode, body)
			}
			var queries []string
			for _, limit := range []string{"0", "-1", "1000000000", "all", "", "201", "1.5"} {
				queries = append(queries, "limit="+limit)
			}
			for _, cursor := range []string{"x", "eyJzIjoibmFtZSJ9", "eyJzIjoiaWQiLCJ2IjoiJyBPUiAxPTEiLCJrIjoxfQ", "AAAA", "%00", strings.Repeat("A", 3000)} {
				queries = append(queries, "cursor="+cursor)
			}
			if has("sort") {
				for _, order := range askedForOrder {
					queries = append(queries, "sort="+url.QueryEscape(order), "sort="+url.QueryEscape("-"+order))
				}
			}
			queries = append(queries, "offset=5", "page=2")
			for _, query := range queries {
				if got, body := s.Ask(who, method, path+"?"+extra+query, nil); got.StatusCode != http.StatusBadRequest {
					t.Errorf("%s?%.60s: %d %.200s", path, query, got.StatusCode, body)
				}
			}
		})
		if asked < 8 {
			t.Errorf("only %d lists were asked", asked)
		}
	})
}

func TestI03_ASearchIsLiteralAndBounded(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, at string) {
		s := live.Start(t, at)
		sys := s.User("sys-1", "", live.Role{Name: "system_admin", Unit: live.Root})
		s.User("user_a-1", "")
		s.User("userxa-2", "")
		for search, want := range map[string]int{"user_a": 1, "_": 1, "%": 0, `\`: 0, "user%": 0, "USER_A": 1, "' OR 1=1 --": 0} {
			got, body := s.Ask(sys, http.MethodGet, "/api/v1/users?search="+url.QueryEscape(search), nil)
			if n := strings.Count(body, `"username"`); got.StatusCode != http.StatusOK || n != want {
				t.Errorf("%q: %d with %d users, want %d: %s", search, got.StatusCode, n, want, body)
			}
		}
		if got, _ := s.Ask(sys, http.MethodGet, "/api/v1/users?search="+strings.Repeat("a", 7000), nil); got.StatusCode != http.StatusBadRequest {
			t.Errorf("a long search is %d", got.StatusCode)
		}
	})
}

// rolesOfTheMatrix are those that a new bank begins with.
var rolesOfTheMatrix = []string{"hr_admin", "hr_officer", "branch_manager", "team_leader", "relationship_manager", "trainer", "auditor", "system_admin", "security_admin"}

func TestZ07_NoSpellingOfARouteIsAnsweredMoreWidely(t *testing.T) {
	s := live.Start(t, filepath.Join(t.TempDir(), "test.db"))
	for i, role := range rolesOfTheMatrix {
		who := s.User(fmt.Sprintf("user-%d", i), "", live.Role{Name: role, Unit: live.Root})
		eachOperation(t, func(method, path string, o *openapi3.Operation) {
			if method != http.MethodGet {
				return
			}
			right, _ := s.Ask(who, method, path, nil)
			rest := strings.TrimPrefix(path, "/api/v1")
			for _, spelt := range []string{
				"/API/V1" + rest, "/api/v1" + strings.ToUpper(rest), path + "/", "/" + path, "/api/v1/." + rest, "/api/v1/x/.." + rest,
				strings.Replace(path, rest, "%2f"+rest[1:], 1), path + "%2e", path + ";x=1", "/api/v1/%2e%2e/v1" + rest, path + "%00",
			} {
				got, body := s.Ask(who, method, spelt, nil, "X-HTTP-Method-Override", "GET", "X-Original-URL", path, "X-Rewrite-URL", path)
				if got.StatusCode != http.StatusNotFound {
					t.Errorf("%s %s: %d %.100s", role, spelt, got.StatusCode, body)
				}
			}
			head, _ := s.Ask(who, http.MethodHead, path, nil)
			if head.StatusCode != right.StatusCode {
				t.Errorf("%s %s %s: HEAD is %d where GET is %d", role, o.OperationID, path, head.StatusCode, right.StatusCode)
			}
		})
	}
}

func TestF09_NoNameReachesTheFileSystem(t *testing.T) {
	s := live.Start(t, filepath.Join(t.TempDir(), "test.db"))
	hr := s.User("hr-1", "", live.Role{Name: "hr_admin", Unit: live.Root})
	absent, want := s.Ask(hr, http.MethodGet, "/api/v1/jobs/999999/file", nil)
	for _, id := range []string{"..%2fsecret", "%2e%2e%2f", "..%252f", "../secret", "0", "-1", "x", "9223372036854775808", "%00", "1%20"} {
		got, body := s.Ask(hr, http.MethodGet, "/api/v1/jobs/"+id+"/file", nil)
		if got.StatusCode != absent.StatusCode || got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d %s, want %d %s", id, got.StatusCode, body, absent.StatusCode, want)
		}
	}
	before := entries(t)
	for _, name := range []string{`../../x`, `C:\x`, "CON", strings.Repeat("n", 300) + ".csv", "\u202egnp.csv", "/etc/passwd", "a\r\nSet-Cookie: b=c"} {
		body, kind := form(t, name, "unit_code,name,parent_code,level\n")
		got, text := s.Ask(hr, http.MethodPost, "/api/v1/imports", strings.NewReader(body), "Content-Type", kind, "X-Requested-With", "test")
		if got.StatusCode >= http.StatusInternalServerError || got.Header.Get("Set-Cookie") != "" {
			t.Errorf("%q: %d %s", name, got.StatusCode, text)
		}
	}
	if after := entries(t); after != before {
		t.Errorf("files came here: %s, before %s", after, before)
	}
}

// entries are the names of what lies in the test's folder.
func entries(t *testing.T) string {
	t.Helper()
	found, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range found {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestZ09_WhileTheDatabaseIsGoneNothingIsAnsweredAndThenItIs(t *testing.T) {
	at := apptest.PostgresURL(t)
	s := live.Start(t, at)
	hr := s.User("hr-1", "", live.Role{Name: "hr_admin", Unit: live.Root})
	if got, body := s.Ask(hr, http.MethodGet, "/api/v1/units", nil); got.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", got.StatusCode, body)
	}
	forbid(t, at, true)
	for _, path := range []string{"/api/v1/units", "/api/v1/periods", "/api/v1/jobs"} {
		if got, body := s.Ask(hr, http.MethodGet, path, nil, "Accept-Language", "en"); got.StatusCode != http.StatusServiceUnavailable || inside.MatchString(body) || got.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", path, got.StatusCode, body)
		}
	}
	if got, _ := s.Ask(nil, http.MethodGet, "/readyz", nil); got.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("the server says that it is ready: %d", got.StatusCode)
	}
	if got, _ := s.Ask(nil, http.MethodGet, "/healthz", nil); got.StatusCode != http.StatusOK {
		t.Errorf("the process is not well: %d", got.StatusCode)
	}
	forbid(t, at, false)
	apptest.Eventually(t, "the database is back", func() bool {
		got, _ := s.Ask(hr, http.MethodGet, "/api/v1/units", nil)
		return got.StatusCode == http.StatusOK
	})
}

// forbid cuts every connection to a database and lets none in, or lets them in again.
func forbid(t *testing.T, at string, yes bool) {
	t.Helper()
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/")
	u.Path = "/postgres"
	d, err := db.Open(t.Context(), u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	statements := []string{fmt.Sprintf("ALTER DATABASE %s ALLOW_CONNECTIONS %t", name, !yes)}
	if yes {
		statements = append(statements, fmt.Sprintf("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'", name))
	}
	for _, statement := range statements {
		if _, err := d.Bun().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

func TestZ09_WithoutAPolicyNobodyIsLetIn(t *testing.T) {
	s := live.Start(t, filepath.Join(t.TempDir(), "test.db"))
	hr := s.User("hr-1", "", live.Role{Name: "hr_admin", Unit: live.Root})
	for range 2 { // the policy cannot be read, and comes back
		if got, body := s.Ask(hr, http.MethodGet, "/api/v1/units", nil); got.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", got.StatusCode, body)
		}
		if _, err := s.DB.Bun().ExecContext(t.Context(), "ALTER TABLE policy_version RENAME TO elsewhere"); err != nil {
			t.Fatal(err)
		}
		s.Clock.Move(time.Minute) // longer than a policy may go unchecked
		for _, path := range []string{"/api/v1/units", "/api/v1/me", "/api/v1/users", "/api/v1/periods"} {
			if got, body := s.Ask(hr, http.MethodGet, path, nil); got.StatusCode != http.StatusServiceUnavailable || inside.MatchString(body) {
				t.Errorf("%s: %d %s", path, got.StatusCode, body)
			}
		}
		if got, _ := s.Ask(nil, http.MethodGet, "/readyz", nil); got.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("the server says that it is ready: %d", got.StatusCode)
		}
		if _, err := s.DB.Bun().ExecContext(t.Context(), "ALTER TABLE elsewhere RENAME TO policy_version"); err != nil {
			t.Fatal(err)
		}
		s.Pass(0)
	}
}
