package scorecards

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/scoring"
)

// entity is the word for a version in the history.
const entity = "scorecard"

// shelf is every scorecard as it stands while a batch is made.
type shelf struct {
	ids       map[string]int64   // by code
	last      map[string]int     // the highest number, withdrawn ones included
	published map[string]Version // in force
	drafts    map[string]Version // newer than what is in force
	metrics   map[string]bool

	metricNames map[string]string // by code
}

func readShelf(ctx context.Context, tx db.Tx) (*shelf, error) {
	s := &shelf{
		ids: map[string]int64{}, last: map[string]int{}, published: map[string]Version{},
		drafts: map[string]Version{}, metrics: map[string]bool{}, metricNames: map[string]string{},
	}
	err := tx.Each(ctx, `SELECT c.id, c.code, COALESCE(MAX(v.number), 0) FROM scorecards c
		LEFT JOIN scorecard_versions v ON v.scorecard_id = c.id GROUP BY c.id, c.code`, nil, func(r db.Row) error {
		s.ids[r.Text(1)], s.last[r.Text(1)] = r.Int(0), int(r.Int(2))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading scorecards: %w", err)
	}
	inForce, err := Published(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, v := range inForce {
		s.published[v.Code] = v
	}
	last, err := newest(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, v := range last {
		if v.State == StateDraft {
			s.drafts[v.Code] = v
		}
	}
	metrics, err := Metrics(ctx, tx)
	for _, m := range metrics {
		s.metrics[m.Code] = true
		s.metricNames[m.Code] = m.Name
	}
	return s, err
}

// holder gives the code of the scorecard in force that has a position, "" if
// there is none; those that will be replaced do not count.
func (s *shelf) holder(position string, replaced map[string]bool) string {
	for code, v := range s.published {
		if !replaced[code] && slices.Contains(v.Card.Positions, position) {
			return code
		}
	}
	return ""
}

// take makes a version of a card unless it is as it was: a draft, or published
// at once. A draft of the very same words is published instead of a new version.
func (s *shelf) take(ctx context.Context, tx db.Tx, b *imports.Batch, card *scoring.Scorecard) error {
	definition := string(card.JSON())
	sum := digest(definition)
	draft, hasDraft := s.drafts[card.Code]
	inForce, hasInForce := s.published[card.Code]
	switch {
	case b.Options.Draft && hasDraft && draft.SHA256 == sum,
		hasInForce && inForce.SHA256 == sum && (!b.Options.Draft || !hasDraft):
		b.Count(0, 0, 1, 0)
		return nil
	case hasDraft && draft.SHA256 == sum:
		b.Count(0, 1, 0, 0)
		return publish(ctx, tx, b, &draft)
	}
	if s.last[card.Code] == 0 {
		b.Count(1, 0, 0, 0)
	} else {
		b.Count(0, 1, 0, 0)
	}
	return s.insert(ctx, tx, b, card.Code, definition, sum)
}

func (s *shelf) insert(ctx context.Context, tx db.Tx, b *imports.Batch, code, definition, sum string) error {
	id, known := s.ids[code]
	if !known {
		if err := tx.QueryRowContext(ctx, "INSERT INTO scorecards (code) VALUES (?) RETURNING id", code).Scan(&id); err != nil {
			return fmt.Errorf("writing scorecard %s: %w", code, err)
		}
	}
	row := &versionRow{
		ScorecardID: id, Code: code, Number: s.last[code] + 1, State: StatePublished,
		Definition: definition, SHA256: sum, BatchID: b.ID, PublishedAt: b.At,
	}
	if b.Options.Draft {
		row.State, row.PublishedAt = StateDraft, time.Time{}
	}
	if _, err := tx.NewInsert().Model(row).ExcludeColumn("id").Returning("id").Exec(ctx); err != nil {
		return fmt.Errorf("writing scorecard %s: %w", code, err)
	}
	b.History(entity, row.ID, 0, nil, stateOf(code, row.Number, row.State))
	return nil
}

// versionState is what the history keeps of a version. The words of a published
// one never change; those of a draft are kept where they did.
type versionState struct {
	Code       string `json:"code"`
	Number     int    `json:"number"`
	State      State  `json:"state"`
	Definition string `json:"definition,omitempty"`
}

func stateOf(code string, number int, state State) versionState {
	return versionState{Code: code, Number: number, State: state}
}

// publish puts a draft in force.
func publish(ctx context.Context, tx db.Tx, b *imports.Batch, v *Version) error {
	_, err := tx.NewUpdate().Table("scorecard_versions").Set("state = 'published'").Set("published_at = ?", b.At).
		Where("id = ? AND state = 'draft'", v.ID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("publishing scorecard %s: %w", v.Code, err)
	}
	b.History(entity, v.ID, 0, stateOf(v.Code, v.Number, StateDraft), stateOf(v.Code, v.Number, StatePublished))
	return nil
}
