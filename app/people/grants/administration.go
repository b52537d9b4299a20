package grants

import (
	"math/bits"

	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// administration is a set of the three administrations that one person never
// has two of: of the system, of security, and of the audit trail.
type administration int

const (
	ofSystem administration = 1 << iota
	ofSecurity
	ofAudit
)

func (a administration) single() bool { return bits.OnesCount(uint(a)) <= 1 }

// administrationOf says which of the three a role has a part of: by its code, so
// that an emptied role stays what it is, or by what it allows, so that no other
// role is a way around.
func administrationOf(code string, lines []rbac.Line) administration {
	switch code {
	case people.SystemAdmin:
		return ofSystem
	case people.SecurityAdmin:
		return ofSecurity
	case people.Auditor:
		return ofAudit
	}
	var found administration
	for _, line := range lines {
		if line.Effect != rbac.Allow {
			continue
		}
		switch line.Permission {
		case rbac.UserManage:
			found |= ofSystem
		case rbac.GrantManage, rbac.PolicyManage:
			found |= ofSecurity
		case rbac.AuditRead:
			found |= ofAudit
		}
	}
	return found
}
