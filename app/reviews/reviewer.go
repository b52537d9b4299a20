package reviews

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// Source says why somebody is a reviewer.
type Source string

// The sources.
const (
	ByRule Source = "rule"  // as the manager, a peer or the member
	ByName Source = "named" // head office named them
)

// Reviewer is somebody who is to rate a member's segment in a role.
type Reviewer struct {
	ID          int64  `json:"id,omitempty"` // of those who were named
	StaffNo     string `json:"staff_no"`     // who is rated
	Name        string `json:"name,omitempty"`
	Pinyin      string `json:"-"` // of the name
	Unit        string `json:"unit"`
	UnitName    string `json:"unit_name,omitempty"`
	Position    string `json:"position"`
	Role        string `json:"role"`
	Rater       string `json:"rater"` // staff number, or username without one
	RaterName   string `json:"rater_name,omitempty"`
	RaterPinyin string `json:"-"` // of that name
	Source      Source `json:"source"`
	Reason      string `json:"reason,omitempty"`
	NamedBy     string `json:"named_by,omitempty"`

	staffID, unitID int64
	raterUser       int64 // of a manager, whose number and name are found last
}

// subject names whom a reviewer rates, for the audit trail.
func (r *Reviewer) subject(period string) string {
	return strings.Join([]string{period, r.StaffNo, r.Unit, r.Role, r.Rater}, "/")
}

// Who says which reviewers are listed.
type Who struct {
	Staff string // staff number of the member; with it peers and the member are listed too, who go without saying otherwise
	Unit  string // code: the unit and all below it
}

// Reviewers lists who rates whom in a period by the rated members' staff numbers.
func (s *Service) Reviewers(ctx context.Context, actor rbac.Actor, period string, who Who, q page.Query) (list []Reviewer, next string, err error) {
	if err := access.RequireWhole(actor, rbac.ReviewAssign); err != nil {
		return nil, "", err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := s.month.Read(ctx, tx, period)
		if err != nil {
			return err
		}
		all, err := s.reviewers(ctx, tx, p, who)
		if err != nil {
			return err
		}
		list, next, err = page.Cut(q, "staff_no", all, func(r Reviewer) string { return r.StaffNo })
		if err != nil {
			return err
		}
		return nameManagers(ctx, tx, list)
	})
	if err != nil {
		return nil, "", err
	}
	s.trail.Listed(ctx, actor, "reviewers", strings.Join([]string{period, who.Staff, who.Unit}, " "))
	return list, next, nil
}

func (s *Service) reviewers(ctx context.Context, tx db.Tx, p *Period, who Who) ([]Reviewer, error) {
	tree, err := people.Units(ctx, tx, rbac.Everything())
	if err != nil {
		return nil, err
	}
	scope, err := who.scope(ctx, tx, tree)
	if err != nil || scope.Empty() {
		return nil, err
	}
	posts, err := allPosts(ctx, tx, p)
	if err != nil {
		return nil, err
	}
	managers := newManagers(s.policy(), tree, posts)
	units := map[int64]bool{}
	for _, u := range tree.Under(unitID(tree, who.Unit)) {
		units[u.ID] = true
	}
	var all []Reviewer
	var members []Member
	err = s.month.EachMember(ctx, tx, p, scope, tree, func(m *Member) error {
		for i := range m.Segments {
			if at := &m.Segments[i]; who.Unit == "" || units[at.UnitID] {
				all = append(all, managersOf(managers, tree, m, at)...)
			}
		}
		members = append(members, *m)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if who.Staff != "" && len(members) == 1 {
		around, err := s.around(ctx, tx, p, tree, managers, &members[0])
		if err != nil {
			return nil, err
		}
		all = append(all, around...)
	}
	named, err := readNamings(ctx, tx, p, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?", db.InScope(scope, "u.path", "n.staff_id"))
	})
	all = append(all, named...)
	slices.SortStableFunc(all, func(a, b Reviewer) int {
		return cmp.Or(cmp.Compare(a.StaffNo, b.StaffNo), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Role, b.Role), cmp.Compare(a.Rater, b.Rater))
	})
	return all, err
}

// scope is where the members stand whose reviewers are asked for.
func (w Who) scope(ctx context.Context, tx db.Tx, tree *people.Tree) (rbac.Scope, error) {
	if w.Staff != "" {
		member, err := staffByNo(ctx, tx, w.Staff)
		if err != nil || member == nil {
			return rbac.Scope{}, err
		}
		return rbac.Scope{Staff: []int64{member.ID}}, nil
	}
	if w.Unit == "" {
		return rbac.Everything(), nil
	}
	unit := tree.ByCode(w.Unit)
	if unit == nil {
		return rbac.Scope{}, nil
	}
	return rbac.Scope{Subtrees: []string{unit.Path}}, nil
}

func unitID(tree *people.Tree, code string) int64 {
	if u := tree.ByCode(code); u != nil {
		return u.ID
	}
	return 0
}

