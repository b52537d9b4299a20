package people_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

func TestTheFilesOfAWholeBankComeInAndASecondTimeChangeNothing(t *testing.T) {
	eachBank(t, func(b bank) {
		for _, kind := range []string{"units", "staff", "assignments"} {
			path := filepath.Join("testdata", kind+".xlsx")
			first, err := b.imports.Import(b.Context(), operator(), kind, path, imports.Options{}, nil)
			if err != nil {
				b.Fatal(err)
			}
			if first.New != first.Rows || first.BatchID == 0 {
				b.Errorf("%s: %+v", kind, first)
			}
		}
		for _, kind := range []string{"units", "staff", "assignments"} {
			again, err := b.imports.Import(b.Context(), operator(), kind, filepath.Join("testdata", kind+".xlsx"), imports.Options{}, nil)
			if err != nil {
				b.Fatal(err)
			}
			if again.Unchanged != again.Rows || again.BatchID != 0 || again.SameAs == 0 {
				b.Errorf("the second time %s: %+v", kind, again)
			}
		}
		records, err := b.imports.Batches(b.Context(), operator(), imports.Filter{})
		if err != nil || len(records) != 3 {
			b.Errorf("%d batches, %v", len(records), err)
		}
		b.soundPaths()
	})
}

func TestStaffAreHandedOutInOrderWithTheirAssignments(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01", "E2,乙,S2,teller,2021-01-01")
		b.load("assignments", assignmentHead, "E1,S2,teller,2026-10-10,,active")
		var seen []string
		err := b.db.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error {
			return people.EachStaff(ctx, tx, rbac.Everything(), func(s *people.Staff, list []people.Assignment) error {
				for _, a := range list {
					seen = append(seen, s.StaffNo+" "+a.Position+" "+a.From.String())
				}
				return nil
			})
		})
		if err != nil {
			b.Fatal(err)
		}
		b.equal(seen, []string{"E1 rm 2020-01-01", "E1 teller 2026-10-10", "E2 teller 2021-01-01"})
	})
}

func TestAScopeSeesTheStaffOfItsUnitsAlone(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01", "E2,乙,B2,rm,2020-01-01")
		tree := b.tree()
		for name, c := range map[string]struct {
			scope rbac.Scope
			want  int
		}{
			"nothing": {rbac.Scope{}, 0},
			"branch":  {rbac.Scope{Subtrees: []string{tree.ByCode("B1").Path}}, 1},
			"all":     {rbac.Everything(), 2},
		} {
			seen := 0
			err := b.db.Snapshot(b.Context(), func(ctx context.Context, tx db.Tx) error {
				return people.EachStaff(ctx, tx, c.scope, func(*people.Staff, []people.Assignment) error {
					seen++
					return nil
				})
			})
			if err != nil || seen != c.want {
				b.Errorf("%s sees %d, want %d, %v", name, seen, c.want, err)
			}
		}
	})
}

func TestANewMemberIsAssignedFromTheFirstDay(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", "工号,姓名,机构代码,岗位,入职日期,邮箱", "007001,陈志,S1,rm,2020/1/5,chen@example.com")
		b.equal(b.assignments("007001"), []string{"S1 rm 2020-01-05  active"})
		m, _, err := b.people.Staff(b.Context(), operator(), "007001")
		if err != nil || m.Pinyin != "chen zhi" || m.Email != "chen@example.com" {
			b.Errorf("the member is %+v, %v", m, err)
		}
	})
}

func TestAnAssignmentFromTheFirstDayReplacesTheFirst(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		file := []string{staffHead, "E1,甲,S1,rm,2020-01-01"}
		b.load("staff", file...)
		b.load("assignments", assignmentHead, "E1,S2,teller,2020-01-01,,active")
		b.equal(b.assignments("E1"), []string{"S2 teller 2020-01-01  active"})
		if s := b.load("staff", file...); s.Unchanged != 1 {
			b.Errorf("the staff file again: %+v", s)
		}
		b.equal(b.assignments("E1"), []string{"S2 teller 2020-01-01  active"})
		if s := b.load("staff", staffHead, "E1,甲,B2,rm,2020-01-01"); len(s.Notices) != 1 || s.Changed != 1 {
			b.Errorf("another unit in the staff file: %+v", s)
		}
		b.equal(b.assignments("E1"), []string{"S2 teller 2020-01-01  active"})
	})
}

