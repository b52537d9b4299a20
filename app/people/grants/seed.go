package grants

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// Seed gives a database that has no roles the default ones, and one without a
// responsibility table the default one. Of programs that start at once, one does it.
func (s *Service) Seed(ctx context.Context) error {
	missing := false
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		missing, err = lacksDefaults(ctx, tx)
		return err
	})
	if err != nil || !missing {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		change := people.PolicyChange{Actor: rbac.Operator("steelyard"), Today: s.today(), Code: "policy.last_administrator"}
		return change.Do(ctx, tx, func(rbac.Actor) error { // from here on nobody else does it
			if missing, err := lacksDefaults(ctx, tx); err != nil || !missing {
				return err
			}
			return seed(ctx, tx)
		})
	})
}

func lacksDefaults(ctx context.Context, tx db.Tx) (bool, error) {
	var roles, powers int
	err := tx.QueryRowContext(ctx, "SELECT (SELECT COUNT(*) FROM roles), (SELECT COUNT(*) FROM responsibilities)").Scan(&roles, &powers)
	if err != nil {
		return false, fmt.Errorf("looking for roles: %w", err)
	}
	return roles == 0 || powers == 0, nil
}

// seed writes what is missing: rows that are there are the bank's.
func seed(ctx context.Context, tx db.Tx) error {
	defaults := rbac.DefaultPolicy()
	var roles, powers int
	if err := tx.QueryRowContext(ctx, "SELECT (SELECT COUNT(*) FROM roles), (SELECT COUNT(*) FROM responsibilities)").Scan(&roles, &powers); err != nil {
		return err
	}
	if roles == 0 {
		for _, r := range defaults.Roles {
			if err := insertRole(ctx, tx, &Role{Code: r.Code, Name: lang.Text{Zh: r.NameZh, En: r.NameEn}, Lines: r.Lines}); err != nil {
				return err
			}
		}
	}
	if powers > 0 {
		return nil
	}
	for _, p := range defaults.Powers {
		_, err := tx.ExecContext(ctx, "INSERT INTO responsibilities (permission, owner, version) VALUES (?, ?, 1)", string(p.Permission), string(p.Owner))
		if err != nil {
			return fmt.Errorf("writing the responsibility table: %w", err)
		}
	}
	return nil
}
