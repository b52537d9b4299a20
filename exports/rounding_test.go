package exports_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/steelyard/steelyard/exports"
	"github.com/steelyard/steelyard/exports/exporttest"
	"github.com/steelyard/steelyard/exports/formula"
)

type none struct{}

func (none) Value(int, int) formula.Value  { return formula.Value{} }
func (none) Named(string) (int, int, bool) { return 0, 0, false }

// The evaluator stands for the spreadsheet programs when a formula is checked
// before it is written; so it must round and compare as they do.
func TestTheEvaluatorRoundsAndComparesAsLibreOfficeDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var formulas []string
	for range 600 {
		a, b, places := random.IntN(1_000_000), random.IntN(999)+1, random.IntN(5)
		formulas = append(formulas, fmt.Sprintf("ROUND(100*%d.%02d/%d,%d)", a, random.IntN(100), b, places))
		half := fmt.Sprintf("%d.%0*d5", random.IntN(100_000), places, random.IntN(10))
		formulas = append(formulas, fmt.Sprintf("ROUND(%s,%d)", half, places), fmt.Sprintf("ROUND(%s*3/3,%d)", half, places))
		formulas = append(formulas, fmt.Sprintf("ROUND(60+40*(%d.%d-95)/(99.9-95),%d)", 90+random.IntN(12), random.IntN(100), places))
		formulas = append(formulas, fmt.Sprintf("IF(%d/%d>=%d.%d,1,0)", a%100, b%10+1, random.IntN(10), random.IntN(10)))
		formulas = append(formulas, fmt.Sprintf("TRUNC((%d.%d-2)/0.1)", random.IntN(4), random.IntN(10)))
	}
	data := build(t, func(book *exports.Book) {
		f := &exports.Form{Sheet: "x"}
		for i, text := range formulas {
			v, err := formula.Evaluate(text, none{})
			if err != nil {
				t.Fatal(err)
			}
			f.Put(exports.At{Column: 1, Row: i + 1}, exports.Computed, exports.Formula(text, exports.Number(fmt.Sprintf("%.5f", v.N))))
		}
		if _, err := exports.AddForm(book, f); err != nil {
			t.Fatal(err)
		}
	})
	path := save(t, "rounding.xlsx", data)
	fresh := exporttest.Read(t, exporttest.Recalculate(t, path)[0])
	saved := exporttest.Read(t, path)
	if compared := exporttest.SameValues(t, saved, fresh); compared != len(formulas) {
		t.Errorf("%d formulas compared, want %d", compared, len(formulas))
	}
}
