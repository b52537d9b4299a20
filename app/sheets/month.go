package sheets

import (
	"strings"

	"github.com/steelyard/steelyard/app/fault"
)

// Month gives the cell's month as 2026-10, "" for a blank cell. It is written
// 2026-10, 2026/10, 202610 or 2026年10月; spreadsheets like to turn these into
// the first day of the month, so a cell formatted as a date is read too.
func (r Row) Month(name string) (string, *fault.Problem) {
	c := r.cell(name)
	if p := r.sound(name, c); p != nil {
		return "", p
	}
	if !c.holds() {
		return "", nil
	}
	if c.kind == cellDate || c.kind == cellNumber && c.format == formatDate {
		if day, ok := r.day(c); ok {
			return day.Format("2006-01"), nil
		}
		return "", r.problem(name, "cell.month", nil)
	}
	text := trim(strings.Map(narrow, r.shown(c)))
	if len(text) == 6 && countDigits(text) == 6 {
		text = text[:4] + "-" + text[4:]
	}
	text = strings.TrimSuffix(monthMarks.Replace(text), "月")
	year, month, _ := strings.Cut(text, "-")
	day, ok := calendarDay(year, month, "1")
	if !ok {
		return "", r.problem(name, "cell.month", nil)
	}
	return day.Format("2006-01"), nil
}

// monthMarks makes one mark of those that stand between year and month.
var monthMarks = strings.NewReplacer("/", "-", ".", "-", "年", "-")
