package grants

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
)

// Question is: may a user do something?
type Question struct {
	Username   string // "": whoever asks
	Permission rbac.Permission
	Unit       string  // the code of where; "" for anywhere at all, or where the member works
	StaffNo    string  // whose record; "" for nobody's
	On         db.Date // none: today
}

// Answer is a decision, and the words for what it names.
type Answer struct {
	rbac.Decision
	Username string
	Grant    *Grant // that decided, nil if none did
}

// Can answers whether a user may do something, and why. Everybody asks about
// themselves; about others whoever may explain access to them. What lies outside
// of what the asker may know is answered as what is not there.
func (s *Service) Can(ctx context.Context, asker rbac.Actor, q Question) (*Answer, error) {
	if !q.Permission.Known() {
		return nil, fault.New(fault.Invalid, "permission.unknown", lang.Args{"permission": string(q.Permission)})
	}
	if q.On.IsZero() {
		q.On = s.today()
	}
	a := &asking{service: s, asker: asker, q: q}
	var answer *Answer
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		u, err := a.user(ctx, tx)
		if err != nil {
			return err
		}
		on, err := a.target(ctx, tx)
		if err != nil {
			return err
		}
		answer, err = a.decide(ctx, tx, s.guard.Snapshot(), u, on)
		return err
	})
	return answer, err
}

// asking is a question on its way to the answer.
type asking struct {
	service *Service
	asker   rbac.Actor
	q       Question
}

// self says whether the asker asks about themselves.
func (a *asking) self() bool {
	return !a.asker.IsOperator() && (a.q.Username == "" || a.q.Username == a.asker.Name)
}

// user finds whom the question is about, among those about whom the asker may ask.
func (a *asking) user(ctx context.Context, tx db.Tx) (*users.User, error) {
	if a.self() {
		return &users.User{ID: a.asker.UserID, StaffID: a.asker.StaffID, Username: a.asker.Name}, nil
	}
	if err := access.Require(a.asker, rbac.AccessExplain); err != nil {
		return nil, err
	}
	return users.Find(ctx, tx, users.ReachOf(a.asker, rbac.AccessExplain, a.service.today()), a.q.Username)
}

// target finds what the question is about. A member without a unit stands where
// they work on the day.
func (a *asking) target(ctx context.Context, tx db.Tx) (on rbac.Target, err error) {
	if a.q.Unit != "" {
		if on.UnitID, err = a.unit(ctx, tx); err != nil {
			return on, err
		}
	}
	if a.q.StaffNo != "" {
		var unitID int64
		if on.StaffID, unitID, err = a.member(ctx, tx); err != nil {
			return on, err
		}
		if on.UnitID == 0 {
			on.UnitID = unitID
		}
	}
	return on, nil
}

// known are the permissions by which the asker knows that something is there:
// that to see it, that to explain, and the one that the question is about.
func (a *asking) known(see rbac.Permission) []rbac.Permission {
	return []rbac.Permission{see, rbac.AccessExplain, a.q.Permission}
}

func (a *asking) unit(ctx context.Context, tx db.Tx) (int64, error) {
	for _, p := range a.known(rbac.UnitRead) {
		tree, err := people.Units(ctx, tx, a.asker.Scope(p))
		if err != nil {
			return 0, err
		}
		if u := tree.ByCode(a.q.Unit); u != nil {
			return u.ID, nil
		}
	}
	return 0, fault.New(fault.NotFound, "unit.unknown", lang.Args{"code": a.q.Unit})
}

// member finds a member of the staff, and the unit where they work on the day; 0 for none.
func (a *asking) member(ctx context.Context, tx db.Tx) (id, unitID int64, err error) {
	for _, p := range a.known(rbac.StaffRead) {
		reach := users.ReachOf(a.asker, p, a.q.On)
		err := tx.NewSelect().TableExpr("staff AS s").ColumnExpr("s.id, COALESCE(ma.unit_id, 0)").
			Join("LEFT JOIN assignments AS ma ON ma.staff_id = s.id AND "+people.CurrentUnit("ma"), a.q.On.String(), a.q.On.String()).
			Where("s.staff_no = ?", a.q.StaffNo).
			Where("(? OR s.id = ?)", reach.Where("s.id"), a.asker.StaffID).Scan(ctx, &id, &unitID)
		if err == nil {
			return id, unitID, nil
		}
		if !db.IsNoRows(err) {
			return 0, 0, fmt.Errorf("reading a member: %w", err)
		}
	}
	return 0, 0, fault.New(fault.NotFound, "staff.unknown", lang.Args{"code": a.q.StaffNo})
}

