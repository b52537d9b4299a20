package server

import (
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// ParseProxies reads networks such as 10.0.0.0/8, or single addresses, with commas between them.
func ParseProxies(text string) ([]netip.Prefix, error) {
	var proxies []netip.Prefix
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if address, err := netip.ParseAddr(part); err == nil {
			part = netip.PrefixFrom(address, address.BitLen()).String()
		}
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "server.bad_proxy", lang.Args{"value": part})
		}
		proxies = append(proxies, prefix.Masked())
	}
	return proxies, nil
}

// addressOf is where a request comes from. What a proxy says of it is believed
// of those that are configured alone: the last address that none of them is.
func (s *Server) addressOf(c *fiber.Ctx) string {
	peer, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	if !ok {
		return ""
	}
	peer = peer.Unmap()
	if !s.trusts(peer) {
		return peer.String()
	}
	said := strings.Split(strings.Join(valuesOf(c, fiber.HeaderXForwardedFor), ","), ",")
	for i := len(said) - 1; i >= 0; i-- {
		address, err := netip.ParseAddr(strings.TrimSpace(said[i]))
		if err != nil {
			break
		}
		if peer = address.Unmap(); !s.trusts(peer) {
			break
		}
	}
	return peer.String()
}

func (s *Server) trusts(address netip.Addr) bool {
	for _, prefix := range s.options.TrustedProxies {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}

// valuesOf gives every value of a header, in the order in which they came.
func valuesOf(c *fiber.Ctx, name string) []string {
	var values []string
	for _, value := range c.Request().Header.PeekAll(name) {
		values = append(values, string(value))
	}
	return values
}

var _ = lang.Register(map[string]lang.Text{
	"server.bad_proxy": {Zh: "“{value}”不是网段；应如 10.0.0.0/8", En: "{value} is no network; write it as 10.0.0.0/8"},
})
