package rbac

import (
	_ "embed" // the model file
	"errors"
	"fmt"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	"github.com/casbin/casbin/v2/persist"
)

//go:embed model.conf
var modelText string

// errReadOnly is the answer to whoever would change policies through casbin: the
// tables of roles and grants are the truth.
var errReadOnly = errors.New("rbac: policies are read-only")

// roleLine is a line with its role.
type roleLine struct {
	role string
	Line
}

// adapter hands the lines of one permission to casbin, and takes nothing back.
type adapter []roleLine

var _ persist.Adapter = adapter(nil)

// LoadPolicy adds the lines to a model; a line that lacks a field is an error.
func (a adapter) LoadPolicy(m model.Model) error {
	for _, l := range a {
		rule := []string{"p", l.role, string(l.Permission), string(l.Reach), string(l.Effect)}
		if err := persist.LoadPolicyArray(rule, m); err != nil {
			return fmt.Errorf("rbac: a line of role %q: %w", l.role, err)
		}
	}
	return nil
}

// SavePolicy refuses.
func (adapter) SavePolicy(model.Model) error { return errReadOnly }

// AddPolicy refuses.
func (adapter) AddPolicy(string, string, []string) error { return errReadOnly }

// RemovePolicy refuses.
func (adapter) RemovePolicy(string, string, []string) error { return errReadOnly }

// RemoveFilteredPolicy refuses.
func (adapter) RemoveFilteredPolicy(string, string, int, ...string) error { return errReadOnly }

// enforcer is casbin over the lines of one permission: casbin goes through its
// policies one by one, so it is given none of another permission.
type enforcer struct {
	casbin *casbin.Enforcer
}

func newEnforcer(lines []roleLine) (*enforcer, error) {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, fmt.Errorf("rbac: the model: %w", err)
	}
	e, err := casbin.NewEnforcer(m, adapter(lines))
	if err != nil {
		return nil, fmt.Errorf("rbac: %w", err)
	}
	e.AddFunction("holds", holds)
	e.AddFunction("reaches", reaches)
	return &enforcer{casbin: e}, nil
}

// verdict is casbin's answer: the line explains it; none applied where there is none.
type verdict struct {
	allowed bool
	line    *Line
	role    string
}

// ask lets casbin decide. An error of casbin, a panic inside it among them, is no allow.
func (e *enforcer) ask(a *ask, p Permission) (verdict, error) {
	allowed, why, err := e.casbin.EnforceEx(a, string(p))
	switch {
	case err != nil:
		return verdict{}, fmt.Errorf("rbac: casbin: %w", err)
	case len(why) == 0:
		return verdict{}, nil // without a line nothing is allowed
	}
	line := &Line{Permission: Permission(why[1]), Reach: Reach(why[2]), Effect: Effect(why[3])}
	return verdict{allowed: allowed && line.Effect == Allow, line: line, role: why[0]}, nil
}

var errArguments = errors.New("rbac: the model calls a function with wrong arguments")

// holds is the model's function of that name: does the user hold the role in a grant in force?
func holds(args ...any) (any, error) {
	if len(args) != 2 {
		return false, errArguments
	}
	a, ok := args[0].(*ask)
	role, also := args[1].(string)
	if !ok || !also {
		return false, errArguments
	}
	for i := range a.grants {
		if a.grants[i].Role == role {
			return true, nil
		}
	}
	return false, nil
}

// reaches is the model's function of that name: does a grant of the role reach the target?
func reaches(args ...any) (any, error) {
	if len(args) != 4 {
		return false, errArguments
	}
	a, ok := args[0].(*ask)
	role, isRole := args[1].(string)
	reach, isReach := args[2].(string)
	effect, isEffect := args[3].(string)
	if !ok || !isRole || !isReach || !isEffect {
		return false, errArguments
	}
	return a.grantOf(role, Reach(reach), Effect(effect)) != nil, nil
}
