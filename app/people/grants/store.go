package grants

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// grantRow is a grant as the database has it, with the words for its ids.
type grantRow struct {
	bun.BaseModel `bun:"table:grants,alias:g"`

	ID        int64      `bun:"id"`
	UserID    int64      `bun:"user_id"`
	StaffID   int64      `bun:"staff_id"`
	RoleID    int64      `bun:"role_id"`
	UnitID    int64      `bun:"unit_id"`
	Username  string     `bun:"username"`
	Name      string     `bun:"name"`
	Pinyin    string     `bun:"pinyin"`
	Role      string     `bun:"role"`
	RoleZh    string     `bun:"role_zh"`
	RoleEn    string     `bun:"role_en"`
	Unit      string     `bun:"unit"`
	UnitName  string     `bun:"unit_name"`
	From      db.Date    `bun:"from_on"`
	Until     db.Date    `bun:"to_on"`
	Reason    string     `bun:"reason"`
	GrantedBy string     `bun:"granted_by"`
	GrantedAt time.Time  `bun:"granted_at"`
	RevokedBy string     `bun:"revoked_by"`
	RevokedAt *time.Time `bun:"revoked_at"`
	Version   int64      `bun:"version"`
}

func (r *grantRow) grant() Grant {
	g := Grant{
		ID: r.ID, UserID: r.UserID, StaffID: r.StaffID, RoleID: r.RoleID, UnitID: r.UnitID, Username: r.Username, Name: r.Name, Pinyin: r.Pinyin,
		Role: r.Role, RoleName: lang.Text{Zh: r.RoleZh, En: r.RoleEn}, Unit: r.Unit, UnitName: r.UnitName, From: r.From, Until: r.Until,
		Reason: r.Reason, GrantedBy: r.GrantedBy, GrantedAt: r.GrantedAt.UTC(), RevokedBy: r.RevokedBy, Version: r.Version,
	}
	if r.RevokedAt != nil {
		at := r.RevokedAt.UTC()
		g.RevokedAt = &at
	}
	return g
}

func selectGrants(tx bun.IDB, rows *[]grantRow) *bun.SelectQuery {
	return tx.NewSelect().Model(rows).
		ColumnExpr(`g.id, g.user_id, g.role_id, g.unit_id, g.from_on, g.to_on, g.reason, g.granted_by, g.granted_at, g.revoked_by, g.revoked_at, g.version,
			u.username, COALESCE(u.staff_id, 0) AS staff_id, COALESCE(us.name, '') AS name, COALESCE(us.pinyin, '') AS pinyin, r.code AS role, r.name_zh AS role_zh, r.name_en AS role_en,
			n.code AS unit, n.name AS unit_name`).
		Join("JOIN users AS u ON u.id = g.user_id").Join("LEFT JOIN staff AS us ON us.id = u.staff_id").
		Join("JOIN roles AS r ON r.id = g.role_id").Join("JOIN units AS n ON n.id = g.unit_id")
}

func scan(ctx context.Context, q *bun.SelectQuery, rows *[]grantRow) ([]Grant, error) {
	if err := q.Scan(ctx); err != nil && !db.IsNoRows(err) {
		return nil, fmt.Errorf("reading grants: %w", err)
	}
	grants := make([]Grant, len(*rows))
	for i := range *rows {
		grants[i] = (*rows)[i].grant()
	}
	return grants, nil
}

// inScope is the condition that a grant is in scope: by its unit, or as one's own.
func inScope(scope rbac.Scope) schema.QueryWithArgs { return db.InScope(scope, "n.path", "u.staff_id") }

// find reads a grant in scope.
func find(ctx context.Context, tx db.Tx, scope rbac.Scope, id int64) (*Grant, error) {
	var rows []grantRow
	found, err := scan(ctx, selectGrants(tx, &rows).Where("g.id = ?", id).Where("?", inScope(scope)), &rows)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "grant.unknown", lang.Args{"id": id})
	}
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}

func orders() []page.Order {
	return []page.Order{{Name: "id", Column: "g.id", Int: true}, {Name: "from", Column: "CAST(g.from_on AS TEXT)"}}
}

