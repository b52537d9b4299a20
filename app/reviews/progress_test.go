package reviews_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/reviews"
)

var importsPage = imports.Page{}

func TestHRSeesHowFarTheReviewsAreByUnitAndRole(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.submitted()
		b.load("reviews", "csv", "period,staff_no,item,role,rater,level", "2026-10,a2-1,teamwork,manager,paper-1,3")
		b.mustSave("boss-a1", cell("a1-2 A1 manager teamwork 4", "", 0))
		if _, err := b.reviews.Return(t.Context(), b.as("hr"), october, back("a1-2", "peer", "")); err != nil {
			t.Fatal(err)
		}
		got := []string{}
		list, err := b.reviews.Progress(t.Context(), b.as("hr"), october, "A")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			got = append(got, fmt.Sprintf("%s %s: due %d, draft %d, submitted %d, returned %d", p.Unit, p.Role, p.Due, p.Draft, p.Submitted, p.Returned))
		}
		want := []string{
			"A1 manager: due 6, draft 1, submitted 2, returned 0",
			"A1 peer: due 6, draft 0, submitted 1, returned 1",
			"A1 self: due 3, draft 0, submitted 0, returned 0",
			"A2 manager: due 2, draft 0, submitted 1, returned 0",
			"A2 self: due 1, draft 0, submitted 0, returned 0",
		}
		if !slices.Equal(got, want) {
			t.Errorf("the progress is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		_, err = b.reviews.Progress(t.Context(), b.as("nobody"), october, "")
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("somebody without a role: %v", err)
		}
		if own, err := b.reviews.Progress(t.Context(), b.as("a1-1"), october, ""); err != nil || len(own) != 0 {
			t.Errorf("a member sees %+v: %v", own, err)
		}
	})
}

func named(rater, role string) reviews.NewReviewer {
	return reviews.NewReviewer{StaffNo: "a1-1", Unit: "A1", Role: role, Rater: rater, Reason: "支行长休假"}
}

func TestWhoIsNamedRatesUntilItIsEnded(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		made, err := b.reviews.Name(t.Context(), b.as("hr"), october, named("a2-1", "mentor"))
		if err != nil {
			t.Fatal(err)
		}
		if made.Source != reviews.ByName || made.Position != "rm" || made.RaterName != "李一" || made.NamedBy != "hr" {
			t.Errorf("named %+v", made)
		}
		_, err = b.reviews.Name(t.Context(), b.as("hr"), october, named("a2-1", "mentor"))
		wantFault(t, err, fault.Conflict, "reviewer.taken")
		b.wantSeats("a2-1", "mentor of a1-1 at A1", "self of a2-1 at A2")
		b.mustSave("a2-1", cell("a1-1 A1 mentor daily_work 4", "", 0))
		b.mustSubmit("a2-1")
		got := []string{}
		list, _, err := b.reviews.Reviewers(t.Context(), b.as("hr"), october, reviews.Who{Staff: "a1-1"}, page.Query{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			if r.Name != "王一" || r.UnitName == "" {
				t.Errorf("whom %s reviews is called %q of %q", r.Rater, r.Name, r.UnitName)
			}
			got = append(got, strings.Join([]string{r.Role, r.Rater, r.RaterName, string(r.Source), r.Reason}, " "))
		}
		want := []string{"manager boss-a1 甲一行长 rule ", "mentor a2-1 李一 named 支行长休假", "peer a1-2 王二 rule ", "peer a1-3 王三 rule ", "self a1-1 王一 rule "}
		if !slices.Equal(got, want) {
			t.Errorf("the reviewers are %q, want %q", got, want)
		}
		if all, _, err := b.reviews.Reviewers(t.Context(), b.as("hr"), october, reviews.Who{Unit: "A"}, page.Query{Limit: 3}); err != nil || len(all) != 3 || all[0].Role != "manager" {
			t.Errorf("the reviewers of A are %+v: %v", all, err)
		}
		if err := b.reviews.EndNaming(t.Context(), b.as("hr"), october, made.ID); err != nil {
			t.Fatal(err)
		}
		wantFault(t, b.reviews.EndNaming(t.Context(), b.as("hr"), october, made.ID), fault.NotFound, "reviewer.unknown")
		b.wantSeats("a2-1", "self of a2-1 at A2")
		if got := b.facts(); len(got) != 1 {
			t.Errorf("what was submitted is gone: %q", got)
		}
	})
}

