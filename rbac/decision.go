package rbac

// Target is what a permission is used on; what does not matter is left 0.
type Target struct {
	UnitID  int64 // where it stands; 0 asks for the permission anywhere at all
	StaffID int64 // whose record it is
	UserID  int64 // whose sign-in it is, for grants
	Whole   bool  // the whole bank: the root with all below, and nothing cut out
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

// Decide answers a question with what decided it.
func (s *Snapshot) Decide(q Question) Decision {
	return Decision{Step: StepPolicy, Permission: q.Permission, On: q.On}
}

// Scope gives what a user may touch for a permission on a day, as decisions would allow it.
func (s *Snapshot) Scope(userID int64, p Permission, day Day) Scope { return Scope{} }
