package runs

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// MemberTrace is a member's result as it is stored, with the trace that explains
// it, worked out again from the frozen inputs.
type MemberTrace struct {
	*Result
	// Unit is the main segment's unit as the run froze it; Book.Units has those of the others.
	Unit *Unit
	// Input is what the run froze of the member, the inputs of each segment in
	// the order of Result.Segments.
	Input *scoring.Member
	Trace *scoring.Trace
}

// Explain gives the trace of one member of a run, by staff number. That it was
// read is on record, unless it is the actor's own.
func (s *Service) Explain(ctx context.Context, actor rbac.Actor, code string, number int, staffNo string) (book *Book, m *MemberTrace, err error) {
	filter := Filter{Staff: []string{staffNo}}
	err = s.read(ctx, actor, code, number, filter, func(ctx context.Context, tx db.Tx, b *Book, ids []int64) error {
		if len(ids) == 0 {
			return fault.New(fault.NotFound, "runs.no_member", lang.Args{"staff": staffNo, "period": code, "run": b.Run.Number})
		}
		book = b
		stored, err := readResults(ctx, tx, b.Run.ID, ids)
		if err != nil {
			return err
		}
		peers, err := b.peersOf(ctx, tx, stored[ids[0]])
		if err != nil {
			return err
		}
		return b.trace(ctx, tx, peers, ids, func(found *MemberTrace) error {
			m = found
			return spell(ctx, tx, m.Result)
		})
	})
	if err == nil && m == nil {
		err = fault.New(fault.NotFound, "runs.no_member", lang.Args{"staff": staffNo, "period": code, "run": book.Run.Number})
	}
	if err == nil && m.StaffID != actor.StaffID {
		err = s.trail.Read(ctx, actor, "result.read", "result", code+"/"+staffNo)
	}
	if err != nil {
		return nil, nil, err
	}
	return book, m, nil
}

// EachTrace hands out the members of a run (Latest for the published or last
// one) with their traces, in the order of the filter, as a stream: each is good
// until f returns. Before the first, begin is told what is read; it may be nil.
//
// The inputs of all members are read once before the first trace where a
// scorecard compares peers; memory then grows with the members, a few hundred
// bytes for each.
func (s *Service) EachTrace(ctx context.Context, actor rbac.Actor, code string, number int, filter Filter,
	begin func(*Book) error, f func(*MemberTrace) error,
) error {
	return s.read(ctx, actor, code, number, filter, func(ctx context.Context, tx db.Tx, book *Book, ids []int64) error {
		if begin != nil {
			if err := begin(book); err != nil {
				return err
			}
		}
		return eachTrace(ctx, tx, book, ids, f)
	})
}

func eachTrace(ctx context.Context, tx db.Tx, book *Book, ids []int64, f func(*MemberTrace) error) error {
	peers, err := book.allPeers(ctx, tx)
	if err != nil {
		return err
	}
	return book.trace(ctx, tx, peers, ids, f)
}

