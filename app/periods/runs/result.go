package runs

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// The statuses of a member, and of a segment too short to count.
const (
	Complete    = "complete"
	Incomplete  = "incomplete"
	NotAssessed = "not_assessed"
	Short       = "short"
)

// Result is one member's outcome of a run, as it is stored. Unit, position,
// scorecard and peer group are those of the main segment.
type Result struct {
	StaffID   int64
	StaffNo   string
	Name      string
	Pinyin    string // of the name, where it was asked for: spell
	UnitID    int64
	Position  string
	Scorecard string
	PeerGroup string
	// Precision is how many decimals base, bonus, deduction and total have.
	Precision int
	Status    string // Complete, Incomplete, NotAssessed, or Partial to who sees a part
	// Reason says why a member is incomplete where its items do not: a code of scoring.
	Reason                        string
	Base, Bonus, Deduction, Total Points
	Grade, Coefficient            string // empty where there is none
	// Place is the rank among Peers members; both 0 where there is none.
	Place, Peers int
	Segments     []Segment

	resultSHA, memberSHA []byte
}

// Segment is one stretch of a member's period in a unit and position.
type Segment struct {
	UnitID    int64
	Position  string
	Scorecard string
	PeerGroup string
	Days      int
	LastDay   db.Date
	Status    string // Complete, Incomplete, or Short for too few days to count
	Base      Points
	// Items stand in the order of the scorecard; none in a short segment.
	Items []Item
}

// Item is the outcome of one item of a segment.
type Item struct {
	Status       string
	Reason       string // why it is missing; empty where it is not
	Score        Points
	Contribution Points
}

// Filter narrows a list of results to a part of the bank.
type Filter struct {
	// Unit is the code of a unit; the unit and all below it are listed. Empty lists all.
	Unit string
	// Staff are the staff numbers to list. Empty lists all.
	Staff []string
	// ByUnit orders the list by the unit's code and the staff number, instead of the staff number alone.
	ByUnit bool
	// Also is another permission that must reach what is listed; none if empty.
	Also rbac.Permission
}

// chunkMembers is how many members are read at once: sets of rows, while memory stays flat.
const chunkMembers = 512

// order gives the ids of the members of a run of whom something is in sight and
// whom the filter lets through, in the order of the list. Texts compare by their bytes.
func order(ctx context.Context, tx db.Tx, book *Book, filter Filter) ([]int64, error) {
	query := tx.NewSelect().TableExpr("results AS r").ColumnExpr("r.staff_id").
		Join("JOIN units AS u ON u.id = r.unit_id").
		Where("r.run_id = ?", book.Run.ID).
		Where("?", book.sight.members(book.Run.ID))
	if filter.Unit != "" {
		path, err := book.sight.unitPath(ctx, tx, filter.Unit)
		if err != nil {
			return nil, err
		}
		query.Where("?", book.sight.under(path))
	}
	if len(filter.Staff) > 0 {
		query.Where("r.staff_no IN (?)", bun.List(filter.Staff))
	}
	if filter.ByUnit {
		query.OrderExpr("?", book.sight.path())
	}
	var ids []int64
	return ids, query.OrderExpr("r.staff_no").Scan(ctx, &ids)
}

// eachResult reads the results of members in the order of their ids, in sets, as
// far as they are in sight. What it hands out is good until the next.
func eachResult(ctx context.Context, tx db.Tx, book *Book, ids []int64, f func(*Result) error) error {
	for len(ids) > 0 {
		chunk := ids[:min(chunkMembers, len(ids))]
		ids = ids[len(chunk):]
		results, err := readResults(ctx, tx, book.Run.ID, chunk)
		if err != nil {
			return err
		}
		for _, id := range chunk {
			if _, ok := book.sight.cut(results[id]); !ok {
				continue
			}
			if err := f(results[id]); err != nil {
				return err
			}
		}
	}
	return nil
}

func readResults(ctx context.Context, tx db.Tx, runID int64, ids []int64) (map[int64]*Result, error) {
	results := make(map[int64]*Result, len(ids))
	args := []any{runID, bun.List(ids)}
	err := tx.Each(ctx, `SELECT `+resultColumns+` FROM results WHERE run_id = ? AND staff_id IN (?)`, args, func(row db.Row) error {
		results[row.Int(0)] = scanResult(row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return results, readParts(ctx, tx, ofRun, args, results)
}

// spell gives results the pinyin of their members' names.
func spell(ctx context.Context, tx db.Tx, results ...*Result) error {
	wanted := map[int64]bool{}
	for _, r := range results {
		wanted[r.StaffID] = true
	}
	spelled, err := people.Spellings(ctx, tx, listed(wanted))
	for _, r := range results {
		r.Pinyin = spelled[r.StaffID].Of(r.Name)
	}
	return err
}

// section says which segments and items are read, and by which column they belong to a result.
type section struct{ by, where string }

var (
	// ofRun are those of some members of one run, by the member.
	ofRun = section{"staff_id", "run_id = ? AND staff_id IN (?)"}
	// ofMember are those of one member in some runs, by the run.
	ofMember = section{"run_id", "run_id IN (?) AND staff_id = ?"}
)

func readParts(ctx context.Context, tx db.Tx, of section, args []any, results map[int64]*Result) error {
	if err := readSegments(ctx, tx, of, args, results); err != nil {
		return err
	}
	return readItems(ctx, tx, of, args, results)
}

func readSegments(ctx context.Context, tx db.Tx, of section, args []any, results map[int64]*Result) error {
	return tx.Each(ctx, `SELECT `+of.by+`, `+segmentColumns+` FROM result_segments
		WHERE `+of.where+` ORDER BY `+of.by+`, segment_no`, args, func(row db.Row) error {
		r := results[row.Int(0)]
		if r == nil || row.Int(1) != int64(len(r.Segments)+1) {
			return errOrphan("result_segments", row.Int(0))
		}
		r.Segments = append(r.Segments, scanSegment(row))
		return nil
	})
}

func readItems(ctx context.Context, tx db.Tx, of section, args []any, results map[int64]*Result) error {
	return tx.Each(ctx, `SELECT `+of.by+`, `+itemColumns+` FROM result_items
		WHERE `+of.where+` ORDER BY `+of.by+`, segment_no, item_no`, args, func(row db.Row) error {
		r := results[row.Int(0)]
		if r == nil || row.Int(1) < 1 || row.Int(1) > int64(len(r.Segments)) {
			return errOrphan("result_items", row.Int(0))
		}
		segment := &r.Segments[row.Int(1)-1]
		if row.Int(2) != int64(len(segment.Items)+1) {
			return errOrphan("result_items", row.Int(0))
		}
		segment.Items = append(segment.Items, scanItem(row))
		return nil
	})
}

func points(row db.Row, i int) Points { return Points{Scaled: row.Int(i), Known: !row.Null(i)} }

// errOrphan says that rows which belong together do not: somebody changed them. Verify names the places.
func errOrphan(table string, staffID int64) error {
	return fault.Wrap(fmt.Errorf("%s, staff id %d", table, staffID), fault.Conflict, "runs.damaged", nil)
}
