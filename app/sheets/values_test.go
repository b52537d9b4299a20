package sheets

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/lang"
)

// textRow reads one row of a text with this actual value.
func textRow(t *testing.T, actual string) Row {
	t.Helper()
	return readText(t, "工号\t实际值\t日期\n007001\t\""+strings.ReplaceAll(actual, `"`, `""`)+"\"\tx\n").rows[0]
}

// numberRow reads one row of a workbook with this stored number and style.
func numberRow(t *testing.T, stored string, style int) Row {
	t.Helper()
	cell := fmt.Sprintf(`<row r="2"><c r="A2" t="inlineStr"><is><t>1</t></is></c><c r="B2" s="%d"><v>%s</v></c></row>`, style, stored)
	return readBook(t, one(t, sheetData(inline(1, "工号", "实际值"), cell))).rows[0]
}

func TestANumberIsReadAsTheDecimalThatIsWritten(t *testing.T) {
	for written, want := range map[string]string{
		"8.59": "8.59", " 8.59 ": "8.59", "１２．５": "12.5", "1,250,000": "1250000", "１，２５０．７５": "1250.75",
		"-0": "0", "-0.00": "0", "0": "0", "007": "7", "8.500000": "8.5", "-12.34": "-12.34", "－５": "-5", "−5": "-5",
		"999999999999999.999999": "999999999999999.999999", "0.1": "0.1", "1.0000000": "1", "\u3000 3\u00a0": "3",
		"000000000000000000001": "1",
	} {
		if got, problem := textRow(t, written).Decimal("actual", false); got != want || problem != nil {
			t.Errorf("%q is %q, %v; want %q", written, got, problem, want)
		}
	}
	for written, code := range map[string]string{
		"NaN": "cell.number", "Infinity": "cell.number", "-inf": "cell.number", "1e309": "cell.number", "1e3": "cell.number",
		"0x1p4": "cell.number", "0x10": "cell.number", "1_000": "cell.number", "+5": "cell.number", ".5": "cell.number",
		"5.": "cell.number", "--5": "cell.number", "1,25": "cell.number", "12,50,000": "cell.number", "1250,000": "cell.number",
		",500": "cell.number", "1.2.3": "cell.number", "1.2,000": "cell.number", "五": "cell.number", "-": "cell.number",
		"1 000": "cell.number", "¥5": "cell.number", "(5)": "cell.number", "#N/A": "cell.number", "٣": "cell.number",
		"8.59%": "cell.percent", "８．５９％": "cell.percent", "%": "cell.number", "5%%": "cell.number",
		"0.1234567": "cell.decimals", "100.00000000000001": "cell.decimals",
		"9223372036854775808": "cell.too_large", "1000000000000000": "cell.too_large", "12\x003": "cell.number",
	} {
		t.Run(written, func(t *testing.T) {
			_, problem := textRow(t, written).Decimal("actual", false)
			whole(t, problem, code)
		})
	}
}

func TestAPercentageMayBeWrittenInThreeWays(t *testing.T) {
	for written, want := range map[string]string{
		"8.59": "8.59", "8.59%": "8.59", "8.59 %": "8.59", "８．５９％": "8.59", "1,200%": "1200", "0.123456%": "0.123456", "-3%": "-3",
	} {
		if got, problem := textRow(t, written).Decimal("actual", true); got != want || problem != nil {
			t.Errorf("%q is %q, %v; want %q", written, got, problem, want)
		}
	}
	for stored, want := range map[string]string{
		"0.0859": "8.59", "8.5900000000000004E-2": "8.59", "1": "100", "0": "0", "-0.5": "-50", "0.00000001": "0.000001", "1.13": "113",
	} {
		if got, problem := numberRow(t, stored, stylePercent).Decimal("actual", true); got != want || problem != nil {
			t.Errorf("%q in a percent format is %q, %v; want %q", stored, got, problem, want)
		}
	}
	if got, problem := numberRow(t, "8.59", 0).Decimal("actual", true); got != "8.59" || problem != nil {
		t.Error(got, problem)
	}
	_, problem := numberRow(t, "0.0859", stylePercent).Decimal("actual", false)
	whole(t, problem, "cell.percent")
	if problem.Value != "8.59%" {
		t.Errorf("the value is shown as %q", problem.Value)
	}
	_, problem = numberRow(t, "0.123456789", stylePercent).Decimal("actual", true)
	whole(t, problem, "cell.decimals")
	_, problem = textRow(t, "abc").Decimal("actual", true)
	whole(t, problem, "cell.percentage")
}

