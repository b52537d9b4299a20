package rbac_test

import (
	"slices"
	"testing"

	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/rbac/rbactest"
)

func TestTheCasesThatMustHold(t *testing.T) {
	cases, err := rbactest.Cases()
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < 8 {
		t.Fatalf("only %d cases were found", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			world := c.World
			for _, stage := range c.Stages {
				world = world.After(stage)
				hold(t, world, stage)
			}
		})
	}
}

func hold(t *testing.T, world rbactest.World, stage rbactest.Stage) {
	policy := world.Policy()
	s, err := rbac.NewSnapshot(policy)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range stage.Questions {
		d := s.Decide(world.Question(q))
		owner := rbac.Level("")
		if d.Step == rbac.StepResponsibility {
			owner = d.Power.Owner
		}
		if d.Allowed != q.Allowed || d.Step != q.Step || owner != q.Owner {
			t.Errorf("%s %s: %s %s on %q %q, %s: %v at %s, owned by %q; want %v at %s, %q",
				stage.Name, q.Why, q.User, q.Permission, q.Unit, q.Staff, q.On, d.Allowed, d.Step, owner, q.Allowed, q.Step, q.Owner)
		}
	}
	for _, list := range stage.Lists {
		scope := s.Scope(world.UserID(list.User), list.Permission, list.On)
		got := []string{}
		for _, u := range policy.Units {
			if touches(scope, u.Path, 0) {
				got = append(got, u.Code)
			}
		}
		if !slices.Equal(got, list.Units) {
			t.Errorf("%s: %s has %s in %v, want %v", stage.Name, list.User, list.Permission, got, list.Units)
		}
	}
}
