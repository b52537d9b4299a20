package seed

import (
	_ "embed"

	"github.com/steelyard/steelyard/app/db"
)

// Scorecards are the three scorecards of the demo bank, as a file of the kind "scorecards".
//
//go:embed scorecards.json
var Scorecards []byte

// Bank is the demo bank as files would hold it.
type Bank struct {
	// Masters are units, metrics, staff and assignments, in the order of their import.
	// The scorecards come before the assignments of staff matter: see Scorecards.
	Masters []Table
	Months  []Month
	Open    Month // the one after the last: it has just begun
}

// Month is one period of the demo bank with its files.
type Month struct {
	Code        string
	First, Last db.Date
	Facts       []Table
}

// New builds the bank whose twelve months end with the one before a day.
func New(today db.Date) Bank {
	all := calendar(today)
	people := hires(all[0].first)
	careers(people, all)
	bank := Bank{Masters: []Table{unitTable(), metricTable(), staffTable(people), assignmentTable(people)}}
	for _, m := range all {
		f := newFacts(m)
		f.fill(people)
		if m.index == months-1 {
			f.awkward(people)
		}
		bank.Months = append(bank.Months, Month{Code: m.code(), First: m.first, Last: m.last, Facts: f.tables()})
	}
	bank.Open = open(all[months-1], people)
	return bank
}

// open is the month after the last.
func open(last month, people []*member) Month {
	first := last.last.AddDays(1)
	next := month{index: months, first: first, last: db.DateOf(first.Time().AddDate(0, 1, -1))}
	f := newFacts(next)
	f.fill(people)
	return Month{Code: next.code(), First: next.first, Last: next.last, Facts: f.tables()}
}
