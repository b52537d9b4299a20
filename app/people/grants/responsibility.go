package grants

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// Responsibility is a row of the responsibility table: which level owns a power.
type Responsibility struct {
	bun.BaseModel `bun:"table:responsibilities" json:"-"`

	Permission rbac.Permission `bun:"permission,pk" json:"permission"`
	Owner      rbac.Level      `bun:"owner" json:"owner"`
	ChangedBy  string          `bun:"changed_by" json:"changed_by,omitempty"` // "": as the product brought it
	ChangedAt  *time.Time      `bun:"changed_at" json:"changed_at,omitempty"`
	Version    int64           `bun:"version" json:"version"` // 0 for a power that has no owner yet
}

// Responsibilities lists the responsibility table by permission.
func (s *Service) Responsibilities(ctx context.Context, actor rbac.Actor) (rows []Responsibility, err error) {
	if err := access.Require(actor, rbac.PolicyRead); err != nil {
		return nil, err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		rows, err = readResponsibilities(ctx, tx)
		return err
	})
	return rows, err
}

func readResponsibilities(ctx context.Context, tx db.Tx) ([]Responsibility, error) {
	rows := []Responsibility{}
	if err := tx.NewSelect().Model(&rows).OrderExpr("permission").Scan(ctx); err != nil && !db.IsNoRows(err) {
		return nil, fmt.Errorf("reading the responsibility table: %w", err)
	}
	for i := range rows {
		if at := rows[i].ChangedAt; at != nil {
			utc := at.UTC()
			rows[i].ChangedAt = &utc
		}
	}
	return rows, nil
}

// fixed is what stays with head office: all that the administrators need.
var fixed = slices.Concat(essential[people.SystemAdmin], essential[people.SecurityAdmin], essential[people.Auditor])

// SetOwner gives a power to a level, on record with the reason. Version is that
// which the caller has seen: 0 for a permission that had no owner.
func (s *Service) SetOwner(ctx context.Context, actor rbac.Actor, p rbac.Permission, owner rbac.Level, version int64, reason string) (*Responsibility, error) {
	if err := access.RequireWhole(actor, rbac.PolicyManage); err != nil {
		return nil, err
	}
	if err := checkReason(reason); err != nil {
		return nil, err
	}
	if !p.Known() {
		return nil, fault.New(fault.NotFound, "permission.unknown", lang.Args{"permission": string(p)})
	}
	if !slices.Contains(rbac.Owners(), owner) {
		return nil, fault.New(fault.Invalid, "responsibility.owner", nil)
	}
	if slices.Contains(fixed, p) && owner != rbac.HeadOffice { // nobody could take it back, or see who did it
		return nil, fault.New(fault.Conflict, "responsibility.fixed", lang.Args{"permission": string(p)})
	}
	var row *Responsibility
	err := s.change(ctx, actor, rbac.PolicyManage, "policy.last_administrator", func(ctx context.Context, tx db.Tx, actor rbac.Actor, at time.Time) error {
		rows, err := readResponsibilities(ctx, tx)
		if err != nil {
			return err
		}
		before := Responsibility{Permission: p}
		if i := slices.IndexFunc(rows, func(r Responsibility) bool { return r.Permission == p }); i >= 0 {
			before = rows[i]
		}
		if before.Version != version {
			conflict := fault.New(fault.Conflict, "responsibility.version", lang.Args{"permission": string(p), "version": before.Version, "yours": version})
			conflict.Current = before
			return conflict
		}
		row = &Responsibility{Permission: p, Owner: owner, ChangedBy: actor.Name, ChangedAt: &at, Version: before.Version + 1}
		if err := row.write(ctx, tx); err != nil {
			return err
		}
		e := audit.Entry{Action: "responsibility.put", Object: "responsibility", Key: string(p), Detail: reason, After: row}
		if before.Version > 0 {
			e.Before = before
		}
		return audit.Write(ctx, tx, at, actor, e)
	})
	return row, err
}

func (r *Responsibility) write(ctx context.Context, tx db.Tx) error {
	_, err := tx.NewInsert().Model(r).On("CONFLICT (permission) DO UPDATE").
		Set("owner = EXCLUDED.owner, changed_by = EXCLUDED.changed_by, changed_at = EXCLUDED.changed_at, version = EXCLUDED.version").Exec(ctx)
	if err != nil {
		return fmt.Errorf("changing the responsibility table: %w", err)
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"responsibility.fixed": {
		Zh: "系统、安全和审计的管理始终归总行：{permission} 不能交给其他层级",
		En: "the administration of the system, of security and of the audit trail stays with head office: {permission} is given to no other level",
	},
	"permission.unknown":   {Zh: "没有权限 {permission}", En: "there is no permission {permission}"},
	"responsibility.owner": {Zh: "归属层级应为：总行、分行、支行", En: "the owner must be head_office, branch or sub_branch"},
	"responsibility.version": {
		Zh: "权限 {permission} 的归属已被他人修改（现为第 {version} 版，您看到的是第 {yours} 版）；请查看后重试",
		En: "the owner of {permission} was changed meanwhile (version {version}, and you have seen {yours}); look and try again",
	},
})
