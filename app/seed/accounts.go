package seed

import (
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
)

// Password is that of every user of the demo bank. There is no such password in
// any other database: nothing but loading the demo bank sets it.
const Password = "Tidal-Lantern-Orchard-58"

// Account is a user of the demo bank, of one kind.
type Account struct {
	Username   string
	Role, Unit string
	Who, Sees  lang.Text // the kind of user, and what they are there to see and do
	staffNo    string    // none for who is no member of the staff
}

// manages is the outlet that the demo's sub-branch manager answers for.
const manages = "B0102"

// Accounts lists a user of every kind, as somebody would try them.
func Accounts() []Account {
	names := map[string]lang.Text{}
	for _, r := range rbac.DefaultPolicy().Roles {
		names[r.Code] = lang.Text{Zh: r.NameZh, En: r.NameEn}
	}
	staff := hires(db.NewDate(2026, 1, 1)) // the day decides no name and no post
	of := func(unit, position string, n int, role string, sees lang.Text) Account {
		m := pick(staff, unit, position, n)
		return Account{Username: m.no, Role: role, Unit: unit, Who: names[role], Sees: sees, staffNo: m.no}
	}
	apart := func(name, role string, sees lang.Text) Account {
		return Account{Username: name, Role: role, Unit: headOffice, Who: names[role], Sees: sees}
	}
	return []Account{
		of(headOffice, hrOfficer, 0, "hr_admin", lang.Text{Zh: "全行：导入、计分、发布、查看全部结果；不能代写分支机构的评价", En: "the whole bank: imports, runs, publishing, every result; cannot write a branch's reviews"}),
		of(headOffice, hrOfficer, 1, "hr_officer", lang.Text{Zh: "全行：导入、计分和查看结果；不能发布", En: "the whole bank: imports, runs and results; cannot publish"}),
		of("B01", branchManager, 0, "branch_manager", lang.Text{Zh: "滨江分行及所辖支行的结果和评价", En: "results and reviews of Binjiang branch and the outlets below it"}),
		of(manages, outletManager, 0, "branch_manager", lang.Text{Zh: "钱塘支行的结果；在评价表中给本支行员工打分", En: "results of Qiantang outlet; the review grid of its members"}),
		of(manages, corporate, 0, "team_leader", lang.Text{Zh: "本人的结果、本支行的同事；同事互评", En: "their own result, the colleagues at the outlet; peer reviews"}),
		of(manages, retail, 0, "relationship_manager", lang.Text{Zh: "本人的结果及逐项说明；同事互评", En: "their own result, explained line by line; peer reviews"}),
		of("B0103", retail, 0, "trainer", lang.Text{Zh: "望江支行的员工名单；本人的结果", En: "the members of Wangjiang outlet; their own result"}),
		apart("demo-auditor", "auditor", lang.Text{Zh: "审计日志和全部数据，只读", En: "the audit trail and everything else, to read"}),
		apart("demo-system", "system_admin", lang.Text{Zh: "用户：建立、停用、重置；看不到业绩", En: "users: create, disable, reset; no results"}),
		apart("demo-security", "security_admin", lang.Text{Zh: "授权、角色、权责表，以及“为什么可以、为什么不可以”", En: "grants, roles, who owns which power, and why somebody may or may not"}),
	}
}

// accounts makes the users who are missing, with their grants from a day on. Who
// is there already stays as they are.
func (l *Loader) accounts(ctx context.Context, from db.Date) error {
	for _, a := range Accounts() {
		created, err := l.Users.Create(ctx, l.Actor, users.New{Username: a.Username, StaffNo: a.staffNo})
		if e, ok := fault.As(err); ok && e.Code == "user.taken" {
			continue
		}
		if err != nil {
			return err
		}
		// The grant comes before the password: whoever can sign in has their role.
		_, err = l.Grants.Create(ctx, l.Actor, grants.New{Username: a.Username, Role: a.Role, Unit: a.Unit, From: from, Reason: "演示"})
		if err != nil {
			return err
		}
		if _, err := l.Auth.Redeem(ctx, created.Invitation.Secret, "", Password, auth.Client{Agent: "demo"}); err != nil {
			return err
		}
	}
	return nil
}

// signedUp gives the user of a kind as the one who acts.
func (l *Loader) signedUp(ctx context.Context, unit, role string) (rbac.Actor, error) {
	all := Accounts()
	at := slices.IndexFunc(all, func(a Account) bool { return a.Unit == unit && a.Role == role })
	u, err := l.Users.Get(ctx, l.Actor, all[at].Username)
	if err != nil {
		return rbac.Actor{}, err
	}
	return l.As(u.ID), nil
}
