package reports

import (
	"strings"

	"github.com/steelyard/steelyard/exports"
)

// results writes the adjustments, the total, the grade and the check.
func (c *card) results() {
	c.adjustments()
	if c.view.total == "" {
		return
	}
	c.resultTitle()
	c.base()
	bonus, deduction := c.kept(true), c.kept(false)
	c.capped("bonus", bonus, c.view.bonusCap, c.view.bonus)
	c.capped("deduction", deduction, c.view.deductionCap, c.view.deduction)
	c.total()
	c.grade()
	c.check()
}

// adjustments writes what was entered, the cap of each, and what counts (R4).
func (c *card) adjustments() {
	if len(c.adjustRows)+len(c.vetoRows) == 0 {
		return
	}
	first := append(append([]int{}, c.adjustRows...), c.vetoRows...)[0] - 1
	for i, key := range []string{"adjustment", "kind", "entered", "cap"} {
		c.form.Put(at(i+1, first), exports.Header, exports.String(c.say("head."+key)))
	}
	c.form.Put(at(colOutcome, first), exports.Header, exports.String(c.say("head.counted")))
	c.form.Merge(at(colOutcome, first), at(colOutcome+1, first))
	c.form.Put(at(colOutcome+2, first), exports.Header, exports.String(c.say("head.remark")))
	c.form.Merge(at(colOutcome+2, first), at(lastColumn, first))
	c.form.Height(first, 20)
	for n, a := range c.view.adjustments {
		c.adjustment(c.adjustRows[n], a)
	}
	for n, v := range c.view.vetoes {
		c.veto(c.vetoRows[n], v)
	}
}

func (c *card) adjustment(row int, a adjustmentView) {
	kind := "kind_deduction"
	if a.bonus {
		kind = "kind_bonus"
	}
	c.line(row, a.name, c.say(kind))
	c.form.Put(at(3, row), exports.Input, exports.Number(a.entered).As(exports.DecimalOf(a.entered)))
	c.form.Put(at(4, row), exports.Input, exports.Number(a.cap).As(exports.DecimalOf(a.cap)))
	if a.kept == "" {
		return
	}
	formula := rounded("MIN("+at(3, row).String()+","+at(4, row).String()+")", c.view.precision)
	c.form.Compute(at(colOutcome, row), exports.Computed, formula, a.kept, exports.Score(c.view.precision))
}

func (c *card) veto(row int, v vetoView) {
	c.line(row, v.name, c.say("kind_veto"))
	triggered := int64(0)
	if v.triggered {
		triggered = 1
		c.form.Put(at(colNote, row), exports.Body, exports.String(c.say("triggered")))
	}
	c.form.Put(at(3, row), exports.Input, exports.Count(triggered).As(exports.Int))
	c.form.Put(at(4, row), exports.Input, exports.Number(v.cap).As(exports.DecimalOf(v.cap)))
}

// colNote is where the remarks of the adjustments and the result begin.
const colNote = colOutcome + 2

// line dresses a row of the lower tables and names it.
func (c *card) line(row int, name, kind string) {
	for column := 1; column <= lastColumn; column++ {
		c.form.Put(at(column, row), exports.Body, exports.Blank())
	}
	c.form.PutWrapped(at(1, row), exports.Body, exports.String(name))
	c.form.Put(at(2, row), exports.Body, exports.String(kind))
	c.form.Merge(at(colOutcome, row), at(colOutcome+1, row))
	c.form.Merge(at(colNote, row), at(lastColumn, row))
	c.form.Height(row, 18)
}

func (c *card) resultTitle() {
	row := c.result["base"].Row - 1
	c.form.Put(at(1, row), exports.Section, exports.String(c.say("result")))
	c.form.Merge(at(1, row), at(lastColumn, row))
	c.form.Height(row, 20)
	for _, key := range c.resultLines() {
		line := c.result[key].Row
		c.line(line, "", "")
		c.form.Put(at(1, line), exports.Label, exports.String(c.say("line."+key)))
		c.form.Merge(at(1, line), at(2, line))
	}
}

// base is the segment's own, or the mean of the segments weighted by days (R3).
func (c *card) base() {
	place, precision := c.result["base"], c.view.precision
	c.form.Name("BaseScore", place)
	formula := c.baseCells[0].String()
	if len(c.view.segments) > 1 {
		var sums, days []string
		for n := range c.view.segments {
			d := c.itemCells[n][0].days
			sums, days = append(sums, d+"*"+c.baseCells[n].String()), append(days, d)
		}
		formula = rounded("("+strings.Join(sums, "+")+")/("+strings.Join(days, "+")+")", precision)
		c.form.Put(at(colNote, place.Row), exports.Body, exports.String(c.say("by_days")))
	}
	c.form.Compute(place, exports.Computed, formula, c.view.base, exports.Score(precision))
}

