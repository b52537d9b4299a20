package grants

import (
	"context"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
)

// Service keeps grants, roles and the responsibility table.
type Service struct {
	db    *db.DB
	clock func() time.Time
	today func() db.Date
	users *users.Service
	guard *rbac.Guard
}

// NewService makes the service. Today is the day in the bank's time zone.
func NewService(d *db.DB, clock func() time.Time, today func() db.Date, u *users.Service) *Service {
	s := &Service{db: d, clock: clock, today: today, users: u}
	s.guard = rbac.NewGuard(s.LoadPolicy, s.PolicyVersion).WithClock(clock)
	return s
}

// Guard holds the policy in force, as it was last loaded from the database.
func (s *Service) Guard() *rbac.Guard { return s.guard }

// Filter says which grants are listed.
type Filter struct {
	Username, Role, Unit string  // all if empty
	On                   db.Date // those in force that day; none: all
	NotRevoked           bool
}

// List is a page of grants, and the cursor of the next; "" on the last.
type List struct {
	Grants []Grant
	Next   string
}

// List gives a page of the grants that the actor may see.
func (s *Service) List(ctx context.Context, actor rbac.Actor, f Filter, q page.Query) (*List, error) {
	if err := access.Require(actor, rbac.GrantRead); err != nil {
		return nil, err
	}
	plan, err := q.Plan("g.id", orders()...)
	if err != nil {
		return nil, err
	}
	found := &List{}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		found.Grants, err = list(ctx, tx, actor.Scope(rbac.GrantRead), f, plan)
		return err
	})
	if err == nil && len(found.Grants) > plan.Limit {
		found.Grants = found.Grants[:plan.Limit]
		last := found.Grants[plan.Limit-1]
		var value any = last.ID
		if plan.Sort() == "from" {
			value = last.From.String()
		}
		found.Next = plan.Next(value, last.ID)
	}
	return found, err
}

// Get gives one grant.
func (s *Service) Get(ctx context.Context, actor rbac.Actor, id int64) (g *Grant, err error) {
	if err := access.Require(actor, rbac.GrantRead); err != nil {
		return nil, err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		g, err = find(ctx, tx, actor.Scope(rbac.GrantRead), id)
		return err
	})
	return g, err
}

// New is a grant to be made.
type New struct {
	Username, Role, Unit string
	From, Until          db.Date // no Until: without end
	Reason               string
}

// Create grants a role. Nobody grants to themselves, and nobody comes to hold
// two of the three administrations on one day.
func (s *Service) Create(ctx context.Context, actor rbac.Actor, n New) (g *Grant, err error) {
	if err := access.Require(actor, rbac.GrantManage); err != nil {
		return nil, err
	}
	if err := checkReason(n.Reason); err != nil {
		return nil, err
	}
	err = s.change(ctx, actor, rbac.GrantManage, "grant.last_administrator", func(ctx context.Context, tx db.Tx, actor rbac.Actor, at time.Time) error {
		g, err = idempotency.Do(ctx, tx, at, func() (*Grant, error) {
			u, err := users.Find(ctx, tx, users.ReachOf(actor, rbac.GrantManage, s.today()), n.Username)
			if err != nil {
				return nil, asInvalid(err)
			}
			made, err := add(ctx, tx, at, actor, u, n)
			if err != nil {
				return nil, err
			}
			return made, audit.Write(ctx, tx, at, actor, entry("grant.create", made, nil))
		})
		return err
	})
	return g, err
}

// add makes a grant for a user in a transaction that has bumped the policy.
func add(ctx context.Context, tx db.Tx, at time.Time, actor rbac.Actor, u *users.User, n New) (*Grant, error) {
	place, err := unit(ctx, tx, actor.Scope(rbac.GrantManage), n.Unit)
	if err != nil {
		return nil, err
	}
	roleID, err := role(ctx, tx, n.Role)
	if err != nil {
		return nil, err
	}
	if err := mayGrant(actor, u.ID, u.StaffID, place.ID); err != nil {
		return nil, err
	}
	if err := checkDays(place, n.From, n.Until); err != nil {
		return nil, err
	}
	g := &Grant{
		UserID: u.ID, StaffID: u.StaffID, RoleID: roleID, UnitID: place.ID, Username: u.Username, Name: u.Name, Role: n.Role,
		Unit: place.Code, UnitName: place.Name, From: n.From, Until: n.Until, Reason: n.Reason, GrantedBy: actor.Name, GrantedAt: at,
	}
	if err := exclusive(ctx, tx, g); err != nil {
		return nil, err
	}
	return g, insert(ctx, tx, g)
}

// mayGrant refuses grants to oneself, as the same sign-in or the same member of the staff.
func mayGrant(actor rbac.Actor, userID, staffID, unitID int64) error {
	if actor.UserID != 0 && actor.UserID == userID || actor.StaffID != 0 && actor.StaffID == staffID {
		return fault.New(fault.Forbidden, "grant.self", nil)
	}
	return access.RequireOn(actor, rbac.GrantManage, rbac.Target{UnitID: unitID, UserID: userID, StaffID: staffID})
}

