package main

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/steelyard/steelyard/scoring"
	"github.com/steelyard/steelyard/scoring/scoringtest"
)

const (
	mixItems   = 20
	mixMembers = 2000
)

// measureScoring evaluates parsed cards with their traces as values, on one
// core, beside the plain rendering of the rules in math/big that the property
// tests compare with.
func measureScoring(ctx context.Context, b *bench) ([]line, error) {
	members := b.size(mixMembers)
	file, err := mixCase(int(members))
	if err != nil {
		return nil, err
	}
	c, err := scoring.ReadCase(bytes.NewReader(file), "mix")
	if err != nil {
		return nil, err
	}
	m, err := b.interleave(ctx,
		onOneCore(func(context.Context) error { return explained(c, func(*scoring.Trace) {}) }),
		onOneCore(func(context.Context) error { scoringtest.Evaluate(c); return nil }),
		onOneCore(func(context.Context) error { scoring.EvaluateCase(c); return nil }),
		onOneCore(func(context.Context) error { return explained(c, func(t *scoring.Trace) { t.Lines(scoring.Chinese) }) }))
	if err != nil {
		return nil, err
	}
	card := func(s sample) time.Duration { return s.took / time.Duration(members) }
	perSecond := func(s sample) string {
		return fmt.Sprintf("%.0f items/s per core", float64(members*mixItems)/s.took.Seconds())
	}
	words := m[3].took - m[0].took
	return []line{
		atLeast(fmt.Sprintf("evaluate a card of %d items, trace as values", mixItems), card(m[0]), "math/big.Rat rendering (time on the core)", card(m[1]), 25),
		{what: "  the mix: " + mixName},
		{what: "  with the trace", value: perSecond(m[0]), against: fmt.Sprintf("%.1f allocations per card", allocations(c, true))},
		{what: "  results alone", value: perSecond(m[2]), against: fmt.Sprintf("%.1f allocations per card", allocations(c, false))},
		{what: "  rendering the trace in words, per card", value: seconds(words / time.Duration(members)), against: "evaluating it: " + seconds(card(m[0]))},
	}, nil
}

// explained works out every member's result and trace.
func explained(c *scoring.Case, f func(*scoring.Trace)) error {
	e := scoring.NewEvaluation(c.PeriodDays, c.MinDays, c.Scorecards)
	for i := range c.Staff {
		if err := e.Add(&c.Staff[i]); err != nil {
			return err
		}
	}
	e.Finish()
	var t scoring.Trace // used again for each member, as whoever shows many does
	for i := range c.Staff {
		e.ExplainTo(&t, &c.Staff[i])
		f(&t)
	}
	return nil
}

func allocations(c *scoring.Case, traced bool) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if traced {
		_ = explained(c, func(*scoring.Trace) {}) // it has succeeded before
	} else {
		scoring.EvaluateCase(c)
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / float64(len(c.Staff))
}
