package runs_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods/runs"
)

func TestAMemberHasTheirPublishedResultsWithItemsAndEachManagerTheirPart(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		who := b.transferred()
		member := b.somebody(who.no, belonging(), who.after)
		if p, err := b.Runs.MemberPage(t.Context(), member, who.no, page.Query{}); err != nil || len(p.Rows) != 0 || p.Total != 0 {
			t.Errorf("before anything is published: %+v, %v", p, err)
		}
		b.publish()
		b.calculate() // what is not published is not shown
		p, err := b.Runs.MemberPage(t.Context(), member, who.no, page.Query{})
		if err != nil || len(p.Rows) != 1 || p.Total != 1 || p.Next != "" {
			t.Fatalf("the member sees %+v, %v", p, err)
		}
		own := p.Rows[0]
		if own.Period.Code != month || own.Status != runs.Complete || !own.Total.Known || own.UnitCode != who.main || own.UnitName == "" || len(own.Items) == 0 || len(own.Segments) < 2 {
			t.Errorf("the member sees %+v at %s", own.Result, own.UnitCode)
		}
		for _, unit := range []string{who.before, who.after} {
			p, err := b.Runs.MemberPage(t.Context(), b.somebody("", managing(), unit), who.no, page.Query{})
			if err != nil || len(p.Rows) != 1 {
				t.Fatalf("the manager of %s sees %+v, %v", unit, p, err)
			}
			row := p.Rows[0]
			if row.Status != runs.Partial || row.Total.Known || row.UnitCode != unit || len(row.Segments) != 1 || len(row.Items) == 0 {
				t.Errorf("the manager of %s sees %+v at %s", unit, row.Result, row.UnitCode)
			}
		}
	})
}

func TestZ02_AMemberOutOfScopeIsAnsweredLikeOneWhoIsNotThere(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		b.publish()
		manager, here := b.somebody("", managing(), "B01"), b.worked("B01")
		for _, no := range b.worked("B02") {
			if slices.Contains(here, no) {
				continue
			}
			_, of := b.Runs.MemberPage(t.Context(), manager, no, page.Query{})
			_, absent := b.Runs.MemberPage(t.Context(), manager, "999999", page.Query{})
			if fault.KindOf(of) != fault.NotFound || strings.ReplaceAll(of.Error(), no, "999999") != absent.Error() {
				t.Errorf("%s of another branch: %v; nobody: %v", no, of, absent)
			}
			break
		}
		colleague := b.value("SELECT MIN(staff_no) FROM results WHERE staff_no <> '100014'")
		if _, err := b.Runs.MemberPage(t.Context(), b.somebody("100014", belonging(), "B01"), colleague, page.Query{}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a colleague: %v", err)
		}
	})
}
