package people

import (
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/lang"
)

// State is what a member does in an assignment.
type State string

// The states of an assignment.
const (
	Active State = "active"
	Leave  State = "leave" // counts no days
	Left   State = "left"
)

// States lists the states.
func States() []State { return []State{Active, Leave, Left} }

// Words gives the words of a state.
func (s State) Words() lang.Text {
	text, _ := lang.Lookup("assignment.state." + string(s))
	return text
}

// Assignment puts a member in a position at a unit from a day on. Of those that
// cover a day the one that began last is in force.
type Assignment struct {
	ID       int64   `json:"id"`
	StaffID  int64   `json:"staff_id"`
	UnitID   int64   `json:"unit_id"`
	Position string  `json:"position"`
	From     db.Date `json:"from_on"`
	To       db.Date `json:"to_on,omitzero"` // the last day; none: without end
	State    State   `json:"state"`
}

// Covers says whether the assignment spans a day, in force or not.
func (a *Assignment) Covers(day db.Date) bool {
	return !day.Before(a.From) && (a.To.IsZero() || !day.After(a.To))
}

// Span is a run of days on which one unit, position and state are in force.
type Span struct {
	UnitID   int64   `json:"unit_id"`
	Position string  `json:"position"`
	State    State   `json:"state"`
	From     db.Date `json:"from"`
	To       db.Date `json:"to"` // inclusive
}

// Days counts the span's days.
func (s Span) Days() int { return s.From.DaysUntil(s.To) + 1 }

// Timeline gives what is in force from first to last, both inclusive, in order:
// the later From wins, and after an end date what was before comes back. Days
// that no assignment covers are in no span.
func Timeline(assignments []Assignment, first, last db.Date) []Span {
	if last.Before(first) {
		return nil
	}
	ordered := assignments
	if !slices.IsSortedFunc(ordered, byFrom) {
		ordered = slices.SortedFunc(slices.Values(assignments), byFrom)
	}
	var spans []Span
	for day := first; !day.After(last); {
		a, until := inForce(ordered, day, last)
		if a != nil {
			spans = appendSpan(spans, Span{UnitID: a.UnitID, Position: a.Position, State: a.State, From: day, To: until})
		}
		day = until.AddDays(1)
	}
	return spans
}

// InForce gives the assignment in force on a day, nil if there is none.
func InForce(assignments []Assignment, day db.Date) *Assignment {
	a, _ := inForce(slices.SortedFunc(slices.Values(assignments), byFrom), day, day)
	return a
}

func byFrom(a, b Assignment) int { return a.From.Compare(b.From) }

// inForce gives what is in force on day, and the last day, at most last, on
// which it stays so. The assignments are ordered by From.
func inForce(ordered []Assignment, day, last db.Date) (*Assignment, db.Date) {
	var found *Assignment
	until := last
	for i := range ordered {
		a := &ordered[i]
		if a.From.After(day) {
			until = minDate(until, a.From.AddDays(-1))
			break
		}
		if a.Covers(day) {
			found = a
		}
	}
	if found != nil && !found.To.IsZero() {
		until = minDate(until, found.To)
	}
	return found, until
}

func minDate(a, b db.Date) db.Date {
	if b.Before(a) {
		return b
	}
	return a
}

// appendSpan joins a span to the one before if nothing changes between them.
func appendSpan(spans []Span, s Span) []Span {
	if n := len(spans); n > 0 {
		before := &spans[n-1]
		if before.UnitID == s.UnitID && before.Position == s.Position && before.State == s.State && before.To.AddDays(1) == s.From {
			before.To = s.To
			return spans
		}
	}
	return append(spans, s)
}

var _ = lang.Register(map[string]lang.Text{
	"assignment.state.active": {Zh: "在岗", En: "active"},
	"assignment.state.leave":  {Zh: "休假", En: "leave"},
	"assignment.state.left":   {Zh: "离职", En: "left"},
})
