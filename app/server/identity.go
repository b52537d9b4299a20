package server

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// SessionCookie is the cookie that carries a session's token. Its name makes
// browsers take it from this host alone, over TLS.
const SessionCookie = "__Host-steelyard"

// Caller is who asks, and by which session or token.
type Caller struct {
	Actor   rbac.Actor
	Session string // a digest that names the session or token, for the audit trail
}

// Callers knows who is signed in.
type Callers interface {
	// BySession and ByToken find whom a session's or an API token's secret belongs
	// to, with what they may do as of now. A secret that is unknown, ended or
	// expired is Unauthenticated.
	BySession(ctx context.Context, secret string) (context.Context, Caller, error)
	ByToken(ctx context.Context, secret string) (context.Context, Caller, error)
	// Refused puts it on record that somebody was refused a permission.
	Refused(ctx context.Context, actor rbac.Actor, operation string, refusal *fault.Error)
}

// authenticate finds who asks: the owner of the API token if there is one in the
// request, and otherwise of the session. Nowhere else is a secret looked for.
func (s *Server) authenticate(c *fiber.Ctx) (context.Context, Caller, error) {
	ctx := c.UserContext()
	if header := c.Get(fiber.HeaderAuthorization); header != "" {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") || token == "" {
			return ctx, Caller{}, fault.New(fault.Unauthenticated, "server.not_signed_in", nil)
		}
		return s.options.Callers.ByToken(ctx, token)
	}
	if secret := c.Cookies(SessionCookie); secret != "" {
		return s.options.Callers.BySession(ctx, secret)
	}
	return ctx, Caller{}, fault.New(fault.Unauthenticated, "server.not_signed_in", nil)
}

// permit lets a caller on who has what the operation needs.
func (o *operation) permit(actor rbac.Actor) error {
	if p, any := o.needs(); any {
		return access.Require(actor, p)
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"server.not_signed_in": {Zh: "尚未登录，或登录已失效；请登录", En: "you are not signed in, or no longer; sign in"},
})
