package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// desk runs commands on a database of its own.
type desk struct {
	*testing.T
	environment []string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	return desk{t, []string{"STEELYARD_LANG=en", "USER=wang", "STEELYARD_DB=" + filepath.Join(t.TempDir(), "bank.db")}}
}

// do runs a command that must succeed and gives what it printed.
func (b desk) do(args ...string) string {
	b.Helper()
	got := steelyard(b.T, b.environment, args...)
	if got.code != exitDone {
		b.Fatalf("%v: exit %d, %s", args, got.code, got.stderr)
	}
	return got.stdout
}

// fail runs a command that must fail with an exit code, and say so on stderr.
func (b desk) fail(code int, said string, args ...string) {
	b.Helper()
	got := steelyard(b.T, b.environment, args...)
	if got.code != code || got.stdout != "" || !strings.Contains(got.stderr, said) {
		b.Errorf("%v: exit %d, stdout %q, stderr %q; want exit %d and %q", args, got.code, got.stdout, got.stderr, code, said)
	}
}

func (b desk) has(text string, parts ...string) {
	b.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			b.Errorf("%q is not in\n%s", part, text)
		}
	}
}

func (b desk) file(name, content string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// masters imports the bank's units, staff, assignments, metrics and scorecards.
func (b desk) masters() {
	b.Helper()
	for _, kind := range []string{"units", "staff", "assignments"} {
		b.do("import", kind, filepath.Join("testdata", "q-bank", kind+".xlsx"))
	}
	b.do("import", "metrics", filepath.Join("testdata", "q-bank", "metrics.xlsx"))
	b.do("import", "scorecards", filepath.Join("testdata", "q-bank", "scorecards.json"))
}

func TestTheBanksOwnFilesAreImportedListedAndUndone(t *testing.T) {
	b := newDesk(t)
	b.masters()
	b.has(b.do("import", "staff", filepath.Join("testdata", "q-bank", "staff.xlsx")),
		"0 new, 0 changed, 240 unchanged, 0 withdrawn, 0 wrong", "nothing is new: batch 2 took in the same file")
	b.has(b.do("batch", "list"), "scorecards.json", "operator:wang")
	b.has(b.do("batch", "show", "3", "--limit", "1"), "33 new", "row 2: new assignment: staff number 007000, from 2026-10-22", "    unit B0101, position rm_corporate, ", "state active", "go on with --skip 1")
	b.has(b.do("metric", "list"), "deposits")
	b.has(b.do("scorecard", "list"), "rm-corporate", "published")
	b.has(b.do("scorecard", "print", "teller"), "Teller")
	b.has(b.do("unit", "list", "--under", "B01"), "  B0104")
	b.has(b.do("unit", "move", "B0104", "--to", "B02"), "written as batch 6")
	b.has(b.do("unit", "show", "B0104"), "B02", "HQ")
	b.has(b.do("batch", "show", "6"), "changed unit: unit B0104\n", "parent unit B01 → B02, line HQ/B01/B0104 → HQ/B02/B0104")
	b.has(b.do("batch", "show", "6", "--lang", "zh"), "更改机构：机构代码 B0104\n", "上级机构 B01 → B02，隶属 HQ/B01/B0104 → HQ/B02/B0104")
	b.fail(exitFailed, "has 26 staff after 2026-12-31", "unit", "close", "B0104", "--on", "2026-12-31")
	b.fail(exitWrong, "the unit NOWHERE does not exist", "unit", "show", "NOWHERE")
	b.fail(exitFailed, "undo batch 6 first", "batch", "undo", "1")
	b.has(b.do("batch", "undo", "6"), "batch 6 is undone, by batch 7")
	b.fail(exitFailed, "refer to the unit", "batch", "undo", "1")
}

func TestListsForProgramsHaveCodesAndNamesAndNoIds(t *testing.T) {
	b := newDesk(t)
	b.masters()
	for _, c := range []struct {
		command []string
		has     string
	}{
		{[]string{"unit", "list"}, `"parent": "B01"`},
		{[]string{"unit", "show", "B0104"}, `"parent": "B01"`},
		{[]string{"staff", "list", "--search", "007000"}, `"unit": "B0101"`},
		{[]string{"metric", "list"}, `"code": "deposits"`},
	} {
		said := b.do(append(c.command, "--json")...)
		b.has(said, c.has)
		for _, id := range []string{`"id"`, `_id"`, `"path"`, `"/1/`} {
			if strings.Contains(said, id) {
				t.Errorf("%v says %s", c.command, id)
			}
		}
	}
	page := b.do("staff", "list", "--limit", "2")
	lines := strings.Split(page, "\n")
	first, second := strings.Fields(lines[2])[0], strings.Fields(lines[3])[0]
	b.has(b.do("staff", "list", "--limit", "1", "--after", first), second)
}

func TestTheChangesOfABatchOfFactsAreReadInWordsAndByPrograms(t *testing.T) {
	b := newDesk(t)
	b.masters()
	b.do("period", "create", "2026-10")
	const head = "period,staff_no,metric_code,actual\n"
	b.do("import", "actuals", b.file("a.csv", head+"2026-10,100231,transactions,1\n"))
	b.do("import", "actuals", b.file("b.csv", head+"2026-10,100231,transactions,250000\n2026-10,100224,transactions,7\n"))
	b.has(b.do("batch", "show", "8"), "row 2: changed actual: period 2026-10, staff number 100231, metric transactions\n    actual 1 → 250000\n",
		"row 3: new actual: period 2026-10, staff number 100224, metric transactions\n    actual 7\n")
	b.has(b.do("batch", "show", "8", "--lang", "zh"), "第 2 行：更改实际值：考核期 2026-10，工号 100231，指标代码 transactions\n    实际值 1 → 250000\n")
	var answer struct {
		Changes []struct{ Key, Before, After map[string]string }
	}
	if err := json.Unmarshal([]byte(b.do("batch", "show", "8", "--json", "--limit", "1")), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Changes) != 1 || answer.Changes[0].Before["actual"] != "1" || answer.Changes[0].After["actual"] != "250000" || answer.Changes[0].Key["staff_no"] != "100231" {
		t.Errorf("the changes are %+v", answer.Changes)
	}
}

func TestAMembersAssignmentOnADayIsShown(t *testing.T) {
	b := newDesk(t)
	b.masters()
	var answer struct {
		InForce struct{ Unit, Position, State string } `json:"in_force"`
	}
	for day, unit := range map[string]string{"2026-10-21": "B0303", "2026-10-22": "B0101"} {
		if err := json.Unmarshal([]byte(b.do("staff", "show", "007000", "--on", day, "--json")), &answer); err != nil {
			t.Fatal(err)
		}
		if answer.InForce.Unit != unit || answer.InForce.Position != "rm_corporate" || answer.InForce.State != "active" {
			t.Errorf("on %s: %+v", day, answer)
		}
	}
	b.fail(exitWrong, "there is no staff number 7000", "staff", "show", "7000")
	b.fail(exitWrong, "is no day", "staff", "show", "007000", "--on", "October")
	b.has(b.do("staff", "list", "--search", "0070", "--limit", "2", "--on", "2026-10-22"), "007000", "B0101")
}

func TestTheUsageIsSaidInTheUsersLanguage(t *testing.T) {
	b := newDesk(t)
	b.has(b.do("import", "--help"), "Usage: steelyard import <kind> <file> [flags]")
	b.has(b.do("import", "--help", "--lang", "zh"), "用法：steelyard import <种类> <文件> [选项]")
	b.has(b.do("period", "waive", "--help", "--lang", "zh"), "<考核期> <障碍> [<对象>] [选项]")
}

func TestTheManualAndAMigrationAnswerProgramsToo(t *testing.T) {
	b := newDesk(t)
	var manual struct{ Manual string }
	if err := json.Unmarshal([]byte(b.do("help", "--json")), &manual); err != nil || !strings.Contains(manual.Manual, "STEELYARD") {
		t.Errorf("%q, %v", manual.Manual, err)
	}
	var migrated struct {
		Database string
		UpToDate bool `json:"up_to_date"`
	}
	if err := json.Unmarshal([]byte(b.do("migrate", "--json")), &migrated); err != nil || !migrated.UpToDate || migrated.Database == "" {
		t.Errorf("%+v, %v", migrated, err)
	}
}

func TestOneFaultIsSaidInTheSingular(t *testing.T) {
	b := newDesk(t)
	path := b.file("units.csv", "机构代码,机构名称,上级机构,层级\nHQ,总行,,总行\nB1,东,XX,分行\n")
	b.fail(exitWrong, "has 1 wrong row (1 fault), and nothing", "import", "units", path)
	b.has(b.do("import", "units", path, "--skip-errors"), "1 fault of rows that were left out:")
}

func TestAWrongFileExitsWith2AndSaysEveryPlace(t *testing.T) {
	b := newDesk(t)
	path := b.file("units.csv", "机构代码,机构名称,上级机构,层级\nHQ,总行,,总行\nB1,东,XX,分行\nB2,西,HQ,科\n")
	b.fail(exitWrong, "row 3, column 上级机构: the parent unit XX does not exist", "import", "units", path)
	b.fail(exitWrong, "row 4, column 层级: the level must be head_office, branch, sub_branch or department (the value is 科)", "import", "units", path)
	b.fail(exitWrong, "第 3 行，“上级机构”列: 上级机构 XX 不存在", "import", "units", path, "--lang", "zh")
	b.fail(exitWrong, "there is no kind of file called wages", "import", "wages", path)
	b.fail(exitWrong, "--replace is for files of a period", "import", "units", path, "--replace")
	b.has(b.do("import", "units", path, "--dry-run", "--skip-errors"), "1 new", "2 wrong", "2 faults of rows that were left out", "a dry run")
	b.has(b.do("import", "units", path, "--skip-errors"), "written as batch 1")
}

func TestTheHelpOfImportsListsTheKindsWithTheirColumns(t *testing.T) {
	b := newDesk(t)
	b.has(b.do("import", "--help"), "assignments  staff_no, unit_code, position, from, [to], state", "--skip-errors")
	b.has(b.do("import", "--help", "--lang", "zh"), "工号、机构代码、岗位、生效日期、[结束日期]、状态")
}
