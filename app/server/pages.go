package server

import (
	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/server/reference"
)

// pages are what is served beside the API.
func (s *Server) pages() {
	s.app.Get("/", s.application, s.home)
	s.app.Get("/assets/:name", s.asset)
	s.app.Get("/healthz", s.health)
	s.app.Get("/readyz", s.ready)
	s.app.Get("/metrics", s.measure())
	s.app.Get("/style.css", pageFile("page/style.css", "text/css; charset=utf-8"))
	s.app.Get("/icon.svg", pageFile("page/icon.svg", "image/svg+xml"))
	s.app.Get("/password", s.application, s.password)
	s.app.Get("/password.js", pageFile("page/password.js", "text/javascript; charset=utf-8"))
	s.app.Get("/api/openapi.yaml", content(api.Contract, "application/yaml; charset=utf-8"))
	s.app.Get("/api/reference.css", content(reference.Style(), "text/css; charset=utf-8"))
	s.app.Get("/api", s.reference)
}

// common are the codes that any operation may answer with.
var common = []reference.Code{
	{Status: 400, Code: "request.json"}, {Status: 400, Code: "request.key_twice"}, {Status: 400, Code: "request.parameter"},
	{Status: 400, Code: "request.depth"}, {Status: 400, Code: "request.items"}, {Status: 400, Code: "request.ambiguous"},
	{Status: 401, Code: "auth.signed_out"}, {Status: 403, Code: "access.refused.grant"}, {Status: 403, Code: "access.refused.token"},
	{Status: 403, Code: "request.cross_site"}, {Status: 404, Code: "server.not_found"}, {Status: 405, Code: "server.method"},
	{Status: 408, Code: "request.slow"}, {Status: 413, Code: "request.too_large"}, {Status: 415, Code: "request.content_type"},
	{Status: 422, Code: "request.invalid"}, {Status: 422, Code: "idempotency.other_request"}, {Status: 431, Code: "request.headers_too_large"},
	{Status: 500, Code: "server.internal"}, {Status: 503, Code: "server.busy"}, {Status: 503, Code: "server.unavailable"}, {Status: 503, Code: "access.refused.policy"},
}

// reference shows the contract for people to read.
func (s *Server) reference(c *fiber.Ctx) error {
	l := languageOf(c)
	page, err := s.contract.page(l)
	if err != nil {
		return err
	}
	return html(c, l, page)
}

// page is the reference in a language; each is written once.
func (c *contract) page(l lang.Language) ([]byte, error) {
	c.writing.Lock()
	defer c.writing.Unlock()
	if page := c.pages[l]; page != nil {
		return page, nil
	}
	page, err := reference.Write(c.doc, common, l)
	if err == nil {
		c.pages[l] = page
	}
	return page, err
}

// html answers with a page in a language.
func html(c *fiber.Ctx, l lang.Language, page []byte) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Set(fiber.HeaderContentLanguage, string(l))
	c.Vary(fiber.HeaderAcceptLanguage)
	return c.Send(page)
}

// content serves what the program carries with it.
func content(text []byte, kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, kind)
		return c.Send(text)
	}
}
