package users

import (
	"context"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

// UsernameColumn is the column of usernames that two kinds of file have.
func UsernameColumn() sheets.Column {
	return sheets.Column{Name: "username", Zh: "用户名", En: "username", Aliases: []string{"登录名", "user"}, Required: true}
}

// Kinds lists the files of this feature. Today is the day in the bank's time zone;
// the ender ends what lets those in whom a file disables.
func Kinds(today func() db.Date, ender Ender) []imports.Kind {
	staffNo := people.StaffNoColumn()
	staffNo.Required = false
	return []imports.Kind{{
		Name: "users", Title: lang.Text{Zh: "用户", En: "users"}, Permission: rbac.UserManage,
		Columns: []sheets.Column{
			UsernameColumn(), staffNo,
			{Name: "email", Zh: "邮箱", En: "email", Aliases: []string{"电子邮箱", "e-mail"}},
			{Name: "state", Zh: "状态", En: "state", Required: true},
		},
		Table: func(imports.Options) imports.TableImporter { return &userImport{today: today, ender: ender} },
	}}
}

// userLine is one row of the file.
type userLine struct {
	imports.Taken
	account account
	staffNo string
}

type userImport struct {
	today func() db.Date
	ender Ender
	lines []*userLine
	words map[string]string
}

func (i *userImport) Parse(row sheets.Row) []fault.Problem {
	if i.words == nil {
		i.words = map[string]string{"正常": string(Active), "有效": string(Active)}
		for _, state := range []State{Active, Disabled} {
			i.words[string(state)], i.words[state.Words().Zh] = string(state), string(state)
		}
	}
	c := imports.Cells{Row: row}
	line := &userLine{Taken: imports.Taken{Row: row}, staffNo: c.OptionalCode("staff_no"), account: account{
		Username: c.Code("username"), Email: c.OptionalText("email"),
	}}
	line.account.State = State(c.Choice("state", i.words, "user.state"))
	if name := line.account.Username; name != "" {
		folded, err := Fold(name)
		if e, wrong := fault.As(err); wrong {
			c.Wrong("username", e.Code, e.Args)
		}
		line.account.Username = folded
	}
	if err := checkEmail(line.account.Email); err != nil {
		c.Wrong("email", "staff.email", nil)
	}
	line.Wrong = len(c.Problems) > 0
	i.lines = append(i.lines, line)
	return c.Problems
}

func (i *userImport) Apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	change := people.PolicyChange{Actor: b.Actor, Today: i.today(), Code: "user.last_administrator"}
	return change.Do(ctx, tx, func(actor rbac.Actor) error {
		if err := access.RequireWhole(actor, rbac.UserManage); err != nil {
			return err
		}
		return i.apply(ctx, tx, b)
	})
}

func (i *userImport) apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	imports.Unique(b, i.lines, "username", func(l *userLine) *imports.Taken { return &l.Taken },
		func(l *userLine) (string, bool) { return l.account.Username, l.account.Username != "" })
	known, err := i.check(ctx, tx, b)
	if err != nil || b.Blocked() {
		return err
	}
	w := writing{before: map[int64]account{}, rows: map[string]int{}}
	for _, l := range i.lines {
		if !l.Wrong {
			w.take(b, l, known.users)
		}
	}
	if err := w.write(ctx, tx, b); err != nil {
		return err
	}
	for _, a := range w.changed {
		if err := endDisabled(ctx, tx, i.ender, w.before[a.ID].State, a.State, a.ID); err != nil {
			return err
		}
	}
	return nil
}

// known is what a file speaks of, as it is.
type known struct {
	users map[string]*account
	staff *imports.Codes[int64]
	roles map[string]bool
	owner map[int64]string // of a member: the username
	names map[string]bool  // staff numbers, folded
}

