// Package grants keeps who holds which role at which unit from which day until
// which, what the roles are, and which level owns each power: all that decisions
// are made from.
package grants

import (
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
)

// Grant is a role held by a user at a unit from a day until a day, inclusive.
type Grant struct {
	ID        int64      `json:"id"`
	UserID    int64      `json:"-"`
	StaffID   int64      `json:"-"` // whose sign-in the user is; 0 for a service account
	RoleID    int64      `json:"-"`
	UnitID    int64      `json:"-"`
	Username  string     `json:"username"`
	Name      string     `json:"-"` // of the member
	Pinyin    string     `json:"-"` // of that name
	Role      string     `json:"role"`
	RoleName  lang.Text  `json:"-"`
	Unit      string     `json:"unit"`
	UnitName  string     `json:"unit_name,omitempty"`
	From      db.Date    `json:"from"`
	Until     db.Date    `json:"until,omitzero"`
	Reason    string     `json:"reason,omitempty"`
	GrantedBy string     `json:"granted_by"`
	GrantedAt time.Time  `json:"granted_at"`
	RevokedBy string     `json:"revoked_by,omitempty"`
	RevokedAt *time.Time `json:"revoked_at,omitempty"`
	Version   int64      `json:"version"`
}

// reasonMost is the most characters of a reason.
const reasonMost = 500

// checkDays refuses a grant that ends before it begins, or at a unit that is not
// open when it begins.
func checkDays(u *people.Unit, from, until db.Date) error {
	switch {
	case from.IsZero() || !until.IsZero() && until.Before(from):
		return fault.New(fault.Invalid, "grant.dates", nil)
	case !u.OpenOn(from):
		return fault.New(fault.Invalid, "grant.unit_closed", lang.Args{"unit": u.Code, "day": from})
	}
	return nil
}

// span is a role of a user for some days.
type span struct {
	id          int64 // of the grant, 0 for one that is not there yet
	role        string
	from, until db.Date // no until: without end
}

func (s span) overlaps(o span) bool {
	return (o.until.IsZero() || !s.from.After(o.until)) && (s.until.IsZero() || !o.from.After(s.until))
}

// clash gives a role among those that a user holds that the same person may not
// hold beside another on the same day; "" if there is none. Powers says which of
// the three administrations a role has a part of.
func clash(wanted span, held []span, powers map[string]administration) string {
	for _, h := range held {
		if h.id != wanted.id && powers[h.role] != 0 && powers[wanted.role] != 0 &&
			!(powers[h.role] | powers[wanted.role]).single() && wanted.overlaps(h) {
			return h.role
		}
	}
	return ""
}

var _ = lang.Register(map[string]lang.Text{
	"grant.dates":       {Zh: "日期无效：须有生效日期，且结束日期不早于生效日期", En: "the days are wrong: a grant has a first day, and does not end before it"},
	"grant.unit_closed": {Zh: "机构 {unit} 在 {day} 未开业或已撤销；请更正机构或日期", En: "the unit {unit} is not open on {day}; correct the unit or the day"},
})
