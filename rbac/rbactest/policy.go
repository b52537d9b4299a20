package rbactest

import (
	"fmt"
	"slices"

	"github.com/steelyard/steelyard/rbac"
)

// Move gives the world with a unit under another parent.
func (w World) Move(m Move) World {
	w.Units = slices.Clone(w.Units)
	for i := range w.Units {
		if w.Units[i].Code == m.Unit {
			w.Units[i].Parent = m.To
		}
	}
	return w
}

// After gives the world as a stage leaves it.
func (w World) After(s Stage) World {
	for _, m := range s.Moves {
		w = w.Move(m)
	}
	w.Powers = append(slices.Clone(w.Powers), s.Powers...)
	return w
}

// Policy gives the world as a policy. Ids are the places in the world's lists, from 1.
func (w World) Policy() rbac.Policy {
	defaults := rbac.DefaultPolicy()
	p := rbac.Policy{Version: 1, Units: w.units(), Powers: w.powers(defaults.Powers)}
	for _, r := range slices.Concat(defaults.Roles, w.Roles) {
		p.Roles = slices.DeleteFunc(p.Roles, func(old rbac.Role) bool { return old.Code == r.Code })
		p.Roles = append(p.Roles, rbac.Role{Code: r.Code, Lines: r.Lines})
	}
	for i, u := range w.Users {
		p.Users = append(p.Users, rbac.User{ID: int64(i + 1), Name: u.Name, StaffID: w.StaffID(u.Staff), Disabled: u.Disabled})
	}
	for i, g := range w.Grants {
		p.Grants = append(p.Grants, rbac.Grant{
			ID: int64(i + 1), UserID: w.UserID(g.User), Role: g.Role, UnitID: w.UnitID(g.Unit), From: g.From, Until: g.Until,
		})
	}
	return p
}

// Question gives a question as rbac takes it.
func (w World) Question(q Question) rbac.Question {
	return rbac.Question{
		UserID: w.UserID(q.User), Permission: q.Permission, Day: q.On,
		On: rbac.Target{UnitID: w.UnitID(q.Unit), StaffID: w.StaffID(q.Staff)},
	}
}

// UnitID gives the id of a unit in the policy: 0 for "", -1 for one that there is not.
func (w World) UnitID(code string) int64 {
	return place(code, slices.IndexFunc(w.Units, func(u Unit) bool { return u.Code == code }))
}

// UserID gives the id of a user in the policy: 0 for "", -1 for one that there is not.
func (w World) UserID(name string) int64 {
	return place(name, slices.IndexFunc(w.Users, func(u User) bool { return u.Name == name }))
}

// StaffID gives the id of a member in the policy: 0 for "", -1 for one that there is not.
func (w World) StaffID(no string) int64 {
	return place(no, slices.IndexFunc(w.Staff, func(m Member) bool { return m.No == no }))
}

func place(name string, at int) int64 {
	switch {
	case name == "":
		return 0
	case at < 0:
		return -1
	}
	return int64(at + 1)
}

// units gives the tree with its paths; a move may have put a unit before its parent.
func (w World) units() []rbac.Unit {
	units := make([]rbac.Unit, len(w.Units))
	for i, u := range w.Units {
		units[i] = rbac.Unit{ID: int64(i + 1), Code: u.Code, Path: w.path(u, len(w.Units)), Level: u.Level}
	}
	return units
}

func (w World) path(u Unit, most int) string {
	up := "/"
	if at := w.UnitID(u.Parent); at > 0 && most > 0 {
		up = w.path(w.Units[at-1], most-1)
	}
	return fmt.Sprint(up, w.UnitID(u.Code), "/")
}

// powers gives the responsibility table with the world's own rows in the place of others.
func (w World) powers(defaults []rbac.Power) []rbac.Power {
	var powers []rbac.Power
	for _, p := range slices.Concat(defaults, w.Powers) {
		powers = slices.DeleteFunc(powers, func(old rbac.Power) bool { return old.Permission == p.Permission })
		powers = append(powers, p)
	}
	return powers
}
