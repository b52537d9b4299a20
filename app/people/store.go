package people

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
)

// Units reads the tree of the units in scope. A scope that does not reach the
// root gives a tree without one.
func Units(ctx context.Context, tx db.Tx, scope rbac.Scope) (*Tree, error) {
	var units []*Unit
	err := tx.Each(ctx, `SELECT id, code, name, parent_id, level, path, opened_on, closed_on, version FROM units WHERE ?`,
		[]any{db.InScope(scope, "path", "")}, func(r db.Row) error {
			u := scanUnit(r)
			units = append(units, &u)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("reading units: %w", err)
	}
	return NewTree(units), nil
}

func scanUnit(r db.Row) Unit {
	return Unit{
		ID: r.Int(0), Code: r.Text(1), Name: r.Text(2), ParentID: r.Int(3),
		Level: Level(r.Text(4)), Path: r.Text(5), OpenedOn: r.Date(6), ClosedOn: r.Date(7), Version: r.Int(8),
	}
}

// memberScope is the condition that a member (by the column of the id) is in
// scope: by their own record, or by a unit where they work or worked.
func memberScope(scope rbac.Scope, column string) any {
	cut := len(scope.Except) + len(scope.ExceptUnits) + len(scope.NotStaff)
	switch own := scope.Staff; {
	case scope.All && cut == 0:
		return bun.SafeQuery("(1 = 1)")
	case len(own) > 0 && cut == 0: // in two parts, each of which an index serves
		scope.Staff = nil
		return bun.SafeQuery("("+column+` IN (SELECT m.staff_id FROM assignments m JOIN units mu ON mu.id = m.unit_id WHERE ?
			UNION SELECT o.id FROM staff o WHERE o.id IN (?)))`, db.InScope(scope, "mu.path", ""), bun.List(own))
	}
	return bun.SafeQuery("("+column+" IN (SELECT m.staff_id FROM assignments m JOIN units mu ON mu.id = m.unit_id WHERE ?))",
		db.InScope(scope, "mu.path", "m.staff_id"))
}

const staffColumns = `s.id, s.staff_no, s.name, s.pinyin, s.email, s.hired_on, s.first_unit_id, s.first_position`

func scanStaff(r db.Row, s *Staff) {
	*s = Staff{
		ID: r.Int(0), StaffNo: r.Text(1), Name: r.Text(2), Pinyin: r.Text(3), Email: r.Text(4),
		HiredOn: r.Date(5), FirstUnitID: r.Int(6), FirstPosition: r.Text(7),
	}
}

// EachStaff hands out the members in scope in order of their ids, each with all
// assignments in order of their first days, as a stream: sets of any size. What
// it hands out is good until f returns. f must not use the transaction.
func EachStaff(ctx context.Context, tx db.Tx, scope rbac.Scope, f func(*Staff, []Assignment) error) error {
	return eachStaff(ctx, tx, scope, "1 = 1", nil, 0, f)
}

// eachStaff is EachStaff for those who meet a condition on s, the first limit of
// them; all of them with 0.
func eachStaff(ctx context.Context, tx db.Tx, scope rbac.Scope, condition string, args []any, limit int, f func(*Staff, []Assignment) error) error {
	chosen := `SELECT s.* FROM staff s WHERE ? AND (` + condition + `)`
	if limit > 0 {
		chosen += fmt.Sprintf(" ORDER BY s.id LIMIT %d", limit)
	}
	query := `SELECT ` + staffColumns + `, a.id, a.unit_id, a.position, a.from_on, a.to_on, a.state
		FROM (` + chosen + `) s LEFT JOIN assignments a ON a.staff_id = s.id ORDER BY s.id, a.from_on`
	in := staffStream{f: f, words: map[string]string{}}
	err := tx.Each(ctx, query, append([]any{memberScope(scope, "s.id")}, args...), in.row)
	if err == nil {
		err = in.end()
	}
	if err != nil {
		return fmt.Errorf("reading staff: %w", err)
	}
	return nil
}

// staffStream puts the rows of members and their assignments together.
type staffStream struct {
	f           func(*Staff, []Assignment) error
	member      Staff
	assignments []Assignment
	words       map[string]string
}

func (s *staffStream) row(r db.Row) error {
	if r.Int(0) != s.member.ID {
		if err := s.end(); err != nil {
			return err
		}
		scanStaff(r, &s.member)
		s.assignments = s.assignments[:0]
	}
	if r.Null(8) {
		return nil
	}
	s.assignments = append(s.assignments, Assignment{
		ID: r.Int(8), StaffID: s.member.ID, UnitID: r.Int(9), Position: interned(s.words, r.Bytes(10)),
		From: r.Date(11), To: r.Date(12), State: State(interned(s.words, r.Bytes(13))),
	})
	return nil
}

func (s *staffStream) end() error {
	if s.member.ID == 0 {
		return nil
	}
	return s.f(&s.member, s.assignments)
}

// interned gives one string for equal texts, so that positions take no memory per member.
func interned(words map[string]string, text []byte) string {
	if s, ok := words[string(text)]; ok {
		return s
	}
	s := string(text)
	words[s] = s
	return s
}

// StaffByNo reads the members in scope by their staff numbers.
func StaffByNo(ctx context.Context, tx db.Tx, scope rbac.Scope) (map[string]*Staff, error) {
	members := map[string]*Staff{}
	err := tx.Each(ctx, `SELECT `+staffColumns+` FROM staff s WHERE ?`,
		[]any{memberScope(scope, "s.id")}, func(r db.Row) error {
			s := new(Staff)
			scanStaff(r, s)
			members[s.StaffNo] = s
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("reading staff: %w", err)
	}
	return members, nil
}

// Root gives the unit above all others. A bank whose units are not known yet is
// given a root that the first units file takes the place of: whoever sets the
// bank up holds a role there.
func Root(ctx context.Context, tx db.Tx) (*Unit, error) {
	tree, err := Units(ctx, tx, rbac.Everything())
	if err != nil {
		return nil, err
	}
	if root := tree.Root(); root != nil {
		return root, nil
	}
	if err := bumpPolicy(ctx, tx); err != nil {
		return nil, err
	}
	root := &Unit{Code: provisional, Name: HeadOffice.Name().Zh, Level: HeadOffice, Path: "~" + provisional}
	if err := unitTable().Insert(ctx, tx, []*Unit{root}); err != nil {
		return nil, err
	}
	if err := tx.QueryRowContext(ctx, "SELECT id FROM units WHERE parent_id IS NULL").Scan(&root.ID); err != nil {
		return nil, fmt.Errorf("reading the root: %w", err)
	}
	root.Path = fmt.Sprintf("/%d/", root.ID)
	return root, updateUnits(ctx, tx, []*Unit{root})
}

// provisional is the code of a root that no units file has brought.
const provisional = "HEAD-OFFICE"
