package sheets

import (
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
)

// outline scans a document and writes down what it found.
func outline(m *markup) (string, error) {
	var b strings.Builder
	for {
		t, err := m.next()
		if err != nil {
			return b.String(), err
		}
		switch t {
		case tokenEnd:
			return b.String(), nil
		case tokenOpen:
			fmt.Fprintf(&b, "<%s", m.name)
			if m.attr("a") != nil {
				fmt.Fprintf(&b, " %s", m.attribute("a"))
			}
			b.WriteByte('>')
		case tokenClose:
			fmt.Fprintf(&b, "</%s>", m.name)
		case tokenText:
			text := m.text
			if !m.cdata {
				text, _ = appendText(nil, m.text)
			}
			b.Write(text)
		}
	}
}

func TestADocumentIsReadAsXMLSays(t *testing.T) {
	for document, want := range map[string]string{
		`<a/>`: "<a></a>",
		"\xEF\xBB\xBF<?xml version='1.0'?>\n<a/>\n":                "<a></a>",
		`<a><!-- <b> --><b a="1 &lt; 2 > 0"/></a>`:                 "<a><b 1 < 2 > 0></b></a>",
		`<a>&#x4E00;&#20108;&amp;<![CDATA[<&>]]></a>`:              "<a>一二&<&></a>",
		`<a ><?x y?>t</a >`:                                        "<a>t</a>",
		`<x:a xmlns:x="n"><x:b/><c/></x:a>`:                        "<a><b></b><></></a>",
		`<a xmlns="n"><b xmlns="m"><b/></b><b/></a>`:               "<a><><></></><b></b></a>",
		`<a xmlns="n" xmlns:x="m"><x:b a="1"/></a>`:                "<a>< 1></></a>",
		"<a b='\"' a='2'>" + strings.Repeat("x", 200_000) + "</a>": "<a 2>" + strings.Repeat("x", 200_000) + "</a>",
	} {
		got, err := outline(newMarkup(strings.NewReader(document)))
		if got != want || err != nil {
			t.Errorf("%.60s: %.60s, %v", document, got, err)
		}
		got, err = outline(newMarkup(iotest.OneByteReader(strings.NewReader(document))))
		if got != want || err != nil {
			t.Errorf("byte by byte, %.60s: %.60s, %v", document, got, err)
		}
	}
}

func TestADocumentThatIsNotWellFormedIsAnError(t *testing.T) {
	for _, document := range []string{
		"", " ", "a", "<", "<a", "<a>", "<a></b>", "</a>", "<a/><b/>", "<a/>x", "x<a/>", "<a/", "<a b/>", "<a b=1/>", `<a b="1"c="2"/>`,
		`<a b="<"/>`, `<a b="1" b="2"/>`, "<a><b></a></b>", "<a>&x;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&</a>", "<1/>", "< a/>",
		"<a><!-- </a>", "<a><![CDATA[</a>", "<a>\x00</a>", "<a>\xC0\x80</a>", "<a \xFF='1'/>", `<?xml version="1.1"?><a/>`,
		`<?xml version="1.0" encoding="GBK"?><a/>`, "<!DOCTYPE a><a/>", "<a><!ENTITY b 'c'></a>", "<![CDATA[x]]>",
		strings.Repeat("<a>", depthMost+1), "<a " + strings.Repeat("b", tokenMost) + "/>", "<a>" + strings.Repeat("x", tokenMost+1) + "</a>",
	} {
		if _, err := outline(newMarkup(strings.NewReader(document))); err == nil {
			t.Errorf("%.60q is taken for sound", document)
		}
	}
}

func TestTextsOfACellAreReadInEveryFormThatProgramsWrite(t *testing.T) {
	parts := bookParts([]string{"工号", "实际值", `</t></si><si><r><rPr><b/></rPr><t>00</t></r><r><t xml:space="preserve">7</t></r><rPh sb="0" eb="1"><t>ling</t></rPh></si><si><t>_x4E00_`},
		`<sheetPr/><sheetViews><sheetView workbookViewId="0"/></sheetViews>`+sheetData(
			`<row r="1" spans="1:2" x14ac:dyDescent="0.25" xmlns:x14ac="x"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`,
			`<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2"><v>5</v><extLst><ext><v>9</v></ext></extLst></c></row>`,
			`<row><c t="s"><v>4</v></c><c t="inlineStr"><is><r><t>1</t></r><r><t>2</t></r></is></c></row>`,
			`<row r="1048576" ht="12.8"/>`)+`<pageMargins left="0.7"/><extLst><ext><a xmlns="other"><row r="9"/></a></ext></extLst>`)
	for i := range parts {
		parts[i].text = strings.ReplaceAll(parts[i].text, "<sheets>", `<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x15"><x/></mc:Choice></mc:AlternateContent><sheets>`)
	}
	parts = append(parts, part{"xl/printerSettings/printerSettings1.bin", "x"}, part{"docProps/thumbnail.wmf", "x"})
	all := readBook(t, pack(t, parts))
	staff, numbers := staffOf(t, all)
	actual, problem := all.rows[1].Decimal("actual", false)
	if strings.Join(staff, " ") != "007 一" || numbers[1] != 3 || actual != "12" || problem != nil || len(all.rows) != 2 {
		t.Errorf("%v %v %s %v", staff, numbers, actual, problem)
	}
}

func TestASheetWithAPrefixForItsNamespaceIsReadAlike(t *testing.T) {
	parts := bookParts(nil, soundSheet)
	last := &parts[len(parts)-1]
	_, document, _ := strings.Cut(last.text, "?>")
	text := strings.NewReplacer("</", "</x:", "<", "<x:").Replace(document)
	last.text = strings.Replace(text, "xmlns=", "xmlns:x=", 1)
	if staff, _ := staffOf(t, readBook(t, pack(t, parts))); len(staff) != 1 || staff[0] != "007001" {
		t.Error(staff)
	}
	strict := bookParts(nil, soundSheet)
	for i := range strict {
		strict[i].text = strings.ReplaceAll(strict[i].text, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
		strict[i].text = strings.ReplaceAll(strict[i].text, typeOf, "http://purl.oclc.org/ooxml/officeDocument/relationships/")
	}
	if staff, _ := staffOf(t, readBook(t, pack(t, strict))); len(staff) != 1 {
		t.Error("the strict kind of workbook is not read")
	}
}
