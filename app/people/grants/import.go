package grants

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

// Kinds lists the files of this feature. Today is the day in the bank's time zone.
func Kinds(today func() db.Date) []imports.Kind {
	return []imports.Kind{{
		Name: "grants", Title: lang.Text{Zh: "授权", En: "grants"}, Permission: rbac.GrantManage,
		Columns: []sheets.Column{
			users.UsernameColumn(),
			{Name: "role", Zh: "角色", En: "role", Aliases: []string{"角色代码"}, Required: true},
			people.UnitCodeColumn(),
			{Name: "from", Zh: "生效日期", En: "from", Aliases: []string{"开始日期"}, Required: true},
			{Name: "to", Zh: "结束日期", En: "to", Aliases: []string{"until", "终止日期"}},
			{Name: "reason", Zh: "原因", En: "reason"},
		},
		Table: func(imports.Options) imports.TableImporter { return &grantImport{today: today} },
	}}
}

// grantLine is one row of the file.
type grantLine struct {
	imports.Taken
	username, role, unit string
	grant                held
}

// grantKey is what tells grants that are not revoked apart.
type grantKey struct {
	user, role, unit int64
	from             db.Date
}

func (g *held) key() grantKey { return grantKey{g.UserID, g.RoleID, g.UnitID, g.From} }

type grantImport struct {
	today func() db.Date
	lines []*grantLine
}

func (i *grantImport) Parse(row sheets.Row) []fault.Problem {
	c := imports.Cells{Row: row}
	line := &grantLine{
		Taken: imports.Taken{Row: row}, username: c.Code("username"), role: c.Code("role"), unit: c.Code("unit_code"),
		grant: held{From: c.Date("from"), Until: c.OptionalDate("to"), Reason: c.OptionalText("reason")},
	}
	if g := &line.grant; len(c.Problems) == 0 && !g.Until.IsZero() && g.Until.Before(g.From) {
		c.Wrong("to", "grant.dates", nil)
	}
	if line.username != "" {
		folded, err := users.Fold(line.username)
		if e, wrong := fault.As(err); wrong {
			c.Wrong("username", e.Code, e.Args)
		}
		line.username = folded
	}
	line.Wrong = len(c.Problems) > 0
	i.lines = append(i.lines, line)
	return c.Problems
}

func (i *grantImport) Apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	change := people.PolicyChange{Actor: b.Actor, Today: i.today(), Code: "grant.last_administrator"}
	return change.Do(ctx, tx, func(actor rbac.Actor) error {
		if err := access.RequireWhole(actor, rbac.GrantManage); err != nil {
			return err
		}
		return i.apply(ctx, tx, b, actor)
	})
}

func (i *grantImport) apply(ctx context.Context, tx db.Tx, b *imports.Batch, actor rbac.Actor) error {
	k, err := readKnown(ctx, tx)
	if err != nil {
		return err
	}
	for _, l := range i.lines {
		if !l.Wrong {
			k.resolve(b, actor, l)
		}
	}
	imports.Unique(b, i.lines, "username", func(l *grantLine) *imports.Taken { return &l.Taken },
		func(l *grantLine) (grantKey, bool) { return l.grant.key(), l.grant.UnitID != 0 })
	w := &writing{known: k, before: map[int64]held{}, rows: map[grantKey]int{}}
	for _, l := range i.lines {
		if !l.Wrong {
			w.take(b, l)
		}
	}
	if b.Blocked() {
		return nil
	}
	return w.write(ctx, tx, b)
}

// known is what a file speaks of, as it is.
type known struct {
	users  *imports.Codes[*rbac.User]
	roles  map[string]int64
	codes  map[int64]string // of roles
	units  *imports.Codes[*people.Unit]
	grants map[grantKey]*held
	spans  map[int64][]span // by user
	powers map[string]administration
}

