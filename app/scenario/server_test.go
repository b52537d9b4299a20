package scenario

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/auth"
)

// server is the whole program on a database of its own, answering on a port.
type server struct {
	base      string // of the API, with its version
	http      *http.Client
	bootstrap string   // the secret for the first security administrator
	program   *app.App // behind it
}

// eachServer runs f with a server on each engine.
func eachServer(t *testing.T, f func(t *testing.T, s *server)) {
	t.Helper()
	apptest.EachURL(t, func(t *testing.T, url string) {
		f(t, start(t, url))
	})
}

// monday is when all this happens: the working day after the month.
func monday() time.Time { return time.Date(2026, time.November, 2, 1, 0, 0, 0, time.UTC) }

// start starts the program on a database; it stops with the test.
func start(t *testing.T, url string) *server {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	// What a password costs is tested where passwords are; here there are hundreds.
	program, err := app.Open(ctx, url, monday, app.Hashing(auth.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}))
	if err != nil {
		t.Fatal(err)
	}
	secret, err := program.Bootstrap(ctx)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- program.Serve(ctx, listener, app.Serving{Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with: %v", err)
		}
		if err := program.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return &server{
		base: "http://" + listener.Addr().String() + "/api/v1", http: connections(t), bootstrap: secret.Value, program: program,
	}
}

// connections are kept open for as many as ask at once.
func connections(t testing.TB) *http.Client {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 32}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}
