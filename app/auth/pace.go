package auth

import (
	"context"
	"sync"
	"time"
)

// pace is how long it took lately to refuse those whose password was looked at.
// Who is turned away unread waits as long: the time of an answer would tell else
// what the answer does not.
type pace struct {
	mu   sync.Mutex
	last [8]time.Duration
	kept int // how many were kept so far
	next int // the one to be waited for
}

// keep remembers how long a refusal took.
func (p *pace) keep(took time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last[p.kept%len(p.last)] = took
	p.kept++
}

// pick gives one of those that are remembered, each in its turn; 0 while there is none.
func (p *pace) pick() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := min(p.kept, len(p.last))
	if known == 0 {
		return 0
	}
	p.next = (p.next + 1) % known
	return p.last[p.next]
}

// wait takes as long as one of those refusals, or until the context ends.
func (p *pace) wait(ctx context.Context) {
	timer := time.NewTimer(p.pick())
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
