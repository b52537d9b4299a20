package server

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/lang"
)

const operationKey = "operation"

// operationOf gives the operation that the router matched, or nil.
func operationOf(c *fiber.Ctx) *operation {
	op, _ := c.Locals(operationKey).(*operation)
	return op
}

// guard stands before the handler of an operation: what reaches the handler
// comes from somebody who may ask for it, and is what the contract describes.
func (s *Server) guard(op *operation) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Locals(operationKey, op)
		if err := s.admit(c, op); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(c.UserContext(), s.limits.Handler)
		defer cancel()
		c.SetUserContext(ctx)
		err := c.Next()
		s.record(c, op, err)
		return err
	}
}

// admit checks who asks first, and only then what: whoever is not signed in
// learns nothing of what would have been wrong.
func (s *Server) admit(c *fiber.Ctx, op *operation) error {
	if err := s.crossSite(c); err != nil {
		return err
	}
	origin := audit.Origin{Address: s.addressOf(c), RequestID: requestID(c)}
	ctx := lang.With(audit.From(c.UserContext(), origin), languageOf(c))
	ctx = auth.Arrived(ctx, auth.Client{
		Address: origin.Address, Agent: c.Get(fiber.HeaderUserAgent), Device: c.Cookies(auth.DeviceCookie), Session: c.Cookies(auth.SessionCookie),
	})
	c.SetUserContext(ctx)
	var caller Caller
	if op.permission != public {
		var err error
		if ctx, caller, err = s.authenticate(c, op); err != nil {
			return err
		}
		origin.Session = caller.Session
		ctx = access.With(audit.From(ctx, origin), caller.Actor)
		c.SetUserContext(ctx)
		if err := op.permit(caller.Actor); err != nil {
			s.record(c, op, err)
			return err
		}
	}
	body, err := s.check(c, op)
	if err != nil {
		return err
	}
	return s.name(c, op, caller, body)
}

// guarded lets a handler run behind the guard of its own operation alone.
func guarded(next api.StrictHandlerFunc, id string) api.StrictHandlerFunc {
	return func(c *fiber.Ctx, request any) (any, error) {
		if op := operationOf(c); op == nil || !strings.EqualFold(op.id, id) {
			return nil, fmt.Errorf("%s was reached without its guard", id)
		}
		return next(c, request)
	}
}

// record puts a refusal on record. What is not found for its scope is none.
func (s *Server) record(c *fiber.Ctx, op *operation, err error) {
	var refusal *fault.Error
	if errors.As(err, &refusal) && refusal.Kind == fault.Forbidden {
		if err := s.options.Callers.Refused(c.UserContext(), access.ActorOf(c.UserContext()), op.id, refusal); err != nil {
			s.log(c, "a refusal is not on record", err)
		}
	}
}

// check compares the request with the contract, and gives its body.
func (s *Server) check(c *fiber.Ctx, op *operation) (body []byte, err error) {
	query, err := op.queryOf(c)
	if err != nil {
		return nil, err
	}
	if body, err = s.bodyOf(c, op); err != nil {
		return nil, err
	}
	return body, s.validate(c, op, query, body)
}

// queryOf reads the query: only what the operation knows, and nothing twice.
func (o *operation) queryOf(c *fiber.Ctx) (url.Values, error) {
	query, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return nil, fault.Wrap(err, fault.Malformed, "request.query", nil)
	}
	for name, values := range query {
		switch {
		case name == languageParameter && len(values) == 1:
		case !o.query[name]:
			return nil, parameterFault(name, "request.parameter_unknown")
		case len(values) > 1:
			return nil, parameterFault(name, "request.parameter_twice")
		case !readable(values[0]):
			return nil, parameterFault(name, "request.text")
		}
	}
	return query, nil
}

func parameterFault(name, code string) error {
	return &fault.Error{Kind: fault.Malformed, Code: "request.parameter", Args: lang.Args{"parameter": name}, Problems: []fault.Problem{{Path: name, Code: code}}}
}

// name hands down the key by which the caller named a creating request.
func (s *Server) name(c *fiber.Ctx, op *operation, caller Caller, body []byte) error {
	key := c.Get("Idempotency-Key")
	if key == "" || c.Method() != fiber.MethodPost {
		return nil
	}
	if op.route.Operation.Parameters.GetByInAndName("header", "Idempotency-Key") == nil {
		return parameterFault("Idempotency-Key", "request.parameter_unknown")
	}
	h := sha256.New()
	for _, part := range [][]byte{[]byte(c.Method()), c.Request().URI().RequestURI(), body} {
		digest := sha256.Sum256(part)
		h.Write(digest[:])
	}
	c.SetUserContext(idempotency.With(c.UserContext(), idempotency.Key{
		UserID: caller.Actor.UserID, Key: key, Operation: op.id, Request: [32]byte(h.Sum(nil)),
	}))
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"request.query":             {Zh: "网址中的参数无法识别", En: "the parameters of the address cannot be read"},
	"request.parameter":         {Zh: "参数“{parameter}”有误", En: "the parameter {parameter} is wrong"},
	"request.parameter_unknown": {Zh: "这里没有这个参数", En: "there is no such parameter here"},
	"request.parameter_twice":   {Zh: "参数只能出现一次", En: "a parameter may stand there once"},
})
