package scoring

// Case is a whole period that stands by itself: its scorecards and its staff.
type Case struct {
	PeriodDays int
	MinDays    int
	Scorecards map[string]*Scorecard
	Staff      []Member
}

// Member is one staff member's inputs of a period.
type Member struct {
	ID          string
	Segments    []Segment
	Adjustments []Entry
	Vetoes      []string
}

// Entry is one adjustment of a member: points of a key.
type Entry struct {
	Key    string
	Points Number
}

// Segment is the part of a period that a member spent in one position at one unit.
type Segment struct {
	Scorecard string // its key among the scorecards
	PeerGroup string // those with the same are peers; may be empty
	Days      int
	Inputs    []Input // one per item, in the scorecard's order; none at all if the segment has no inputs
}

// Input is what is known of one item. The zero Input is no data.
type Input struct {
	Given                    bool     // there is an entry for the item, even if it is empty
	Actual, Target, Baseline Number   // of a metric; for others see Points
	Ratings                  []Rating // nil: not given; empty: given, and nobody rated
	Survey                   *SurveyAnswers
	Events                   []EventCount // nil: not given; empty: nothing happened
}

// Points has a rating or a survey give so many points, whatever was answered. Files
// have no such input: it is for asking what would be.
func Points(n Number) Input { return Input{Given: true, Actual: n} }

// Rating is one rater's level.
type Rating struct{ Role, Rater, Level string }

// SurveyAnswers are customers' answers: how many, and their sum.
type SurveyAnswers struct {
	Count int64
	Sum   Number
}

// EventCount is how often a type of event happened.
type EventCount struct {
	Type  string
	Count int64
}
