package sheets

import (
	"strconv"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/fault"
)

// Serials below this, in cells that are not formatted as dates, are figures that
// somebody put into the wrong column (27 years, the year 2026) and no days.
const serialLeast = 10_000 // 1927-05-18

// Date gives the cell's calendar day; year 0 for a blank cell. Days are cells
// formatted as dates, their serial numbers in the workbook's own system (1900 or
// 1904), or texts such as 2026-10-05, 2026/10/5, 20261005 and 2026年10月5日. A
// time of the day other than midnight is a problem.
func (r Row) Date(name string) (int, time.Month, int, *fault.Problem) {
	c := r.cell(name)
	if p := r.sound(name, c); p != nil {
		return 0, 0, 0, p
	}
	if !c.holds() {
		return 0, 0, 0, nil
	}
	day, ok := r.day(c)
	if !ok {
		return 0, 0, 0, r.problem(name, "cell.date", nil)
	}
	year, month, date := day.Date()
	return year, month, date, nil
}

func (r Row) day(c cell) (time.Time, bool) {
	switch c.kind {
	case cellNumber:
		if c.format == formatDate {
			return serialDay(c.text, r.rows.date04)
		}
		decimal, _ := shortest(c.text)
		return figureDay(decimal, r.rows.date04)
	case cellText, cellDate:
		text := midnightOff(trim(strings.Map(narrow, c.text)))
		if len(text) <= 8 && countDigits(text) == len(text) {
			return figureDay(text, r.rows.date04)
		}
		return writtenDay(text)
	default:
		return time.Time{}, false
	}
}

// figureDay reads a figure that is either eight digits of a date or a serial.
func figureDay(figure string, date04 bool) (time.Time, bool) {
	if len(figure) == 8 && countDigits(figure) == 8 {
		return calendarDay(figure[:4], figure[4:6], figure[6:])
	}
	if n, err := strconv.Atoi(figure); err != nil || n < serialLeast {
		return time.Time{}, false
	}
	return serialDay(figure, date04)
}

// serialDay gives the day of a serial number. The 1900 system counts a day that
// never was, 1900-02-29, which is no day here either.
func serialDay(stored string, date04 bool) (time.Time, bool) {
	decimal, ok := shortest(stored)
	if !ok {
		return time.Time{}, false
	}
	n, err := strconv.Atoi(decimal)
	if err != nil || n < 0 {
		return time.Time{}, false
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date04:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n == 0 || n == 60:
		return time.Time{}, false
	case n < 60:
		n++
	}
	day := start.AddDate(0, 0, min(n, 4_000_000))
	return day, day.Year() <= 9999
}

// midnightOff takes off a time of the day that is midnight.
func midnightOff(text string) string {
	day, clock, found := strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	if !found {
		return text
	}
	clock = strings.TrimSuffix(trim(clock), "Z")
	if strings.Trim(clock, "0:.") == "" && strings.HasPrefix(clock, "0") {
		return day
	}
	return text
}

// writtenDay reads a day with separators: - / . or 年 月 日.
func writtenDay(text string) (time.Time, bool) {
	for _, marks := range [][3]string{{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}, {"年", "月", "号"}} {
		year, rest, ok := strings.Cut(text, marks[0])
		if !ok {
			continue
		}
		month, date, ok := strings.Cut(rest, marks[1])
		if !ok || !strings.HasSuffix(date, marks[2]) {
			continue
		}
		return calendarDay(year, trim(month), trim(strings.TrimSuffix(date, marks[2])))
	}
	return time.Time{}, false
}

// calendarDay gives a day that exists; the year has four digits.
func calendarDay(year, month, date string) (time.Time, bool) {
	if len(year) != 4 || len(month) > 2 || len(date) > 2 {
		return time.Time{}, false
	}
	var parts [3]int
	for i, part := range []string{year, month, date} {
		if part == "" || countDigits(part) != len(part) {
			return time.Time{}, false
		}
		parts[i], _ = strconv.Atoi(part)
	}
	day := time.Date(parts[0], time.Month(parts[1]), parts[2], 0, 0, 0, 0, time.UTC)
	sound := day.Year() == parts[0] && int(day.Month()) == parts[1] && day.Day() == parts[2]
	return day, sound && parts[0] >= 1900
}
