package scoring

// Status is the state of a member's or a segment's result.
type Status string

// The states; a segment is complete or incomplete.
const (
	Complete    Status = "complete"
	Incomplete  Status = "incomplete"
	NotAssessed Status = "not_assessed"
)

// ItemStatus says how an item came to its score.
type ItemStatus string

// The states of an item.
const (
	ItemScored   ItemStatus = "scored"
	ItemZero     ItemStatus = "zero"
	ItemNeutral  ItemStatus = "neutral"
	ItemExcluded ItemStatus = "excluded"
	ItemMissing  ItemStatus = "missing"
)

// Reason says why an item has no value, or a member no total. The empty reason is none.
type Reason string

// The reasons of items, in the order in which the first that applies is given,
// then those of members.
const (
	NoData            Reason = "no_data"
	TargetNotPositive Reason = "target_not_positive"
	BaselineZero      Reason = "baseline_zero"
	RoleMissing       Reason = "role_missing"
	NoRatings         Reason = "no_ratings"
	TooFewAnswers     Reason = "too_few_answers"
	TooFewPeers       Reason = "too_few_peers"

	SegmentIncomplete   Reason = "segment_incomplete"
	AdjustmentNotListed Reason = "adjustment_not_listed"
	VetoNotListed       Reason = "veto_not_listed"
	NoCountingSegment   Reason = "no_counting_segment"
)

// Result is one member's outcome. Figures that do not exist are absent Numbers,
// texts that do not exist empty, Rank and Peers 0.
type Result struct {
	ID          string
	Status      Status
	Reason      Reason // why it is not complete
	Base        Number
	Bonus       Number
	Deduction   Number
	Total       Number
	Precision   int // of the main scorecard
	Grade       string
	Coefficient string
	Rank        int
	Peers       int // how many were ranked together
	Main        int // the main segment's index in Segments, -1 without one
	Segments    []SegmentResult
}

// SegmentResult is the outcome of one segment that counts.
type SegmentResult struct {
	Index     int // in Member.Segments
	Scorecard string
	PeerGroup string
	Days      int
	Status    Status
	Base      Number
	Precision int
	Items     []ItemResult
}

// ItemResult is the outcome of one item, in the scorecard's order.
type ItemResult struct {
	Key             string
	Status          ItemStatus
	Reason          Reason
	Score           Number
	Contribution    Number
	EffectiveWeight Number
}
