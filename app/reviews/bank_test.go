package reviews_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/facts"
	"github.com/steelyard/steelyard/app/reviews"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
)

const october = "2026-10"

func clock() time.Time { return time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC) }

// bank is a small bank in October 2026: branches A (outlets A1 and A2) and B
// (outlet B1) under head office H. The members of an outlet are named after it.
type bank struct {
	t       testing.TB
	db      *db.DB
	imports *imports.Service
	periods *periods.Service
	reviews *reviews.Service
	grants  *grants.Service
	policy  *rbac.Snapshot
	users   map[string]int64
	at      map[string]string // see only
}

// The roles of the tests: what a line says is its permission and reach.
var roles = map[string][]string{
	"branch_manager": {"review.write subtree", "review.read subtree", "review.peer self", "review.self self"},
	"member":         {"review.peer unit", "review.self self", "review.read self"},
	"hr":             {"review.read subtree", "review.return subtree", "review.assign subtree", "rubric.manage subtree", "rubric.read subtree", "review.self self", "review.peer unit"},
	"auditor":        {"review.read subtree", "audit.read subtree"},
}

var units = []string{
	"unit_code,name,parent_code,level",
	"H,总行,,head_office", "A,甲分行,H,branch", "B,乙分行,H,branch",
	"A1,甲一支行,A,sub_branch", "A2,甲二支行,A,sub_branch", "B1,乙一支行,B,sub_branch",
}

var staff = []string{
	"staff_no,name,unit_code,position,hired_on",
	"boss-a,甲行长,A,manager,2020-01-01", "boss-b,乙行长,B,manager,2020-01-01", "boss-a1,甲一行长,A1,manager,2020-01-01",
	"a1-1,王一,A1,rm,2020-01-01", "a1-2,王二,A1,rm,2020-01-01", "a1-3,王三,A1,rm,2020-01-01",
	"a2-1,李一,A2,rm,2020-01-01", "b1-1,张一,B1,rm,2020-01-01", "hr,何人事,H,hr,2020-01-01",
}

const cards = `[{"code": "rm", "name": {"zh": "客户经理", "en": "RM"}, "positions": ["rm"], "peer_group": "branch",
 "perspectives": [{"key": "process", "name": {"zh": "流程", "en": "Process"}, "items": [
  {"key": "teamwork", "name": {"zh": "团队协作", "en": "Teamwork"}, "weight": "60", "source": "rating", "missing": "require",
   "rating": {"levels": {"5": "100", "4": "85", "3": "70", "2": "50", "1": "0"},
    "roles": [{"role": "manager", "weight": "60", "required": true}, {"role": "peer", "weight": "40", "min": 2}]}, "method": {"type": "direct"}},
  {"key": "daily_work", "name": {"zh": "日常工作", "en": "Daily work"}, "weight": "40", "source": "rating", "missing": "require",
   "rating": {"levels": {"5": "100", "4": "85", "3": "70", "2": "50", "1": "0"},
    "roles": [{"role": "manager", "weight": "80"}, {"role": "self", "weight": "20"}, {"role": "mentor", "weight": "10"}]}, "method": {"type": "direct"}}]}],
 "grades": [{"grade": "A", "min": "80"}, {"grade": "B"}]}]`

func today() db.Date { return db.NewDate(2026, 11, 2) }

// emptyBank is a database without units, and the services on it.
func emptyBank(t testing.TB, d *db.DB) *bank {
	t.Helper()
	b := &bank{t: t, db: d, periods: periods.NewService(d, clock), users: map[string]int64{}}
	b.imports = imports.NewService(d, clock, slices.Concat(people.Kinds(today), scorecards.Kinds(), facts.Kinds()),
		slices.Concat(people.Entities(today), scorecards.Entities(), reviews.Entities()))
	b.grants = grants.NewService(d, clock, today, nil)
	b.reviews = reviews.NewService(d, clock, b.imports, periods.ReviewMonth{}, func() reviews.Policy { return b.policy })
	return b
}

