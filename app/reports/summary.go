package reports

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/steelyard/steelyard/exports"
)

// MaxCardSheets is how many people's cards stand in the summary itself; of more
// people each card is a file of its own (see WriteCards).
const MaxCardSheets = 50

// WriteSummary writes R01, the summary of scores: all members, their items,
// their segments, the units and the parameters; for up to MaxCardSheets people
// R02 too, a live card each.
func WriteSummary(ctx context.Context, w io.Writer, m Month, s Source) (err error) {
	book, err := exports.New(m.info(say(m.Lang, "r01.title"), m.Scope), words(m.Lang))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	r := &summary{ctx: ctx, month: m, source: s, book: book, units: newTally(m), columns: perspectivesOf(m)}
	if err := r.sheets(); err != nil {
		return err
	}
	_, err = book.WriteTo(w)
	return err
}

// summary is R01 in the making.
type summary struct {
	ctx     context.Context
	month   Month
	source  Source
	book    *exports.Book
	units   *tally
	columns []perspectiveColumn
	people  int
}

func (r *summary) sheets() error {
	steps := []func() error{r.members, r.items, r.segments, r.unitTable, r.cards, r.parameters}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	r.remarks()
	return nil
}

func (r *summary) say(code string, args ...any) string {
	return say(r.month.Lang, "r01."+code, args...)
}

// each walks over the people, in rows that a step makes of each; it stops when the context ends.
func each[T any](r *summary, rows func(*Person, func(T) bool) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for p, err := range r.source.People(r.ctx) {
			if err == nil {
				err = r.ctx.Err()
			}
			if err != nil {
				yield(none, err)
				return
			}
			if !rows(p, func(row T) bool { return yield(row, nil) }) {
				return
			}
		}
	}
}

// column begins a column with its texts: header, meaning and source stand beside each other in the catalogue.
func column[T any](r *summary, key string, f exports.Format, value func(T) exports.Cell) exports.Column[T] {
	return exports.Column[T]{
		Key: key, Header: r.say("col." + key), Format: f, Value: value,
		Meaning: r.say("mean." + key), Unit: r.say(unitOf(f)), Source: r.say("from." + origin(key)),
	}
}

func unitOf(f exports.Format) string {
	switch f {
	case exports.Code, exports.Text:
		return "unit.text"
	case exports.Int, exports.Days:
		return "unit.count"
	case exports.General:
		return "unit.figure"
	}
	return "unit.points"
}

// origin names where a column's figures come from.
func origin(key string) string {
	switch key {
	case "unit", "unit_code", "staff_no", "name", "position":
		return "people"
	case "actual", "target", "baseline", "inputs":
		return "facts"
	case "scorecard", "perspective", "item", "source", "method", "weight", "peer_group":
		return "scorecard"
	}
	return "run"
}

// members writes the sheet of all members.
func (r *summary) members() error {
	return exports.AddTable(r.book, exports.Table[*Person]{
		Sheet: r.say("members"), Title: r.say("members_title"), Scope: r.month.scopeLine(), About: r.say("members_about"),
		Columns: r.memberColumns(),
		Rows: each(r, func(p *Person, row func(*Person) bool) bool {
			r.people++
			r.units.add(p)
			return row(p)
		}),
	})
}

func (r *summary) memberColumns() []exports.Column[*Person] {
	columns := personColumns(r, func(p *Person) *Person { return p })
	columns = append(columns,
		sized(column(r, "position", exports.Text, func(p *Person) exports.Cell { return exports.String(p.Position) }), 16),
		sized(column(r, "unit_code", exports.Code, func(p *Person) exports.Cell { return exports.String(p.UnitCode) }), 9),
		sized(column(r, "status", exports.Text, func(p *Person) exports.Cell {
			return exports.String(say(r.month.Lang, "status."+string(p.Trace.Result.Status)))
		}), 8),
	)
	for _, c := range r.columns {
		columns = append(columns, r.subtotalColumn(c))
	}
	columns = append(columns, sized(column(r, "rounding", exports.Score(2), rest(r.columns)), 7))
	return append(columns, r.outcomeColumns()...)
}

// sized gives a column a width of its own, wide enough for the longest word of its header.
func sized[T any](c exports.Column[T], width float64) exports.Column[T] {
	for word := range strings.FieldsSeq(c.Header) {
		if exports.TextWidth(word) == float64(len(word)) { // Chinese breaks anywhere
			width = max(width, float64(len(word))+3)
		}
	}
	c.Width = width
	return c
}

// personColumns say whom a row is about; they stay in sight.
func personColumns[T any](r *summary, of func(T) *Person) []exports.Column[T] {
	columns := []exports.Column[T]{
		sized(column(r, "unit", exports.Text, func(t T) exports.Cell { return exports.String(of(t).UnitName) }), 18),
		sized(column(r, "staff_no", exports.Code, func(t T) exports.Cell { return exports.String(of(t).StaffNo) }), 9.5),
		sized(column(r, "name", exports.Text, func(t T) exports.Cell { return exports.String(of(t).Name) }), 10),
	}
	for n := range columns {
		columns[n].ID = true
	}
	return columns
}

func (r *summary) outcomeColumns() []exports.Column[*Person] {
	total := column(r, "total", exports.Score(2), score(func(p *Person) points { return pointsOf(p.Trace.Result.Total, p) }))
	total.Mark = exports.Bars
	columns := []exports.Column[*Person]{
		column(r, "base", exports.Score(2), score(func(p *Person) points { return pointsOf(p.Trace.Result.Base, p) })),
		column(r, "bonus", exports.Score(2), score(func(p *Person) points { return pointsOf(p.Trace.Result.Bonus, p) })),
		column(r, "deduction", exports.Score(2), score(func(p *Person) points { return pointsOf(p.Trace.Result.Deduction, p) })),
		total,
	}
	for n := range columns {
		columns[n].Check = true
		columns[n] = sized(columns[n], 8.5)
	}
	return append(columns,
		sized(column(r, "grade", exports.Text, func(p *Person) exports.Cell { return exports.String(p.Trace.Result.Grade) }), 8),
		sized(column(r, "coefficient", exports.General, func(p *Person) exports.Cell {
			c := p.Trace.Result.Coefficient
			return exports.Number(c).As(exports.DecimalOf(c))
		}), 7),
		sized(column(r, "rank", exports.Int, func(p *Person) exports.Cell { return counted(p.Trace.Result.Rank) }), 6),
		sized(column(r, "peers", exports.Int, func(p *Person) exports.Cell { return counted(p.Trace.Result.Peers) }), 6.5),
		sized(column(r, "segments", exports.Int, func(p *Person) exports.Cell { return exports.Count(int64(len(p.Trace.Result.Segments))) }), 6.5),
	)
}

// counted is a number that counts from 1; there is none below.
func counted(n int) exports.Cell {
	if n == 0 {
		return exports.Blank()
	}
	return exports.Count(int64(n))
}
