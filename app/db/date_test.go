package db_test

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/steelyard/steelyard/app/apptest"
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

func TestDaysAreCountedOverManyCenturies(t *testing.T) {
	if n := db.NewDate(2000, time.January, 1).DaysUntil(db.NewDate(9999, time.December, 31)); n != 2921939 {
		t.Errorf("counted %d", n)
	}
	if n := db.NewDate(2000, time.January, 1).DaysUntil(db.NewDate(1, time.January, 1)); n != -730119 {
		t.Errorf("counted %d", n)
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

func TestDaysAndInstantsFarFromOursAreWrittenInBulkAsTheyAre(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		days := []db.Date{
			db.NewDate(1, time.January, 2), db.NewDate(1707, time.September, 22), db.NewDate(2292, time.April, 11),
			db.NewDate(9999, time.January, 1), db.NewDate(9999, time.December, 31),
		}
		at := func(day db.Date) time.Time { return day.Time().Add(time.Hour + time.Microsecond) }
		err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			b := tx.Bulk(ctx, "users", "username", "state", "created_at")
			staff := tx.Bulk(ctx, "staff", "staff_no", "name", "hired_on")
			for _, day := range days {
				staff.Text(day.String())
				staff.Text("n")
				staff.Date(day)
				if err := staff.Row(); err != nil {
					return err
				}
			}
			if _, err := staff.Close(); err != nil {
				return err
			}
			for _, day := range days {
				b.Text(day.String())
				b.Text("active")
				b.Instant(at(day))
				if err := b.Row(); err != nil {
					return err
				}
			}
			_, err := b.Close()
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		err = d.Snapshot(t.Context(), func(ctx context.Context, tx db.Tx) error {
			for _, day := range days {
				var hired db.Date
				var made time.Time
				err := tx.NewRaw("SELECT s.hired_on, u.created_at FROM staff s JOIN users u ON u.username = s.staff_no WHERE s.staff_no = ?", day.String()).
					Scan(ctx, &hired, &made)
				if err != nil || hired != day || !made.Equal(at(day)) {
					t.Errorf("%v came back as %v and %v: %v", day, hired, made.UTC(), err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