// exclusive refuses a grant beside another of the same user's that one person may not hold with it.
func exclusive(ctx context.Context, tx db.Tx, g *Grant) error {
	powers, err := administrations(ctx, tx)
	if err != nil {
		return err
	}
	held, err := spansOf(ctx, tx, g.UserID)
	if err != nil {
		return err
	}
	if other := clash(span{g.ID, g.Role, g.From, g.Until}, held, powers); other != "" {
		return fault.New(fault.Conflict, "grant.exclusive", lang.Args{"username": g.Username, "role": g.Role, "other": other})
	}
	return nil
}

// ChangeEnd gives a grant another last day, none for one without end, and keeps
// the reason for it, if there is one.
func (s *Service) ChangeEnd(ctx context.Context, actor rbac.Actor, id, version int64, until db.Date, reason string) (*Grant, error) {
	return s.with(ctx, actor, id, version, "grant.change", reason, func(ctx context.Context, tx db.Tx, g *Grant, _ time.Time) error {
		if !until.IsZero() && until.Before(g.From) {
			return fault.New(fault.Invalid, "grant.dates", nil)
		}
		g.Until = until
		if reason != "" {
			g.Reason = reason
		}
		return exclusive(ctx, tx, g)
	})
}

// Revoke takes a grant away from now on; that it was there stays on record.
func (s *Service) Revoke(ctx context.Context, actor rbac.Actor, id, version int64, reason string) (*Grant, error) {
	return s.with(ctx, actor, id, version, "grant.revoke", reason, func(_ context.Context, _ db.Tx, g *Grant, at time.Time) error {
		g.RevokedBy, g.RevokedAt = actor.Name, &at
		return nil
	})
}

// with does something to one grant that the actor manages, and puts it on record.
func (s *Service) with(ctx context.Context, actor rbac.Actor, id, version int64, action, reason string,
	f func(context.Context, db.Tx, *Grant, time.Time) error,
) (g *Grant, err error) {
	if err := access.Require(actor, rbac.GrantManage); err != nil {
		return nil, err
	}
	if err := checkReason(reason); err != nil {
		return nil, err
	}
	err = s.change(ctx, actor, rbac.GrantManage, "grant.last_administrator", func(ctx context.Context, tx db.Tx, actor rbac.Actor, at time.Time) error {
		if g, err = find(ctx, tx, actor.Scope(rbac.GrantManage), id); err != nil {
			return err
		}
		if err := mayGrant(actor, g.UserID, g.StaffID, g.UnitID); err != nil {
			return err
		}
		before := *g
		switch {
		case g.Version != version:
			conflict := fault.New(fault.Conflict, "grant.version", lang.Args{"id": id, "version": g.Version, "yours": version})
			conflict.Current = g
			return conflict
		case g.RevokedAt != nil:
			return fault.New(fault.Conflict, "grant.revoked", lang.Args{"id": id, "by": g.RevokedBy})
		}
		if err := f(ctx, tx, g, at); err != nil {
			return err
		}
		if err := update(ctx, tx, g); err != nil {
			return err
		}
		e := entry(action, g, &before)
		e.Detail = reason
		return audit.Write(ctx, tx, at, actor, e)
	})
	return g, err
}

// change does something to what decisions are made from, while nobody else does,
// if the actor still has the permission by then. Code is that of the refusal to
// leave nobody who administers.
func (s *Service) change(ctx context.Context, actor rbac.Actor, p rbac.Permission, code string,
	f func(context.Context, db.Tx, rbac.Actor, time.Time) error,
) error {
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return people.PolicyChange{Actor: actor, Today: s.today(), Code: code}.Do(ctx, tx, func(actor rbac.Actor) error {
			if err := access.Require(actor, p); err != nil {
				return err
			}
			return f(ctx, tx, actor, db.Now(s.clock))
		})
	})
}

func entry(action string, after, before *Grant) audit.Entry {
	e := audit.Entry{Action: action, Object: "grant", Key: strconv.FormatInt(after.ID, 10), Detail: after.Reason, After: after}
	if before != nil {
		e.Before = before
	}
	return e
}

func checkReason(reason string) error {
	if utf8.RuneCountInString(reason) > reasonMost || !utf8.ValidString(reason) {
		return fault.New(fault.Invalid, "grant.reason", lang.Args{"most": reasonMost})
	}
	return nil
}

// asInvalid makes of something that a request names and that is not there a fault of the request.
func asInvalid(err error) error {
	if e, ok := fault.As(err); ok && e.Kind == fault.NotFound {
		return fault.Wrap(err, fault.Invalid, e.Code, e.Args)
	}
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"grant.self":      {Zh: "职责分离：不能给自己授权，也不能改动自己的授权", En: "separation of duties: nobody grants to themselves, or changes a grant of their own"},
	"grant.exclusive": {Zh: "三员分立：用户 {username} 同期持有角色 {other}，不能再持有角色 {role}", En: "{username} holds {other} at the same time and cannot hold {role}: system, security and audit administration are for three people"},
	"grant.version": {
		Zh: "授权 {id} 已被他人修改（现为第 {version} 版，您看到的是第 {yours} 版）；请查看后重试",
		En: "grant {id} was changed meanwhile (version {version}, and you have seen {yours}); look and try again",
	},
	"grant.revoked": {Zh: "授权 {id} 已由 {by} 撤销", En: "grant {id} was revoked already, by {by}"},
	"grant.reason":  {Zh: "原因最多 {most} 个字符，且须为文字", En: "a reason is a text of at most {most} characters"},
})
