package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/server"
)

// head is the beginning of a request by hr; more are further lines of it.
func head(method, path string, more ...string) string {
	lines := append([]string{method + " " + path + " HTTP/1.1", "Host: x", "Cookie: " + auth.SessionCookie + "=hr"}, more...)
	return strings.Join(lines, "\r\n") + "\r\n\r\n"
}

const asJSON = "Content-Type: application/json"

// chunked writes a body in pieces whose sizes are not said before.
func chunked(body string) string {
	var b strings.Builder
	for len(body) > 0 {
		n := min(len(body), 32<<10)
		fmt.Fprintf(&b, "%x\r\n%s\r\n", n, body[:n])
		body = body[n:]
	}
	return b.String() + "0\r\n\r\n"
}

func TestR02_SizesAreBounded(t *testing.T) {
	r := start(t, func(o *server.Options) { o.Limits.Upload = 3 << 20 })
	large := `{"username":"` + strings.Repeat("x", 1<<20) + `"}`
	r.fails(newUser(large), http.StatusRequestEntityTooLarge, "request.too_large")
	for name, text := range map[string]string{
		"a body in chunks":               head("POST", "/api/v1/users", asJSON, "Transfer-Encoding: chunked") + chunked(large),
		"a body that is said to be huge": head("POST", "/api/v1/users", asJSON, "Content-Length: 999999999999") + strings.Repeat(" ", 9<<10),
		"an upload in chunks": head("POST", "/api/v1/imports", "Content-Type: multipart/form-data; boundary=x", "X-Requested-With: x", "Transfer-Encoding: chunked") +
			chunked("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"+strings.Repeat("x", 3<<20)+"\r\n--x--\r\n"),
	} {
		if got := r.raw(text); !strings.HasPrefix(got, "HTTP/1.1 413 ") || !strings.Contains(got, "Connection: close") {
			t.Errorf("%s: %.200s", name, got)
		}
	}
	for name, text := range map[string]string{
		"long headers": head("GET", "/api/v1/me", "X-Long: "+strings.Repeat("x", 9<<10)), "a long address": head("GET", "/api/v1/users?search="+strings.Repeat("x", 9<<10)),
	} {
		if got := r.raw(text); !strings.HasPrefix(got, "HTTP/1.1 431 ") || !strings.Contains(got, "request.headers_too_large") || !strings.Contains(got, "X-Content-Type-Options") {
			t.Errorf("%s: %.200s", name, got)
		}
	}
	r.fails(newUser(strings.Repeat("[", 33)+strings.Repeat("]", 33)), http.StatusBadRequest, "request.depth")
	r.fails(newUser(`{"username":["`+strings.Repeat(`","`, 1001)+`"]}`), http.StatusBadRequest, "request.items")
	var parts strings.Builder
	for i := range 51 {
		fmt.Fprintf(&parts, "--x\r\nContent-Disposition: form-data; name=\"f%d\"\r\n\r\nx\r\n", i)
	}
	r.fails(upload(parts.String()+"--x--\r\n", "multipart/form-data; boundary=x"), http.StatusBadRequest, "request.parts")
	r.fails(upload("--x\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nhalf", "multipart/form-data; boundary=x"), http.StatusBadRequest, "request.multipart")
	if len(r.bank.seen) != 0 {
		t.Error("a handler was reached")
	}
	r.succeeds(newUser(`{"username":"`+strings.Repeat("密", 64)+`"}`), http.StatusCreated)
}

func TestR03_SlowSendersAreCutOff(t *testing.T) {
	r := start(t, func(o *server.Options) {
		o.Limits.Read, o.Limits.Write, o.Limits.Rate = 300*time.Millisecond, 300*time.Millisecond, 1<<20
	})
	for name, text := range map[string]string{
		"nothing at all":    "",
		"half a header":     "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-Half: ",
		"half a body":       head("POST", "/api/v1/users", asJSON, "Content-Length: 1000") + `{"username":`,
		"half a chunk":      head("POST", "/api/v1/users", asJSON, "Transfer-Encoding: chunked") + "3e8\r\n{",
		"half an upload":    head("POST", "/api/v1/imports", "Content-Type: multipart/form-data; boundary=x", "X-Requested-With: x", "Content-Length: 1000") + "--x\r\n",
		"an idle half line": "G",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := r.raw(text); got != "" && !strings.HasPrefix(got, "HTTP/1.1 408 ") {
				t.Errorf("%.200s", got)
			}
		})
	}
}

