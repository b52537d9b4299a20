package reports

import (
	"slices"
	"strings"

	"github.com/steelyard/steelyard/exports"
	"github.com/steelyard/steelyard/scoring"
)

// points are a figure with the decimals of the precision that made it.
type points struct {
	figure    scoring.Number
	precision int
}

func pointsOf(n scoring.Number, p *Person) points { return points{n, p.Trace.Result.Precision} }

func (p points) cell() exports.Cell {
	if !p.figure.Valid() {
		return exports.Blank()
	}
	c := exports.Number(p.figure.Fixed(p.precision))
	if p.precision != 2 {
		return c.As(exports.Score(p.precision))
	}
	return c
}

func score[T any](of func(T) points) func(T) exports.Cell {
	return func(t T) exports.Cell { return of(t).cell() }
}

// perspectiveColumn is a column for all perspectives of one key.
type perspectiveColumn struct {
	key   string
	names []string
}

func (c perspectiveColumn) header(more string) string {
	if len(c.names) > 3 {
		return c.names[0] + more
	}
	return strings.Join(c.names, " / ")
}

// perspectivesOf lists the perspectives of all scorecards by key, in the order of their first appearance.
func perspectivesOf(m Month) []perspectiveColumn {
	var columns []perspectiveColumn
	for _, card := range m.Scorecards {
		for _, p := range card.Perspectives {
			n := slices.IndexFunc(columns, func(c perspectiveColumn) bool { return c.key == p.Key })
			if n < 0 {
				n = len(columns)
				columns = append(columns, perspectiveColumn{key: p.Key})
			}
			if name := named(m.Lang, p.Name, p.Key); !slices.Contains(columns[n].names, name) {
				columns[n].names = append(columns[n].names, name)
			}
		}
	}
	return columns
}

// subtotalColumn is what the perspectives of one key give of a member's base.
func (r *summary) subtotalColumn(c perspectiveColumn) exports.Column[*Person] {
	return exports.Column[*Person]{
		Key: "perspective_" + c.key, Header: c.header(r.say("and_more")), Format: exports.Score(2), Width: 10.5,
		Value: score(func(p *Person) points { return p.subtotal(c.key) }),
		Unit:  r.say("unit.points"), Meaning: r.say("mean.subtotal"), Source: r.say("from.run"),
	}
}

// subtotal is the perspective's part of the base: the segment's own, or of
// several segments the mean weighted by days, rounded like the base.
func (p *Person) subtotal(key string) points {
	t := p.Trace
	if t.Result.Status != scoring.Complete {
		return points{}
	}
	sum, days, found := scoring.FromInt(0), int64(0), false
	for n := range t.Segments {
		s := &t.Segments[n]
		if !s.Counts {
			continue
		}
		days += int64(s.Days)
		if subtotal := subtotalIn(s, key); subtotal.Valid() {
			sum, found = sum.Add(subtotal.Mul(scoring.FromInt(int64(s.Days)))), true
		}
	}
	if !found {
		return points{}
	}
	return pointsOf(sum.Quo(scoring.FromInt(days)).Round(t.Result.Precision), p)
}

// subtotalIn is a perspective's subtotal in one segment; absent where the segment has no such perspective.
func subtotalIn(s *scoring.SegmentTrace, key string) scoring.Number {
	for n, p := range s.Card.Perspectives {
		if p.Key == key && n < len(s.Subtotals) {
			return s.Subtotals[n]
		}
	}
	return scoring.Number{}
}

// rest is what rounding leaves between the base and the subtotals of a member with several segments.
func rest(columns []perspectiveColumn) func(*Person) exports.Cell {
	return func(p *Person) exports.Cell {
		left := p.Trace.Result.Base
		if !left.Valid() {
			return exports.Blank()
		}
		for _, c := range columns {
			if part := p.subtotal(c.key).figure; part.Valid() {
				left = left.Sub(part)
			}
		}
		return pointsOf(left, p).cell()
	}
}
