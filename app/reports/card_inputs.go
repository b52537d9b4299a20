package reports

import (
	"strconv"

	"github.com/steelyard/steelyard/exports"
)

// input is a figure that a formula reads, with the words above it.
type input struct {
	key, label string
	value      exports.Cell
	look       exports.Look
	// formula, if set, works the figure out from the cells before it.
	formula func(cellsOf) string
	figure  string
}

// inputs writes what the formulas start from: weight, actual and target on the
// lines of the items, everything else in a block below the page. It comes before the
// formulas, which are checked against it as they are written.
func (c *card) inputs() {
	f := c.form
	f.PrintTo = at(lastColumn, c.pageEnd())
	c.row = c.pageEnd() + 2
	f.Put(at(1, c.row), exports.Title, exports.String(c.say("inputs")))
	f.Put(at(1, c.row+1), exports.Fine, exports.String(c.say("inputs_note")))
	c.row += 3
	c.common()
	for n, s := range c.view.segments {
		c.itemCells = append(c.itemCells, nil)
		days := c.segmentDays(n, s)
		for k, i := range s.items() {
			c.itemCells[n] = append(c.itemCells[n], c.itemInputs(c.itemRows[n][k], days, i))
		}
	}
	c.gradeTable()
}

// common writes the figures that the whole card reads.
func (c *card) common() {
	c.form.Put(at(1, c.row), exports.Section, exports.String(c.say("common")))
	c.form.Merge(at(1, c.row), at(lastColumn, c.row))
	c.row++
	cells := c.block(c.say("common_head"), []input{
		{key: "period_days", label: c.say("period_days"), value: exports.Count(int64(c.info.periodDays)).As(exports.Int), look: exports.Input},
	}, cellsOf{})
	c.periodDays = c.place(cells["period_days"])
	c.form.Name("PeriodDays", c.periodDays)
}

func (c *card) segmentDays(n int, s segmentView) string {
	title := s.scorecardName
	if len(c.view.segments) > 1 {
		title = strconv.Itoa(n+1) + ". " + title
	}
	c.form.Put(at(1, c.row), exports.Section, exports.String(title))
	c.form.Merge(at(1, c.row), at(lastColumn, c.row))
	c.row++
	cells := c.block(c.say("segment_head"), []input{
		{key: "days", label: c.say("days"), value: exports.Count(int64(s.days)).As(exports.Int), look: exports.Input},
	}, cellsOf{})
	return cells["days"]
}

// place reads a cell's name back.
func (c *card) place(name string) exports.At {
	at, ok := exports.ParseAt(name)
	if !ok {
		return exports.At{Column: 1, Row: 1}
	}
	return at
}

// block writes labels over values, as many lines as they need, and gives the names of the cells.
func (c *card) block(title string, inputs []input, cells cellsOf) map[string]string {
	if cells.params == nil {
		cells.params = map[string]string{}
	}
	c.form.PutWrapped(at(1, c.row), exports.Label, exports.String(title))
	c.form.Merge(at(1, c.row), at(1, c.row+2*((len(inputs)+inputColumns-1)/inputColumns)-1))
	for n, in := range inputs {
		column, row := 2+n%inputColumns, c.row+2*(n/inputColumns)
		place := at(column, row+1)
		cells.params[in.key] = place.String()
		c.form.PutWrapped(at(column, row), exports.Label, exports.String(in.label))
		if column == 2 {
			c.form.Height(row, 30)
		}
		if in.formula != nil {
			c.form.Derive(place, exports.Computed, in.formula(cells), in.figure, exports.DecimalOf(in.figure))
			continue
		}
		c.form.Put(place, in.look, in.value)
	}
	c.row += 2 * ((len(inputs) + inputColumns - 1) / inputColumns)
	return cells.params
}

// figure is a decimal that may be edited.
func (c *card) figure(key, decimal string) input {
	return input{key: key, label: c.say("p." + key), value: exports.Number(decimal).As(exports.DecimalOf(decimal)), look: exports.Input, figure: decimal}
}

// given is a figure taken over: what others earned, what the run counted.
func (c *card) given(key, decimal string) input {
	in := c.figure(key, decimal)
	in.look = exports.Given
	return in
}

