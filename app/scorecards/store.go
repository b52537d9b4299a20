package scorecards

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/scoring"
)

// versionRow is a version as the database has it.
type versionRow struct {
	bun.BaseModel `bun:"table:scorecard_versions,alias:v"`

	ID          int64     `bun:"id,pk,autoincrement"`
	ScorecardID int64     `bun:"scorecard_id"`
	Code        string    `bun:"code,scanonly"`
	Number      int       `bun:"number"`
	State       State     `bun:"state"`
	Definition  string    `bun:"definition"`
	SHA256      string    `bun:"sha256"`
	BatchID     int64     `bun:"batch_id"`
	PublishedAt time.Time `bun:"published_at,nullzero"`
}

// Published reads the newest published version of every scorecard, by code.
func Published(ctx context.Context, tx db.Tx) ([]Version, error) {
	return versions(ctx, tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where(`v.state = 'published' AND v.number = (SELECT MAX(n.number) FROM scorecard_versions n
			WHERE n.scorecard_id = v.scorecard_id AND n.state = 'published')`).OrderExpr("c.code")
	})
}

// newest reads the newest version, not withdrawn, of every scorecard, by code.
func newest(ctx context.Context, tx db.Tx) ([]Version, error) {
	return versions(ctx, tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where(`v.number = (SELECT MAX(n.number) FROM scorecard_versions n
			WHERE n.scorecard_id = v.scorecard_id AND n.state <> 'withdrawn')`).OrderExpr("c.code")
	})
}

// history reads every version of one scorecard, the newest first.
func history(ctx context.Context, tx db.Tx, code string) ([]Version, error) {
	return versions(ctx, tx, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("c.code = ?", code).OrderExpr("v.number DESC")
	})
}

func versions(ctx context.Context, tx db.Tx, narrow func(*bun.SelectQuery) *bun.SelectQuery) ([]Version, error) {
	var rows []versionRow
	query := tx.NewSelect().Model(&rows).ColumnExpr("v.*, c.code AS code").Join("JOIN scorecards AS c ON c.id = v.scorecard_id")
	if err := narrow(query).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading scorecards: %w", err)
	}
	list := make([]Version, len(rows))
	for i := range rows {
		v, err := rows[i].version()
		if err != nil {
			return nil, err
		}
		list[i] = v
	}
	return list, nil
}

func (r *versionRow) version() (Version, error) {
	cards, err := scoring.ReadScorecards(strings.NewReader(r.Definition), r.Code)
	if err == nil && len(cards) != 1 {
		err = fmt.Errorf("%d scorecards in one definition", len(cards))
	}
	if err != nil {
		return Version{}, fmt.Errorf("reading version %d of scorecard %s: %w", r.Number, r.Code, err)
	}
	return Version{
		ID: r.ID, ScorecardID: r.ScorecardID, Code: r.Code, Number: r.Number, State: r.State, SHA256: r.SHA256,
		Definition: r.Definition, BatchID: r.BatchID, PublishedAt: r.PublishedAt.UTC(), Card: cards[0],
	}, nil
}
