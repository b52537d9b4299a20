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

// submitted has the manager and two peers of a1-1 submit what they think.
func (b *bank) submitted() {
	b.t.Helper()
	b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 4", "经理的评语", 0), cell("a1-1 A1 manager daily_work 3", "", 0))
	b.mustSave("a1-2", cell("a1-1 A1 peer teamwork 3", "同事甲的评语", 0))
	b.mustSave("a1-3", cell("a1-1 A1 peer teamwork 4", "同事乙的评语", 0))
	for _, user := range []string{"boss-a1", "a1-2", "a1-3"} {
		b.mustSubmit(user)
	}
}

func back(rater, role, item string) reviews.HandBack {
	return reviews.HandBack{StaffNo: "a1-1", Unit: "A1", Role: role, Rater: rater, Item: item, Reason: "评语与等级不符"}
}

func TestWhatIsHandedBackIsNoFactUntilItIsSubmittedAgain(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.submitted()
		if n, err := b.reviews.Return(t.Context(), b.as("hr"), october, back("boss-a1", "manager", "teamwork")); n != 1 || err != nil {
			t.Fatalf("handed back %d: %v", n, err)
		}
		if got := b.facts(); slices.Contains(got, "a1-1 A1 rm teamwork manager boss-a1 4 经理的评语") || len(got) != 3 {
			t.Errorf("the facts are %q", got)
		}
		_, err := b.reviews.Return(t.Context(), b.as("hr"), october, back("boss-a1", "manager", "teamwork"))
		wantFault(t, err, fault.Conflict, "review.not_submitted")
		grid, err := b.reviews.Grid(t.Context(), b.as("boss-a1"), october, reviews.GridFilter{}, page.Query{})
		if err != nil {
			t.Fatal(err)
		}
		c := grid.Rows[0].Cells[0]
		if c.State != reviews.Returned || c.ReturnReason != "评语与等级不符" || c.ReturnedBy != "hr" || c.WrittenBy != "boss-a1" || c.Version != 3 {
			t.Errorf("the rater sees %+v", c)
		}
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 2", "改过", 3))
		b.mustSubmit("boss-a1")
		if got := b.facts(); !slices.Contains(got, "a1-1 A1 rm teamwork manager boss-a1 2 改过") || len(got) != 4 {
			t.Errorf("the facts are %q", got)
		}
		actions := b.rows("SELECT action || ' ' || detail FROM audit_records WHERE action LIKE 'review.%' ORDER BY id")
		want := []string{"review.save ", "review.save ", "review.save ", "review.submit ", "review.submit ", "review.submit ", "review.return 评语与等级不符", "review.save ", "review.submit "}
		if !slices.Equal(actions, want) {
			t.Errorf("on record: %q", actions)
		}
	})
}

func TestUndoingABatchOfReviewsGivesTheirCellsBackToTheRater(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 4", "好", 0))
		b.mustSubmit("boss-a1")
		last := b.rows("SELECT MAX(id) || '' FROM batches WHERE kind = 'reviews'")
		record, changes, err := b.imports.Batch(t.Context(), operator(), number(last[0]), importsPage)
		if err != nil || record.New != 1 || len(changes.List) != 1 || changes.List[0].Entity != "review_cell" {
			t.Fatalf("the batch is %+v with %+v: %v", record, changes, err)
		}
		if _, err := b.imports.Undo(t.Context(), operator(), number(last[0])); err != nil {
			t.Fatal(err)
		}
		if got := b.facts(); len(got) != 0 {
			t.Errorf("the facts are %q", got)
		}
		b.mustSave("boss-a1", cell("a1-1 A1 manager teamwork 3", "再想", 3))
		b.mustSubmit("boss-a1")
		if got := b.facts(); len(got) != 1 {
			t.Errorf("the facts are %q", got)
		}
	})
}

func TestZ01_WhatIsOutOfScopeCannotBeHandedBackAndIsNotFoundLikeWhatIsNotThere(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.submitted()
		b.roleLine("branch_hr", "review.return subtree")
		b.grant("b1-1", "branch_hr", "B")
		b.grant("a1-1", "branch_hr", "A")
		for name, h := range map[string]reviews.HandBack{
			"another branch's":  back("boss-a1", "manager", ""),
			"nobody's":          {StaffNo: "nobody", Unit: "A1", Role: "manager", Rater: "boss-a1", Reason: "x"},
			"of no such rater":  back("boss-b", "manager", ""),
			"of no such member": {StaffNo: "a1-9", Unit: "A1", Role: "manager", Rater: "boss-a1", Reason: "x"},
		} {
			_, err := b.reviews.Return(t.Context(), b.as("b1-1"), october, h)
			if f, ok := fault.As(err); !ok || f.Kind != fault.NotFound || f.Code != "review.unknown" {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := b.reviews.Return(t.Context(), b.as("a1-2"), october, back("boss-a1", "manager", ""))
		wantFault(t, err, fault.Forbidden, "access.refused.grant")
		_, err = b.reviews.Return(t.Context(), b.as("a1-1"), october, back("boss-a1", "manager", ""))
		wantFault(t, err, fault.Forbidden, "access.refused.separation")
		if got := b.facts(); len(got) != 4 {
			t.Errorf("something was handed back: %q", got)
		}
	})
}

