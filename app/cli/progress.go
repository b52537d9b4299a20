package cli

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/steelyard/steelyard/app/lang"
)

const (
	quietFor  = time.Second            // what is done sooner shows no progress
	redrawn   = 100 * time.Millisecond // how often a bar is drawn anew
	nextLine  = 10 * time.Second       // how often a line is printed where no bar can be drawn
	barLength = 24
)

// Progress shows on stderr how far something is: a bar on a terminal, a plain
// line now and then elsewhere. Whatever is over within a second shows nothing.
type Progress struct {
	mu       sync.Mutex
	out      io.Writer
	label    string
	language lang.Language
	clock    func() time.Time
	terminal bool
	started  time.Time
	shown    time.Time
	drawn    bool
}

// Progress begins to show the progress of what a message names. The caller
// hands Step to whatever works, and calls Done at the end.
func (c *Context) Progress(code string, args lang.Args) *Progress {
	return &Progress{
		out: c.Stderr, label: c.Say(code, args), language: c.Lang, clock: c.Clock,
		terminal: isTerminal(c.Stderr) && c.Getenv("TERM") != "dumb", started: c.Clock(),
	}
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// Phase is Step of a part of the work that a message names.
func (p *Progress) Phase(code string, done, total int) {
	p.mu.Lock()
	p.label = lang.Say(p.language, code, nil)
	p.mu.Unlock()
	p.Step(int64(done), int64(total))
}

// Step says that done of total are done; a total of 0 is one that nobody knows yet.
func (p *Progress) Step(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := p.clock()
	wait := nextLine
	if p.terminal {
		wait = redrawn
	}
	if at.Sub(p.started) < quietFor || (!p.shown.IsZero() && at.Sub(p.shown) < wait) {
		return
	}
	p.shown = at
	if p.terminal {
		p.drawn = true
		fmt.Fprintf(p.out, "\r\x1b[K%s  %s", p.label, bar(done, total))
		return
	}
	if total > 0 {
		fmt.Fprintln(p.out, lang.Say(p.language, "cli.progress.of", lang.Args{"what": p.label, "done": grouped(done), "total": grouped(total)}))
		return
	}
	fmt.Fprintln(p.out, lang.Say(p.language, "cli.progress.count", lang.Args{"what": p.label, "done": grouped(done)}))
}

// Done takes the bar away.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.drawn = false
	}
}

func bar(done, total int64) string {
	if total <= 0 {
		return grouped(done)
	}
	done = min(max(done, 0), total)
	full := int(done * barLength / total)
	return fmt.Sprintf("%s%s %3d %%  %s / %s", strings.Repeat("█", full), strings.Repeat("░", barLength-full),
		done*100/total, grouped(done), grouped(total))
}

// grouped writes a count with a comma between thousands.
func grouped[N int | int64](n N) string {
	digits := strconv.FormatInt(int64(n), 10)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

var _ = lang.Register(map[string]lang.Text{
	"cli.progress.of":    {Zh: "{what}：{done} / {total}", En: "{what}: {done} of {total}"},
	"cli.progress.count": {Zh: "{what}：{done}", En: "{what}: {done}"},
})
