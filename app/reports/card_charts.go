package reports

import (
	"math"
	"strconv"

	"github.com/steelyard/steelyard/exports"
)

// places of the charts below the result.
const (
	chartRows   = 17
	chartHeight = 300
)

// pageEnd is the last row that is printed.
func (c *card) pageEnd() int {
	end := c.planned
	if c.hasCharts() {
		end += chartRows
	}
	return end
}

func (c *card) hasCharts() bool {
	return c.view.main >= 0 && len(c.view.segments) > c.view.main && c.view.segments[c.view.main].complete
}

// charts draws the main segment: its perspectives as a radar, its items' contributions as bars.
func (c *card) charts() {
	if !c.hasCharts() {
		return
	}
	segment := c.view.segments[c.view.main]
	c.form.Put(at(1, c.row), exports.Section, exports.String(c.say("chart_data")))
	c.form.Merge(at(1, c.row), at(lastColumn, c.row))
	first := c.row + 1
	rates, title := c.rates(segment, first)
	items := c.contributions(segment, first)
	top := c.planned
	if rates >= 3 {
		c.form.Chart(func(sheet string) exports.Chart {
			return exports.Chart{
				Kind: exports.RadarChart, Title: title, Column: 1, Row: top, Width: 400, Height: chartHeight,
				Format: exports.Score(1), Max: c.radarMax(segment), Series: []exports.Series{series(sheet, first, rates, 1)},
			}
		})
	}
	c.form.Chart(func(sheet string) exports.Chart {
		chart := exports.Chart{
			Kind: exports.BarChart, Title: c.say("contributions"), Column: 4, Row: top, Width: 610, Height: chartHeight,
			Format: exports.Score(segment.precision), Series: []exports.Series{series(sheet, first, items, 4)},
		}
		if rates < 3 {
			chart.Column, chart.Width = 1, 1000
		}
		return chart
	})
}

// series reads names from a column and figures from the next.
func series(sheet string, first, count, column int) exports.Series {
	reference := func(column int) string {
		return "'" + sheet + "'!" + at(column, first).Fixed() + ":" + at(column, first+count-1).Fixed()
	}
	return exports.Series{Name: "", Categories: reference(column), Values: reference(column + 1)}
}

// rates lists what the radar shows: perspectives out of 100, or items where there are too few of them.
func (c *card) rates(s segmentView, row int) (count int, title string) {
	title = c.say("radar")
	type rate struct {
		name, figure string
		at           exports.At
	}
	var rates []rate
	for p, group := range s.perspectives {
		if mean := meanScore(group.items); mean != "" {
			rates = append(rates, rate{group.name, mean, at(colScore, c.groupRows[c.view.main][p])})
		}
	}
	if len(rates) < 3 {
		rates, title = nil, c.say("radar_items")
		for n, i := range s.items() {
			if i.contribution != "" {
				rates = append(rates, rate{i.name, i.score, at(colScore, c.itemRows[c.view.main][n])})
			}
		}
	}
	for n, r := range rates {
		c.form.Put(at(1, row+n), exports.Body, exports.String(r.name))
		c.form.Derive(at(2, row+n), exports.Computed, r.at.String(), r.figure, exports.Score(2))
	}
	return len(rates), title
}

func (c *card) contributions(s segmentView, row int) int {
	count := 0
	for n, i := range s.items() {
		if i.contribution == "" {
			continue
		}
		c.form.Put(at(4, row+count), exports.Body, exports.String(i.name))
		c.form.Compute(at(5, row+count), exports.Computed, at(colContribution, c.itemRows[c.view.main][n]).String(), i.contribution,
			exports.Score(s.precision))
		count++
	}
	return count
}

// radarMax is the end of the radar's axis: the highest cap of an item, at least 100.
func (c *card) radarMax(s segmentView) float64 {
	highest := 100.0
	for _, i := range s.items() {
		for _, figure := range []string{i.method.cap, i.method.best, i.score} {
			if f, err := strconv.ParseFloat(figure, 64); err == nil && f > highest {
				highest = f
			}
		}
	}
	return math.Ceil(highest/20) * 20
}
