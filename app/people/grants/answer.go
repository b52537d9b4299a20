package grants

import (
	"strings"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
)

// Sentences say the decision and why, in a language.
func (a *Answer) Sentences(l lang.Language) []string {
	names := access.Names{User: a.Username}
	if a.Grant != nil {
		names.Role, names.Unit = a.Grant.RoleName, strings.TrimSpace(a.Grant.Unit+" "+a.Grant.UnitName)
	}
	return access.Explain(l, a.Decision, names)
}

// Contract is the decision as the contract has it, explained in a language.
func (a *Answer) Contract(l lang.Language) api.Decision {
	d := api.Decision{
		Allowed: a.Allowed, Permission: string(a.Permission), User: a.Username, Step: api.DecisionStep(a.Step), Explanation: a.Sentences(l),
	}
	if a.Grant != nil {
		grant := a.Grant.Answer()
		d.Grant = &grant
	}
	if a.Power != nil {
		owner := api.DecisionOwner(a.Power.Owner)
		d.Owner = &owner
	}
	return d
}
