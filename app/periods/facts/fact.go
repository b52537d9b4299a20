package facts

import (
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/sheets"
)

// keyParts and valueParts are the most that any kind has.
const (
	keyParts   = 3
	valueParts = 2

	raterPart = 2 // of the key of a review
)

// fact is one row of a file. Texts are as the database keeps them, numbers as
// canonical decimals; "" is no value.
type fact struct {
	row      sheets.Row
	period   string
	staffNo  string
	unit     string
	position string
	key      [keyParts]string   // what identifies the row beside period, member and place, in the kind's order
	values   [valueParts]string // in the kind's order
	// percent is the problem that a percent sign is, unless the metric's unit of measure is %.
	percent *fault.Problem
	wrong   bool

	id      identity // resolved
	segment int      // of the member; -1 for none

	// What the comparison with the rows in force found: one is the same, one is followed by this.
	same, follows bool
}

// identity tells rows of one kind apart. Metric is the id of a metric, whose code
// is then not in the key.
type identity struct {
	period, staff, unit, metric int64
	position                    string
	key                         [keyParts]string
}

// standing tells apart what a run takes one value for: the identity with the
// member's segment in the place of unit and position.
type standing struct {
	period, staff, metric int64
	segment               int
	key                   [keyParts]string
}

func (f *fact) standing() standing {
	return standing{period: f.id.period, staff: f.id.staff, metric: f.id.metric, segment: f.segment, key: f.id.key}
}

// reader takes the cells of a row and keeps the problems met.
type reader struct {
	row      sheets.Row
	problems []fault.Problem
}

func (r *reader) keep(p *fault.Problem) {
	if p != nil {
		r.problems = append(r.problems, *p)
	}
}

// month, code and text read a cell that may not be blank.
func (r *reader) month(column string) string {
	text, problem := r.row.Month(column)
	return r.needed(column, text, problem)
}

func (r *reader) code(column string) string {
	text, problem := r.row.Code(column)
	return r.needed(column, text, problem)
}

func (r *reader) text(column string) string {
	text, problem := r.row.Text(column)
	return r.needed(column, text, problem)
}

func (r *reader) needed(column, text string, problem *fault.Problem) string {
	if problem == nil && text == "" {
		r.problems = append(r.problems, r.row.Problem(column, "import.required", nil))
	}
	r.keep(problem)
	return text
}

// optionalCode and optionalText read a cell that may be blank.
func (r *reader) optionalCode(column string) string {
	text, problem := r.row.Code(column)
	r.keep(problem)
	return text
}

func (r *reader) optionalText(column string) string {
	text, problem := r.row.Text(column)
	r.keep(problem)
	return text
}

func (r *reader) decimal(column string) string {
	text, problem := r.row.Decimal(column, false)
	r.keep(problem)
	return text
}

// points reads a decimal that is not negative.
func (r *reader) points(column string) string {
	text := r.decimal(column)
	if strings.HasPrefix(text, "-") {
		r.problems = append(r.problems, r.row.Problem(column, "facts.negative", nil))
	}
	return text
}

// count reads a whole number that is not negative.
func (r *reader) count(column string) string {
	if r.row.Blank(column) {
		return ""
	}
	n, problem := r.row.Int(column)
	r.keep(problem)
	if n < 0 {
		r.problems = append(r.problems, r.row.Problem(column, "facts.negative", nil))
	}
	return formatInt(n)
}

// figure reads a decimal of a metric. Whether a percent sign is right depends on
// the metric, which is not known yet: the problem is left with the fact.
func (r *reader) figure(column string, f *fact) string {
	text, problem := r.row.Decimal(column, false)
	if problem == nil || problem.Code != "cell.percent" {
		r.keep(problem)
		return text
	}
	f.percent = problem
	text, problem = r.row.Decimal(column, true)
	r.keep(problem)
	return text
}
