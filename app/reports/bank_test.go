package reports_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/reports"
	"github.com/steelyard/steelyard/scoring"
)

// cases are the files that scoring is tested with too.
const cases = "../../scoring/testdata"

// bank is a case that was evaluated: the source of the workbooks under test.
type bank struct {
	evaluation *scoring.Evaluation
	file       *scoring.Case
	people     map[string]reports.Person // what is known of them beside the case
	only       map[string]bool           // the people to report; nil for all
	cards      []*scoring.Scorecard      // in the order of the sheets
}

// evaluate reads and evaluates a case.
func evaluate(t testing.TB, name string) *bank {
	t.Helper()
	return evaluated(t, readCase(t, name))
}

func readCase(t testing.TB, name string) *scoring.Case {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(cases, name))
	if err != nil {
		t.Fatal(err)
	}
	file, err := scoring.ReadCase(bytes.NewReader(data), name)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func evaluated(t testing.TB, file *scoring.Case) *bank {
	t.Helper()
	b := &bank{
		file: file, people: map[string]reports.Person{},
		evaluation: scoring.NewEvaluation(file.PeriodDays, file.MinDays, file.Scorecards),
	}
	for n := range file.Staff {
		if err := b.evaluation.Add(&file.Staff[n]); err != nil {
			t.Fatal(err)
		}
	}
	b.evaluation.Finish()
	return b
}

// qbank is the month of the demonstration bank, with names and units.
func qbank(t testing.TB) *bank {
	t.Helper()
	file := readCase(t, "q-bank/case.json")
	named := readScorecards(t)
	for _, card := range named {
		file.Scorecards[card.Code] = card // the same, with names
	}
	b := evaluated(t, file)
	b.cards = named
	data, err := os.ReadFile("testdata/people.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	order := map[string]int{}
	for n, line := range lines[1:] {
		order[line[0]] = n
		b.people[line[0]] = reports.Person{StaffNo: line[0], Name: line[1], UnitCode: line[2], UnitName: line[3], Position: line[4]}
	}
	staff := make([]scoring.Member, len(b.file.Staff))
	for _, m := range b.file.Staff {
		staff[order[m.ID]] = m
	}
	b.file.Staff = staff
	return b
}

func readScorecards(t testing.TB) []*scoring.Scorecard {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(cases, "q-bank/scorecards.json"))
	if err != nil {
		t.Fatal(err)
	}
	cards, err := scoring.ReadScorecards(bytes.NewReader(data), "scorecards.json")
	if err != nil {
		t.Fatal(err)
	}
	return cards
}

// People gives the members with their traces.
func (b *bank) People(context.Context) iter.Seq2[*reports.Person, error] {
	return func(yield func(*reports.Person, error) bool) {
		for n := range b.file.Staff {
			m := &b.file.Staff[n]
			if b.only != nil && !b.only[m.ID] {
				continue
			}
			p, ok := b.people[m.ID]
			if !ok {
				p = reports.Person{StaffNo: m.ID, Name: "员工" + m.ID, UnitCode: "U1", UnitName: "营业部", Position: "客户经理"}
			}
			p.Trace = b.evaluation.Explain(m)
			if !yield(&p, nil) {
				return
			}
		}
	}
}

// first keeps the first n people.
func (b *bank) first(n int) *bank {
	b.only = map[string]bool{}
	for _, m := range b.file.Staff[:min(n, len(b.file.Staff))] {
		b.only[m.ID] = true
	}
	return b
}

// month is what the workbooks say about the month.
func (b *bank) month(t testing.TB, l lang.Language) reports.Month {
	t.Helper()
	m := reports.Month{
		Lang: l, Bank: lang.Text{Zh: "示例银行", En: "Example Bank"}.In(l), Period: "2026-10", Scope: lang.Text{Zh: "全行", En: "Whole bank"}.In(l),
		RunID: "R-202610-0001", RuleVersion: "scoring 1", CutOff: time.Date(2026, 11, 2, 16, 0, 0, 0, time.UTC),
		GeneratedAt: time.Date(2026, 11, 3, 1, 2, 3, 0, time.UTC), Zone: time.FixedZone("", 8*3600), GeneratedBy: "hr.admin",
		SystemVersion: "Steelyard 0.2.0", PeriodDays: b.file.PeriodDays, MinDays: b.file.MinDays,
	}
	m.Scorecards = b.cards
	if m.Scorecards == nil {
		for _, code := range slices.Sorted(maps.Keys(b.file.Scorecards)) {
			m.Scorecards = append(m.Scorecards, b.file.Scorecards[code])
		}
	}
	return m
}

// expected are the totals that the case must give, by staff number.
func expected(t testing.TB, name string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(cases, name))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Staff []struct {
			ID    string
			Total string
		}
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	totals := map[string]string{}
	for _, s := range file.Staff {
		totals[s.ID] = s.Total
	}
	return totals
}

// edit changes one figure of a workbook, as a reader would.
func edit(t testing.TB, path, sheet, cell string, value float64) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
