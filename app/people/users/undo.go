package users

import (
	"context"
	"encoding/json"
	"errors"
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

// entity is the word for users in the history.
const entity = "user"

// Entities lists what this feature keeps a history of. The ender ends what lets
// those in whom an undoing disables.
func Entities(today func() db.Date, ender Ender) []imports.Entity {
	return []imports.Entity{userEntity{accountTable(), today, ender}}
}

func accountTable() *imports.Table[account] {
	return &imports.Table[account]{
		Entity: entity, Name: "users",
		Columns: []string{"username", "staff_id", "email", "state", "created_at"},
		ID:      func(a *account) int64 { return a.ID },
		Write: func(b db.Bulk, a *account) {
			b.Text(a.Username)
			db.OptionalInt(b, a.StaffID, a.StaffID != 0)
			b.Text(a.Email)
			b.Text(string(a.State))
			b.Instant(a.CreatedAt)
		},
		References: []imports.Reference{
			{Table: "grants", Column: "user_id"}, {Table: "credentials", Column: "user_id"}, {Table: "sessions", Column: "user_id"},
			{Table: "api_tokens", Column: "user_id"}, {Table: "one_time_secrets", Column: "user_id"}, {Table: "jobs", Column: "user_id"},
			{Table: "review_cells", Column: "rater_id"}, {Table: "known_sources", Column: "user_id"},
			{Table: "preferences", Column: "user_id"}, {Table: "saved_views", Column: "user_id"},
		},
		Shown: imports.Subject{
			Read: rbac.UserRead,
			Key:  []imports.Field{{Name: "username", Title: lang.Text{Zh: "用户名", En: "username"}}},
			Fields: []imports.Field{
				imports.StaffField("staff_id"),
				{Name: "email", Title: lang.Text{Zh: "邮箱", En: "email"}},
				{Name: "state", Words: "user.state.", Title: lang.Text{Zh: "状态", En: "state"}},
			},
		},
	}
}

// userEntity puts users back, unless one was changed by hand since, has been at
// work, or is the last of the administrators.
type userEntity struct {
	*imports.Table[account]
	today func() db.Date
	ender Ender
}

func (e userEntity) Undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	change := people.PolicyChange{Actor: b.Actor, Today: e.today(), Code: "user.last_administrator"}
	return change.Do(ctx, tx, func(actor rbac.Actor) error {
		if err := access.RequireWhole(actor, rbac.UserManage); err != nil {
			return err
		}
		return e.undo(ctx, tx, b, changes)
	})
}

func (e userEntity) undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	if err := unchanged(ctx, tx, changes); err != nil {
		return err
	}
	if err := e.Table.Undo(ctx, tx, b, changes); err != nil {
		return err
	}
	return e.end(ctx, tx, changes)
}

// end ends what lets those in whom the undoing disabled.
func (e userEntity) end(ctx context.Context, tx db.Tx, changes []imports.Change) error {
	for _, c := range changes {
		if len(c.Before) == 0 {
			continue // it took away a user whom nothing let in
		}
		var back, left account
		if err := errors.Join(json.Unmarshal(c.Before, &back), json.Unmarshal(c.After, &left)); err != nil {
			return fmt.Errorf("reading the history of a user: %w", err)
		}
		if err := endDisabled(ctx, tx, e.ender, left.State, back.State, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// unchanged refuses when a user is not as the batch left them.
func unchanged(ctx context.Context, tx db.Tx, changes []imports.Change) error {
	ids := make([]int64, len(changes))
	for i, c := range changes {
		ids[i] = c.ID
	}
	list, err := accounts(ctx, tx, ids)
	if err != nil {
		return err
	}
	now := make(map[int64]*account, len(list))
	for _, a := range list {
		now[a.ID] = a
	}
	for _, c := range changes {
		var left account
		if err := json.Unmarshal(c.After, &left); err != nil {
			return fmt.Errorf("reading the history of a user: %w", err)
		}
		is := now[c.ID]
		if is != nil {
			left.CreatedAt = is.CreatedAt // it never changes
		}
		if is == nil || *is != left {
			return fault.New(fault.Conflict, "user.changed_since", lang.Args{"username": left.Username})
		}
	}
	return nil
}

// accounts reads users: those of some ids, or all.
func accounts(ctx context.Context, tx db.Tx, ids []int64) ([]*account, error) {
	var rows []struct {
		ID        int64
		Username  string
		StaffID   int64
		Email     string
		State     State
		CreatedAt time.Time
	}
	q := tx.NewSelect().Table("users").ColumnExpr("id, username, COALESCE(staff_id, 0) AS staff_id, email, state, created_at")
	if ids != nil {
		q.Where("id IN (?)", bun.List(ids))
	}
	if err := q.Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("reading users: %w", err)
	}
	list := make([]*account, len(rows))
	for i, r := range rows {
		list[i] = &account{ID: r.ID, Username: r.Username, StaffID: r.StaffID, Email: r.Email, State: r.State, CreatedAt: r.CreatedAt.UTC()}
	}
	return list, nil
}

var _ = lang.Register(map[string]lang.Text{
	"user.changed_since":            {Zh: "不能撤销：用户 {username} 之后又被修改", En: "this cannot be undone: the user {username} was changed since"},
	"import.entity.user":            {Zh: "用户", En: "user"},
	"import.entity.credential":      {Zh: "密码", En: "password"},
	"import.entity.session":         {Zh: "登录会话", En: "session"},
	"import.entity.api_token":       {Zh: "访问令牌", En: "API token"},
	"import.entity.one_time_secret": {Zh: "一次性密钥", En: "one-time secret"},
	"import.entity.job":             {Zh: "后台任务", En: "job"},
	"import.entity.known_source":    {Zh: "登录来源", En: "source of sign-in"},
	"import.entity.preference":      {Zh: "页面偏好", En: "preference"},
	"import.entity.saved_view":      {Zh: "已存视图", En: "saved view"},
	"import.entity.review_cell":     {Zh: "评价", En: "review"},
})