// list gives what a user sees, as "staff unit role item level rater comment".
func (b *bank) list(user string, f reviews.Filter) []string {
	b.t.Helper()
	var all []string
	q := page.Query{Limit: 2}
	for {
		list, next, err := b.reviews.Reviews(b.t.Context(), b.as(user), october, f, q)
		if err != nil {
			b.t.Fatalf("%s lists: %v", user, err)
		}
		for _, c := range list {
			if c.Names.Member == "" || c.Names.Unit == "" || c.Names.Item.Zh == "" || (c.Names.Rater == "") != (c.Rater == "") {
				b.t.Errorf("%s reads %+v of %s by %q", user, c.Names, c.StaffNo, c.Rater)
			}
			all = append(all, strings.Join([]string{c.StaffNo, c.Unit, c.Role, c.Item, c.Level, "by", c.Rater + "(" + c.WrittenBy + ")", c.Comment}, " "))
		}
		if q.Cursor = next; next == "" {
			slices.Sort(all)
			return all
		}
	}
}

func TestZ10_WhoGaveAPeerRatingIsKnownToItsRaterAndToThoseWhoMayHandItBack(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.submitted()
		b.mustSave("boss-a1", cell("a1-2 A1 manager teamwork 2", "只是草稿", 0))
		manager := []string{"a1-1 A1 manager daily_work 3 by boss-a1(boss-a1) ", "a1-1 A1 manager teamwork 4 by boss-a1(boss-a1) 经理的评语"}
		veiled := []string{"a1-1 A1 peer teamwork 3 by () 同事甲的评语", "a1-1 A1 peer teamwork 4 by () 同事乙的评语"}
		open := []string{"a1-1 A1 peer teamwork 3 by a1-2(a1-2) 同事甲的评语", "a1-1 A1 peer teamwork 4 by a1-3(a1-3) 同事乙的评语"}
		for user, want := range map[string][]string{
			"boss-a1": append(slices.Concat(manager, veiled), "a1-2 A1 manager teamwork 2 by boss-a1(boss-a1) 只是草稿"),
			"boss-a":  slices.Concat(manager, veiled),
			"boss-b":  nil,
			"hr":      slices.Concat(manager, open),
			"a1-1":    nil, // until the results are published
			"b1-1":    nil,
		} {
			if got := b.list(user, reviews.Filter{}); !slices.Equal(got, want) {
				t.Errorf("%s sees\n%s\nwant\n%s", user, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
		b.state("published")
		if got, want := b.list("a1-1", reviews.Filter{}), slices.Concat(manager, veiled); !slices.Equal(got, want) {
			t.Errorf("the member sees %q, want %q", got, want)
		}
		if got := b.list("a1-2", reviews.Filter{}); len(got) != 0 {
			t.Errorf("a peer sees %q", got)
		}
	})
}

func TestCase1_ABranchManagerReadsTheReviewsBelowAndNoneOfAnotherBranch(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.submitted()
		b.mustSave("boss-b", cell("b1-1 B1 manager teamwork 4", "", 0))
		b.mustSubmit("boss-b")
		for _, f := range []reviews.Filter{{Unit: "B1"}, {Unit: "B"}, {Staff: "b1-1"}} {
			if got := b.list("boss-a", f); len(got) != 0 {
				t.Errorf("%+v: sees %q", f, got)
			}
		}
		for f, want := range map[reviews.Filter]int{{Unit: "A"}: 4, {Unit: "H"}: 4, {Unit: "A1"}: 4, {Unit: "A2"}: 0, {Role: "peer"}: 2, {State: reviews.Returned}: 0, {Staff: "a1-1"}: 4} {
			if got := b.list("boss-a", f); len(got) != want {
				t.Errorf("%+v: sees %d, want %d", f, len(got), want)
			}
		}
		out := b.save("boss-a", cell("b1-1 B1 manager teamwork 4", "", 0), cell("nobody B1 manager teamwork 4", "", 0))
		for _, o := range out.Outcomes {
			if o.Problem == nil || o.Problem.Code != "review.not_yours" || o.Current != nil {
				t.Errorf("got %+v", o)
			}
		}
		progress, err := b.reviews.Progress(t.Context(), b.as("boss-a"), october, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range progress {
			if !strings.HasPrefix(p.Unit, "A") {
				t.Errorf("sees the progress of %s", p.Unit)
			}
		}
		for user, want := range map[string]int{"boss-a": 0, "hr": 2} {
			if got, err := b.reviews.Progress(t.Context(), b.as(user), october, "B"); err != nil || len(got) != want {
				t.Errorf("%s sees %+v of branch B: %v", user, got, err)
			}
		}
	})
}
