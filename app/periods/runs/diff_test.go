package runs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods/runs"
)

// changes compares two runs and gives the changes by staff number.
func (b *bank) changes(before, after int) (map[string]*runs.Change, *runs.Summary) {
	b.Helper()
	found := map[string]*runs.Change{}
	summary, err := b.Runs.Diff(b.Context(), b.actor, month, before, after, func(c *runs.Change) error {
		who := c.After
		if who == nil {
			who = c.Before
		}
		kept := *c
		found[who.StaffNo] = &kept
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return found, summary
}

func TestTheDifferenceOfTwoRunsSaysWhoChangedByHowMuchAndWhy(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		b.lines("actuals", "period,staff_no,metric_code,actual", month+",100014,new_customers,30")
		b.lines("staff", "staff_no,name,unit_code,position,hired_on", "200001,新员工,B0303,rm_corporate,2026-10-01")
		b.calculate()
		found, summary := b.changes(1, 2)
		if summary.Compared != 241 || summary.New != 1 || summary.Changed != len(found)-1 || !summary.InputsBefore || !summary.InputsAfter {
			t.Errorf("got the summary %+v with %d changes", summary, len(found))
		}
		if c := found["200001"]; c == nil || c.Kind != runs.MemberNew {
			t.Errorf("the new member: got %+v", c)
		}
		c := found["100014"]
		if c == nil || c.Kind != runs.MemberChanged || len(c.Items) != 1 || c.Total.Scaled <= 0 {
			t.Fatalf("got %+v", c)
		}
		item := c.Items[0]
		if item.Key != "new_customers" || item.Before.Input.Actual.String() != "14" || item.After.Input.Actual.String() != "30" ||
			item.Before.Score.Text(2) != "70.00" || item.After.Score.Text(2) != "120.00" || item.Peers {
			t.Errorf("got %+v, before %+v, after %+v", item, item.Before, item.After)
		}
		same, summary := b.changes(2, 2)
		if len(same) != 0 || summary.RankOnly != 0 {
			t.Errorf("a run differs from itself: %v", same)
		}
	})
}

func TestTheFiguresOfPeersAreNamedAsTheCauseWhereTheMembersOwnAreTheSame(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	teller := b.value(`SELECT r.staff_no FROM results r JOIN result_segments s ON s.run_id = r.run_id AND s.staff_id = r.staff_id
		WHERE s.scorecard = 'teller' AND r.status = 'complete' AND r.peers > 3
		AND 1 = (SELECT COUNT(*) FROM result_segments o WHERE o.staff_id = r.staff_id) ORDER BY r.staff_no LIMIT 1`)
	b.lines("actuals", "period,staff_no,metric_code,actual", month+","+teller+",transactions,999999")
	b.calculate()
	found, _ := b.changes(1, 2)
	peers := 0
	for id, c := range found {
		for _, item := range c.Items {
			if id != teller && (item.Key != "transactions" || !item.Peers) {
				t.Errorf("%s: got %+v", id, item)
			}
			if item.Peers {
				peers++
			}
		}
	}
	if peers == 0 {
		t.Errorf("no change is put down to the peers: %v", found)
	}
}

func TestANewVersionOfAScorecardIsNamedAsTheCause(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	text, err := os.ReadFile("../facts/testdata/scorecards.json")
	if err != nil {
		t.Fatal(err)
	}
	stricter := filepath.Join(t.TempDir(), "scorecards.json")
	if err := os.WriteFile(stricter, []byte(strings.Replace(string(text), `"min": "95"`, `"min": "98"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	b.importFile("scorecards", stricter)
	b.calculate()
	found, summary := b.changes(1, 2)
	if len(summary.Cards) != 1 || summary.Cards[0] != (runs.CardChange{Code: "rm-corporate", Before: 1, After: 2}) {
		t.Fatalf("got %+v", summary.Cards)
	}
	for id, c := range found {
		if len(c.Cards) != 1 || c.Cards[0] != "rm-corporate" || c.Before.Grade != "A" || c.After.Grade != "B" || c.Total.Scaled != 0 {
			t.Errorf("%s: got %+v", id, c)
		}
	}
	if len(found) == 0 {
		t.Error("nobody lost the grade A")
	}
}
