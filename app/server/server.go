// Package server answers HTTP: one page that says what runs here, and the
// program's health.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"
	recovery "github.com/gofiber/fiber/v2/middleware/recover"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

const (
	readTimeout     = 10 * time.Second
	writeTimeout    = 30 * time.Second
	idleTimeout     = 60 * time.Second
	handlerTimeout  = 10 * time.Second
	shutdownTimeout = 10 * time.Second
	bodyLimit       = 64 << 10 // nothing that is served takes more than a form
)

// Period is what the page says of one period.
type Period struct {
	Code    string
	State   string // as in the database: draft, collecting, …
	Run     int    // number of the latest run, 0 if there is none
	RunAt   time.Time
	Members int

	Workbook string // where its workbook lies; empty if nobody made one
}

// Overview is what the page needs to know; whoever starts the server gives it.
type Overview interface {
	// Healthy fails when the database does not answer.
	Healthy(ctx context.Context) error
	// Periods gives the newest periods first, a page full at most.
	Periods(ctx context.Context) ([]Period, error)
}

// Options say what the server tells about itself.
type Options struct {
	Version  string
	Database string         // the kind and name of the database, without any password
	Flags    string         // what commands need beside their arguments to find the same database
	Demo     bool           // the figures are made up
	Zone     *time.Location // in which instants are shown
	Overview Overview
	Log      *slog.Logger
}

// Server is the program's HTTP side.
type Server struct {
	options Options
	app     *fiber.App
}

// New makes a server that is not listening yet.
func New(options Options) *Server {
	s := &Server{options: options}
	s.app = fiber.New(fiber.Config{
		AppName:               "Steelyard",
		DisableStartupMessage: true,
		Immutable:             true, // fiber otherwise hands out strings that change with the next request
		CaseSensitive:         true,
		StrictRouting:         true,
		ReadTimeout:           readTimeout,
		WriteTimeout:          writeTimeout,
		IdleTimeout:           idleTimeout,
		BodyLimit:             bodyLimit,
		ErrorHandler:          s.fail,
	})
	s.app.Use(secure, recovery.New(recovery.Config{EnableStackTrace: true, StackTraceHandler: s.panicked}), deadline)
	s.app.Get("/", s.home)
	s.app.Get("/healthz", s.health)
	s.app.Get("/style.css", asset("page/style.css", "text/css; charset=utf-8"))
	s.app.Get("/icon.svg", asset("page/icon.svg", "image/svg+xml"))
	return s
}

// Listen opens an address such as 127.0.0.1:8080; port 0 is any free one.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "server.bad_address", lang.Args{"address": address})
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fault.Wrap(err, fault.Conflict, "server.port_in_use", lang.Args{"address": address})
	case errors.Is(err, syscall.EACCES):
		return nil, fault.Wrap(err, fault.Conflict, "server.port_refused", lang.Args{"address": address})
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "server.no_address", lang.Args{"address": address})
	}
	return listener, nil
}

// Serve answers on the listener until ctx ends; then it lets the requests under
// way finish and closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.app.Listener(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := s.app.ShutdownWithContext(limit); err != nil {
		return fmt.Errorf("stopping: %w", err)
	}
	return <-failed
}

// secure sets the headers of every answer, errors included.
func secure(c *fiber.Ctx) error {
	for name, value := range map[string]string{
		fiber.HeaderContentSecurityPolicy: "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		fiber.HeaderXContentTypeOptions:   "nosniff",
		fiber.HeaderXFrameOptions:         "DENY",
		fiber.HeaderReferrerPolicy:        "no-referrer",
		fiber.HeaderPermissionsPolicy:     "camera=(), geolocation=(), microphone=()",
		fiber.HeaderCacheControl:          "no-store",
		"Cross-Origin-Opener-Policy":      "same-origin",
		"Cross-Origin-Resource-Policy":    "same-origin",
	} {
		c.Set(name, value)
	}
	return c.Next()
}

// deadline bounds what a handler may do: a client that goes away ends nothing by itself.
func deadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), handlerTimeout)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

func (s *Server) health(c *fiber.Ctx) error {
	if err := s.options.Overview.Healthy(c.UserContext()); err != nil {
		s.options.Log.Error("the database does not answer", "error", err)
		return c.Status(fiber.StatusServiceUnavailable).JSON(fiber.Map{"status": "unavailable"})
	}
	return c.JSON(fiber.Map{"status": "ok"})
}

var _ = lang.Register(map[string]lang.Text{
	"server.bad_address":  {Zh: "监听地址 {address} 无法识别；应为 主机:端口，例如 127.0.0.1:8080", En: "the address {address} cannot be read; give host:port, such as 127.0.0.1:8080"},
	"server.port_in_use":  {Zh: "{address} 已被其他程序占用；请用 --listen 换一个端口，或先停止那个程序", En: "{address} is in use by another program; choose another port with --listen, or stop that program"},
	"server.port_refused": {Zh: "没有权限监听 {address}；请用 --listen 换一个 1024 以上的端口", En: "listening on {address} is not allowed; choose a port above 1024 with --listen"},
	"server.no_address":   {Zh: "无法监听 {address}；请检查主机名和端口", En: "{address} cannot be listened on; check the host and the port"},
})
