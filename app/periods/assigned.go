package periods

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// Flag is what is particular to a member in a period.
type Flag string

// The flags, in the order in which people read them.
const (
	Unscored    Flag = "no_scorecard" // no scorecard is for a position that they worked in
	Transferred Flag = "transferred"  // worked at several units or in several positions
	Joined      Flag = "joined"       // came after the first day
	LeftWork    Flag = "left"         // went before the last day
	OnLeave     Flag = "on_leave"     // was on leave for a day or more
	TooShort    Flag = "too_short"    // a part is too short to count
)

// Assigned is who is assessed by which scorecard in a period.
type Assigned struct {
	StaffNo, Name string
	Pinyin        string // of the name
	Segments      []AssignedSegment
	Flags         []Flag
}

// AssignedSegment is the part of a member's period at one unit in one position.
type AssignedSegment struct {
	Unit          *people.Unit
	Position      string
	First, Last   db.Date
	Days          int
	Counts        bool   // it is long enough
	Scorecard     string // its code; empty where none is for the position
	ScorecardName scoring.Text
}

// AssignedFilter narrows a list of who is assessed by what.
type AssignedFilter struct {
	Unit      string // its code: it and all below
	Scorecard string // its code; NoCard for those without one
	Flag      Flag
	Search    string // part of the number, the name or its pinyin
}

// NoCard stands for the scorecard of those who have none.
const NoCard = "-"

// AssignedPage is a page of who is assessed by what, by staff number.
type AssignedPage struct {
	Members []Assigned
	Next    string // the cursor of the next page; empty on the last
	Total   int64
}

// Assigned lists who is assessed by which scorecard, as far as the actor sees
// where they worked: of others, what they did at units in scope, and nothing that
// tells of more. Who was at none in the period is not listed.
func (s *Service) Assigned(ctx context.Context, actor rbac.Actor, code string, f AssignedFilter, q page.Query) (*AssignedPage, error) {
	if err := access.Require(actor, rbac.StaffRead); err != nil {
		return nil, err
	}
	found := &AssignedPage{}
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := Find(ctx, tx, code)
		if err != nil {
			return err
		}
		r := &register{period: p, own: ownOf(actor, rbac.StaffRead), filter: f, members: []Assigned{}}
		if err := r.read(ctx, tx, actor.Scope(rbac.StaffRead)); err != nil {
			return err
		}
		slices.SortFunc(r.members, func(a, b Assigned) int { return cmp.Compare(a.StaffNo, b.StaffNo) })
		found.Total = int64(len(r.members))
		found.Members, found.Next, err = page.Cut(q, "staff_no", r.members, func(m Assigned) string { return m.StaffNo })
		return err
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "assignment", fmt.Sprintf("period=%s unit=%s scorecard=%s flag=%s search=%s", code, f.Unit, f.Scorecard, f.Flag, f.Search))
	return found, nil
}

// ownOf gives the id of an actor whose permission reaches their own record; 0 for others.
func ownOf(actor rbac.Actor, p rbac.Permission) int64 {
	if slices.Contains(actor.Scope(p).Staff, actor.StaffID) {
		return actor.StaffID
	}
	return 0
}

// register is the list in the making.
type register struct {
	period  *Period
	tree    *people.Tree // of the units in sight
	own     int64
	under   string // the path of the unit that the list is of; empty for all
	names   map[string]scoring.Text
	cards   Cards
	filter  AssignedFilter
	members []Assigned
}

func (r *register) read(ctx context.Context, tx db.Tx, scope rbac.Scope) error {
	published, err := scorecards.Published(ctx, tx)
	if err != nil {
		return err
	}
	r.cards, r.names = CardsOf(published), map[string]scoring.Text{}
	for i := range published {
		r.names[published[i].Code] = published[i].Card.Name
	}
	all, err := people.Units(ctx, tx, rbac.Everything())
	if err != nil {
		return err
	}
	if r.tree = all; bounded(scope) {
		if r.tree, err = people.Units(ctx, tx, scope); err != nil {
			return err
		}
	}
	if r.filter.Unit != "" {
		unit := r.tree.ByCode(r.filter.Unit)
		if unit == nil {
			return fault.New(fault.NotFound, "period.no_unit", lang.Args{"unit": r.filter.Unit})
		}
		r.under, scope = unit.Path, rbac.Scope{Subtrees: []string{unit.Path}}
	}
	return r.period.EachMemberFound(ctx, tx, scope, r.filter.Search, r.cards, all, func(m *Member) error {
		r.add(m, all)
		return nil
	})
}

