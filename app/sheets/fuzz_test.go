package sheets

import (
	"os"
	"testing"

	"github.com/steelyard/steelyard/app/fault"
)

// FuzzOpen opens whatever comes and asks every cell for everything: nothing may
// panic, and every error is a refusal of the input.
func FuzzOpen(f *testing.F) {
	for _, name := range []string{"testdata/staff.xlsx", "testdata/events.csv"} {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content, name[len(name)-1] == 'x')
	}
	f.Add(pack(f, bookParts([]string{"工号", "实际值"}, sheetData(
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`,
		`<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" s="1"><v>0.0859</v></c></row>`))), true)
	f.Add([]byte("工号;实际值\n\"0\"\"1\";１２．５%\n"), false)
	f.Fuzz(func(t *testing.T, content []byte, workbook bool) {
		name := "f.csv"
		if workbook {
			name = "f.xlsx"
		}
		readAll(t, name, content)
	})
}

// FuzzSheet does the same with the inside of a worksheet, which the checksums of
// an archive keep FuzzOpen from reaching.
func FuzzSheet(f *testing.F) {
	f.Add(soundSheet)
	f.Add(`<cols><col min="1" max="2" hidden="1"/></cols>` + soundSheet + `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Add(sheetData(inline(1, "工号", "实际值"), `<row><c t="s"><v>0</v></c><c s="2"><v>46300.5</v></c><c t="e"><v>#N/A</v></c></row>`))
	f.Fuzz(func(t *testing.T, sheet string) {
		readAll(t, "f.xlsx", pack(t, bookParts([]string{"工号", "x_x0041_"}, sheet)))
	})
}

func readAll(t *testing.T, name string, content []byte) {
	t.Helper()
	columns := append([]Column{{Name: "event_type", Zh: "事件类型"}, {Name: "name", Zh: "姓名"}}, facts...)
	columns[3].Required = false
	all, err := read(name, content, Options{AllowFormulas: len(content)%2 == 0}, columns)
	if err != nil {
		if refusal, ok := fault.As(err); !ok || refusal.Kind != fault.Invalid {
			t.Fatal(err)
		}
		return
	}
	for _, row := range all.rows {
		for _, column := range columns {
			row.Text(column.Name)
			row.Int(column.Name)
			row.Date(column.Name)
			row.Month(column.Name)
			row.Blank(column.Name)
			decimal, problem := row.Decimal(column.Name, true)
			if problem == nil && decimal != "" && decimal != canonical(decimal) {
				t.Errorf("%q is not canonical", decimal)
			}
		}
	}
}
