package rbac

import "slices"

// mark says what is particular to a permission.
type mark int

const (
	separated mark = 1 << iota // refused on one's own record, whatever roles one holds
	wholeBank                  // there is nothing smaller than the whole bank to use it on
)

// catalogue is every permission that there is, in the order in which people read them.
var catalogue = []struct {
	permission Permission
	marks      mark
}{
	{UnitRead, 0}, {UnitManage, 0},
	{StaffRead, 0}, {StaffManage, separated},
	{MetricRead, 0}, {MetricManage, wholeBank},
	{ScorecardRead, 0}, {ScorecardManage, wholeBank},
	{RubricRead, 0}, {RubricManage, wholeBank},
	{PeriodRead, 0}, {PeriodManage, wholeBank}, {PeriodPublish, separated | wholeBank}, {PeriodClose, wholeBank},
	{TargetImport, separated}, {ActualImport, separated}, {SurveyImport, separated}, {EventImport, separated},
	{AdjustmentImport, separated}, {VetoImport, separated}, {ReviewImport, separated},
	{BatchRead, 0}, {BatchUndo, 0},
	{RunCreate, separated | wholeBank}, {RunVerify, wholeBank}, {ResultRead, 0}, {ExportRun, 0},
	{ReviewRead, 0}, {ReviewWrite, separated}, {ReviewPeer, separated}, {ReviewSelf, 0}, {ReviewReturn, separated}, {ReviewAssign, separated},
	{UserRead, 0}, {UserManage, 0}, {GrantRead, 0}, {GrantManage, separated},
	{PolicyRead, 0}, {PolicyManage, wholeBank}, {AccessExplain, 0}, {AuditRead, 0}, {JobRead, 0},
}

var marks = func() map[Permission]mark {
	all := make(map[Permission]mark, len(catalogue))
	for _, c := range catalogue {
		all[c.permission] = c.marks
	}
	return all
}()

// Permissions lists every permission that there is, in the order in which people read them.
func Permissions() []Permission {
	all := make([]Permission, len(catalogue))
	for i, c := range catalogue {
		all[i] = c.permission
	}
	return all
}

// Known says whether there is such a permission.
func (p Permission) Known() bool {
	_, ok := marks[p]
	return ok
}

// Separated says whether the permission is refused on one's own record, whatever roles one holds.
func (p Permission) Separated() bool { return marks[p]&separated != 0 }

// WholeBank says whether the permission is used on the whole bank alone: asked for
// without a target, it is asked for the whole bank.
func (p Permission) WholeBank() bool { return marks[p]&wholeBank != 0 }

// Reaches lists the reaches, from the smallest.
func Reaches() []Reach { return []Reach{Self, AtUnit, Subtree} }

// Effects lists the effects.
func Effects() []Effect { return []Effect{Allow, Deny} }

// Owners lists the levels that can own a power.
func Owners() []Level { return []Level{HeadOffice, Branch, SubBranch} }

// known says whether a value stands in a list.
func known[T comparable](value T, list []T) bool { return slices.Contains(list, value) }