func list(ctx context.Context, tx db.Tx, scope rbac.Scope, f Filter, p *page.Plan) ([]Grant, error) {
	var rows []grantRow
	q := selectGrants(tx, &rows).Where("?", inScope(scope)).Where("?", p.Where()).OrderExpr(p.OrderBy()).Limit(int64(p.Fetch()))
	if f.Username != "" {
		q.Where("u.username = ?", f.Username)
	}
	if f.Role != "" {
		q.Where("r.code = ?", f.Role)
	}
	if f.Unit != "" {
		q.Where("n.code = ?", f.Unit)
	}
	if !f.On.IsZero() {
		q.Where("g.from_on <= ? AND (g.to_on IS NULL OR g.to_on >= ?)", f.On.String(), f.On.String())
	}
	if !f.On.IsZero() || f.NotRevoked {
		q.Where("g.revoked_at IS NULL")
	}
	return scan(ctx, q, &rows)
}

// spansOf gives what a user holds, without what is revoked.
func spansOf(ctx context.Context, tx db.Tx, userID int64) ([]span, error) {
	var held []span
	err := tx.Each(ctx, `SELECT g.id, r.code, g.from_on, g.to_on FROM grants g JOIN roles r ON r.id = g.role_id
		WHERE g.user_id = ? AND g.revoked_at IS NULL ORDER BY g.id`, []any{userID}, func(r db.Row) error {
		s := span{id: r.Int(0), role: r.Text(1), from: r.Date(2)}
		if !r.Null(3) {
			s.until = r.Date(3)
		}
		held = append(held, s)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading a user's grants: %w", err)
	}
	return held, nil
}

// administrations says of every role which of the three administrations it has a part of.
func administrations(ctx context.Context, tx db.Tx) (map[string]administration, error) {
	p := new(rbac.Policy)
	if err := readRoles(ctx, tx, p); err != nil {
		return nil, fmt.Errorf("reading roles: %w", err)
	}
	found := make(map[string]administration, len(p.Roles))
	for _, r := range p.Roles {
		found[r.Code] = administrationOf(r.Code, r.Lines)
	}
	return found, nil
}

// role finds a role by its code.
func role(ctx context.Context, tx db.Tx, code string) (id int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT id FROM roles WHERE code = ?", code).Scan(&id)
	switch {
	case db.IsNoRows(err):
		return 0, fault.New(fault.Invalid, "role.unknown", lang.Args{"role": code})
	case err != nil:
		return 0, fmt.Errorf("reading a role: %w", err)
	}
	return id, nil
}

// unit finds a unit in scope by its code.
func unit(ctx context.Context, tx db.Tx, scope rbac.Scope, code string) (*people.Unit, error) {
	tree, err := people.Units(ctx, tx, scope)
	if err != nil {
		return nil, err
	}
	if u := tree.ByCode(code); u != nil {
		return u, nil
	}
	return nil, fault.New(fault.Invalid, "unit.unknown", lang.Args{"code": code})
}

// insert makes a grant and gives it its id.
func insert(ctx context.Context, tx db.Tx, g *Grant) error {
	err := tx.QueryRowContext(ctx, `INSERT INTO grants (user_id, role_id, unit_id, from_on, to_on, reason, granted_by, granted_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) RETURNING id`,
		g.UserID, g.RoleID, g.UnitID, g.From, g.Until, g.Reason, g.GrantedBy, g.GrantedAt).Scan(&g.ID)
	switch {
	case db.IsUnique(err):
		return fault.Wrap(err, fault.Conflict, "grant.taken", lang.Args{"username": g.Username, "role": g.Role, "unit": g.Unit, "day": g.From})
	case err != nil:
		return fmt.Errorf("writing a grant: %w", err)
	}
	g.Version = 1
	return nil
}

// update writes the last day and the reason of a grant, or its revocation.
func update(ctx context.Context, tx db.Tx, g *Grant) error {
	_, err := tx.ExecContext(ctx, "UPDATE grants SET to_on = ?, reason = ?, revoked_by = ?, revoked_at = ?, version = version + 1 WHERE id = ?",
		g.Until, g.Reason, g.RevokedBy, g.RevokedAt, g.ID)
	if err != nil {
		return fmt.Errorf("changing a grant: %w", err)
	}
	g.Version++
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"grant.unknown": {Zh: "没有授权 {id}", En: "there is no grant {id}"},
	"grant.taken":   {Zh: "用户 {username} 已有自 {day} 起在机构 {unit} 的角色 {role}", En: "{username} holds {role} at {unit} from {day} already"},
	"role.unknown":  {Zh: "没有角色 {role}", En: "there is no role {role}"},
})
