package reports

import (
	"github.com/steelyard/steelyard/exports"
	"github.com/steelyard/steelyard/scoring"
)

// segmentRow is one segment of a member; those too short to count are listed too.
type segmentRow struct {
	person *Person
	number int
	trace  *scoring.SegmentTrace
	place  Place
	main   bool
}

// segments writes one row per member and segment.
func (r *summary) segments() error {
	return exports.AddTable(r.book, exports.Table[*segmentRow]{
		Sheet: r.say("segments_sheet"), Title: r.say("segments_title"), Scope: r.month.scopeLine(), About: r.say("segments_about"),
		Columns: r.segmentColumns(), Rows: each(r, segmentRows),
	})
}

func segmentRows(p *Person, yield func(*segmentRow) bool) bool {
	for n := range p.Trace.Segments {
		row := segmentRow{person: p, number: n + 1, trace: &p.Trace.Segments[n], place: p.place(n), main: n == p.Trace.Main}
		if !yield(&row) {
			return false
		}
	}
	return true
}

func (r *summary) segmentColumns() []exports.Column[*segmentRow] {
	text := func(key string, f exports.Format, width float64, of func(*segmentRow) string) exports.Column[*segmentRow] {
		return sized(column(r, key, f, func(row *segmentRow) exports.Cell { return exports.String(of(row)) }), width)
	}
	columns := personColumns(r, func(row *segmentRow) *Person { return row.person })[1:] // the segment has its own unit
	columns = append(columns,
		sized(column(r, "segment", exports.Int, func(row *segmentRow) exports.Cell { return exports.Count(int64(row.number)) }), 6),
		text("segment_unit", exports.Text, 18, func(row *segmentRow) string { return row.place.Unit }),
		text("segment_position", exports.Text, 16, func(row *segmentRow) string { return row.place.Position }),
		text("scorecard", exports.Text, 20, r.scorecardName),
		text("peer_group", exports.Code, 20, func(row *segmentRow) string { return row.trace.PeerGroup }),
		sized(column(r, "days", exports.Days, func(row *segmentRow) exports.Cell { return exports.Count(int64(row.trace.Days)) }), 6),
		text("segment_status", exports.Text, 14, r.segmentStatus),
	)
	for _, c := range r.columns {
		columns = append(columns, exports.Column[*segmentRow]{
			Key: "perspective_" + c.key, Header: c.header(r.say("and_more")), Format: exports.Score(2), Width: 10.5,
			Value: score(func(row *segmentRow) points { return row.points(subtotalIn(row.trace, c.key)) }),
			Unit:  r.say("unit.points"), Meaning: r.say("mean.segment_subtotal"), Source: r.say("from.run"),
		})
	}
	return append(columns, column(r, "segment_base", exports.Score(2), score(func(row *segmentRow) points { return row.points(row.trace.Base) })))
}

func (row *segmentRow) points(n scoring.Number) points {
	if row.trace.Card == nil {
		return points{}
	}
	return points{n, row.trace.Card.Precision}
}

func (r *summary) scorecardName(row *segmentRow) string {
	for _, card := range r.month.Scorecards {
		if card.Code == row.trace.Scorecard {
			return named(r.month.Lang, card.Name, card.Code)
		}
	}
	return row.trace.Scorecard
}

func (r *summary) segmentStatus(row *segmentRow) string {
	switch {
	case !row.trace.Counts:
		return r.say("too_short", "days", r.month.MinDays)
	case row.main:
		return r.say("main_segment", "status", say(r.month.Lang, "status."+string(row.trace.Status)))
	}
	return say(r.month.Lang, "status."+string(row.trace.Status))
}
