package reviews_test

import (
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/reviews"
	"github.com/steelyard/steelyard/rbac"
)

func TestOfManyWhoWriteOneCellAtOnceOneSucceedsAndTheOthersSeeWhatItWrote(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		actor := b.as("boss-a1")
		for version := range int64(3) {
			var saved, conflicts []string
			var mu sync.Mutex
			var wait sync.WaitGroup
			for _, level := range []string{"2", "3", "4", "5"} {
				wait.Go(func() {
					change := cell("a1-1 A1 manager teamwork "+level, strconv.FormatInt(version, 10)+level+" 的理由", version)
					out, err := b.reviews.Save(t.Context(), actor, october, []reviews.CellChange{change, cell("a1-2 A1 manager teamwork 3", "", 9)})
					mu.Lock()
					defer mu.Unlock()
					switch {
					case err != nil:
						t.Errorf("saving: %v", err)
					case out.Outcomes[0].Saved != nil:
						saved = append(saved, level)
					case out.Outcomes[0].Problem.Code == "review.version" && out.Outcomes[0].Current != nil:
						conflicts = append(conflicts, out.Outcomes[0].Current.Level)
					}
				})
			}
			wait.Wait()
			if len(saved) != 1 || len(conflicts) != 3 || slices.ContainsFunc(conflicts, func(level string) bool { return level != saved[0] }) {
				t.Errorf("saved %q, conflicts with %q", saved, conflicts)
			}
		}
	})
}

func TestATokenThatLeavesNoPermissionToReviewHasNothingToRate(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		for user, left := range map[string]map[rbac.Permission]int{
			"boss-a1": {rbac.ReviewRead: 0, rbac.ReviewWrite: 3, rbac.ReviewPeer: 3, rbac.ReviewSelf: 0},
			"a1-1":    {rbac.ReviewRead: 0, rbac.ReviewWrite: 0, rbac.ReviewPeer: 2, rbac.ReviewSelf: 1},
		} {
			for permission, want := range left {
				actor := b.as(user).Limited([]rbac.Permission{permission})
				grid, err := b.reviews.Grid(t.Context(), actor, october, reviews.GridFilter{}, page.Query{})
				if user == "boss-a1" && permission == rbac.ReviewPeer {
					want = 0 // the role of the tests gives managers no peers
				}
				if err != nil || grid.Total != want {
					t.Errorf("%s with %s alone rates %d, want %d: %v", user, permission, grid.Total, want, err)
				}
			}
		}
	})
}

func TestCase3_ADenyOnOneOutletTakesItsReviewsAway(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.roleLine("suspended", "review.write unit")
		b.exec("UPDATE role_permissions SET effect = 'deny' WHERE role_id = (SELECT id FROM roles WHERE code = 'suspended')")
		b.grant("boss-a", "suspended", "A2")
		b.wantSeats("boss-a")
		b.grant("boss-a1", "suspended", "A1")
		b.wantSeats("boss-a1")
		b.wantSeats("boss-a", "manager of a1-1 at A1", "manager of a1-2 at A1", "manager of a1-3 at A1")
	})
}
