package web_test

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/steelyard/steelyard/app/web"
)

func TestAPageHasTheNonceOfItsAnswerAndNothingInline(t *testing.T) {
	page, built := web.Page("the-nonce")
	if !built {
		if len(page) != 0 {
			t.Errorf("there is no application, but a page: %s", page)
		}
		return
	}
	if !bytes.Contains(page, []byte("the-nonce")) || bytes.Contains(page, []byte("__CSP_NONCE__")) {
		t.Errorf("the nonce is not in the page:\n%s", page)
	}
	for _, inline := range []string{`<script[^>]*>[^<]`, `<style`, ` style=`, ` on[a-z]+=`, `https?://`} {
		if found := regexp.MustCompile(inline).Find(page); found != nil {
			t.Errorf("the page has %q, which its policy refuses", found)
		}
	}
}

func TestOnlyAssetsAreFound(t *testing.T) {
	for _, name := range []string{"", ".", "..", "../index.html", "nothing.js", "../.vite/manifest.json", "/etc/passwd", `..\index.html`} {
		if asset, ok := web.FindAsset(name, "br"); ok {
			t.Errorf("%q is found: %s", name, asset.Kind)
		}
	}
}