func newBank(t testing.TB, d *db.DB) *bank {
	t.Helper()
	b := emptyBank(t, d)
	b.load("units", "csv", units...)
	b.load("staff", "csv", staff...)
	b.load("scorecards", "json", cards)
	b.roles()
	b.powers("review.write branch", "review.assign head_office")
	b.grant("boss-a", "branch_manager", "A")
	b.grant("boss-b", "branch_manager", "B")
	b.grant("boss-a1", "branch_manager", "A1")
	for _, no := range []string{"a1-1", "a1-2", "a1-3"} {
		b.grant(no, "member", "A1")
	}
	b.grant("a2-1", "member", "A2")
	b.grant("b1-1", "member", "B1")
	b.grant("hr", "hr", "H")
	b.month()
	return b
}

func operator() rbac.Actor { return rbac.Operator("tester") }

func (b *bank) load(kind, form string, lines ...string) {
	b.t.Helper()
	path := filepath.Join(b.t.TempDir(), kind+"."+form)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.loadFile(kind, path)
}

func (b *bank) loadFile(kind, path string) {
	b.t.Helper()
	if _, err := b.imports.Import(b.t.Context(), operator(), kind, path, imports.Options{}, nil); err != nil {
		b.t.Fatalf("importing %s: %v", kind, err)
	}
}

