package formula_test

import (
	"errors"
	"testing"

	"github.com/steelyard/steelyard/exports/formula"
)

// grid is a sheet for tests, its rows from the top.
type grid [][]formula.Value

func (g grid) Value(column, row int) formula.Value {
	if row > len(g) || column > len(g[row-1]) {
		return formula.Value{}
	}
	return g[row-1][column-1]
}

func (g grid) Named(name string) (column, row int, ok bool) { return 1, 1, name == "Cap" }

func n(x float64) formula.Value { return formula.Value{Kind: formula.Number, N: x} }

func s(x string) formula.Value { return formula.Value{Kind: formula.Text, S: x} }

var sheet = grid{
	{n(120), n(0.5), n(0.8), n(1)},
	{s("A"), n(60), n(80), n(100)},
	{s("B"), n(95), n(85), {}},
}

func TestFormulasAreWorkedOutAsSpreadsheetsDo(t *testing.T) {
	for text, want := range map[string]formula.Value{
		"1+2*3":                          n(7),
		"(1+2)*3":                        n(9),
		"-2*-3":                          n(6),
		"Cap/4":                          n(30),
		"SUM(B2:D2)":                     n(240),
		"SUM(A2:D2,1)":                   n(241),
		"SUMPRODUCT(B1:D1,B2:D2)":        n(194),
		"ROUND(2.675,2)":                 n(2.68),
		"ROUND(1.005,2)":                 n(1.01),
		"ROUND(-1.005,2)":                n(-1.01),
		"ROUND(0.05,0)":                  n(0),
		"ROUND(99.995,2)":                n(100),
		"ROUND(0.5,0)":                   n(1),
		"0.1+0.2-0.3":                    n(0),
		"IF(0.1+0.2=0.3,1,2)":            n(1),
		"IF(1/3>=0.3333,\"yes\",\"no\")": s("yes"),
		"LOOKUP(0.9,B1:D1,B2:D2)":        n(80),
		"MATCH(85,B3:C3,-1)":             n(2),
		"MATCH(99,B3:C3,-1)":             {Kind: formula.Failure, S: "#N/A"},
		"INDEX(B2:D2,MATCH(1,B1:D1,0))":  n(100),
		"IFERROR(1/0,5)":                 n(5),
		"1/D3":                           {Kind: formula.Failure, S: "#DIV/0!"},
		"AND(1<2,2<3)":                   {Kind: formula.Bool, N: 1},
		"OR(1>2,2>3)":                    {Kind: formula.Bool},
		"TRUNC(0.3/0.1)":                 n(3),
		"TRUNC(-2.7)":                    n(-2),
		"MAX(0,MIN(A1,100))":             n(100),
		"ABS(-3)+SQRT(16)":               n(7),
	} {
		got, err := formula.Evaluate(text, sheet)
		if err != nil || got != want {
			t.Errorf("%s = %+v, %v; want %+v", text, got, err, want)
		}
	}
}

func TestWhatIsNoFormulaIsAnError(t *testing.T) {
	for _, text := range []string{"", "1+", "(1", "SUM(1", "NOPE", "1 2", "XLOOKUP(1,A1,A2)", "ROUND(1)", "A1:"} {
		if got, err := formula.Evaluate(text, sheet); err == nil {
			t.Errorf("%q = %+v, want an error", text, got)
		}
	}
}

func TestFormulasKeepToTheFunctionsThatEverySpreadsheetHas(t *testing.T) {
	for _, text := range []string{
		"SUM(A1:A3)", "IF(A1>0,\"XLOOKUP(\",ROUND(B2,2))", "'名单 (2)'!A1+1", "SUMIFS(A:A,B:B,1)", "TEXT(A1,\"0.00\")",
	} {
		if err := formula.Check(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{
		"XLOOKUP(1,A:A,B:B)", "NOW()", "1+INDIRECT(\"A1\")", "OFFSET(A1,1,1)", "LET(x,1,x)", "[Book2.xlsx]Sheet1!A1", "_xlfn.FILTER(A1,B1)", "today()",
	} {
		if err := formula.Check(text); !errors.Is(err, formula.ErrFunction) {
			t.Errorf("%s: %v, want ErrFunction", text, err)
		}
	}
}
