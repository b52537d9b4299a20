package reviews

import (
	"context"
	"fmt"
	"strings"

	"github.com/steelyard/steelyard/app/db"
)

// Described tells which levels of rubrics have words in both languages.
type Described struct{}

// DescribedLevels gives them by the code of the rubric.
func (Described) DescribedLevels(ctx context.Context, tx db.Tx) (map[string]map[string]bool, error) {
	described := map[string]map[string]bool{}
	err := tx.Each(ctx, `SELECT r.code, l.level, l.description_zh, l.description_en FROM rubric_levels AS l
		JOIN rubrics AS r ON r.id = l.rubric_id`, nil, func(row db.Row) error {
		if described[row.Text(0)] == nil {
			described[row.Text(0)] = map[string]bool{}
		}
		described[row.Text(0)][row.Text(1)] = strings.TrimSpace(row.Text(2)) != "" && strings.TrimSpace(row.Text(3)) != ""
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the levels of rubrics: %w", err)
	}
	return described, nil
}
