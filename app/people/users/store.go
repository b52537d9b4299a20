package users

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// userRow is a user as the database has it, with whose it is.
type userRow struct {
	bun.BaseModel `bun:"table:users,alias:u"`

	ID        int64     `bun:"id"`
	StaffID   int64     `bun:"staff_id"`
	Username  string    `bun:"username"`
	StaffNo   string    `bun:"staff_no"`
	Name      string    `bun:"name"`
	Pinyin    string    `bun:"pinyin"`
	Email     string    `bun:"email"`
	State     State     `bun:"state"`
	CreatedAt time.Time `bun:"created_at"`
	Version   int64     `bun:"version"`
}

func (r *userRow) user() User {
	return User{
		ID: r.ID, StaffID: r.StaffID, Username: r.Username, StaffNo: r.StaffNo, Name: r.Name, Pinyin: r.Pinyin,
		Email: r.Email, State: r.State, CreatedAt: r.CreatedAt.UTC(), Version: r.Version,
	}
}

func selectUsers(tx bun.IDB, rows *[]userRow) *bun.SelectQuery {
	return tx.NewSelect().Model(rows).
		ColumnExpr(`u.id, COALESCE(u.staff_id, 0) AS staff_id, u.username, COALESCE(us.staff_no, '') AS staff_no,
			COALESCE(us.name, '') AS name, COALESCE(us.pinyin, '') AS pinyin, u.email, u.state, u.created_at, u.version`).
		Join("LEFT JOIN staff AS us ON us.id = u.staff_id")
}

// Reach is who may be seen or touched: a scope of units, as of a day, or everybody.
type Reach struct {
	Everybody bool
	Scope     rbac.Scope
	Day       db.Date
}

// ReachOf gives whom a permission of an actor reaches on a day. Service accounts
// stand at no unit: whoever has the permission in the whole bank reaches them.
func ReachOf(actor rbac.Actor, p rbac.Permission, day db.Date) Reach {
	whole := actor.Decide(p, rbac.Target{Whole: true}).Allowed
	return Reach{Everybody: whole, Scope: actor.Scope(p), Day: day}
}

// Where is the condition that a user (by the column of the member's id) is
// reached: by the unit where the member works that day, or by their own record.
func (r Reach) Where(column string) schema.QueryWithArgs {
	if r.Everybody {
		return bun.SafeQuery("(1 = 1)")
	}
	return bun.SafeQuery("("+column+` IN (SELECT ca.staff_id FROM assignments ca JOIN units cn ON cn.id = ca.unit_id WHERE ? AND `+people.CurrentUnit("ca")+"))",
		db.InScope(r.Scope, "cn.path", "ca.staff_id"), r.Day.String(), r.Day.String())
}

// Find reads a user by name. One who is not reached is as one who is not there.
func Find(ctx context.Context, tx db.Tx, reach Reach, username string) (*User, error) {
	var rows []userRow
	err := selectUsers(tx, &rows).Where("u.username = ?", username).Where("?", reach.Where("u.staff_id")).Scan(ctx)
	if err != nil && !db.IsNoRows(err) {
		return nil, fmt.Errorf("reading a user: %w", err)
	}
	if len(rows) == 0 {
		return nil, unknown(username)
	}
	u := rows[0].user()
	return &u, nil
}

func unknown(username string) error {
	return fault.New(fault.NotFound, "user.unknown", lang.Args{"username": username})
}

func orders() []page.Order {
	return []page.Order{{Name: "username", Column: "u.username"}, {Name: "created_at", Column: "u.id", Int: true}}
}

// list reads the users of a page, one more if there is another page.
func list(ctx context.Context, tx db.Tx, reach Reach, f Filter, p *page.Plan) ([]User, error) {
	var rows []userRow
	q := selectUsers(tx, &rows).Where("?", reach.Where("u.staff_id")).Where("?", p.Where()).OrderExpr(p.OrderBy()).Limit(int64(p.Fetch()))
	if f.State != "" {
		q.Where("u.state = ?", f.State)
	}
	if f.Search != "" {
		part := db.Containing(f.Search)
		q.Where(`(u.username LIKE ? ESCAPE '\' OR LOWER(us.name) LIKE ? ESCAPE '\' OR ?)`, part, part, people.Sounds("us", f.Search))
	}
	if err := q.Scan(ctx); err != nil {
		return nil, fmt.Errorf("listing users: %w", err)
	}
	users := make([]User, len(rows))
	for i := range rows {
		users[i] = rows[i].user()
	}
	return users, nil
}

// insert makes a user and gives it its id.
func insert(ctx context.Context, tx db.Tx, u *User) error {
	var staff any
	if u.StaffID != 0 {
		staff = u.StaffID
	}
	err := tx.QueryRowContext(ctx, `INSERT INTO users (username, staff_id, email, state, version, created_at)
		VALUES (?, ?, ?, ?, 1, ?) RETURNING id`, u.Username, staff, u.Email, string(u.State), u.CreatedAt).Scan(&u.ID)
	switch {
	case db.IsUnique(err):
		return fault.Wrap(err, fault.Conflict, "user.taken", lang.Args{"username": u.Username})
	case err != nil:
		return fmt.Errorf("writing a user: %w", err)
	}
	u.Version = 1
	return nil
}

// update writes what has changed of a user, and counts its version on.
func update(ctx context.Context, tx db.Tx, u *User) error {
	_, err := tx.ExecContext(ctx, "UPDATE users SET email = ?, state = ?, version = version + 1 WHERE id = ?", u.Email, string(u.State), u.ID)
	if err != nil {
		return fmt.Errorf("changing a user: %w", err)
	}
	u.Version++
	return nil
}

// member finds a member of the staff in reach, by number, and whether it is
// somebody's; "" for none.
func member(ctx context.Context, tx db.Tx, reach Reach, staffNo string) (id int64, name string, err error) {
	err = tx.NewSelect().TableExpr("staff AS s").ColumnExpr("s.id, s.name").Where("s.staff_no = ?", staffNo).
		Where("?", reach.Where("s.id")).Scan(ctx, &id, &name)
	switch {
	case db.IsNoRows(err):
		return 0, "", fault.New(fault.Invalid, "user.staff_unknown", lang.Args{"staff_no": staffNo})
	case err != nil:
		return 0, "", fmt.Errorf("reading a member: %w", err)
	}
	return id, name, nil
}

// isStaffNo says whether a username is the number of a member of the staff.
func isStaffNo(ctx context.Context, tx db.Tx, username string) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM staff WHERE LOWER(staff_no) = ?", username).Scan(&n)
	return n > 0, err
}

// isRole says whether a name is the code of a role: the two spaces of names stay apart.
func isRole(ctx context.Context, tx db.Tx, name string) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM roles WHERE code = ?", name).Scan(&n)
	return n > 0, err
}

// Named says whether there is a user of that name, whoever asks.
func (s *Service) Named(ctx context.Context, tx db.Tx, name string) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM users WHERE username = ?", name).Scan(&n)
	return n > 0, err
}
