// Package people keeps the bank's units, its staff, and who worked where from
// which day to which.
package people

import (
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/lang"
)

// Level is a unit's level in the bank.
type Level string

// The levels.
const (
	HeadOffice Level = "head_office"
	BranchUnit Level = "branch"
	SubBranch  Level = "sub_branch"
	Department Level = "department"
)

// Levels lists the levels from the top.
func Levels() []Level { return []Level{HeadOffice, BranchUnit, SubBranch, Department} }

// Name gives the words of a level.
func (l Level) Name() lang.Text {
	text, _ := lang.Lookup("unit.level." + string(l))
	return text
}

// Unit is a part of the bank. Its path is the ids from the root down to its own,
// each between slashes ("/1/4/"): a unit lies under another if its path begins
// with the other's.
type Unit struct {
	ID       int64   `json:"id"`
	Code     string  `json:"code"`
	Name     string  `json:"name"`
	ParentID int64   `json:"parent_id,omitempty"` // 0 for the root
	Level    Level   `json:"level"`
	Path     string  `json:"path"`
	OpenedOn db.Date `json:"opened_on,omitzero"` // none: open from the beginning
	ClosedOn db.Date `json:"closed_on,omitzero"` // its last day; none: not closed
	Version  int64   `json:"-"`                  // counts its changes
}

// OpenOn says whether the unit is open on a day.
func (u *Unit) OpenOn(day db.Date) bool {
	return !day.Before(u.OpenedOn) && (u.ClosedOn.IsZero() || !day.After(u.ClosedOn))
}

var _ = lang.Register(map[string]lang.Text{
	"unit.level.head_office": {Zh: "总行", En: "head office"},
	"unit.level.branch":      {Zh: "分行", En: "branch"},
	"unit.level.sub_branch":  {Zh: "支行", En: "sub-branch"},
	"unit.level.department":  {Zh: "部门", En: "department"},
})
