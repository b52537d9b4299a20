package imports

import (
	"time"

	"github.com/uptrace/bun"
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
	Counts   `bun:"embed:rows_"`
	Undoes   int64     `bun:"undoes_batch_id,nullzero" json:"undoes,omitempty"`
	UndoneBy int64     `bun:"undone_by,scanonly" json:"undone_by,omitempty"`
	MadeBy   string    `bun:"made_by" json:"made_by"`
	MadeAt   time.Time `bun:"made_at" json:"made_at"`
}
