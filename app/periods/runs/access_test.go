package runs_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/app/reports"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// somebody is a user with one role of these lines at some units, who may be a
// member of the staff.
func (b *bank) somebody(staffNo string, lines []rbac.Line, units ...string) rbac.Actor {
	b.Helper()
	p := rbac.Policy{Version: 1, Roles: []rbac.Role{{Code: "role", Lines: lines}}, Users: []rbac.User{{ID: 1, Name: "somebody"}}}
	err := b.DB.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error {
		if staffNo != "" {
			if err := tx.QueryRowContext(ctx, "SELECT id FROM staff WHERE staff_no = ?", staffNo).Scan(&p.Users[0].StaffID); err != nil {
				return err
			}
		}
		return tx.Each(ctx, "SELECT id, code, path, level FROM units", nil, func(r db.Row) error {
			p.Units = append(p.Units, rbac.Unit{ID: r.Int(0), Code: r.Text(1), Path: r.Text(2), Level: rbac.Level(r.Text(3))})
			if slices.Contains(units, r.Text(1)) {
				p.Grants = append(p.Grants, rbac.Grant{ID: int64(len(p.Grants) + 1), UserID: 1, Role: "role", UnitID: r.Int(0), From: "2020-01-01"})
			}
			return nil
		})
	})
	if err != nil {
		b.Fatal(err)
	}
	snapshot, err := rbac.NewSnapshot(p)
	if err != nil {
		b.Fatal(err)
	}
	return snapshot.Actor(1, "2026-11-02")
}

func lines(reach rbac.Reach, permissions ...rbac.Permission) []rbac.Line {
	var list []rbac.Line
	for _, p := range permissions {
		list = append(list, rbac.Line{Permission: p, Reach: reach, Effect: rbac.Allow})
	}
	return list
}

func managing() []rbac.Line {
	return lines(rbac.Subtree, rbac.PeriodRead, rbac.ResultRead, rbac.ExportRun, rbac.ReviewRead)
}

func belonging() []rbac.Line {
	return append(lines(rbac.AtUnit, rbac.PeriodRead), lines(rbac.Self, rbac.ResultRead)...)
}

// transferred is a member with a segment that counts in each of two branches.
type transferred struct{ no, name, before, after, main string }

