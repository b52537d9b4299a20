package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/lang"
)

func TestProgressIsSilentForASecondAndThenPrintsALineNowAndThen(t *testing.T) {
	var out bytes.Buffer
	at := time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
	c := &Context{Lang: lang.En, Stderr: &out, Clock: func() time.Time { return at }, Getenv: func(string) string { return "" }}
	p := c.Progress("cli.progress.testing", nil)
	for range 30 {
		at = at.Add(500 * time.Millisecond)
		p.Step(1250, 250_000)
	}
	p.Done()
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || lines[0] != "Testing: 1,250 of 250,000" {
		t.Errorf("in 15 seconds it printed %q", lines)
	}
}

func TestABarOnATerminalIsTakenAwayAtTheEnd(t *testing.T) {
	var out bytes.Buffer
	at := time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
	p := &Progress{out: &out, label: "Testing", clock: func() time.Time { return at }, terminal: true, started: at}
	at = at.Add(2 * time.Second)
	p.Step(1, 4)
	p.Done()
	if got := out.String(); !strings.Contains(got, "██████░░░░░░░░░░░░░░░░░░  25 %  1 / 4") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("the bar was %q", got)
	}
}

func TestCountsAreGroupedByThousands(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -999: "-999", -1000: "-1,000"} {
		if got := grouped(n); got != want {
			t.Errorf("grouped(%d) = %q, want %q", n, got, want)
		}
	}
}

var _ = lang.Register(map[string]lang.Text{"cli.progress.testing": {Zh: "测试", En: "Testing"}})
