package seed

import (
	"time"

	"github.com/steelyard/steelyard/app/db"
)

// month is one period of the demo bank.
type month struct {
	index       int // from 0, the oldest, to months−1
	first, last db.Date
}

// months is how far the demo bank goes back.
const months = 12

// season is how a month compares with the year's average, in thousandths:
// the new year's opening campaign, the spring festival, the ends of quarters.
var season = [12]int64{1280, 760, 1120, 940, 960, 1090, 900, 920, 1080, 930, 970, 1050}

// calendar gives the twelve months that end with the one before a day.
func calendar(today db.Date) []month {
	all := make([]month, months)
	first := today.Time().AddDate(0, 0, 1-today.Time().Day())
	for i := range all {
		begin := first.AddDate(0, i-months, 0)
		all[i] = month{index: i, first: db.DateOf(begin), last: db.DateOf(begin.AddDate(0, 1, -1))}
	}
	return all
}

// code names the period: 2026-10.
func (m month) code() string { return m.first.String()[:7] }

func (m month) season() int64 { return season[m.first.Time().Month()-time.January] }

func (m month) days() int { return m.first.DaysUntil(m.last) + 1 }

// day gives a day of the month by its number.
func (m month) day(n int) db.Date { return m.first.AddDays(n - 1) }
