package server

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// methods are those that exist here; fiber keeps routes for no others.
var methods = []string{
	fiber.MethodGet, fiber.MethodHead, fiber.MethodPost, fiber.MethodPut, fiber.MethodPatch, fiber.MethodDelete,
}

// front is what stands before the router: a request that is not one of ours, or
// that could be read in two ways, does not reach it.
func (s *Server) front(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if slices.Contains(methods, string(ctx.Method())) {
			next(ctx)
			return
		}
		c := s.app.AcquireCtx(ctx)
		defer s.app.ReleaseCtx(c)
		_ = s.fail(c, fiber.ErrMethodNotAllowed) // it writes to memory
	}
}

const requestIDKey = "request id"

// requestID names the request in the log, in the audit trail and in its answer.
func requestID(c *fiber.Ctx) string {
	if id, ok := c.Locals(requestIDKey).(string); ok {
		return id
	}
	var random [16]byte
	_, _ = rand.Read(random[:]) // it does not fail: the program would end
	id := hex.EncodeToString(random[:])
	c.Locals(requestIDKey, id)
	return id
}

// plain refuses a request that programs may read differently.
func plain(c *fiber.Ctx) error {
	header := &c.Request().Header
	lines := headerLines(header.RawHeaders())
	if lines == nil || lines["content-length"]+lines["transfer-encoding"] > 1 || header.RequestURI()[0] != '/' {
		c.Context().SetConnectionClose()
		return fault.New(fault.Malformed, "request.ambiguous", nil)
	}
	for _, name := range once {
		if lines[name] > 1 {
			return fault.New(fault.Malformed, "request.header_twice", lang.Args{"header": name})
		}
	}
	if !spelt(string(pathOf(header.RequestURI()))) {
		return fault.New(fault.NotFound, "server.not_found", nil)
	}
	return nil
}

// once are the headers that decide something and may stand in a request but once.
var once = []string{
	"host", "content-type", "content-encoding", "authorization", "cookie", "origin", "sec-fetch-site",
	"idempotency-key", "x-requested-with", "accept-language",
}

// headerLines counts how often each header stands there; nil if a line continues
// the one before, as nobody writes it any more.
func headerLines(raw []byte) map[string]int {
	lines := map[string]int{}
	for line := range bytes.Lines(raw) {
		if line[0] == ' ' || line[0] == '\t' {
			return nil
		}
		if at := bytes.IndexByte(line, ':'); at > 0 {
			lines[strings.ToLower(string(line[:at]))]++
		}
	}
	return lines
}

func pathOf(uri []byte) []byte {
	path, _, _ := bytes.Cut(uri, []byte("?"))
	return path
}

// spelt says whether a path is written in the one way that is taken: no empty
// or relative steps, no parameters of steps, and escapes only for what needs them.
func spelt(path string) bool {
	if strings.ContainsAny(path, ";\\#") || strings.Contains(path, "//") {
		return false
	}
	for step := range strings.SplitSeq(path, "/") {
		if step == "." || step == ".." {
			return false
		}
	}
	for i := 0; i < len(path); i++ {
		if path[i] < '!' || path[i] > '~' {
			return false
		}
		if path[i] != '%' {
			continue
		}
		if i+2 >= len(path) {
			return false
		}
		c, ok := unhex(path[i+1], path[i+2])
		if !ok || c < ' ' || c == 0x7f || !needsEscape(c) {
			return false
		}
		i += 2
	}
	return true
}

func unhex(high, low byte) (byte, bool) {
	var c [1]byte
	_, err := hex.Decode(c[:], []byte{high, low})
	return c[0], err == nil
}

// needsEscape says whether a byte cannot stand in a path as it is. A slash, a
// backslash or a percent sign is in no name of ours.
func needsEscape(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~/\\%;", c) >= 0:
		return false
	}
	return true
}

// secure sets the headers of every answer, errors included.
func (s *Server) secure(c *fiber.Ctx) {
	for name, value := range securityHeaders {
		c.Set(name, value)
	}
	c.Set(fiber.HeaderXRequestID, requestID(c))
}

var securityHeaders = map[string]string{
	fiber.HeaderContentSecurityPolicy:   "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
	fiber.HeaderXContentTypeOptions:     "nosniff",
	fiber.HeaderXFrameOptions:           "DENY",
	fiber.HeaderReferrerPolicy:          "no-referrer",
	fiber.HeaderPermissionsPolicy:       "camera=(), geolocation=(), microphone=()",
	fiber.HeaderCacheControl:            "no-store",
	fiber.HeaderStrictTransportSecurity: "max-age=63072000; includeSubDomains",
	"Cross-Origin-Opener-Policy":        "same-origin",
	"Cross-Origin-Resource-Policy":      "same-origin",
}

// crossSite refuses what a page of another site makes a browser send.
func (s *Server) crossSite(c *fiber.Ctx) error {
	r := &http.Request{Method: c.Method(), Host: string(c.Request().Header.Host()), Header: http.Header{}}
	for _, name := range []string{"Sec-Fetch-Site", fiber.HeaderOrigin} {
		if value := c.Get(name); value != "" {
			r.Header.Set(name, value)
		}
	}
	if err := s.cross.Check(r); err != nil {
		return fault.Wrap(err, fault.Forbidden, "request.cross_site", nil)
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"request.ambiguous":    {Zh: "请求可以有两种读法，不予受理", En: "the request can be read in two ways and is not taken"},
	"request.header_twice": {Zh: "请求头 {header} 只能出现一次", En: "the header {header} may stand there once"},
	"request.cross_site":   {Zh: "请求来自其他网站，不予受理", En: "the request comes from another site and is refused"},
})
