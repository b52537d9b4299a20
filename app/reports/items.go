package reports

import (
	"strings"

	"github.com/steelyard/steelyard/exports"
)

// itemRow is one item of one segment of a member.
type itemRow struct {
	person      *Person
	segment     int // counted from 1
	place       segmentView
	perspective string
	item        itemView
}

// items writes one row per member and item.
func (r *summary) items() error {
	return exports.AddTable(r.book, exports.Table[*itemRow]{
		Sheet: r.say("items"), Title: r.say("items_title"), Scope: r.month.scopeLine(), About: r.say("items_about"),
		Columns: r.itemColumns(), Rows: each(r, r.itemRows),
	})
}

func (r *summary) itemRows(p *Person, yield func(*itemRow) bool) bool {
	row := itemRow{person: p}
	for n := range p.Trace.Segments {
		s := &p.Trace.Segments[n]
		if !s.Counts {
			continue
		}
		row.segment++
		row.place = segmentOf(r.month.Lang, s, p.place(n))
		for _, group := range row.place.perspectives {
			row.perspective = group.name
			for _, row.item = range group.items {
				if !yield(&row) {
					return false
				}
			}
		}
	}
	return true
}

func (r *summary) itemColumns() []exports.Column[*itemRow] {
	l := r.month.Lang
	text := func(key string, width float64, of func(*itemRow) string) exports.Column[*itemRow] {
		return sized(column(r, key, exports.Text, func(row *itemRow) exports.Cell { return exports.String(of(row)) }), width)
	}
	columns := personColumns(r, func(row *itemRow) *Person { return row.person })
	columns = append(columns,
		sized(column(r, "segment", exports.Int, func(row *itemRow) exports.Cell { return exports.Count(int64(row.segment)) }), 6),
		text("scorecard", 18, func(row *itemRow) string { return row.place.scorecardName }),
		text("perspective", 14, func(row *itemRow) string { return row.perspective }),
		text("item", 16, func(row *itemRow) string { return row.item.name }),
		text("source", 9, func(row *itemRow) string { return say(l, "source."+row.item.source) }),
		text("method", 12.5, func(row *itemRow) string { return say(l, "method."+row.item.method.kind) }),
		figure(r, "actual", 15, func(i itemView) string { return i.actual }),
		figure(r, "target", 13, func(i itemView) string { return i.target }),
		figure(r, "baseline", 14, func(i itemView) string { return i.baseline }),
		text("inputs", 24, func(row *itemRow) string { return strings.Join(answers(l, row.item), say(l, "comma")) }),
		sized(column(r, "x", exports.General, func(row *itemRow) exports.Cell { return exports.Number(row.item.x).As(valueFormat(row.item)) }), 12),
	)
	return append(columns, r.itemOutcome(text)...)
}

func (r *summary) itemOutcome(text func(string, float64, func(*itemRow) string) exports.Column[*itemRow]) []exports.Column[*itemRow] {
	l := r.month.Lang
	contribution := column(r, "contribution", exports.Score(2), func(row *itemRow) exports.Cell {
		return exports.Number(row.item.contribution).As(exports.Score(row.place.precision))
	})
	contribution.Mark, contribution.Check = exports.Bars, true
	return []exports.Column[*itemRow]{
		sized(column(r, "score", exports.Score(2), func(row *itemRow) exports.Cell {
			return exports.Number(row.item.score).As(exports.Score(row.place.precision))
		}), 8),
		sized(column(r, "weight", exports.General, func(row *itemRow) exports.Cell {
			return exports.Number(row.item.weight).As(exports.DecimalOf(row.item.weight))
		}), 7),
		sized(column(r, "effective", exports.Score(2), func(row *itemRow) exports.Cell { return exports.Number(row.item.effective) }), 8),
		sized(contribution, 9),
		text("item_status", 12, func(row *itemRow) string { return say(l, "item."+row.item.status) }),
		text("reason", 24, func(row *itemRow) string { return reason(l, row.item) }),
	}
}

// figure is a column of figures as they were given.
func figure(r *summary, key string, width float64, of func(itemView) string) exports.Column[*itemRow] {
	return sized(column(r, key, exports.General, func(row *itemRow) exports.Cell {
		f := of(row.item)
		return exports.Number(f).As(exports.DecimalOf(f))
	}), width)
}
