package people

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
)

// The roles of the three administrators: nobody holds two of them.
const (
	SystemAdmin   = "system_admin"
	SecurityAdmin = "security_admin"
	Auditor       = "auditor"
)

// HoldsSecurityOrAudit says whether a user administers security or the audit
// trail on a day, or will: by role, or by what a role allows. Whoever manages
// users starts no reset for them, which would hand over what they alone may do.
func HoldsSecurityOrAudit(ctx context.Context, tx db.Tx, userID int64, day db.Date) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM grants g JOIN roles r ON r.id = g.role_id
		WHERE g.user_id = ? AND g.revoked_at IS NULL AND (g.to_on IS NULL OR g.to_on >= ?)
		AND (r.code IN (?, ?) OR EXISTS (SELECT 1 FROM role_permissions p WHERE p.role_id = r.id AND p.effect = 'allow' AND p.permission IN (?, ?, ?)))`,
		userID, day.String(), SecurityAdmin, Auditor, string(rbac.GrantManage), string(rbac.PolicyManage), string(rbac.AuditRead)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("looking for an administrator: %w", err)
	}
	return n > 0, nil
}
