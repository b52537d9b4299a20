package exports

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"iter"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/steelyard/steelyard/exports/formula"
)

func count(n int) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func plainBook(t *testing.T) *Book {
	t.Helper()
	b, err := New(Info{RunID: "R-1"}, Words{Font: "Arial", Cover: "Cover", Notes: "Notes", Codes: "_codes", Total: "Total",
		DigestNote: "digest", LongFigures: "{n} long", CutTexts: "{n} cut", ExactFigure: "exact"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func reopen(t *testing.T, b *Book) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func cellOf(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func amounts(total bool) []Column[int] {
	return []Column[int]{
		{Key: "n", Header: "n", Format: Int, Value: func(i int) Cell { return Count(int64(i)) }},
		{Key: "x", Header: "x", Format: Money, Total: total, Value: func(i int) Cell { return Number(strconv.Itoa(i) + ".10") }},
	}
}

func TestRowsBeyondASheetGoOnNumberedSheets(t *testing.T) {
	b := plainBook(t)
	if err := addTable(b, Table[int]{Sheet: "Rows", Columns: amounts(true), Rows: count(25)}, 10); err != nil {
		t.Fatal(err)
	}
	f := reopen(t, b)
	if got := strings.Join(f.GetSheetList(), ","); got != "Cover,Notes,Rows,Rows (2),Rows (3),_meta" {
		t.Fatalf("sheets: %s", got)
	}
	for _, c := range [][3]string{
		{"Rows", "A13", "9"}, {"Rows", "B14", "46"}, {"Rows (2)", "A4", "10"}, {"Rows (3)", "A8", "24"}, {"Rows (3)", "B9", "110.5"},
	} {
		if got := cellOf(t, f, c[0], c[1]); got != c[2] {
			t.Errorf("%s!%s = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestTheDigestOnTheCoverIsThatOfTheDataSheets(t *testing.T) {
	b := plainBook(t)
	if err := AddTable(b, Table[int]{Sheet: "Rows", Columns: amounts(false), Rows: count(3)}); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("Rows\nn\tx\n0\t0.1\n1\t1.1\n2\t2.1\n"))
	want := hex.EncodeToString(sum[:])
	f := reopen(t, b)
	for row := 1; row < 30; row++ {
		if cellOf(t, f, "Cover", "B"+strconv.Itoa(row)) == want {
			return
		}
	}
	t.Errorf("the cover does not show the digest %s", want)
}

func TestAFigureWithTooManyDigitsStaysTextAndIsNoted(t *testing.T) {
	b := plainBook(t)
	column := Column[int]{Key: "x", Header: "x", Format: Money, Value: func(int) Cell { return Number("12345678901234567.89") }}
	if err := AddTable(b, Table[int]{Sheet: "Rows", Columns: []Column[int]{column}, Rows: count(1)}); err != nil {
		t.Fatal(err)
	}
	f := reopen(t, b)
	kind, err := f.GetCellType("Rows", "A4")
	if err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("the cell is of type %v (%v), want text", kind, err)
	}
	if got := cellOf(t, f, "Rows", "A4"); got != "12345678901234567.89" {
		t.Errorf("the cell shows %q", got)
	}
	if got := cellOf(t, f, "Notes", "A5"); got != "2. 1 long" {
		t.Errorf("the notes say %q", got)
	}
}

func TestWhatIsNoDecimalFailsWithItsPlace(t *testing.T) {
	b := plainBook(t)
	column := Column[int]{Key: "x", Header: "score", Value: func(int) Cell { return Number("1,5") }}
	err := AddTable(b, Table[int]{Sheet: "Rows", Columns: []Column[int]{column}, Rows: count(1)})
	if !errors.Is(err, ErrNotDecimal) || !strings.Contains(err.Error(), `row 4, column "score"`) {
		t.Errorf("error %v", err)
	}
}

func TestAFormulaOutsideTheWhitelistFailsTheSheet(t *testing.T) {
	b := plainBook(t)
	f := &Form{Sheet: "Card"}
	f.Put(At{1, 1}, Computed, Formula("NOW()", Number("1")))
	if _, err := AddForm(b, f); !errors.Is(err, formula.ErrFunction) {
		t.Errorf("error %v, want ErrFunction", err)
	}
}

func TestANumericFormulaIsSavedAsANumber(t *testing.T) {
	b := plainBook(t)
	f := &Form{Sheet: "Card"}
	f.Put(At{1, 1}, Input, Number("2").As(Score(0)))
	f.Compute(At{1, 2}, Computed, "ROUND(A1/3,2)", "0.67", Score(2))
	f.ComputeText(At{1, 3}, Computed, `IF(A2>0,"yes","no")`, "yes")
	if _, err := AddForm(b, f); err != nil {
		t.Fatal(err)
	}
	file := reopen(t, b)
	raw := string(partOf(t, file, "xl/worksheets/sheet3.xml"))
	if !strings.Contains(raw, `<f>ROUND(A1/3,2)</f><v>0.67</v>`) || strings.Contains(raw, `t="str"><f>ROUND`) {
		t.Errorf("the formula is saved as %s", raw)
	}
	if !strings.Contains(raw, `t="str"><f>IF(A2&gt;0,&#34;yes&#34;,&#34;no&#34;)</f><v>yes</v>`) {
		t.Errorf("the text formula is saved as %s", raw)
	}
}

func partOf(t *testing.T, f *excelize.File, name string) []byte {
	t.Helper()
	content, ok := f.Pkg.Load(name)
	if !ok {
		t.Fatalf("there is no part %s", name)
	}
	return content.([]byte)
}

func TestAFormulaThatDoublesDoNotReachCarriesTheExactFigureWithAComment(t *testing.T) {
	b := plainBook(t)
	f := &Form{Sheet: "Card"}
	f.Put(At{1, 1}, Input, Number("999999999999999").As(General))
	f.Put(At{2, 1}, Input, Number("333333333333333.1").As(General))
	if f.Compute(At{1, 2}, Computed, "ROUND(A1-B1*3,2)", "-0.30", Score(2)) {
		t.Error("a formula over a figure that is text stands")
	}
	if f.Compute(At{1, 3}, Computed, "ROUND(1.00499999999999999,2)", "1.00", Score(2)) {
		t.Error("a tie beyond the reach of doubles was left to the formula")
	}
	if _, err := AddForm(b, f); err != nil {
		t.Fatal(err)
	}
	file := reopen(t, b)
	comments, err := file.GetComments("Card")
	if err != nil || len(comments) != 2 || !strings.Contains(comments[0].Paragraph[0].Text, "exact") {
		t.Errorf("comments %+v, %v", comments, err)
	}
	if got := cellOf(t, file, "Card", "A3"); got != "1" {
		t.Errorf("the cell carries %q, want 1", got)
	}
}

func TestARadarsAxisIsFixedAndItsPointsAreOfOneColour(t *testing.T) {
	b := plainBook(t)
	f := &Form{Sheet: "Card"}
	for i := range 4 {
		f.Put(At{1, i + 1}, Body, String("p"+strconv.Itoa(i)))
		f.Put(At{2, i + 1}, Body, Number("90").As(Score(0)))
	}
	f.Chart(func(sheet string) Chart {
		return Chart{Kind: RadarChart, Title: "Radar", Column: 4, Row: 1, Width: 300, Height: 300, Max: 120, Format: Score(1),
			Series: []Series{{Categories: "'" + sheet + "'!$A$1:$A$4", Values: "'" + sheet + "'!$B$1:$B$4"}}}
	})
	if _, err := AddForm(b, f); err != nil {
		t.Fatal(err)
	}
	raw := string(partOf(t, reopen(t, b), "xl/charts/chart1.xml"))
	for _, want := range []string{"<radarChart>", `<max val="120">`, `<min val="0">`, `<varyColors val="0">`, "1F1F1F", `<showVal val="1">`} {
		if !strings.Contains(raw, want) {
			t.Errorf("the chart lacks %s", want)
		}
	}
}
