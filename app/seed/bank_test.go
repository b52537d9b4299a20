package seed

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/db"
)

var today = db.NewDate(2026, 11, 24)

func TestTheSameDayGivesTheSameBank(t *testing.T) {
	if !reflect.DeepEqual(New(today), New(today)) {
		t.Error("two banks of one day differ")
	}
}

func TestTheBankHasTheSizeThatItPromises(t *testing.T) {
	bank := New(today)
	rows := map[string]int{}
	for _, table := range bank.Masters {
		rows[table.Kind] = len(table.Rows)
	}
	if rows["units"] != 16 || rows["staff"] != 240 {
		t.Errorf("%d units and %d staff; 16 and 240 are wanted", rows["units"], rows["staff"])
	}
	if len(bank.Months) != months || bank.Months[months-1].Code != "2026-10" || bank.Months[0].Code != "2025-11" {
		t.Errorf("the months are %s to %s", bank.Months[0].Code, bank.Months[len(bank.Months)-1].Code)
	}
	large := 0
	for _, row := range bank.Masters[2].Rows {
		if row[2] == largeOutlet {
			large++
		}
	}
	if large != 60 {
		t.Errorf("%d people work at the large outlet", large)
	}
}

func TestEveryMonthHasEveryKindOfFile(t *testing.T) {
	for _, m := range New(today).Months {
		for _, table := range m.Facts {
			if len(table.Rows) == 0 && table.Kind != "vetoes" {
				t.Errorf("%s has no %s", m.Code, table.Kind)
			}
		}
	}
}

func TestAPersonTransferredOnTheFifteenthHasFactsAtBothUnits(t *testing.T) {
	bank := New(today)
	mover := ""
	for _, row := range bank.Masters[3].Rows {
		if row[3] == "2026-10-15" {
			mover = row[0]
		}
	}
	units := map[string]bool{}
	for _, row := range bank.Months[months-1].Facts[1].Rows {
		if row[1] == mover {
			units[row[4]] = true
		}
	}
	if !units[largeOutlet] || !units["B0201"] || len(units) != 2 {
		t.Errorf("the facts of %s lie at %v", mover, units)
	}
}

func TestABankOfALeapYearsMarchIsBuilt(t *testing.T) {
	if code := New(db.NewDate(2024, 3, 31)).Months[months-1].Last.String(); code != "2024-02-29" {
		t.Errorf("the last day is %s", code)
	}
}

func TestNoFactStandsTwiceInAFile(t *testing.T) {
	for _, m := range New(today).Months {
		for _, table := range m.Facts {
			if table.Kind == "adjustments" {
				continue // their rows of one key add up
			}
			keys := map[string]bool{}
			for _, row := range table.Rows {
				key := strings.Join(append(append([]string{}, row[:3]...), row[len(row)-2:]...), "|")
				if table.Kind == "reviews" {
					key += "|" + row[3] + "|" + row[4]
				}
				if keys[key] {
					t.Errorf("%s of %s: %s stands twice", table.Kind, m.Code, key)
				}
				keys[key] = true
			}
		}
	}
}

func TestTheScorecardsAreAListOfThree(t *testing.T) {
	var cards []struct{ Code string }
	if err := json.Unmarshal(Scorecards, &cards); err != nil || len(cards) != 3 {
		t.Errorf("%d scorecards: %v", len(cards), err)
	}
}
