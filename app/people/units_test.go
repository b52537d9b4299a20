package people_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/people"
)

func TestUnitsComeInAnyOrder(t *testing.T) {
	eachBank(t, func(b bank) {
		s := b.load("units", unitHead, "S1,一支行,B1,支行", "B1,东分行,HQ,分行", "HQ,总行,,总行", "D1,人力资源部,HQ,部门")
		if s.New != 4 || s.BatchID == 0 {
			b.Errorf("the summary is %+v", s)
		}
		if got := pathOf(b.tree(), "S1"); got != "HQ/B1/S1" {
			b.Errorf("S1 stands at %s", got)
		}
		b.soundPaths()
	})
}

func TestEveryFaultOfAUnitsFileIsReportedAtItsPlace(t *testing.T) {
	eachBank(t, func(b bank) {
		got := b.refuse("units", "机构代码,机构名称,上级机构,层级",
			"HQ,总行,,总行", "B1,东分行,HQ,分行", "B9,孤儿,NOWHERE,分行", "X,第二个总行,,总行",
			"C1,圈一,C2,支行", "C2,圈二,C1,支行", "L,无层级,HQ,科室", ",无代码,HQ,部门")
		b.expect(got,
			"row 4, column 上级机构: the parent unit NOWHERE does not exist",
			"row 5, column 上级机构: there is no parent unit, and a bank has one root, which is HQ",
			"row 6, column 上级机构: the parent units go round in a circle: C1 → C2 → C1",
			"row 7, column 上级机构: the parent units go round in a circle: C1 → C2 → C1",
			"row 8, column 层级: the level must be",
			"row 9, column 机构代码: this must not be blank")
		if len(b.tree().All()) != 0 {
			b.Error("a file with faults has written units")
		}
	})
}

func TestAUnitUnderItselfIsACircle(t *testing.T) {
	eachBank(t, func(b bank) {
		b.expect(b.refuse("units", unitHead, "HQ,总行,,head_office", "A,自己,A,branch"), "circle: A → A")
	})
}

func TestAFileThatPutsTheRootUnderItsOwnBranchIsACircle(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.expect(b.refuse("units", unitHead, "HQ,总行,S1,head_office"), "circle")
	})
}

func TestTheSameUnitTwiceNamesBothRows(t *testing.T) {
	eachBank(t, func(b bank) {
		b.expect(b.refuse("units", unitHead, "HQ,总行,,head_office", "B1,东,HQ,branch", "B1,西,HQ,branch"), "rows 3 and 4 have the same key")
	})
}

func TestWithSkippedErrorsNeitherOfTwoRowsOfOneKeyIsTaken(t *testing.T) {
	eachBank(t, func(b bank) {
		s, err := b.try("units", imports.Options{SkipErrors: true}, unitHead,
			"HQ,总行,,head_office", "B1,东,HQ,branch", "B1,西,HQ,branch", "S1,支行,B1,sub_branch", "B2,北,HQ,branch")
		if err != nil {
			b.Fatal(err)
		}
		if s.New != 2 || s.Wrong != 3 || len(s.Left) != 2 {
			b.Errorf("the summary is %+v", s)
		}
		if b.tree().ByCode("B1") != nil || b.tree().ByCode("S1") != nil || b.tree().ByCode("B2") == nil {
			b.Error("the wrong units were written")
		}
	})
}

func TestAMovedUnitTakesAllBelowItAlong(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("units", unitHead, "D1,网点,S1,department")
		s := b.load("units", unitHead, "S1,一支行,B2,sub_branch")
		if s.Changed != 1 || s.New != 0 {
			b.Errorf("the summary is %+v", s)
		}
		if got := pathOf(b.tree(), "D1"); got != "HQ/B2/S1/D1" {
			b.Errorf("D1 stands at %s", got)
		}
		b.soundPaths()
		if _, err := b.imports.Undo(b.Context(), operator(), s.BatchID); err != nil {
			b.Fatal(err)
		}
		if got := pathOf(b.tree(), "D1"); got != "HQ/B1/S1/D1" {
			b.Errorf("after the undoing D1 stands at %s", got)
		}
		b.soundPaths()
	})
}

func TestUndoingAMoveTakesBackUnitsThatCameLaterBelowIt(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		move := b.load("units", unitHead, "S1,一支行,B2,sub_branch")
		b.load("units", unitHead, "D1,网点,S1,department")
		if _, err := b.imports.Undo(b.Context(), operator(), move.BatchID); err != nil {
			b.Fatal(err)
		}
		if got := pathOf(b.tree(), "D1"); got != "HQ/B1/S1/D1" {
			b.Errorf("D1 stands at %s", got)
		}
		b.soundPaths()
	})
}

