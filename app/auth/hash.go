package auth

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"
)

// hasher hashes passwords, a few at a time: each takes its memory.
type hasher struct {
	params argon2id.Params
	slots  chan struct{}
	dummy  func() (string, error) // a hash that no password has
	done   atomic.Int64           // how many hashes were calculated
}

func newHasher(params argon2id.Params, atOnce int) *hasher {
	h := &hasher{params: params, slots: make(chan struct{}, atOnce)}
	h.dummy = sync.OnceValues(func() (string, error) { return argon2id.CreateHash("nobody has this password", &h.params) })
	return h
}

// enter waits for a place among those who hash, until the context ends. Whoever
// has entered leaves by the function it is given.
func (h *hasher) enter(ctx context.Context) (leave func(), err error) {
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting to hash a password: %w", ctx.Err())
	}
}

// hash gives the hash of a new password. The caller has entered.
func (h *hasher) hash(password string) (string, error) {
	h.done.Add(1)
	hash, err := argon2id.CreateHash(prepare(password), &h.params)
	if err != nil {
		return "", fmt.Errorf("hashing a password: %w", err)
	}
	return hash, nil
}

// matches says whether a hash is of a password, and whether it is hashed in an
// old way. An empty hash is compared too, with nobody's: it takes as long and
// never matches. The caller has entered.
func (h *hasher) matches(password, hash string) (ok, old bool, err error) {
	nobody := hash == ""
	if nobody {
		if hash, err = h.dummy(); err != nil {
			return false, false, fmt.Errorf("hashing nobody's password: %w", err)
		}
	}
	h.done.Add(1)
	ok, params, err := argon2id.CheckHash(prepare(password), hash)
	if err != nil {
		return false, false, fmt.Errorf("comparing a password: %w", err)
	}
	return ok && !nobody, *params != h.params, nil
}

// prepare gives a password as it is hashed: NFC, so that the same characters
// typed on another keyboard are the same password. NFKC would make different
// characters equal, and case stays as it is (RFC 8265, OpaqueString).
func prepare(password string) string { return norm.NFC.String(password) }
