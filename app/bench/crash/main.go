// Command crash kills the program at random moments of an import, a run and an
// export, and looks each time whether the database is whole, whether everything
// is there or nothing, and whether the repeat succeeds. Then it changes single
// digits of a published run behind the program's back, each of which "steelyard
// verify" must find. It prints a table and fails when anything is wrong.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"text/tabwriter"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}

// lab is where the program is killed.
type lab struct {
	program string // the binary
	folder  string // for databases and files, removed at the end
	random  *rand.Rand
	log     io.Writer
	members int64
}

func run(ctx context.Context, args []string, out, log io.Writer) (err error) {
	flags := flag.NewFlagSet("crash", flag.ContinueOnError)
	flags.SetOutput(log)
	times := flags.Int("n", 50, "how often each command is killed on SQLite; a fifth of it on PostgreSQL")
	digits := flags.Int("digits", 100, "how many single digits are changed; a fifth of them on PostgreSQL")
	members := flags.Int64("members", 2000, "how many people the bank has")
	seed := flags.Uint64("seed", uint64(time.Now().UnixNano()), "of the random moments; printed, so that a failure can be repeated")
	program := flags.String("program", "", "the binary; built when it is left out")
	if err := flags.Parse(args); err != nil {
		return err
	}
	fmt.Fprintf(out, "seed %d\n", *seed)
	folder, err := os.MkdirTemp("", "steelyard-crash-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	l := &lab{program: *program, folder: folder, log: log, members: *members, random: rand.New(rand.NewPCG(*seed, 1))}
	if err := l.build(ctx); err != nil {
		return err
	}
	return l.all(ctx, *times, *digits, out)
}

// build makes the binary from the source that this program was made from.
func (l *lab) build(ctx context.Context) error {
	if l.program != "" {
		path, err := filepath.Abs(l.program)
		l.program = path
		return err
	}
	l.program = filepath.Join(l.folder, "steelyard")
	command := exec.CommandContext(ctx, "go", "build", "-o", l.program, "github.com/steelyard/steelyard/cmd/steelyard")
	command.Stdout, command.Stderr = l.log, l.log
	return command.Run()
}

func (l *lab) say(format string, args ...any) {
	fmt.Fprintf(l.log, format+"\n", args...)
}

// outcome is one line of the table.
type outcome struct {
	what    string
	times   int
	before  int // as before the command, or not found
	after   int // as after it, or found
	failure error
}

func (l *lab) all(ctx context.Context, times, digits int, out io.Writer) error {
	var table []outcome
	for _, e := range []engine{&sqliteEngine{folder: l.folder}, &postgresEngine{}} {
		kills, changes := times, digits-digits/5
		if e.name() == "PostgreSQL" {
			kills, changes = (times+4)/5, digits/5
		}
		for _, trial := range []struct {
			times int
			do    func(context.Context, engine, int) (outcome, error)
		}{{kills, l.importing}, {kills, l.running}, {kills, l.exporting}, {changes, l.digits}} {
			o, err := trial.do(ctx, e, trial.times)
			if err != nil {
				return fmt.Errorf("on %s: %w", e.name(), err)
			}
			said := "passed"
			if o.failure != nil {
				said = o.failure.Error()
			}
			l.say("  %d cut short, %d finished: %s", o.before, o.after, said)
			table = append(table, o)
		}
	}
	return printOutcomes(out, table)
}

func printOutcomes(out io.Writer, table []outcome) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "WHAT\tTIMES\tCUT SHORT\tFINISHED\t")
	var failed error
	for _, o := range table {
		said := "passed"
		if o.failure != nil {
			said = "FAILED"
			failed = errors.Join(failed, fmt.Errorf("%s: %w", o.what, o.failure))
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\n", o.what, o.times, o.before, o.after, said)
	}
	return errors.Join(w.Flush(), failed)
}
