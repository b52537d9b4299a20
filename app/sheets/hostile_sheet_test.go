package sheets

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/fault"
)

func TestF05_ALyingDimensionMakesNoRows(t *testing.T) {
	sheet := `<dimension ref="A1:XFD1048576"/>` + soundSheet
	if n := len(readBook(t, one(t, sheet)).rows); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestF05_ATableBeyondTheLimitsIsRefused(t *testing.T) {
	header := inline(1, "工号", "实际值")
	var styled, wide strings.Builder
	for n := 2; n <= lastRow; n++ {
		fmt.Fprintf(&styled, `<row r="%d" s="1" customFormat="1"/>`, n)
	}
	for n := 2; n <= 20_000; n++ {
		fmt.Fprintf(&wide, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, n, n)
	}
	for name, c := range map[string]struct{ sheet, code string }{
		"a cell in the last corner only":  {sheetData(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), "file.too_many_rows"},
		"a cell in the last corner":       {sheetData(header, `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), "file.too_many_rows"},
		"1,048,576 empty styled rows":     {sheetData(header, styled.String()), "file.too_many_rows"},
		"20,000 rows with a cell at XFD":  {sheetData(header, wide.String()), "file.too_many_cells"},
		"such rows and no header":         {sheetData(wide.String()), "file.too_many_cells"},
		"a row beyond the last":           {sheetData(header, `<row r="1048577"/>`), "file.sheet_damaged"},
		"a row number beyond all numbers": {sheetData(header, `<row r="2147483647"/>`), "file.sheet_damaged"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, "f.xlsx", one(t, c.sheet), c.code) })
	}
}

func TestF05_TheLimitsCountFromTheHeader(t *testing.T) {
	limits := DefaultLimits()
	limits.Rows, limits.Cells = 3, 6
	sheet := func(rows int) []byte {
		list := []string{inline(1, "十月"), inline(3, "工号", "实际值")}
		for i := range rows {
			list = append(list, inline(4+i, "007001", "5"))
		}
		return one(t, sheetData(list...))
	}
	all, err := read("f.xlsx", sheet(3), Options{Limits: limits}, facts)
	if err != nil || len(all.rows) != 3 {
		t.Errorf("3 rows: %d, %v", len(all.rows), err)
	}
	_, err = read("f.xlsx", sheet(4), Options{Limits: limits}, facts)
	refusedWith(t, err, "file.too_many_rows")
	text := "工号,实际值\n1,2\n1,2\n1,2\n1,2\n"
	_, err = read("f.csv", []byte(text), Options{Limits: limits}, facts)
	refusedWith(t, err, "file.too_many_rows")
	limits.CSVRowsUnlimited = true
	if all, err := read("f.csv", []byte(text), Options{Limits: limits}, facts); err != nil || len(all.rows) != 4 {
		t.Errorf("without limits: %d, %v", len(all.rows), err)
	}
}

func TestF06_ADamagedSheetIsRefusedWhole(t *testing.T) {
	rows := func(at int, instead string) string {
		list := []string{inline(1, "工号", "实际值")}
		for n := 2; n <= 1000; n++ {
			if n == at {
				list = append(list, instead)
				continue
			}
			list = append(list, inline(n, fmt.Sprintf("%06d", n), "5"))
		}
		return sheetData(list...)
	}
	for name, instead := range map[string]string{
		"an end tag that does not match":  `<row r="501"><c r="A501"><v>1</c></v></row>`,
		"a tag without an end":            `<row r="501"><c r="A501"`,
		"an unknown entity":               inline(501, "&nbsp;"),
		"a bare ampersand":                inline(501, "a & b"),
		"a control character":             inline(501, "a\x01b"),
		"a control character by number":   inline(501, "a&#0;b"),
		"a byte that is no UTF-8":         inline(501, "a\xFFb"),
		"an attribute twice":              `<row r="501" r="501"/>`,
		"an attribute without quotes":     `<row r=501/>`,
		"a column beyond the last":        `<row r="501"><c r="ZZZZ501"><v>1</v></c></row>`,
		"a column just beyond the last":   `<row r="501"><c r="XFE501"><v>1</v></c></row>`,
		"a cell of another row":           `<row r="501"><c r="A502"><v>1</v></c></row>`,
		"a cell reference without letter": `<row r="501"><c r="501"><v>1</v></c></row>`,
		"a small letter in a reference":   `<row r="501"><c r="a501"><v>1</v></c></row>`,
		"a shared string of -1":           `<row r="501"><c r="A501" t="s"><v>-1</v></c></row>`,
		"a shared string that is missing": `<row r="501"><c r="A501" t="s"><v>2</v></c></row>`,
		"a shared string without number":  `<row r="501"><c r="A501" t="s"><v></v></c></row>`,
		"such a one in an unknown column": `<row r="501"><c r="Z501" t="s"><v>99</v></c></row>`,
		"a style that is missing":         `<row r="501"><c r="A501" s="99"><v>1</v></c></row>`,
		"a style below zero":              `<row r="501"><c r="A501" s="-1"><v>1</v></c></row>`,
		"a kind of cell nobody knows":     `<row r="501"><c r="A501" t="zz"><v>1</v></c></row>`,
		"two values in a cell":            `<row r="501"><c r="A501"><v>1</v><v>2</v></c></row>`,
		"a row before the last":           inline(7, "000007", "5"),
		"a row of number 0":               inline(0, "000007", "5"),
		"a second document":               inline(501, "1", "2") + `</sheetData></worksheet><worksheet><sheetData>`,
		"elements without an end":         strings.Repeat("<row>", 200),
	} {
		t.Run(name, func(t *testing.T) {
			parts := bookParts([]string{"a", "b"}, rows(501, instead))
			refused(t, "f.xlsx", pack(t, parts), "file.sheet_damaged", "file.damaged", "file.part_encoding")
		})
	}
	t.Run("a part that is cut off", func(t *testing.T) {
		parts := bookParts(nil, rows(0, ""))
		sheet := &parts[len(parts)-1]
		sheet.text = sheet.text[:len(sheet.text)/4]
		refused(t, "f.xlsx", pack(t, parts), "file.sheet_damaged")
	})
	t.Run("a part that is cut off at many places", func(t *testing.T) {
		parts := bookParts(nil, soundSheet+`<mergeCells><mergeCell ref="A1:B1"/></mergeCells>`)
		sheet := &parts[len(parts)-1]
		for text := sheet.text; text != ""; {
			text = text[:max(0, len(text)-5)]
			sheet.text = text
			refused(t, "f.xlsx", pack(t, parts), "file.sheet_damaged", "file.part_encoding")
		}
	})
	t.Run("an end that is missing", func(t *testing.T) {
		parts := bookParts(nil, rows(0, ""))
		sheet := &parts[len(parts)-1]
		sheet.text = strings.TrimSuffix(sheet.text, "</worksheet>")
		refused(t, "f.xlsx", pack(t, parts), "file.sheet_damaged")
	})
	t.Run("no rows element", func(t *testing.T) { refused(t, "f.xlsx", one(t, ""), "file.sheet_damaged") })
	t.Run("rows twice", func(t *testing.T) {
		refused(t, "f.xlsx", one(t, soundSheet+soundSheet), "file.sheet_damaged")
	})
}

func TestF06_TheErrorSaysWhereTheDamageIs(t *testing.T) {
	sheet := sheetData(inline(1, "工号", "实际值"), inline(2, "1", "2"), `<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>1</v></c></row>`)
	_, err := read("f.xlsx", one(t, sheet), Options{}, facts)
	refusal, _ := fault.As(err)
	if refusal == nil || refusal.Args["sheet"] != "S1" || refusal.Args["row"] != 3 {
		t.Errorf("%+v", refusal)
	}
}

func TestF06_DamageInWhatAllSheetsShareIsRefused(t *testing.T) {
	for part, text := range map[string]string{
		"xl/workbook.xml":            `<workbook ` + nsMain + `><sheets><sheet name="a" sheetId="1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`,
		"xl/styles.xml":              `<styleSheet ` + nsMain + `><cellXfs>`,
		"xl/sharedStrings.xml":       `<sst ` + nsMain + `><si><t>a</t></si>`,
		"[Content_Types].xml":        `<Types>`,
		"_rels/.rels":                `<Relationships xmlns="other"/>`,
	} {
		t.Run(part, func(t *testing.T) {
			parts := bookParts([]string{"a"}, soundSheet)
			for i := range parts {
				if parts[i].name == part {
					parts[i].text = text
				}
			}
			refused(t, "f.xlsx", pack(t, parts))
		})
	}
	t.Run("a sheet in another namespace", func(t *testing.T) {
		parts := bookParts(nil, soundSheet)
		last := &parts[len(parts)-1]
		last.text = strings.Replace(last.text, "spreadsheetml/2006", "spreadsheetml/1999", 1)
		refused(t, "f.xlsx", pack(t, parts), "file.sheet_damaged")
	})
}

func TestF07_ADocumentTypeDeclarationIsRefusedInEveryPart(t *testing.T) {
	const external = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`
	const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>`
	const parameter = `<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>`
	base := append(bookParts([]string{"工号"}, soundSheet), part{"docProps/core.xml", "<core/>"})
	for i := range base {
		for what, prolog := range map[string]string{"external entity": external, "laughs": laughs, "parameter entity": parameter} {
			t.Run(base[i].name+" "+what, func(t *testing.T) {
				parts := append([]part(nil), base...)
				text := strings.TrimPrefix(parts[i].text, `<?xml version="1.0" encoding="UTF-8"?>`)
				parts[i].text = prolog + text
				refused(t, "f.xlsx", pack(t, parts), "file.dtd")
				parts[i].text = `<?xml version="1.0"?><!-- x -->` + prolog + text
				refused(t, "f.xlsx", pack(t, parts), "file.dtd")
			})
		}
		t.Run(base[i].name+" in UTF-16", func(t *testing.T) {
			parts := append([]part(nil), base...)
			parts[i].text = utf16Text(external + parts[i].text)
			refused(t, "f.xlsx", pack(t, parts), "file.part_encoding")
			parts[i].text = "\xFF\xFE" + parts[i].text
			refused(t, "f.xlsx", pack(t, parts), "file.part_encoding")
		})
	}
	t.Run("another encoding is declared", func(t *testing.T) {
		parts := bookParts(nil, soundSheet)
		last := &parts[len(parts)-1]
		last.text = strings.Replace(last.text, `encoding="UTF-8"`, `encoding="UTF-7"`, 1)
		refused(t, "f.xlsx", pack(t, parts), "file.part_encoding")
	})
}

func utf16Text(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func TestF08_WhatTheUserDidNotSeeIsRefused(t *testing.T) {
	header := inline(1, "工号", "实际值")
	for name, row := range map[string]string{
		"cells out of order":  `<row r="2"><c r="C2"><v>1</v></c><c r="A2"><v>1</v></c><c r="B2"><v>1</v></c></row>`,
		"a cell twice":        `<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>`,
		"a row twice":         inline(2, "1", "2") + inline(2, "1", "3"),
		"rows out of order":   inline(5, "1", "2") + inline(4, "1", "3"),
		"two texts in a cell": `<row r="2"><c r="A2" t="inlineStr"><is><t>1</t></is><is><t>2</t></is></c></row>`,
	} {
		t.Run(name, func(t *testing.T) { refused(t, "f.xlsx", one(t, sheetData(header, row)), "file.sheet_damaged") })
	}
	parts := bookParts(nil, soundSheet)
	second := part{parts[len(parts)-1].name, strings.Replace(parts[len(parts)-1].text, ">5<", ">999<", 1)}
	t.Run("a zip entry twice", func(t *testing.T) {
		refused(t, "f.xlsx", pack(t, append(bookParts(nil, soundSheet), second)), "file.archive")
	})
	t.Run("a zip entry twice but for capitals", func(t *testing.T) {
		second.name = "xl/worksheets/SHEET1.XML"
		refused(t, "f.xlsx", pack(t, append(bookParts(nil, soundSheet), second)), "file.archive")
	})
}

func TestF08_AFormulaCountsOnlyIfItIsAllowed(t *testing.T) {
	content := one(t, sheetData(inline(1, "工号", "实际值", "机构代码", "日期"),
		`<row r="2"><c r="A2" t="str"><f>"00"&amp;"7"</f><v>007</v></c><c r="B2"><f>1+1</f><v>999</v></c><c r="C2"><f>1/0</f></c><c r="D2" t="str"><f>""</f><v></v></c></row>`))
	row := readBook(t, content).rows[0]
	_, problem := row.Decimal("actual", false)
	whole(t, problem, "cell.formula")
	if problem.Value != "999" {
		t.Errorf("value %q", problem.Value)
	}
	_, problem = row.Text("staff_no")
	whole(t, problem, "cell.formula")
	if row.Blank("actual") || row.Blank("unit_code") || row.Blank("day") {
		t.Error("a formula is no blank")
	}
	all, err := read("f.xlsx", content, Options{AllowFormulas: true}, facts)
	if err != nil {
		t.Fatal(err)
	}
	row = all.rows[0]
	if actual, problem := row.Decimal("actual", false); actual != "999" || problem != nil {
		t.Error(actual, problem)
	}
	if staff, problem := row.Text("staff_no"); staff != "007" || problem != nil {
		t.Error(staff, problem)
	}
	_, problem = row.Text("unit_code")
	whole(t, problem, "cell.formula_empty")
	if !row.Blank("day") {
		t.Error("a formula that gives the empty text is blank")
	}
}

func TestF08_HiddenAndMergedCellsAreListed(t *testing.T) {
	sheet := `<cols><col min="2" max="2" hidden="1"/></cols>` + sheetData(
		inline(1, "十月实绩"), inline(2, "工号", "实际值"), inline(3, "007001", "5"),
		strings.Replace(inline(4, "007002", "6"), `r="4"`, `r="4" hidden="1"`, 1), inline(5, "007003"),
		inline(6, "", "", "", "合计")) +
		`<mergeCells count="2"><mergeCell ref="A1:F1"/><mergeCell ref="A3:A4"/></mergeCells>`
	parts := bookParts(nil, soundSheet, sheet, soundSheet)
	for i := range parts {
		if parts[i].name == "xl/workbook.xml" {
			parts[i].text = strings.Replace(parts[i].text, `name="S1"`, `name="S1" state="veryHidden"`, 1)
		}
	}
	all := readBook(t, pack(t, parts))
	if len(all.rows) != 3 || all.rows[1].Sheet != "S2" {
		t.Errorf("%d rows", len(all.rows))
	}
	var codes []string
	for _, notice := range all.notices {
		codes = append(codes, notice.Code+" "+notice.Sheet)
		if notice.File != "f.xlsx" || strings.ContainsAny(notice.In("zh")+notice.In("en"), "{}") {
			t.Errorf("%+v", notice)
		}
	}
	want := "file.hidden_sheet S1,file.other_sheet S3,file.hidden_columns S2,file.merged S2,file.hidden_rows S2,file.rows_outside S2"
	if got := strings.Join(codes, ","); got != want {
		t.Errorf("notices\n%s, want\n%s", got, want)
	}
}

func TestF12_NothingIsLeftBehind(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	book, damagedBook := one(t, soundSheet), one(t, sheetData(inline(1, "工号", "实际值"), "<row>"))
	source := t.TempDir()
	files := map[string][]byte{"a.xlsx": book, "b.xlsx": damagedBook, "c.xlsx": []byte("PK\x03\x04"), "d.csv": []byte("工号,实际值\n1,2\n")}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(source, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := openFiles()
	for range 100 {
		for name := range files {
			abort(filepath.Join(source, name))
		}
	}
	if after := openFiles(); after != before {
		t.Errorf("%d files are open, %d were before", after, before)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// abort opens a file, reads its first row if it has one, and gives up.
func abort(path string) {
	file, err := Open(path, Options{})
	if err != nil {
		return
	}
	if rows, err := file.Rows(facts); err == nil {
		rows.Next()
		rows.Close()
	}
	_ = file.Close()
}

func openFiles() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0 // no Linux; the folder of temporary files is looked at all the same
	}
	return len(list)
}

func TestTheSameFileHasTheSameHash(t *testing.T) {
	content := one(t, soundSheet)
	open := func() *File {
		file, err := OpenReader(bytes.NewReader(content), int64(len(content)), "f.xlsx", Options{})
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	if a, b := open().SHA256, open().SHA256; a != b || len(a) != 64 {
		t.Error(a, b)
	}
}