func TestAStoredNumberIsTheShortestDecimalOfItsDouble(t *testing.T) {
	for stored, want := range map[string]string{
		"0.1000000000000000055": "0.1", "0.1": "0.1", "1.25E6": "1250000", "6023307.42": "6023307.42", "-0": "0",
		"2.9999999999999999E-2": "0.03", "1E-6": "0.000001", "123456789012345": "123456789012345", "0.30000000000000004": "",
	} {
		got, problem := numberRow(t, stored, 0).Decimal("actual", false)
		if got != want || (problem == nil) != (want != "") {
			t.Errorf("%s is %q, %v; want %q", stored, got, problem, want)
		}
	}
	for stored, code := range map[string]string{
		"NaN": "cell.number", "Infinity": "cell.number", "1e309": "cell.number", "0x1p4": "cell.number", "1_0": "cell.number",
		"abc": "cell.number", "1,5": "cell.number", "100.00000000000001": "cell.decimals", "1e300": "cell.too_large",
		"5 5": "cell.number",
	} {
		t.Run(stored, func(t *testing.T) {
			row := numberRow(t, stored, 0)
			_, problem := row.Decimal("actual", false)
			whole(t, problem, code)
			if strings.HasPrefix(code, "cell.number") {
				_, problem = row.Text("actual")
				whole(t, problem, code)
			}
		})
	}
}

func TestZeroIsAValueAndABlankIsNone(t *testing.T) {
	row := numberRow(t, "0", 0)
	if got, problem := row.Decimal("actual", false); got != "0" || problem != nil || row.Blank("actual") {
		t.Error(got, problem)
	}
	blank := readText(t, "工号,实际值,日期\n1, \u3000,\n").rows[0]
	got, problem := blank.Decimal("actual", false)
	year, _, _, dateProblem := blank.Date("day")
	if got != "" || problem != nil || !blank.Blank("actual") || year != 0 || dateProblem != nil || !blank.Blank("unit_code") {
		t.Error(got, problem, year, dateProblem)
	}
}

func TestWholeNumbers(t *testing.T) {
	for written, want := range map[string]int64{"12": 12, "-3": -3, "1,000": 1000, "3.0": 3, "": 0} {
		if got, problem := textRow(t, written).Int("actual"); got != want || problem != nil {
			t.Errorf("%q is %d, %v", written, got, problem)
		}
	}
	_, problem := textRow(t, "1.5").Int("actual")
	whole(t, problem, "cell.whole_number")
}

func TestErrorValuesAndOtherKindsOfCells(t *testing.T) {
	content := one(t, sheetData(inline(1, "工号", "实际值", "机构代码", "日期"),
		`<row r="2"><c r="A2"><v>7001</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="d"><v>2026-10-05T00:00:00</v></c></row>`,
		`<row r="3"><c r="A3" s="3"><v>46300</v></c><c r="B3" s="3"><v>46300</v></c></row>`))
	rows := readBook(t, content).rows
	staff, problem := rows[0].Text("staff_no")
	if staff != "7001" || problem != nil || !rows[0].Numeric("staff_no") || rows[0].Numeric("unit_code") {
		t.Error("a number in a column of codes", staff, problem)
	}
	_, problem = rows[0].Decimal("actual", false)
	whole(t, problem, "cell.failed")
	if problem.Value != "#N/A" || problem.Column != "实际值" || problem.Sheet != "S1" || problem.Row != 2 {
		t.Errorf("%+v", problem)
	}
	if text, _ := rows[0].Text("unit_code"); text != "TRUE" {
		t.Error(text)
	}
	_, problem = rows[0].Decimal("unit_code", false)
	whole(t, problem, "cell.number")
	if y, m, d, problem := rows[0].Date("day"); y != 2026 || m != 10 || d != 5 || problem != nil {
		t.Error(y, m, d, problem)
	}
	_, problem = rows[1].Decimal("actual", false)
	whole(t, problem, "cell.date_for_number")
	if text, _ := rows[1].Text("staff_no"); text != "2026-10-05" {
		t.Error(text)
	}
	if month, problem := rows[1].Month("staff_no"); month != "2026-10" || problem != nil {
		t.Error(month, problem)
	}
}

