package cli

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"syscall"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// shownProblems is how many problems of an input are listed at most.
const shownProblems = 1000

// report says on stderr what went wrong: the message, then each problem on a
// line of its own. What no user can act on is said as a reference; --verbose
// shows the cause beside it.
func (c *Context) report(err error) {
	out := bufio.NewWriter(c.Stderr)
	defer out.Flush() //nolint:errcheck // nobody is left to tell that stderr is gone
	verbose := c.Config != nil && c.Verbose
	e, ok := fault.As(err)
	var wrong scoring.InputErrors
	switch {
	case errors.Is(err, context.Canceled), c.Context != nil && c.Err() != nil:
		fmt.Fprintln(out, c.Say("cli.interrupted", nil))
		return
	case errors.As(err, &wrong):
		for _, w := range wrong {
			fmt.Fprintln(out, printable(w.In(string(c.Lang))))
		}
		return
	case !ok && (errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EPIPE)):
		fmt.Fprintln(out, c.Say("cli.unwritten", nil))
		return
	case !ok:
		reference := rand.Text()[:8]
		fmt.Fprintln(out, c.Say("cli.internal", lang.Args{"reference": reference}))
		if verbose {
			fmt.Fprintf(out, "%s: %v\n", reference, err)
		}
		return
	}
	fmt.Fprintln(out, printableLines(e.In(c.Lang)))
	for i, p := range e.Problems {
		if i == shownProblems {
			fmt.Fprintln(out, c.Say("cli.more_problems", lang.Args{"count": len(e.Problems) - i}))
			break
		}
		fmt.Fprintln(out, "  "+printable(p.In(c.Lang)))
	}
	if verbose && e.Cause != nil {
		fmt.Fprintf(out, "%v\n", e.Cause)
	}
}

var _ = lang.Register(map[string]lang.Text{
	"cli.interrupted": {Zh: "已中断；未完成的操作没有写入任何数据", En: "interrupted; what was not finished has written nothing"},
	"cli.unwritten": {
		Zh: "输出写不出去（磁盘已满，或接收程序已退出）；命令已做的事仍然有效，请换一个输出位置查看结果",
		En: "the output cannot be written (its disk is full, or its reader is gone); what the command did stands, look at the result again with another output",
	},
	"cli.internal": {
		Zh: "程序内部出错（编号 {reference}）；请重试，加 --verbose 可查看原因",
		En: "something went wrong inside the program (reference {reference}); try again, --verbose shows the cause",
	},
	"cli.more_problems": {Zh: "  ……另有 {count} 处问题未列出", En: "  … and {count} more {count:problem|problems}"},
})
