package reports

import (
	"strconv"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/exports"
)

// The columns of a card.
const (
	colItem = 1 + iota
	colMethod
	colActual
	colTarget
	colX
	colScore
	colWeight
	colEffective
	colContribution
	colRemark
	lastColumn = colRemark
	colOutcome = colX // of the adjustments and the result, two columns wide
)

var cardWidths = []float64{25, 12, 15, 14, 11, 10, 9, 10, 10, 24}

// inputColumns is how many inputs stand side by side below the card.
const inputColumns = lastColumn - 1

// card lays out one member's scorecard and makes every figure on it a formula
// over the figures it comes from.
type card struct {
	form    *exports.Form
	lang    lang.Language
	view    memberView
	info    heading
	row     int // the next free row below the page
	planned int // the first row after the result

	periodDays  exports.At
	itemRows    [][]int      // by segment and item
	groupRows   [][]int      // by segment and perspective
	segmentRows []int        // the head of each segment
	baseCells   []exports.At // by segment
	itemCells   [][]cellsOf  // by segment and item
	adjustRows  []int        // by adjustment
	vetoRows    []int        // by veto
	result      map[string]exports.At
	gradeFrom   exports.At // the first grade's limit
	facts       map[string]exports.At
}

// heading is what a card says of the month.
type heading struct {
	period, scope, run string
	periodDays         int
}

// newCard lays the member's card out as a sheet.
func newCard(l lang.Language, info heading, view memberView) *exports.Form {
	c := &card{
		lang: l, view: view, info: info,
		result: map[string]exports.At{}, facts: map[string]exports.At{},
		form: &exports.Form{
			Sheet: view.staffNo + " " + view.name, About: view.unit + " · " + view.position,
			Widths: cardWidths, OnePage: true, NoGrid: true, Protected: true,
		},
	}
	c.plan()
	c.inputs()
	c.segments()
	c.results()
	c.head()
	c.charts()
	return c.form
}

func (c *card) say(code string, args ...any) string { return say(c.lang, "card."+code, args...) }

func at(column, row int) exports.At { return exports.At{Column: column, Row: row} }

// The rows of a card's head.
const (
	headRows   = 6
	outcomeRow = 5
)

// plan gives every block its rows: the page first, then the inputs below it.
func (c *card) plan() {
	row := headRows + 1
	for _, s := range c.view.segments {
		c.segmentRows = append(c.segmentRows, row)
		row += 2
		var groups, items []int
		for _, p := range s.perspectives {
			groups = append(groups, row)
			row++
			for range p.items {
				items = append(items, row)
				row++
			}
		}
		c.groupRows, c.itemRows = append(c.groupRows, groups), append(c.itemRows, items)
		c.baseCells = append(c.baseCells, at(colContribution, row))
		row += 2
	}
	c.planned = c.planResults(row)
}

func (c *card) planResults(row int) int {
	if n := len(c.view.adjustments) + len(c.view.vetoes); n > 0 {
		row++
		for range c.view.adjustments {
			c.adjustRows = append(c.adjustRows, row+1)
			row++
		}
		for range c.view.vetoes {
			c.vetoRows = append(c.vetoRows, row+1)
			row++
		}
		row += 2
	}
	for _, key := range c.resultLines() {
		row++
		c.result[key] = at(colOutcome, row)
	}
	return row + 2
}

// resultLines are the lines of the result, from the base to the check.
func (c *card) resultLines() []string {
	if c.view.total == "" {
		return nil
	}
	lines := []string{"base", "bonus", "deduction"}
	if len(c.view.vetoes) > 0 {
		lines = append(lines, "before_veto")
	}
	lines = append(lines, "total")
	if len(c.view.grades) > 0 {
		lines = append(lines, "grade")
	}
	if c.hasCoefficient() {
		lines = append(lines, "coefficient")
	}
	return append(lines, "published", "check")
}

func (c *card) hasCoefficient() bool {
	for _, g := range c.view.grades {
		if g.coefficient != "" {
			return true
		}
	}
	return false
}

// head writes the title, who it is about, and the outcome.
func (c *card) head() {
	f := c.form
	f.Put(at(1, 1), exports.Title, exports.String(c.say("title", "name", c.view.name)))
	f.Height(1, 28)
	f.Put(at(1, 2), exports.Subtitle, exports.String(c.info.period+" · "+c.info.scope+" · "+c.info.run))
	rank := ""
	if c.view.rank > 0 {
		rank = c.say("rank_of", "rank", c.view.rank, "peers", c.view.peers)
	}
	c.fact(3, 0, "staff_no", exports.String(c.view.staffNo).As(exports.Code))
	c.fact(3, 1, "name", exports.String(c.view.name))
	c.fact(3, 2, "position", exports.String(c.view.position))
	c.fact(4, 0, "unit", exports.String(c.view.unit))
	c.fact(4, 1, "status", exports.String(say(c.lang, "status."+c.view.status)))
	c.fact(4, 2, "rank", exports.String(rank))
	c.fact(outcomeRow, 0, "total", exports.Blank())
	c.fact(outcomeRow, 1, "grade", exports.Blank())
	c.fact(outcomeRow, 2, "coefficient", exports.Blank())
	c.outcome()
	f.Height(6, 8)
}

