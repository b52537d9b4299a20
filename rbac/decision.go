package rbac

// Target is what a permission is used on; what does not matter is left 0. The zero
// Target asks for the permission anywhere at all, or in the whole bank where the
// permission is one for the whole bank. A record whose unit is not named is reached
// only as one's own, or by whoever has the permission in the whole bank.
type Target struct {
	UnitID  int64 // where it stands
	StaffID int64 // whose record it is
	UserID  int64 // whose sign-in it is, for grants
	Whole   bool  // the whole bank: the root with all below, and nothing cut out
}

// asked is the target as it is meant for a permission.
func (t Target) asked(p Permission) Target {
	if t == (Target{}) && p.WholeBank() {
		t.Whole = true
	}
	return t
}

// Question is: may the user use the permission on the target, that day?
type Question struct {
	UserID     int64
	Permission Permission
	On         Target
	Day        Day
}

// Step is the step of the decision at which it fell.
type Step string

// The steps, in the order in which they are taken.
const (
	StepOperator       Step = "operator"       // the operator of the machine
	StepUser           Step = "user"           // unknown or disabled
	StepToken          Step = "token"          // the token carries less than its owner has
	StepSeparation     Step = "separation"     // separation of duties: one's own record
	StepGrant          Step = "grant"          // no grant in force gives it there
	StepDeny           Step = "deny"           // a deny beats the allows
	StepResponsibility Step = "responsibility" // the power is owned elsewhere
	StepPolicy         Step = "policy"         // the policy is empty or broken
	StepAllowed        Step = "allowed"
)

// Decision is an answer with what decided it.
type Decision struct {
	Allowed    bool
	Step       Step
	Permission Permission
	On         Target
	Grant      *Grant // that allowed, denied, or stands at the wrong level
	Line       *Line  // of its role
	Power      *Power // the row of the responsibility table that applied
	Unit       *Unit  // of the grant
}
