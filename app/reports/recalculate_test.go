package reports_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/reports"
	"github.com/steelyard/steelyard/exports/exporttest"
	"github.com/steelyard/steelyard/scoring"
)

// summaryFile writes the summary of a bank to a file.
func summaryFile(t testing.TB, b *bank, l lang.Language, name string) string {
	t.Helper()
	var out bytes.Buffer
	if err := reports.WriteSummary(context.Background(), &out, b.month(t, l), b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// recalculated reads the files as they are saved, and as LibreOffice works them out.
func recalculated(t testing.TB, files []string) (saved, fresh []exporttest.Sheets) {
	t.Helper()
	for n, again := range exporttest.Recalculate(t, files...) {
		saved, fresh = append(saved, exporttest.Read(t, files[n])), append(fresh, exporttest.Read(t, again))
	}
	return saved, fresh
}

// batches divides the staff into workbooks with live cards.
func batches(b *bank) []*bank {
	var parts []*bank
	for n := 0; n < len(b.file.Staff); n += reports.MaxCardSheets {
		part := *b
		part.only = map[string]bool{}
		for _, m := range b.file.Staff[n:min(n+reports.MaxCardSheets, len(b.file.Staff))] {
			part.only[m.ID] = true
		}
		parts = append(parts, &part)
	}
	return parts
}

// cardTotal finds the figure that a card's result shows beside a label.
func cardTotal(cards map[string]exporttest.Cell, label string) any {
	for row := 7; row < 200; row++ { // below the head
		if cards["A"+strconv.Itoa(row)].Value == label && cards["E"+strconv.Itoa(row)].Value != nil {
			return cards["E"+strconv.Itoa(row)].Value
		}
	}
	return nil
}

func sameTotal(t testing.TB, shown any, want string) bool {
	t.Helper()
	if want == "" {
		return shown == nil
	}
	f, err := strconv.ParseFloat(want, 64)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := shown.(float64)
	return ok && got == f
}

func TestEveryFormulaOfTheMonthRecalculatesToTheExpectedFigures(t *testing.T) {
	b, totals := qbank(t), expected(t, "q-bank/expected.json")
	var files []string
	for n, part := range batches(b) {
		files = append(files, summaryFile(t, part, lang.Zh, "zh"+strconv.Itoa(n)+".xlsx"))
	}
	saved, fresh := recalculated(t, files)
	seen, formulas := 0, 0
	for n := range saved {
		formulas += exporttest.SameValues(t, saved[n], fresh[n])
		for id, want := range totals {
			card := cardOf(fresh[n], id)
			if card == nil {
				continue
			}
			seen++
			if got := cardTotal(card, "总分"); !sameTotal(t, got, want) {
				t.Errorf("%s: the recalculated card shows %v, want %q", id, got, want)
			}
			if got := cardTotal(card, "核对"); want != "" && got != "一致" {
				t.Errorf("%s: the check says %v", id, got)
			}
		}
	}
	if seen != len(totals) {
		t.Errorf("%d cards seen, want %d", seen, len(totals))
	}
	t.Logf("%d formulas recalculated", formulas)
}

func cardOf(sheets exporttest.Sheets, id string) map[string]exporttest.Cell {
	for name, cells := range sheets {
		if strings.HasPrefix(name, id+" ") {
			return cells
		}
	}
	return nil
}

func TestRandomScorecardsRecalculateAlike(t *testing.T) {
	var files []string
	var want []map[string]string
	for n := 1; n <= 24; n += 3 { // every one is worked out in doubles by another test
		name := "random-" + strconv.Itoa(n/10) + strconv.Itoa(n%10)
		b := evaluate(t, name+".json").first(6)
		files = append(files, summaryFile(t, b, lang.En, name+".xlsx"))
		want = append(want, expected(t, name+".expected.json"))
	}
	saved, fresh := recalculated(t, files)
	formulas := 0
	for n := range saved {
		formulas += exporttest.SameValues(t, saved[n], fresh[n])
		for id, total := range want[n] {
			if card := cardOf(fresh[n], id); card != nil && !sameTotal(t, cardTotal(card, "Total"), total) {
				t.Errorf("%s %s: the recalculated card shows %v, want %q", filepath.Base(files[n]), id, cardTotal(card, "Total"), total)
			}
		}
	}
	t.Logf("%d formulas recalculated", formulas)
}

func TestTheSummaryShowsTheExpectedTotals(t *testing.T) {
	b, totals := qbank(t), expected(t, "q-bank/expected.json")
	sheets := exporttest.OpenPyXL(t, summaryFile(t, b, lang.Zh, "all.xlsx"))[0]
	summary := sheets["得分汇总"]
	column := ""
	for at, cell := range summary {
		if cell.Value == "总分" {
			column = strings.TrimRight(at, "0123456789")
		}
	}
	seen := 0
	for row := 4; summary["B"+strconv.Itoa(row)].Value != nil; row++ {
		seen++
		id := summary["B"+strconv.Itoa(row)].Value.(string)
		if got := summary[column+strconv.Itoa(row)].Value; !sameTotal(t, got, totals[id]) {
			t.Errorf("%s: the summary shows %v, want %q", id, got, totals[id])
		}
	}
	if seen != len(totals) {
		t.Errorf("%d rows, want %d", seen, len(totals))
	}
}

func TestAChangedInputShowsOnTheCheck(t *testing.T) {
	b := qbank(t).first(1)
	path := summaryFile(t, b, lang.Zh, "edited.xlsx")
	sheets := exporttest.Read(t, path)
	var sheet string
	for name := range sheets {
		if strings.HasPrefix(name, b.file.Staff[0].ID+" ") {
			sheet = name
		}
	}
	weight := ""
	for row := 1; row < 60 && weight == ""; row++ {
		if _, ok := sheets[sheet]["G"+strconv.Itoa(row)].Value.(float64); ok && sheets[sheet]["G"+strconv.Itoa(row)].Formula == "" {
			weight = "G" + strconv.Itoa(row)
		}
	}
	edit(t, path, sheet, weight, 1)
	fresh := exporttest.Read(t, exporttest.Recalculate(t, path)[0])
	if got := cardTotal(fresh[sheet], "核对"); got != "已改动" {
		t.Errorf("after a changed weight in %s the check says %v", weight, got)
	}
}

func TestCardsOfManyAreFilesInAZip(t *testing.T) {
	b := qbank(t).first(3)
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := reports.WriteCards(context.Background(), out, b.month(t, lang.Zh), b); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same cards give other bytes the second time")
	}
	z, err := zip.NewReader(bytes.NewReader(first.Bytes()), int64(first.Len()))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var files []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "manifest.csv" {
			if lines := strings.Count(string(data), "\n"); lines != 4 {
				t.Errorf("the manifest has %d lines, want 4:\n%s", lines, data)
			}
			continue
		}
		path := filepath.Join(dir, f.Name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	if len(files) != 3 {
		t.Fatalf("%d cards, want 3", len(files))
	}
	saved, fresh := recalculated(t, files)
	for n := range saved {
		exporttest.SameValues(t, saved[n], fresh[n])
	}
}

func TestMembersWithoutATotalHaveACardThatSaysWhy(t *testing.T) {
	b := qbank(t)
	for n := range b.file.Staff {
		m := &b.file.Staff[n]
		trace := b.evaluation.Explain(m)
		if trace.Result.Status != scoring.Incomplete {
			continue
		}
		b.only = map[string]bool{m.ID: true}
		card := cardOf(exporttest.Read(t, summaryFile(t, b, lang.Zh, "incomplete.xlsx")), m.ID)
		if card["E4"].Value != "不完整" {
			t.Errorf("the status is %v", card["E4"].Value)
		}
		if got := cardTotal(card, "总分"); got != nil {
			t.Errorf("an incomplete member has the total %v", got)
		}
		return
	}
	t.Fatal("nobody is incomplete")
}