func TestACorrectedStaffRowCorrectsTheFirstAssignment(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01")
		s := b.load("staff", staffHead, "E1,甲甲,S2,rm,2020-01-01")
		if s.Changed != 1 || len(s.Notices) != 1 {
			b.Errorf("the summary is %+v", s)
		}
		b.equal(b.assignments("E1"), []string{"S2 rm 2020-01-01  active"})
		b.shown(s.BatchID, `{"entity":"staff","did":"changed","row":2,"key":{"staff_no":"E1"},"before":{"name":"甲","pinyin":"jia","unit_code":"S1"},"after":{"name":"甲甲","pinyin":"jia jia","unit_code":"S2"}}`,
			`{"entity":"assignment","did":"changed","row":2,"key":{"staff_no":"E1","from":"2020-01-01"},"before":{"unit_code":"S1"},"after":{"unit_code":"S2"}}`)
	})
}

func TestARosterThatNamesWhereAMemberStandsNowChangesNothing(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01")
		b.load("assignments", assignmentHead, "E1,S2,teller,2026-10-01,,active")
		if s := b.load("staff", staffHead, "E1,甲,S2,teller,2020-01-01"); s.Unchanged != 1 {
			b.Errorf("the summary is %+v", s)
		}
		b.equal(b.assignments("E1"), []string{"S1 rm 2020-01-01  active", "S2 teller 2026-10-01  active"})
	})
}

func TestALaterOrEarlierFirstDayMovesTheFirstAssignment(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01")
		b.load("assignments", assignmentHead, "E1,S2,rm,2021-06-01,,active")
		b.load("staff", staffHead, "E1,甲,S1,rm,2019-01-01")
		b.equal(b.assignments("E1"), []string{"S1 rm 2019-01-01  active", "S2 rm 2021-06-01  active"})
		b.load("staff", staffHead, "E1,甲,S1,rm,2021-06-01")
		b.equal(b.assignments("E1"), []string{"S2 rm 2021-06-01  active"})
		b.expect(b.refuse("staff", staffHead, "E1,甲,S1,rm,2022-01-01"), "the member has an assignment from 2021-06-01, before being hired")
	})
}

func TestStaffFilesReportEveryFault(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.expect(b.refuse("staff", "staff_no,name,unit_code,position,hired_on,email",
			"E1,甲,NOWHERE,rm,2020-01-01,", "E2,乙,S1,rm,2020-13-01,", "E3,丙,S1,,2020-01-01,nobody", "E4,丁,S1,rm,2020-01-01,", "E4,丁,S1,rm,2020-01-01,",
			"E\u202e5,戊,S1,rm,2020-01-01,", "E6,己\x00,S1,rm,2020-01-01,"),
			"row 2, column unit_code: the unit NOWHERE does not exist",
			"row 3, column hired_on: this is no day",
			"row 4, column position: this must not be blank", "row 4, column email: this is no email address",
			"rows 5 and 6 have the same key",
			"row 7, column staff_no: there is an invisible or control character",
			"row 8, column name: there is an invisible or control character")
	})
}

func TestAssignmentFilesReportEveryFault(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01")
		b.expect(b.refuse("assignments", assignmentHead,
			"E9,S1,rm,2020-01-01,,active", "E1,S9,rm,2020-02-01,,active", "E1,S1,rm,2019-01-01,,active",
			"E1,S1,rm,2021-02-01,2021-01-01,active", "E1,S1,rm,2022-01-01,,asleep", "E1,S1,rm,2023-01-01,,在岗", "E1,S2,rm,2023-01-01,,休假"),
			"row 2, column staff_no: there is no staff number E9",
			"row 3, column unit_code: the unit S9 does not exist",
			"row 4, column from: this is before the member was hired on 2020-01-01",
			"row 5, column to: the last day is before the first",
			"row 6, column state: the state must be",
			"rows 7 and 8 have the same key")
	})
}

