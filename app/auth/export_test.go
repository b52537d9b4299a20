package auth

import (
	"context"

	"github.com/alexedwards/argon2id"

	"github.com/steelyard/steelyard/app/db"
)

// Guessable says whether a password is refused for what it is made of.
func Guessable(password string, words ...string) bool { return guessable(password, words) }

// Hashed is how many passwords the service has hashed.
func (s *Service) Hashed() int64 { return s.hasher.done.Load() }

// Crowd lets as many enter as can, and gives how many that is; release lets them leave.
func Crowd(ctx context.Context, params argon2id.Params, atOnce int) (release func(), entered int) {
	h := newHasher(params, atOnce)
	var leave []func()
	for len(leave) <= atOnce {
		gone, cancel := context.WithCancel(ctx)
		if len(h.slots) == cap(h.slots) {
			cancel()
		}
		l, err := h.enter(gone)
		cancel()
		if err != nil {
			break
		}
		leave = append(leave, l)
	}
	return func() {
		for _, l := range leave {
			l()
		}
	}, len(leave)
}

// StartReset starts a reset in a transaction.
func StartReset(ctx context.Context, s *Service, tx db.Tx, userID int64) (*Secret, error) {
	return s.startReset(ctx, tx, userID, "operator")
}
