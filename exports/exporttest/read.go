package exporttest

import (
	"math"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Cell is a cell as a reader of files sees it: a number is a float64, anything else a string.
type Cell struct {
	Value   any    `json:"value"`
	Formula string `json:"formula"`
}

// Sheets are the cells by sheet and place ("B7").
type Sheets map[string]map[string]Cell

// Read reads a workbook as it is saved, without working anything out.
func Read(t testing.TB, path string) Sheets {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	sheets := Sheets{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatalf("%s: %s: %v", path, sheet, err)
		}
		cells := map[string]Cell{}
		for r, row := range rows {
			for c, text := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				if cell, ok := readCell(t, f, sheet, at, text); ok {
					cells[at] = cell
				}
			}
		}
		sheets[sheet] = cells
	}
	return sheets
}

func readCell(t testing.TB, f *excelize.File, sheet, at, text string) (Cell, bool) {
	t.Helper()
	formula, err := f.GetCellFormula(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	if text == "" && formula == "" {
		return Cell{}, false
	}
	kind, err := f.GetCellType(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	if kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber {
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return Cell{Value: n, Formula: formula}, true
		}
	}
	return Cell{Value: text, Formula: formula}, true
}

// SameValues fails the test for each formula of saved that has another value in
// fresh, and gives how many formulas it compared.
func SameValues(t testing.TB, saved, fresh Sheets) int {
	t.Helper()
	compared := 0
	for name, cells := range saved {
		for at, cell := range cells {
			if cell.Formula == "" {
				continue
			}
			compared++
			if got := fresh[name][at].Value; !same(cell.Value, got) {
				t.Errorf("%s!%s %s: saved %v, recalculated %v", name, at, cell.Formula, cell.Value, got)
			}
		}
	}
	return compared
}

// same allows numbers the noise of doubles, and nothing that anybody sees.
func same(a, b any) bool {
	x, xok := a.(float64)
	y, yok := b.(float64)
	if !xok || !yok {
		return a == b
	}
	return math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(x))
}