func TestAssignmentsThatOverlapPartlyAreAWarning(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01")
		s := b.load("assignments", assignmentHead, "E1,S2,rm,2026-10-01,2026-10-20,active", "E1,B2,rm,2026-10-10,2026-10-25,active")
		if len(s.Notices) != 1 || s.Notices[0].Code != "assignment.overlap" || s.Notices[0].Row != 3 {
			b.Errorf("the warnings are %+v", s.Notices)
		}
	})
}

func TestABatchIsUndoneUntilALaterOneTouchesTheSame(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		first := b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01", "E2,乙,S1,rm,2020-01-01")
		second := b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01", "E2,乙乙,S1,rm,2020-01-01")
		if _, err := b.imports.Undo(b.Context(), operator(), first.BatchID); codeOf(err) != "batch.later" {
			b.Errorf("undoing under a later batch: %v", err)
		}
		if _, err := b.imports.Undo(b.Context(), operator(), second.BatchID); err != nil {
			b.Fatal(err)
		}
		m, _, err := b.people.Staff(b.Context(), operator(), "E2")
		if err != nil || m.Name != "乙" {
			b.Errorf("the member is %+v, %v", m, err)
		}
		if _, err := b.imports.Undo(b.Context(), operator(), second.BatchID); codeOf(err) != "batch.undone" {
			b.Errorf("undoing twice: %v", err)
		}
		undo, err := b.imports.Undo(b.Context(), operator(), first.BatchID)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := b.imports.Undo(b.Context(), operator(), undo.ID); codeOf(err) != "batch.is_undo" {
			b.Errorf("undoing an undoing: %v", err)
		}
		if _, _, err := b.people.Staff(b.Context(), operator(), "E1"); codeOf(err) != "staff.unknown" {
			b.Errorf("an undone member is still there: %v", err)
		}
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01")
	})
}

func TestUnitsWithStaffAreNotUndone(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01")
		records, err := b.imports.Batches(b.Context(), operator(), imports.Filter{Kind: "units"})
		if err != nil || len(records) != 1 {
			b.Fatal(records, err)
		}
		if _, err := b.imports.Undo(b.Context(), operator(), records[0].ID); codeOf(err) != "batch.in_use" {
			b.Errorf("undoing units with staff: %v", err)
		}
		if len(b.tree().All()) != 5 {
			b.Error("a refused undoing has removed units")
		}
	})
}

func TestABatchThatARunHasSeenIsNotUndone(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		s := b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01")
		b.exec("INSERT INTO periods (id, code, first_day, last_day, min_days, state) VALUES (1, '2026-10', '2026-10-01', '2026-10-31', 5, 'scoring')")
		b.exec("INSERT INTO runs (period_id, number, state, rules, period_days, min_days, last_batch_id, made_by, started_at) VALUES (1, 1, 'done', '1', 31, 5, ?, 'tester', '2026-11-01 00:00:00')", s.BatchID)
		if _, err := b.imports.Undo(b.Context(), operator(), s.BatchID); codeOf(err) != "batch.computed" {
			b.Errorf("undoing what was computed from: %v", err)
		}
		later := b.load("staff", staffHead, "E2,乙,S1,rm,2020-01-01")
		if _, err := b.imports.Undo(b.Context(), operator(), later.BatchID); err != nil {
			b.Errorf("undoing what came after the run: %v", err)
		}
	})
}

func TestADryRunWritesNothing(t *testing.T) {
	eachBank(t, func(b bank) {
		s, err := b.try("units", imports.Options{DryRun: true}, unitHead, "HQ,总行,,head_office")
		if err != nil || s.New != 1 || s.BatchID != 0 {
			b.Errorf("the summary is %+v, %v", s, err)
		}
		if len(b.tree().All()) != 0 {
			b.Error("a dry run has written")
		}
	})
}

func TestWhoMayNotImportIsRefused(t *testing.T) {
	eachBank(t, func(b bank) {
		path := b.write("units.csv", unitHead, "HQ,总行,,head_office")
		if _, err := b.imports.Import(b.Context(), rbac.Actor{Name: "nobody"}, "units", path, imports.Options{}, nil); codeOf(err) != "access.refused.user" {
			b.Errorf("an import by nobody: %v", err)
		}
	})
}
