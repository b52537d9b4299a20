package server

import (
	"crypto/rand"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/web"
)

// asset serves a file of the web application; its name changes with its content.
func (s *Server) asset(c *fiber.Ctx) error {
	found, ok := web.FindAsset(c.Params("name"), c.Get(fiber.HeaderAcceptEncoding))
	if !ok {
		return fiber.ErrNotFound
	}
	c.Set(fiber.HeaderContentType, found.Kind)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Vary(fiber.HeaderAcceptEncoding)
	if found.Encoding != "" {
		c.Set(fiber.HeaderContentEncoding, found.Encoding)
	}
	return c.Send(found.Content)
}

// application answers a browser that opens an address of the web application: all
// of them begin with the same page, which then shows what the address names.
func (s *Server) application(c *fiber.Ctx) error {
	if c.Method() != fiber.MethodGet || strings.HasPrefix(c.Path(), "/api/") || !strings.Contains(c.Get(fiber.HeaderAccept), fiber.MIMETextHTML) {
		return c.Next()
	}
	nonce := rand.Text()
	page, built := web.Page(nonce)
	if !built {
		return c.Next()
	}
	c.Set(fiber.HeaderContentSecurityPolicy, strings.Replace(securityHeaders[fiber.HeaderContentSecurityPolicy], "style-src 'self'", "style-src 'self' 'nonce-"+nonce+"'", 1))
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(page)
}
