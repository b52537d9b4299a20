package runs

import (
	"cmp"
	"context"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"

	"github.com/steelyard/steelyard/app/db"
)

// storedRows are the rows of a range of members as they stand, whether they belong together or not.
type storedRows map[int64]*storedMember

type storedMember struct {
	result   *Result
	segments map[int]*Segment
	items    map[itemPlace]Item
}

type itemPlace struct{ segment, item int }

func (m *storedMember) segment(number int) *Segment { return m.segments[number] }

func (r storedRows) member(id int64) *storedMember {
	if r[id] == nil {
		r[id] = &storedMember{segments: map[int]*Segment{}, items: map[itemPlace]Item{}}
	}
	return r[id]
}

// take gives the rows of a member and strikes them off; nil if there are none.
func (r storedRows) take(id int64) *storedMember {
	m := r[id]
	delete(r, id)
	return m
}

// rest reports the rows that no frozen member accounts for.
func (r storedRows) rest(found func(Difference) error) error {
	for _, id := range slices.Sorted(maps.Keys(r)) {
		d := Difference{Kind: Extra, Table: "results", StaffID: id}
		switch {
		case r[id].result != nil:
			d.StaffNo = r[id].result.StaffNo
		case len(r[id].segments) > 0:
			d.Table = "result_segments"
		default:
			d.Table = "result_items"
		}
		if err := found(d); err != nil {
			return err
		}
	}
	return nil
}

const resultColumns = `staff_id, staff_no, name, unit_id, position, scorecard, peer_group, "precision", status, reason,
	base, bonus, deduction, total, grade, coefficient, place, peers, result_sha256, member_sha256`

// runColumn is the place of what is read after a result.
const runColumn = 20

func scanResult(row db.Row) *Result {
	return &Result{
		StaffID: row.Int(0), StaffNo: row.Text(1), Name: row.Text(2), UnitID: row.Int(3),
		Position: row.Text(4), Scorecard: row.Text(5), PeerGroup: row.Text(6), Precision: int(row.Int(7)),
		Status: row.Text(8), Reason: row.Text(9),
		Base: points(row, 10), Bonus: points(row, 11), Deduction: points(row, 12), Total: points(row, 13),
		Grade: row.Text(14), Coefficient: row.Text(15), Place: int(row.Int(16)), Peers: int(row.Int(17)),
		resultSHA: []byte(row.Text(18)), memberSHA: []byte(row.Text(19)),
	}
}

// segmentColumns stand after what tells results apart. They have the day as text:
// what somebody made of it may be no day.
const segmentColumns = `segment_no, unit_id, position, scorecard, peer_group, days, CAST(last_day AS TEXT), status, base`

func scanSegment(row db.Row) Segment {
	lastDay, _ := db.ParseDate(row.Text(7)) // what is no day is none, and fails its digest
	return Segment{
		UnitID: row.Int(2), Position: row.Text(3), Scorecard: row.Text(4), PeerGroup: row.Text(5),
		Days: int(row.Int(6)), LastDay: lastDay, Status: row.Text(8), Base: points(row, 9),
	}
}

const itemColumns = `segment_no, item_no, status, reason, score, contribution`

func scanItem(row db.Row) Item {
	return Item{Status: row.Text(3), Reason: row.Text(4), Score: points(row, 5), Contribution: points(row, 6)}
}

