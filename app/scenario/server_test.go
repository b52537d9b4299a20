package scenario

import (
	"fmt"
	"net/http"
	"os"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/apptest/live"
)

// server is the whole program on a database of its own, answering on a port.
type server struct {
	*live.Server

	base      string // of the API, with its version
	http      *http.Client
	bootstrap string // the secret for the first security administrator
}

// eachServer runs f with a server on each engine.
func eachServer(t *testing.T, f func(t *testing.T, s *server)) {
	t.Helper()
	apptest.EachURL(t, func(t *testing.T, url string) {
		s := live.Start(t, url)
		secret, err := s.Bootstrap(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		f(t, &server{Server: s, base: s.Address + "/api/v1", http: s.HTTP, bootstrap: secret.Value})
	})
}

// programFolder is where the product is built for tests that start it.
var programFolder string

func TestMain(m *testing.M) {
	code, err := inFolder(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func inFolder(m *testing.M) (code int, err error) {
	if programFolder, err = os.MkdirTemp("", "steelyard-scenario-"); err != nil {
		return 0, err
	}
	code = m.Run()
	return code, os.RemoveAll(programFolder)
}

// connections are kept open for as many as ask at once.
func connections(t testing.TB) *http.Client {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 32}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: live.Checked(t, transport)}
}
