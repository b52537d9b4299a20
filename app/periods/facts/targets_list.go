package facts

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

// TargetFilter narrows a list of targets; what is left out narrows nothing.
type TargetFilter struct {
	Unit    string // its code: it and all below
	Metric  string // its code
	Missing bool   // those alone that are not there yet
	Search  string // part of the number, the name or its pinyin
}

// TargetPage is a page of targets, by staff number.
type TargetPage struct {
	Targets []*Target
	Next    string // the cursor of the next page; empty on the last
	Total   int64
}

// view is whose targets somebody sees: of the units where they read periods and,
// beside that, results or set targets; and their own.
type view struct {
	units map[int64]bool
	own   int64
}

func (v view) sees(m *allotted, segment int) bool {
	return v.units[m.segments[segment].UnitID] || v.own != 0 && v.own == m.id
}

func viewOf(ctx context.Context, tx db.Tx, actor rbac.Actor) (view, error) {
	v := view{}
	if own := actor.Scope(rbac.ResultRead).Staff; slices.Contains(own, actor.StaffID) {
		v.own = actor.StaffID
	}
	var err error
	v.units, err = unitsIn(ctx, tx, bun.SafeQuery("(? AND (? OR ?))", db.InScope(actor.Scope(rbac.PeriodRead), "path", ""),
		db.InScope(actor.Scope(rbac.ResultRead), "path", ""), db.InScope(actor.Scope(rbac.TargetImport), "path", "")))
	return v, err
}

// unitsIn gives the ids of the units for which a condition holds.
func unitsIn(ctx context.Context, tx db.Tx, condition schema.QueryWithArgs) (map[int64]bool, error) {
	ids := map[int64]bool{}
	err := tx.Each(ctx, "SELECT id FROM units WHERE ?", []any{condition}, func(r db.Row) error {
		ids[r.Int(0)] = true
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading units: %w", err)
	}
	return ids, nil
}

// line is a row of the list.
type line struct {
	member *allotted
	at     slot
	ask    ask
}

// Targets gives a page of targets: a row for each member, segment that counts, and
// metric which its scorecard holds against a target or a baseline.
func (s *Service) Targets(ctx context.Context, actor rbac.Actor, code string, f TargetFilter, q page.Query) (*TargetPage, error) {
	if err := access.Require(actor, rbac.PeriodRead); err != nil {
		return nil, err
	}
	found := &TargetPage{Targets: []*Target{}}
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := periods.Find(ctx, tx, code)
		if err != nil {
			return err
		}
		sheet, err := openSheet(ctx, tx, p)
		if err != nil {
			return err
		}
		lines, err := sheet.lines(ctx, tx, actor, f)
		if err != nil {
			return err
		}
		found.Total = int64(len(lines))
		lines, found.Next, err = page.Cut(q, "staff_no", lines, func(l line) string { return l.member.staffNo })
		if err != nil {
			return err
		}
		if err := sheet.read(ctx, tx, membersOf(lines)); err != nil {
			return err
		}
		for _, l := range lines {
			found.Targets = append(found.Targets, sheet.of(l.member, l.at, l.ask))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "target", fmt.Sprintf("period=%s unit=%s metric=%s search=%s missing=%t", code, f.Unit, f.Metric, f.Search, f.Missing))
	return found, nil
}

func membersOf(lines []line) []*allotted {
	var members []*allotted
	for i := range lines {
		if i == 0 || lines[i].member != lines[i-1].member {
			members = append(members, lines[i].member)
		}
	}
	return members
}

// lines are the rows that the actor sees and the filter lets through, in order.
// Figures are read of everybody where it is asked what is missing.
func (s *sheet) lines(ctx context.Context, tx db.Tx, actor rbac.Actor, f TargetFilter) ([]line, error) {
	v, err := viewOf(ctx, tx, actor)
	if err != nil {
		return nil, err
	}
	scope := actor.Scope(rbac.PeriodRead)
	if v.own != 0 {
		scope.Staff = []int64{v.own}
	}
	if f.Unit != "" {
		unit := s.tree.ByCode(f.Unit)
		if unit == nil || !v.units[unit.ID] {
			return nil, fault.New(fault.NotFound, "facts.no_unit", lang.Args{"unit": f.Unit})
		}
		scope = rbac.Scope{Subtrees: []string{unit.Path}}
		for id := range v.units {
			if u := s.tree.ByID(id); u == nil || !strings.HasPrefix(u.Path, unit.Path) {
				delete(v.units, id)
			}
		}
		v.own = 0
	}
	if err := s.period.EachMemberFound(ctx, tx, scope, f.Search, s.cards, s.tree, s.take); err != nil {
		return nil, err
	}
	slices.SortFunc(s.members, func(a, b *allotted) int { return cmp.Compare(a.staffNo, b.staffNo) })
	if f.Missing {
		if err := s.read(ctx, tx, s.members); err != nil {
			return nil, err
		}
	}
	lines := []line{}
	for _, m := range s.members {
		lines = s.linesOf(m, v, f, lines)
	}
	return lines, nil
}

func (s *sheet) linesOf(m *allotted, v view, f TargetFilter, lines []line) []line {
	for i := range m.segments {
		if !s.counts(&m.segments[i]) || !v.sees(m, i) {
			continue
		}
		for _, a := range s.asks[m.segments[i].Scorecard] {
			at := slot{i, a.metric.ID}
			if f.Metric != "" && f.Metric != a.metric.Code || f.Missing && !a.lacks(m.shown(at)) {
				continue
			}
			lines = append(lines, line{m, at, a})
		}
	}
	return lines
}
