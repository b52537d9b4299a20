package exporttest

import (
	"encoding/json"
	"math"
	"os/exec"
	"testing"
)

// python is where the system's Python lives; only that one sees the system's packages.
const python = "/usr/bin/python3"

const reader = `
import json, sys
import openpyxl
out = []
for path in sys.argv[1:]:
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    sheets = {}
    for sheet in formulas.worksheets:
        cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    shown = values[sheet.title][cell.coordinate].value
                    cells[cell.coordinate] = {
                        "value": shown if isinstance(shown, (int, float, bool)) else None if shown is None else str(shown),
                        "formula": str(cell.value) if cell.data_type == "f" else "",
                    }
        sheets[sheet.title] = cells
    out.append(sheets)
json.dump(out, sys.stdout)
`

// Cell is a cell as openpyxl reads it; a number is a float64, anything else a string.
type Cell struct {
	Value   any    `json:"value"`
	Formula string `json:"formula"`
}

// Sheets are the cells by sheet and place ("B7").
type Sheets map[string]map[string]Cell

// OpenPyXL reads workbooks with openpyxl.
func OpenPyXL(t testing.TB, files ...string) []Sheets {
	t.Helper()
	if err := exec.Command(python, "-c", "import openpyxl").Run(); err != nil {
		t.Fatal("openpyxl is missing: install the package python3-openpyxl")
	}
	out, err := exec.Command(python, append([]string{"-c", reader}, files...)...).Output()
	if err != nil {
		t.Fatalf("openpyxl: %v", err)
	}
	var sheets []Sheets
	if err := json.Unmarshal(out, &sheets); err != nil {
		t.Fatalf("openpyxl: %v", err)
	}
	return sheets
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
