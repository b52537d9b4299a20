package people_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/steelyard/steelyard/app/imports"
)

func TestStaffFilesWithQuirksComeInAlike(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("工号;姓名;机构代码;岗位;入职日期\n007001;陈志;S1;rm;2020-01-05\n100002;王芳;S2;teller;2021-11-30\n")
	if err != nil {
		t.Fatal(err)
	}
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "007001,陈志,S1,rm,2020-01-05", "100002,王芳,S2,teller,2021-11-30")
		for name, content := range map[string]string{
			"a byte order mark":             "\ufeffstaff_no,name,unit_code,position,hired_on\n007001,陈志,S1,rm,2020-01-05\n",
			"title rows above the header":   "东方银行,,,,\n员工名册（2026年10月）,,,,\n工号,姓名,机构代码,岗位,入职日期\n007001,陈志,S1,rm,2020-01-05\n",
			"columns in another order":      "入职日期,岗位,姓名,工号,机构代码\n2020-01-05,rm,陈志,007001,S1\n",
			"tabs between columns":          "工号\t姓名\t机构代码\t岗位\t入职日期\n007001\t陈志\tS1\trm\t2020-01-05\n",
			"GB18030 with semicolons":       gb,
			"full-width digits and blanks":  "工号,姓名,机构代码,岗位,入职日期\n ００７００１ ,陈志 ,Ｓ１, rm ,２０２０/1/5\n",
			"days in other forms":           "工号,姓名,机构代码,岗位,入职日期\n007001,陈志,S1,rm,20200105\n100002,王芳,S2,teller,2021年11月30日\n",
			"serials of days":               "工号,姓名,机构代码,岗位,入职日期\n007001,陈志,S1,rm,43835\n",
			"columns that nobody knows":     "工号,姓名,籍贯,机构代码,岗位,入职日期\n007001,陈志,浙江,S1,rm,2020-01-05\n",
			"blank rows between":            "工号,姓名,机构代码,岗位,入职日期\n,,,,\n007001,陈志,S1,rm,2020-01-05\n,,,,\n",
			"quotes and line ends of Excel": "\"工号\",\"姓名\",\"机构代码\",\"岗位\",\"入职日期\"\r\n\"007001\",\"陈志\",\"S1\",\"rm\",\"2020-01-05\"\r\n",
		} {
			path := filepath.Join(b.TempDir(), "staff.csv")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				b.Fatal(err)
			}
			s, err := b.imports.Import(b.Context(), operator(), "staff", path, imports.Options{}, nil)
			if err != nil || s.Unchanged != s.Rows || s.Rows == 0 || s.BatchID != 0 {
				b.Errorf("%s: %+v, %v", name, s, err)
			}
		}
	})
}

func TestUnknownColumnsAreNamedInTheSummary(t *testing.T) {
	eachBank(t, func(b bank) {
		s := b.load("units", "籍贯,unit_code,name,parent_code,level", "x,HQ,总行,,总行")
		if len(s.Unknown) != 1 || s.Unknown[0] != "籍贯" {
			b.Errorf("the unknown columns are %v", s.Unknown)
		}
	})
}

func TestAFileWithoutTheEmailColumnKeepsTheEmails(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead+",email", "E1,甲,S1,rm,2020-01-01,jia@example.com")
		if s := b.load("staff", staffHead, "E1,甲,S1,rm,2020-01-01"); s.Unchanged != 1 {
			b.Errorf("a file without the column: %+v", s)
		}
		b.load("staff", staffHead+",email", "E1,甲,S1,rm,2020-01-01,")
		m, _, err := b.people.Staff(b.Context(), operator(), "E1")
		if err != nil || m.Email != "" {
			b.Errorf("a blank cell left the email %q, %v", m.Email, err)
		}
	})
}

func TestWithSkippedErrorsAMemberWhoWouldBeAtAClosedUnitKeepsWhatIsThere(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead, "E1,甲,B1,rm,2020-01-01", "E2,乙,B1,rm,2020-01-01")
		if _, err := b.people.CloseUnit(b.Context(), operator(), "S1", day("2026-10-31"), 0); err != nil {
			b.Fatal(err)
		}
		s, err := b.try("assignments", imports.Options{SkipErrors: true}, assignmentHead,
			"E1,S2,rm,2026-10-01,,active", "E1,S1,rm,2026-10-10,,active", "E2,S1,rm,2026-10-10,2026-10-31,active")
		if err != nil || s.New != 1 || s.Wrong != 2 {
			b.Errorf("%+v, %v", s, err)
		}
		b.equal(b.assignments("E1"), []string{"B1 rm 2020-01-01  active"})
		b.equal(b.assignments("E2"), []string{"B1 rm 2020-01-01  active", "S1 rm 2026-10-10 2026-10-31 active"})
	})
}
