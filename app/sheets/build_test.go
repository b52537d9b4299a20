package sheets

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

const (
	nsMain = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	nsRel  = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	typeOf = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// part is one entry of a workbook under construction.
type part struct{ name, text string }

// bookParts gives the parts of a workbook with these sheets, each the inside of
// a worksheet element, and shared strings.
func bookParts(shared []string, sheets ...string) []part {
	types := `<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`
	var list, relations string
	var parts []part
	for i, sheet := range sheets {
		n := i + 1
		list += fmt.Sprintf(`<sheet name="S%d" sheetId="%d" r:id="rId%d"/>`, n, n, n)
		relations += fmt.Sprintf(`<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, n, typeOf, n)
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", n), `<?xml version="1.0" encoding="UTF-8"?>` + "\n<worksheet " + nsMain + ">" + sheet + "</worksheet>"})
	}
	relations += `<Relationship Id="rId90" Type="` + typeOf + `styles" Target="styles.xml"/>`
	if shared != nil {
		relations += `<Relationship Id="rId91" Type="` + typeOf + `sharedStrings" Target="/xl/sharedStrings.xml"/>`
		parts = append(parts, part{"xl/sharedStrings.xml", "<sst " + nsMain + "><si><t>" + strings.Join(shared, "</t></si><si><t>") + "</t></si></sst>"})
	}
	return append([]part{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` + types + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + typeOf + `officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + nsMain + ` ` + nsRel + `><workbookPr/><sheets>` + list + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + relations + `</Relationships>`},
		{"xl/styles.xml", `<styleSheet ` + nsMain + `><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd;@"/><numFmt numFmtId="165" formatCode="0.0000%"/></numFmts>` +
			`<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`},
	}, parts...)
}

// The cell styles of bookParts.
const (
	stylePercent = 1
	styleDate    = 3
)

func pack(tb testing.TB, parts []part) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(to, flate.BestSpeed)
	})
	for _, p := range parts {
		method := zip.Store
		if len(p.text) > 100 {
			method = zip.Deflate
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: method})
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := f.Write([]byte(p.text)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// inline writes a row of text cells from column A on; "" leaves one out.
func inline(number int, texts ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, number)
	for i, text := range texts {
		if text != "" {
			fmt.Fprintf(&b, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, number, text)
		}
	}
	return b.String() + `</row>`
}

func sheetData(rows ...string) string { return "<sheetData>" + strings.Join(rows, "") + "</sheetData>" }

// one makes a workbook of one sheet.
func one(tb testing.TB, sheet string) []byte {
	tb.Helper()
	return pack(tb, bookParts(nil, sheet))
}

// facts are the columns that most tests read.
var facts = []Column{
	{Name: "staff_no", Zh: "工号", En: "Staff number", Required: true},
	{Name: "actual", Zh: "实际值", En: "Actual", Required: true},
	{Name: "unit_code", Zh: "机构代码", En: "Unit code"},
	{Name: "day", Zh: "日期", En: "Day", Aliases: []string{"as of"}},
}

// table is what was read of a file: every row and every notice.
type table struct {
	rows    []Row
	unknown []string
	notices []fault.Problem
}

// read reads a whole file as a caller would. With an error no row counts.
func read(name string, content []byte, opts Options, columns []Column) (table, error) {
	file, err := OpenReader(bytes.NewReader(content), int64(len(content)), name, opts)
	if err != nil {
		return table{}, err
	}
	defer file.Close()
	rows, err := file.Rows(columns)
	if err != nil {
		return table{}, err
	}
	defer rows.Close()
	var all table
	for rows.Next() {
		all.rows = append(all.rows, rows.Row())
	}
	if err := rows.Err(); err != nil {
		return table{}, err
	}
	all.unknown, all.notices = rows.Unknown(), rows.Notices()
	return all, nil
}

func readBook(t *testing.T, content []byte) table {
	t.Helper()
	all, err := read("f.xlsx", content, Options{}, facts)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func readText(t *testing.T, content string) table {
	t.Helper()
	all, err := read("f.csv", []byte(content), Options{}, facts)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// refused checks that a file is refused with one of the codes and a message in
// both languages that names the file and has no gaps.
func refused(t *testing.T, name string, content []byte, codes ...string) {
	t.Helper()
	_, err := read(name, content, Options{}, facts)
	refusedWith(t, err, codes...)
}

func refusedWith(t *testing.T, err error, codes ...string) {
	t.Helper()
	refusal, ok := fault.As(err)
	if !ok || refusal.Kind != fault.Invalid {
		t.Fatalf("not refused: %v", err)
	}
	found := len(codes) == 0
	for _, code := range codes {
		found = found || refusal.Code == code
	}
	if !found {
		t.Errorf("refused with %s: %v", refusal.Code, err)
	}
	for _, l := range []lang.Language{lang.Zh, lang.En} {
		if message := refusal.In(l); strings.ContainsAny(message, "{}") || message == refusal.Code {
			t.Errorf("message with gaps: %s", message)
		}
	}
}

// whole checks that a problem has a place and a message without gaps.
func whole(t *testing.T, p *fault.Problem, code string) {
	t.Helper()
	if p == nil {
		t.Fatalf("no problem, wanted %s", code)
	}
	if p.Code != code || p.Row == 0 || p.Column == "" || p.File == "" {
		t.Errorf("problem %+v, wanted %s", *p, code)
	}
	for _, l := range []lang.Language{lang.Zh, lang.En} {
		if message := p.In(l); strings.ContainsAny(message, "{}") || strings.Contains(message, p.Code) {
			t.Errorf("message with gaps: %s", message)
		}
	}
}
