package grants

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// Role is a named bundle of permissions.
type Role struct {
	Code    string      `json:"code"`
	Name    lang.Text   `json:"name"`
	Lines   []rbac.Line `json:"lines"`
	Version int64       `json:"version"` // 0 for one that is not there yet
}

// The most of a role.
const (
	linesMost = 500
	nameMost  = 200
)

var roleCode = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}[a-z0-9]$`)

// check says what is wrong with a role, every line of it.
func (r *Role) check() error {
	if !roleCode.MatchString(r.Code) {
		return fault.New(fault.Invalid, "role.code", nil)
	}
	for _, name := range []string{r.Name.Zh, r.Name.En} {
		if strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > nameMost || !utf8.ValidString(name) ||
			strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }) {
			return fault.New(fault.Invalid, "role.name", lang.Args{"most": nameMost})
		}
	}
	wrong := fault.New(fault.Invalid, "role.permission", lang.Args{"role": r.Code})
	seen := map[rbac.Line]bool{}
	for i, line := range r.Lines {
		if err := line.Check(); err != nil || seen[line] || len(r.Lines) > linesMost {
			wrong.Problems = append(wrong.Problems, fault.Problem{
				Path: fmt.Sprintf("lines.%d", i), Value: fmt.Sprintf("%s %s %s", line.Permission, line.Reach, line.Effect), Code: "role.line",
			})
		}
		seen[line] = true
	}
	if len(wrong.Problems) > 0 {
		return wrong
	}
	if !administrationOf(r.Code, r.Lines).single() || !administrationOf("", r.Lines).single() {
		return fault.New(fault.Conflict, "role.exclusive", lang.Args{"role": r.Code})
	}
	for _, needed := range essential[r.Code] {
		denies := func(l rbac.Line) bool { return l.Permission == needed && l.Effect == rbac.Deny }
		if !slices.Contains(r.Lines, rbac.Line{Permission: needed, Reach: rbac.Subtree, Effect: rbac.Allow}) || slices.ContainsFunc(r.Lines, denies) {
			return fault.New(fault.Conflict, "role.essential", lang.Args{"role": r.Code, "permission": string(needed)})
		}
	}
	return nil
}

// essential is what the administrators' roles always allow, and never deny: without it nobody could
// mend what is wrong with users, grants and roles.
var essential = map[string][]rbac.Permission{
	people.SystemAdmin:   {rbac.UserRead, rbac.UserManage},
	people.SecurityAdmin: {rbac.GrantRead, rbac.GrantManage, rbac.PolicyRead, rbac.PolicyManage},
	people.Auditor:       {rbac.AuditRead},
}

// Roles lists the roles by code.
func (s *Service) Roles(ctx context.Context, actor rbac.Actor) (roles []Role, err error) {
	if err := access.Require(actor, rbac.PolicyRead); err != nil {
		return nil, err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		roles, err = readRolesWithNames(ctx, tx)
		return err
	})
	return roles, err
}

func readRolesWithNames(ctx context.Context, tx db.Tx) ([]Role, error) {
	p := new(rbac.Policy)
	if err := readRoles(ctx, tx, p); err != nil {
		return nil, fmt.Errorf("reading roles: %w", err)
	}
	roles := make([]Role, 0, len(p.Roles))
	err := tx.Each(ctx, "SELECT code, name_zh, name_en, version FROM roles ORDER BY code", nil, func(r db.Row) error {
		role := Role{Code: r.Text(0), Name: lang.Text{Zh: r.Text(1), En: r.Text(2)}, Version: r.Int(3), Lines: []rbac.Line{}}
		if at := slices.IndexFunc(p.Roles, func(o rbac.Role) bool { return o.Code == role.Code }); at >= 0 && p.Roles[at].Lines != nil {
			role.Lines = p.Roles[at].Lines
		}
		roles = append(roles, role)
		return nil
	})
	return roles, err
}

// PutRole makes a role (with version 0) or replaces one. Nobody changes a role
// that they hold: that would be a grant to oneself. Nobody who holds it may come
// to hold two of the three administrations.
func (s *Service) PutRole(ctx context.Context, actor rbac.Actor, r Role) (*Role, error) {
	if err := access.RequireWhole(actor, rbac.PolicyManage); err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	err := s.change(ctx, actor, rbac.PolicyManage, "policy.last_administrator", func(ctx context.Context, tx db.Tx, actor rbac.Actor, at time.Time) error {
		if err := s.notOwnRole(ctx, tx, actor, r.Code); err != nil {
			return err
		}
		roles, err := readRolesWithNames(ctx, tx)
		if err != nil {
			return err
		}
		var before *Role
		if i := slices.IndexFunc(roles, func(o Role) bool { return o.Code == r.Code }); i >= 0 {
			before = &roles[i]
		}
		if err := s.putRole(ctx, tx, before, &r); err != nil {
			return err
		}
		e := audit.Entry{Action: "role.put", Object: "role", Key: r.Code, After: r}
		if before != nil {
			e.Before = before
		}
		return audit.Write(ctx, tx, at, actor, e)
	})
	return &r, err
}

// notOwnRole refuses to change a role that the actor holds, or will hold.
func (s *Service) notOwnRole(ctx context.Context, tx db.Tx, actor rbac.Actor, code string) error {
	if actor.UserID == 0 {
		return nil
	}
	held, err := spansOf(ctx, tx, actor.UserID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(held, func(h span) bool { return h.role == code && (h.until.IsZero() || !h.until.Before(s.today())) }) {
		return fault.New(fault.Forbidden, "role.own", lang.Args{"role": code})
	}
	return nil
}

func (s *Service) putRole(ctx context.Context, tx db.Tx, before, r *Role) error {
	stands := int64(0)
	if before != nil {
		stands = before.Version
	}
	if stands != r.Version {
		conflict := fault.New(fault.Conflict, "role.version", lang.Args{"role": r.Code, "version": stands, "yours": r.Version})
		if before != nil {
			conflict.Current = before
		}
		return conflict
	}
	if before == nil {
		taken, err := s.users.Named(ctx, tx, r.Code)
		if err != nil {
			return err
		}
		if taken {
			return fault.New(fault.Conflict, "role.is_user", lang.Args{"role": r.Code})
		}
		return insertRole(ctx, tx, r)
	}
	if err := replaceRole(ctx, tx, r); err != nil {
		return err
	}
	return s.holdersStayExclusive(ctx, tx, r.Code)
}

// holdersStayExclusive refuses what makes a holder of a role hold two administrations.
func (s *Service) holdersStayExclusive(ctx context.Context, tx db.Tx, code string) error {
	powers, err := administrations(ctx, tx)
	if err != nil || powers[code] == 0 {
		return err
	}
	var holders []int64
	err = tx.Each(ctx, `SELECT DISTINCT g.user_id FROM grants g JOIN roles r ON r.id = g.role_id WHERE r.code = ? AND g.revoked_at IS NULL`,
		[]any{code}, func(r db.Row) error {
			holders = append(holders, r.Int(0))
			return nil
		})
	if err != nil {
		return err
	}
	for _, user := range holders {
		spans, err := spansOf(ctx, tx, user)
		if err != nil {
			return err
		}
		for _, h := range spans {
			if other := clash(h, spans, powers); other != "" {
				return fault.New(fault.Conflict, "role.holder", lang.Args{"role": h.role, "other": other})
			}
		}
	}
	return nil
}

func insertRole(ctx context.Context, tx db.Tx, r *Role) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO roles (code, name_zh, name_en, version) VALUES (?, ?, ?, 1)", r.Code, r.Name.Zh, r.Name.En)
	if err != nil {
		return fmt.Errorf("writing a role: %w", err)
	}
	r.Version = 1
	return insertLines(ctx, tx, r)
}

func replaceRole(ctx context.Context, tx db.Tx, r *Role) error {
	_, err := tx.ExecContext(ctx, "UPDATE roles SET name_zh = ?, name_en = ?, version = version + 1 WHERE code = ?", r.Name.Zh, r.Name.En, r.Code)
	if err == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM role_permissions WHERE role_id = (SELECT id FROM roles WHERE code = ?)", r.Code)
	}
	if err != nil {
		return fmt.Errorf("changing a role: %w", err)
	}
	r.Version++
	return insertLines(ctx, tx, r)
}

func insertLines(ctx context.Context, tx db.Tx, r *Role) error {
	for _, line := range r.Lines {
		_, err := tx.ExecContext(ctx, `INSERT INTO role_permissions (role_id, permission, reach, effect) SELECT id, ?, ?, ? FROM roles WHERE code = ?`,
			string(line.Permission), string(line.Reach), string(line.Effect), r.Code)
		if err != nil {
			return fmt.Errorf("writing the lines of a role: %w", err)
		}
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"role.code":       {Zh: "角色代码须为 2 至 64 个小写英文字母、数字或 _，以字母开头", En: "a role's code has 2 to 64 small letters, digits and _, and begins with a letter"},
	"role.name":       {Zh: "角色须有中文和英文名称，各不超过 {most} 个字符", En: "a role has a name in Chinese and one in English, of at most {most} characters"},
	"role.permission": {Zh: "角色 {role} 有无效的权限行", En: "the role {role} has lines that are wrong"},
	"role.line":       {Zh: "没有这样的权限、范围或效果，或该行重复", En: "there is no such permission, reach or effect, or the line stands twice"},
	"role.exclusive":  {Zh: "三员分立：角色 {role} 不能兼有系统管理、安全管理、审计管理中的两项", En: "the role {role} cannot have a part of two of system, security and audit administration"},
	"role.own":        {Zh: "您持有角色 {role}，不能修改它；请由不持有它的人修改", En: "you hold the role {role} and cannot change it: somebody who does not can"},
	"role.essential":  {Zh: "角色 {role} 必须保留权限 {permission}（本机构及以下），且不得禁止", En: "the role {role} keeps the permission {permission} with the reach subtree, and does not deny it"},
	"role.holder":     {Zh: "三员分立：有用户同期持有角色 {role} 和 {other}，不能这样修改", En: "this cannot be: a user holds {role} and {other} at the same time"},
	"role.is_user":    {Zh: "已有用户名为 {role}；角色代码不能与用户名相同", En: "there is a user called {role}; a role's code is nobody's username"},
	"role.version": {
		Zh: "角色 {role} 已被他人修改（现为第 {version} 版，您看到的是第 {yours} 版）；请查看后重试",
		En: "the role {role} was changed meanwhile (version {version}, and you have seen {yours}); look and try again",
	},
})
