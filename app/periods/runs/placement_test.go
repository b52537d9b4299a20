package runs_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/scoring"
)

// input gives what the last run froze of an item of one of a member's segments, counted from 0.
func (b *bank) input(staffNo string, segment int, key string) scoring.Input {
	b.Helper()
	book, m, err := b.Runs.Explain(b.Context(), b.actor, month, runs.Latest, staffNo)
	if err != nil {
		b.Fatal(err)
	}
	if segment >= len(m.Input.Segments) {
		b.Fatalf("%s has %d segments", staffNo, len(m.Input.Segments))
	}
	of := m.Input.Segments[segment]
	for i, input := range of.Inputs {
		if book.Cards[of.Scorecard].Item(i).Key == key {
			return input
		}
	}
	b.Fatalf("%s has no item %s", of.Scorecard, key)
	return scoring.Input{}
}

func TestFactsThatFitNoSegmentAfterAMoveAreLeftOutAndTargetsServeEverySegment(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.lines("assignments", "staff_no,unit_code,position,from,state", "100014,B0301,rm_corporate,2026-10-16,active")
		b.lines("actuals", "period,staff_no,metric_code,actual,unit_code", month+",100014,new_customers,8,B0301")
		b.lines("targets", "period,staff_no,metric_code,target,unit_code", month+",100014,new_customers,12,B0301")
		b.calculate()
		before, after := b.input("100014", 0, "new_customers"), b.input("100014", 1, "new_customers")
		if before.Actual.Valid() || before.Target.String() != "20" {
			t.Errorf("at the first unit: got actual %q, target %q; want none, 20", before.Actual, before.Target)
		}
		if after.Actual.String() != "8" || after.Target.String() != "12" {
			t.Errorf("at the second unit: got actual %q, target %q; want 8, 12", after.Actual, after.Target)
		}
		if loans := b.input("100014", 1, "loans"); loans.Target.String() != "3000000" || loans.Actual.Valid() {
			t.Errorf("another item at the second unit: got actual %q, target %q; want none, 3000000", loans.Actual, loans.Target)
		}
		if found := b.differences(); len(found) > 0 {
			t.Errorf("the run does not verify: %v", found)
		}
	})
}

func TestAFactThatNamesItsPlaceTakesThePlaceOfOneThatDoesNot(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	// Two rows in force for one segment come about when assignments change after the import.
	b.mustExec(`INSERT INTO actuals (period_id, staff_id, unit_id, position, metric_id, actual, batch_id)
		SELECT 1, s.id, u.id, '', m.id, '33', 1 FROM staff s, units u, metrics m
		WHERE s.staff_no = '100014' AND u.code = 'B0303' AND m.code = 'new_customers'`)
	b.mustExec(`INSERT INTO reviews (period_id, staff_id, unit_id, position, item, role, rater, level, batch_id)
		SELECT 1, s.id, u.id, '', 'teamwork', 'manager', 'M-B0303', '5', 1 FROM staff s, units u
		WHERE s.staff_no = '100014' AND u.code = 'B0303'`)
	b.mustExec(`INSERT INTO events (period_id, staff_id, unit_id, position, event_type, item, occurrences, batch_id)
		SELECT 1, s.id, u.id, '', 'late_filing', '', 1, 1 FROM staff s, units u WHERE s.staff_no = '100014' AND u.code = 'B0303'`)
	b.calculate()
	if got := b.input("100014", 0, "new_customers").Actual.String(); got != "33" {
		t.Errorf("the actual is %s, want 33", got)
	}
	managers := 0
	for _, r := range b.input("100014", 0, "teamwork").Ratings {
		if r.Role == "manager" {
			managers++
			if r.Level != "5" {
				t.Errorf("the manager's level is %s, want 5", r.Level)
			}
		}
	}
	if managers != 1 {
		t.Errorf("the manager is counted %d times", managers)
	}
	if events := b.input("100014", 0, "compliance").Events; len(events) != 1 || events[0].Count != 1 {
		t.Errorf("got the events %v, want one of late_filing", events)
	}
}

func TestIncidentsForAnItemAreAddedToThoseForEveryItemOfTheirType(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.lines("events", "period,staff_no,event_type,count,item", month+",100014,late_filing,2,", month+",100014,late_filing,3,compliance", month+",100014,complaint,1,")
	b.calculate()
	want := []scoring.EventCount{{Type: "complaint", Count: 1}, {Type: "late_filing", Count: 5}}
	got := b.input("100014", 0, "compliance").Events
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
	if none := b.input("100007", 0, "compliance"); !none.Given || none.Events == nil {
		t.Errorf("an item without incidents is missing: %+v", none)
	}
}

func TestFactsThatTheScorecardNoLongerKnowsAreLeftOut(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.mustExec(`UPDATE reviews SET level = '9' WHERE item = 'teamwork' AND staff_id = (SELECT id FROM staff WHERE staff_no = '100014')`)
	b.mustExec(`UPDATE surveys SET answers_sum = '999' WHERE staff_id = (SELECT id FROM staff WHERE staff_no = '100014')`)
	b.calculate()
	if got := b.input("100014", 0, "teamwork"); len(got.Ratings) != 0 || got.Given {
		t.Errorf("levels that are none: got %+v", got)
	}
	if got := b.input("100014", 0, "satisfaction"); got.Survey != nil {
		t.Errorf("a sum outside the scale: got %+v", got.Survey)
	}
}

func TestAnAdjustmentThatOnlyAnotherScorecardListsLeavesTheMemberIncomplete(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.lines("assignments", "staff_no,unit_code,position,from,state", "100014,B0303,teller,2026-10-05,active")
	b.lines("actuals", "period,staff_no,metric_code,actual,unit_code,position", month+",100014,accuracy,99,B0303,teller")
	b.lines("reviews", "period,staff_no,item,role,rater,level,unit_code,position", month+",100014,daily_work,manager,M-B0303,4,B0303,teller")
	b.calculate()
	_, m, err := b.Runs.Explain(t.Context(), b.actor, month, runs.Latest, "100014")
	if err != nil {
		t.Fatal(err)
	}
	if m.Status != runs.Incomplete || m.Reason != string(scoring.AdjustmentNotListed) || m.Total.Known || m.Scorecard != "teller" {
		t.Errorf("got %s, %s, total %q of %s", m.Status, m.Reason, m.Total.Text(2), m.Scorecard)
	}
	if m.Segments[0].Status != runs.Short || len(m.Segments[0].Items) != 0 {
		t.Errorf("the segment of four days: got %+v", m.Segments[0])
	}
	if found := b.differences(); len(found) > 0 {
		t.Errorf("the run does not verify: %v", found)
	}
}

func TestAnAdjustmentThatNoScorecardOfTheMemberListsIsLeftOut(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.mustExec(`INSERT INTO adjustments (period_id, staff_id, key, points, reason, batch_id)
		SELECT 1, id, 'of_an_older_version', '2', 'by hand', 1 FROM staff WHERE staff_no = '100014'`)
	b.calculate()
	_, m, err := b.Runs.Explain(t.Context(), b.actor, month, runs.Latest, "100014")
	if err != nil {
		t.Fatal(err)
	}
	if m.Status != runs.Complete || len(m.Input.Adjustments) != 1 {
		t.Errorf("got %s with the adjustments %v", m.Status, m.Input.Adjustments)
	}
}
