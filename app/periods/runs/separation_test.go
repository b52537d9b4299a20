package runs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/app/reports"
	"github.com/steelyard/steelyard/rbac"
)

// tries imports lines as somebody.
func (b *bank) tries(actor rbac.Actor, kind string, o imports.Options, lines ...string) (*imports.Summary, error) {
	b.Helper()
	path := filepath.Join(b.TempDir(), kind+".csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		b.Fatal(err)
	}
	return b.Imports.Import(b.Context(), actor, kind, path, o, nil)
}

func TestD01_ARowAboutWhoeverImportsItIsRefused(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		officer := b.somebody("100014", lines(rbac.Subtree, rbac.StaffManage, rbac.TargetImport, rbac.ActualImport, rbac.EventImport, rbac.ReviewImport,
			rbac.AdjustmentImport, rbac.VetoImport, rbac.SurveyImport, rbac.BatchUndo), b.value("SELECT code FROM units WHERE parent_id IS NULL"))
		metric := b.value("SELECT MIN(m.code) FROM actuals a JOIN metrics m ON m.id = a.metric_id JOIN staff s ON s.id = a.staff_id WHERE s.staff_no = '100014'")
		unit := b.value("SELECT u.code FROM assignments a JOIN units u ON u.id = a.unit_id JOIN staff s ON s.id = a.staff_id WHERE s.staff_no = '100014' ORDER BY a.id LIMIT 1")
		for kind, file := range map[string][]string{
			"actuals":     {"考核期,工号,指标代码,实际值", month + ",100014," + metric + ",999999"},
			"targets":     {"考核期,工号,指标代码,目标值", month + ",100014," + metric + ",1"},
			"adjustments": {"考核期,工号,项目,分值,原因", month + ",100014,innovation,3,x"},
			"vetoes":      {"考核期,工号,项目,原因", month + ",100014,fraud,x"},
			"reviews":     {"考核期,工号,考核项,评价角色,评价人,等级", month + ",100014,teamwork,manager,M1,5"},
			"assignments": {"工号,机构代码,岗位,生效日期,结束日期,状态", "100014," + unit + ",rm_corporate,2026-10-20,,active"},
			"staff":       {"工号,姓名,机构代码,岗位,入职日期", "100014,新名," + unit + ",rm_corporate,2015-01-01"},
		} {
			before := b.value("SELECT COUNT(*) FROM batches")
			_, err := b.tries(officer, kind, imports.Options{}, file...)
			e, ok := fault.As(err)
			if !ok || e.Kind != fault.Invalid || len(e.Problems) == 0 || !contains(e.Problems, "import.self_row") {
				t.Errorf("%s about oneself: %v", kind, err)
			}
			if after := b.value("SELECT COUNT(*) FROM batches"); after != before {
				t.Errorf("%s about oneself made a batch", kind)
			}
		}
		colleague := b.value("SELECT MIN(s.staff_no) FROM actuals a JOIN metrics m ON m.id = a.metric_id JOIN staff s ON s.id = a.staff_id WHERE m.code = ? AND s.staff_no <> '100014' AND a.unit_id IS NULL", metric)
		others, err := b.tries(officer, "actuals", imports.Options{SkipErrors: true}, "考核期,工号,指标代码,实际值", month+",100014,"+metric+",999999", month+","+colleague+","+metric+",12")
		if err != nil || others.Wrong != 1 || others.New+others.Changed != 1 {
			t.Errorf("the row about another: %+v, %v", others, err)
		}
		if _, err := b.tries(officer, "actuals", imports.Options{Replace: true}, "考核期,工号,指标代码,实际值", month+","+colleague+","+metric+",13"); code(err) != "import.self_replace" {
			t.Errorf("a list that withdraws one's own rows: %v", err)
		}
	})
}

func contains(problems []fault.Problem, code string) bool {
	for _, p := range problems {
		if p.Code == code {
			return true
		}
	}
	return false
}