// outcome repeats the result at the top, by reference.
func (c *card) outcome() {
	if c.view.total == "" {
		return
	}
	c.form.Compute(c.facts["total"], exports.Headline, c.result["total"].String(), c.view.total, exports.Score(c.view.precision))
	if c.view.grade != "" {
		c.form.ComputeText(c.facts["grade"], exports.Headline, c.result["grade"].String(), c.view.grade)
	}
	c.form.Put(c.facts["coefficient"], exports.Headline, exports.String("—"))
	if c.view.coefficient != "" {
		c.form.Compute(c.facts["coefficient"], exports.Headline, c.result["coefficient"].String(), c.view.coefficient,
			exports.DecimalOf(c.view.coefficient))
	}
}

// fact puts a label and a value into one of the three pairs of columns of a row.
func (c *card) fact(row, pair int, key string, value exports.Cell) {
	columns := [][4]int{{1, 1, 2, 3}, {4, 4, 5, 6}, {7, 8, 9, 10}}[pair]
	c.form.Put(at(columns[0], row), exports.Label, exports.String(c.say(key)))
	if columns[1] > columns[0] {
		c.form.Merge(at(columns[0], row), at(columns[1], row))
	}
	look := exports.Given
	if row == outcomeRow {
		look = exports.Headline
	}
	place := at(columns[2], row)
	c.facts[key] = place
	c.form.Put(place, look, value)
	c.form.Merge(place, at(columns[3], row))
	c.form.Height(row, 20)
	if row == outcomeRow {
		c.form.Height(row, 26)
	}
}

// segments writes the table of items of each segment.
func (c *card) segments() {
	for n, s := range c.view.segments {
		c.segmentHead(n, s)
		item := 0
		for p, group := range s.perspectives {
			first := item
			for range group.items {
				c.item(n, item, s)
				item++
			}
			c.perspective(n, p, s, first, item)
		}
		c.segmentBase(n, s)
	}
}

func (c *card) segmentHead(n int, s segmentView) {
	row := c.segmentRows[n]
	title := c.say("segment", "scorecard", s.scorecardName, "unit", s.unit, "days", s.days)
	if len(c.view.segments) > 1 {
		title = c.say("segment_n", "n", n+1, "scorecard", s.scorecardName, "unit", s.unit, "days", s.days)
	}
	c.form.Put(at(1, row), exports.Section, exports.String(title))
	c.form.Merge(at(1, row), at(lastColumn, row))
	c.form.Height(row, 20)
	headings := []string{"item", "method", "actual", "target", "x", "score", "weight", "effective", "contribution", "remark"}
	for i, key := range headings {
		c.form.PutWrapped(at(i+1, row+1), exports.Header, exports.String(c.say("head."+key)))
	}
	c.form.Height(row+1, 30)
}

// item writes one line of the table.
func (c *card) item(segment, n int, s segmentView) {
	i, row, cells := s.items()[n], c.itemRows[segment][n], c.itemCells[segment][n]
	f := c.form
	f.PutWrapped(at(colItem, row), exports.Body, exports.String(i.name))
	f.Put(at(colMethod, row), exports.Body, exports.String(say(c.lang, "method."+i.method.kind)))
	if i.source != "metric" {
		f.Put(at(colActual, row), exports.Body, exports.String(say(c.lang, "source."+i.source)))
		f.Put(at(colTarget, row), exports.Body, exports.Blank())
	}
	if i.x == "" {
		f.Put(at(colX, row), exports.Body, exports.Blank())
	}
	c.score(i, row, cells, s.precision)
	c.weighted(segment, n, s)
	f.PutWrapped(at(colRemark, row), exports.Body, exports.String(remark(c.lang, i)))
	f.Height(row, max(18, 5+13*lines(i.name, cardWidths[0]-2), 5+13*lines(remark(c.lang, i), cardWidths[colRemark-1]-2)))
}

func lines(s string, width float64) float64 {
	return float64(int((exports.TextWidth(s)-0.5)/width) + 1)
}

func (c *card) score(i itemView, row int, cells cellsOf, precision int) {
	place := at(colScore, row)
	switch formula := scoreFormula(i, cells, precision); {
	case i.score == "":
		c.form.Put(place, exports.Body, exports.Blank())
	case i.status == "neutral":
		neutral := "ROUND(" + cells.p("neutral") + "," + strconv.Itoa(precision) + ")"
		c.form.Compute(place, exports.Computed, neutral, i.score, exports.Score(precision))
	case i.status == "scored" && formula != "":
		c.form.Compute(place, exports.Computed, formula, i.score, exports.Score(precision))
	default:
		c.form.Put(place, exports.Given, exports.Number(i.score).As(exports.Score(precision)))
	}
}

