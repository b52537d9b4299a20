package rbac

import (
	"errors"
	"fmt"
	"sync"
	"testing"
)

const today = Day("2026-10-31")

// small is a bank where user 1 reads results in branch A, and user 2 nothing.
func small() Policy {
	return Policy{
		Version: 1,
		Units: []Unit{
			{ID: 1, Code: "HQ", Path: "/1/", Level: HeadOffice}, {ID: 2, Code: "A", Path: "/1/2/", Level: Branch}, {ID: 20, Code: "B", Path: "/1/20/", Level: Branch},
		},
		Users:  []User{{ID: 1, Name: "wang", StaffID: 101}, {ID: 2, Name: "li", StaffID: 102}},
		Roles:  []Role{{Code: "reader", Lines: []Line{{ResultRead, Subtree, Allow}}}},
		Grants: []Grant{{ID: 1, UserID: 1, Role: "reader", UnitID: 2, From: "2026-01-01"}},
	}
}

func build(t testing.TB, p Policy) *Snapshot {
	t.Helper()
	s, err := NewSnapshot(p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *Snapshot) step(user int64, p Permission, on Target) Step {
	return s.Decide(Question{UserID: user, Permission: p, On: on, Day: today}).Step
}

func TestZ08_AUserNamedLikeARoleHasNothingOfIt(t *testing.T) {
	for _, name := range []string{"reader", "role:reader", "1", "*", "a, reader, 2", "user:1", "p", "allow"} {
		p := small()
		p.Users[1].Name = name
		s := build(t, p)
		if step := s.step(2, ResultRead, Target{UnitID: 2}); step != StepGrant {
			t.Errorf("a user called %q: %s", name, step)
		}
		if !s.Scope(2, ResultRead, today).Empty() {
			t.Errorf("a user called %q has a scope", name)
		}
	}
}

func TestZ08_ARoleNamedLikeAUserIsNothingButARole(t *testing.T) {
	p := small()
	p.Roles[0].Code, p.Grants[0].Role = "li", "li"
	if step := build(t, p).step(2, ResultRead, Target{UnitID: 2}); step != StepGrant {
		t.Errorf("decided at %s", step)
	}
}

func TestZ09_WhatIsUnknownIsDenied(t *testing.T) {
	s := build(t, small())
	for name, c := range map[string]struct {
		user int64
		p    Permission
		on   Target
		want Step
	}{
		"a user":                       {99, ResultRead, Target{UnitID: 2}, StepUser},
		"no user":                      {0, ResultRead, Target{}, StepUser},
		"a permission":                 {1, "result.delete", Target{UnitID: 2}, StepGrant},
		"a pattern for permissions":    {1, "result.*", Target{UnitID: 2}, StepGrant},
		"no permission":                {1, "", Target{UnitID: 2}, StepGrant},
		"a unit":                       {1, ResultRead, Target{UnitID: 99}, StepGrant},
		"a unit with a like path":      {1, ResultRead, Target{UnitID: 20}, StepGrant},
		"a negative unit":              {1, ResultRead, Target{UnitID: -1}, StepGrant},
		"where another's record is":    {1, ResultRead, Target{StaffID: 102}, StepGrant},
		"where another's sign-in is":   {1, ResultRead, Target{UserID: 2}, StepGrant},
		"a permission without a line":  {1, ReviewRead, Target{UnitID: 2}, StepGrant},
		"the whole bank, for a branch": {1, ResultRead, Target{Whole: true}, StepGrant},
	} {
		if step := s.step(c.user, c.p, c.on); step != c.want {
			t.Errorf("%s: decided at %s, want %s", name, step, c.want)
		}
	}
	if d := s.Decide(Question{UserID: 1, Permission: ResultRead, On: Target{UnitID: 2}}); d.Allowed {
		t.Error("without a day, a grant is in force")
	}
}

func TestZ09_AnEmptyPolicyDeniesEverything(t *testing.T) {
	p := small()
	p.Roles, p.Grants = nil, nil
	for name, s := range map[string]*Snapshot{"no roles": build(t, p), "nothing at all": build(t, Policy{}), "the zero snapshot": {}} {
		if step := s.step(1, ResultRead, Target{UnitID: 2}); step != StepPolicy {
			t.Errorf("%s: decided at %s", name, step)
		}
		if !s.Scope(1, ResultRead, today).Empty() {
			t.Errorf("%s: the scope is not empty", name)
		}
	}
}

func TestZ09_ABrokenPolicyIsNoSnapshot(t *testing.T) {
	for name, breakIt := range map[string]func(*Policy){
		"a grant of an unknown role":    func(p *Policy) { p.Grants[0].Role = "nobody" },
		"a grant to an unknown user":    func(p *Policy) { p.Grants[0].UserID = 9 },
		"a grant at an unknown unit":    func(p *Policy) { p.Grants[0].UnitID = 9 },
		"a grant without a beginning":   func(p *Policy) { p.Grants[0].From = "" },
		"a grant until no day":          func(p *Policy) { p.Grants[0].Until = "2026-02-30" },
		"a line too short for a reach":  func(p *Policy) { p.Roles[0].Lines[0].Reach = "" },
		"a line too short for effect":   func(p *Policy) { p.Roles[0].Lines[0].Effect = "" },
		"a line with another effect":    func(p *Policy) { p.Roles[0].Lines[0].Effect = "ALLOW" },
		"a line without a permission":   func(p *Policy) { p.Roles[0].Lines[0].Permission = "" },
		"a line of an unknown one":      func(p *Policy) { p.Roles[0].Lines[0].Permission = "result.*" },
		"a role without a code":         func(p *Policy) { p.Roles[0].Code = "" },
		"a role twice":                  func(p *Policy) { p.Roles = append(p.Roles, p.Roles[0]) },
		"a user without a name":         func(p *Policy) { p.Users[0].Name = "" },
		"a user twice":                  func(p *Policy) { p.Users[1].ID = 1 },
		"two users of one name":         func(p *Policy) { p.Users[1].Name = "wang" },
		"a unit without the one above":  func(p *Policy) { p.Units[1].Path = "/1/7/2/" },
		"a unit without a path":         func(p *Policy) { p.Units[1].Path = "" },
		"a unit with half a path":       func(p *Policy) { p.Units[1].Path = "/1/2" },
		"a unit twice":                  func(p *Policy) { p.Units[1].ID = 1 },
		"two roots":                     func(p *Policy) { p.Units[1].Path = "/2/" },
		"a level that there is not":     func(p *Policy) { p.Units[1].Level = "village" },
		"a power of an unknown one":     func(p *Policy) { p.Powers = []Power{{"result.*", Branch}} },
		"a power of a department":       func(p *Policy) { p.Powers = []Power{{ResultRead, Department}} },
		"a power with two owners":       func(p *Policy) { p.Powers = []Power{{ResultRead, Branch}, {ResultRead, HeadOffice}} },
		"a path with an empty part":     func(p *Policy) { p.Units[1].Path = "/1//2/" },
		"a path that is nothing at all": func(p *Policy) { p.Units[1].Path = "//" },
	} {
		p := small()
		breakIt(&p)
		if s, err := NewSnapshot(p); err == nil || s != nil {
			t.Errorf("%s: it was taken over", name)
		}
	}
}

func TestCasbinCannotBeTalkedIntoAnAllow(t *testing.T) {
	of := func() (*Snapshot, *enforcer) {
		s := build(t, small())
		return s, s.enforcers[ResultRead]
	}
	t.Run("switched off, it allows all and we do not", func(t *testing.T) {
		s, e := of()
		e.casbin.EnableEnforce(false)
		for user, on := range map[int64]Target{2: {UnitID: 2}, 1: {UnitID: 20}} {
			if step := s.step(user, ResultRead, on); step != StepGrant {
				t.Errorf("user %d: decided at %s", user, step)
			}
		}
	})
	t.Run("a policy that is too short inside it is an error, and denied", func(t *testing.T) {
		s, e := of()
		e.casbin.GetModel()["p"]["p"].Policy = [][]string{{"reader", "result.read", "subtree"}}
		if step := s.step(1, ResultRead, Target{UnitID: 2}); step != StepPolicy {
			t.Errorf("decided at %s", step)
		}
	})
	t.Run("a subject that is a number, or nothing, is an error", func(t *testing.T) {
		_, e := of()
		for _, subject := range []any{42, "wang", nil, 4.2, []string{"reader"}} {
			if allowed, _, err := e.casbin.EnforceEx(subject, string(ResultRead)); allowed || err == nil {
				t.Errorf("%v: allowed is %v, the error %v", subject, allowed, err)
			}
		}
	})
	t.Run("a policy cannot be added, taken away or saved", func(t *testing.T) {
		s, e := of()
		if _, err := e.casbin.AddPolicy("reader", "result.read", "subtree", "deny"); !errors.Is(err, errReadOnly) {
			t.Errorf("adding one: %v", err)
		}
		if _, err := e.casbin.RemovePolicy("reader", "result.read", "subtree", "allow"); !errors.Is(err, errReadOnly) {
			t.Errorf("taking one away: %v", err)
		}
		if _, err := e.casbin.RemoveFilteredPolicy(0, "reader"); !errors.Is(err, errReadOnly) {
			t.Errorf("taking some away: %v", err)
		}
		if err := e.casbin.SavePolicy(); !errors.Is(err, errReadOnly) {
			t.Errorf("saving them: %v", err)
		}
		if step := s.step(1, ResultRead, Target{UnitID: 2}); step != StepAllowed {
			t.Errorf("decided at %s", step)
		}
	})
	t.Run("the functions refuse arguments that are not theirs", func(t *testing.T) {
		for _, args := range [][]any{nil, {1, 2}, {&ask{}, 2}, {1, 2, 3, 4}, {&ask{}, "reader", 3, "allow"}} {
			if ok, err := holds(args...); ok != false || err == nil {
				t.Errorf("holds%v = %v, %v", args, ok, err)
			}
			if ok, err := reaches(args...); ok != false || err == nil {
				t.Errorf("reaches%v = %v, %v", args, ok, err)
			}
		}
	})
}

func TestADecisionLooksAtTheUsersOwnGrantsAlone(t *testing.T) {
	s := build(t, crowd(100_000))
	if own := s.inForce(7, today); len(own) != 4 || cap(own) != 4 {
		t.Errorf("a decision sees %d of 100,000 grants, and up to %d", len(own), cap(own))
	}
	if n := len(s.enforcers[ResultRead].casbin.GetModel()["p"]["p"].Policy); n > 20 {
		t.Errorf("casbin goes through %d lines for one permission", n)
	}
}

func TestOneSnapshotAnswersManyAtOnce(t *testing.T) {
	s := build(t, crowd(1_000))
	var all sync.WaitGroup
	for user := range int64(8) {
		all.Go(func() {
			for unit := range int64(50) {
				q := Question{UserID: user + 1, Permission: ResultRead, On: Target{UnitID: unit + 1}, Day: today}
				if first, again := s.Decide(q), s.Decide(q); first.Step != again.Step {
					t.Errorf("%+v: %s, and then %s", q, first.Step, again.Step)
				}
				s.Scope(user+1, ResultRead, today)
			}
		})
	}
	all.Wait()
}

// crowd is the default policy in a bank of 1,000 units, with grants for a quarter as
// many users: four each.
func crowd(grants int) Policy {
	p := DefaultPolicy().Policy()
	p.Version = 1
	p.Units = append(p.Units, Unit{ID: 1, Code: "HQ", Path: "/1/", Level: HeadOffice})
	for b := range int64(50) {
		branch := Unit{ID: 2 + b*20, Code: fmt.Sprint("B", b), Path: fmt.Sprintf("/1/%d/", 2+b*20), Level: Branch}
		p.Units = append(p.Units, branch)
		for i := range int64(19) {
			id := branch.ID + 1 + i
			p.Units = append(p.Units, Unit{ID: id, Code: fmt.Sprint("S", id), Path: fmt.Sprintf("%s%d/", branch.Path, id), Level: SubBranch})
		}
	}
	roles := []string{"relationship_manager", "branch_manager", "team_leader", "trainer"}
	for i := range grants {
		user := int64(i/4 + 1)
		if i%4 == 0 {
			p.Users = append(p.Users, User{ID: user, Name: fmt.Sprintf("u%06d", user), StaffID: user})
		}
		unit := p.Units[(int(user)*7+i%4*13)%len(p.Units)]
		p.Grants = append(p.Grants, Grant{ID: int64(i + 1), UserID: user, Role: roles[i%4], UnitID: unit.ID, From: "2026-01-01"})
	}
	return p
}

var manyAndFew = []int{1_000, 100_000}

func BenchmarkADecision(b *testing.B) {
	for _, grants := range manyAndFew {
		b.Run(fmt.Sprint(grants, " grants"), func(b *testing.B) {
			s := build(b, crowd(grants))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				s.Decide(Question{UserID: int64(i%250 + 1), Permission: ResultRead, On: Target{UnitID: int64(i%1000 + 1)}, Day: today})
			}
		})
	}
}

func BenchmarkAScope(b *testing.B) {
	for _, grants := range manyAndFew {
		b.Run(fmt.Sprint(grants, " grants"), func(b *testing.B) {
			s := build(b, crowd(grants))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				s.Scope(int64(i%250+1), ResultRead, today)
			}
		})
	}
}

func BenchmarkANewSnapshot(b *testing.B) {
	for _, grants := range manyAndFew {
		b.Run(fmt.Sprint(grants, " grants"), func(b *testing.B) {
			p := crowd(grants)
			b.ReportAllocs()
			for b.Loop() {
				build(b, p)
			}
		})
	}
}
