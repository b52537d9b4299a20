package rbac

import (
	_ "embed" // the policy that a new database begins with
	"encoding/json"
	"fmt"
	"slices"
)

//go:embed default_policy.json
var defaultPolicy []byte

// Rules are roles with their names, the responsibility table, and the roles that no
// person holds together: what a new database begins with.
type Rules struct {
	Roles  []NamedRole `json:"roles"`
	Powers []Power     `json:"powers"`
	// Exclusive are sets of roles of which a person holds one at most.
	Exclusive [][]string `json:"exclusive"`
}

// NamedRole is a role with its names in both languages.
type NamedRole struct {
	Code   string `json:"code"`
	NameZh string `json:"name_zh"`
	NameEn string `json:"name_en"`
	Lines  []Line `json:"lines"`
}

var defaults = readRules(defaultPolicy)

// readRules reads rules and holds them against the catalogue; the file is part of the
// program, so that a fault in it is one of the program.
func readRules(file []byte) Rules {
	var r Rules
	if err := json.Unmarshal(file, &r); err != nil {
		panic("rbac: the default policy: " + err.Error())
	}
	if _, err := NewSnapshot(r.Policy()); err != nil {
		panic("rbac: the default policy: " + err.Error())
	}
	for _, set := range r.Exclusive {
		for _, code := range set {
			if !slices.ContainsFunc(r.Roles, func(n NamedRole) bool { return n.Code == code }) {
				panic(fmt.Sprintf("rbac: the default policy: no role is named %q", code))
			}
		}
	}
	return r
}

// DefaultPolicy gives the rules that a new database begins with. They are the caller's own.
func DefaultPolicy() Rules {
	r := Rules{Roles: slices.Clone(defaults.Roles), Powers: slices.Clone(defaults.Powers), Exclusive: slices.Clone(defaults.Exclusive)}
	for i := range r.Roles {
		r.Roles[i].Lines = slices.Clone(r.Roles[i].Lines)
	}
	for i := range r.Exclusive {
		r.Exclusive[i] = slices.Clone(r.Exclusive[i])
	}
	return r
}

// Policy is the rules without anybody who holds a role.
func (r Rules) Policy() Policy {
	p := Policy{Powers: r.Powers}
	for _, n := range r.Roles {
		p.Roles = append(p.Roles, Role{Code: n.Code, Lines: n.Lines})
	}
	return p
}

// Exclusive says whether nobody may hold both roles: of those who administer the
// system, its security and its audit, each is another person (三员分立).
func Exclusive(roleA, roleB string) bool {
	return roleA != roleB && slices.ContainsFunc(defaults.Exclusive, func(set []string) bool {
		return slices.Contains(set, roleA) && slices.Contains(set, roleB)
	})
}
