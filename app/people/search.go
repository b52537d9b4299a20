package people

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/app/db"
)

// Found is the condition that a member (by the alias of staff) is found by a
// text: part of the number or the name, or how the name sounds.
func Found(staff, text string) schema.QueryWithArgs {
	part := db.Containing(text)
	return bun.SafeQuery(fmt.Sprintf(`(LOWER(%[1]s.staff_no) LIKE ? ESCAPE '\' OR LOWER(%[1]s.name) LIKE ? ESCAPE '\' OR ?)`, staff), part, part, Sounds(staff, text))
}

// Sounds is the condition that a member's name sounds like a text: its pinyin,
// with or without spaces, or the initials of it, by any reading of the surname.
func Sounds(staff, text string) schema.QueryWithArgs {
	sound := strings.Join(strings.Fields(text), "")
	if sound == "" {
		return bun.SafeQuery("(1 = 0)")
	}
	return bun.SafeQuery(staff+`.spellings LIKE ? ESCAPE '\'`, db.Containing(sound))
}

// Spell works out how names sound that were written before that was kept.
func Spell(ctx context.Context, d *db.DB) error {
	return d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		var list []*Staff
		spell := newRomanizer()
		err := tx.Each(ctx, "SELECT "+staffColumns+" FROM staff s WHERE s.spellings = '' AND s.pinyin <> ''", nil, func(r db.Row) error {
			s := new(Staff)
			scanStaff(r, s)
			s.Pinyin = spell.name(s.Name)
			list = append(list, s)
			return nil
		})
		if err != nil {
			return fmt.Errorf("reading names: %w", err)
		}
		return staffTable().Update(ctx, tx, list)
	})
}
