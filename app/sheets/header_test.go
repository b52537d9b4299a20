package sheets

import (
	"bytes"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/fault"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// staffOf lists the staff numbers of a table and the rows they stand in.
func staffOf(t *testing.T, all table) (staff []string, numbers []int) {
	t.Helper()
	for _, row := range all.rows {
		text, problem := row.Text("staff_no")
		if problem != nil {
			t.Fatal(problem.In("en"))
		}
		staff, numbers = append(staff, text), append(numbers, row.Number)
	}
	return staff, numbers
}

func TestATextIsReadInEveryEncodingAndWithEverySeparator(t *testing.T) {
	const lines = "十月,,\n工号,实际值,备注\n007001,5,\"一,二\"\n007002,6,\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(lines)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"UTF-8":                    lines,
		"UTF-8 with a mark":        utf8BOM + lines,
		"GB18030":                  gb,
		"CRLF":                     strings.ReplaceAll(lines, "\n", "\r\n"),
		"CR, as old Macintoshes":   strings.ReplaceAll(lines, "\n", "\r"),
		"CR in GB18030":            strings.ReplaceAll(gb, "\n", "\r"),
		"semicolons":               strings.NewReplacer(",", ";").Replace(lines),
		"semicolons in GB18030":    strings.NewReplacer(",", ";").Replace(gb),
		"tabs":                     strings.NewReplacer(",", "\t").Replace(lines),
		"every field in quotes":    "\"十月\"\n\"工号\",\"实际值\",\"备注\"\n\"007001\",\"5\",\"a \"\"b\"\"\"\n\"007002\",\"6\",\n",
		"a mark and quotes":        utf8BOM + "\"工号\",\"实际值\",备注\n\n007001,5\n007002,6\n",
		"no line break at its end": strings.TrimSuffix(lines, "\n"),
	} {
		t.Run(name, func(t *testing.T) {
			all := readText(t, content)
			staff, numbers := staffOf(t, all)
			if strings.Join(staff, " ") != "007001 007002" || numbers[0] != 3 || numbers[1] != 4 {
				t.Errorf("%v in rows %v", staff, numbers)
			}
			if len(all.unknown) != 1 || all.unknown[0] != "备注" {
				t.Errorf("unknown columns %q", all.unknown)
			}
		})
	}
}

func TestARowIsNumberedAsASpreadsheetShowsIt(t *testing.T) {
	_, numbers := staffOf(t, readText(t, "工号,实际值,备注\n1,2,\"two\nlines\"\n\n3,4,\n"))
	if len(numbers) != 2 || numbers[0] != 2 || numbers[1] != 4 {
		t.Error(numbers)
	}
}

func TestATextInAnotherEncodingIsRefused(t *testing.T) {
	const lines = "工号,实际值,姓名\n007001,5,张三丰\n007002,6,李四光\n"
	for name, c := range map[string]struct{ content, code string }{
		"UTF-16 with a mark":         {"\xFF\xFE" + utf16Text(lines), "file.utf16"},
		"UTF-16 without one":         {utf16Text("staff_no,actual\n1,2\n"), "file.utf16"},
		"UTF-16 the other way round": {"\xFE\xFF\x00a\x00b", "file.utf16"},
		"UTF-8 with a broken byte":   {lines + "007003,7,王\xE4\xBA\n", "file.broken_utf8"},
		"a mark and GB18030":         {utf8BOM + "工号,实际值\n\xD5\xC5,1\n", "file.broken_utf8"},
		"neither of the two":         {"staff_no,actual\n\xFF\xFF,1\n", "file.encoding"},
		"GB18030 cut off":            {"staff_no,actual\n1,2\n\xD5", "file.encoding"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, "f.csv", []byte(c.content), c.code) })
	}
}

func TestABrokenByteIsNamedByItsLine(t *testing.T) {
	header, err := simplifiedchinese.GB18030.NewEncoder().String("工号,实际值\n张三,1\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content string
		line    int
	}{
		"GB18030 broken in line 3":                 {header + "1,\xFF\n2,3\n", 3},
		"GB18030 in CR lines, broken in line 3":    {strings.ReplaceAll(header, "\n", "\r") + "1,\xFF\r2,3\r", 3},
		"UTF-8 in CRLF lines, broken in line 2":    {"工号,实际值,姓名\r\n1,\xFF\r\n", 2},
		"English letters and a broken byte behind": {"staff_no,actual\n1,2\n\xFF\xFF,1\n", 3},
	} {
		_, err := read("f.csv", []byte(c.content), Options{}, facts)
		if refusal, ok := fault.As(err); !ok || refusal.Args["line"] != c.line {
			t.Errorf("%s: %v, want line %d", name, err, c.line)
		}
	}
}

func TestAFileWithoutAnExtensionIsRefusedInASentence(t *testing.T) {
	_, err := read("actuals", []byte("工号,实际值\n1,2\n"), Options{}, facts)
	refusedWith(t, err, "file.no_kind")
}

func TestABrokenCharacterOfGB18030IsAProblemOfItsCell(t *testing.T) {
	header, err := simplifiedchinese.GB18030.NewEncoder().String("工号,实际值\n")
	if err != nil {
		t.Fatal(err)
	}
	_, problem := readText(t, header+"1,\xFE\x50\x81\x30\x81\x30\xFE\xFE\n2,\xE3\x32\x9A\x36\n").rows[1].Text("actual")
	whole(t, problem, "cell.broken_character")
}

