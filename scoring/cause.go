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
	badCount: "impossible_count", badSum: "impossible_sum"}

// offending finds what an input names and its item does not know.
func (i *compiledItem) offending(in *Input, why cause) string {
	switch why {
	case unknownRole:
		for _, r := range in.Ratings {
			if !i.Rating.hasRole(r.Role) {
				return r.Role
			}
		}
	case unknownLevel:
		for _, r := range in.Ratings {
			if !i.Rating.hasLevel(r.Level) {
				return r.Level
			}
		}
	case unknownEvent:
		for _, e := range in.Events {
			if !i.method.knowsEvent(e.Type) {
				return e.Type
			}
		}
	}
	return ""
}
