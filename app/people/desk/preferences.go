// Package desk keeps how users like to work: the language and looks of the
// pages, and the views of pages that they have saved. Neither gives a right.
package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Preferences are how a user likes the pages.
type Preferences struct {
	Language        string `json:"language"` // "zh" or "en"
	Theme           string `json:"theme"`    // "system", "light" or "dark"
	Density         string `json:"density"`  // "default" or "dense"
	TabMovesInGrids bool   `json:"tab_moves_in_grids"`
	TourSeen        bool   `json:"tour_seen"` // the tour of the pages, or skipped it
}

// Service keeps the preferences and the saved views of whoever asks: each user's
// own, and of others' views those that they share.
type Service struct {
	db    *db.DB
	clock func() time.Time
}

// NewService makes the service.
func NewService(d *db.DB, clock func() time.Time) *Service { return &Service{db: d, clock: clock} }

// Preferences gives those of the actor: what the pages are like unasked, for a
// user who has kept none; the language is then that of the request.
func (s *Service) Preferences(ctx context.Context, actor rbac.Actor) (p Preferences, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, _, err = read(ctx, tx, actor.UserID)
		return err
	})
	return p, err
}

// read gives the preferences of a user, and whether they were kept.
func read(ctx context.Context, tx db.Tx, userID int64) (p Preferences, kept bool, err error) {
	var tab, tour int64
	err = tx.QueryRowContext(ctx, "SELECT language, theme, density, tab_moves_in_grids, tour_seen FROM preferences WHERE user_id = ?", userID).
		Scan(&p.Language, &p.Theme, &p.Density, &tab, &tour)
	switch {
	case db.IsNoRows(err):
		return Preferences{Language: languageOf(ctx), Theme: "system", Density: "default"}, false, nil
	case err != nil:
		return p, false, fmt.Errorf("reading preferences: %w", err)
	}
	p.TabMovesInGrids, p.TourSeen = tab != 0, tour != 0
	return p, true, nil
}

func languageOf(ctx context.Context) string {
	if lang.Of(ctx) == lang.En {
		return "en"
	}
	return "zh"
}

// PutPreferences keeps how the actor likes the pages.
func (s *Service) PutPreferences(ctx context.Context, actor rbac.Actor, p Preferences) error {
	if !p.known() {
		return fault.New(fault.Invalid, "desk.preferences", nil)
	}
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		before, kept, err := read(ctx, tx, actor.UserID)
		if err != nil || kept && before == p {
			return err
		}
		now := db.Now(s.clock)
		_, err = tx.ExecContext(ctx, `INSERT INTO preferences (user_id, language, theme, density, tab_moves_in_grids, tour_seen, changed_at)
			VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (user_id) DO UPDATE SET language = excluded.language, theme = excluded.theme, density = excluded.density,
			tab_moves_in_grids = excluded.tab_moves_in_grids, tour_seen = excluded.tour_seen, changed_at = excluded.changed_at`,
			actor.UserID, p.Language, p.Theme, p.Density, number(p.TabMovesInGrids), number(p.TourSeen), now)
		if err != nil {
			return fmt.Errorf("keeping preferences: %w", err)
		}
		entry := audit.Entry{Action: "preferences.change", Object: "preferences", Key: actor.Name, After: p}
		if kept {
			entry.Before = before
		}
		return audit.Write(ctx, tx, now, actor, entry)
	})
}

func (p Preferences) known() bool {
	return slices.Contains([]string{"zh", "en"}, p.Language) && slices.Contains([]string{"system", "light", "dark"}, p.Theme) &&
		slices.Contains([]string{"default", "dense"}, p.Density)
}

// number is a truth as both engines keep it.
func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

var _ = lang.Register(map[string]lang.Text{
	"desk.preferences": {Zh: "页面偏好的值无效", En: "these are no preferences: a value is not one of those allowed"},
})
