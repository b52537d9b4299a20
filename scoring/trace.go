package scoring

// Trace explains one member's result in values: every figure that went in, and
// what became of it at each step. It is recomputed from the inputs, not stored.
type Trace struct {
	Result                     *Result
	PeriodDays                 int
	MinDays                    int
	Main                       int            // the main segment's index in Segments, -1 without one
	Segments                   []SegmentTrace // every segment of the member, also those that do not count
	Adjustments                []AdjustmentTrace
	BonusSum, BonusCap         Number // the bonuses after their own caps, and the cap of all; absent without a total
	DeductionSum, DeductionCap Number
	Uncapped, TotalCap         Number // base + bonus − deduction, and the cap of the total
	BeforeVeto                 Number
	Vetoes                     []VetoTrace
	Grade                      *Grade // the row that applied; nil without grades
}

// SegmentTrace explains one segment.
type SegmentTrace struct {
	Index     int // in Member.Segments
	Scorecard string
	Card      *Scorecard
	PeerGroup string
	Place     string // the unit and position in words, from whoever knows them; may be empty
	Days      int
	Counts    bool // has at least min_days; the rest is empty if not
	Status    Status
	Excluded  Number // the weights of the excluded items together
	Base      Number
	Subtotals []Number // of the contributions, one per perspective
	Items     []ItemTrace
}

// ItemTrace explains one item.
type ItemTrace struct {
	Item        *Item
	Method      *Method // with its defaults in place
	Perspective int
	Status      ItemStatus
	Reason      Reason // why there is no value

	Actual, Target, Baseline Number // as given
	Raised                   Number // the actual of a flow item, raised to the full period
	Roles                    []RoleTrace
	Count                    int64  // survey answers
	Sum, MeanAnswer          Number // their sum; their mean, with the prior
	Events                   []EventTrace
	Peers                    PeersTrace

	X               Number
	Unclamped       Number // the score before floor and cap and before rounding; absent where a square root makes it irrational
	Score           Number
	Weight          Number
	EffectiveWeight Number
	Contribution    Number
}

// RoleTrace is what one role of raters said.
type RoleTrace struct {
	Role   string
	Count  int  // ratings given
	Used   int  // ratings in the mean, after trimming
	Counts bool // has enough ratings
	Mean   Number
	Weight Number // as written
	Share  Number // percent of the roles that count
}

// EventTrace is what one type of event cost.
type EventTrace struct {
	Type   string
	Count  int64
	Points Number // of one event
}

// PeersTrace is what a method took from the peers.
type PeersTrace struct {
	N        int
	Rank     Number // mid-rank, 1 is best
	Max, Min Number // of the values that take part; absent if none does
	Mean     Number
	SD       Number // to 30 significant digits where it is not rational
	SDExact  bool
}

// AdjustmentTrace is one adjustment of the main scorecard.
type AdjustmentTrace struct {
	Key     string
	Name    Text
	Type    AdjustmentType
	Entered Number // the member's entries of the key, added up
	Cap     Number
	Counted Number // cut at the cap and rounded
}

// VetoTrace is one triggered veto.
type VetoTrace struct {
	Key  string
	Name Text
	Cap  Number
	Bit  bool // it is the one that made the total smaller
}

// reset makes the trace ready for the next item; its lists are used again.
func (t *ItemTrace) reset() {
	*t = ItemTrace{Roles: t.Roles[:0], Events: t.Events[:0]}
}