func TestTheRootStaysTheRootAtItsLevelWhateverAFileSays(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.expect(b.refuse("units", unitHead, "GROUP,集团,,head_office", "HQ,总行,GROUP,branch"),
			"there is no parent unit, and a bank has one root, which is HQ", "the root of the bank stays HQ (head office)")
		b.expect(b.refuse("units", unitHead, "HQ,总行,B1,head_office", "B1,东分行,,branch"), "stays HQ", "one root, which is HQ")
		for _, level := range []string{"branch", "sub_branch", "department"} {
			b.expect(b.refuse("units", unitHead, "HQ,总行,,"+level), "the root of the bank stays HQ (head office)")
		}
		if s := b.load("units", unitHead, "HQ,江南银行总行,,head_office"); s.Changed != 1 {
			b.Errorf("the root's new name: %+v", s)
		}
		_, err := b.try("units", imports.Options{SkipErrors: true}, unitHead, "TOP,顶,,head_office", "HQ,总行,TOP,branch", "B3,北分行,HQ,branch")
		if root := b.tree().Root(); err != nil || root.Code != "HQ" || root.Level != people.HeadOffice || b.tree().ByCode("B3") == nil {
			b.Errorf("with skipped errors the root is %+v, %v", root, err)
		}
		b.soundPaths()
	})
}

func TestARootThatIsNoHeadOfficeMayBecomeItAndNeverGoesBack(t *testing.T) {
	eachBank(t, func(b bank) {
		b.load("units", unitHead, "HQ,总行,,branch", "B1,东分行,HQ,branch")
		s := b.load("units", unitHead, "HQ,总行,,head_office")
		b.expect(b.refuse("units", unitHead, "HQ,总行,,branch"), "stays HQ (head office)")
		if _, err := b.imports.Undo(b.Context(), operator(), s.BatchID); codeOf(err) != "unit.root_fixed" {
			b.Errorf("undoing it: %v", err)
		}
	})
}

func TestTheNearestBranchIsTheUnitItselfOrAboveOrTheRoot(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("units", unitHead, "D1,部门,HQ,department")
		tree := b.tree()
		for code, want := range map[string]string{"S1": "B1", "B1": "B1", "D1": "HQ", "HQ": "HQ"} {
			if got := tree.Branch(tree.ByCode(code).ID); got.Code != want {
				b.Errorf("the branch of %s is %s, want %s", code, got.Code, want)
			}
		}
	})
}

func TestAUnitMovesByCommandAndNotUnderItself(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		if _, err := b.people.MoveUnit(b.Context(), operator(), "B1", "S2", 0); codeOf(err) != "unit.move_below" {
			b.Errorf("a move under its own: %v", err)
		}
		if _, err := b.people.MoveUnit(b.Context(), operator(), "HQ", "B1", 0); codeOf(err) != "unit.move_root" {
			b.Errorf("a move of the root: %v", err)
		}
		record, err := b.people.MoveUnit(b.Context(), operator(), "S2", "B2", 0)
		if err != nil || record.ID == 0 {
			b.Fatal(record, err)
		}
		if got := pathOf(b.tree(), "S2"); got != "HQ/B2/S2" {
			b.Errorf("S2 stands at %s", got)
		}
		again, err := b.people.MoveUnit(b.Context(), operator(), "S2", "B2", 0)
		if err != nil || again.ID != 0 {
			b.Errorf("a move to where it is made the batch %+v, %v", again, err)
		}
	})
}

func TestAUnitClosesWhenNobodyIsThereAfterTheDay(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01", "E2,乙,S1,rm,2020-01-01")
		day := db.NewDate(2026, 10, 31)
		if _, err := b.people.CloseUnit(b.Context(), operator(), "B1", day, 0); codeOf(err) != "unit.close_open_below" {
			b.Errorf("closing above an open unit: %v", err)
		}
		if _, err := b.people.CloseUnit(b.Context(), operator(), "S1", day, 0); codeOf(err) != "unit.close_staff" {
			b.Errorf("closing with staff: %v", err)
		}
		b.load("assignments", assignmentHead, "E1,S2,rm,2026-11-01,,active", "E2,S1,rm,2026-10-15,,left")
		if _, err := b.people.CloseUnit(b.Context(), operator(), "S1", day, 0); err != nil {
			b.Fatal(err)
		}
		b.expect(b.refuse("staff", staffHead, "E3,丙,S1,rm,2026-11-01"), "the unit S1 closed on 2026-10-31")
		b.expect(b.refuse("assignments", assignmentHead, "E1,S1,rm,2026-12-01,,active"), "the unit S1 closed on 2026-10-31")
		b.expect(b.refuse("units", unitHead, "D1,网点,S1,department"), "closed on 2026-10-31")
		if _, err := b.people.OpenUnit(b.Context(), operator(), "S1", db.Date{}, 0); err != nil {
			b.Fatal(err)
		}
		b.load("assignments", assignmentHead, "E1,S1,rm,2026-12-01,,active")
	})
}
