package grants

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// Me says who an actor is, what they may do somewhere, and the grants that they
// hold today.
func (s *Service) Me(ctx context.Context, actor rbac.Actor) (api.Me, error) {
	me := api.Me{Permissions: []string{}, Roles: []api.Grant{}}
	for _, p := range rbac.Permissions() {
		if actor.Decide(p, rbac.Target{}).Allowed {
			me.Permissions = append(me.Permissions, string(p))
		}
	}
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := s.person(ctx, tx, actor.UserID, &me); err != nil {
			return err
		}
		var rows []grantRow
		today := s.today().String()
		held, err := scan(ctx, selectGrants(tx, &rows).Where("g.user_id = ?", actor.UserID).Where("g.revoked_at IS NULL").
			Where("g.from_on <= ? AND (g.to_on IS NULL OR g.to_on >= ?)", today, today).Order("g.id"), &rows)
		for i := range held {
			me.Roles = append(me.Roles, held[i].Answer())
		}
		return err
	})
	return me, err
}

// person reads who a user is, and where they work today.
func (s *Service) person(ctx context.Context, tx db.Tx, userID int64, me *api.Me) error {
	var row struct {
		Username string `bun:"username"`
		StaffNo  string `bun:"staff_no"`
		Name     string `bun:"name"`
		Pinyin   string `bun:"pinyin"`
		Unit     string `bun:"unit"`
	}
	today := s.today().String()
	err := tx.NewRaw(`SELECT u.username, COALESCE(s.staff_no, '') AS staff_no, COALESCE(s.name, '') AS name, COALESCE(s.pinyin, '') AS pinyin,
		COALESCE((SELECT n.code FROM assignments a JOIN units n ON n.id = a.unit_id WHERE a.staff_id = u.staff_id AND a.state <> 'left' AND `+
		people.CurrentUnit("a")+`), '') AS unit FROM users u LEFT JOIN staff s ON s.id = u.staff_id WHERE u.id = ?`, today, today, userID).Scan(ctx, &row)
	if err != nil {
		return fmt.Errorf("reading who a user is: %w", err)
	}
	me.Username, me.StaffNo, me.Name, me.Unit = row.Username, api.Optional(row.StaffNo), api.Optional(row.Name), api.Optional(row.Unit)
	me.Pinyin = api.Optional(people.Written(row.Name, row.Pinyin))
	return nil
}
