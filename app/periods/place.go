package periods

import "github.com/steelyard/steelyard/app/people"

// Misplacement says why a fact belongs to no segment of a member, or to which
// of several it belongs cannot be told.
type Misplacement string

// The misplacements. Placed is none.
const (
	Placed        Misplacement = ""
	NoSegments    Misplacement = "no_segments"    // the member has none in the period
	NoSuchSegment Misplacement = "no_segment"     // none at that unit, or in that position
	NeedsUnit     Misplacement = "needs_unit"     // several segments, and the fact names no unit
	NeedsPosition Misplacement = "needs_position" // several segments at that unit
)

// Place gives the index of the one segment that a fact with this unit (0 for
// none) and position ("" for none) belongs to. With a Misplacement the index is -1.
//
// Targets differ in one point: one that names neither unit nor position serves
// every segment that no other target of the same metric names; see Everywhere.
func Place(segments []Segment, unitID int64, position string) (int, Misplacement) {
	if len(segments) == 0 {
		return -1, NoSegments
	}
	found := -1
	for i := range segments {
		if !segments[i].fits(unitID, position) {
			continue
		}
		if found >= 0 {
			return -1, several(unitID)
		}
		found = i
	}
	if found < 0 {
		return -1, NoSuchSegment
	}
	return found, Placed
}

// Everywhere tells whether a target names no place, so that it serves all segments.
func Everywhere(unitID int64, position string) bool { return unitID == 0 && position == "" }

func (s *Segment) fits(unitID int64, position string) bool {
	return (unitID == 0 || s.UnitID == unitID) && (position == "" || s.Position == position)
}

func several(unitID int64) Misplacement {
	if unitID == 0 {
		return NeedsUnit
	}
	return NeedsPosition
}

// Stood tells whether a member was at a unit (0 for any) in a position ("" for
// any) at some time of the spans, scored there or not.
func Stood(spans []people.Span, unitID int64, position string) bool {
	for i := range spans {
		if (unitID == 0 || spans[i].UnitID == unitID) && (position == "" || spans[i].Position == position) {
			return true
		}
	}
	return false
}
