package server

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/rbac"
)

// Caller is who asks, and by which session or token.
type Caller struct {
	Actor   rbac.Actor
	Session string // a digest that names the session or token, for the audit trail
}

// Credential is what somebody shows to be taken for who they are.
type Credential struct {
	Secret  string // of a session, or an API token
	Token   bool   // it is an API token
	Looking bool   // the request is no sign that somebody is there: a page asks how far a job is
}

// Callers knows who is signed in.
type Callers interface {
	// Caller finds whom a credential belongs to, with what they may do as of now,
	// and hands it down with the context. A secret that is unknown, ended or
	// expired is Unauthenticated.
	Caller(ctx context.Context, shown Credential) (context.Context, Caller, error)
	// Refused puts it on record that somebody was refused something.
	Refused(ctx context.Context, actor rbac.Actor, operation string, refusal *fault.Error) error
}

// authenticate finds who asks: the owner of the API token if there is one in the
// request, and otherwise of the session. Nowhere else is a secret looked for.
func (s *Server) authenticate(c *fiber.Ctx, op *operation) (context.Context, Caller, error) {
	shown := Credential{Secret: c.Cookies(auth.SessionCookie), Looking: op.looking}
	if header := c.Get(fiber.HeaderAuthorization); header != "" {
		scheme, token, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			token = ""
		}
		shown.Secret, shown.Token = token, true
	}
	if shown.Secret == "" {
		return nil, Caller{}, fault.New(fault.Unauthenticated, "auth.signed_out", nil)
	}
	return s.options.Callers.Caller(c.UserContext(), shown)
}

// permit lets a caller on who has what the operation needs.
func (o *operation) permit(actor rbac.Actor) error {
	if p, any := o.needs(); any {
		return access.Require(actor, p)
	}
	return nil
}
