package facts_test

import (
	"context"
	"slices"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods/facts"
	"github.com/steelyard/steelyard/rbac"
)

func (b *bank) service() *facts.Service { return facts.NewService(b.db, b.imports) }

// targets reads every page of the targets that an actor sees.
func (b *bank) targets(actor rbac.Actor, f facts.TargetFilter) []*facts.Target {
	b.t.Helper()
	var all []*facts.Target
	q := page.Query{Limit: 50}
	for {
		p, err := b.service().Targets(b.t.Context(), actor, "2026-10", f, q)
		if err != nil {
			b.t.Fatal(err)
		}
		all = append(all, p.Targets...)
		if q.Cursor = p.Next; q.Cursor == "" {
			if p.Total != int64(len(all)) {
				b.t.Errorf("%+v: %d of %d", f, len(all), p.Total)
			}
			return all
		}
	}
}

// target gives the one target of a member for a metric; of several segments, that at a unit.
func (b *bank) target(staffNo, metric, unit string) *facts.Target {
	b.t.Helper()
	for _, t := range b.targets(b.actor, facts.TargetFilter{Search: staffNo, Metric: metric}) {
		if t.StaffNo == staffNo && (unit == "" || t.Unit == unit) {
			return t
		}
	}
	b.t.Fatalf("%s is asked for no target of %s", staffNo, metric)
	return nil
}

func (b *bank) save(actor rbac.Actor, changes ...facts.TargetChange) *facts.TargetOutcomes {
	b.t.Helper()
	out, err := b.service().SaveTargets(b.t.Context(), actor, "2026-10", changes)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

func text(s string) *string { return &s }

// change asks for another target in the place of the one that is shown.
func change(t *facts.Target, target string) facts.TargetChange {
	return facts.TargetChange{StaffNo: t.StaffNo, Unit: t.Unit, Position: t.Position, Metric: t.Metric.Code, Target: &target, Version: t.Version}
}

// manager holds period.read, result.read and target.import at a unit and below, and may be a member.
func (b *bank) manager(unit, staffNo string) rbac.Actor {
	b.t.Helper()
	p := rbac.Policy{Version: 1, Users: []rbac.User{{ID: 1, Name: "manager"}}, Roles: []rbac.Role{{Code: "role"}}}
	for _, permission := range []rbac.Permission{rbac.PeriodRead, rbac.ResultRead, rbac.TargetImport} {
		p.Roles[0].Lines = append(p.Roles[0].Lines, rbac.Line{Permission: permission, Reach: rbac.Subtree, Effect: rbac.Allow})
	}
	err := b.db.Snapshot(b.t.Context(), func(ctx context.Context, tx db.Tx) error {
		if staffNo != "" {
			if err := tx.QueryRowContext(ctx, "SELECT id FROM staff WHERE staff_no = ?", staffNo).Scan(&p.Users[0].StaffID); err != nil {
				return err
			}
		}
		return tx.Each(ctx, "SELECT id, code, path, level FROM units", nil, func(r db.Row) error {
			p.Units = append(p.Units, rbac.Unit{ID: r.Int(0), Code: r.Text(1), Path: r.Text(2), Level: rbac.Level(r.Text(3))})
			if r.Text(1) == unit {
				p.Grants = []rbac.Grant{{ID: 1, UserID: 1, Role: "role", UnitID: r.Int(0), From: "2020-01-01"}}
			}
			return nil
		})
	})
	if err != nil {
		b.t.Fatal(err)
	}
	snapshot, err := rbac.NewSnapshot(p)
	if err != nil {
		b.t.Fatal(err)
	}
	return snapshot.Actor(1, "2026-11-02")
}

func TestTargetsAreListedForWhatScorecardsAskForAndWhatIsMissingIsWhatBlocksThePeriod(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		blocked := func() int {
			status, err := b.periods.Show(t.Context(), b.actor, "2026-10")
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, blocker := range status.Blockers {
				if blocker.Code == "targets" {
					n += blocker.Count
				}
			}
			return n
		}
		missing := b.targets(b.actor, facts.TargetFilter{Missing: true})
		if len(missing) == 0 || len(missing) < blocked() {
			t.Errorf("nothing is there: %d are missing, %d block the period", len(missing), blocked())
		}
		b.mustImport("targets", "testdata/targets.xlsx")
		missing = b.targets(b.actor, facts.TargetFilter{Missing: true})
		if len(missing) < blocked() {
			t.Errorf("%d are missing, %d block the period", len(missing), blocked())
		}
		all := b.targets(b.actor, facts.TargetFilter{})
		for _, one := range all {
			if one.Target+one.Baseline != "" && one.Version == 0 || one.Unit == "" || one.Position == "" {
				t.Errorf("%+v", one)
			}
		}
		under := b.targets(b.actor, facts.TargetFilter{Unit: "B02", Metric: "deposits"})
		if len(under) == 0 || len(under) >= len(all) || slices.ContainsFunc(under, func(t *facts.Target) bool { return t.Metric.Code != "deposits" || t.Unit[:3] != "B02" }) {
			t.Errorf("of a branch and a metric: %d", len(under))
		}
	})
}

