package imports

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
)

// codeColumns says where the codes of ids stand.
var codeColumns = map[Named]struct{ table, column string }{
	OfUnit:   {"units", "code"},
	OfStaff:  {"staff", "staff_no"},
	OfMetric: {"metrics", "code"},
	OfPeriod: {"periods", "code"},
	OfUser:   {"users", "username"},
	OfRole:   {"roles", "code"},
}

// named puts codes in the place of ids, by one query for each kind of thing
// (and one more for what is there no longer), and keeps what differs.
func named(ctx context.Context, tx db.Tx, list []Difference) error {
	wanted := map[Named]map[int64]string{OfUnit: {}, OfStaff: {}, OfMetric: {}, OfPeriod: {}, OfUser: {}, OfRole: {}}
	eachValue(list, func(v *Value) {
		for _, id := range idsOf(v) {
			wanted[v.Field.named()][id] = ""
		}
	})
	for what, codes := range wanted {
		if err := readCodes(ctx, tx, what, codes); err != nil {
			return fmt.Errorf("reading the codes of %s: %w", what, err)
		}
	}
	eachValue(list, func(v *Value) {
		if v.Field.Of == "" {
			return
		}
		var codes []string
		for _, id := range idsOf(v) {
			codes = append(codes, wanted[v.Field.named()][id])
		}
		v.Text = strings.Join(codes, "/")
	})
	for i := range list {
		list[i].differ()
	}
	return nil
}

func eachValue(list []Difference, f func(*Value)) {
	for i := range list {
		for _, values := range []Values{list[i].Key, list[i].Before, list[i].After} {
			for j := range values {
				f(&values[j])
			}
		}
	}
}

func (f *Field) named() Named {
	if f.Of == OfUnitPath {
		return OfUnit
	}
	return f.Of
}

// idsOf gives the ids that a value stands for: none for a blank one.
func idsOf(v *Value) []int64 {
	if v.Field.Of == "" {
		return nil
	}
	var ids []int64
	for part := range strings.SplitSeq(v.Text, "/") {
		if id, err := strconv.ParseInt(part, 10, 64); err == nil && id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// readCodes fills in the codes of ids: those of the table, or, of what is gone,
// those that the history has.
func readCodes(ctx context.Context, tx db.Tx, what Named, codes map[int64]string) error {
	if len(codes) == 0 {
		return nil
	}
	at := codeColumns[what]
	ids := slices.Sorted(maps.Keys(codes))
	query := fmt.Sprintf("SELECT id, %s FROM %s WHERE id IN (?)", at.column, at.table)
	err := tx.Each(ctx, query, []any{bun.List(ids)}, func(r db.Row) error {
		codes[r.Int(0)] = r.Text(1)
		return nil
	})
	ids = slices.DeleteFunc(ids, func(id int64) bool { return codes[id] != "" })
	if err != nil || len(ids) == 0 {
		return err
	}
	field := []Field{{Name: at.column}}
	return tx.Each(ctx, "SELECT entity_id, COALESCE(after, before) FROM history WHERE entity = ? AND entity_id IN (?) ORDER BY id",
		[]any{string(what), bun.List(ids)}, func(r db.Row) error {
			state, err := stateOf(r.Bytes(1))
			if state != nil {
				codes[r.Int(0)] = valuesOf(state, field)[0].Text
			}
			return err
		})
}
