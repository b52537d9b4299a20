package rbac_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/steelyard/steelyard/rbac"
)

// touches says what the SQL of a scope says: is a record of a staff member (0 for
// none) at a unit (no path: nowhere) in scope?
func touches(s rbac.Scope, path string, staffID int64) bool {
	under := func(root string) bool { return path != "" && strings.HasPrefix(path, root) }
	switch {
	case slices.ContainsFunc(s.Except, under),
		path != "" && slices.Contains(s.ExceptUnits, path),
		slices.Contains(s.NotStaff, staffID):
		return false
	}
	return s.All || slices.ContainsFunc(s.Subtrees, under) || path != "" && slices.Contains(s.Units, path) ||
		staffID != 0 && slices.Contains(s.Staff, staffID)
}

// drawPolicy draws a small bank, with roles that allow and deny a few permissions at
// any reach, grants in the past, present and future, and owners of powers.
func drawPolicy(t *rapid.T) rbac.Policy {
	p := rbac.Policy{Version: 1, Units: drawUnits(t)}
	permissions := []rbac.Permission{rbac.ResultRead, rbac.ReviewWrite, rbac.RunCreate}
	for i := range rapid.IntRange(1, 4).Draw(t, "roles") {
		role := rbac.Role{Code: fmt.Sprintf("role%d", i)}
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			role.Lines = append(role.Lines, rbac.Line{
				Permission: rapid.SampledFrom(permissions).Draw(t, "permission"),
				Reach:      rapid.SampledFrom(rbac.Reaches()).Draw(t, "reach"),
				Effect:     rapid.SampledFrom([]rbac.Effect{rbac.Allow, rbac.Allow, rbac.Deny}).Draw(t, "effect"),
			})
		}
		p.Roles = append(p.Roles, role)
	}
	p.Users = []rbac.User{{ID: 1, Name: "u1", StaffID: 101}, {ID: 2, Name: "u2"}, {ID: 3, Name: "u3", StaffID: 103, Disabled: true}}
	days := []rbac.Day{"2026-10-01", "2026-10-15", "2026-10-31"}
	for i := range rapid.IntRange(0, 6).Draw(t, "grants") {
		p.Grants = append(p.Grants, rbac.Grant{
			ID:     int64(i + 1),
			UserID: rapid.Int64Range(1, 3).Draw(t, "user"),
			Role:   rapid.SampledFrom(p.Roles).Draw(t, "role").Code,
			UnitID: rapid.SampledFrom(p.Units).Draw(t, "unit").ID,
			From:   rapid.SampledFrom(days).Draw(t, "from"),
			Until:  rapid.SampledFrom(append(days, "")).Draw(t, "until"),
		})
	}
	for _, permission := range permissions {
		if rapid.Bool().Draw(t, "power") {
			p.Powers = append(p.Powers, rbac.Power{Permission: permission, Owner: rapid.SampledFrom(rbac.Owners()).Draw(t, "owner")})
		}
	}
	return p
}

func drawUnits(t *rapid.T) []rbac.Unit {
	units := []rbac.Unit{{ID: 1, Code: "U1", Path: "/1/", Level: rbac.HeadOffice}}
	levels := []rbac.Level{rbac.Branch, rbac.SubBranch, rbac.Department}
	for id := int64(2); id <= rapid.Int64Range(1, 12).Draw(t, "units"); id++ {
		up := rapid.SampledFrom(units).Draw(t, "up")
		units = append(units, rbac.Unit{ID: id, Code: fmt.Sprint("U", id), Path: fmt.Sprint(up.Path, id, "/"), Level: rapid.SampledFrom(levels).Draw(t, "level")})
	}
	return units
}

func TestAScopeSaysTheSameAsDecisionsForEveryUnitAndOnesOwnRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		s, err := rbac.NewSnapshot(p)
		if err != nil {
			t.Fatal(err)
		}
		day := rapid.SampledFrom([]rbac.Day{"", "2026-10-14", "2026-10-15", "2026-10-20"}).Draw(t, "day")
		for _, u := range p.Users {
			for _, permission := range []rbac.Permission{rbac.ResultRead, rbac.ReviewWrite, rbac.RunCreate, rbac.UnitRead} {
				agree(t, s, p, u, permission, day)
			}
		}
	})
}

func unitOf(p rbac.Policy, id int64) (unit rbac.Unit) {
	for _, u := range p.Units {
		if u.ID == id {
			unit = u
		}
	}
	return unit
}

func agree(t *rapid.T, s *rbac.Snapshot, p rbac.Policy, u rbac.User, permission rbac.Permission, day rbac.Day) {
	scope := s.Scope(u.ID, permission, day)
	targets := []rbac.Target{{StaffID: 999}}
	if u.StaffID != 0 {
		targets = append(targets, rbac.Target{StaffID: u.StaffID})
	}
	for _, unit := range p.Units {
		targets = append(targets, rbac.Target{UnitID: unit.ID}, rbac.Target{UnitID: unit.ID, StaffID: 999})
		if u.StaffID != 0 {
			targets = append(targets, rbac.Target{UnitID: unit.ID, StaffID: u.StaffID})
		}
	}
	for _, on := range targets {
		unit := unitOf(p, on.UnitID)
		d := s.Decide(rbac.Question{UserID: u.ID, Permission: permission, On: on, Day: day})
		if in := touches(scope, unit.Path, on.StaffID); in != d.Allowed {
			t.Fatalf("%s, %s on %+v, day %q: in scope is %v (%+v), the decision %+v", u.Name, permission, on, day, in, scope, d)
		}
		if d.Allowed && (d.Grant == nil || d.Line == nil || d.Unit == nil || d.Grant.UserID != u.ID || !d.Grant.InForce(day)) {
			t.Fatalf("%s, %s on %+v: allowed by nothing: %+v", u.Name, permission, on, d)
		}
	}
	whole := s.Decide(rbac.Question{UserID: u.ID, Permission: permission, On: rbac.Target{Whole: true}, Day: day}).Allowed
	if whole != scope.All {
		t.Fatalf("%s, %s: the whole bank is %v, the scope %+v", u.Name, permission, whole, scope)
	}
	somewhere := s.Decide(rbac.Question{UserID: u.ID, Permission: permission, Day: day}).Allowed
	if somewhere != !scope.Empty() && !permission.WholeBank() {
		t.Fatalf("%s, %s: somewhere is %v, the scope %+v", u.Name, permission, somewhere, scope)
	}
}
