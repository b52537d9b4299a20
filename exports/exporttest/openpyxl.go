package exporttest

import (
	"encoding/json"
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
    sheets = {}
    for formulas in (False, True):
        book = openpyxl.load_workbook(path, data_only=not formulas)
        for sheet in book.worksheets:
            cells = sheets.setdefault(sheet.title, {})
            for at, cell in sorted(sheet._cells.items()):
                if formulas and cell.data_type == "f":
                    cells.setdefault(cell.coordinate, {"value": None})["formula"] = str(cell.value)
                elif not formulas and cell.value is not None:
                    value = cell.value
                    cells[cell.coordinate] = {"value": value if isinstance(value, (int, float, bool)) else str(value)}
    out.append(sheets)
json.dump(out, sys.stdout)
`

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
