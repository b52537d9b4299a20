package auth

import (
	"slices"
	"sync"
	"time"
)

const (
	// trusted is how long an identity is believed without asking the database:
	// what ends on one server is refused on the others after that.
	trusted = 2 * time.Second
	// distrusted is how long nothing of a user is believed after something of theirs
	// ended here: longer than the transaction in which it ends.
	distrusted = 30 * time.Second
	// remembered is how many identities are kept at most.
	remembered = 20000
)

// cache remembers for a moment who a token is.
type cache struct {
	mu      sync.Mutex
	entries map[string]entry    // by the token's sum
	ended   map[int64]time.Time // users of whom nothing is believed, and until when
}

type entry struct {
	Identity
	seenAt time.Time // as it stands in the database
	readAt time.Time
}

func newCache() *cache {
	return &cache{entries: map[string]entry{}, ended: map[int64]time.Time{}}
}

// get gives what was read of a token not long before now. A clock that went back trusts nothing.
func (c *cache) get(sum []byte, now time.Time) (entry, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[string(sum)]
	age := now.Sub(e.readAt)
	return e, ok && age >= 0 && age < trusted
}

// put remembers what was read, unless something of the user's has ended meanwhile.
func (c *cache) put(sum []byte, e entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if until, ok := c.ended[e.UserID]; ok {
		if left := until.Sub(e.readAt); left > 0 && left <= distrusted {
			return
		}
		delete(c.ended, e.UserID)
	}
	if len(c.entries) >= remembered {
		clear(c.entries)
	}
	e.Permissions = slices.Clone(e.Permissions)
	c.entries[string(sum)] = e
}

// forget drops what is known of a user, and believes nothing new for a while: the
// transaction in which something ends may not have ended itself yet.
func (c *cache) forget(userID int64, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended[userID] = now.Add(distrusted)
	for sum, e := range c.entries {
		if e.UserID == userID {
			delete(c.entries, sum)
		}
	}
	for id, until := range c.ended {
		if now.After(until) {
			delete(c.ended, id)
		}
	}
}
