package reviews_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/reviews"
)

func TestZ04_GoodCellsAreSavedAndEachBadOneIsAnsweredWithItsReason(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		out := b.save("boss-a1",
			cell("a1-1 A1 manager teamwork 4", "配合积极", 0),
			cell("a1-2 A1 manager teamwork 9", "", 0),
			cell("a2-1 A2 manager teamwork 4", "", 0),
			cell("no-one A1 manager teamwork 4", "", 0),
			cell("a1-1 A1 manager teamwork 3", "", 0),
			cell("a1-3 A1 manager teamwork 3", "\x00", 0),
			cell("a1-3 A1 manager teamwork 3", "\xff\xfe", 0),
			cell("a1-3 A1 manager teamwork 3", strings.Repeat("长", 2001), 0),
			cell("a1-3 A1 manager daily_work 3", "", 7),
			cell("a1-3 A1 peer teamwork 3", "", 0),
			cell("a1-3 A1 manager no_item 3", "", 0),
			cell("a1-3 A1 manager teamwork 3", "第一行\n第二行", 0),
		)
		want := []string{"", "review.level", "review.not_yours", "review.not_yours", "review.twice", "review.text", "review.text", "review.long", "review.version", "review.not_yours", "review.not_yours", ""}
		for i, o := range out.Outcomes {
			code := ""
			if o.Problem != nil {
				code = o.Problem.Code
			}
			if o.Index != i || code != want[i] {
				t.Errorf("cell %d: %q, want %q", o.Index, code, want[i])
			}
		}
		if out.Saved != 2 || out.Refused != 10 {
			t.Errorf("%d saved, %d refused", out.Saved, out.Refused)
		}
		got := b.rows("SELECT s.staff_no || ' ' || c.item || ' ' || c.level || ' ' || c.state || ' ' || c.version FROM review_cells c JOIN staff s ON s.id = c.staff_id ORDER BY 1")
		if want := []string{"a1-1 teamwork 4 draft 1", "a1-3 teamwork 3 draft 1"}; !slices.Equal(got, want) {
			t.Errorf("kept %q, want %q", got, want)
		}
		if n := len(b.rows("SELECT action FROM audit_records WHERE action = 'review.save'")); n != 1 {
			t.Errorf("%d records of one request", n)
		}
		if got := b.facts(); len(got) != 0 {
			t.Errorf("drafts are facts: %q", got)
		}
	})
}

func TestAnOldVersionIsAConflictThatShowsWhatStandsThereAndWhoWroteIt(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 4", "先写", 0))
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 3", "再写", 1))
		out := b.save("boss-a1", cell("a1-1 A1 manager teamwork 2", "旧页面", 1)).Outcomes[0]
		if out.Problem == nil || out.Problem.Code != "review.version" || out.Current == nil {
			t.Fatalf("got %+v, want a conflict", out)
		}
		if c := out.Current; c.Level != "3" || c.Comment != "再写" || c.Version != 2 || c.WrittenBy != "boss-a1" || !c.WrittenAt.Equal(clock()) {
			t.Errorf("the conflict shows %+v", c)
		}
		if again := b.save("boss-a1", cell("a1-1 A1 manager teamwork 3", "再写", 2)).Outcomes[0]; again.Saved == nil || again.Saved.Version != 2 {
			t.Errorf("a cell that is as it was: %+v", again)
		}
	})
}

func TestD01_NobodyRatesThemselvesButInTheRoleOfTheMember(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.grant("a1-1", "branch_manager", "A1")
		b.grant("a1-1", "branch_manager", "A")
		out := b.save("a1-1", cell("a1-1 A1 manager teamwork 5", "我很好", 0), cell("a1-1 A1 peer teamwork 5", "我很好", 0), cell("a1-1 A1 self daily_work 5", "我很好", 0))
		for i, want := range []string{"access.refused.separation", "access.refused.separation", ""} {
			got := ""
			if p := out.Outcomes[i].Problem; p != nil {
				got = p.Code
			}
			if got != want {
				t.Errorf("cell %d: %q, want %q", i, got, want)
			}
		}
		b.save("a1-1", cell("a1-1 A1 manager teamwork 5", "我很好", 0))
		if got := b.rows("SELECT outcome || ' ' || detail FROM audit_records WHERE action = 'review.save' ORDER BY id"); !slices.Equal(got, []string{"done ", "refused access.refused.separation"}) {
			t.Errorf("on record: %q", got)
		}
	})
}

func TestReviewsAreWrittenWhileThePeriodIsCollectingAlone(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 4", "", 0))
		for _, state := range []string{"draft", "scoring", "published"} {
			b.state(state)
			_, err := b.reviews.Save(t.Context(), b.as("boss-a1"), october, []reviews.CellChange{cell("a1-1 A1 manager teamwork 3", "", 1)})
			wantFault(t, err, fault.Conflict, "review.period")
			_, err = b.reviews.Submit(t.Context(), b.as("boss-a1"), october, nil)
			wantFault(t, err, fault.Conflict, "review.period")
		}
	})
}

func TestTheGridHasPagesAndItsRowsHaveWhatTheRaterWroteAlone(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 4", "经理写的", 0))
		b.mustSave("a1-2", cell("a1-1 A1 peer teamwork 3", "同事写的", 0))
		first, err := b.reviews.Grid(t.Context(), b.as("boss-a1"), october, reviews.GridFilter{}, page.Query{Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		if len(first.Rows) != 2 || first.Total != 3 || first.Next == "" || len(first.Rows[0].Cells) != 1 || first.Rows[0].Cells[0].Comment != "经理写的" {
			t.Errorf("the first page is %+v", first)
		}
		second, err := b.reviews.Grid(t.Context(), b.as("boss-a1"), october, reviews.GridFilter{Role: "manager", Unit: "A1"}, page.Query{Limit: 2, Cursor: first.Next})
		if err != nil {
			t.Fatal(err)
		}
		if len(second.Rows) != 1 || second.Rows[0].StaffNo != "a1-3" || second.Next != "" {
			t.Errorf("the second page is %+v", second)
		}
		_, err = b.reviews.Grid(t.Context(), b.as("boss-a1"), "2026-09", reviews.GridFilter{}, page.Query{})
		wantFault(t, err, fault.NotFound, "period.unknown")
	})
}
