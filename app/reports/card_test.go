package reports

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// exactCells counts, over every member of a case, the cells that carry a figure
// because their formula does not reach it.
func exactCells(t *testing.T, name string) int {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../scoring/testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	file, err := scoring.ReadCase(bytes.NewReader(data), name)
	if err != nil {
		t.Fatal(err)
	}
	evaluation := scoring.NewEvaluation(file.PeriodDays, file.MinDays, file.Scorecards)
	for n := range file.Staff {
		if err := evaluation.Add(&file.Staff[n]); err != nil {
			t.Fatal(err)
		}
	}
	evaluation.Finish()
	exact := 0
	for n := range file.Staff {
		m := &file.Staff[n]
		p := Person{StaffNo: m.ID, Name: m.ID, Trace: evaluation.Explain(m)}
		form := newCard(lang.En, heading{periodDays: file.PeriodDays}, p.view(lang.En))
		if cells := form.Exact(); len(cells) > 0 {
			t.Logf("%s %s: %v", name, m.ID, cells)
			exact += len(cells)
		}
	}
	return exact
}

func TestEveryFigureOfTheMonthsCardsIsReachedByItsFormula(t *testing.T) {
	if exact := exactCells(t, "q-bank/case.json"); exact != 0 {
		t.Errorf("%d cells carry a figure in place of a formula", exact)
	}
}

func TestEveryFigureOfTheRandomCasesIsReachedByItsFormula(t *testing.T) {
	for n := 1; n <= 24; n++ {
		name := fmt.Sprintf("random-%02d.json", n)
		if exact := exactCells(t, name); exact != 0 {
			t.Errorf("%s: %d cells carry a figure in place of a formula", name, exact)
		}
	}
}