// decide asks the policy. Whoever asks about themselves today is answered as what
// they came with: a token may carry less.
func (a *asking) decide(ctx context.Context, tx db.Tx, policy *rbac.Snapshot, u *users.User, on rbac.Target) (*Answer, error) {
	day := rbac.Day(a.q.On.String())
	answer := &Answer{Username: u.Username}
	if a.self() && day == a.asker.Day() {
		answer.Decision = a.asker.Decide(a.q.Permission, on)
	} else {
		answer.Decision = policy.Decide(rbac.Question{UserID: u.ID, Permission: a.q.Permission, On: on, Day: day})
	}
	if answer.Decision.Grant == nil {
		return answer, nil
	}
	var rows []grantRow
	found, err := scan(ctx, selectGrants(tx, &rows).Where("g.id = ?", answer.Decision.Grant.ID), &rows)
	if len(found) > 0 {
		answer.Grant = &found[0]
	}
	return answer, err
}

// Holders is a page of who may do something, each with the grant by which, and
// the cursor of the next; "" on the last.
type Holders struct {
	Grants []Grant
	Next   string
}

// Holders gives those who may do something at a unit (anywhere at all without
// one), among those about whom the asker may ask.
func (s *Service) Holders(ctx context.Context, asker rbac.Actor, q Question, pages page.Query) (*Holders, error) {
	if err := access.Require(asker, rbac.AccessExplain); err != nil {
		return nil, err
	}
	if !q.Permission.Known() {
		return nil, fault.New(fault.Invalid, "permission.unknown", lang.Args{"permission": string(q.Permission)})
	}
	plan, err := pages.Plan("u.id", page.Order{Name: "id", Column: "u.id", Int: true})
	if err != nil {
		return nil, err
	}
	if q.On.IsZero() {
		q.On = s.today()
	}
	a := &asking{service: s, asker: asker, q: q}
	found := &Holders{}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		on, err := a.target(ctx, tx)
		if err != nil {
			return err
		}
		found, err = a.holders(ctx, tx, s.guard.Snapshot(), on, plan)
		return err
	})
	return found, err
}

// holders decides for one user after another of those who hold a role that might
// give the permission, until the page is full.
func (a *asking) holders(ctx context.Context, tx db.Tx, policy *rbac.Snapshot, on rbac.Target, plan *page.Plan) (*Holders, error) {
	day := a.q.On.String()
	reach := users.ReachOf(a.asker, rbac.AccessExplain, a.service.today())
	var ids []int64
	err := tx.Each(ctx, `SELECT DISTINCT u.id FROM users u JOIN grants g ON g.user_id = u.id JOIN role_permissions l ON l.role_id = g.role_id
		WHERE l.permission = ? AND l.effect = 'allow' AND u.state = 'active' AND g.revoked_at IS NULL AND g.from_on <= ? AND (g.to_on IS NULL OR g.to_on >= ?)
		AND ? AND ? ORDER BY u.id`, []any{string(a.q.Permission), day, day, reach.Where("u.staff_id"), plan.Where()}, func(r db.Row) error {
		ids = append(ids, r.Int(0))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for holders: %w", err)
	}
	var by []int64
	found := &Holders{Grants: []Grant{}}
	var last int64
	for _, id := range ids {
		d := policy.Decide(rbac.Question{UserID: id, Permission: a.q.Permission, On: on, Day: rbac.Day(day)})
		if !d.Allowed || d.Grant == nil {
			continue
		}
		if len(by) == plan.Limit {
			found.Next = plan.Next(last, last)
			break
		}
		by, last = append(by, d.Grant.ID), id
	}
	if len(by) == 0 {
		return found, nil
	}
	var rows []grantRow
	found.Grants, err = scan(ctx, selectGrants(tx, &rows).Where("g.id IN (?)", bun.List(by)).OrderExpr("g.user_id"), &rows)
	return found, err
}