func (b *bank) transferred() transferred {
	b.Helper()
	var t transferred
	err := b.DB.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT r.staff_no, r.name, bu.code, cu.code, mu.code FROM results r
			JOIN units mu ON mu.id = r.unit_id
			JOIN result_segments b ON b.run_id = r.run_id AND b.staff_id = r.staff_id AND b.segment_no = 1 AND b.status <> 'short' JOIN units bu ON bu.id = b.unit_id
			JOIN result_segments c ON c.run_id = r.run_id AND c.staff_id = r.staff_id AND c.segment_no = 2 AND c.status <> 'short' JOIN units cu ON cu.id = c.unit_id
			WHERE b.unit_id <> c.unit_id AND r.status = 'complete' ORDER BY r.staff_no LIMIT 1`).Scan(&t.no, &t.name, &t.before, &t.after, &t.main)
	})
	if err != nil {
		b.Fatal(err)
	}
	return t
}

// rows reads every page of a list.
func (b *bank) rows(actor rbac.Actor, f runs.PageFilter, sort string, limit int) ([]runs.Row, int64) {
	b.Helper()
	var rows []runs.Row
	q := page.Query{Limit: limit, Sort: sort}
	for {
		p, err := b.Runs.Page(b.Context(), actor, month, f, q)
		if err != nil {
			b.Fatal(err)
		}
		rows = append(rows, p.Rows...)
		if q.Cursor = p.Next; q.Cursor == "" {
			return rows, p.Total
		}
	}
}

func numbers(rows []runs.Row) []string {
	list := make([]string, len(rows))
	for i := range rows {
		list[i] = rows[i].StaffNo
	}
	return list
}

// worked gives who has a segment at a unit or below it, by staff number.
func (b *bank) worked(unit string) []string {
	b.Helper()
	var list []string
	err := b.DB.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`SELECT DISTINCT st.staff_no FROM result_segments s JOIN staff st ON st.id = s.staff_id JOIN units u ON u.id = s.unit_id
			JOIN units top ON top.code = ? AND u.path >= top.path AND u.path < REPLACE(top.path || '!', '/!', '0') ORDER BY 1`, unit).Scan(ctx, &list)
	})
	if err != nil {
		b.Fatal(err)
	}
	return list
}

func TestZ05_AListItsTotalSearchAndSortTellOfTheScopeAlone(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		manager, all := b.somebody("", managing(), "B01"), b.somebody("", managing(), b.value("SELECT code FROM units WHERE parent_id IS NULL"))
		want := b.worked("B01")
		for _, unit := range []string{"B01", "B0101"} { // many of the bank, and few
			some, actor := b.worked(unit), b.somebody("", managing(), unit)
			for _, sort := range []string{"", "-staff_no", "name", "-name", "total", "-total", "rank", "-rank"} {
				rows, total := b.rows(actor, runs.PageFilter{}, sort, 7)
				got := numbers(rows)
				slices.Sort(got)
				if !slices.Equal(got, some) || total != int64(len(some)) {
					t.Errorf("%s by %q: %d of %d, %d are in scope", unit, sort, len(got), total, len(some))
				}
			}
		}
		rows, total := b.rows(all, runs.PageFilter{}, "-total", 50)
		if len(rows) != 240 || total != 240 || !slices.IsSortedFunc(rows, func(x, y runs.Row) int { return int(y.Total.Scaled - x.Total.Scaled) }) {
			t.Errorf("the whole bank by total: %d of %d", len(rows), total)
		}
		for _, row := range rows {
			if slices.Contains(want, row.StaffNo) {
				continue
			}
			for _, search := range []string{row.StaffNo, row.Name} {
				if found, total := b.rows(manager, runs.PageFilter{Search: search}, "", 50); slices.Contains(numbers(found), row.StaffNo) || total != int64(len(found)) {
					t.Fatalf("a search for %s of another branch finds %d", search, total)
				}
			}
			break
		}
	})
}

func TestZ02_AFilterNarrowsTheScopeAndNeverWidensIt(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		manager := b.somebody("", managing(), "B01")
		_, elsewhere := b.Runs.Page(t.Context(), manager, month, runs.PageFilter{Unit: "B02"}, page.Query{})
		_, absent := b.Runs.Page(t.Context(), manager, month, runs.PageFilter{Unit: "B99"}, page.Query{})
		if fault.KindOf(elsewhere) != fault.NotFound || strings.ReplaceAll(elsewhere.Error(), "B02", "B99") != absent.Error() {
			t.Errorf("another branch: %v; no branch: %v", elsewhere, absent)
		}
		for _, f := range []runs.PageFilter{{Unit: "B01"}, {Status: runs.Complete}, {Status: runs.Partial}, {Grade: "A"}, {Search: "%"}, {Search: "_"}} {
			rows, total := b.rows(manager, f, "", 50)
			for _, row := range rows {
				if !slices.Contains(b.worked("B01"), row.StaffNo) {
					t.Errorf("%+v: %s is of another branch", f, row.StaffNo)
				}
			}
			if total != int64(len(rows)) || f.Search != "" && total != 0 {
				t.Errorf("%+v: %d of %d", f, len(rows), total)
			}
		}
	})
}

func TestAfterATransferEachManagerSeesTheirPartAndTheMemberBoth(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		who := b.transferred()
		for _, unit := range []string{who.before, who.after} {
			other := who.before
			if unit == who.before {
				other = who.after
			}
			manager := b.somebody("", managing(), unit)
			book, m, err := b.Runs.Explain(t.Context(), manager, month, runs.Latest, who.no)
			if err != nil {
				t.Fatal(err)
			}
			book.NamePlaces(m, lang.En)
			text := strings.Join(m.Lines(lang.En), "\n") + string(book.AppendJSON(nil, m.Result))
			if m.Status != runs.Partial || m.Total.Known || m.Place != 0 || len(m.Segments) != 1 || len(m.Trace.Segments) != 1 || m.Unit.Code != unit || len(m.Input.Segments) != 1 {
				t.Errorf("the manager of %s sees %+v at %s", unit, m.Result, m.Unit.Code)
			}
			hidden := book.Units[idOf(book, other)]
			if strings.Contains(text, hidden.Name) {
				t.Errorf("the manager of %s reads of %s:\n%s", unit, hidden.Name, text)
			}
			rows, _ := b.rows(manager, runs.PageFilter{Search: who.no}, "total", 50)
			if len(rows) != 1 || rows[0].Status != runs.Partial || rows[0].UnitCode != unit || rows[0].Total.Known || rows[0].Grade != "" {
				t.Errorf("the list of %s has %+v", unit, rows)
			}
			if rows, _ := b.rows(manager, runs.PageFilter{Unit: unit, Status: runs.Partial}, "", 50); !slices.Contains(numbers(rows), who.no) {
				t.Errorf("the filter on %s leaves %s out", unit, who.no)
			}
		}
		b.publish()
		member := b.somebody(who.no, belonging(), who.after)
		_, m, err := b.Runs.Explain(t.Context(), member, month, runs.Latest, who.no)
		if err != nil || m.Status != runs.Complete || len(m.Segments) < 2 || !m.Total.Known {
			t.Errorf("the member sees %+v, %v", m, err)
		}
		both := b.somebody("", managing(), who.before, who.after)
		if _, m, err := b.Runs.Explain(t.Context(), both, month, runs.Latest, who.no); err != nil || m.Status != runs.Complete || !m.Total.Known {
			t.Errorf("a manager of both units sees %+v, %v", m, err)
		}
	})
}

func idOf(book *runs.Book, code string) int64 {
	for id, u := range book.Units {
		if u.Code == code {
			return id
		}
	}
	return 0
}

func TestAMemberSeesTheirOwnResultOncePublishedAndNobodyElses(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		member := b.somebody("100014", belonging(), "B01")
		for name, err := range map[string]error{
			"the page":              second(b.Runs.Page(t.Context(), member, month, runs.PageFilter{}, page.Query{})),
			"the run by its number": second(b.Runs.Page(t.Context(), member, month, runs.PageFilter{Run: 1}, page.Query{})),
			"the explanation":       third(b.Runs.Explain(t.Context(), member, month, runs.Latest, "100014")),
		} {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s of a draft: %v", name, err)
			}
		}
		if list, err := b.Runs.List(t.Context(), member, month); err != nil || len(list) != 0 {
			t.Errorf("drafts: %v, %v", list, err)
		}
		b.publish()
		b.calculate()
		rows, total := b.rows(member, runs.PageFilter{}, "", 50)
		if len(rows) != 1 || rows[0].StaffNo != "100014" || total != 1 {
			t.Errorf("the member's list has %v of %d", numbers(rows), total)
		}
		if list, err := b.Runs.List(t.Context(), member, month); err != nil || len(list) != 1 || list[0].Members != 1 || !list[0].Published {
			t.Errorf("the member's runs: %+v, %v", list, err)
		}
		if _, err := b.Runs.Diff(t.Context(), member, month, 1, 2, func(*runs.Change) error { return nil }); fault.KindOf(err) != fault.NotFound {
			t.Errorf("comparing with a draft: %v", err)
		}
		colleague := b.value("SELECT MIN(staff_no) FROM results WHERE staff_no <> '100014'")
		_, _, of := b.Runs.Explain(t.Context(), member, month, runs.Latest, colleague)
		_, _, absent := b.Runs.Explain(t.Context(), member, month, runs.Latest, "999999")
		if fault.KindOf(of) != fault.NotFound || strings.ReplaceAll(of.Error(), colleague, "999999") != absent.Error() {
			t.Errorf("a colleague: %v; nobody: %v", of, absent)
		}
	})
}

func second[A any](_ A, err error) error { return err }

func third[A, B any](_ A, _ B, err error) error { return err }

func TestZ10_WhoMayNotReadReviewsIsToldNoRaterAndNoMeanOfFewPeers(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	b.publish()
	few, enough := 0, 0
	all, _ := b.rows(b.actor, runs.PageFilter{}, "", 200)
	for _, row := range all[:60] {
		_, open, err := b.Runs.Explain(t.Context(), b.actor, month, runs.Latest, row.StaffNo)
		if err != nil {
			t.Fatal(err)
		}
		_, own, err := b.Runs.Explain(t.Context(), b.somebody(row.StaffNo, belonging(), "B01"), month, runs.Latest, row.StaffNo)
		if err != nil {
			t.Fatal(err)
		}
		for s := range own.Trace.Segments {
			for i := range own.Trace.Segments[s].Items {
				shown, kept := &own.Trace.Segments[s].Items[i], &open.Trace.Segments[s].Items[i]
				if lacks := slices.ContainsFunc(kept.Roles, func(r scoring.RoleTrace) bool { return r.Role == "peer" && r.Count > 0 && r.Count < 3 }); lacks {
					few++
					if len(shown.Roles) > 0 || shown.X.Cmp(kept.X) != 0 {
						t.Errorf("%s: the roles of %s are told", row.StaffNo, shown.Item.Key)
					}
				} else if len(kept.Roles) > 0 {
					enough++
					if len(shown.Roles) != len(kept.Roles) {
						t.Errorf("%s: the roles of %s are not told", row.StaffNo, shown.Item.Key)
					}
				}
			}
			for _, input := range own.Input.Segments[s].Inputs {
				for _, rating := range input.Ratings {
					if rating.Rater != "" {
						t.Errorf("%s: the rater %s is told", row.StaffNo, rating.Rater)
					}
				}
			}
		}
	}
	if few == 0 || enough == 0 {
		t.Errorf("the month has %d items with few peers and %d with enough", few, enough)
	}
}

func TestE02_TheRowsOfAnExportAreThoseOfTheList(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		manager := b.somebody("", managing(), "B01")
		for _, unit := range []string{"", "B01", b.value("SELECT MIN(c.code) FROM units c JOIN units p ON p.id = c.parent_id WHERE p.code = 'B01'")} {
			rows, total := b.rows(manager, runs.PageFilter{Unit: unit}, "", 50)
			w, err := b.Reports.Open(t.Context(), manager, reports.Request{Period: month, Unit: unit, Lang: lang.Zh})
			if err != nil {
				t.Fatal(err)
			}
			exported := map[string]bool{}
			for p, err := range w.People(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				exported[p.StaffNo] = true
			}
			got, want := slices.Sorted(maps.Keys(exported)), numbers(rows)
			slices.Sort(want)
			if !slices.Equal(got, want) || w.Members != len(want) || total != int64(len(want)) {
				t.Errorf("%q: exported are %d, listed %d of %d", unit, len(got), len(want), total)
			}
			if w.Month.Scope == b.value("SELECT name FROM units WHERE parent_id IS NULL") {
				t.Errorf("%q: the workbook says that it is of the whole bank", unit)
			}
		}
	})
}

func TestAComparisonOfRunsTellsOfTheScopeAlone(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	b.lines("adjustments", "考核期,工号,项目,分值,原因", b.value(`SELECT '2026-10,' || s.staff_no || ',' || a.key || ',0.25,x' FROM adjustments a JOIN staff s ON s.id = a.staff_id
		JOIN results r ON r.staff_id = a.staff_id JOIN units u ON u.id = r.unit_id JOIN units p ON p.code = 'B02' AND u.path LIKE p.path || '%' ORDER BY s.staff_no LIMIT 1`))
	b.calculate()
	seen := func(actor rbac.Actor) (n, compared int) {
		summary, err := b.Runs.Diff(t.Context(), actor, month, 1, 2, func(*runs.Change) error { n++; return nil })
		if err != nil {
			t.Fatal(err)
		}
		return n, summary.Compared
	}
	if n, compared := seen(b.somebody("", managing(), "B01")); n != 0 || compared != len(b.worked("B01")) {
		t.Errorf("the manager of the other branch sees %d changes of %d", n, compared)
	}
	if n, _ := seen(b.somebody("", managing(), "B02")); n == 0 {
		t.Error("the manager of the branch sees no change")
	}
}

func TestD01_NobodyRunsOrPublishesAMonthThatScoresThem(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		root := b.value("SELECT code FROM units WHERE parent_id IS NULL")
		all := lines(rbac.Subtree, rbac.PeriodRead, rbac.PeriodManage, rbac.PeriodPublish, rbac.RunCreate, rbac.ResultRead)
		scored, other := b.somebody("100014", all, root), b.somebody("", all, root)
		if _, err := b.Runs.Run(t.Context(), scored, month, nil); code(err) != "access.refused.separation" {
			t.Errorf("a run by somebody who is scored: %v", err)
		}
		if n := b.value("SELECT COUNT(*) FROM runs"); n != "0" {
			t.Errorf("%s runs were begun", n)
		}
		if _, err := b.Runs.Run(t.Context(), other, month, nil); err != nil {
			t.Fatal(err)
		}
		for _, step := range []func(context.Context, rbac.Actor, string, int64) (*periods.Period, error){b.Periods.Open, b.Periods.Score} {
			b.waiveAll()
			if _, err := step(t.Context(), b.actor, month, 0); err != nil {
				t.Fatal(err)
			}
		}
		b.waiveAll()
		if _, err := b.Periods.Publish(t.Context(), scored, month, 0, 0); code(err) != "access.refused.separation" {
			t.Errorf("publishing by somebody who is scored: %v", err)
		}
		if _, err := b.Periods.Publish(t.Context(), other, month, 0, 0); err != nil {
			t.Errorf("publishing by somebody else: %v", err)
		}
	})
}

func code(err error) string {
	if e, ok := fault.As(err); ok {
		return e.Code
	}
	return fmt.Sprint(err)
}

func (b *bank) records(action string) string {
	b.Helper()
	return b.value("SELECT COUNT(*) FROM audit_records WHERE action = ?", action)
}

func TestL06_ReadingAnotherPersonsResultIsOnRecordAndOnesOwnIsNot(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		if n := b.records("run.create"); n != "1" {
			t.Errorf("a run left %s records", n)
		}
		b.publish()
		manager, member := b.somebody("", managing(), "B01"), b.somebody("100014", belonging(), "B01")
		if _, _, err := b.Runs.Explain(t.Context(), member, month, runs.Latest, "100014"); err != nil {
			t.Fatal(err)
		}
		if n := b.records("result.read"); n != "0" {
			t.Errorf("reading one's own left %s records", n)
		}
		if _, _, err := b.Runs.Explain(t.Context(), manager, month, runs.Latest, b.worked("B01")[0]); err != nil {
			t.Fatal(err)
		}
		if n := b.records("result.read"); n != "1" {
			t.Errorf("reading another's left %s records", n)
		}
		for range 3 {
			b.rows(manager, runs.PageFilter{}, "", 50)
		}
		b.rows(manager, runs.PageFilter{Unit: "B01"}, "", 50)
		if n := b.records("result.list"); n != "0" {
			t.Errorf("%s records of lists were written at once", n)
		}
		if err := b.Audit.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := b.records("result.list"); n != "2" {
			t.Errorf("two filters in one hour left %s records", n)
		}
	})
}
