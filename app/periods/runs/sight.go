package runs

import (
	"context"
	"maps"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

// Partial is the status of a result of which a part that counts was earned at a
// unit out of sight: its segments in sight are shown, and nothing of the whole.
const Partial = "partial"

// sight is what somebody sees of one run. A segment belongs to the unit where the
// work was done; the totals belong to whoever sees every segment that counts, and
// to the member.
type sight struct {
	whole bool           // the whole bank
	units map[int64]bool // otherwise, what was done there
	own   map[int64]bool // and by these members, wherever
}

// sightOf gives what an actor may see of a run for a permission. Members see
// their own in the published run alone.
func sightOf(ctx context.Context, tx db.Tx, actor rbac.Actor, p rbac.Permission, published bool) (*sight, error) {
	scope := actor.Scope(p)
	if !published {
		scope.Staff = nil
	}
	s := &sight{whole: unbounded(scope), units: map[int64]bool{}, own: map[int64]bool{}}
	for _, id := range scope.Staff {
		s.own[id] = true
	}
	if s.whole || scope.Empty() {
		return s, nil
	}
	err := tx.Each(ctx, "SELECT id FROM units WHERE ?", []any{db.InScope(scope, "path", "")}, func(r db.Row) error {
		s.units[r.Int(0)] = true
		return nil
	})
	return s, err
}

// unbounded says whether nothing is out of a scope.
func unbounded(s rbac.Scope) bool {
	return s.All && len(s.Except) == 0 && len(s.ExceptUnits) == 0 && len(s.NotStaff) == 0
}

// nothing says whether there is nothing to be seen, so that the run is not told of.
func (s *sight) nothing() bool { return !s.whole && len(s.units) == 0 && len(s.own) == 0 }

// and gives what is in both.
func (s *sight) and(other *sight) *sight {
	switch {
	case other.whole:
		return s
	case s.whole:
		return other
	}
	both := &sight{units: map[int64]bool{}, own: map[int64]bool{}}
	for id := range s.units {
		both.units[id] = other.units[id]
	}
	for id := range s.own {
		both.own[id] = other.own[id]
	}
	maps.DeleteFunc(both.units, func(_ int64, in bool) bool { return !in })
	maps.DeleteFunc(both.own, func(_ int64, in bool) bool { return !in })
	return both
}

// allOf says whether everything of a member is in sight, whatever the units.
func (s *sight) allOf(staffID int64) bool { return s.whole || s.own[staffID] }

func (s *sight) unitIDs() any { return bun.List(listed(s.units)) }

// listed gives the ids in their order, or one that nothing has where there are none.
func listed(ids map[int64]bool) []int64 {
	if len(ids) == 0 {
		return []int64{0}
	}
	list := make([]int64, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

// members is the condition that something of a result (r) is in sight.
func (s *sight) members(runID int64) schema.QueryWithArgs {
	if s.whole {
		return bun.SafeQuery("(1 = 1)")
	}
	return bun.SafeQuery("(r.staff_id IN (?))", s.people(runID))
}

// people selects the ids of the members of whom something is in sight, where that
// is not everybody.
func (s *sight) people(runID int64) schema.QueryWithArgs {
	return bun.SafeQuery(`SELECT seen.staff_id FROM result_segments AS seen WHERE seen.run_id = ? AND seen.unit_id IN (?)
		UNION SELECT own.id FROM staff AS own WHERE own.id IN (?)`, runID, s.unitIDs(), bun.List(listed(s.own)))
}

// main is the condition that the unit of a result (r) is in sight.
func (s *sight) main() schema.QueryWithArgs {
	if s.whole {
		return bun.SafeQuery("(1 = 1)")
	}
	return bun.SafeQuery("(r.unit_id IN (?) OR r.staff_id IN (?))", s.unitIDs(), bun.List(listed(s.own)))
}

// full is the condition that all of a result (r) that counts is in sight.
func (s *sight) full() schema.QueryWithArgs {
	if s.whole {
		return bun.SafeQuery("(1 = 1)")
	}
	return bun.SafeQuery(`(r.staff_id IN (?) OR NOT EXISTS (SELECT 1 FROM result_segments AS far
		WHERE far.run_id = r.run_id AND far.staff_id = r.staff_id AND far.status <> 'short' AND far.unit_id NOT IN (?)))`,
		bun.List(listed(s.own)), s.unitIDs())
}

// under is the condition that what is shown of a result (r) stands at a unit or
// below it: its own unit, or where that is out of sight a segment in sight.
func (s *sight) under(path string) schema.QueryWithArgs {
	scope := rbac.Scope{Subtrees: []string{path}}
	if s.whole {
		return db.InScope(scope, "u.path", "")
	}
	return bun.SafeQuery(`((? AND ?) OR (NOT ? AND EXISTS (SELECT 1 FROM result_segments AS near JOIN units AS nu ON nu.id = near.unit_id
		WHERE near.run_id = r.run_id AND near.staff_id = r.staff_id AND near.unit_id IN (?) AND ?)))`,
		s.main(), db.InScope(scope, "u.path", ""), s.main(), s.unitIDs(), db.InScope(scope, "nu.path", ""))
}

// path is the path of the unit that a result (r) is shown at.
func (s *sight) path() schema.QueryWithArgs {
	if s.whole {
		return bun.SafeQuery("u.path")
	}
	return bun.SafeQuery(`CASE WHEN ? THEN u.path ELSE (SELECT MAX(nu.path) FROM result_segments AS near JOIN units AS nu ON nu.id = near.unit_id
		WHERE near.run_id = r.run_id AND near.staff_id = r.staff_id AND near.unit_id IN (?)) END`, s.main(), s.unitIDs())
}

// cut takes out of a result what is out of sight, and gives the places of the
// segments that stay; false if nothing stays.
func (s *sight) cut(r *Result) (kept []int, ok bool) {
	if s.allOf(r.StaffID) {
		return nil, true
	}
	segments, partial := make([]Segment, 0, len(r.Segments)), false
	for i := range r.Segments {
		switch {
		case s.units[r.Segments[i].UnitID]:
			segments, kept = append(segments, r.Segments[i]), append(kept, i)
		case r.Segments[i].Status != Short:
			partial = true
		}
	}
	if len(kept) == 0 {
		return nil, false
	}
	r.Segments = segments
	if last := &segments[len(segments)-1]; !s.units[r.UnitID] {
		r.UnitID, r.Position, r.Scorecard, r.PeerGroup = last.UnitID, last.Position, last.Scorecard, last.PeerGroup
	}
	if partial {
		r.Status, r.Reason, r.Grade, r.Coefficient, r.Place, r.Peers = Partial, "", "", "", 0, 0
		r.Base, r.Bonus, r.Deduction, r.Total = Points{}, Points{}, Points{}, Points{}
	}
	return kept, true
}

// look opens a finished run for an actor, with what they see of it. A run of
// which they see nothing is told of no more than one that is not there.
func look(ctx context.Context, tx db.Tx, actor rbac.Actor, p *periods.Period, number int) (*Run, *sight, error) {
	run, err := findRun(ctx, tx, p, number)
	if err != nil {
		return nil, nil, err
	}
	s, err := sightOf(ctx, tx, actor, rbac.ResultRead, run.Published)
	if err != nil {
		return nil, nil, err
	}
	if s.nothing() {
		return nil, nil, noRun(p, number)
	}
	return run, s, nil
}