func TestDaysAreReadInEveryFormThatPeopleWrite(t *testing.T) {
	for _, written := range []string{
		"2026-10-05", "2026/10/5", "20261005", "2026年10月5日", "2026年10月05号", "2026.10.5", " ２０２６－１０－０５ ",
		"2026-10-05 00:00:00", "2026-10-05T00:00:00", "2026/10/5 0:00", "46300", "2026年 10月 5日",
	} {
		y, m, d, problem := textRow(t, written).Date("actual")
		if y != 2026 || m != time.October || d != 5 || problem != nil {
			t.Errorf("%q is %d-%d-%d, %v", written, y, m, d, problem)
		}
	}
	for _, written := range []string{
		"2026-02-30", "2026-13-01", "26-10-05", "10/5/2026", "2026-10", "20261305", "2026", "5", "abc", "2026-10-05 08:30",
		"2026--5", "2026-1-1-1", "-46300", "46300.5", "2026-10-5日", "1899-12-31", "99999999", "2026-+1-05",
	} {
		t.Run(written, func(t *testing.T) {
			_, _, _, problem := textRow(t, written).Date("actual")
			whole(t, problem, "cell.date")
		})
	}
	for stored, want := range map[string]string{"46300": "2026-10-05", "1": "1900-01-01", "59": "1900-02-28", "61": "1900-03-01", "2958465": "9999-12-31"} {
		y, m, d, problem := numberRow(t, stored, styleDate).Date("actual")
		if got := fmt.Sprintf("%04d-%02d-%02d", y, m, d); got != want || problem != nil {
			t.Errorf("serial %s is %s, %v; want %s", stored, got, problem, want)
		}
	}
	for _, stored := range []string{"0", "60", "-1", "46300.25", "2958466", "1e12", "NaN"} {
		if _, _, _, problem := numberRow(t, stored, styleDate).Date("actual"); problem == nil {
			t.Errorf("serial %s is a day", stored)
		}
	}
	if y, m, d, problem := numberRow(t, "20261005", 0).Date("actual"); y != 2026 || m != 10 || d != 5 || problem != nil {
		t.Error("a date written as a number", y, m, d, problem)
	}
	_, _, _, problem := numberRow(t, "2026", 0).Date("actual")
	whole(t, problem, "cell.date")
}

func TestDaysOfTheSystemOf1904(t *testing.T) {
	parts := bookParts(nil, sheetData(inline(1, "工号", "实际值"), `<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="2"><v>44838</v></c></row>`))
	for i := range parts {
		parts[i].text = strings.Replace(parts[i].text, "<workbookPr/>", `<workbookPr date1904="1"/>`, 1)
	}
	y, m, d, problem := readBook(t, pack(t, parts)).rows[0].Date("actual")
	if y != 2026 || m != 10 || d != 5 || problem != nil {
		t.Error(y, m, d, problem)
	}
}

func TestMonthsAreReadInEveryFormThatPeopleWrite(t *testing.T) {
	for _, written := range []string{"2026-10", "2026/10", "202610", "2026年10月", "２０２６-１０", "2026.10"} {
		if month, problem := textRow(t, written).Month("actual"); month != "2026-10" || problem != nil {
			t.Errorf("%q is %q, %v", written, month, problem)
		}
	}
	for _, written := range []string{"2026-13", "10-2026", "2026", "Oct 2026", "2026-10-05"} {
		_, problem := textRow(t, written).Month("actual")
		whole(t, problem, "cell.month")
	}
}

func TestCodesKeepTheirZerosAndLoseTheirBlanks(t *testing.T) {
	row := textRow(t, "\u3000 ００７001\u00a0")
	if code, problem := row.Code("actual"); code != "007001" || problem != nil {
		t.Error(code, problem)
	}
	if text, _ := row.Text("actual"); text != "００７001" {
		t.Error(text)
	}
	if text, _ := row.Text("staff_no"); text != "007001" || row.Numeric("staff_no") {
		t.Error(text)
	}
}

