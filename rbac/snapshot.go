package rbac

import (
	"cmp"
	"fmt"
	"slices"
)

// Snapshot is a policy made ready for decisions. It never changes, and any number
// of requests may ask it at once. The zero Snapshot, and one without roles, allows nothing.
type Snapshot struct {
	version   int64
	tree      *tree
	users     map[int64]*User
	byName    map[string]*User
	grants    map[int64][]held // by user, each user's in the order of their ids
	roles     map[string]*role
	powers    map[Permission]*Power
	enforcers map[Permission]*enforcer
}

// role is a role with its lines by permission.
type role struct {
	Role
	lines map[Permission][]*Line
}

// NewSnapshot builds a snapshot. A policy that is broken is an error: a grant of an
// unknown user, role or unit, a line without a known permission, reach or effect, a
// tree that does not hang together.
func NewSnapshot(p Policy) (*Snapshot, error) {
	s := &Snapshot{version: p.Version}
	var err error
	if s.tree, err = newTree(p.Units); err != nil {
		return nil, err
	}
	for _, step := range []func(Policy) error{s.addUsers, s.addRoles, s.addPowers, s.addGrants, s.addEnforcers} {
		if err := step(p); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Snapshot) addUsers(p Policy) error {
	s.users, s.byName = make(map[int64]*User, len(p.Users)), make(map[string]*User, len(p.Users))
	users := slices.Clone(p.Users)
	for i := range users {
		u := &users[i]
		if u.ID <= 0 || u.Name == "" || s.users[u.ID] != nil || s.byName[u.Name] != nil {
			return fmt.Errorf("rbac: user %d: the id or name is missing or not its own", u.ID)
		}
		s.users[u.ID], s.byName[u.Name] = u, u
	}
	return nil
}

func (s *Snapshot) addRoles(p Policy) error {
	s.roles = make(map[string]*role, len(p.Roles))
	for _, r := range p.Roles {
		if r.Code == "" || s.roles[r.Code] != nil {
			return fmt.Errorf("rbac: role %q: the code is missing or not its own", r.Code)
		}
		made := &role{Role: r, lines: map[Permission][]*Line{}}
		for i := range r.Lines {
			if err := r.Lines[i].Check(); err != nil {
				return fmt.Errorf("rbac: role %q: %w", r.Code, err)
			}
			line := r.Lines[i]
			made.lines[line.Permission] = append(made.lines[line.Permission], &line)
		}
		s.roles[r.Code] = made
	}
	return nil
}

func (s *Snapshot) addPowers(p Policy) error {
	s.powers = make(map[Permission]*Power, len(p.Powers))
	for _, power := range p.Powers {
		if !power.Permission.Known() || s.powers[power.Permission] != nil {
			return fmt.Errorf("rbac: power %q: the permission is unknown or stands twice", power.Permission)
		}
		if !known(power.Owner, Owners()) {
			return fmt.Errorf("rbac: power %q: %q owns nothing", power.Permission, power.Owner)
		}
		s.powers[power.Permission] = &power
	}
	return nil
}

func (s *Snapshot) addGrants(p Policy) error {
	grants := slices.Clone(p.Grants)
	slices.SortFunc(grants, func(a, b Grant) int {
		return cmp.Or(cmp.Compare(a.UserID, b.UserID), cmp.Compare(a.ID, b.ID))
	})
	all := make([]held, len(grants))
	s.grants = make(map[int64][]held, len(s.users))
	for i, start := 0, 0; i < len(grants); i++ {
		g := &grants[i]
		all[i] = held{Grant: g, unit: s.tree.byID[g.UnitID]}
		if err := s.checkGrant(&all[i]); err != nil {
			return err
		}
		if i+1 == len(grants) || grants[i+1].UserID != g.UserID {
			s.grants[g.UserID] = all[start : i+1 : i+1]
			start = i + 1
		}
	}
	return nil
}

func (s *Snapshot) checkGrant(g *held) error {
	switch {
	case s.users[g.UserID] == nil:
		return fmt.Errorf("rbac: grant %d: unknown user %d", g.ID, g.UserID)
	case s.roles[g.Role] == nil:
		return fmt.Errorf("rbac: grant %d: unknown role %q", g.ID, g.Role)
	case g.unit == nil:
		return fmt.Errorf("rbac: grant %d: unknown unit %d", g.ID, g.UnitID)
	case !g.From.Valid() || g.Until != "" && !g.Until.Valid():
		return fmt.Errorf("rbac: grant %d: from %q until %q are no days", g.ID, g.From, g.Until)
	}
	return nil
}

func (s *Snapshot) addEnforcers(p Policy) error {
	lines := map[Permission][]roleLine{}
	for _, r := range p.Roles {
		for _, line := range r.Lines {
			lines[line.Permission] = append(lines[line.Permission], roleLine{role: r.Code, Line: line})
		}
	}
	s.enforcers = make(map[Permission]*enforcer, len(lines))
	for permission, of := range lines {
		made, err := newEnforcer(of)
		if err != nil {
			return err
		}
		s.enforcers[permission] = made
	}
	return nil
}

// Version is that of the policy.
func (s *Snapshot) Version() int64 { return s.version }

// Empty says whether the policy has no rules: nothing is allowed then.
func (s *Snapshot) Empty() bool { return len(s.enforcers) == 0 }

// Actor is a user as of a day; one whom the policy does not know, or who is disabled, may do nothing.
func (s *Snapshot) Actor(userID int64, day Day) Actor {
	actor := Actor{UserID: userID, snapshot: s, day: day}
	if u := s.users[userID]; u != nil {
		actor.Name, actor.StaffID = u.Name, u.StaffID
	}
	return actor
}

// UserNamed gives a user by name.
func (s *Snapshot) UserNamed(name string) (User, bool) {
	if u := s.byName[name]; u != nil {
		return *u, true
	}
	return User{}, false
}

// inForce gives a user's own grants that are in force on a day.
func (s *Snapshot) inForce(userID int64, day Day) []held {
	all := s.grants[userID]
	for i := range all {
		if all[i].InForce(day) {
			continue
		}
		now := slices.Clone(all[:i])
		for _, g := range all[i+1:] {
			if g.InForce(day) {
				now = append(now, g)
			}
		}
		return now
	}
	return all
}
