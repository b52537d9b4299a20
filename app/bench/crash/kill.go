package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// do runs the program to its end on a database and gives what it said.
func (l *lab) do(ctx context.Context, url string, args ...string) (string, error) {
	var out bytes.Buffer
	command := exec.CommandContext(ctx, l.program, append(args, "--lang", "en", "--db", url)...)
	command.Stdout, command.Stderr = &out, &out
	if err := command.Run(); err != nil {
		return out.String(), fmt.Errorf("steelyard %s: %w: %s", strings.Join(args, " "), err, cut(out.String()))
	}
	return out.String(), nil
}

func cut(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > 400 {
		return text[:400] + "…"
	}
	return text
}

// kill starts the program and kills it after a while, whatever it is doing.
// It gives whether the program had ended before.
func (l *lab) kill(ctx context.Context, after time.Duration, url string, args ...string) (ended bool, err error) {
	command := exec.CommandContext(ctx, l.program, append(args, "--lang", "en", "--db", url)...)
	if err := command.Start(); err != nil {
		return false, err
	}
	timer := time.AfterFunc(after, func() { _ = command.Process.Kill() }) // it may have ended by itself
	defer timer.Stop()
	err = command.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && !exit.Exited() {
		return false, nil
	}
	return true, err
}

// trial is a command that is killed, and what must hold afterwards.
type trial struct {
	what string
	args []string
	// state looks at what the command has left: all, nothing, or an error for anything between.
	state func(ctx context.Context, url string) (done bool, err error)
	// prepare makes what the command finds beside the database.
	prepare func(round int) error
}

// killing kills a command on copies of a database, at moments spread over the
// time that it takes.
func (l *lab) killing(ctx context.Context, e engine, base string, times int, t trial) (outcome, error) {
	o := outcome{what: fmt.Sprintf("kill -9 during %s on %s", t.what, e.name()), times: times}
	whole, err := l.undisturbed(ctx, e, base, t)
	if err != nil {
		return o, err
	}
	l.say("%s: %d times within %s", o.what, times, whole.Round(time.Millisecond))
	for round := range times {
		after := time.Duration(l.random.Int64N(int64(whole)))
		done, err := l.once(ctx, e, base, round, after, t)
		if err != nil {
			o.failure = fmt.Errorf("killed after %s in round %d: %w", after, round, err)
			return o, nil
		}
		if done {
			o.after++
		} else {
			o.before++
		}
	}
	return o, nil
}

// undisturbed gives how long the command takes, and sees that it works at all.
func (l *lab) undisturbed(ctx context.Context, e engine, base string, t trial) (time.Duration, error) {
	url, err := e.copy(ctx, base)
	if err != nil {
		return 0, err
	}
	if err := t.prepare(0); err != nil {
		return 0, err
	}
	begin := time.Now()
	if _, err := l.do(ctx, url, t.args...); err != nil {
		return 0, err
	}
	took := time.Since(begin)
	done, err := t.state(ctx, url)
	if err == nil && !done {
		err = fmt.Errorf("%s has done nothing", t.what)
	}
	return took, errors.Join(err, e.drop(url))
}

func (l *lab) once(ctx context.Context, e engine, base string, round int, after time.Duration, t trial) (done bool, err error) {
	url, err := e.copy(ctx, base)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, e.drop(url)) }()
	if err := t.prepare(round); err != nil {
		return false, err
	}
	if _, err := l.kill(ctx, after, url, t.args...); err != nil {
		return false, err
	}
	if err := e.settle(ctx, url); err != nil {
		return false, err
	}
	if err := e.whole(ctx, url); err != nil {
		return false, err
	}
	if done, err = t.state(ctx, url); err != nil {
		return false, err
	}
	if _, err := l.do(ctx, url, t.args...); err != nil {
		return done, fmt.Errorf("the repeat: %w", err)
	}
	if again, err := t.state(ctx, url); err != nil || !again {
		return done, errors.Join(err, fmt.Errorf("the repeat: done is %t", again))
	}
	return done, e.whole(ctx, url)
}
