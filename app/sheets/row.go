package sheets

import (
	"strings"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// Row is one row of a table. Its cells are asked for by the canonical names of
// the columns that Rows was given; a column that the file lacks is blank.
type Row struct {
	Sheet  string
	Number int // as the user sees it

	rows    *Rows
	cells   []cell
	surplus string
	short   bool
}

func (r Row) cell(name string) cell {
	i, known := r.rows.header.index[name]
	if !known {
		panic("sheets: no such column: " + name)
	}
	return r.cells[i]
}

// Misfit reports a line of a text that does not fit the header, or nil. With
// more fields its figures may stand in the wrong columns, as 1,250,000 without
// quotes does; one that ends before a required column may be cut off.
func (r Row) Misfit() *fault.Problem {
	p := &fault.Problem{File: visible(r.rows.file.Name, nameShown), Sheet: r.Sheet, Row: r.Number}
	switch {
	case r.surplus != "":
		p.Code, p.Value = "cell.surplus", display(trim(r.surplus))
	case r.short:
		p.Code = "cell.short"
	default:
		return nil
	}
	return p
}

// Has tells whether the file has the column.
func (r Row) Has(name string) bool { return r.rows.Has(name) }

// Problem gives a problem at this row and column, with the cell's value. The
// column is called as the user's file calls it.
func (r Row) Problem(column, code string, args lang.Args) fault.Problem {
	p := fault.Problem{
		File: visible(r.rows.file.Name, nameShown), Sheet: r.Sheet, Row: r.Number,
		Column: r.rows.header.label(column), Code: code, Args: args,
	}
	if i, known := r.rows.header.index[column]; known {
		p.Value = display(trim(r.shown(r.cells[i])))
	}
	return p
}

func (r Row) problem(column, code string, args lang.Args) *fault.Problem {
	p := r.Problem(column, code, args)
	return &p
}

// shown gives a cell's value as the user knows it, as far as the file tells.
func (r Row) shown(c cell) string {
	switch c.kind {
	case cellBlank:
		return ""
	case cellBool:
		return map[bool]string{true: "TRUE", false: "FALSE"}[c.text == "1" || c.text == "true"]
	case cellNumber:
		if c.format == formatDate {
			if day, ok := serialDay(c.text, r.rows.date04); ok {
				return day.Format("2006-01-02")
			}
		}
		decimal, ok := shortest(c.text)
		if !ok {
			return c.text
		}
		if c.format == formatPercent {
			return timesHundred(decimal) + "%"
		}
		return decimal
	default:
		return c.text
	}
}

// sound reports what makes any cell unusable: an error value, or a formula
// where formulas are not allowed or have no stored value.
func (r Row) sound(name string, c cell) *fault.Problem {
	switch {
	case c.kind == cellFailed:
		return r.problem(name, "cell.failed", nil)
	case c.formula && !r.rows.file.options.AllowFormulas:
		return r.problem(name, "cell.formula", nil)
	case c.formula && c.kind == cellBlank:
		return r.problem(name, "cell.formula_empty", nil)
	case c.kind == cellNumber:
		if _, ok := shortest(c.text); !ok {
			return r.problem(name, "cell.number", nil)
		}
	}
	return nil
}

// Blank tells whether there is nothing in the cell. A formula that is not
// allowed, or that has no stored value, is not blank: reading it is a problem.
func (r Row) Blank(name string) bool {
	c := r.cell(name)
	if c.formula && r.rows.file.options.AllowFormulas && c.kind == cellText {
		return trim(c.text) == ""
	}
	return !c.holds()
}

// Numeric tells whether the cell is a number and no text, so that a code in it
// has lost the zeros in front that it may have had.
func (r Row) Numeric(name string) bool {
	c := r.cell(name)
	return c.kind == cellNumber && c.format != formatDate
}

// Text gives the cell's text without blanks around it. A number gives its
// shortest decimal text, a cell formatted as a date its ISO text. Control
// characters, invisible characters and those that turn the writing direction
// are a problem.
func (r Row) Text(name string) (string, *fault.Problem) {
	c := r.cell(name)
	if p := r.sound(name, c); p != nil {
		return "", p
	}
	if c.kind == cellNumber && c.format == formatPercent {
		decimal, _ := shortest(c.text)
		return decimal, nil
	}
	text := trim(r.shown(c))
	if bad, found := badRune(text); found {
		if bad == utf8.RuneError {
			return "", r.problem(name, "cell.broken_character", nil)
		}
		return "", r.problem(name, "cell.forbidden_character", lang.Args{"character": display(string(bad))})
	}
	if len(text) > textMost && utf8.RuneCountInString(text) > textMost {
		return "", r.problem(name, "cell.too_long", lang.Args{"limit": textMost})
	}
	return strings.ReplaceAll(text, "\r\n", "\n"), nil
}

// spreadsheetDigits is how many digits of a number a spreadsheet keeps.
const spreadsheetDigits = 15

// Code is Text for codes, periods and numbers of people: full-width letters,
// digits and signs count as their ordinary forms.
func (r Row) Code(name string) (string, *fault.Problem) {
	text, problem := r.Text(name)
	if problem != nil {
		return "", problem
	}
	switch c := r.cell(name); {
	case c.kind == cellBool, c.kind == cellNumber && c.format == formatDate:
		return "", r.problem(name, "cell.no_code", nil)
	case c.kind == cellNumber && len(strings.TrimLeft(text, "-0.")) > spreadsheetDigits:
		return "", r.problem(name, "cell.lost_digits", nil)
	}
	return strings.Map(narrow, text), nil
}
