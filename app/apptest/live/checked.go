package live

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"github.com/steelyard/steelyard/app/api"
)

// Checked compares every answer of the API with the contract: one that the
// contract does not describe fails the test.
func Checked(t testing.TB, through http.RoundTripper) http.RoundTripper {
	return &checked{t, through}
}

type checked struct {
	t       testing.TB
	through http.RoundTripper
}

// RoundTrip sends a request and looks at its answer.
func (c *checked) RoundTrip(r *http.Request) (*http.Response, error) {
	got, err := c.through.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	route := routeOf(c.t, r)
	if route == nil {
		return got, nil
	}
	body, err := io.ReadAll(got.Body)
	if err := got.Body.Close(); err != nil {
		return nil, err
	}
	got.Body = io.NopCloser(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if err := compare(r.Context(), r, route, got, body); err != nil {
		c.t.Errorf("%s %s: the answer %d is not what the contract says: %v\n%.2000s", r.Method, r.URL.Path, got.StatusCode, err, body)
	}
	return got, nil
}

func compare(ctx context.Context, r *http.Request, route *routers.Route, got *http.Response, body []byte) error {
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, Route: route},
		Status:                 got.StatusCode, Header: got.Header,
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true, MultiError: true,
			ExcludeResponseBody: strings.HasPrefix(got.Header.Get("Content-Type"), "application/octet-stream"),
		},
	}
	input.SetBodyBytes(body)
	return openapi3filter.ValidateResponse(ctx, input)
}

// place is an operation's, with what its path looks like.
type place struct {
	looks *regexp.Regexp
	item  *openapi3.PathItem
	path  string
}

var contract = sync.OnceValues(func() (*openapi3.T, error) { return openapi3.NewLoader().LoadFromData(api.Contract) })

var places = sync.OnceValues(func() ([]place, error) {
	doc, err := contract()
	if err != nil {
		return nil, err
	}
	var all []place
	for _, path := range doc.Paths.InMatchingOrder() {
		looks := regexp.MustCompile(`\\\{[a-z_]+\\\}`).ReplaceAllString(regexp.QuoteMeta(doc.Servers[0].URL+path), `[^/]+`)
		all = append(all, place{regexp.MustCompile("^" + looks + "$"), doc.Paths.Value(path), path})
	}
	return all, nil
})

// routeOf gives the operation that a request asks for, or nil for none.
func routeOf(t testing.TB, r *http.Request) *routers.Route {
	all, err := places()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.looks.MatchString(r.URL.EscapedPath()) {
			if op := p.item.GetOperation(r.Method); op != nil {
				return &routers.Route{Spec: doc, Server: doc.Servers[0], Path: p.path, PathItem: p.item, Method: r.Method, Operation: op}
			}
		}
	}
	return nil
}
