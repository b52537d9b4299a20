package periods_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

// looking is a user who reads batches and staff at a unit and below.
func (o *office) looking(unitID int64) rbac.Actor {
	o.t.Helper()
	s, err := rbac.NewSnapshot(rbac.Policy{
		Units: []rbac.Unit{
			{ID: 1, Code: "HQ", Path: "/1/", Level: rbac.HeadOffice}, {ID: 2, Code: "B1", Path: "/1/2/", Level: rbac.Branch}, {ID: 3, Code: "B2", Path: "/1/3/", Level: rbac.Branch},
		},
		Users: []rbac.User{{ID: 1, Name: "looker"}},
		Roles: []rbac.Role{{Code: "looker", Lines: []rbac.Line{
			{Permission: rbac.BatchRead, Reach: rbac.Subtree, Effect: rbac.Allow}, {Permission: rbac.StaffRead, Reach: rbac.Subtree, Effect: rbac.Allow},
		}}},
		Grants: []rbac.Grant{{ID: 1, UserID: 1, Role: "looker", UnitID: unitID, From: "2020-01-01"}},
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return s.Actor(1, "2026-11-02")
}

// covered gives the coverage as one text for each cell that needs something.
func (o *office) covered(actor rbac.Actor, unit string) map[string]string {
	o.t.Helper()
	c, err := o.Coverage(o.t.Context(), actor, "2026-10", unit)
	if err != nil {
		o.t.Fatal(err)
	}
	cells := map[string]string{}
	for _, u := range c.Units {
		for i, cell := range u.Cells {
			if cell.Expected > 0 {
				cells[u.Unit.Code+" "+c.Sources[i].Key()] = fmt.Sprintf("%d/%d", cell.Present, cell.Expected)
			}
		}
	}
	return cells
}

func TestCoverageCountsWhatBlocksThePeriodByUnitAndSource(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fact("targets", "staff_id, metric_id, target", "1, 1, '100'")
		o.fact("actuals", "staff_id, metric_id, actual", "1, 1, '90'")
		o.fact("actuals", "staff_id, metric_id, actual", "2, 1, '80'")
		o.fact("surveys", "staff_id, item, answers, answers_sum", "2, 'voice', 3, '9'")
		o.fact("reviews", "staff_id, item, role, rater, level", "1, 'team', 'peer', 'x', '5'") // the manager, whom it needs, has not rated
		want := map[string]string{
			"B1 target:deposits": "1/1", "B1 actual:deposits": "1/1", "B1 survey:voice": "0/1", "B1 review:team": "0/1",
			"B2 target:deposits": "0/1", "B2 actual:deposits": "1/1", "B2 survey:voice": "1/1", "B2 review:team": "0/1",
		}
		if got := o.covered(operator, ""); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
		lacking := 0
		for _, state := range []periods.State{periods.Draft, periods.Collecting} {
			o.at(state)
			for blocker, n := range o.blockers() {
				if !strings.HasPrefix(blocker, "scorecard") {
					lacking += n
				}
			}
		}
		if lacking != 4 {
			t.Errorf("%d inputs block the period, 4 are not covered", lacking)
		}
		for unit, actor := range map[string]rbac.Actor{"B2": operator, "": o.looking(3)} {
			got := o.covered(actor, unit)
			if len(got) != 4 || got["B2 actual:deposits"] != "1/1" {
				t.Errorf("of %q alone: %v", unit, got)
			}
		}
		_, elsewhere := o.Coverage(t.Context(), o.looking(3), "2026-10", "B1")
		_, absent := o.Coverage(t.Context(), o.looking(3), "2026-10", "B9")
		if fault.KindOf(elsewhere) != fault.NotFound || strings.ReplaceAll(elsewhere.Error(), "B1", "B9") != absent.Error() {
			t.Errorf("another branch: %v; none: %v", elsewhere, absent)
		}
	})
}

// assigned lists the staff numbers with their flags.
func (o *office) assigned(actor rbac.Actor, f periods.AssignedFilter) []string {
	o.t.Helper()
	p, err := o.Assigned(o.t.Context(), actor, "2026-10", f, page.Query{})
	if err != nil {
		o.t.Fatal(err)
	}
	list := []string{}
	for _, m := range p.Members {
		text := m.StaffNo
		for _, s := range m.Segments {
			text += fmt.Sprintf(" %s/%s/%d/%s", s.Unit.Code, s.Position, s.Days, s.Scorecard)
		}
		for _, flag := range m.Flags {
			text += " " + string(flag)
		}
		list = append(list, text)
	}
	if p.Total != int64(len(list)) {
		o.t.Errorf("%d of %d", len(list), p.Total)
	}
	return list
}

func TestAssignmentsOfAPeriodSayWhoIsAssessedByWhatAndWhatIsParticular(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.exec("INSERT INTO staff (id, staff_no, name, hired_on) VALUES (4, '004', 'D', '2026-10-11'), (5, '005', 'E', '2020-01-01'), (6, '006', 'F', '2020-01-01'), (7, '007', 'G', '2020-01-01')")
		o.exec(`INSERT INTO assignments (staff_id, unit_id, position, from_on, state) VALUES
			(4, 2, 'rm', '2026-10-11', 'active'), (5, 2, 'rm', '2020-01-01', 'active'), (5, 3, 'rm', '2026-10-04', 'active'),
			(6, 3, 'rm', '2020-01-01', 'active'), (6, 3, 'rm', '2026-10-20', 'left'), (7, 2, 'rm', '2020-01-01', 'left')`)
		o.exec("INSERT INTO assignments (staff_id, unit_id, position, from_on, to_on, state) VALUES (1, 2, 'rm', '2026-10-05', '2026-10-06', 'leave')")
		for _, c := range []struct {
			filter periods.AssignedFilter
			want   []string
		}{
			{periods.AssignedFilter{}, []string{
				"001 B1/rm/29/rm on_leave", "002 B2/rm/31/rm", "003 B2/guard/31/ no_scorecard", "004 B1/rm/21/rm joined",
				"005 B1/rm/3/rm B2/rm/28/rm transferred too_short", "006 B2/rm/19/rm left",
			}},
			{periods.AssignedFilter{Flag: periods.Transferred}, []string{"005 B1/rm/3/rm B2/rm/28/rm transferred too_short"}},
			{periods.AssignedFilter{Scorecard: periods.NoCard}, []string{"003 B2/guard/31/ no_scorecard"}},
			{periods.AssignedFilter{Scorecard: "rm", Unit: "B1"}, []string{"001 B1/rm/29/rm on_leave", "004 B1/rm/21/rm joined", "005 B1/rm/3/rm B2/rm/28/rm transferred too_short"}},
			{periods.AssignedFilter{Search: "00", Flag: periods.LeftWork}, []string{"006 B2/rm/19/rm left"}},
		} {
			if got := o.assigned(operator, c.filter); !slices.Equal(got, c.want) {
				t.Errorf("%+v:\ngot  %q\nwant %q", c.filter, got, c.want)
			}
		}
		if got, want := o.assigned(o.looking(2), periods.AssignedFilter{}), []string{"001 B1/rm/29/rm on_leave", "004 B1/rm/21/rm joined", "005 B1/rm/3/rm left too_short"}; !slices.Equal(got, want) {
			t.Errorf("the manager of B1 sees\n%q, want\n%q", got, want)
		}
		if _, err := o.Assigned(t.Context(), o.looking(2), "2026-10", periods.AssignedFilter{Unit: "B2"}, page.Query{}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another branch: %v", err)
		}
	})
}
