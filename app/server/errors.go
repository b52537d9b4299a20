package server

import (
	"context"
	"errors"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// statuses translate the kinds of error; this is the only place that does.
var statuses = map[fault.Kind]int{
	fault.Internal:        fiber.StatusInternalServerError,
	fault.Invalid:         fiber.StatusUnprocessableEntity,
	fault.NotFound:        fiber.StatusNotFound,
	fault.Conflict:        fiber.StatusConflict,
	fault.Forbidden:       fiber.StatusForbidden,
	fault.Unauthenticated: fiber.StatusUnauthorized,
	fault.TooMany:         fiber.StatusTooManyRequests,
}

// problem is an error as RFC 9457 writes it.
type problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Title  string `json:"title"`
}

// fail answers a request that failed; what is ours to mend is logged and not told.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	status, code := fiber.StatusInternalServerError, "server.internal"
	var args lang.Args
	var wrong *fiber.Error
	switch e, ok := fault.As(err); {
	case ok && e.Kind != fault.Internal:
		status, code, args = statuses[e.Kind], e.Code, e.Args
	case errors.As(err, &wrong) && wrong.Code == fiber.StatusNotFound:
		status, code = wrong.Code, "server.not_found"
	case errors.As(err, &wrong) && wrong.Code < fiber.StatusInternalServerError:
		status, code = wrong.Code, "server.bad_request"
	case errors.Is(err, context.DeadlineExceeded):
		status, code = fiber.StatusServiceUnavailable, "server.busy"
	default:
		s.options.Log.Error("a request failed", "method", c.Method(), "path", c.Path(), "error", err)
	}
	title := lang.Say(languageOf(c), code, args)
	return c.Status(status).JSON(problem{status, code, title}, "application/problem+json")
}

// panicked logs a panic with its place; the request that met it is answered as failed.
func (s *Server) panicked(c *fiber.Ctx, value any) {
	s.options.Log.Error("a handler panicked", "path", c.Path(), "panic", value, "stack", string(debug.Stack()))
}

var _ = lang.Register(map[string]lang.Text{
	"server.internal":    {Zh: "服务器内部出错；请重试", En: "something went wrong inside the server; try again"},
	"server.not_found":   {Zh: "没有这个页面", En: "there is no such page"},
	"server.bad_request": {Zh: "请求有误", En: "the request is wrong"},
	"server.busy":        {Zh: "服务器正忙；请稍后重试", En: "the server is busy; try again in a moment"},
})
