package people

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
)

// Words gives what a user's password is guessed from by whoever knows the bank:
// the names and codes of its units, and the user's own name and staff number.
func Words(ctx context.Context, tx db.Tx, userID int64) ([]string, error) {
	var words []string
	err := tx.Each(ctx, `SELECT code, name, '' FROM units
		UNION ALL SELECT s.staff_no, s.name, s.pinyin FROM staff s JOIN users u ON u.staff_id = s.id WHERE u.id = ?`,
		[]any{userID}, func(r db.Row) error {
			words = append(words, r.Text(0), r.Text(1), r.Text(2))
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("reading what a password is guessed from: %w", err)
	}
	return words, nil
}
