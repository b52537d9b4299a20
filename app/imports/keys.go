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
		p := twiceProblem(row, column, before)
		return &p
	}
	k.first[key] = row.Number
	return nil
}

func twiceProblem(row sheets.Row, column string, before int) fault.Problem {
	return row.Problem(column, "import.twice", lang.Args{"first": before, "second": row.Number})
}

// Unique gives the remembered rows by their keys. Where a key is there twice the
// problem names both rows, and neither is taken. Rows without a key are passed over.
func Unique[K comparable, R any](b *Batch, rows []R, column string, taken func(R) *Taken, key func(R) (K, bool)) map[K]R {
	found := make(map[K]R, len(rows))
	for _, row := range rows {
		k, ok := key(row)
		if !ok {
			continue
		}
		first, twice := found[k]
		if !twice {
			found[k] = row
			continue
		}
		b.Fault(taken(row), twiceProblem(taken(row).Row, column, taken(first).Row.Number))
		b.Leave(taken(first))
	}
	return found
}