func TestR03_ADripOfBytesEarnsNoTime(t *testing.T) {
	r := start(t, func(o *server.Options) {
		o.Limits.Read, o.Limits.Write = 500*time.Millisecond, 500*time.Millisecond
	})
	c, err := net.Dial("tcp", r.address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, head("POST", "/api/v1/users", asJSON, "Content-Length: 100000"))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, c) // until the server closes
	}()
	drip := time.NewTicker(10 * time.Millisecond)
	defer drip.Stop()
	limit := time.After(20 * time.Second)
	for {
		select {
		case <-drip.C:
			_, _ = c.Write([]byte(" "))
		case <-ended:
			return
		case <-limit:
			t.Fatal("the connection is still open")
		}
	}
}

// endless gives zeros, as many as one wants.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestR03_ASlowReaderIsCutOffAndAQuickOneGetsAll(t *testing.T) {
	r := start(t, func(o *server.Options) {
		o.Limits.Write, o.Limits.Read, o.Limits.Rate = 500*time.Millisecond, 500*time.Millisecond, 16<<20
	})
	r.bank.file = endless{}
	c, err := net.Dial("tcp", r.address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, head("GET", "/api/v1/jobs/1/file"))
	if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Fatal(line, err)
	}
	// It reads no more until the server has had time to lose patience; what is
	// on the way then can be read to its end.
	<-time.After(2 * time.Second)
	if err := c.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, c); err != nil && strings.Contains(err.Error(), "timeout") {
		t.Error("the answer went on and on")
	}
	const size = 24 << 20
	r.bank.file = io.LimitReader(endless{}, size)
	if got := r.succeeds(request{path: "jobs/1/file"}, http.StatusOK); len(got.body) != size {
		t.Errorf("a quick reader got %d bytes", len(got.body))
	}
}

func TestR07_ARequestHasOneMeaning(t *testing.T) {
	r := start(t)
	body := `{"username":"x"}`
	for name, text := range map[string]string{
		"two lengths":                    head("POST", "/api/v1/users", asJSON, "Content-Length: 16", "Content-Length: 16") + body,
		"two lengths that differ":        head("POST", "/api/v1/users", asJSON, "Content-Length: 16", "Content-Length: 5") + body,
		"a length and chunks":            head("POST", "/api/v1/users", asJSON, "Content-Length: 16", "Transfer-Encoding: chunked") + chunked(body),
		"chunks twice":                   head("POST", "/api/v1/users", asJSON, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + chunked(body),
		"a coding that nobody knows":     head("POST", "/api/v1/users", asJSON, "Transfer-Encoding: xchunked") + chunked(body),
		"a line that goes on":            head("GET", "/api/v1/me", "X-Long: a", " b"),
		"a whole address":                head("GET", "http://x/api/v1/me"),
		"two hosts":                      head("GET", "/api/v1/me", "Host: y"),
		"two cookies":                    head("GET", "/api/v1/me", "Cookie: a=b"),
		"two content types":              head("POST", "/api/v1/users", asJSON, "Content-Type: text/plain", "Content-Length: 16") + body,
		"a space before the colon":       head("POST", "/api/v1/users", asJSON, "Content-Length : 16") + body,
		"a length that is not a number":  head("POST", "/api/v1/users", asJSON, "Content-Length: +16") + body,
		"a length that is less than 0":   head("POST", "/api/v1/users", asJSON, "Content-Length: -1") + body,
		"a chunk whose size is nonsense": head("POST", "/api/v1/users", asJSON, "Transfer-Encoding: chunked") + "zz\r\n" + body + "\r\n0\r\n\r\n",
		"a body where none is taken":     head("GET", "/api/v1/me", "Content-Length: 16") + body,
	} {
		got := r.raw(text + head("GET", "/api/v1/users/smuggled", "Connection: close"))
		if !strings.HasPrefix(got, "HTTP/1.1 4") {
			t.Errorf("%s: %.300s", name, got)
		}
	}
	if len(r.bank.created) != 0 {
		t.Errorf("users were made: %v", r.bank.created)
	}
}