func managersOf(managers *managers, tree *people.Tree, m *Member, at *Segment) []Reviewer {
	var found []Reviewer
	if len(at.Card.rated(RoleManager)) == 0 {
		return nil
	}
	for _, p := range managers.of(m.StaffID, at.UnitID, at.Last) {
		r := reviewer(tree, m, at, RoleManager)
		r.raterUser = p.userID
		found = append(found, r)
	}
	return found
}

func reviewer(tree *people.Tree, m *Member, at *Segment, role string) Reviewer {
	unit := tree.ByID(at.UnitID)
	return Reviewer{StaffNo: m.StaffNo, Name: m.Name, Pinyin: m.Pinyin, Unit: unit.Code, UnitName: unit.Name, Position: at.Position, Role: role, Source: ByRule}
}

// around lists the member's peers, and the member where they rate themselves.
func (s *Service) around(ctx context.Context, tx db.Tx, p *Period, tree *people.Tree, managers *managers, m *Member) ([]Reviewer, error) {
	var all []Reviewer
	scope := rbac.Scope{}
	for i := range m.Segments {
		at := &m.Segments[i]
		scope.Units = append(scope.Units, tree.ByID(at.UnitID).Path)
		if len(at.Card.rated(RoleSelf)) > 0 {
			r := reviewer(tree, m, at, RoleSelf)
			r.Rater, r.RaterName, r.RaterPinyin = m.StaffNo, m.Name, m.Pinyin
			all = append(all, r)
		}
	}
	if scope.Empty() {
		return all, nil
	}
	err := s.month.EachMember(ctx, tx, p, scope, tree, func(peer *Member) error {
		for i := range m.Segments {
			at := &m.Segments[i]
			manages := slices.ContainsFunc(managers.of(m.StaffID, at.UnitID, at.Last), func(p post) bool { return p.staffID == peer.StaffID })
			if peer.StaffID == m.StaffID || manages || !slices.Contains(peer.ActiveAt, at.UnitID) || len(at.Card.rated(RolePeer)) == 0 {
				continue
			}
			r := reviewer(tree, m, at, RolePeer)
			r.Rater, r.RaterName, r.RaterPinyin = peer.StaffNo, peer.Name, peer.Pinyin
			all = append(all, r)
		}
		return nil
	})
	return all, err
}

// nameManagers gives managers their numbers and names.
func nameManagers(ctx context.Context, tx db.Tx, list []Reviewer) error {
	ids := []int64{0}
	for i := range list {
		ids = append(ids, list[i].raterUser)
	}
	type named struct{ no, name, pinyin string }
	byID := map[int64]named{}
	err := tx.Each(ctx, "SELECT ru.id, "+raterNo+", COALESCE(rs.name, ''), COALESCE(rs.pinyin, '') FROM users ru LEFT JOIN staff rs ON rs.id = ru.staff_id WHERE ru.id IN (?)",
		[]any{bun.List(ids)}, func(r db.Row) error {
			byID[r.Int(0)] = named{r.Text(1), r.Text(2), r.Text(3)}
			return nil
		})
	if err != nil {
		return fmt.Errorf("reading who answers for units: %w", err)
	}
	for i := range list {
		if who := byID[list[i].raterUser]; list[i].raterUser != 0 {
			list[i].Rater, list[i].RaterName, list[i].RaterPinyin = who.no, who.name, who.pinyin
		}
	}
	return nil
}

// readNamings reads the named reviewers of a period that a query narrows down; n
// is the naming, s the member, u the unit.
func readNamings(ctx context.Context, tx db.Tx, p *Period, narrow func(*bun.SelectQuery) *bun.SelectQuery) ([]Reviewer, error) {
	var rows []struct {
		naming      `bun:",extend"`
		StaffNo     string
		Name        string
		Unit        string
		UnitName    string
		Rater       string
		RaterName   string
		Pinyin      string
		RaterPinyin string
	}
	query := tx.NewSelect().TableExpr("reviewers AS n").
		ColumnExpr("n.id, n.staff_id, n.unit_id, n.position, n.role, n.rater_id, n.reason, n.named_by, s.staff_no, s.name, u.code AS unit, u.name AS unit_name, r.staff_no AS rater, r.name AS rater_name, s.pinyin, r.pinyin AS rater_pinyin").
		Join("JOIN staff AS s ON s.id = n.staff_id").Join("JOIN units AS u ON u.id = n.unit_id").Join("JOIN staff AS r ON r.id = n.rater_id").
		Where("n.period_id = ? AND n.ended_at IS NULL", p.ID)
	if err := narrow(query).OrderExpr("n.id").Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("reading named reviewers: %w", err)
	}
	list := make([]Reviewer, len(rows))
	for i := range rows {
		r := &rows[i]
		list[i] = Reviewer{
			ID: r.ID, StaffNo: r.StaffNo, Name: r.Name, Unit: r.Unit, UnitName: r.UnitName, Position: r.Position, Role: r.Role, Rater: r.Rater, RaterName: r.RaterName,
			Pinyin: r.Pinyin, RaterPinyin: r.RaterPinyin,
			Source: ByName, Reason: r.Reason, NamedBy: r.NamedBy, staffID: r.StaffID, unitID: r.UnitID,
		}
	}
	return list, nil
}
