package imports

import (
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/sheets"
)

// Keys finds rows of one file that have the same key.
type Keys[K comparable] struct{ first map[K]int }

// Add remembers the key of a row; a row whose key was there before is a problem
// that names both rows.
func (k *Keys[K]) Add(key K, row sheets.Row, column string) *fault.Problem {
	if k.first == nil {
		k.first = map[K]int{}
	}
	if before, twice := k.first[key]; twice {
		p := row.Problem(column, "import.twice", lang.Args{"first": before, "second": row.Number})
		return &p
	}
	k.first[key] = row.Number
	return nil
}