func (r *register) add(m *Member, all *people.Tree) {
	one := Assigned{StaffNo: m.StaffNo, Name: m.Name, Pinyin: m.Pinyin, Segments: []AssignedSegment{}, Flags: []Flag{}}
	var spans []people.Span
	for i := range m.Spans {
		unit := all.ByID(m.Spans[i].UnitID)
		if unit == nil || r.tree.ByID(unit.ID) == nil && (r.own == 0 || r.own != m.ID) {
			continue
		}
		spans = append(spans, m.Spans[i])
		if m.Spans[i].State == people.Active {
			one.span(&m.Spans[i], unit)
		}
	}
	if !slices.ContainsFunc(spans, func(s people.Span) bool { return s.State != people.Left && r.within(all.ByID(s.UnitID)) }) {
		return
	}
	for i := range one.Segments {
		s := &one.Segments[i]
		s.Counts, s.Scorecard = s.Days >= r.period.MinDays, r.cards[s.Position].Code
		s.ScorecardName = r.names[s.Scorecard]
	}
	one.flag(r.period, spans)
	if r.wants(&one) {
		r.members = append(r.members, one)
	}
}

func (r *register) within(unit *people.Unit) bool {
	return r.under == "" || strings.HasPrefix(unit.Path, r.under)
}

// span adds days to the segment of a unit and position.
func (a *Assigned) span(span *people.Span, unit *people.Unit) {
	at := slices.IndexFunc(a.Segments, func(s AssignedSegment) bool { return s.Unit == unit && s.Position == span.Position })
	if at < 0 {
		at = len(a.Segments)
		a.Segments = append(a.Segments, AssignedSegment{Unit: unit, Position: span.Position, First: span.From})
	}
	a.Segments[at].Days += span.Days()
	a.Segments[at].Last = span.To
}

// flag says what is particular, by what is in sight of a member.
func (a *Assigned) flag(p *Period, spans []people.Span) {
	at := func(state people.State) bool {
		return slices.ContainsFunc(spans, func(s people.Span) bool { return s.State == state })
	}
	employed := slices.DeleteFunc(slices.Clone(spans), func(s people.Span) bool { return s.State == people.Left })
	for flag, is := range map[Flag]bool{
		Unscored:    slices.ContainsFunc(a.Segments, func(s AssignedSegment) bool { return s.Scorecard == "" }),
		Transferred: len(a.Segments) > 1,
		Joined:      employed[0].From.After(p.FirstDay),
		LeftWork:    employed[len(employed)-1].To.Before(p.LastDay),
		OnLeave:     at(people.Leave),
		TooShort:    slices.ContainsFunc(a.Segments, func(s AssignedSegment) bool { return !s.Counts }),
	} {
		if is {
			a.Flags = append(a.Flags, flag)
		}
	}
	order := []Flag{Unscored, Transferred, Joined, LeftWork, OnLeave, TooShort}
	slices.SortFunc(a.Flags, func(x, y Flag) int { return cmp.Compare(slices.Index(order, x), slices.Index(order, y)) })
}

// wants says whether the filter lets a member through.
func (r *register) wants(a *Assigned) bool {
	card := strings.TrimPrefix(r.filter.Scorecard, NoCard)
	return (r.filter.Flag == "" || slices.Contains(a.Flags, r.filter.Flag)) && (r.filter.Scorecard == "" ||
		slices.ContainsFunc(a.Segments, func(s AssignedSegment) bool { return s.Scorecard == card && r.within(s.Unit) }))
}
