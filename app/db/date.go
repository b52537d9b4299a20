package db

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Date is a calendar day in the bank's time zone. The zero Date is no day and
// stands as NULL in the database.
type Date struct {
	year  int
	month time.Month
	day   int
}

const dayLayout = "2006-01-02"

// NewDate gives the day of year, month and day, normalised as time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf gives the day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads YYYY-MM-DD. There is no year 0: PostgreSQL knows none.
func ParseDate(s string) (Date, error) {
	d, err := parse(s)
	if err == nil && d.year < 1 {
		return Date{}, fmt.Errorf("not a day: %q", s)
	}
	return d, err
}

func parse(s string) (Date, error) {
	t, err := time.Parse(dayLayout, s)
	if err != nil {
		return Date{}, fmt.Errorf("not a day: %q", s)
	}
	return DateOf(t), nil
}

// Time gives the day's midnight in UTC.
func (d Date) Time() time.Time { return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC) }

// IsZero says whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// AddDays gives the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// Before says whether d comes before o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After says whether d comes after o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

// Compare is negative, zero or positive as d comes before, on or after o.
func (d Date) Compare(o Date) int {
	switch {
	case d.year != o.year:
		return d.year - o.year
	case d.month != o.month:
		return int(d.month - o.month)
	}
	return d.day - o.day
}

// DaysUntil counts the days from d to o; the same day is 0. A time.Duration holds
// no more than 292 years.
func (d Date) DaysUntil(o Date) int { return int((o.Time().Unix() - d.Time().Unix()) / (24 * 60 * 60)) }

// String gives YYYY-MM-DD, and nothing for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// MarshalText writes the day as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := parse(string(text)) // what is kept is read, whatever it is
	*d = parsed
	return err
}

// Value gives the text of the day to the database, NULL for no day.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil //nolint:nilnil // NULL is what the database/sql contract calls for
	}
	return d.String(), nil
}

// Scan reads a day from what either engine hands back.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
	case time.Time:
		*d = DateOf(v)
	case string:
		return d.UnmarshalText([]byte(v[:min(len(v), len(dayLayout))]))
	case []byte:
		return d.Scan(string(v))
	default:
		return fmt.Errorf("a day cannot be read from %T", src)
	}
	return nil
}