// itemInputs writes an item's inputs and value and gives the cells that its formulas read.
func (c *card) itemInputs(row int, days string, i itemView) cellsOf {
	cells := cellsOf{
		actual: at(colActual, row).String(), target: at(colTarget, row).String(), x: at(colX, row).String(),
		days: days, periodDays: c.periodDays.String(), params: map[string]string{},
	}
	c.form.Put(at(colWeight, row), exports.Input, exports.Number(i.weight).As(exports.DecimalOf(i.weight)))
	if i.source == "metric" {
		c.form.Put(at(colActual, row), exports.Input, exports.Number(i.actual).As(exports.DecimalOf(i.actual)))
		c.form.Put(at(colTarget, row), exports.Input, exports.Number(i.target).As(exports.DecimalOf(i.target)))
	}
	if i.reason != "" {
		if i.status == "neutral" {
			c.block(i.name, []input{c.figure("neutral", i.neutral)}, cells)
		}
		return cells
	}
	inputs := append(c.sourceInputs(i, cells), c.methodInputs(i)...)
	if i.method.kind == "increments" {
		// The steps read the value, which reads the inputs before them.
		steps := c.given("steps", i.steps)
		steps.formula, steps.figure = func(all cellsOf) string {
			c.value(i, row, all)
			return stepsTaken(i.method, all)
		}, i.steps
		c.block(i.name, append(inputs, steps), cells)
		return cells
	}
	c.block(i.name, inputs, cells)
	c.value(i, row, cells)
	return cells
}

// value writes x on the item's line.
func (c *card) value(i itemView, row int, cells cellsOf) {
	formula := valueFormula(i, cells)
	if formula == "" || i.x == "" {
		c.form.Put(at(colX, row), exports.Body, exports.Blank())
		return
	}
	c.form.Derive(at(colX, row), exports.Computed, formula, i.x, valueFormat(i))
}

// valueFormat shows shares in per cent, points like scores, and amounts as they are.
func valueFormat(i itemView) exports.Format {
	switch {
	case i.source != "metric":
		return exports.Score(2)
	case i.method.of == "attainment", i.method.of == "growth":
		return exports.Percent(2)
	}
	return exports.Decimal(min(decimals(i.x), 4))
}

// sourceInputs are the figures that give x, beside actual and target.
func (c *card) sourceInputs(i itemView, cells cellsOf) []input {
	switch i.source {
	case "metric":
		return c.metricInputs(i, cells)
	case "rating":
		if len(i.roles) == 0 && i.x != "" {
			return []input{c.given("rating_value", i.x)} // who said what is not told
		}
		var inputs []input
		for n, r := range i.roles {
			weight, mean := c.figure("role_weight", r.weight), c.given("role_mean", r.mean)
			weight.key, weight.label = roleKey("weight", n), c.say("p.role_weight", "role", r.name)
			mean.key, mean.label = roleKey("mean", n), c.say("p.role_mean", "role", r.name, "count", r.count)
			mean.look = exports.Input
			inputs = append(inputs, weight, mean)
		}
		return inputs
	case "survey":
		inputs := []input{c.figure("count", i.survey.count), c.figure("sum", i.survey.sum)}
		if i.survey.priorWeight != "" {
			inputs = append(inputs, c.figure("prior_mean", i.survey.priorMean), c.figure("prior_weight", i.survey.priorWeight))
		}
		return append(inputs, c.figure("scale_min", i.survey.min), c.figure("scale_max", i.survey.max))
	}
	return nil
}

func (c *card) metricInputs(i itemView, cells cellsOf) []input {
	var inputs []input
	if i.method.of == "growth" {
		inputs = append(inputs, c.figure("baseline", i.baseline))
	}
	if i.flow && i.raised != "" {
		inputs = append(inputs, input{
			key: "raised", label: c.say("p.raised"), figure: i.raised,
			formula: func(cellsOf) string { return quotient(cells.actual+"*"+cells.periodDays, cells.days) },
		})
	}
	return inputs
}