func TestD01_NobodyIsNamedForThemselvesNorNamesThemselves(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		_, err := b.reviews.Name(t.Context(), b.as("hr"), october, reviews.NewReviewer{StaffNo: "a1-1", Unit: "A1", Role: "manager", Rater: "a1-1", Reason: "x"})
		wantFault(t, err, fault.Forbidden, "reviewer.self")
		_, err = b.reviews.Name(t.Context(), b.as("hr"), october, named("hr", "manager"))
		wantFault(t, err, fault.Forbidden, "access.refused.separation")
		b.grant("a1-1", "hr", "H")
		_, err = b.reviews.Name(t.Context(), b.as("a1-1"), october, named("a2-1", "manager"))
		wantFault(t, err, fault.Forbidden, "access.refused.separation")
		_, err = b.reviews.Name(t.Context(), b.as("boss-a"), october, named("a2-1", "manager"))
		wantFault(t, err, fault.Forbidden, "access.refused.grant")
		for _, role := range []string{"manager", "peer", "mentor"} {
			_, err = b.reviews.Name(t.Context(), b.as("hr"), october, reviews.NewReviewer{StaffNo: "a1-2", Unit: "A1", Role: role, Rater: "a1-1", Reason: "x"})
			wantFault(t, err, fault.Forbidden, "reviewer.head_office")
		}
		for name, n := range map[string]reviews.NewReviewer{
			"reviewer.role":    named("a2-1", "stranger"),
			"reviewer.rater":   named("nobody", "manager"),
			"reviewer.segment": {StaffNo: "a1-1", Unit: "A2", Role: "manager", Rater: "a2-1", Reason: "x"},
			"review.no_reason": {StaffNo: "a1-1", Unit: "A1", Role: "manager", Rater: "a2-1", Reason: " "},
		} {
			_, err := b.reviews.Name(t.Context(), b.as("hr"), october, n)
			wantFault(t, err, fault.Invalid, name)
		}
		b.exec(`INSERT INTO reviewers (period_id, staff_id, unit_id, position, role, rater_id, named_by, named_at)
			SELECT p.id, s.id, u.id, 'rm', 'manager', s.id, 'x', ? FROM periods p, staff s, units u WHERE s.staff_no = 'a1-2' AND u.code = 'A1'`, clock())
		b.wantSeats("a1-2", "peer of a1-1 at A1", "peer of a1-3 at A1", "self of a1-2 at A1")
	})
}

func TestARubricIsPutWithItsVersionAndDescribesTheGridsLevels(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		level := reviews.RubricLevel{Level: "5", Name: reviews.Text{Zh: "卓越", En: "Outstanding"}, Description: reviews.Text{Zh: "主动补位", En: "Steps in unasked"}}
		r := reviews.Rubric{Code: "teamwork", Name: reviews.Text{Zh: "团队协作", En: "Teamwork"}, Levels: []reviews.RubricLevel{level}}
		_, err := b.reviews.PutRubric(t.Context(), b.as("boss-a"), r)
		wantFault(t, err, fault.Forbidden, "access.refused.grant")
		put, err := b.reviews.PutRubric(t.Context(), b.as("hr"), r)
		if err != nil || put.Version != 1 {
			t.Fatalf("put %+v: %v", put, err)
		}
		r.Name.En = "Working together"
		_, err = b.reviews.PutRubric(t.Context(), b.as("hr"), r)
		wantFault(t, err, fault.Conflict, "rubric.version")
		if f, _ := fault.As(err); f.Current == nil {
			t.Error("the conflict does not show what stands there")
		}
		r.Version = 1
		if put, err = b.reviews.PutRubric(t.Context(), b.as("hr"), r); err != nil || put.Version != 2 {
			t.Fatalf("put %+v: %v", put, err)
		}
		if again, err := b.reviews.PutRubric(t.Context(), b.as("hr"), r); err != nil || again.Version != 2 {
			t.Errorf("the same again: %+v: %v", again, err)
		}
		wrong := reviews.Rubric{Code: "x\x00", Levels: []reviews.RubricLevel{level, level}}
		_, err = b.reviews.PutRubric(t.Context(), b.as("hr"), wrong)
		wantFault(t, err, fault.Invalid, "rubric.wrong")
		if f, _ := fault.As(err); len(f.Problems) != 4 {
			t.Errorf("the problems are %v", f.In(lang.En))
		}
		grid, err := b.reviews.Grid(t.Context(), b.as("boss-a1"), october, reviews.GridFilter{}, page.Query{})
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, l := range grid.Items[0].Levels {
			line := l.Level + " " + l.Points
			if l.Name != nil {
				line += " " + l.Name.Zh + " " + l.Description.En
			}
			if l.CommentRequired {
				line += " !"
			}
			got = append(got, line)
		}
		slices.Sort(got)
		if want := []string{"1 0 !", "2 50", "3 70", "4 85", "5 100 卓越 Steps in unasked !"}; !slices.Equal(got, want) {
			t.Errorf("the levels are %q, want %q", got, want)
		}
		list, next, err := b.reviews.Rubrics(t.Context(), b.as("hr"), page.Query{})
		if err != nil || len(list) != 1 || next != "" || list[0].Name.En != "Working together" {
			t.Errorf("the list is %+v: %v", list, err)
		}
		if n := b.rows("SELECT COUNT(*) || '' FROM audit_records WHERE action = 'rubric.put'"); n[0] != "2" {
			t.Errorf("%s records", n[0])
		}
	})
}