// readStored reads the rows of the members with ids above one and up to another.
func readStored(ctx context.Context, tx db.Tx, runID, after, last int64) (storedRows, error) {
	rows := storedRows{}
	where := ` WHERE run_id = ? AND staff_id > ? AND staff_id <= ?`
	args := []any{runID, after, last}
	err := tx.Each(ctx, `SELECT `+resultColumns+` FROM results`+where, args, func(row db.Row) error {
		rows.member(row.Int(0)).result = scanResult(row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = tx.Each(ctx, `SELECT staff_id, `+segmentColumns+` FROM result_segments`+where, args, func(row db.Row) error {
		segment := scanSegment(row)
		rows.member(row.Int(0)).segments[int(row.Int(1))] = &segment
		return nil
	})
	if err != nil {
		return nil, err
	}
	return rows, tx.Each(ctx, `SELECT staff_id, `+itemColumns+` FROM result_items`+where, args, func(row db.Row) error {
		rows.member(row.Int(0)).items[itemPlace{int(row.Int(1)), int(row.Int(2))}] = scanItem(row)
		return nil
	})
}

// comparison compares what is stored of one member with what it should be.
type comparison struct {
	member *head
	cards  cards
	found  func(Difference) error
	err    error
}

func (c *comparison) compare(stored *storedMember, want *Result) error {
	c.compareResult(stored.result, want)
	for i := range want.Segments {
		c.compareSegment(stored, i+1, &want.Segments[i])
	}
	for _, number := range slices.Sorted(maps.Keys(stored.segments)) {
		c.report(Difference{Kind: Extra, Table: "result_segments", Segment: number})
	}
	places := slices.SortedFunc(maps.Keys(stored.items), func(a, b itemPlace) int {
		return cmp.Or(cmp.Compare(a.segment, b.segment), cmp.Compare(a.item, b.item))
	})
	for _, place := range places {
		c.report(Difference{Kind: Extra, Table: "result_items", Segment: place.segment, Item: place.item})
	}
	return c.err
}

func (c *comparison) report(d Difference) {
	if c.err == nil {
		d.StaffID, d.StaffNo = c.member.staffID, c.member.no
		c.err = c.found(d)
	}
}

// column reports a column that is not as it should be.
func (c *comparison) column(at Difference, name, stored, want string) {
	if stored != want {
		at.Kind, at.Column, at.Stored, at.Want = Differs, name, stored, want
		c.report(at)
	}
}

func (c *comparison) compareResult(stored, want *Result) {
	at := Difference{Table: "results"}
	c.column(at, "staff_no", stored.StaffNo, want.StaffNo)
	c.column(at, "unit_id", id(stored.UnitID), id(want.UnitID))
	c.column(at, "position", stored.Position, want.Position)
	c.column(at, "scorecard", stored.Scorecard, want.Scorecard)
	c.column(at, "peer_group", stored.PeerGroup, want.PeerGroup)
	c.column(at, "precision", strconv.Itoa(stored.Precision), strconv.Itoa(want.Precision))
	c.column(at, "status", stored.Status, want.Status)
	c.column(at, "reason", stored.Reason, want.Reason)
	c.column(at, "base", stored.Base.Text(scale), want.Base.Text(scale))
	c.column(at, "bonus", stored.Bonus.Text(scale), want.Bonus.Text(scale))
	c.column(at, "deduction", stored.Deduction.Text(scale), want.Deduction.Text(scale))
	c.column(at, "total", stored.Total.Text(scale), want.Total.Text(scale))
	c.column(at, "grade", stored.Grade, want.Grade)
	c.column(at, "coefficient", stored.Coefficient, want.Coefficient)
	c.column(at, "place", strconv.Itoa(stored.Place), strconv.Itoa(want.Place))
	c.column(at, "peers", strconv.Itoa(stored.Peers), strconv.Itoa(want.Peers))
	c.column(at, "result_sha256", hex.EncodeToString(stored.resultSHA), hex.EncodeToString(want.resultSHA))
	if now := hex.EncodeToString(want.memberSHA); now != hex.EncodeToString(stored.memberSHA) {
		// Names and places are vouched for by this digest alone: nothing gives them again.
		at.Kind, at.Column = Broken, "name, unit_id, position, last_day"
		at.Stored, at.Want = hex.EncodeToString(stored.memberSHA), now
		c.report(at)
	}
}

func (c *comparison) compareSegment(rows *storedMember, number int, want *Segment) {
	at := Difference{Table: "result_segments", Segment: number}
	stored := rows.segments[number]
	delete(rows.segments, number)
	if stored == nil {
		at.Kind = Missing
		c.report(at)
		return
	}
	c.column(at, "scorecard", stored.Scorecard, want.Scorecard)
	c.column(at, "peer_group", stored.PeerGroup, want.PeerGroup)
	c.column(at, "days", strconv.Itoa(stored.Days), strconv.Itoa(want.Days))
	c.column(at, "status", stored.Status, want.Status)
	c.column(at, "base", stored.Base.Text(scale), want.Base.Text(scale))
	for i := range want.Items {
		c.compareItem(rows, itemPlace{number, i + 1}, want.Scorecard, &want.Items[i])
	}
}

func (c *comparison) compareItem(rows *storedMember, place itemPlace, scorecard string, want *Item) {
	at := Difference{Table: "result_items", Segment: place.segment, Item: place.item, Key: c.cards[scorecard].items[place.item-1].Key}
	stored, ok := rows.items[place]
	delete(rows.items, place)
	if !ok {
		at.Kind = Missing
		c.report(at)
		return
	}
	if stored == *want {
		return
	}
	c.column(at, "status", stored.Status, want.Status)
	c.column(at, "reason", stored.Reason, want.Reason)
	c.column(at, "score", stored.Score.Text(scale), want.Score.Text(scale))
	c.column(at, "contribution", stored.Contribution.Text(scale), want.Contribution.Text(scale))
}

func id(n int64) string { return strconv.FormatInt(n, 10) }
