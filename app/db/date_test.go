package db_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/steelyard/steelyard/app/db"
)

func TestADayIsWrittenAndReadAsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := db.NewDate(1900, time.January, 1).AddDays(rapid.IntRange(0, 80_000).Draw(t, "days"))
		text, _ := day.Value()
		var back db.Date
		if err := back.Scan(text); err != nil || back != day {
			t.Fatalf("%v came back as %v, %v", day, back, err)
		}
	})
}

func TestTheDayOfAnInstantIsThatOfItsZone(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	if got := db.DateOf(time.Date(2026, 10, 31, 16, 30, 0, 0, time.UTC).In(shanghai)).String(); got != "2026-11-01" {
		t.Errorf("got %s, want the day in Shanghai", got)
	}
}

func TestDaysAreOrderedAndCounted(t *testing.T) {
	a, b := db.NewDate(2026, time.February, 27), db.NewDate(2026, time.March, 1)
	if !a.Before(b) || b.Before(a) || !b.After(a) || a.DaysUntil(b) != 2 {
		t.Errorf("%v and %v: before %v, days %d", a, b, a.Before(b), a.DaysUntil(b))
	}
}

func TestThereIsNoDayInAYearThatPostgreSQLDoesNotKnow(t *testing.T) {
	for text, known := range map[string]bool{
		"0000-01-01": false, "0000-12-31": false, "0001-01-01": true, "9999-12-31": true, "2026-02-30": false, "10000-01-01": false,
	} {
		if day, err := db.ParseDate(text); (err == nil) != known {
			t.Errorf("%s is read as %v, %v", text, day, err)
		}
	}
}