// trace explains members in sets. Those whose scorecards compare peers were
// added to the evaluation of the peers; the others need nobody else.
func (b *Book) trace(ctx context.Context, tx db.Tx, peers *scoring.Evaluation, ids []int64, f func(*MemberTrace) error) error {
	for len(ids) > 0 {
		chunk := ids[:min(chunkMembers, len(ids))]
		ids = ids[len(chunk):]
		results, err := readResults(ctx, tx, b.Run.ID, chunk)
		if err != nil {
			return err
		}
		inputs, err := b.readInputs(ctx, tx, chunk)
		if err != nil {
			return err
		}
		alone := b.evaluation()
		for _, id := range chunk {
			if m := inputs[id]; m != nil && !b.cards.comparePeers(m) {
				if err := alone.Add(m); err != nil {
					return err
				}
			}
		}
		alone.Finish()
		for _, id := range chunk {
			if inputs[id] == nil || results[id] == nil {
				return errOrphan("frozen_members", id)
			}
			evaluation := alone
			if b.cards.comparePeers(inputs[id]) {
				evaluation = peers
			}
			explained := b.explained(evaluation, results[id], inputs[id])
			if !b.cut(explained) {
				continue
			}
			if err := f(explained); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *Book) explained(evaluation *scoring.Evaluation, r *Result, m *scoring.Member) *MemberTrace {
	trace := evaluation.Explain(m)
	// The place among others is the stored one: not all of them were evaluated again.
	trace.Result.Rank, trace.Result.Peers = r.Place, r.Peers
	return &MemberTrace{Result: r, Input: m, Trace: trace}
}

func (b *Book) evaluation() *scoring.Evaluation {
	return scoring.NewEvaluation(b.Run.PeriodDays, b.Run.MinDays, b.cards.scoring())
}

// readInputs reads the frozen inputs of a set of members, by their ids.
func (b *Book) readInputs(ctx context.Context, tx db.Tx, ids []int64) (map[int64]*scoring.Member, error) {
	inputs := make(map[int64]*scoring.Member, len(ids))
	reader := scoring.NewMemberReader(b.cards.scoring())
	err := tx.Each(ctx, `SELECT staff_id, input FROM frozen_members WHERE run_id = ? AND staff_id IN (?)`,
		[]any{b.Run.ID, bun.List(ids)}, func(row db.Row) error {
			m, err := reader.Read(row.Bytes(1))
			if err != nil {
				return fmt.Errorf("reading the frozen input of staff id %d: %w", row.Int(0), err)
			}
			inputs[row.Int(0)] = &m
			return nil
		})
	if err == nil && len(inputs) == 0 {
		return nil, fault.New(fault.NotFound, "runs.thawed", lang.Args{"run": b.Run.Number})
	}
	return inputs, err
}

// allPeers evaluates every member whose scorecards compare peers; nil if there are none.
func (b *Book) allPeers(ctx context.Context, tx db.Tx) (*scoring.Evaluation, error) {
	codes := b.cards.comparing()
	if len(codes) == 0 {
		return nil, nil //nolint:nilnil // nobody is compared, nothing is evaluated
	}
	return b.evaluate(ctx, tx, "s.scorecard IN (?)", bun.List(codes))
}

// peersOf evaluates the members of the peer groups that a member is compared in; nil if there are none.
func (b *Book) peersOf(ctx context.Context, tx db.Tx, r *Result) (*scoring.Evaluation, error) {
	condition, args := b.comparedWith(r)
	if condition == "" {
		return nil, nil //nolint:nilnil // nobody is compared, nothing is evaluated
	}
	return b.evaluate(ctx, tx, condition, args...)
}

// comparedWith is the condition that a segment (s) is of a peer group that a
// member is compared in; empty if there are none.
func (b *Book) comparedWith(r *Result) (string, []any) {
	var conditions []string
	var args []any
	for i := range r.Segments {
		if s := &r.Segments[i]; b.cards[s.Scorecard] != nil && b.cards[s.Scorecard].compares() {
			conditions = append(conditions, "(s.scorecard = ? AND s.peer_group = ?)")
			args = append(args, s.Scorecard, s.PeerGroup)
		}
	}
	if len(conditions) == 0 {
		return "", nil
	}
	return "(" + strings.Join(conditions, " OR ") + ")", args
}

// evaluate evaluates the members with a segment for which a condition holds.
func (b *Book) evaluate(ctx context.Context, tx db.Tx, condition string, args ...any) (*scoring.Evaluation, error) {
	evaluation := b.evaluation()
	if err := b.each(ctx, tx, evaluation.Add, condition, args...); err != nil {
		return nil, err
	}
	evaluation.Finish()
	return evaluation, nil
}

// each hands out the frozen inputs of the members with a segment (s) for which a condition holds.
func (b *Book) each(ctx context.Context, tx db.Tx, f func(*scoring.Member) error, condition string, args ...any) error {
	reader := scoring.NewMemberReader(b.cards.scoring())
	return tx.Each(ctx, `SELECT f.input FROM frozen_members AS f WHERE f.run_id = ? AND f.staff_id IN
		(SELECT s.staff_id FROM result_segments AS s WHERE s.run_id = ? AND `+condition+`)`,
		append([]any{b.Run.ID, b.Run.ID}, args...), func(row db.Row) error {
			m, err := reader.Read(row.Bytes(0))
			if err != nil {
				return fmt.Errorf("reading a frozen input: %w", err)
			}
			return f(&m)
		})
}

// comparing lists the scorecards that compare peers.
func (c cards) comparing() []string {
	return slices.DeleteFunc(c.codes(), func(code string) bool { return !c[code].compares() })
}

// comparePeers says whether any of a member's scorecards does.
func (c cards) comparePeers(m *scoring.Member) bool {
	return slices.ContainsFunc(m.Segments, func(s scoring.Segment) bool { return c[s.Scorecard] != nil && c[s.Scorecard].compares() })
}

// compares says whether the scorecard has a method that compares peers.
func (c *card) compares() bool {
	return slices.ContainsFunc(c.items, func(item *scoring.Item) bool {
		switch item.Method.Type {
		case scoring.MethodRank, scoring.MethodRelative, scoring.MethodStandard:
			return true
		}
		return false
	})
}
