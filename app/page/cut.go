package page

import (
	"cmp"
	"slices"
)

// Cut gives the page of a list that is worked out and not selected, in the order
// of the texts that value gives, and the cursor of the next page. The rows come
// sorted by them, equals in a lasting order. The list knows this one order.
func Cut[T any](q Query, name string, rows []T, value func(T) string) (cut []T, next string, err error) {
	plan, err := q.Plan("position", Order{Name: name, Column: name})
	if err != nil {
		return nil, "", err
	}
	if plan.down {
		rows = slices.Clone(rows)
		slices.Reverse(rows)
	}
	from := 0
	if plan.after != nil {
		from = plan.resumed(len(rows), func(i int) string { return value(rows[i]) })
	}
	to := min(from+plan.Limit, len(rows))
	if to < len(rows) {
		last := to - 1
		next = plan.Next(value(rows[last]), int64(rank(last, func(i int) string { return value(rows[i]) })))
	}
	return rows[from:to], next, nil
}

// rank counts the rows before one that have its text.
func rank(at int, value func(int) string) int {
	n := 0
	for n < at && value(at-n-1) == value(at) {
		n++
	}
	return n
}

// resumed gives the first row after the cursor.
func (p *Plan) resumed(rows int, value func(int) string) int {
	text, _ := p.after[0].(string)
	key, _ := p.after[2].(int64)
	way := 1
	if p.down {
		way = -1
	}
	for i := range rows {
		if c := way * cmp.Compare(value(i), text); c > 0 || (c == 0 && int64(rank(i, value)) > key) {
			return i
		}
	}
	return rows
}
