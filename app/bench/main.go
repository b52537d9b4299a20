// Command bench measures what the product promises about speed, each figure
// beside what it is compared with, in one run, and prints a table with the
// marks. It is no test: it fails only when something does not work.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run of the program: how much it measures and where.
type bench struct {
	rounds   int
	quick    bool
	log      io.Writer
	folder   string // for files that go when the program ends
	postgres *cluster
}

// size gives the full size of a figure, or a tenth of it when the run is to be quick.
func (b *bench) size(full int64) int64 {
	if b.quick {
		return full / 10
	}
	return full
}

func (b *bench) say(format string, args ...any) { fmt.Fprintf(b.log, format+"\n", args...) }

// subjects are what there is to measure, in the order of the table.
var subjects = []struct {
	name    string
	measure func(context.Context, *bench) ([]line, error)
}{
	{"score", measureScoring},
	{"run", measureRun},
	{"sqlite", measureSQLite},
	{"export", measureExport},
	{"import", measureImport},
	{"scale", measureScale},
	{"access", measureAccess},
	{"policy", measurePolicy},
	{"pages", measurePages},
	{"reviews", measureReviews},
}

func names() string {
	all := make([]string, len(subjects))
	for i, s := range subjects {
		all[i] = s.name
	}
	return strings.Join(all, ", ")
}

func run(ctx context.Context, args []string, out, log io.Writer) (err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(log)
	only := flags.String("only", "", "measure these alone, with commas between: "+names())
	quick := flags.Bool("quick", false, "a tenth of every size; the marks are those of the full size")
	rounds := flags.Int("rounds", 3, "how often each is measured; the median counts")
	job := flags.String("child", "", "for the program's own use: do one piece of work and report it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *job != "" {
		return child(ctx, *job, out)
	}
	folder, err := os.MkdirTemp("", "steelyard-bench-")
	if err != nil {
		return err
	}
	b := &bench{rounds: max(1, *rounds), quick: *quick, log: log, folder: folder, postgres: &cluster{}}
	defer func() { err = errors.Join(err, b.postgres.stop(), os.RemoveAll(folder)) }()
	return b.table(ctx, *only, out)
}

// chosen gives whether each subject is wanted; all of them when nothing is asked for.
func chosen(only string) (map[string]bool, error) {
	wanted := map[string]bool{}
	asked := strings.FieldsFunc(only, func(r rune) bool { return r == ',' || r == ' ' })
	for _, s := range subjects {
		wanted[s.name] = len(asked) == 0 || slices.Contains(asked, s.name)
	}
	for _, name := range asked {
		if !wanted[name] {
			return nil, fmt.Errorf("there is no figure %q; there are %s", name, names())
		}
	}
	return wanted, nil
}

func (b *bench) table(ctx context.Context, only string, out io.Writer) error {
	wanted, err := chosen(only)
	if err != nil {
		return err
	}
	var lines []line
	for _, s := range subjects {
		if !wanted[s.name] {
			continue
		}
		b.say("%s …", s.name)
		measured, err := s.measure(ctx, b)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		lines = append(lines, measured...)
	}
	return printTable(out, lines, b.rounds, b.quick)
}
