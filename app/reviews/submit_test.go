package reviews_test

import (
	"slices"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/reviews"
)

func TestWhatIsSubmittedBecomesAFactAndCannotBeChanged(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.load("reviews", "csv", "period,staff_no,item,role,rater,level,comment", "2026-10,a1-1,teamwork,manager,boss-a1,2,纸质表", "2026-10,a1-2,teamwork,manager,boss-b,3,别人的")
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 4", "好", 0), cell("a1-1 A1 manager daily_work 5", "很好", 0))
		b.mustSubmit("boss-a1")
		want := []string{
			"a1-1 A1 rm daily_work manager boss-a1 5 很好",
			"a1-1 A1 rm teamwork manager boss-a1 4 好",
			"a1-2 -  teamwork manager boss-b 3 别人的",
		}
		if got := b.facts(); !slices.Equal(got, want) {
			t.Errorf("the facts are %q, want %q", got, want)
		}
		out := b.save("boss-a1", cell("a1-1 A1 manager teamwork 3", "", 2)).Outcomes[0]
		if out.Problem == nil || out.Problem.Code != "review.state" || out.Current.State != reviews.Submitted {
			t.Errorf("a submitted cell: %+v", out)
		}
		_, err := b.reviews.Submit(t.Context(), b.as("boss-a1"), october, nil)
		wantFault(t, err, fault.Invalid, "review.nothing")
		_, err = b.reviews.Submit(t.Context(), b.as("boss-a1"), october, []reviews.CellKey{{StaffNo: "a1-1", Unit: "A1", Role: "manager", Item: "teamwork"}})
		wantFault(t, err, fault.Conflict, "review.state")
	})
}

func TestTheHighestAndTheLowestLevelNeedAComment(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 5", " \n", 0), cell("a1-2 A1 manager teamwork 1", "", 0), cell("a1-3 A1 manager teamwork 4", "", 0))
		_, err := b.reviews.Submit(t.Context(), b.as("boss-a1"), october, nil)
		wantFault(t, err, fault.Invalid, "review.comment_required")
		if f, _ := fault.As(err); len(f.Problems) != 2 {
			t.Errorf("%d problems, want 2", len(f.Problems))
		}
		if got := b.facts(); len(got) != 0 {
			t.Errorf("something was submitted: %q", got)
		}
		b.mustSubmit("boss-a1", reviews.CellKey{StaffNo: "a1-3", Unit: "A1", Role: "manager"})
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 5", "团队标杆", 1), reviews.CellChange{StaffNo: "a1-2", Unit: "A1", Role: "manager", Item: "teamwork", Comment: "待定", Version: 1})
		_, err = b.reviews.Submit(t.Context(), b.as("boss-a1"), october, nil)
		wantFault(t, err, fault.Invalid, "review.incomplete")
		b.mustSubmit("boss-a1", reviews.CellKey{StaffNo: "a1-1", Unit: "A1", Role: "manager", Item: "teamwork"})
		if got := b.facts(); len(got) != 2 {
			t.Errorf("the facts are %q", got)
		}
	})
}

func TestSomebodyElsesCellsCannotBeSubmitted(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 4", "", 0))
		b.mustSave("a1-2", cell("a1-1 A1 peer teamwork 4", "", 0))
		for name, key := range map[string]reviews.CellKey{
			"a manager's by a peer": {StaffNo: "a1-1", Unit: "A1", Role: "manager"},
			"another branch's":      {StaffNo: "b1-1", Unit: "B1", Role: "peer"},
			"nobody's":              {StaffNo: "nobody", Unit: "A1", Role: "peer"},
		} {
			_, err := b.reviews.Submit(t.Context(), b.as("a1-2"), october, []reviews.CellKey{{StaffNo: "a1-1", Unit: "A1", Role: "peer"}, key})
			if f, ok := fault.As(err); !ok || f.Kind != fault.NotFound || f.Code != "review.not_yours" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := b.facts(); len(got) != 0 {
			t.Errorf("something was submitted: %q", got)
		}
	})
}