func (b *bank) exec(query string, args ...any) {
	b.t.Helper()
	err := b.db.Write(b.t.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw(query, args...).Exec(ctx)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// rows gives what a query answers with, each row as one text.
func (b *bank) rows(query string, args ...any) []string {
	b.t.Helper()
	var found []string
	err := b.db.Snapshot(b.t.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(query, args...).Scan(ctx, &found)
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

// roles puts the roles of the tests in the place of whatever there is.
func (b *bank) roles() {
	b.exec("DELETE FROM role_permissions")
	b.exec("DELETE FROM roles")
	b.exec("DELETE FROM responsibilities")
	for code, lines := range roles {
		b.exec("INSERT INTO roles (code, name_zh, name_en) VALUES (?, ?, ?)", code, code, code)
		for _, line := range lines {
			permission, reach, _ := strings.Cut(line, " ")
			b.exec("INSERT INTO role_permissions (role_id, permission, reach, effect) SELECT id, ?, ?, 'allow' FROM roles WHERE code = ?", permission, reach, code)
		}
	}
}

// roleLine adds a permission to a role, a new one if need be.
func (b *bank) roleLine(code, line string) {
	permission, reach, _ := strings.Cut(line, " ")
	b.exec("INSERT INTO roles (code, name_zh, name_en) SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM roles WHERE code = ?)", code, code, code, code)
	b.exec("INSERT INTO role_permissions (role_id, permission, reach, effect) SELECT id, ?, ?, 'allow' FROM roles WHERE code = ?", permission, reach, code)
}

func (b *bank) powers(list ...string) {
	for _, power := range list {
		permission, owner, _ := strings.Cut(power, " ")
		b.exec("INSERT INTO responsibilities (permission, owner) VALUES (?, ?)", permission, owner)
	}
}

// user makes a sign-in: of the member of the staff with that number, if there is one.
func (b *bank) user(name string) {
	if b.users[name] != 0 {
		return
	}
	b.exec("INSERT INTO users (username, staff_id, state, created_at) SELECT ?, (SELECT id FROM staff WHERE staff_no = ?), 'active', ?", name, name, clock())
	err := b.db.Snapshot(b.t.Context(), func(ctx context.Context, tx db.Tx) error {
		var id int64
		defer func() { b.users[name] = id }()
		return tx.NewRaw("SELECT id FROM users WHERE username = ?", name).Scan(ctx, &id)
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// grant gives a role at a unit; the days are from and until, the whole of 2026 without.
func (b *bank) grant(user, role, unit string, days ...string) {
	b.t.Helper()
	b.user(user)
	from, until := "2026-01-01", any(nil)
	if len(days) > 0 {
		from = days[0]
	}
	if len(days) > 1 {
		until = days[1]
	}
	b.exec(`INSERT INTO grants (user_id, role_id, unit_id, from_on, to_on, granted_by, granted_at)
		SELECT ?, r.id, u.id, ?, ?, 'sec', ? FROM roles r, units u WHERE r.code = ? AND u.code = ?`, b.users[user], from, until, clock(), role, unit)
	b.policy = nil
}

// as gives a user as of today.
func (b *bank) as(user string) rbac.Actor {
	b.t.Helper()
	if b.policy == nil {
		policy, err := b.grants.LoadPolicy(b.t.Context())
		if err != nil {
			b.t.Fatal(err)
		}
		if b.policy, err = rbac.NewSnapshot(*policy); err != nil {
			b.t.Fatal(err)
		}
	}
	return b.policy.Actor(b.users[user], "2026-11-02")
}

// month opens October 2026.
func (b *bank) month() {
	b.t.Helper()
	if _, err := b.periods.Create(b.t.Context(), operator(), october, 5); err != nil {
		b.t.Fatal(err)
	}
	b.state("collecting")
}

func (b *bank) state(state string) {
	b.exec("UPDATE periods SET state = ? WHERE code = ?", state, october)
}

// seats lists what a user is to rate, as "role of staff number at unit".
func (b *bank) seats(user string) []string {
	b.t.Helper()
	grid, err := b.reviews.Grid(b.t.Context(), b.as(user), october, reviews.GridFilter{}, page.Query{Limit: page.MaxLimit})
	if err != nil {
		b.t.Fatal(err)
	}
	seats := []string{}
	for _, row := range grid.Rows {
		seats = append(seats, row.Role+" of "+row.StaffNo+" at "+row.Unit)
	}
	slices.Sort(seats)
	return seats
}

func (b *bank) wantSeats(user string, want ...string) {
	b.t.Helper()
	if got := b.seats(user); !slices.Equal(got, want) {
		b.t.Errorf("%s is to rate\n%s\nwant\n%s", user, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// cell makes a change from "staff unit role item level", with a comment.
func cell(text, comment string, version int64) reviews.CellChange {
	f := strings.Fields(text)
	return reviews.CellChange{StaffNo: f[0], Unit: f[1], Role: f[2], Item: f[3], Level: f[4], Comment: comment, Version: version}
}

func (b *bank) save(user string, changes ...reviews.CellChange) *reviews.Outcomes {
	b.t.Helper()
	out, err := b.reviews.Save(b.t.Context(), b.as(user), october, changes)
	if err != nil {
		b.t.Fatalf("%s saving: %v", user, err)
	}
	return out
}

// mustSave saves cells, all of which are to be good.
func (b *bank) mustSave(user string, changes ...reviews.CellChange) {
	b.t.Helper()
	out := b.save(user, changes...)
	for _, o := range out.Outcomes {
		if o.Problem != nil {
			b.t.Fatalf("%s saving cell %d: %v", user, o.Index, o.Problem.In("en"))
		}
	}
}

func (b *bank) mustSubmit(user string, keys ...reviews.CellKey) {
	b.t.Helper()
	if _, err := b.reviews.Submit(b.t.Context(), b.as(user), october, keys); err != nil {
		b.t.Fatalf("%s submitting: %v", user, err)
	}
}

// only gives the unit where a member was in October, of those who were at one alone.
func (b *bank) only(staffNo string) string {
	b.t.Helper()
	if b.at == nil {
		b.at = map[string]string{}
		for _, line := range b.rows(`SELECT s.staff_no || ' ' || u.code FROM assignments a JOIN staff s ON s.id = a.staff_id JOIN units u ON u.id = a.unit_id
			WHERE a.state = 'active' AND a.from_on <= '2026-10-31' AND (a.to_on IS NULL OR a.to_on >= '2026-10-01') ORDER BY a.from_on`) {
			no, unit, _ := strings.Cut(line, " ")
			b.at[no] = unit
		}
	}
	return b.at[staffNo]
}

func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// facts lists the reviews in force, as "staff unit position item role rater level comment".
func (b *bank) facts() []string {
	b.t.Helper()
	return b.rows(`SELECT s.staff_no || ' ' || COALESCE(u.code, '-') || ' ' || r.position || ' ' || r.item || ' ' || r.role || ' ' || r.rater || ' ' || r.level || ' ' || r.comment
		FROM reviews r JOIN staff s ON s.id = r.staff_id LEFT JOIN units u ON u.id = r.unit_id WHERE r.ended_batch_id IS NULL ORDER BY 1`)
}

func wantFault(t testing.TB, err error, kind fault.Kind, code string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Kind != kind || f.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}
