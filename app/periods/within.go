package periods

import (
	"context"
	"fmt"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/rbac"
)

// bounded says whether a scope is less than the whole bank.
func bounded(s rbac.Scope) bool {
	return !s.All || len(s.Except)+len(s.ExceptUnits)+len(s.NotStaff) > 0
}

// scopeIn is what an actor may be told of a period in a state: what its inputs
// lack by period.read, and who is incomplete by result.read, one's own left out
// while nothing is published.
func scopeIn(actor rbac.Actor, state State) rbac.Scope {
	if state.Before(Scoring) {
		return actor.Scope(rbac.PeriodRead)
	}
	scope := actor.Scope(rbac.ResultRead)
	if state.Before(Published) {
		scope.Staff = nil
	}
	return scope
}

// within leaves of a status what a scope reaches: blockers at its units, the
// waivers of those, and of the run the members whose work it sees. Whoever sees
// their own record alone is not told of a run that is not published.
func (s *Status) within(ctx context.Context, tx db.Tx, scope rbac.Scope) error {
	if !bounded(scope) {
		return nil
	}
	tree, err := people.Units(ctx, tx, scope)
	if err != nil {
		return err
	}
	alone := len(tree.All()) == 0
	if !alone {
		s.Blockers = slices.DeleteFunc(s.Blockers, func(b Blocker) bool { return b.Unit != "" && tree.ByCode(b.Unit) == nil })
	}
	s.Waivers = slices.DeleteFunc(s.Waivers, func(w Waiver) bool {
		return !slices.ContainsFunc(s.Blockers, func(b Blocker) bool { return w.Covers(&b) })
	})
	switch {
	case s.Run == nil:
		return nil
	case alone && s.State.Before(Published):
		s.Run, s.Blockers = nil, slices.DeleteFunc(s.Blockers, func(b Blocker) bool { return b.Code == Incomplete || b.Code == OutdatedRun })
		return nil
	}
	err = tx.QueryRowContext(ctx, `SELECT COUNT(DISTINCT g.staff_id) FROM result_segments g JOIN units u ON u.id = g.unit_id
		WHERE g.run_id = ? AND ?`, s.Run.ID, db.InScope(scope, "u.path", "g.staff_id")).Scan(&s.Run.Members)
	if err != nil {
		return fmt.Errorf("counting members: %w", err)
	}
	return nil
}
