package auth

import (
	"context"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/db"
)

// keptEnded is how long ended sessions and used secrets are kept: until whoever
// looks into what happened yesterday has seen them.
const keptEnded = 7 * 24 * time.Hour

// Sweep removes what nobody will ask for any more: sessions that have ended,
// secrets and tokens that expired, failures and sources of long ago. Servers call it now and
// then; that two do so at once does no harm.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.now()
	long := now.Add(-keptEnded)
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		for _, old := range []struct {
			query string
			until time.Time
		}{
			{"DELETE FROM sessions WHERE expires_at < ?", long},
			{"DELETE FROM one_time_secrets WHERE expires_at < ? AND NOT (purpose = 'bootstrap' AND user_id IS NOT NULL)", long},
			{"DELETE FROM sign_in_failures WHERE last_at < ?", now.Add(-keptFailures)},
			{"DELETE FROM sign_in_failures WHERE last_at < ? AND key LIKE 'source:%'", now.Add(-time.Hour)},
			{"DELETE FROM known_sources WHERE seen_at < ?", now.Add(-keptSources)},
			{"DELETE FROM api_tokens WHERE expires_at < ?", now.Add(-keptFailures)},
		} {
			if _, err := tx.NewRaw(old.query, old.until).Exec(ctx); err != nil {
				return fmt.Errorf("sweeping: %w", err)
			}
		}
		return nil
	})
}
