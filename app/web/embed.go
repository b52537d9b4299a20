// Package web carries the web application that is built from src: pages that
// speak to the API alone. Without a build there is none, and the program says so.
package web

import (
	"bytes"
	"embed"
	"io/fs"
	"mime"
	"path"
	"strings"
)

//go:generate npm run --silent generate

//go:embed all:dist
var dist embed.FS

// placeholder stands in the page where the nonce of its answer goes.
const placeholder = "__CSP_NONCE__"

// Built says whether the application is in this program.
func Built() bool {
	_, built := Page("")
	return built
}

// Page is the page that every address of the application begins with; its styles
// are let in by the nonce. It says false where nothing was built.
func Page(nonce string) ([]byte, bool) {
	page, err := dist.ReadFile("dist/index.html")
	return bytes.ReplaceAll(page, []byte(placeholder), []byte(nonce)), err == nil
}

// Asset is a file of the application: its name changes when its content does.
type Asset struct {
	Content  []byte
	Kind     string // the media type
	Encoding string // br, gzip or empty
}

// FindAsset gives a file by its name, compressed as accept (an Accept-Encoding
// header) allows. It says false for what is not there.
func FindAsset(name, accept string) (Asset, bool) {
	file := "dist/assets/" + name
	if strings.HasSuffix(name, ".gz") || strings.HasSuffix(name, ".br") || !fs.ValidPath(file) {
		return Asset{}, false
	}
	asset := Asset{Kind: mime.TypeByExtension(path.Ext(name))}
	for _, packed := range []struct{ encoding, ending string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !strings.Contains(accept, packed.encoding) {
			continue
		}
		if content, err := dist.ReadFile(file + packed.ending); err == nil {
			asset.Content, asset.Encoding = content, packed.encoding
			return asset, true
		}
	}
	content, err := dist.ReadFile(file)
	asset.Content = content
	return asset, err == nil
}
