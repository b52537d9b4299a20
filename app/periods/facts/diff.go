package facts

import (
	"context"
	"sync"

	"github.com/steelyard/steelyard/app/db"
)

// difference is what a file changes of the rows in force.
type difference struct {
	insert []*fact // each follows a row that ends, or is new
	end    []int64

	unchanged, withdrawn int
}

// diff compares the good rows of a file with what is in force. With replace the
// file is the whole list of its periods.
func (i *importer) diff(ctx context.Context, tx db.Tx, periodIDs []int64, replace bool) (*difference, error) {
	if i.kind.list {
		return i.diffLists(ctx, tx, periodIDs, replace)
	}
	return i.diffRows(ctx, tx, periodIDs, replace)
}

// diffRows compares row with row. A row in force is followed by the one of the
// same identity, or else by the one that stands for the same segment.
func (i *importer) diffRows(ctx context.Context, tx db.Tx, periodIDs []int64, replace bool) (*difference, error) {
	d := &difference{}
	standings := sync.OnceValue(i.standings)
	err := i.kind.eachCurrent(ctx, tx, periodIDs, func(row *current) error {
		f := i.wanted[row.id]
		switch {
		case f == nil || f.wrong:
			f = i.successor(standings(), row)
		case f.values == row.values:
			f.same = true
			return nil
		}
		switch {
		case f != nil:
			f.follows = true
		case replace:
			d.withdrawn++
		default:
			return nil
		}
		d.end = append(d.end, row.rowID)
		return nil
	})
	for _, f := range i.good {
		d.count(f)
	}
	return d, err
}

func (d *difference) count(f *fact) {
	if !f.same {
		d.insert = append(d.insert, f)
		return
	}
	d.unchanged++
	if f.follows { // a second row of its segment goes
		d.withdrawn++
	}
}

// standings gives the good rows by what they stand for; none where rows that
// name a place and rows that name none live side by side.
func (i *importer) standings() map[standing]*fact {
	if i.kind.member || i.kind.everywhere {
		return nil
	}
	byStanding := make(map[standing]*fact, len(i.good))
	for _, f := range i.good {
		if f.segment >= 0 {
			byStanding[f.standing()] = f
		}
	}
	return byStanding
}

// successor gives the file's row that stands for the same segment as a row in force.
func (i *importer) successor(standings map[standing]*fact, row *current) *fact {
	if standings == nil {
		return nil
	}
	m := i.refs.member(row.id.period, row.id.staff)
	if m == nil {
		return nil
	}
	place := fact{id: row.id, segment: m.place(row.id.unit, row.id.position)}
	if place.segment < 0 {
		return nil
	}
	return standings[place.standing()]
}

type listRow struct {
	id     identity
	values [valueParts]string
}

type listed struct{ period, staff int64 }

// diffLists compares the whole lists of the members in the file.
func (i *importer) diffLists(ctx context.Context, tx db.Tx, periodIDs []int64, replace bool) (*difference, error) {
	d := &difference{}
	rows := map[listRow][]*fact{}
	members := map[listed]bool{}
	for _, f := range i.good {
		row := listRow{f.id, f.values}
		rows[row] = append(rows[row], f)
		members[listed{f.id.period, f.id.staff}] = true
	}
	ended := map[identity]int{}
	err := i.kind.eachCurrent(ctx, tx, periodIDs, func(row *current) error {
		if !replace && !members[listed{row.id.period, row.id.staff}] {
			return nil
		}
		same := listRow{row.id, row.values}
		if left := rows[same]; len(left) > 0 {
			left[0].same = true
			rows[same] = left[1:]
			return nil
		}
		d.end = append(d.end, row.rowID)
		ended[row.id]++
		return nil
	})
	for _, f := range i.good {
		if !f.same && ended[f.id] > 0 {
			ended[f.id]--
			f.follows = true
		}
		d.count(f)
	}
	for _, left := range ended {
		d.withdrawn += left
	}
	return d, err
}
