package cli

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestTheWorkbookOfAMonthHasEveryMemberAndTheCardsOfManyStandBesideIt(t *testing.T) {
	b := bank{t, filepath.Join(t.TempDir(), "bank.db")}
	b.load()
	b.do("run", "2026-10")
	dir := t.TempDir()
	whole := filepath.Join(dir, "2026-10.xlsx")
	b.do("--lang", "en", "export", "2026-10", "--out", whole)
	if rows := sheetRows(t, whole, "Summary"); len(rows) < 240 {
		t.Errorf("the summary has %d rows for 240 members", len(rows))
	}
	cards, err := zip.OpenReader(filepath.Join(dir, "2026-10_scorecards.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer cards.Close()
	if len(cards.File) != 241 {
		t.Errorf("the zip has %d files, want a card for each of 240 members and a manifest", len(cards.File))
	}
	outlet := filepath.Join(dir, "outlet.xlsx")
	b.do("--lang", "zh", "export", "2026-10", "--unit", "B0303", "--out", outlet)
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 3 {
		t.Errorf("the folder holds %v", left)
	}
}

func sheetRows(t *testing.T, path, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatalf("%v: %v", f.GetSheetList(), err)
	}
	return rows
}

func TestAnExportThatCannotBeWrittenLeavesNothingAndSaysWhy(t *testing.T) {
	b := bank{t, filepath.Join(t.TempDir(), "bank.db")}
	b.load()
	b.do("run", "2026-10")
	dir := t.TempDir()
	folder := filepath.Join(dir, "folder.xlsx")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"a folder in the place of the file": {[]string{"--out", folder}, "is a folder"},
		"a folder that is not there":        {[]string{"--out", filepath.Join(dir, "no", "a.xlsx")}, "does not exist; create it first"},
		"another kind of file":              {[]string{"--out", filepath.Join(dir, "a.txt")}, "should end in .xlsx"},
		"a unit that is not there":          {[]string{"--out", filepath.Join(dir, "a.xlsx"), "--unit", "B77"}, "B77"},
		"a run that is not there":           {[]string{"--out", filepath.Join(dir, "a.xlsx"), "--run", "9"}, "run 9"},
		"no file":                           {nil, "--out"},
	} {
		t.Run(name, func(t *testing.T) {
			got := steelyard(t, []string{"STEELYARD_DB=" + b.url}, append([]string{"--lang", "en", "export", "2026-10"}, c.args...)...)
			if got.code != exitWrong || !strings.Contains(got.stderr, c.says) || got.stdout != "" {
				t.Errorf("exit %d, %q %q", got.code, got.stdout, got.stderr)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
				t.Errorf("the folder holds %v", left)
			}
		})
	}
}