// check finds what is wrong with each row, and completes the good ones.
func (i *userImport) check(ctx context.Context, tx db.Tx, b *imports.Batch) (*known, error) {
	k, err := readKnown(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, l := range i.lines {
		l.account.CreatedAt = b.At
		if p := k.staff.Lost(l.Row, "username", l.account.Username); p != nil {
			b.Fault(&l.Taken, *p)
			continue
		}
		if !l.Wrong {
			k.complete(b, l)
		}
	}
	return k, nil
}

// complete fills in what a row leaves out of a user who is there, and whose it is.
func (k *known) complete(b *imports.Batch, l *userLine) {
	old := k.users[l.account.Username]
	switch {
	case l.staffNo != "":
		id, p := k.staff.Find(l.Row, "staff_no", l.staffNo, "user.staff_unknown")
		if p != nil {
			p.Args["staff_no"] = l.staffNo
			b.Fault(&l.Taken, *p)
			return
		}
		l.account.StaffID = id
		if own, err := Fold(l.staffNo); err != nil || own != l.account.Username {
			b.Fault(&l.Taken, l.Row.Problem("username", "user.not_staff_no", lang.Args{"username": l.account.Username, "staff_no": l.staffNo}))
		} else if who := k.owner[id]; who != "" && who != l.account.Username {
			b.Fault(&l.Taken, l.Row.Problem("staff_no", "user.taken", lang.Args{"username": who}))
		}
	case old != nil:
		l.account.StaffID = old.StaffID
	case k.roles[l.account.Username]:
		b.Fault(&l.Taken, l.Row.Problem("username", "user.reserved", lang.Args{"username": l.account.Username}))
	case k.names[l.account.Username]:
		b.Fault(&l.Taken, l.Row.Problem("username", "user.is_staff_no", lang.Args{"username": l.account.Username}))
	}
	if old != nil && !l.Row.Has("email") {
		l.account.Email = old.Email
	}
}

func readKnown(ctx context.Context, tx db.Tx) (*known, error) {
	accounts, err := accounts(ctx, tx, nil)
	if err != nil {
		return nil, err
	}
	k := &known{
		users: make(map[string]*account, len(accounts)), staff: imports.NewCodes[int64](0),
		roles: map[string]bool{}, owner: map[int64]string{}, names: map[string]bool{},
	}
	for _, a := range accounts {
		k.users[a.Username] = a
		k.owner[a.StaffID] = a.Username
	}
	delete(k.owner, 0)
	members, err := people.StaffByNo(ctx, tx, rbac.Everything())
	if err != nil {
		return nil, err
	}
	for no, m := range members {
		k.staff.Add(no, m.ID)
		k.names[strings.ToLower(no)] = true
	}
	err = tx.Each(ctx, "SELECT code FROM roles", nil, func(r db.Row) error {
		k.roles[r.Text(0)] = true
		return nil
	})
	return k, err
}

// writing gathers what a file makes and changes.
type writing struct {
	fresh, changed []*account
	before         map[int64]account
	rows           map[string]int
}

func (w *writing) take(b *imports.Batch, l *userLine, there map[string]*account) {
	a := &l.account
	w.rows[a.Username] = l.Row.Number
	old := there[a.Username]
	if old == nil {
		w.fresh = append(w.fresh, a)
		b.Count(1, 0, 0, 0)
		return
	}
	a.ID, a.CreatedAt = old.ID, old.CreatedAt
	if *a == *old {
		b.Count(0, 0, 1, 0)
		return
	}
	w.before[a.ID] = *old
	w.changed = append(w.changed, a)
	b.Count(0, 1, 0, 0)
}

func (w *writing) write(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	table := accountTable()
	if err := table.Update(ctx, tx, w.changed); err != nil {
		return err
	}
	for _, a := range w.changed {
		b.History(entity, a.ID, w.rows[a.Username], w.before[a.ID], a)
	}
	var last int64
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM users").Scan(&last); err != nil {
		return err
	}
	if err := table.Insert(ctx, tx, w.fresh); err != nil {
		return err
	}
	made := make(map[string]*account, len(w.fresh))
	for _, a := range w.fresh {
		made[a.Username] = a
	}
	return tx.Each(ctx, "SELECT id, username FROM users WHERE id > ? ORDER BY id", []any{last}, func(r db.Row) error {
		if a := made[r.Text(1)]; a != nil {
			a.ID = r.Int(0)
			b.History(entity, a.ID, w.rows[a.Username], nil, a)
		}
		return nil
	})
}

// account is a user as files make it and the history keeps it.
type account struct {
	ID        int64     `json:"id"`
	Username  string    `json:"username"`
	StaffID   int64     `json:"staff_id,omitempty"`
	Email     string    `json:"email,omitempty"`
	State     State     `json:"state"`
	CreatedAt time.Time `json:"created_at"`
}
