package reports

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

// A tie that lies beyond the fifteen digits of a spreadsheet: 100 × actual / target
// is a hair under 55.555, which doubles take for the tie itself.
const beyondDoubles = `{"period_days":31,"scorecards":{"c":{"perspectives":[{"key":"p","name":"P","items":[
	{"key":"i","weight":"100","source":"metric","method":{"type":"ratio"}}]}],"grades":[{"grade":"A"}]}},
	"staff":[{"id":"E1","segments":[{"scorecard":"c","days":31,"inputs":{"i":{"actual":"555549999999.999999","target":"1000000000000"}}}]}]}`

func TestATieBeyondTheReachOfDoublesCarriesTheExactFigureWithAComment(t *testing.T) {
	file, err := scoring.ReadCase(bytes.NewReader([]byte(beyondDoubles)), "case")
	if err != nil {
		t.Fatal(err)
	}
	evaluation := scoring.NewEvaluation(file.PeriodDays, file.MinDays, file.Scorecards)
	if err := evaluation.Add(&file.Staff[0]); err != nil {
		t.Fatal(err)
	}
	evaluation.Finish()
	p := Person{StaffNo: "E1", Name: "E1", Trace: evaluation.Explain(&file.Staff[0])}
	if total := p.Trace.Result.Total.Fixed(2); total != "55.55" {
		t.Fatalf("the total is %s, want 55.55", total)
	}
	form := newCard(lang.En, heading{periodDays: 31}, p.view(lang.En))
	score := at(colScore, headRows+4)
	if cells := form.Exact(); len(cells) == 0 || !slices.Contains(cells, score) {
		t.Errorf("the cells %v carry the exact figure, want %s among them", cells, score)
	}
	if got := form.Value(score.Column, score.Row).N; got != 55.55 {
		t.Errorf("the score's cell carries %v, want 55.55", got)
	}
}