func TestCharactersThatCannotBeSeenAreAProblem(t *testing.T) {
	for _, bad := range []string{
		"a\x00b", "a\x1bb", "a\x7fb", "a\u0085b", "a\u200bb", "a\u200db", "a\u202eb", "a\u2066b", "a\ufeffb", "a\u00adb", "a\u2028b", "\U000e0041",
	} {
		_, problem := textRow(t, bad).Text("actual")
		whole(t, problem, "cell.forbidden_character")
		if strings.ContainsAny(problem.Value, bad[1:2]) && bad[1] < 0x20 {
			t.Errorf("the message repeats the character: %q", problem.Value)
		}
	}
	_, problem := textRow(t, "a\ufffdb").Text("actual")
	whole(t, problem, "cell.broken_character")
	_, problem = textRow(t, strings.Repeat("字", textMost+1)).Text("actual")
	whole(t, problem, "cell.too_long")
	for _, good := range []string{"=1+1", "两\n行", "José", "𠮷野家", "😀", "\ue000", "O'Brien", "a\tb"} {
		if text, problem := textRow(t, good).Text("actual"); text != good || problem != nil {
			t.Errorf("%q is %q, %v", good, text, problem)
		}
	}
	content := one(t, sheetData(inline(1, "工号", "实际值"), inline(2, "a_x0000_b", "x_x005F_x0041_")))
	row := readBook(t, content).rows[0]
	_, problem = row.Text("staff_no")
	whole(t, problem, "cell.forbidden_character")
	if text, _ := row.Text("actual"); text != "x_x0041_" {
		t.Error(text)
	}
}

func TestAProblemCallsTheColumnAsTheFileDoes(t *testing.T) {
	row := readText(t, "STAFF NO *,Actual\n1,2\n").rows
	if len(row) != 1 {
		t.Fatal("the header was not known")
	}
	problem := row[0].Problem("staff_no", "cell.number", nil)
	if problem.Column != "STAFF NO *" || problem.Value != "1" || problem.Row != 2 || problem.Sheet != "" {
		t.Errorf("%+v", problem)
	}
	if absent := row[0].Problem("unit_code", "cell.number", lang.Args{}); absent.Column != "机构代码" || absent.Value != "" {
		t.Errorf("%+v", absent)
	}
	long := readText(t, "工号,实际值\n"+strings.Repeat("字", 500)+",2\n").rows[0]
	if value := long.Problem("staff_no", "cell.number", nil).Value; len([]rune(value)) != valueShown+1 {
		t.Error(value)
	}
}

func TestMessagesDoNotRepeatCharactersThatTurnTheWriting(t *testing.T) {
	parts := bookParts(nil, sheetData(inline(1, "工号", "实际\u202e值"), inline(2, "1\u202e", "2")))
	for i := range parts {
		parts[i].text = strings.Replace(parts[i].text, `name="S1"`, "name=\"S\u202e1\"", 1)
	}
	_, err := read("f\u202ecod.xlsx", pack(t, parts), Options{}, facts)
	refusedWith(t, err, "file.header_missing")
	if strings.Contains(err.Error(), "\u202e") {
		t.Error(err)
	}
	parts[len(parts)-1].text = strings.Replace(parts[len(parts)-1].text, "实际\u202e值", "实际值", 1)
	all, err := read("f\u202ecod.xlsx", pack(t, parts), Options{}, facts)
	if err != nil {
		t.Fatal(err)
	}
	_, problem := all.rows[0].Text("staff_no")
	whole(t, problem, "cell.forbidden_character")
	if strings.Contains(problem.In("en"), "\u202e") {
		t.Error(problem.In("en"))
	}
}

func TestFormatCodesAreToldApart(t *testing.T) {
	for code, want := range map[string]numberFormat{
		"General": formatPlain, "0.00": formatPlain, "0.00%": formatPercent, `0.00"%"`: formatPlain, `0\%`: formatPlain,
		"yyyy-mm-dd": formatDate, `yyyy"年"m"月"d"日"`: formatDate, "[$-804]yyyy/m/d;@": formatDate, "mmm-yy": formatDate,
		"h:mm:ss": formatPlain, "[h]:mm": formatPlain, "[Red]0.00;[Blue]-0.00": formatPlain, "#,##0.00_);(#,##0.00)": formatPlain,
		"0.00E+00": formatPlain, `"day" 0`: formatPlain, "m/d": formatDate, "G/通用格式": formatPlain, "@": formatPlain,
		"yyyy/m/d h:mm": formatDate, `#,##0"亿"`: formatPlain, "0;0%": formatPlain, "[": formatPlain, `"`: formatPlain, `\`: formatPlain,
	} {
		if got := formatOf(code); got != want {
			t.Errorf("%s is %d, want %d", code, got, want)
		}
	}
}
