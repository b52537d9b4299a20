package scenario

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// bank is one bank's month as its files say it: 240 members in three branches.
const bankFolder = "../cli/testdata/q-bank"

// month is the period that the files are about.
const month = "2026-10"

func bankFile(name string) string { return filepath.Join(bankFolder, name) }

// member is a member of the bank's staff, with every unit where they worked.
type member struct {
	no    string
	units []string // the first is that of the hiring
}

// rating is a row of the reviews.
type rating struct {
	staff, item, role, rater, level, comment, unit string
}

// rows reads the first sheet of a workbook; the cells that are missing at the end of a row are empty.
func rows(t testing.TB, path string, columns int) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	all = all[1:]
	for i := range all {
		all[i] = append(all[i], make([]string, max(0, columns-len(all[i])))...)
	}
	return all
}

// members reads who works in the bank.
func members(t testing.TB) []*member {
	t.Helper()
	var all []*member
	byNo := map[string]*member{}
	for _, row := range rows(t, bankFile("staff.xlsx"), 4) {
		m := &member{no: row[0], units: []string{row[2]}}
		all, byNo[m.no] = append(all, m), m
	}
	for _, row := range rows(t, bankFile("assignments.xlsx"), 3) {
		if m := byNo[row[0]]; !slices.Contains(m.units, row[1]) {
			m.units = append(m.units, row[1])
		}
	}
	return all
}

// ratings reads the reviews, by who gave them. A row without a unit is about the one where the member was hired.
func ratings(t testing.TB, staff []*member) map[string][]rating {
	t.Helper()
	home := map[string]string{}
	for _, m := range staff {
		home[m.no] = m.units[0]
	}
	by := map[string][]rating{}
	for _, row := range rows(t, bankFile("reviews.xlsx"), 8) {
		// Usernames are kept in small letters.
		r := rating{staff: row[1], item: row[2], role: row[3], rater: strings.ToLower(row[4]), level: row[5], comment: row[6], unit: row[7]}
		if r.unit == "" {
			r.unit = home[r.staff]
		}
		by[r.rater] = append(by[r.rater], r)
	}
	return by
}

// managers gives the unit of each rater who rates as a manager.
func managers(by map[string][]rating) map[string]string {
	units := map[string]string{}
	for rater, given := range by {
		for _, r := range given {
			if r.role == "manager" {
				units[rater] = r.unit
			}
		}
	}
	return units
}
