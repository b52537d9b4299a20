package rbac

// Snapshot is a policy made ready for decisions. It never changes.
type Snapshot struct {
	policy Policy
}

// NewSnapshot builds a snapshot; a policy that is broken is an error.
func NewSnapshot(p Policy) (*Snapshot, error) { return &Snapshot{policy: p}, nil }

// Actor is a user as of a day; one whom the policy does not know, or who is disabled, may do nothing.
func (s *Snapshot) Actor(userID int64, day Day) Actor {
	return Actor{UserID: userID, snapshot: s, day: day}
}
