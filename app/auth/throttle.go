package auth

import (
	"context"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// How guessing is slowed down. What succeeds does not count.
const (
	sourceFailures = 50          // from one address in sourceWindow
	sourceWindow   = time.Minute //
	hardStop       = 100         // failures in a row at one account, from sources that it does not know (NIST SP 800-63B: at most 100)
	freeOfSource   = 5           // failures at one account from one source before delays begin
	freeOfAccount  = 20          // failures at one account from anywhere unknown before delays begin
	longestDelay   = 15 * time.Minute
	stopped        = time.Hour // when to try again after the hard stop: a reset ends it sooner
	// keptFailures is how long failures are counted at all.
	keptFailures = 90 * 24 * time.Hour
	// keptSources is how long a source stays known without a sign-in from it.
	keptSources = 180 * 24 * time.Hour
)

// count is one of the counters.
type count struct {
	Failures int       `bun:"failures"`
	FirstAt  time.Time `bun:"first_at"`
	LastAt   time.Time `bun:"last_at"`
}

// attempt is a try to sign in, as the throttle sees it: the keys of its counters.
// An account that is not there is counted like one that is.
type attempt struct {
	source  string // the address; empty for a device that the account knows
	account string // the account from unknown sources; empty for a device that it knows
	pair    string // the account from this source
	known   bool   // the account has signed in from this source: what others did there or elsewhere does not keep it out

	// hidden is how long an account that does not know this source would have to
	// wait. A known one whose password was wrong is answered so too: else a source
	// that has used up its limit would learn who is known there.
	hidden time.Duration
	waits  bool // it was turned away: its password was not looked at
}

// attemptOf finds out whether an account knows the source of a try. userID is 0
// for an account that is not there.
func attemptOf(ctx context.Context, tx db.Tx, account string, userID int64, from Client) (attempt, error) {
	address, device := addressKey(from.Address), deviceKey(from.Device)
	a := attempt{source: keyOf("source", from.Address), account: keyOf("account", account), pair: keyOf("pair", account, address)}
	if userID == 0 {
		return a, nil
	}
	var known []string
	err := tx.NewRaw("SELECT source FROM known_sources WHERE user_id = ? AND source IN (?, ?)", userID, address, device).Scan(ctx, &known)
	if err != nil {
		return attempt{}, fmt.Errorf("reading known sources: %w", err)
	}
	for _, source := range known {
		a.known = true
		if source == device {
			a.source, a.account, a.pair = "", "", keyOf("pair", account, device)
		}
	}
	return a, nil
}

func addressKey(address string) string { return keyOf("address", address) }

func deviceKey(device string) string { return keyOf("device", device) }

// admit counts a try as a failure before it is looked at, so that none slips
// through beside another, or says how long it has to wait. The source is asked
// before the account. What an account was tried with from one source counts also
// while the source or the account has to wait, known or not: the delays that follow
// tell no more than the answers do.
func (a *attempt) admit(ctx context.Context, tx db.Tx, now time.Time) (wait time.Duration, err error) {
	keys, waits := []string{a.source, a.account, a.pair}, []func(count, time.Time) time.Duration{ofSource, ofAccount, ofPair}
	next := map[string]count{}
	for i, key := range keys {
		if key == "" {
			continue
		}
		stands, err := hold(ctx, tx, key, now)
		if err != nil {
			return 0, err
		}
		left := waits[i](stands, now)
		if a.known && key != a.pair {
			a.hidden = max(a.hidden, left)
		} else {
			wait = max(wait, left)
		}
		if key == a.pair && left > 0 {
			return max(wait, a.hidden), nil
		}
		next[key] = stands.another(key == a.source, now)
	}
	switch {
	case wait > 0:
		next = map[string]count{a.pair: next[a.pair]}
	case a.known:
		delete(next, a.account)
	}
	return wait, write(ctx, tx, next)
}

// another is the count after one more failure; that of a source begins anew after its window.
func (c count) another(windowed bool, now time.Time) count {
	if windowed && left(c.FirstAt, sourceWindow, now) == 0 {
		c = count{FirstAt: now}
	}
	return count{Failures: c.Failures + 1, FirstAt: c.FirstAt, LastAt: now}
}

func write(ctx context.Context, tx db.Tx, counts map[string]count) error {
	for key, c := range counts {
		_, err := tx.NewRaw("UPDATE sign_in_failures SET failures = ?, first_at = ?, last_at = ? WHERE key = ?", c.Failures, c.FirstAt, c.LastAt, key).Exec(ctx)
		if err != nil {
			return fmt.Errorf("counting a failure to sign in: %w", err)
		}
	}
	return nil
}

// succeeded takes back what admit has counted, and what was counted before of
// this account from here.
func (a attempt) succeeded(ctx context.Context, tx db.Tx) error {
	// In the order in which admit holds them: two who sign in at once do not wait for each other.
	elsewhere := a.account
	if a.known {
		elsewhere = "" // what was tried elsewhere stays
	}
	for _, step := range []struct{ query, key string }{
		{"UPDATE sign_in_failures SET failures = failures - 1 WHERE key = ? AND failures > 0", a.source},
		{"DELETE FROM sign_in_failures WHERE key = ?", elsewhere},
		{"DELETE FROM sign_in_failures WHERE key = ?", a.pair},
	} {
		if step.key == "" {
			continue
		}
		if _, err := tx.NewRaw(step.query, step.key).Exec(ctx); err != nil {
			return fmt.Errorf("taking back a failure: %w", err)
		}
	}
	return nil
}

// hold reads a counter and keeps others from it until the transaction ends.
func hold(ctx context.Context, tx db.Tx, key string, now time.Time) (count, error) {
	var c count
	err := tx.NewRaw(`INSERT INTO sign_in_failures (key, failures, first_at, last_at) VALUES (?, 0, ?, ?)
		ON CONFLICT (key) DO UPDATE SET failures = sign_in_failures.failures
		RETURNING failures, first_at, last_at`, key, now, now).Scan(ctx, &c)
	if err != nil {
		return c, fmt.Errorf("reading failures to sign in: %w", err)
	}
	return c, nil
}

func ofSource(c count, now time.Time) time.Duration {
	if c.Failures < sourceFailures {
		return 0
	}
	return left(c.FirstAt, sourceWindow, now)
}

func ofAccount(c count, now time.Time) time.Duration {
	if c.Failures >= hardStop {
		return stopped
	}
	return left(c.LastAt, delay((c.Failures-freeOfAccount)/10), now)
}

func ofPair(c count, now time.Time) time.Duration {
	if c.Failures >= hardStop {
		return stopped
	}
	return left(c.LastAt, delay(c.Failures-freeOfSource), now)
}

// delay doubles with each step: 1 s at the step 0, nothing before it.
func delay(step int) time.Duration {
	switch {
	case step < 0:
		return 0
	case step > 10:
		return longestDelay
	}
	return min(time.Second<<step, longestDelay)
}

// left is what is left of a delay since an instant; never more than the whole
// delay, whatever the clock did.
func left(since time.Time, whole time.Duration, now time.Time) time.Duration {
	return max(0, min(whole, since.Add(whole).Sub(now)))
}

// throttled is the answer to a try that has to wait.
func throttled(wait time.Duration) *fault.Error {
	seconds := int64((wait + time.Second - 1) / time.Second)
	e := fault.New(fault.TooMany, "auth.throttled", lang.Args{"retry_after": seconds})
	e.RetryAfter = time.Duration(seconds) * time.Second
	return e
}

// forgive ends what was counted of an account, from wherever it is unknown.
func forgive(ctx context.Context, tx db.Tx, account string) error {
	_, err := tx.NewRaw("DELETE FROM sign_in_failures WHERE key = ?", keyOf("account", account)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("ending the count of failures: %w", err)
	}
	return nil
}

// know makes the source of a client known to an account: its address and its device.
func know(ctx context.Context, tx db.Tx, userID int64, from Client, now time.Time) error {
	sources := []string{deviceKey(from.Device)}
	if from.Address != "" {
		sources = append(sources, addressKey(from.Address))
	}
	for _, source := range sources {
		_, err := tx.NewRaw(`INSERT INTO known_sources (source, user_id, seen_at) VALUES (?, ?, ?)
			ON CONFLICT (source, user_id) DO UPDATE SET seen_at = excluded.seen_at`, source, userID, now).Exec(ctx)
		if err != nil {
			return fmt.Errorf("keeping a known source: %w", err)
		}
	}
	return nil
}

// device gives the token of the client's device: the one that it brought, if it
// is one that we gave out, or a new one.
func (s *Service) device(ctx context.Context, tx db.Tx, from Client) (string, error) {
	if wellFormed(from.Device) {
		var known int
		err := tx.NewRaw("SELECT COUNT(*) FROM known_sources WHERE source = ?", deviceKey(from.Device)).Scan(ctx, &known)
		if err != nil {
			return "", fmt.Errorf("reading known devices: %w", err)
		}
		if known > 0 {
			return from.Device, nil
		}
	}
	return s.newSecret()
}

var _ = lang.Register(map[string]lang.Text{
	"auth.throttled": {
		Zh: "登录尝试过多；请在 {retry_after} 秒后重试",
		En: "too many attempts to sign in; try again in {retry_after} s",
	},
})
