package people

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
)

// Spelling is how the name is spelled that a member bears today.
type Spelling struct{ Name, Pinyin string }

// Of gives the pinyin of a name that something kept of the member: none where
// they have another name by now.
func (s Spelling) Of(name string) string {
	if s.Name != name {
		return ""
	}
	return s.Pinyin
}

// Spellings gives how members' names are spelled, by their ids.
func Spellings(ctx context.Context, tx db.Tx, ids []int64) (map[int64]Spelling, error) {
	spelled := make(map[int64]Spelling, len(ids))
	if len(ids) == 0 {
		return spelled, nil
	}
	err := tx.Each(ctx, "SELECT s.id, s.name, s.pinyin FROM staff s WHERE s.id IN (?)", []any{bun.List(ids)}, func(r db.Row) error {
		spelled[r.Int(0)] = Spelling{r.Text(1), r.Text(2)}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading how names are spelled: %w", err)
	}
	return spelled, nil
}
