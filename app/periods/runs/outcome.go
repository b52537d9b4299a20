package runs

import (
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/scoring"
)

// outcome fills r with what is stored of a member's result, in r's own slices.
func outcome(r *Result, who *staff, result *scoring.Result, frozen cards) error {
	main := mainSegment(who.segments, result)
	old := *r
	*r = Result{
		resultSHA: old.resultSHA, memberSHA: old.memberSHA, Segments: old.Segments[:0],
		StaffID: who.id, StaffNo: who.no, Name: who.name,
		UnitID: main.UnitID, Position: main.Position, Scorecard: main.Scorecard, PeerGroup: main.PeerGroup,
		Precision: frozen[main.Scorecard].Precision,
		Status:    string(result.Status), Reason: string(result.Reason),
		Grade: result.Grade, Coefficient: result.Coefficient, Place: result.Rank, Peers: result.Peers,
	}
	fits := true
	r.Base, r.Bonus = scaled(result.Base, &fits), scaled(result.Bonus, &fits)
	r.Deduction, r.Total = scaled(result.Deduction, &fits), scaled(result.Total, &fits)
	counting := result.Segments
	for i := range who.segments {
		segment := r.nextSegment()
		describe(segment, &who.segments[i])
		if len(counting) > 0 && counting[0].Index == i {
			segment.fill(&counting[0], &fits)
			counting = counting[1:]
		}
	}
	if !fits {
		return fault.New(fault.Invalid, "runs.too_large", lang.Args{"staff": who.no})
	}
	return nil
}

// mainSegment gives a member's main segment, or, where none counts, the one
// with the most days, the later of equals.
func mainSegment(segments []periods.Segment, result *scoring.Result) *periods.Segment {
	if result.Main >= 0 {
		return &segments[result.Segments[result.Main].Index]
	}
	longest := &segments[0]
	for i := range segments {
		if segments[i].Days >= longest.Days {
			longest = &segments[i]
		}
	}
	return longest
}

// nextSegment lengthens the segments by one, with the items' slice of the one that stood there before.
func (r *Result) nextSegment() *Segment {
	if len(r.Segments) < cap(r.Segments) {
		r.Segments = r.Segments[:len(r.Segments)+1]
	} else {
		r.Segments = append(r.Segments, Segment{})
	}
	return &r.Segments[len(r.Segments)-1]
}

func describe(segment *Segment, of *periods.Segment) {
	*segment = Segment{
		UnitID: of.UnitID, Position: of.Position, Scorecard: of.Scorecard, PeerGroup: of.PeerGroup,
		Days: of.Days, LastDay: of.Last, Status: Short, Items: segment.Items[:0],
	}
}

func (s *Segment) fill(result *scoring.SegmentResult, fits *bool) {
	s.Status, s.Base = string(result.Status), scaled(result.Base, fits)
	for i := range result.Items {
		item := &result.Items[i]
		s.Items = append(s.Items, Item{
			Status: string(item.Status), Reason: string(item.Reason),
			Score: scaled(item.Score, fits), Contribution: scaled(item.Contribution, fits),
		})
	}
}

func scaled(n scoring.Number, fits *bool) Points {
	if !n.Valid() {
		return Points{}
	}
	units, ok := n.Scaled(scale)
	*fits = *fits && ok
	return Points{Scaled: units, Known: true}
}
