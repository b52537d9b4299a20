package periods_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/periods"
)

func october(day int) db.Date { return db.NewDate(2026, time.October, day) }

func tree() *people.Tree {
	return people.NewTree([]*people.Unit{
		{ID: 1, Code: "HQ", Level: people.HeadOffice, Path: "/1/"},
		{ID: 2, Code: "B1", ParentID: 1, Level: people.BranchUnit, Path: "/1/2/"},
		{ID: 3, Code: "B101", ParentID: 2, Level: people.SubBranch, Path: "/1/2/3/"},
		{ID: 4, Code: "D1", ParentID: 1, Level: people.Department, Path: "/1/4/"},
	})
}

var cards = periods.Cards{
	"rm":     {Code: "rm-card", PeerGroup: "bank"},
	"teller": {Code: "teller-card", PeerGroup: "branch"},
	"clerk":  {Code: "clerk-card", PeerGroup: "unit"},
}

func span(unit int64, position string, state people.State, from, to int) people.Span {
	return people.Span{UnitID: unit, Position: position, State: state, From: october(from), To: october(to)}
}

func TestSegmentsAreTheActiveDaysByUnitAndPosition(t *testing.T) {
	t.Parallel()
	segment := func(unit int64, position, card, peers string, first, last, days int) periods.Segment {
		return periods.Segment{
			UnitID: unit, Position: position, Scorecard: card, PeerGroup: peers,
			First: october(first), Last: october(last), Days: days,
		}
	}
	for _, c := range []struct {
		name  string
		spans []people.Span
		want  []periods.Segment
	}{
		{"nobody at work", nil, nil},
		{
			"one place all month", []people.Span{span(3, "rm", people.Active, 1, 31)},
			[]periods.Segment{segment(3, "rm", "rm-card", "rm-card@HQ", 1, 31, 31)},
		},
		{
			"leave counts no days, and what it parts is one segment",
			[]people.Span{span(3, "rm", people.Active, 1, 10), span(3, "rm", people.Leave, 11, 20), span(3, "rm", people.Active, 21, 31)},
			[]periods.Segment{segment(3, "rm", "rm-card", "rm-card@HQ", 1, 31, 21)},
		},
		{
			"segments stand in the order of their last day",
			[]people.Span{span(3, "rm", people.Active, 1, 5), span(3, "teller", people.Active, 6, 10), span(3, "rm", people.Active, 11, 31)},
			[]periods.Segment{
				segment(3, "teller", "teller-card", "teller-card@B1", 6, 10, 5),
				segment(3, "rm", "rm-card", "rm-card@HQ", 1, 31, 26),
			},
		},
		{
			"a position without a scorecard gives no segment",
			[]people.Span{span(3, "guard", people.Active, 1, 20), span(3, "rm", people.Active, 21, 31)},
			[]periods.Segment{segment(3, "rm", "rm-card", "rm-card@HQ", 21, 31, 11)},
		},
		{"left", []people.Span{span(3, "rm", people.Left, 1, 31)}, nil},
		{
			"a peer group is the branch, the root where there is none, or the unit",
			[]people.Span{span(2, "teller", people.Active, 1, 1), span(4, "teller", people.Active, 2, 2), span(3, "clerk", people.Active, 3, 3)},
			[]periods.Segment{
				segment(2, "teller", "teller-card", "teller-card@B1", 1, 1, 1),
				segment(4, "teller", "teller-card", "teller-card@HQ", 2, 2, 1),
				segment(3, "clerk", "clerk-card", "clerk-card@B101", 3, 3, 1),
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := periods.Segments(c.spans, cards, tree()); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestAFactBelongsToTheOneSegmentThatItsPlaceNames(t *testing.T) {
	t.Parallel()
	one := []periods.Segment{{UnitID: 3, Position: "rm"}}
	three := []periods.Segment{{UnitID: 3, Position: "rm"}, {UnitID: 3, Position: "teller"}, {UnitID: 4, Position: "rm"}}
	for _, c := range []struct {
		name     string
		segments []periods.Segment
		unit     int64
		position string
		at       int
		why      periods.Misplacement
	}{
		{"no segments", nil, 3, "rm", -1, periods.NoSegments},
		{"no place, one segment", one, 0, "", 0, periods.Placed},
		{"the unit of the one segment", one, 3, "", 0, periods.Placed},
		{"another unit", one, 4, "", -1, periods.NoSuchSegment},
		{"another position", one, 3, "teller", -1, periods.NoSuchSegment},
		{"no place, several segments", three, 0, "", -1, periods.NeedsUnit},
		{"a unit of one segment", three, 4, "", 2, periods.Placed},
		{"a unit of two segments", three, 3, "", -1, periods.NeedsPosition},
		{"unit and position", three, 3, "teller", 1, periods.Placed},
		{"a position of one segment", three, 0, "teller", 1, periods.Placed},
		{"a position of two segments", three, 0, "rm", -1, periods.NeedsUnit},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at, why := periods.Place(c.segments, c.unit, c.position)
			if at != c.at || why != c.why {
				t.Errorf("got %d %q, want %d %q", at, why, c.at, c.why)
			}
		})
	}
}