func TestTypedTargetsAreOneBatchThatStandsBesideTheOldAndIsUndone(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.mustImport("targets", "testdata/targets.xlsx")
		one, other := b.target("100007", "deposits", ""), b.target("100014", "deposits", "")
		stale := change(other, "7")
		stale.Version = 0
		wrong := change(other, "12,34")
		nobody := facts.TargetChange{StaffNo: "999999", Metric: "deposits", Target: text("1")}
		unasked := change(other, "1")
		unasked.Metric = "nothing"
		out := b.save(b.actor, change(one, " １,234.50 "), wrong, stale, nobody, unasked)
		if out.Batch == 0 || out.Outcomes[0].Saved == nil || out.Outcomes[0].Saved.Target != "1234.5" || out.Outcomes[0].Saved.Version != out.Batch {
			t.Fatalf("saved: %+v in batch %d", out.Outcomes[0], out.Batch)
		}
		for i, code := range []string{"", "cell.number", "facts.old_version", "facts.not_in_scope", "facts.not_asked"} {
			if p := out.Outcomes[i].Problem; code != "" && (p == nil || p.Code != code) {
				t.Errorf("cell %d: got %+v, want %s", i, p, code)
			}
		}
		if c := out.Outcomes[2].Current; c == nil || c.Version != other.Version || c.Target != other.Target {
			t.Errorf("what stands there now: %+v", c)
		}
		if now := b.target("100007", "deposits", ""); now.Target != "1234.5" || now.Baseline != one.Baseline || now.Version != out.Batch {
			t.Errorf("now: %+v", now)
		}
		if n := b.count("SELECT COUNT(*) FROM targets WHERE ended_batch_id = ?", out.Batch); n != 1 {
			t.Errorf("%d rows have ended", n)
		}
		if again := b.save(b.actor, change(b.target("100007", "deposits", ""), "1234.50")); again.Batch != 0 || again.Outcomes[0].Saved == nil {
			t.Errorf("the same again: %+v", again)
		}
		none := b.save(b.actor, facts.TargetChange{StaffNo: "100007", Metric: "deposits", Target: text(""), Baseline: text(""), Version: out.Batch})
		if now := b.target("100007", "deposits", ""); now.Target+now.Baseline != "" || now.Version != 0 || none.Outcomes[0].Saved == nil {
			t.Errorf("taken away: %+v", now)
		}
		for _, batch := range []int64{none.Batch, out.Batch} {
			if _, err := b.imports.Undo(t.Context(), b.actor, batch); err != nil {
				t.Fatal(err)
			}
		}
		if now := b.target("100007", "deposits", ""); now.Target != one.Target || now.Version != one.Version {
			t.Errorf("undone: %+v, it was %+v", now, one)
		}
	})
}

func TestATypedTargetOfOneSegmentLeavesThatOfTheOtherAsItIs(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		no := ""
		for _, one := range b.targets(b.actor, facts.TargetFilter{Metric: "deposits"}) {
			if one.StaffNo == no {
				break
			}
			no = one.StaffNo
		}
		b.lines("targets", targetsHead, "2026-10,"+no+",deposits,30,,")
		rows := b.targets(b.actor, facts.TargetFilter{Search: no, Metric: "deposits"})
		if len(rows) != 2 || rows[0].Target != "30" || rows[1].Target != "30" {
			t.Fatalf("%s: %+v", no, rows)
		}
		if out := b.save(b.actor, facts.TargetChange{StaffNo: no, Metric: "deposits", Target: text("1"), Version: rows[0].Version}); out.Outcomes[0].Problem == nil || out.Outcomes[0].Problem.Code != "facts.name_place" {
			t.Errorf("without a place: %+v", out.Outcomes[0])
		}
		b.save(b.actor, change(rows[0], "40"))
		after := b.targets(b.actor, facts.TargetFilter{Search: no, Metric: "deposits"})
		if after[0].Target != "40" || after[1].Target != "30" || after[1].Version != rows[1].Version {
			t.Errorf("after: %+v %+v", after[0], after[1])
		}
		b.save(b.actor, change(after[0], ""))
		gone := b.targets(b.actor, facts.TargetFilter{Search: no, Metric: "deposits"})
		if gone[0].Target != "" || gone[1].Target != "30" {
			t.Errorf("taken away: %+v %+v", gone[0], gone[1])
		}
	})
}

func TestNobodySetsTheirOwnTargetOrThoseOfAnotherBranch(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.mustImport("targets", "testdata/targets.xlsx")
		mine, theirs := "", ""
		for _, one := range b.targets(b.actor, facts.TargetFilter{Metric: "deposits"}) {
			switch {
			case one.Unit[:3] == "B02" && mine == "":
				mine = one.StaffNo
			case one.Unit[:3] == "B03" && theirs == "":
				theirs = one.StaffNo
			}
		}
		manager := b.manager("B02", mine)
		for _, one := range b.targets(manager, facts.TargetFilter{}) {
			if one.Unit[:3] != "B02" {
				t.Errorf("the manager of B02 sees %+v", one)
			}
		}
		if _, err := b.service().Targets(t.Context(), manager, "2026-10", facts.TargetFilter{Unit: "B03"}, page.Query{}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another branch: %v", err)
		}
		out := b.save(manager, change(b.target(mine, "deposits", ""), "1"), change(b.target(theirs, "deposits", ""), "1"))
		for i, code := range []string{"access.refused.separation", "facts.not_in_scope"} {
			if p := out.Outcomes[i].Problem; p == nil || p.Code != code || out.Outcomes[i].Current != nil {
				t.Errorf("cell %d: %+v, want %s", i, out.Outcomes[i], code)
			}
		}
		if out.Batch != 0 {
			t.Error("something was saved")
		}
	})
}

func TestAPublishedPeriodTakesNoTypedTargets(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		one := b.target("100007", "deposits", "")
		b.exec("UPDATE periods SET state = 'published', published_run_id = 1")
		_, err := b.service().SaveTargets(t.Context(), b.actor, "2026-10", []facts.TargetChange{change(one, "1")})
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("got %v", err)
		}
		if _, err := b.service().SaveTargets(t.Context(), b.actor, "2027-01", []facts.TargetChange{change(one, "1")}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a period that is not there: %v", err)
		}
	})
}
