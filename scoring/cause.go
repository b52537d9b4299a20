package scoring

// cause is a Reason in one byte, or a fault of a member that was handed in
// without having been read from a file.
type cause uint8

const (
	valued cause = iota
	noData
	targetNotPositive
	baselineZero
	roleMissing
	noRatings
	tooFewAnswers
	tooFewPeers

	segmentIncomplete
	adjustmentNotListed
	vetoNotListed
	noCountingSegment

	unknownRole
	unknownLevel
	unknownEvent
	badCount
	badSum
)

// firstFault is the first cause that is a fault and no reason.
const firstFault = unknownRole

var reasons = [firstFault]Reason{"", NoData, TargetNotPositive, BaselineZero, RoleMissing, NoRatings, TooFewAnswers, TooFewPeers,
	SegmentIncomplete, AdjustmentNotListed, VetoNotListed, NoCountingSegment}

var faultCodes = map[cause]string{unknownRole: "unknown_role", unknownLevel: "unknown_level", unknownEvent: "unknown_event",
	badCount: "negative", badSum: "outside"}
