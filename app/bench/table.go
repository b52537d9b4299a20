package main

import (
	"fmt"
	"io"
	"runtime"
	"text/tabwriter"
	"time"
)

// line is one line of the table.
type line struct {
	what    string // what was measured
	value   string // how much
	against string // what it is compared with, and how much that is
	ratio   string
	mark    string // what was asked for
	verdict string // whether it was reached
}

// atMost makes the line of a time that may be at most so many times another.
func atMost(what string, ours time.Duration, against string, theirs time.Duration, mark float64) line {
	ratio := ours.Seconds() / theirs.Seconds()
	return line{
		what: what, value: seconds(ours), against: against + ": " + seconds(theirs),
		ratio: fmt.Sprintf("%.2f", ratio), mark: fmt.Sprintf("≤ %g", mark), verdict: verdict(ratio <= mark),
	}
}

// atLeast makes the line of a time that another must exceed so many times.
func atLeast(what string, ours time.Duration, against string, theirs time.Duration, mark float64) line {
	ratio := theirs.Seconds() / ours.Seconds()
	return line{
		what: what, value: seconds(ours), against: against + ": " + seconds(theirs),
		ratio: fmt.Sprintf("%.1f times faster", ratio), mark: fmt.Sprintf("≥ %g", mark), verdict: verdict(ratio >= mark),
	}
}

// peak makes the line of a memory figure with its mark in MiB.
func peak(what string, bytes, mark int64) line {
	return line{what: what, value: mebibytes(bytes), mark: fmt.Sprintf("≤ %d MiB", mark), verdict: verdict(bytes <= mark<<20)}
}

func verdict(reached bool) string {
	if reached {
		return "reached"
	}
	return "NOT REACHED"
}

func seconds(d time.Duration) string {
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%.2f µs", float64(d.Nanoseconds())/1000)
}

func mebibytes(n int64) string { return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20)) }

func printTable(out io.Writer, lines []line, rounds int, quick bool) error {
	note := ""
	if quick {
		note = "; a tenth of the size, so the marks say little"
	}
	fmt.Fprintf(out, "%s, %d cores, %s/%s; median of %d%s\n\n", runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, rounds, note)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "FIGURE\tVALUE\tCOMPARED WITH\tRATIO\tMARK\t")
	for _, l := range lines {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", l.what, l.value, l.against, l.ratio, l.mark, l.verdict)
	}
	return w.Flush()
}
