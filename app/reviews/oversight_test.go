package reviews_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/reviews"
)

func TestWhoOverseesReviewsForHeadOfficeByNowWritesAndSubmitsNoBranchsReview(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		for _, role := range []string{"manager", "peer", "mentor"} {
			_, err := b.reviews.Name(t.Context(), b.as("hr"), october, reviews.NewReviewer{StaffNo: "a1-1", Unit: "A1", Role: role, Rater: "a2-1", Reason: "x"})
			if err != nil {
				t.Fatal(err)
			}
		}
		items := map[string]string{"manager": "teamwork", "peer": "teamwork", "mentor": "daily_work"}
		for role, item := range items {
			b.mustSave("a2-1", cell("a1-1 A1 "+role+" "+item+" 4", "", 0))
		}
		b.grant("a2-1", "hr", "H", "2026-11-02")
		for role, item := range items {
			out := b.save("a2-1", cell("a1-1 A1 "+role+" "+item+" 3", "", 1)).Outcomes[0]
			if out.Problem == nil || out.Problem.Code != "reviewer.head_office" {
				t.Errorf("head office writes as %s: %+v", role, out)
			}
			_, err := b.reviews.Submit(t.Context(), b.as("a2-1"), october, []reviews.CellKey{{StaffNo: "a1-1", Unit: "A1", Role: role}})
			wantFault(t, err, fault.Forbidden, "reviewer.head_office")
		}
		_, err := b.reviews.Submit(t.Context(), b.as("a2-1"), october, nil)
		wantFault(t, err, fault.Forbidden, "reviewer.head_office")
		b.mustSave("a2-1", cell("a2-1 A2 self daily_work 4", "", 0)) // of oneself one writes all the same
		b.mustSubmit("a2-1")
		if got := b.facts(); len(got) != 1 {
			t.Errorf("submitted: %q", got)
		}
	})
}

func TestAGrantThatHasEndedOrStandsInABranchKeepsNobodyFromReviewing(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.grant("boss-a1", "hr", "H", "2026-01-01", "2026-11-01")
		b.grant("boss-a1", "hr", "A")
		b.grant("boss-a1", "hr", "H", "2026-11-03")
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 4", "", 0))
		b.mustSubmit("boss-a1")
	})
}
