package cli

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
)

func TestServeAnswersUntilItIsInterrupted(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		ctx, interrupt := context.WithCancel(t.Context())
		defer interrupt()
		reader, stdout := io.Pipe()
		var stderr bytes.Buffer
		ended := make(chan int, 1)
		go func() {
			code := Main(ctx, []string{"serve", "--db", url, "--listen", "127.0.0.1:0"},
				func(string) (string, bool) { return "", false }, strings.NewReader(""), stdout, &stderr)
			_ = stdout.Close()
			ended <- code
		}()
		lines := bufio.NewScanner(reader)
		if !lines.Scan() {
			t.Fatalf("it said nothing: %s", stderr.String())
		}
		_, address, _ := strings.Cut(lines.Text(), "serving on ")
		address, _, _ = strings.Cut(address, " ")
		if said := next(3, lines); !strings.Contains(said, "There is no security administrator yet") || !strings.Contains(said, address+"/api/v1/secrets/redeem") {
			t.Errorf("of the first administrator it said %q", said)
		}
		answer, err := http.Get(address + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("health is %d", answer.StatusCode)
		}
		interrupt()
		if said := next(1, lines); said != "the server has stopped\n" {
			t.Errorf("at the end it said %q, %q", said, stderr.String())
		}
		if code := <-ended; code != exitDone {
			t.Errorf("exit %d: %s", code, stderr.String())
		}
	})
}

// next reads as many lines.
func next(count int, lines *bufio.Scanner) string {
	var said strings.Builder
	for range count {
		if lines.Scan() {
			said.WriteString(lines.Text() + "\n")
		}
	}
	return said.String()
}

func TestAPortInUseIsSaidAndFails(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	address := taken.Addr().String()
	got := steelyard(t, nil, "serve", "--db", filepath.Join(t.TempDir(), "test.db"), "--listen", address)
	want := address + " is in use by another program; choose another port with --listen, or stop that program\n"
	if got.code != exitFailed || got.stderr != want || got.stdout != "" {
		t.Errorf("exit %d, %q %q", got.code, got.stdout, got.stderr)
	}
}

func TestMigrateGivesAnEmptyDatabaseItsTablesAndCanBeRepeated(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		for range 2 {
			if got := steelyard(t, nil, "migrate", "--db", url); got.code != exitDone || !strings.Contains(got.stdout, "is up to date") {
				t.Fatalf("exit %d, %q %q", got.code, got.stdout, got.stderr)
			}
		}
	})
}
