package server

import (
	"context"
	"errors"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

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
	fault.Malformed:       fiber.StatusBadRequest,
	fault.Gone:            fiber.StatusGone,
	fault.TooLarge:        fiber.StatusRequestEntityTooLarge,
	fault.Unavailable:     fiber.StatusServiceUnavailable,
}

// StatusOf is the HTTP status of a kind of error.
func StatusOf(kind fault.Kind) int { return statuses[kind] }

// codes are those of what the router and the connection find wrong.
var codes = map[int]string{
	fiber.StatusNotFound:                    "server.not_found",
	fiber.StatusMethodNotAllowed:            "server.method",
	fiber.StatusUnsupportedMediaType:        "request.content_type",
	fiber.StatusRequestEntityTooLarge:       "request.body_too_large",
	fiber.StatusRequestHeaderFieldsTooLarge: "request.headers_too_large",
	fiber.StatusRequestTimeout:              "request.slow",
}

// problem is an error as RFC 9457 writes it.
type problem struct {
	Status    int         `json:"status"`
	Code      string      `json:"code"`
	Title     string      `json:"title"`
	RequestID string      `json:"request_id,omitempty"`
	Problems  []problemAt `json:"problems,omitempty"`
	Current   any         `json:"current,omitempty"`
}

// problemAt is one fault with its place.
type problemAt struct {
	Path    string `json:"path,omitempty"`
	Sheet   string `json:"sheet,omitempty"`
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"`
	Value   string `json:"value,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// retryUnavailable is when to try again after what is needed did not answer.
const retryUnavailable = 5 * time.Second

// fail answers a request that failed; what is ours to mend is logged and not told.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	e := s.told(c, err)
	l := languageOf(c)
	p := problem{Status: statuses[e.Kind], Code: e.Code, Title: e.In(l), RequestID: requestID(c), Current: e.Current}
	var wrong *fiber.Error
	if errors.As(e.Cause, &wrong) && e.Kind != fault.Internal {
		p.Status = wrong.Code
	}
	for _, at := range e.Problems[:min(len(e.Problems), maxProblems)] {
		p.Problems = append(p.Problems, problemAt{at.Path, at.Sheet, at.Row, at.Column, at.Value, at.Code, lang.Say(l, at.Code, at.Args)})
	}
	c.Response().ResetBody()
	s.secure(c)
	if wait := e.RetryAfter; wait > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	}
	if p.Status == fiber.StatusUnauthorized {
		c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="steelyard"`)
	}
	c.Set(fiber.HeaderContentLanguage, string(l))
	return c.Status(p.Status).JSON(p, "application/problem+json")
}

// told is an error as it may be told.
func (s *Server) told(c *fiber.Ctx, err error) *fault.Error {
	e, ok := fault.As(err)
	var wrong *fiber.Error
	switch {
	case ok && unavailable(e):
		s.log(c, "the database does not answer", err)
		return &fault.Error{Kind: fault.Unavailable, Code: "server.unavailable", RetryAfter: retryUnavailable}
	case ok && e.Kind != fault.Internal:
		return e
	case errors.As(err, &wrong) && wrong.Code < fiber.StatusInternalServerError:
		code, known := codes[wrong.Code]
		if !known {
			code = "server.bad_request"
		}
		return fault.Wrap(wrong, fault.Malformed, code, nil)
	case errors.Is(err, context.DeadlineExceeded):
		s.log(c, "a request took too long", err)
		return &fault.Error{Kind: fault.Unavailable, Code: "server.busy", RetryAfter: retryUnavailable}
	}
	s.log(c, "a request failed", err)
	return fault.New(fault.Internal, "server.internal", nil)
}

// unavailable says whether a fault is the database's own, which names it: that it
// cannot be reached, is full, or busy. What the data forbid is none.
func unavailable(e *fault.Error) bool {
	return strings.HasPrefix(e.Code, "db.") && e.Code != "db.published"
}

func (s *Server) log(c *fiber.Ctx, message string, err error) {
	s.options.Log.Error(message, "method", c.Method(), "path", c.Path(), "request_id", requestID(c), "error", err)
}

// panicked logs a panic with its place; the request that met it is answered as failed.
func (s *Server) panicked(c *fiber.Ctx, value any) {
	s.options.Log.Error("a handler panicked", "path", c.Path(), "request_id", requestID(c), "panic", value, "stack", string(debug.Stack()))
}

var _ = lang.Register(map[string]lang.Text{
	"server.internal":           {Zh: "服务器内部出错；请重试，仍不行请告诉管理员请求编号", En: "something went wrong inside the server; try again, or tell the administrator the request's id"},
	"server.not_found":          {Zh: "没有这个页面或记录", En: "there is no such page or record"},
	"server.method":             {Zh: "这里不能使用这个方法", En: "this method is not known here"},
	"server.bad_request":        {Zh: "请求有误", En: "the request is wrong"},
	"server.busy":               {Zh: "服务器正忙；请稍后重试", En: "the server is busy; try again in a moment"},
	"server.unavailable":        {Zh: "数据库暂时不可用；请稍后重试", En: "the database does not answer just now; try again in a moment"},
	"request.content_type":      {Zh: "内容类型不对：应为 application/json，上传文件时为 multipart/form-data", En: "the content type must be application/json, and multipart/form-data for uploads"},
	"request.body_too_large":    {Zh: "请求内容过大", En: "the body is too large"},
	"request.headers_too_large": {Zh: "请求头过大；请求头与网址合计不超过 8 KB", En: "the headers are too large; with the address they have 8 KB at most"},
	"request.slow":              {Zh: "请求没有在规定时间内发完", En: "the request did not come in time"},
})