func TestQuotesThatDoNotMatchAreRefusedWithTheirLine(t *testing.T) {
	_, err := read("f.csv", []byte("工号,实际值\n1,2\n3,\"4\n"), Options{}, facts)
	refusedWith(t, err, "file.quotes")
	if refusal, _ := fault.As(err); refusal.Args["line"] != 3 {
		t.Error(err)
	}
	refused(t, "f.csv", []byte("工号,实际值\n1,2\" x\n"), "file.quotes")
}

func TestTheHeaderIsTheFirstRowWithAllRequiredColumns(t *testing.T) {
	for name, rows := range map[string][]string{
		"in Chinese":                  {inline(1, "工号", "实际值")},
		"in English":                  {inline(1, "Staff Number", "ACTUAL")},
		"by the names":                {inline(1, "staff_no", "actual")},
		"with blanks and asterisks":   {inline(1, " 工 号 *", "＊实际值")},
		"in full-width letters":       {inline(1, "ｓｔａｆｆ＿ｎｏ", "Ａｃｔｕａｌ")},
		"below a title":               {inline(1, "十月实绩表"), inline(3, "工号")},
		"with columns nobody knows":   {inline(1, "工号", "实际值", "备注")},
		"below one that lacks a part": {inline(1, "工号", "姓名", "")},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(strings.Join(rows, ""), `r="B1"`) || strings.Contains(rows[0], "姓名") {
				rows = append(rows, inline(5, "工号", "实际值"))
			}
			all := readBook(t, one(t, sheetData(append(rows, inline(8, "007001", "5"))...)))
			staff, numbers := staffOf(t, all)
			if len(staff) != 1 || numbers[0] != 8 {
				t.Errorf("%v %v", staff, numbers)
			}
		})
	}
}

func TestColumnsStandInAnyOrderAndMayBeMissing(t *testing.T) {
	content := one(t, sheetData(inline(1, "As_Of", "备注", "实际值", "工号"), inline(2, "2026-10-05", "x", "5", "007001")))
	file, err := OpenReader(bytes.NewReader(content), int64(len(content)), "f.xlsx", Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := file.Rows(facts)
	if err != nil || !rows.Next() {
		t.Fatal(err)
	}
	row := rows.Row()
	if y, _, _, _ := row.Date("day"); y != 2026 || !row.Blank("unit_code") || rows.Has("unit_code") || !rows.Has("day") {
		t.Error(y)
	}
	if strings.Join(rows.Unknown(), " ") != "备注" {
		t.Error(rows.Unknown())
	}
}

func TestAMissingHeaderNamesWhatIsMissingAndWhatWasFound(t *testing.T) {
	_, err := read("f.xlsx", one(t, sheetData(inline(1, "十月"), inline(2, "工号", "姓名"), inline(3, "1", "2"))), Options{}, facts)
	refusedWith(t, err, "file.header_missing")
	refusal, _ := fault.As(err)
	if message := refusal.In("zh"); !strings.Contains(message, "缺少：实际值") || !strings.Contains(message, "工号 | 姓名") {
		t.Error(message)
	}
	refused(t, "f.csv", []byte("a;b\n1;2\n"), "file.header_missing")
	refused(t, "f.xlsx", one(t, sheetData()), "file.no_rows")
	refused(t, "f.xlsx", one(t, sheetData(inline(1, "工号", "实际值", "staff_no"))), "file.column_twice")
	hidden := bookParts(nil, soundSheet)
	for i := range hidden {
		hidden[i].text = strings.Replace(hidden[i].text, `name="S1"`, `name="S1" state="hidden"`, 1)
	}
	refused(t, "f.xlsx", pack(t, hidden))
}

func TestATableWithoutRowsHasNone(t *testing.T) {
	if n := len(readText(t, "工号,实际值\n , \n,,\n").rows); n != 0 {
		t.Error(n)
	}
}

func TestMessagesOfFilesThatAreNoneAreClear(t *testing.T) {
	_, err := Open("testdata/none.xlsx", Options{})
	refusedWith(t, err, "file.missing")
	_, err = Open("testdata", Options{})
	refusedWith(t, err, "file.not_a_file")
}

func TestALineWithMoreFieldsThanTheHeaderIsAProblemOfItsRow(t *testing.T) {
	all := readText(t, "工号,实际值,,\n007001,\"1,250,000\",,\n007002,1,250,000\n007003,5\n")
	for i, want := range []string{"", "250", ""} {
		got := ""
		if p := all.rows[i].Misfit(); p != nil {
			got = p.Value
		}
		if got != want {
			t.Errorf("row %d: surplus %q, want %q", i, got, want)
		}
	}
}

func TestALineThatEndsBeforeARequiredColumnIsAProblemOfItsRow(t *testing.T) {
	all := readText(t, "备注,工号,实际值,日期\n,007001,5\n,007002\n,007003,\n")
	for i, short := range []bool{false, true, false} {
		if p := all.rows[i].Misfit(); (p != nil) != short {
			t.Errorf("row %d: %v, want short %v", i, p, short)
		}
	}
}

func TestANumberOfTooManyDigitsIsNoCode(t *testing.T) {
	row := numberRow(t, "6.222000012345679E+17", 0)
	_, problem := row.Code("actual")
	whole(t, problem, "cell.lost_digits")
	if code, problem := numberRow(t, "900002", 0).Code("actual"); code != "900002" || problem != nil {
		t.Errorf("got %q, %v", code, problem)
	}
}
