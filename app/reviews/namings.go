package reviews

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
)

// naming is a reviewer whom head office named for a member's segment.
type naming struct {
	bun.BaseModel `bun:"table:reviewers,alias:n"`

	ID       int64     `bun:"id,pk,autoincrement"`
	PeriodID int64     `bun:"period_id"`
	StaffID  int64     `bun:"staff_id"`
	UnitID   int64     `bun:"unit_id"`
	Position string    `bun:"position"`
	Role     string    `bun:"role"`
	RaterID  int64     `bun:"rater_id"`
	Reason   string    `bun:"reason"`
	NamedBy  string    `bun:"named_by"`
	NamedAt  time.Time `bun:"named_at"`
	EndedBy  string    `bun:"ended_by"`
	EndedAt  time.Time `bun:"ended_at,nullzero"`
}

// namingsOf reads for whom a member of the staff was named in a period.
func namingsOf(ctx context.Context, tx db.Tx, periodID, staffID int64) ([]naming, error) {
	var list []naming
	err := tx.NewSelect().Model(&list).Where("n.period_id = ? AND n.rater_id = ? AND n.ended_at IS NULL", periodID, staffID).
		OrderExpr("n.id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading named reviewers: %w", err)
	}
	return list, nil
}
