// Package rbactest holds the cases that decisions must answer, as data: a small bank,
// who holds which role where, and questions with their answers. Whoever answers the
// questions by another way, a command or a request, reads the same files.
package rbactest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/steelyard/steelyard/rbac"
)

//go:embed cases/*.json
var files embed.FS

// Case is a bank and what is asked of it, stage by stage.
type Case struct {
	File   string  `json:"-"`
	Name   string  `json:"name"` // a sentence
	World  World   `json:"world"`
	Stages []Stage `json:"stages"`
}

// World is a bank with its users. The roles and the responsibility table are those of
// the default policy, with what stands here added or, by code and permission, put in
// their place.
type World struct {
	Units  []Unit           `json:"units"` // each after the one above it
	Staff  []Member         `json:"staff"`
	Users  []User           `json:"users"`
	Roles  []rbac.NamedRole `json:"roles,omitempty"`
	Powers []rbac.Power     `json:"powers,omitempty"`
	Grants []Grant          `json:"grants"`
}

// Unit is a unit of the bank.
type Unit struct {
	Code   string     `json:"code"`
	Parent string     `json:"parent,omitempty"` // none for the root
	Level  rbac.Level `json:"level"`
}

// Member is a member of the staff, with where they work.
type Member struct {
	No          string       `json:"no"`
	Assignments []Assignment `json:"assignments"`
}

// Assignment is work at a unit from a day until a day, inclusive; no Until: without end.
type Assignment struct {
	Unit  string   `json:"unit"`
	From  rbac.Day `json:"from"`
	Until rbac.Day `json:"until,omitempty"`
}

// User is a sign-in.
type User struct {
	Name     string `json:"name"`
	Staff    string `json:"staff,omitempty"`
	Disabled bool   `json:"disabled,omitempty"`
}

// Grant is a role held at a unit from a day until a day, inclusive; no Until: without end.
type Grant struct {
	User  string   `json:"user"`
	Role  string   `json:"role"`
	Unit  string   `json:"unit"`
	From  rbac.Day `json:"from"`
	Until rbac.Day `json:"until,omitempty"`
}

// Stage is what changes in the bank, and what is asked then.
type Stage struct {
	Name      string       `json:"name,omitempty"`
	Moves     []Move       `json:"moves,omitempty"`  // units that come under another parent
	Powers    []rbac.Power `json:"powers,omitempty"` // powers that get another owner
	Questions []Question   `json:"questions"`
	Lists     []List       `json:"lists,omitempty"`
}

// Move puts a unit under another parent.
type Move struct {
	Unit string `json:"unit"`
	To   string `json:"to"`
}

// Question is asked about a user, and has an answer.
type Question struct {
	Why        string          `json:"why"` // a sentence
	User       string          `json:"user"`
	Permission rbac.Permission `json:"permission"`
	Unit       string          `json:"unit,omitempty"`
	Staff      string          `json:"staff,omitempty"`
	On         rbac.Day        `json:"on"`
	Allowed    bool            `json:"allowed"`
	Step       rbac.Step       `json:"step"`
	Owner      rbac.Level      `json:"owner,omitempty"` // of the power, where responsibility refused
}

// List asks for the units that a user may touch for a permission.
type List struct {
	User       string          `json:"user"`
	Permission rbac.Permission `json:"permission"`
	On         rbac.Day        `json:"on"`
	Units      []string        `json:"units"` // their codes, in the order of the world
}

// Cases reads all cases, in the order of their files.
func Cases() ([]Case, error) {
	names, err := fs.Glob(files, "cases/*.json")
	if err != nil {
		return nil, fmt.Errorf("rbactest: %w", err)
	}
	cases := make([]Case, len(names))
	for i, name := range names {
		content, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("rbactest: %w", err)
		}
		decoder := json.NewDecoder(bytes.NewReader(content))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&cases[i]); err != nil {
			return nil, fmt.Errorf("rbactest: %s: %w", name, err)
		}
		cases[i].File = name
	}
	return cases, nil
}
