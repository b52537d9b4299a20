package imports

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Record is a batch that was made: who changed what, when, from which file.
type Record struct {
	bun.BaseModel `bun:"table:batches"`

	ID       int64  `bun:"id,pk,autoincrement" json:"id"`
	Kind     string `bun:"kind" json:"kind"`
	PeriodID int64  `bun:"period_id,nullzero" json:"-"`
	Period   string `bun:"period,scanonly" json:"period,omitempty"`
	FileName string `bun:"file_name" json:"file,omitempty"`
	SHA256   string `bun:"sha256" json:"sha256,omitempty"`
	Counts
	Undoes   int64     `bun:"undoes_batch_id,nullzero" json:"undoes,omitempty"`
	UndoneBy int64     `bun:"undone_by,scanonly" json:"undone_by,omitempty"`
	MadeBy   string    `bun:"made_by" json:"made_by"`
	MadeAt   time.Time `bun:"made_at" json:"made_at"`
}

// Filter says which batches are listed.
type Filter struct {
	Kind   string // all if empty
	Period string // all if empty
	Limit  int    // 50 if 0, at most 1000
}

const recordColumns = `b.id, b.kind, b.period_id, b.file_name, b.sha256, b.rows_new, b.rows_changed, b.rows_unchanged,
	b.rows_withdrawn, b.rows_wrong, b.undoes_batch_id, b.made_by, b.made_at, p.code AS period, u.id AS undone_by`

func selectRecords(tx db.Tx, into any) *bun.SelectQuery {
	return tx.NewSelect().Model(into).ModelTableExpr("batches AS b").ColumnExpr(recordColumns).
		Join("LEFT JOIN periods AS p ON p.id = b.period_id").
		Join("LEFT JOIN batches AS u ON u.undoes_batch_id = b.id")
}

// Batches lists batches, the last first.
func (s *Service) Batches(ctx context.Context, actor rbac.Actor, filter Filter) ([]Record, error) {
	if err := access.RequireWhole(actor, rbac.BatchRead); err != nil {
		return nil, err
	}
	if filter.Limit <= 0 {
		filter.Limit = 50
	}
	records := []Record{}
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		query := selectRecords(tx, &records).OrderExpr("b.id DESC").Limit(int64(min(filter.Limit, 1000)))
		return filter.narrow(query).Scan(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("listing batches: %w", err)
	}
	for i := range records {
		records[i].MadeAt = records[i].MadeAt.UTC()
	}
	return records, nil
}

// find reads one batch.
func find(ctx context.Context, tx db.Tx, id int64) (*Record, error) {
	record := new(Record)
	err := selectRecords(tx, record).Where("b.id = ?", id).Scan(ctx)
	if db.IsNoRows(err) {
		return nil, fault.New(fault.NotFound, "batch.unknown", lang.Args{"batch": id})
	}
	if err != nil {
		return nil, fmt.Errorf("reading a batch: %w", err)
	}
	record.MadeAt = record.MadeAt.UTC()
	return record, nil
}

// affected gives the number of rows that a statement changed.
func affected(result sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}