// methodInputs are the method's parameters, in the order in which its formula reads them.
func (c *card) methodInputs(i itemView) []input {
	m := i.method
	clamp := []input{c.figure("floor", m.floor), c.figure("cap", m.cap)}
	switch m.kind {
	case "steps":
		return append([]input{c.figure("below", m.below)}, c.pointInputs(m, "step_from", "step_score")...)
	case "interpolate":
		return c.pointInputs(m, "point_x", "point_score")
	case "increments":
		return append([]input{
			c.figure("from", m.from), c.figure("step", m.step), c.figure("start", m.start), c.figure("gain", m.gain), c.figure("loss", m.loss),
		}, clamp...)
	case "efficacy":
		return append([]input{
			c.figure("unsatisfactory", m.unsatisfactory), c.figure("satisfactory", m.satisfactory), c.figure("base", m.base), c.figure("span", m.span),
		}, clamp...)
	case "threshold":
		value := c.figure("value", m.value)
		value.label += " (x " + m.op + ")"
		return []input{value, c.figure("pass", m.pass), c.figure("fail", m.fail)}
	case "deduct":
		return c.eventInputs(i)
	case "rank":
		return []input{c.given("peers", i.peers.count), c.given("rank", i.peers.rank), c.figure("best", m.best), c.figure("worst", m.worst)}
	case "relative":
		return append([]input{c.given("peers", i.peers.count), c.given("peer_best", orZero(i.peers.best))}, clamp...)
	case "standard":
		return append([]input{
			c.given("peers", i.peers.count), c.given("mu", i.peers.mean), c.given("sigma", i.peers.sigma),
			c.figure("mean", m.mean), c.figure("sd", m.sd),
		}, clamp...)
	}
	return clamp
}

func orZero(figure string) string {
	if figure == "" {
		return "0"
	}
	return figure
}

func (c *card) pointInputs(m methodView, x, score string) []input {
	var inputs []input
	for n, p := range m.points {
		from, points := c.figure(x, p.x), c.figure(score, p.score)
		from.key, from.label = pointKey("x", n), c.say("p."+x, "n", n+1)
		points.key, points.label = pointKey("score", n), c.say("p."+score, "n", n+1)
		inputs = append(inputs, from, points)
	}
	return inputs
}

func (c *card) eventInputs(i itemView) []input {
	inputs := []input{c.figure("start", i.method.start), c.figure("floor", i.method.floor)}
	for n, e := range i.events {
		count, points := c.figure("event_count", e.count), c.figure("event_points", e.points)
		count.key, count.label = pointKey("count", n), c.say("p.event_count", "event", e.name)
		points.key, points.label = pointKey("points", n), c.say("p.event_points", "event", e.name)
		inputs = append(inputs, count, points)
	}
	return inputs
}

// gradeTable writes the grades from the worst up, as the look-up wants them.
func (c *card) gradeTable() {
	grades := c.view.grades
	if len(grades) == 0 {
		return
	}
	c.form.Put(at(1, c.row), exports.Section, exports.String(c.say("grades")))
	c.form.Merge(at(1, c.row), at(lastColumn, c.row))
	c.row++
	for i, key := range []string{"grade_min", "grade", "coefficient"} {
		c.form.Put(at(1, c.row+i), exports.Label, exports.String(c.say(key)))
	}
	c.gradeFrom = at(2, c.row)
	for n := range grades {
		g := grades[len(grades)-1-n]
		limit := orZero(g.min)
		c.form.Put(at(2+n, c.row), exports.Input, exports.Number(limit).As(exports.DecimalOf(limit)))
		c.form.Put(at(2+n, c.row+1), exports.Given, exports.String(g.grade))
		coefficient := exports.String("—")
		if g.coefficient != "" {
			coefficient = exports.Number(g.coefficient).As(exports.DecimalOf(g.coefficient))
		}
		c.form.Put(at(2+n, c.row+2), exports.Given, coefficient)
	}
	c.row += 4
}

// gradeRange is one line of the table of grades: 0 the limits, 1 the grades, 2 the coefficients.
func (c *card) gradeRange(line int) string {
	row := c.gradeFrom.Row + line
	return at(2, row).Fixed() + ":" + at(1+len(c.view.grades), row).Fixed()
}