// weighted writes the effective weight and the contribution (R2).
func (c *card) weighted(segment, n int, s segmentView) {
	i, row := s.items()[n], c.itemRows[segment][n]
	share, points := at(colEffective, row), at(colContribution, row)
	if !i.counts() || i.contribution == "" {
		c.form.Put(share, exports.Body, exports.Blank())
		c.form.Put(points, exports.Body, exports.Blank())
		return
	}
	weight, score := at(colWeight, row).String(), at(colScore, row).String()
	rest := "100"
	for k, other := range s.items() {
		if other.status == "excluded" {
			rest += "-" + at(colWeight, c.itemRows[segment][k]).String()
		}
	}
	if rest == "100" {
		c.form.Derive(share, exports.Computed, weight, i.effective, exports.Score(2))
		c.form.Compute(points, exports.Computed, rounded(score+"*"+weight+"/100", s.precision), i.contribution, exports.Score(s.precision))
		return
	}
	c.form.Derive(share, exports.Computed, weight+"*100/("+rest+")", i.effective, exports.Score(2))
	c.form.Compute(points, exports.Computed, rounded(score+"*"+weight+"/("+rest+")", s.precision), i.contribution, exports.Score(s.precision))
}

func rounded(formula string, precision int) string {
	return "ROUND(" + formula + "," + strconv.Itoa(precision) + ")"
}

// perspective writes the line of a perspective: weight, score out of 100 and subtotal.
func (c *card) perspective(segment, p int, s segmentView, first, end int) {
	row, rows := c.groupRows[segment][p], c.itemRows[segment][first:end]
	f := c.form
	for column := 1; column <= lastColumn; column++ {
		f.Put(at(column, row), exports.Strong, exports.Blank())
	}
	f.Put(at(colItem, row), exports.Strong, exports.String(s.perspectives[p].name))
	f.Height(row, 19)
	weights := sumDecimals(s.perspectives[p].items, func(i itemView) string { return i.weight })
	f.Compute(at(colWeight, row), exports.Strong, sumOf(colWeight, rows), weights, exports.DecimalOf(weights))
	subtotal := sumDecimals(s.perspectives[p].items, func(i itemView) string { return i.contribution })
	if !s.complete || subtotal == "" {
		return
	}
	f.Compute(at(colContribution, row), exports.Strong, rounded(sumOf(colContribution, rows), s.precision), subtotal, exports.Score(s.precision))
	effective := sumDecimals(s.perspectives[p].items, func(i itemView) string { return i.effective })
	f.Derive(at(colEffective, row), exports.Strong, sumOf(colEffective, rows), effective, exports.Score(2))
	f.Derive(at(colScore, row), exports.Strong, c.meanFormula(s.perspectives[p].items, rows), meanScore(s.perspectives[p].items), exports.Score(s.precision))
}

// meanFormula is the mean score of a perspective's items by their weights, without those left out.
func (c *card) meanFormula(items []itemView, rows []int) string {
	weights := ""
	for n, i := range items {
		if i.counts() {
			weights += "+" + at(colWeight, rows[n]).String()
		}
	}
	span := func(column int) string {
		return at(column, rows[0]).String() + ":" + at(column, rows[len(rows)-1]).String()
	}
	return "SUMPRODUCT(" + span(colScore) + "," + span(colWeight) + ")/(" + weights[1:] + ")"
}

func sumOf(column int, rows []int) string {
	return "SUM(" + at(column, rows[0]).String() + ":" + at(column, rows[len(rows)-1]).String() + ")"
}

func (c *card) segmentBase(n int, s segmentView) {
	place := c.baseCells[n]
	for column := 1; column <= lastColumn; column++ {
		c.form.Put(at(column, place.Row), exports.Total, exports.Blank())
	}
	c.form.Put(at(1, place.Row), exports.Total, exports.String(c.say("segment_base")))
	if s.base == "" {
		c.form.Put(at(colRemark, place.Row), exports.Total, exports.String(say(c.lang, "status.incomplete")))
		return
	}
	formula := ""
	for _, row := range c.groupRows[n] {
		if _, ok := subtotalOf(s, row, c.groupRows[n]); ok {
			formula += "+" + at(colContribution, row).String()
		}
	}
	c.form.Compute(place, exports.Total, rounded(formula[1:], s.precision), s.base, exports.Score(s.precision))
}

// subtotalOf says whether the perspective on a row has a subtotal.
func subtotalOf(s segmentView, row int, rows []int) (string, bool) {
	for p, r := range rows {
		if r == row {
			subtotal := sumDecimals(s.perspectives[p].items, func(i itemView) string { return i.contribution })
			return subtotal, subtotal != ""
		}
	}
	return "", false
}
