package people_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
)

func day(text string) db.Date {
	d, err := db.ParseDate(text)
	if err != nil && text != "" {
		panic(err)
	}
	return d
}

func assignment(unit int64, from, to string, state people.State) people.Assignment {
	return people.Assignment{ID: unit, UnitID: unit, Position: "rm", From: day(from), To: day(to), State: state}
}

func TestTimelines(t *testing.T) {
	for name, c := range map[string]struct {
		assignments []people.Assignment
		want        []string
	}{
		"nobody is anywhere without an assignment": {},
		"one assignment without end fills the period": {
			[]people.Assignment{assignment(1, "2020-01-01", "", people.Active)}, []string{"1 active 2026-10-01 2026-10-31"},
		},
		"the days before the first are in no span": {
			[]people.Assignment{assignment(1, "2026-10-10", "", people.Active)}, []string{"1 active 2026-10-10 2026-10-31"},
		},
		"the later beginning wins": {
			[]people.Assignment{assignment(2, "2026-10-16", "", people.Active), assignment(1, "2020-01-01", "", people.Active)},
			[]string{"1 active 2026-10-01 2026-10-15", "2 active 2026-10-16 2026-10-31"},
		},
		"after an end what was before comes back": {
			[]people.Assignment{assignment(1, "2020-01-01", "", people.Active), assignment(2, "2026-10-10", "2026-10-12", people.Leave)},
			[]string{"1 active 2026-10-01 2026-10-09", "2 leave 2026-10-10 2026-10-12", "1 active 2026-10-13 2026-10-31"},
		},
		"an end inside a later assignment changes nothing": {
			[]people.Assignment{assignment(1, "2020-01-01", "2026-10-20", people.Active), assignment(2, "2026-10-10", "2026-10-25", people.Active)},
			[]string{"1 active 2026-10-01 2026-10-09", "2 active 2026-10-10 2026-10-25"},
		},
		"whoever has left and comes back is there again": {
			[]people.Assignment{assignment(1, "2020-01-01", "", people.Active), assignment(2, "2026-10-05", "", people.Left), assignment(3, "2026-10-20", "", people.Active)},
			[]string{"1 active 2026-10-01 2026-10-04", "2 left 2026-10-05 2026-10-19", "3 active 2026-10-20 2026-10-31"},
		},
		"a gap after an end stays a gap": {
			[]people.Assignment{assignment(1, "2020-01-01", "2026-10-03", people.Active), assignment(2, "2026-10-20", "", people.Active)},
			[]string{"1 active 2026-10-01 2026-10-03", "2 active 2026-10-20 2026-10-31"},
		},
		"equal neighbours are one span": {
			[]people.Assignment{assignment(1, "2020-01-01", "2026-10-10", people.Active), {ID: 2, UnitID: 1, Position: "rm", From: day("2026-10-11"), State: people.Active}},
			[]string{"1 active 2026-10-01 2026-10-31"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, s := range people.Timeline(c.assignments, day("2026-10-01"), day("2026-10-31")) {
				got = append(got, string(rune('0'+s.UnitID))+" "+string(s.State)+" "+s.From.String()+" "+s.To.String())
			}
			bank{T: t}.equal(got, c.want)
		})
	}
}
