package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// sample is one measurement: how long, and the most memory the process had.
type sample struct {
	took time.Duration
	rss  int64
}

// contender does a piece of work once and says how it went.
type contender func(context.Context) (sample, error)

// interleave lets the contenders take turns, so that whatever else the machine
// does meets all of them alike, and gives each one's medians.
func (b *bench) interleave(ctx context.Context, contenders ...contender) ([]sample, error) {
	all := make([][]sample, len(contenders))
	for round := range b.rounds {
		for i, work := range contenders {
			s, err := work(ctx)
			if err != nil {
				return nil, err
			}
			b.say("  round %d, contender %d: %s", round+1, i+1, seconds(s.took))
			all[i] = append(all[i], s)
		}
	}
	medians := make([]sample, len(contenders))
	for i, samples := range all {
		medians[i] = median(samples)
	}
	return medians, nil
}

// median gives the middle time, and the most memory of all.
func median(samples []sample) sample {
	slices.SortFunc(samples, func(a, b sample) int { return int(a.took - b.took) })
	m := samples[len(samples)/2]
	for _, s := range samples {
		m.rss = max(m.rss, s.rss)
	}
	return m
}

// onOneCore is a contender that runs in this process on one core. It does not
// tidy up after the one before, and what counts is the time that it computes:
// on a machine with other work the clock would tell of that.
func onOneCore(f func(context.Context) error) contender {
	return func(ctx context.Context) (sample, error) {
		runtime.GC()
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		begin, err := computed()
		if err != nil {
			return sample{}, err
		}
		if err := f(ctx); err != nil {
			return sample{}, err
		}
		end, err := computed()
		return sample{took: end - begin}, err
	}
}

// computed is how long this process has computed since it began.
func computed() (time.Duration, error) {
	var usage syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), err
}

// job is a piece of work that a process of its own does, so that its memory can be told.
type job struct {
	Work     string `json:"work"`
	Database string `json:"database,omitempty"`
	File     string `json:"file,omitempty"`
	Size     int64  `json:"size,omitempty"`
}

// works are the pieces of work that a child can do; each gives the time of what counts.
var works = map[string]func(context.Context, job) (time.Duration, error){}

// inChild is a contender that does a job in a process of its own.
func inChild(j job) contender {
	return func(ctx context.Context) (sample, error) {
		self, err := os.Executable()
		if err != nil {
			return sample{}, err
		}
		text, err := json.Marshal(j)
		if err != nil {
			return sample{}, err
		}
		var out bytes.Buffer
		cmd := exec.CommandContext(ctx, self, "-child", string(text))
		cmd.Stdout, cmd.Stderr = &out, os.Stderr
		if err := cmd.Run(); err != nil {
			return sample{}, fmt.Errorf("%s: %w", j.Work, err)
		}
		var took, rss int64
		if _, err := fmt.Sscan(out.String(), &took, &rss); err != nil {
			return sample{}, fmt.Errorf("%s said %q: %w", j.Work, out.String(), err)
		}
		return sample{took: time.Duration(took), rss: rss}, nil
	}
}

func child(ctx context.Context, text string, out io.Writer) error {
	var j job
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		return err
	}
	work, known := works[j.Work]
	if !known {
		return fmt.Errorf("there is no work %q", j.Work)
	}
	took, err := work(ctx, j)
	if err != nil {
		return err
	}
	rss, err := peakMemory()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, int64(took), rss)
	return err
}

// peakMemory gives the most bytes that this process had in memory. What the
// system counts for a child (ru_maxrss) would begin with its parent's.
func peakMemory() (int64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, rest, found := strings.Cut(string(status), "VmHWM:")
	var kilobytes int64
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil || !found {
		return 0, fmt.Errorf("no peak of memory in /proc/self/status: %w", err)
	}
	return kilobytes << 10, nil
}
