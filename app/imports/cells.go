package imports

import (
	"strings"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/sheets"
)

// The most characters of a code and of any other text.
const (
	codeMost = 64
	textMost = 500
)

// Cells reads the cells of one row and gathers what is wrong with them.
type Cells struct {
	Row      sheets.Row
	Problems []fault.Problem
}

// Wrong adds a problem of a column.
func (c *Cells) Wrong(column, code string, args lang.Args) {
	c.Problems = append(c.Problems, c.Row.Problem(column, code, args))
}

// Code reads a code that must be there.
func (c *Cells) Code(column string) string { return c.required(column, c.OptionalCode(column)) }

// OptionalCode reads a code, "" for a blank cell.
func (c *Cells) OptionalCode(column string) string {
	code, problem := c.Row.Code(column)
	return c.bounded(column, code, codeMost, problem)
}

// Text reads a text that must be there.
func (c *Cells) Text(column string) string { return c.required(column, c.OptionalText(column)) }

// OptionalText reads a text, "" for a blank cell.
func (c *Cells) OptionalText(column string) string {
	text, problem := c.Row.Text(column)
	return c.bounded(column, text, textMost, problem)
}

func (c *Cells) bounded(column, text string, most int, problem *fault.Problem) string {
	switch {
	case problem != nil:
		c.Problems = append(c.Problems, *problem)
		return ""
	case len(text) > most && utf8.RuneCountInString(text) > most:
		c.Wrong(column, "cell.too_long", lang.Args{"limit": most})
		return ""
	}
	return text
}

// required adds a problem where the cell is blank; one that could not be read has its own.
func (c *Cells) required(column, text string) string {
	if text == "" && c.Row.Blank(column) {
		c.Wrong(column, "import.required", nil)
	}
	return text
}

// Date reads a day that must be there.
func (c *Cells) Date(column string) db.Date {
	day := c.OptionalDate(column)
	if day.IsZero() && c.Row.Blank(column) {
		c.Wrong(column, "import.required", nil)
	}
	return day
}

// OptionalDate reads a day, none for a blank cell.
func (c *Cells) OptionalDate(column string) db.Date {
	if c.Row.Blank(column) {
		return db.Date{}
	}
	year, month, day, problem := c.Row.Date(column)
	if problem != nil {
		c.Problems = append(c.Problems, *problem)
		return db.Date{}
	}
	return db.NewDate(year, month, day)
}

// Choice reads one of several words that must be there; words maps each
// spelling, in small letters with _ between words, to what it stands for.
// Another word is a problem whose message is wrong.
func (c *Cells) Choice(column string, words map[string]string, wrong string) string {
	text := c.Code(column)
	if text == "" {
		return ""
	}
	key := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(text))
	if value, ok := words[key]; ok {
		return value
	}
	c.Wrong(column, wrong, nil)
	return ""
}

// Taken is a row that an importer remembers until it applies it.
type Taken struct {
	Row   sheets.Row
	Wrong bool // a fault was found; it is not written
}

// Fault reports what is wrong with a remembered row.
func (b *Batch) Fault(t *Taken, p fault.Problem) {
	t.Wrong = true
	b.Problem(p)
}

// Others says whether a member is somebody else than who imports. A row about
// whoever imports it is a fault (import.self_row): nobody decides on themselves.
func (b *Batch) Others(staffID int64) bool { return staffID == 0 || staffID != b.Actor.StaffID }

// Leave leaves a remembered row out because of a fault that is reported elsewhere.
func (b *Batch) Leave(t *Taken) {
	t.Wrong = true
	if b.wrong == nil {
		b.wrong = map[place]bool{}
	}
	b.wrong[place{sheet: t.Row.Sheet, row: t.Row.Number}] = true
}
