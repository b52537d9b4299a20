package main

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/steelyard/steelyard/rbac"
)

const (
	manyGrants = 100_000
	fewGrants  = 1_000
	// decisions are asked in each measurement.
	decisions = 50_000
	benchDay  = rbac.Day("2026-10-31")
)

// measureAccess asks for permissions and scopes where a bank has a hundred
// thousand grants, beside the same where it has a thousand.
func measureAccess(ctx context.Context, b *bench) ([]line, error) {
	many, err := rbac.NewSnapshot(policyOf(manyGrants))
	if err != nil {
		return nil, err
	}
	few, err := rbac.NewSnapshot(policyOf(fewGrants))
	if err != nil {
		return nil, err
	}
	var lines []line
	for _, asked := range []struct {
		what string
		ask  func(*rbac.Snapshot, int64, int64)
	}{
		{"a permission decision", func(s *rbac.Snapshot, user, unit int64) {
			s.Decide(rbac.Question{UserID: user, Permission: rbac.ResultRead, On: rbac.Target{UnitID: unit}, Day: benchDay})
		}},
		{"a scope", func(s *rbac.Snapshot, user, _ int64) { s.Scope(user, rbac.ResultRead, benchDay) }},
	} {
		m, err := b.interleave(ctx, onOneCore(asking(many, manyGrants, asked.ask)), onOneCore(asking(few, fewGrants, asked.ask)))
		if err != nil {
			return nil, err
		}
		lines = append(lines, atMost(fmt.Sprintf("%s, %d grants", asked.what, manyGrants), m[0].took/decisions,
			fmt.Sprintf("%d grants", fewGrants), m[1].took/decisions, 1.3))
	}
	return lines, nil
}

// asking asks for the users of a policy in turn, in an order that no cache of the
// machine foresees and that is the same in each round.
func asking(s *rbac.Snapshot, grants int, ask func(s *rbac.Snapshot, user, unit int64)) func(context.Context) error {
	return func(context.Context) error {
		draw := rand.New(rand.NewPCG(1, 2))
		users := min(usersOf(grants), usersOf(fewGrants))
		for range decisions {
			ask(s, 1+draw.Int64N(int64(users)), 2+draw.Int64N(benchUnits-1))
		}
		return nil
	}
}

const (
	benchUnits    = 500
	grantsPerUser = 2
)

func usersOf(grants int) int { return grants / grantsPerUser }

// policyOf is a bank of a root, branches and sub-branches in which each user holds two roles of the default policy.
func policyOf(grants int) rbac.Policy {
	p := rbac.Policy{Version: 1}
	p.Units = append(p.Units, rbac.Unit{ID: 1, Code: "U1", Path: "/1/", Level: rbac.HeadOffice})
	for id := int64(2); id <= benchUnits; id++ {
		branch := 2 + (id-2)/10*10
		u := rbac.Unit{ID: id, Code: fmt.Sprintf("U%d", id), Path: fmt.Sprintf("/1/%d/", id), Level: rbac.Branch}
		if id != branch {
			u.Path, u.Level = fmt.Sprintf("/1/%d/%d/", branch, id), rbac.SubBranch
		}
		p.Units = append(p.Units, u)
	}
	standard := rbac.DefaultPolicy()
	p.Roles, p.Powers = standard.Policy().Roles, standard.Policy().Powers
	for id := int64(1); id <= int64(usersOf(grants)); id++ {
		p.Users = append(p.Users, rbac.User{ID: id, Name: fmt.Sprintf("user%d", id), StaffID: id})
		for i, role := range []string{"relationship_manager", "branch_manager"} {
			p.Grants = append(p.Grants, rbac.Grant{
				ID: id*grantsPerUser + int64(i), UserID: id, Role: role, UnitID: 2 + (id+int64(i))%(benchUnits-1), From: "2026-01-01",
			})
		}
	}
	return p
}
