package rbac

import (
	"fmt"
	"time"
)

// Day is a calendar day, "2026-10-31"; the empty Day is none.
type Day string

// Valid says whether it is a day of the calendar.
func (d Day) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// Level is where a unit stands.
type Level string

// The levels of units. A department stands at the level of the nearest unit above that is none.
const (
	HeadOffice Level = "head_office"
	Branch     Level = "branch"
	SubBranch  Level = "sub_branch"
	Department Level = "department"
)

// Reach is how far a permission goes from the unit of its grant.
type Reach string

// The reaches.
const (
	Self    Reach = "self"    // one's own records
	AtUnit  Reach = "unit"    // that unit alone
	Subtree Reach = "subtree" // it and all below
)

// Effect is what a line of a role does; a deny that applies beats every allow.
type Effect string

// The effects.
const (
	Allow Effect = "allow"
	Deny  Effect = "deny"
)

// Unit is a node of the organisation tree. Path is that of the node, "/1/4/".
type Unit struct {
	ID    int64
	Code  string
	Path  string
	Level Level
}

// User is a sign-in; StaffID is 0 for a service account.
type User struct {
	ID       int64
	Name     string
	StaffID  int64
	Disabled bool
}

// Line is one permission of a role.
type Line struct {
	Permission Permission `json:"permission"`
	Reach      Reach      `json:"reach"`
	Effect     Effect     `json:"effect"`
}

// Check says what is wrong with a line: its permission, reach or effect is none that there is.
func (l Line) Check() error {
	switch {
	case !l.Permission.Known():
		return fmt.Errorf("unknown permission %q", l.Permission)
	case !known(l.Reach, Reaches()):
		return fmt.Errorf("%s: unknown reach %q", l.Permission, l.Reach)
	case !known(l.Effect, Effects()):
		return fmt.Errorf("%s: unknown effect %q", l.Permission, l.Effect)
	}
	return nil
}

// Role is a named bundle of permissions.
type Role struct {
	Code  string
	Lines []Line
}

// Grant is a role held by a user at a unit from a day until a day, inclusive.
type Grant struct {
	ID          int64
	UserID      int64
	Role        string
	UnitID      int64
	From, Until Day // no Until: without end
}

// InForce says whether the grant gives something on a day. Without a day nothing is in force.
func (g Grant) InForce(day Day) bool {
	return day != "" && g.From <= day && (g.Until == "" || day <= g.Until)
}

// Power is a permission with its owner level: grants that stand elsewhere do not
// exercise it. What stands below a branch counts as the branch's.
type Power struct {
	Permission Permission `json:"permission"`
	Owner      Level      `json:"owner"` // HeadOffice, Branch or SubBranch
}

// Policy is all that decisions are made from, read in one transaction.
type Policy struct {
	Version int64
	Units   []Unit
	Users   []User
	Roles   []Role
	Grants  []Grant
	Powers  []Power
}
