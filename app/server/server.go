// Package server answers HTTP: the API as the contract describes it, its
// reference, one page that says what runs here, and the program's health.
//
// A request passes the front (one meaning, known method, one spelling), is
// matched by the router, and then by the guard of the operation that was
// matched: who asks, may they, is it what the contract describes. Nothing else
// decides, and whatever fails is turned into a problem in one place.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"
	recovery "github.com/gofiber/fiber/v2/middleware/recover"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/server/wire"
)

// Limits bound what one request may take. What is left 0 is that of Defaults.
type Limits struct {
	Header  int           // bytes of all headers, with the address
	Body    int           // bytes of a JSON body
	Upload  int           // bytes of an upload
	Parts   int           // of an upload
	Read    time.Duration // until a request has come in, more for what is large
	Write   time.Duration // until an answer has gone out, more for what is large
	Rate    int           // bytes a second that keep a transfer alive beyond that
	Idle    time.Duration // between two requests of one connection
	Handler time.Duration // until a handler has answered
	Stop    time.Duration // for the requests under way when the server stops
}

// Defaults are the limits that the product has.
var Defaults = Limits{
	Header: 8 << 10, Body: 1 << 20, Upload: 50 << 20, Parts: 50,
	Read: 10 * time.Second, Write: 20 * time.Second, Rate: 16 << 10, Idle: 60 * time.Second,
	Handler: 10 * time.Second, Stop: 10 * time.Second,
}

// Account is a sign-in that the page of a demo names.
type Account struct {
	Username, Password string
	Who, Sees          lang.Text // what kind of user, and what they are there for
}

// Options say what the server serves, and to whom.
type Options struct {
	Version  string
	Demo     bool      // the figures are made up
	Accounts []Account // of a demo; the page names them
	Log      *slog.Logger

	Handlers api.StrictServerInterface // the API
	Callers  Callers
	Checks   []Check // what must be well before requests are sent here

	PublicURL      string         // where browsers find the server, such as https://scores.bank.example; empty: as they say
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	MetricsToken   string         // who may read /metrics; empty: nobody
	Gauges         []Gauge        // what /metrics tells beside requests
	Limits         Limits
}

// Server is the program's HTTP side.
type Server struct {
	options  Options
	limits   Limits
	contract *contract
	cross    *http.CrossOriginProtection
	metrics  *metrics
	app      *fiber.App
}

// New makes a server that is not listening yet.
func New(options Options) (*Server, error) {
	c, err := theContract()
	if err != nil {
		return nil, err
	}
	s := &Server{options: options, limits: options.Limits.orDefaults(), contract: c, cross: http.NewCrossOriginProtection(), metrics: newMetrics(options.Gauges)}
	if options.PublicURL != "" {
		if err := s.cross.AddTrustedOrigin(options.PublicURL); err != nil {
			return nil, badPublicURL(err, options.PublicURL)
		}
	}
	s.app = fiber.New(fiber.Config{
		AppName:                      "Steelyard",
		DisableStartupMessage:        true,
		Immutable:                    true, // fiber otherwise hands out strings that change with the next request
		CaseSensitive:                true,
		StrictRouting:                true,
		StreamRequestBody:            true, // bodies are read by us, within limits; see bodyOf
		DisablePreParseMultipartForm: true,
		RequestMethods:               methods,
		ReadBufferSize:               s.limits.Header,
		ReadTimeout:                  s.limits.Read,
		WriteTimeout:                 s.limits.Write,
		IdleTimeout:                  s.limits.Idle,
		BodyLimit:                    s.limits.Upload,
		ErrorHandler:                 s.fail,
	})
	s.app.Use(s.answer, recovery.New(recovery.Config{EnableStackTrace: true, StackTraceHandler: s.panicked}), release)
	s.pages()
	s.operations()
	s.app.Use(s.application)
	s.app.Server().Handler = s.front(s.app.Handler())
	return s, nil
}

func (l Limits) orDefaults() Limits {
	for _, field := range []struct{ set, otherwise *int }{
		{&l.Header, &Defaults.Header}, {&l.Body, &Defaults.Body}, {&l.Upload, &Defaults.Upload}, {&l.Parts, &Defaults.Parts}, {&l.Rate, &Defaults.Rate},
	} {
		if *field.set == 0 {
			*field.set = *field.otherwise
		}
	}
	for _, field := range []struct{ set, otherwise *time.Duration }{
		{&l.Read, &Defaults.Read}, {&l.Write, &Defaults.Write}, {&l.Idle, &Defaults.Idle}, {&l.Handler, &Defaults.Handler}, {&l.Stop, &Defaults.Stop},
	} {
		if *field.set == 0 {
			*field.set = *field.otherwise
		}
	}
	return l
}

// operations puts a guard before each operation of the contract, and then the
// handlers that are generated from it.
func (s *Server) operations() {
	for _, op := range s.contract.operations {
		if op.method == fiber.MethodGet {
			s.app.Get(op.path, s.guard(op)) // and HEAD
		} else {
			s.app.Add(op.method, op.path, s.guard(op))
		}
	}
	handlers := api.NewStrictHandler(s.options.Handlers, []api.StrictMiddlewareFunc{received, ruled, guarded})
	api.RegisterHandlersWithOptions(s.app, handlers, api.FiberServerOptions{BaseURL: s.contract.base})
}

// answer is around everything: it sets what every answer carries, makes an
// answer of an error, and counts.
func (s *Server) answer(c *fiber.Ctx) error {
	begin := time.Now()
	s.secure(c)
	err := plain(c)
	if err == nil {
		err = c.Next()
	}
	if err != nil {
		if err := s.fail(c, err); err != nil {
			return fmt.Errorf("writing a problem: %w", err)
		}
	}
	s.metrics.count(c, time.Since(begin))
	return nil
}

// Serve answers on the listener until ctx ends; then it lets the requests under
// way finish and closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	failed := make(chan error, 1)
	paced := wire.Listen(listener, wire.Limits{Grace: max(s.limits.Read, s.limits.Write), Rate: s.limits.Rate})
	go func() { failed <- s.app.Listener(paced) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.limits.Stop)
	defer cancel()
	if err := s.app.ShutdownWithContext(limit); err != nil {
		return fmt.Errorf("stopping: %w", err)
	}
	// A server that is stopped before it has begun would go on listening.
	if err := listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("stopping: %w", err)
	}
	return <-failed
}
