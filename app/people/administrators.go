package people

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// The roles of the three administrators: nobody holds two of them, and once
// somebody holds one, somebody always does.
const (
	SystemAdmin   = "system_admin"
	SecurityAdmin = "security_admin"
	Auditor       = "auditor"
)

// Administrators are the codes of the three administrators' roles.
func Administrators() []string { return []string{SystemAdmin, SecurityAdmin, Auditor} }

// Watch knows which of the administrators' roles were held before a change.
type Watch struct {
	day    db.Date
	before map[string]bool
}

// WatchAdministrators looks who holds the administrators' roles on a day, before
// a change that may take one away.
func WatchAdministrators(ctx context.Context, tx db.Tx, day db.Date) (*Watch, error) {
	before, err := administratorsOn(ctx, tx, day)
	return &Watch{day, before}, err
}

// StillThere is a conflict, with the code of its message, if nobody holds a role any more
// that somebody held before.
func (w *Watch) StillThere(ctx context.Context, tx db.Tx, code string) error {
	after, err := administratorsOn(ctx, tx, w.day)
	if err != nil {
		return err
	}
	for _, role := range slices.Sorted(maps.Keys(w.before)) {
		if !after[role] {
			return fault.New(fault.Conflict, code, lang.Args{"role": role})
		}
	}
	return nil
}

// administratorsOn gives the administrators' roles that active users hold on a day.
func administratorsOn(ctx context.Context, tx db.Tx, day db.Date) (map[string]bool, error) {
	held := map[string]bool{}
	err := tx.Each(ctx, `SELECT DISTINCT r.code FROM grants g JOIN roles r ON r.id = g.role_id JOIN users u ON u.id = g.user_id
		WHERE r.code IN (?, ?, ?) AND u.state = 'active' AND g.revoked_at IS NULL AND g.from_on <= ? AND (g.to_on IS NULL OR g.to_on >= ?)`,
		[]any{SystemAdmin, SecurityAdmin, Auditor, day.String(), day.String()}, func(r db.Row) error {
			held[r.Text(0)] = true
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("looking for administrators: %w", err)
	}
	return held, nil
}

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
