package server_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/web"
)

// browser is what a browser says that opens an address.
var browser = map[string]string{"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Encoding": "gzip, br"}

func TestAnAddressOfTheApplicationBeginsWithItsPage(t *testing.T) {
	r := start(t)
	nonces := map[string]bool{}
	for _, path := range []string{"/", "/home", "/me/scorecard?period=2026-10", "/no/such/page", "/password"} {
		if !web.Built() {
			continue
		}
		got := r.succeeds(request{path: path, who: "-", header: browser}, http.StatusOK)
		policy := got.Header.Get("Content-Security-Policy")
		nonce := regexp.MustCompile(`style-src 'self' 'nonce-([^']+)'`).FindStringSubmatch(policy)
		if nonce == nil || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "script-src 'self';") {
			t.Fatalf("%s: policy %q", path, policy)
		}
		if nonces[nonce[1]] || !strings.Contains(got.body, nonce[1]) || strings.Contains(got.body, "__CSP_NONCE__") {
			t.Errorf("%s: the nonce %s is used twice, or is not in the page", path, nonce[1])
		}
		nonces[nonce[1]] = true
		if got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept: %q", path, got.Header.Get("Cache-Control"))
		}
	}
}

func TestWithoutTheApplicationThePageSaysHowItIsBuilt(t *testing.T) {
	r := start(t)
	for language, want := range map[string]string{"zh-CN": "make build", "en": "make build"} {
		// Whoever asks for no page in particular is shown the one that says what runs here.
		got := r.succeeds(request{path: "/", who: "-", header: map[string]string{"Accept-Language": language}}, http.StatusOK)
		if strings.Contains(got.body, want) == web.Built() {
			t.Errorf("%s: the application is built: %t, and the page says\n%s", language, web.Built(), got.body)
		}
	}
	if !web.Built() {
		r.fails(request{path: "/home", who: "-", header: browser}, http.StatusNotFound, "server.not_found")
	}
}

func TestWhatIsNoPageIsAProblemForPrograms(t *testing.T) {
	r := start(t)
	r.fails(request{path: "/no/such/page", who: "-", header: map[string]string{"Accept": "application/json"}}, http.StatusNotFound, "server.not_found")
	r.fails(request{path: "/api/v1/nothing", who: "-", header: browser}, http.StatusNotFound, "server.not_found")
	r.fails(request{path: "/assets/nothing.js", who: "-", header: browser}, http.StatusNotFound, "server.not_found")
	r.fails(request{path: "/assets/..%2findex.html", who: "-", header: browser}, http.StatusNotFound, "server.not_found")
}

func TestAssetsAreCompressedAndKeptForGood(t *testing.T) {
	r := start(t)
	page, ok := web.Page("")
	if !ok {
		return // there are none
	}
	script := regexp.MustCompile(`/assets/[^"]+\.js`).FindString(string(page))
	for accept, encoding := range map[string]string{"gzip, br": "br", "gzip": "gzip", "identity": ""} {
		got := r.succeeds(request{path: script, who: "-", header: map[string]string{"Accept-Encoding": accept}}, http.StatusOK)
		if got.Header.Get("Content-Encoding") != encoding || got.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" ||
			!strings.HasPrefix(got.Header.Get("Content-Type"), "text/javascript") || !strings.Contains(got.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s as %s: %v", script, accept, got.Header)
		}
	}
	r.fails(request{path: script + ".br", who: "-"}, http.StatusNotFound, "server.not_found")
}
