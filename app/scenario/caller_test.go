package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/api/client"
	"github.com/steelyard/steelyard/app/apptest/live"
)

// cookieName is the session's; a browser keeps it to TLS, so the tests carry it themselves.
const cookieName = "__Host-steelyard"

// password is everybody's here.
const password = live.Password

// caller is somebody who talks to the server: nobody yet, or a user who has signed in.
type caller struct {
	*client.ClientWithResponses

	t        testing.TB
	name     string
	base     string // of the API, with its version
	http     *http.Client
	session  atomic.Pointer[string]
	language string
}

// visitor is somebody who has not signed in.
func visitor(t testing.TB, base string, over *http.Client) *caller {
	t.Helper()
	c := &caller{t: t, name: "anonymous", base: base, http: over, language: "en"}
	made, err := client.NewClientWithResponses(base, client.WithHTTPClient(over), client.WithRequestEditorFn(c.dress))
	if err != nil {
		t.Fatal(err)
	}
	c.ClientWithResponses = made
	return c
}

// dress gives a request what the caller's browser would send along.
func (c *caller) dress(_ context.Context, r *http.Request) error {
	if session := c.session.Load(); session != nil {
		r.Header.Set("Cookie", cookieName+"="+*session)
	}
	r.Header.Set("Accept-Language", c.language)
	return nil
}

// signIn signs a user in, over the same connections.
func (c *caller) signIn(username string) *caller {
	c.t.Helper()
	in := visitor(c.t, c.base, c.http)
	r, err := in.SignInWithResponse(c.t.Context(), client.SignIn{Username: username, Password: password})
	c.want(r, err, http.StatusOK)
	for _, cookie := range r.HTTPResponse.Cookies() {
		if cookie.Name == cookieName {
			in.session.Store(&cookie.Value)
		}
	}
	if in.session.Load() == nil {
		c.t.Fatalf("signing in as %s gave no session", username)
	}
	in.name = r.JSON200.Username
	return in
}

// redeem sets a password with a one-time secret; the name is for the first security administrator alone.
func (c *caller) redeem(secret string, username *string) {
	c.t.Helper()
	r, err := c.RedeemSecretWithResponse(c.t.Context(), client.Redeem{Secret: secret, Password: password, Username: username})
	c.want(r, err, http.StatusOK)
}

// answer is what the client gives back, whatever the operation.
type answer interface {
	StatusCode() int
	GetBody() []byte
}

// want fails the test unless an answer has a status.
func (c *caller) want(r answer, err error, status int) {
	c.t.Helper()
	if err != nil {
		c.t.Fatalf("%s: %v", c.name, err)
	}
	if r.StatusCode() != status {
		c.t.Fatalf("%s: the answer is %d, not %d: %.2000s", c.name, r.StatusCode(), status, r.GetBody())
	}
}

// code gives the stable code of an answer that is a problem.
func code(t testing.TB, body []byte) string {
	t.Helper()
	var problem struct{ Code string }
	if err := json.Unmarshal(body, &problem); err != nil {
		t.Fatalf("%v: %.300s", err, body)
	}
	return problem.Code
}

// upload starts the import of a file.
func (c *caller) upload(kind, path string, fields map[string]string) *client.CreateImportResponse {
	c.t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatal(err)
	}
	body, contentType := form(c.t, kind, filepath.Base(path), content, fields)
	r, err := c.CreateImportWithBodyWithResponse(c.t.Context(), &client.CreateImportParams{XRequestedWith: "scenario"}, contentType, body)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

func form(t testing.TB, kind, name string, content []byte, fields map[string]string) (body io.Reader, contentType string) {
	t.Helper()
	var text bytes.Buffer
	parts := multipart.NewWriter(&text)
	write := func(field, value string) {
		if err := parts.WriteField(field, value); err != nil {
			t.Fatal(err)
		}
	}
	write("kind", kind)
	for field, value := range fields {
		write(field, value)
	}
	file, err := parts.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	return &text, parts.FormDataContentType()
}

// load imports a file and gives what came of it.
func (c *caller) load(kind, path string) map[string]any {
	c.t.Helper()
	r := c.upload(kind, path, nil)
	c.want(r, nil, http.StatusAccepted)
	return c.done(r.JSON202)
}

// done waits for a job to be done and gives its result.
func (c *caller) done(started *client.Job) map[string]any {
	c.t.Helper()
	job := c.ended(started.Id)
	if job.State != client.JobStateDone {
		text, _ := json.Marshal(job)
		c.t.Fatalf("%s: the job is %s: %s", c.name, job.State, text)
	}
	if job.Result == nil {
		return nil
	}
	return *job.Result
}

// ended waits for a job to end, one way or another.
func (c *caller) ended(id int64) *client.Job {
	c.t.Helper()
	var job *client.Job
	c.until(2*time.Minute, fmt.Sprintf("job %d ends", id), func() bool {
		r, err := c.GetJobWithResponse(c.t.Context(), id)
		c.want(r, err, http.StatusOK)
		job = r.JSON200
		return job.FinishedAt != nil
	})
	return job
}

// until asks again and again whether something is so.
func (c *caller) until(most time.Duration, what string, so func() bool) {
	c.t.Helper()
	again := time.NewTicker(25 * time.Millisecond)
	defer again.Stop()
	late := time.After(most)
	for !so() {
		select {
		case <-again.C:
		case <-late:
			c.t.Fatalf("after %s it is still not so that %s", most, what)
		}
	}
}

// pages reads every page of a list: ask gives one and the cursor of the next.
func pages[T any](ask func(cursor *string) (items []T, next *string)) []T {
	var all []T
	var cursor *string
	for {
		items, next := ask(cursor)
		all = append(all, items...)
		if next == nil {
			return all
		}
		cursor = next
	}
}

func ptr[T any](v T) *T { return &v }

func number(v any) int64 {
	switch v := v.(type) {
	case float64:
		return int64(v)
	case string:
		n, _ := strconv.ParseInt(v, 10, 64)
		return n
	}
	return 0
}
