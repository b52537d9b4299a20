package users

import (
	"context"
	"slices"
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
	"github.com/steelyard/steelyard/rbac"
)

// Invitation is a one-time secret with which a user sets a password.
type Invitation struct {
	Username  string    `json:"username"`
	Secret    string    `json:"secret,omitempty"` // shown once, kept nowhere
	Link      string    `json:"link,omitempty"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Ender ends what lets users in. It writes nothing on the audit trail.
type Ender interface {
	// EndAll ends all that a user is signed in with (sessions, API tokens), and the secrets that are open.
	EndAll(ctx context.Context, tx db.Tx, userID int64) error
}

// Inviter lets users sign in, and ends it. It writes nothing on the audit trail.
type Inviter interface {
	Ender
	// Invite makes the secret for a first password; by is who asked for it.
	Invite(ctx context.Context, tx db.Tx, userID int64, by string) (Invitation, error)
}

// Service keeps the users.
type Service struct {
	db      *db.DB
	clock   func() time.Time
	today   func() db.Date
	inviter Inviter
}

// NewService makes the service. Today is the day in the bank's time zone;
// without an inviter new users are given no secret.
func NewService(d *db.DB, clock func() time.Time, today func() db.Date, inviter Inviter) *Service {
	return &Service{db: d, clock: clock, today: today, inviter: inviter}
}

// Filter says which users are listed.
type Filter struct {
	Search string // part of the username or the name, or how the name sounds
	State  State  // both if empty
}

// searchMost is the most characters of a search.
const searchMost = 100

// List is a page of users, and the cursor of the next; "" on the last.
type List struct {
	Users []User
	Next  string
}

// List gives a page of the users that the actor may see.
func (s *Service) List(ctx context.Context, actor rbac.Actor, f Filter, q page.Query) (*List, error) {
	if err := access.Require(actor, rbac.UserRead); err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(f.Search) > searchMost || !utf8.ValidString(f.Search) || slices.Contains([]byte(f.Search), 0) {
		return nil, fault.New(fault.Invalid, "user.search", lang.Args{"most": searchMost})
	}
	if f.State != "" && f.State != Active && f.State != Disabled {
		return nil, fault.New(fault.Invalid, "user.state", nil)
	}
	plan, err := q.Plan("u.id", orders()...)
	if err != nil {
		return nil, err
	}
	found := &List{}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		found.Users, err = list(ctx, tx, ReachOf(actor, rbac.UserRead, s.today()), f, plan)
		return err
	})
	if err == nil && len(found.Users) > plan.Limit {
		found.Users = found.Users[:plan.Limit]
		last := found.Users[plan.Limit-1]
		var value any = last.Username
		if plan.Sort() == "created_at" {
			value = last.ID
		}
		found.Next = plan.Next(value, last.ID)
	}
	return found, err
}

// Get gives one user.
func (s *Service) Get(ctx context.Context, actor rbac.Actor, username string) (u *User, err error) {
	if err := access.Require(actor, rbac.UserRead); err != nil {
		return nil, err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		u, err = Find(ctx, tx, ReachOf(actor, rbac.UserRead, s.today()), username)
		return err
	})
	return u, err
}

// New is a user to be made.
type New struct {
	Username string
	StaffNo  string // none for a service account
	Email    string
}

// Created is a user that was made, and what sets the first password.
type Created struct {
	User       User        `json:"user"`
	Invitation *Invitation `json:"invitation,omitempty"`
}

// Create makes a user and invites them.
func (s *Service) Create(ctx context.Context, actor rbac.Actor, n New) (*Created, error) {
	if err := access.Require(actor, rbac.UserManage); err != nil {
		return nil, err
	}
	return s.CreateBy(ctx, actor, func(ctx context.Context, tx db.Tx, actor rbac.Actor) (*User, error) {
		if err := access.Require(actor, rbac.UserManage); err != nil {
			return nil, err
		}
		return Make(ctx, tx, db.Now(s.clock), ReachOf(actor, rbac.UserManage, s.today()), n)
	})
}

// CreateBy is Create with another way to make the user, which asks on its own
// whether the actor may: the first system administrator is made so.
func (s *Service) CreateBy(ctx context.Context, actor rbac.Actor, f func(context.Context, db.Tx, rbac.Actor) (*User, error)) (created *Created, err error) {
	var secret Invitation
	err = s.change(ctx, actor, func(ctx context.Context, tx db.Tx, actor rbac.Actor) error {
		at := db.Now(s.clock)
		created, err = idempotency.Do(ctx, tx, at, func() (*Created, error) {
			u, err := f(ctx, tx, actor)
			if err != nil {
				return nil, err
			}
			made := &Created{User: *u}
			if s.inviter != nil {
				if secret, err = s.inviter.Invite(ctx, tx, u.ID, actor.Name); err != nil {
					return nil, err
				}
				made.Invitation = &Invitation{Username: u.Username, ExpiresAt: secret.ExpiresAt}
			}
			return made, audit.Write(ctx, tx, at, actor, audit.Entry{Action: "user.create", Object: "user", Key: u.Username, After: u})
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	if created.Invitation != nil { // the secret itself is not in the kept answer
		created.Invitation.Secret, created.Invitation.Link = secret.Secret, secret.Link
	}
	return created, nil
}

// change does something to users, while nobody else changes what decisions are
// made from, for the actor as it may do something by then.
func (s *Service) change(ctx context.Context, actor rbac.Actor, f func(context.Context, db.Tx, rbac.Actor) error) error {
	return s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		change := people.PolicyChange{Actor: actor, Today: s.today(), Code: "user.last_administrator"}
		return change.Do(ctx, tx, func(actor rbac.Actor) error { return f(ctx, tx, actor) })
	})
}

// Make makes a user in a transaction of the caller, who has bumped the policy.
// A member of the staff is found within reach; whoever makes a service account
// reaches everybody.
func Make(ctx context.Context, tx db.Tx, at time.Time, reach Reach, n New) (*User, error) {
	u, err := checked(n)
	if err != nil {
		return nil, err
	}
	if n.StaffNo == "" && !reach.Everybody {
		return nil, fault.New(fault.Forbidden, "user.whole_bank", nil)
	}
	if u.StaffNo != "" {
		if u.StaffID, u.Name, err = member(ctx, tx, reach, u.StaffNo); err != nil {
			return nil, err
		}
	}
	if err := free(ctx, tx, u); err != nil {
		return nil, err
	}
	u.CreatedAt = at
	return u, insert(ctx, tx, u)
}

// checked gives the user of a request, as far as it can be told without the database.
func checked(n New) (*User, error) {
	name, err := Fold(n.Username)
	if err != nil {
		return nil, err
	}
	if n.StaffNo != "" {
		if own, err := Fold(n.StaffNo); err != nil || own != name {
			return nil, fault.New(fault.Invalid, "user.not_staff_no", lang.Args{"username": name, "staff_no": n.StaffNo})
		}
	}
	return &User{Username: name, StaffNo: n.StaffNo, Email: n.Email, State: Active}, checkEmail(n.Email)
}

// free refuses a name that stands for a role, or for a member whose sign-in it is not.
func free(ctx context.Context, tx db.Tx, u *User) error {
	role, err := isRole(ctx, tx, u.Username)
	if err != nil {
		return err
	}
	if role {
		return fault.New(fault.Invalid, "user.reserved", lang.Args{"username": u.Username})
	}
	if u.StaffID != 0 {
		return nil
	}
	number, err := isStaffNo(ctx, tx, u.Username)
	if err == nil && number {
		err = fault.New(fault.Invalid, "user.is_staff_no", lang.Args{"username": u.Username})
	}
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"user.unknown":       {Zh: "没有用户 {username}", En: "there is no user {username}"},
	"user.taken":         {Zh: "用户名 {username} 已被使用，或该员工已有用户", En: "the username {username} is taken, or the member has a user already"},
	"user.search":        {Zh: "搜索内容最多 {most} 个字符，且须为文字", En: "a search is a text of at most {most} characters"},
	"user.staff_unknown": {Zh: "工号 {staff_no} 不存在；请更正工号，或先导入员工", En: "there is no staff number {staff_no}; correct it or import the member first"},
	"user.not_staff_no":  {Zh: "员工的用户名就是工号：用户名 {username} 与工号 {staff_no} 不一致", En: "the username of a member is the staff number: {username} is not {staff_no}"},
	"user.is_staff_no":   {Zh: "{username} 是一名员工的工号；请同时填写工号", En: "{username} is the staff number of a member; give the staff number too"},
	"user.whole_bank":    {Zh: "服务账号须由全行的用户管理员建立", En: "service accounts are made by whoever manages users in the whole bank"},
})