// kept lists the cells of the bonuses or of the deductions that count.
func (c *card) kept(bonus bool) []string {
	var cells []string
	for n, a := range c.view.adjustments {
		if a.bonus == bonus {
			cells = append(cells, at(colOutcome, c.adjustRows[n]).String())
		}
	}
	return cells
}

func (c *card) capped(key string, cells []string, limit, figure string) {
	place := c.result[key]
	c.form.Name(map[string]string{"bonus": "BonusPoints", "deduction": "DeductionPoints"}[key], place)
	format := exports.Score(c.view.precision)
	if len(cells) == 0 {
		c.form.Put(place, exports.Given, exports.Number(figure).As(format))
		return
	}
	formula := strings.Join(cells, "+")
	if limit != "" {
		c.limit(place.Row, limit)
		formula = "MIN(" + formula + "," + at(4, place.Row).String() + ")"
	}
	c.form.Compute(place, exports.Computed, rounded(formula, c.view.precision), figure, format)
}

// limit writes a cap beside its label.
func (c *card) limit(row int, cap string) {
	c.form.Put(at(3, row), exports.Label, exports.String(c.say("head.cap")))
	c.form.Put(at(4, row), exports.Input, exports.Number(cap).As(exports.DecimalOf(cap)))
}

// total is clamped, and then cut by a veto.
func (c *card) total() {
	place, precision := c.result["total"], c.view.precision
	uncut, ok := c.result["before_veto"]
	if !ok {
		uncut = place
	}
	c.limit(uncut.Row, c.view.totalCap)
	c.form.Name("TotalCap", at(4, uncut.Row))
	c.form.Name("TotalScore", place)
	clamped := rounded("MIN(MAX(BaseScore+BonusPoints-DeductionPoints,0),TotalCap)", precision)
	if !ok {
		c.form.Compute(place, exports.Strong, clamped, c.view.total, exports.Score(precision))
		return
	}
	c.form.Compute(uncut, exports.Computed, clamped, c.view.beforeVeto, exports.Score(precision))
	formula := uncut.String()
	for _, row := range c.vetoRows {
		formula += ",IF(" + at(3, row).String() + ">0," + at(4, row).String() + "," + uncut.String() + ")"
	}
	c.form.Compute(place, exports.Strong, "MIN("+formula+")", c.view.total, exports.Score(precision))
}

func (c *card) grade() {
	if place, ok := c.result["grade"]; ok {
		c.form.ComputeText(place, exports.Strong, "LOOKUP(TotalScore,"+c.gradeRange(0)+","+c.gradeRange(1)+")", c.view.grade)
	}
	place, ok := c.result["coefficient"]
	if !ok {
		return
	}
	formula := "LOOKUP(TotalScore," + c.gradeRange(0) + "," + c.gradeRange(2) + ")"
	if c.view.coefficient == "" {
		c.form.ComputeText(place, exports.Strong, formula, "—")
		return
	}
	c.form.Compute(place, exports.Strong, formula, c.view.coefficient, exports.DecimalOf(c.view.coefficient))
}

// check compares the total of the formulas with the one that was published.
func (c *card) check() {
	published, check := c.result["published"], c.result["check"]
	c.form.Put(published, exports.Given, exports.Number(c.view.total).As(exports.Score(c.view.precision)))
	c.form.Name("PublishedScore", published)
	same, changed := c.say("same"), c.say("changed")
	formula := `IF(ABS(TotalScore-PublishedScore)<` + halfUnit(c.view.precision) + `,"` + same + `","` + changed + `")`
	c.form.ComputeText(check, exports.Strong, formula, same)
	c.form.Alarm(check, "ABS("+c.result["total"].Fixed()+"-"+published.Fixed()+")>="+halfUnit(c.view.precision))
	c.form.Put(at(colNote, check.Row), exports.Body, exports.String(c.say("check_note")))
}

// halfUnit is half a unit of the last decimal: "0.005" for two.
func halfUnit(precision int) string {
	if precision == 0 {
		return "0.5"
	}
	return "0." + strings.Repeat("0", precision) + "5"
}
