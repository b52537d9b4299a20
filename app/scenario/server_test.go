package scenario

import (
	"net/http"
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
