package grants

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// entity is the word for grants in the history.
const entity = "grant"

// held is a grant as files make it and the history keeps it.
type held struct {
	ID        int64     `json:"id"`
	UserID    int64     `json:"user_id"`
	RoleID    int64     `json:"role_id"`
	UnitID    int64     `json:"unit_id"`
	From      db.Date   `json:"from_on"`
	Until     db.Date   `json:"to_on,omitzero"`
	Reason    string    `json:"reason,omitempty"`
	GrantedBy string    `json:"granted_by"`
	GrantedAt time.Time `json:"granted_at"`
}

func (g *held) span(roles map[int64]string) span { return span{g.ID, roles[g.RoleID], g.From, g.Until} }

// eachHeld hands out the grants that meet a condition, in the order of their ids.
func eachHeld(ctx context.Context, tx db.Tx, condition string, args []any, f func(*held)) error {
	var rows []struct {
		ID        int64
		UserID    int64
		RoleID    int64
		UnitID    int64
		FromOn    db.Date
		ToOn      db.Date
		Reason    string
		GrantedBy string
		GrantedAt time.Time
	}
	err := tx.NewSelect().Table("grants").ColumnExpr("id, user_id, role_id, unit_id, from_on, to_on, reason, granted_by, granted_at").
		Where(condition, args...).OrderExpr("id").Scan(ctx, &rows)
	if err != nil && !db.IsNoRows(err) {
		return fmt.Errorf("reading grants: %w", err)
	}
	for _, r := range rows {
		f(&held{
			ID: r.ID, UserID: r.UserID, RoleID: r.RoleID, UnitID: r.UnitID, From: r.FromOn, Until: r.ToOn,
			Reason: r.Reason, GrantedBy: r.GrantedBy, GrantedAt: r.GrantedAt.UTC(),
		})
	}
	return nil
}

func grantTable() *imports.Table[held] {
	return &imports.Table[held]{
		Entity: entity, Name: "grants",
		Columns: []string{"user_id", "role_id", "unit_id", "from_on", "to_on", "reason", "granted_by", "granted_at"},
		ID:      func(g *held) int64 { return g.ID },
		Write: func(b db.Bulk, g *held) {
			b.Int(g.UserID)
			b.Int(g.RoleID)
			b.Int(g.UnitID)
			b.Date(g.From)
			b.Date(g.Until)
			b.Text(g.Reason)
			b.Text(g.GrantedBy)
			b.Instant(g.GrantedAt)
		},
		Shown: imports.Subject{
			Read: rbac.GrantRead,
			Key: []imports.Field{
				{Name: "username", From: "user_id", Of: imports.OfUser, Title: lang.Text{Zh: "用户名", En: "username"}},
				{Name: "role", From: "role_id", Of: imports.OfRole, Title: lang.Text{Zh: "角色", En: "role"}},
				imports.UnitField("unit_id"),
				{Name: "from", From: "from_on", Title: lang.Text{Zh: "生效日期", En: "from"}},
			},
			Fields: []imports.Field{
				{Name: "to", From: "to_on", Title: lang.Text{Zh: "结束日期", En: "to"}},
				{Name: "reason", Title: lang.Text{Zh: "原因", En: "reason"}},
			},
		},
	}
}

// Entities lists what this feature keeps a history of.
func Entities(today func() db.Date) []imports.Entity {
	return []imports.Entity{grantEntity{grantTable(), today}}
}

// grantEntity puts grants back: what a file granted is revoked, because that it
// was there stays readable; what it changed gets its old last day and reason.
type grantEntity struct {
	*imports.Table[held]
	today func() db.Date
}

func (e grantEntity) Undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	change := people.PolicyChange{Actor: b.Actor, Today: e.today(), Code: "grant.last_administrator"}
	return change.Do(ctx, tx, func(actor rbac.Actor) error {
		if err := access.RequireWhole(actor, rbac.GrantManage); err != nil {
			return err
		}
		return e.undo(ctx, tx, b, changes)
	})
}

func (e grantEntity) undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	k, err := readKnown(ctx, tx)
	if err != nil {
		return err
	}
	now := map[int64]*held{}
	for _, g := range k.grants {
		now[g.ID] = g
	}
	var gone []int64
	var back []*held
	for _, c := range changes {
		before, err := e.before(b, k, now, c)
		if err != nil {
			return err
		}
		if before == nil {
			gone = append(gone, c.ID)
			b.History(entity, c.ID, 0, c.After, nil)
			continue
		}
		back = append(back, before)
		b.History(entity, c.ID, 0, c.After, c.Before)
	}
	if err := revoke(ctx, tx, b, gone); err != nil {
		return err
	}
	if err := e.Update(ctx, tx, back); err != nil {
		return err
	}
	b.Count(0, len(back), 0, len(gone))
	return nil
}

// before gives what a grant is put back to, nil for one that goes. One that was
// changed or revoked since is a conflict; so is what the rules forbid by now.
func (e grantEntity) before(b *imports.Batch, k *known, now map[int64]*held, c imports.Change) (*held, error) {
	var left held
	if err := json.Unmarshal(c.After, &left); err != nil {
		return nil, fmt.Errorf("reading the history of a grant: %w", err)
	}
	is := now[c.ID]
	if is != nil {
		left.GrantedAt = is.GrantedAt // it never changes
	}
	if is == nil || *is != left {
		return nil, fault.New(fault.Conflict, "grant.changed_since", lang.Args{"id": c.ID})
	}
	if b.Actor.UserID != 0 && b.Actor.UserID == left.UserID {
		return nil, fault.New(fault.Forbidden, "grant.self", nil)
	}
	if len(c.Before) == 0 {
		return nil, nil //nolint:nilnil // it was not there
	}
	before := new(held)
	if err := json.Unmarshal(c.Before, before); err != nil {
		return nil, fmt.Errorf("reading the history of a grant: %w", err)
	}
	if other := clash(before.span(k.codes), k.spans[before.UserID], k.powers); other != "" {
		return nil, fault.New(fault.Conflict, "grant.undo_exclusive", lang.Args{"id": c.ID, "role": k.codes[before.RoleID], "other": other})
	}
	return before, nil
}

// revoke takes grants away in the name of whoever undoes the batch.
func revoke(ctx context.Context, tx db.Tx, b *imports.Batch, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE grants SET revoked_by = ?, revoked_at = ?, version = version + 1 WHERE id IN (?)", b.Actor.Name, b.At, bun.List(ids))
	if err != nil {
		return fmt.Errorf("revoking grants: %w", err)
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"grant.changed_since":  {Zh: "不能撤销：授权 {id} 之后又被修改或撤销", En: "this cannot be undone: grant {id} was changed or revoked since"},
	"grant.undo_exclusive": {Zh: "不能撤销：授权 {id}（{role}）会与同一用户的角色 {other} 同期有效（三员分立）", En: "this cannot be undone: grant {id} ({role}) would stand beside {other} of the same user"},
	"import.entity.grant":  {Zh: "授权", En: "grant"},
})