func readKnown(ctx context.Context, tx db.Tx) (*known, error) {
	tree, err := people.Units(ctx, tx, rbac.Everything())
	if err != nil {
		return nil, err
	}
	k := &known{
		users: imports.NewCodes[*rbac.User](0), units: imports.NewCodes[*people.Unit](len(tree.All())),
		roles: map[string]int64{}, codes: map[int64]string{}, grants: map[grantKey]*held{}, spans: map[int64][]span{},
	}
	for _, u := range tree.All() {
		k.units.Add(u.Code, u)
	}
	p := new(rbac.Policy)
	if err := readUsers(ctx, tx, p); err != nil {
		return nil, err
	}
	for i := range p.Users {
		k.users.Add(p.Users[i].Name, &p.Users[i])
	}
	err = tx.Each(ctx, "SELECT id, code FROM roles", nil, func(r db.Row) error {
		k.roles[r.Text(1)], k.codes[r.Int(0)] = r.Int(0), r.Text(1)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if k.powers, err = administrations(ctx, tx); err != nil {
		return nil, err
	}
	return k, eachHeld(ctx, tx, "revoked_at IS NULL", nil, func(g *held) {
		k.grants[g.key()] = g
		k.spans[g.UserID] = append(k.spans[g.UserID], g.span(k.codes))
	})
}

// resolve finds the user, role and unit of a row, and whether the one who
// imports may grant there and to them.
func (k *known) resolve(b *imports.Batch, actor rbac.Actor, l *grantLine) {
	u, p := k.users.Find(l.Row, "username", l.username, "user.unknown")
	if p != nil {
		p.Args["username"] = l.username
		b.Fault(&l.Taken, *p)
	}
	roleID := k.roles[l.role]
	if roleID == 0 {
		b.Fault(&l.Taken, l.Row.Problem("role", "role.unknown", lang.Args{"role": l.role}))
	}
	place, p := k.units.Find(l.Row, "unit_code", l.unit, "unit.unknown")
	if p != nil {
		b.Fault(&l.Taken, *p)
	}
	if l.Wrong {
		return
	}
	l.grant.UserID, l.grant.RoleID, l.grant.UnitID = u.ID, roleID, place.ID
	l.grant.GrantedBy, l.grant.GrantedAt = b.Actor.Name, b.At
	if err := mayGrant(actor, u.ID, u.StaffID, place.ID); err != nil {
		l.refuse(b, "username", err)
	}
	if err := checkDays(place, l.grant.From, l.grant.Until); err != nil {
		l.refuse(b, "from", err)
	}
}

// refuse makes a problem of the row of what a rule says.
func (l *grantLine) refuse(b *imports.Batch, column string, err error) {
	if e, ok := fault.As(err); ok {
		b.Fault(&l.Taken, l.Row.Problem(column, e.Code, e.Args))
	}
}

// writing gathers what a file makes and changes.
type writing struct {
	*known
	fresh, changed []*held
	before         map[int64]held
	rows           map[grantKey]int
}

// take takes a row in, unless its user would come to hold what excludes another role of theirs.
func (w *writing) take(b *imports.Batch, l *grantLine) {
	g := &l.grant
	old := w.grants[g.key()]
	if old != nil {
		g.ID, g.GrantedBy, g.GrantedAt = old.ID, old.GrantedBy, old.GrantedAt
		if !l.Row.Has("to") {
			g.Until = old.Until
		}
		if !l.Row.Has("reason") {
			g.Reason = old.Reason
		}
		if *g == *old {
			b.Count(0, 0, 1, 0)
			return
		}
	}
	wanted := g.span(w.codes)
	if other := clash(wanted, w.spans[g.UserID], w.powers); other != "" {
		b.Fault(&l.Taken, l.Row.Problem("role", "grant.exclusive", lang.Args{"username": l.username, "role": l.role, "other": other}))
		return
	}
	w.rows[g.key()] = l.Row.Number
	if old == nil {
		w.fresh = append(w.fresh, g)
		wanted.id = -int64(len(w.fresh))
		b.Count(1, 0, 0, 0)
	} else {
		w.before[g.ID] = *old
		w.changed = append(w.changed, g)
		b.Count(0, 1, 0, 0)
	}
	w.hold(g.UserID, wanted)
}

// hold makes later rows see what this one gives.
func (w *writing) hold(userID int64, s span) {
	for i := range w.spans[userID] {
		if w.spans[userID][i].id == s.id {
			w.spans[userID][i] = s
			return
		}
	}
	w.spans[userID] = append(w.spans[userID], s)
}

func (w *writing) write(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	table := grantTable()
	if err := table.Update(ctx, tx, w.changed); err != nil {
		return err
	}
	for _, g := range w.changed {
		b.History(entity, g.ID, w.rows[g.key()], w.before[g.ID], g)
	}
	var last int64
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM grants").Scan(&last); err != nil {
		return err
	}
	if err := table.Insert(ctx, tx, w.fresh); err != nil {
		return err
	}
	return eachHeld(ctx, tx, "id > ?", []any{last}, func(g *held) {
		b.History(entity, g.ID, w.rows[g.key()], nil, g)
	})
}