func TestD01_NobodyUndoesABatchWithTheirOwnRows(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		root := b.value("SELECT code FROM units WHERE parent_id IS NULL")
		may := lines(rbac.Subtree, rbac.BatchUndo, rbac.ActualImport, rbac.EventImport, rbac.StaffManage)
		own, other, unpermitted := b.somebody("100014", may, root), b.somebody("", may, root), b.somebody("", lines(rbac.Subtree, rbac.BatchUndo), root)
		records, err := b.Imports.Batches(t.Context(), b.actor, imports.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			if r.Kind != "actuals" && r.Kind != "assignments" {
				continue
			}
			has := r.Kind == "actuals" || b.value("SELECT COUNT(*) FROM history h JOIN assignments a ON a.id = h.entity_id JOIN staff s ON s.id = a.staff_id WHERE h.entity = 'assignment' AND s.staff_no = '100014' AND h.batch_id = ?", r.ID) != "0"
			if _, err := b.Imports.Undo(t.Context(), own, r.ID); has && code(err) != "batch.self" {
				t.Errorf("undoing %s with one's own rows: %v", r.Kind, err)
			}
			if _, err := b.Imports.Undo(t.Context(), unpermitted, r.ID); code(err) != "access.refused.grant" {
				t.Errorf("undoing %s without the permission of its kind: %v", r.Kind, err)
			}
		}
		if _, err := b.Imports.Undo(t.Context(), other, records[0].ID); err != nil && fault.KindOf(err) == fault.Forbidden && records[0].Kind == "actuals" {
			t.Errorf("undoing by somebody else: %v", err)
		}
	})
}

func TestD05_NothingReachesAClosedPeriod(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		b.publish()
		if _, err := b.Periods.Close(t.Context(), b.actor, month, 0); err != nil {
			t.Fatal(err)
		}
		_, published := b.results(runs.Latest, runs.Filter{})
		metric := b.value("SELECT MIN(m.code) FROM actuals a JOIN metrics m ON m.id = a.metric_id")
		records, err := b.Imports.Batches(t.Context(), b.actor, imports.Filter{Kind: "actuals"})
		if err != nil {
			t.Fatal(err)
		}
		for path, err := range map[string]error{
			"an import":     second(b.tries(b.actor, "actuals", imports.Options{}, "考核期,工号,指标代码,实际值", month+",100014,"+metric+",12")),
			"a late review": second(b.tries(b.actor, "reviews", imports.Options{}, "考核期,工号,考核项,评价角色,评价人,等级", month+",100014,teamwork,manager,M1,5")),
			"a run":         second(b.Runs.Run(t.Context(), b.actor, month, nil)),
			"an undoing":    second(b.Imports.Undo(t.Context(), b.actor, records[0].ID)),
			"a waiver":      second(b.Periods.Waive(t.Context(), b.actor, month, "reviews", "", "late")),
			"opening again": second(b.Periods.Open(t.Context(), b.actor, month, 0)),
			"another run":   second(b.Periods.Publish(t.Context(), b.actor, month, 0, 1)),
			"the state":     b.exec("UPDATE periods SET state = 'scoring'"),
			"a result":      b.exec("UPDATE results SET total = 0"),
			"an actual":     b.exec("UPDATE actuals SET actual = '0'"),
		} {
			if fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s: %v", path, err)
			}
		}
		_, now := b.results(runs.Latest, runs.Filter{})
		for id, text := range published {
			if now[id] != text {
				t.Errorf("%s became %s", text, now[id])
			}
		}
	})
}

func TestD06_WhatIsPublishedKeepsTheWeightsThatItWasScoredWith(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		b.publish()
		_, before := b.results(runs.Latest, runs.Filter{})
		explained, sheets := b.explained("100014"), b.workbook("B01")
		text, err := os.ReadFile("../facts/testdata/scorecards.json")
		if err != nil {
			t.Fatal(err)
		}
		var cards []map[string]any
		if err := json.Unmarshal(text, &cards); err != nil {
			t.Fatal(err)
		}
		for _, card := range cards {
			items := card["perspectives"].([]any)[0].(map[string]any)["items"].([]any)
			first, next := items[0].(map[string]any), items[1].(map[string]any)
			first["weight"], next["weight"], card["total_cap"] = next["weight"], first["weight"], "90"
		}
		if text, err = json.Marshal(cards); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "scorecards.json")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		b.importFile("scorecards", path)
		_, after := b.results(runs.Latest, runs.Filter{})
		for id, text := range before {
			if after[id] != text {
				t.Errorf("%s became %s", text, after[id])
			}
		}
		if again := b.explained("100014"); again != explained {
			t.Errorf("the explanation became\n%s", again)
		}
		if !bytes.Equal(b.workbook("B01"), sheets) {
			t.Error("the workbook is another")
		}
		if found := b.differences(); len(found) > 0 {
			t.Errorf("recomputed with what it froze: %v", found)
		}
	})
}

func (b *bank) explained(no string) string {
	b.Helper()
	_, m, err := b.Runs.Explain(b.Context(), b.actor, month, runs.Latest, no)
	if err != nil {
		b.Fatal(err)
	}
	return strings.Join(m.Lines(lang.En), "\n")
}

func (b *bank) workbook(unit string) []byte {
	b.Helper()
	w, err := b.Reports.Open(b.Context(), b.actor, reports.Request{Period: month, Unit: unit, Lang: lang.Zh})
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := w.WriteSummary(b.Context(), &out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}
