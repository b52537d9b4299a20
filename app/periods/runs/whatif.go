package runs

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// WhatIfChange puts another figure in the place of a frozen one.
type WhatIfChange struct {
	Segment int // of the result as it is shown, from 0
	Item    string
	Actual  scoring.Number       // of a metric; absent: as it was
	Points  scoring.Number       // of a rating or a survey
	Events  []scoring.EventCount // of an events item; nil: as they were
}

// WhatIf is a result as it is, and as it would be.
type WhatIf struct {
	Book          *Book
	Before, After *MemberTrace
}

// WhatIf works out what the published or latest result of a member would be with
// other figures. Nothing is kept. Peers have what the run froze of them; the place
// among them is not worked out anew, and After has none.
func (s *Service) WhatIf(ctx context.Context, actor rbac.Actor, code, staffNo string, changes []WhatIfChange) (*WhatIf, error) {
	var w *WhatIf
	err := s.read(ctx, actor, code, Latest, Filter{Staff: []string{staffNo}}, func(ctx context.Context, tx db.Tx, b *Book, ids []int64) error {
		absent := fault.New(fault.NotFound, "runs.no_member", lang.Args{"staff": staffNo, "period": code, "run": b.Run.Number})
		if len(ids) == 0 {
			return absent
		}
		q := &question{book: b}
		if err := q.read(ctx, tx, ids[0]); err != nil {
			return err
		}
		seen := *q.stored
		kept, ok := b.sight.cut(&seen)
		if !ok {
			return absent
		}
		if err := q.change(changes, kept); err != nil {
			return err
		}
		if err := q.evaluate(ctx, tx); err != nil {
			return err
		}
		w = &WhatIf{Book: b}
		var err error
		w.Before, w.After, err = q.answer()
		return err
	})
	if err == nil && w.Before.StaffID != actor.StaffID {
		err = s.trail.Read(ctx, actor, "result.read", "result", code+"/"+staffNo)
	}
	if err != nil {
		return nil, err
	}
	return w, nil
}

// question is one what-if: a member as frozen, and with other figures.
type question struct {
	book          *Book
	stored        *Result
	frozen, asked *scoring.Member
	before, after *scoring.Evaluation
}

func (q *question) read(ctx context.Context, tx db.Tx, id int64) error {
	stored, err := readResults(ctx, tx, q.book.Run.ID, []int64{id})
	if err != nil {
		return err
	}
	inputs, err := q.book.readInputs(ctx, tx, []int64{id})
	if err != nil {
		return err
	}
	if q.stored, q.frozen = stored[id], inputs[id]; q.stored == nil || q.frozen == nil {
		return errOrphan("frozen_members", id)
	}
	return spell(ctx, tx, q.stored)
}

// change makes the member who is asked about. The segments of the changes are
// those that are shown, which kept places among all; nil for all of them.
func (q *question) change(changes []WhatIfChange, kept []int) error {
	asked := *q.frozen
	asked.Segments = slices.Clone(asked.Segments)
	q.asked = &asked
	for i := range asked.Segments {
		inputs := make([]scoring.Input, len(q.book.cards[asked.Segments[i].Scorecard].items))
		copy(inputs, asked.Segments[i].Inputs)
		asked.Segments[i].Inputs = inputs
	}
	for i := range changes {
		at := changes[i].Segment
		if kept != nil && at < len(kept) {
			at = kept[at]
		} else if kept != nil {
			at = len(asked.Segments)
		}
		if at >= len(asked.Segments) || !q.put(&asked.Segments[at], &changes[i]) {
			e := fault.New(fault.Invalid, "whatif.item", lang.Args{"item": changes[i].Item})
			e.Problems = []fault.Problem{{Path: "changes." + strconv.Itoa(i), Code: "whatif.item", Args: e.Args}}
			return e
		}
	}
	return nil
}

// put changes the input of one item; false for what does not fit it.
func (q *question) put(s *scoring.Segment, c *WhatIfChange) bool {
	card := q.book.cards[s.Scorecard]
	at, ok := card.keys[c.Item]
	if !ok || s.Days < q.book.Run.MinDays {
		return false
	}
	in := &s.Inputs[at]
	switch item := card.items[at]; item.Source {
	case scoring.SourceMetric:
		if !c.Actual.Valid() || c.Points.Valid() || c.Events != nil {
			return false
		}
		in.Given, in.Actual = true, c.Actual
	case scoring.SourceRating, scoring.SourceSurvey:
		if !c.Points.Valid() || c.Points.Sign() < 0 || c.Actual.Valid() || c.Events != nil {
			return false
		}
		*in = scoring.Points(c.Points)
	case scoring.SourceEvents:
		if c.Events == nil || c.Actual.Valid() || c.Points.Valid() ||
			slices.ContainsFunc(c.Events, func(e scoring.EventCount) bool { return !costs(item, e.Type) }) {
			return false
		}
		*in = scoring.Input{Given: true, Events: c.Events}
	}
	return true
}

// evaluate evaluates both, each among the peers as the run froze them.
func (q *question) evaluate(ctx context.Context, tx db.Tx) error {
	q.before, q.after = q.book.evaluation(), q.book.evaluation()
	add := func(m *scoring.Member) error {
		if m.ID == q.frozen.ID {
			return errors.Join(q.before.Add(q.frozen), q.after.Add(q.asked))
		}
		return errors.Join(q.before.Add(m), q.after.Add(m))
	}
	var err error
	if condition, args := q.book.comparedWith(q.stored); condition != "" {
		err = q.book.each(ctx, tx, add, condition, args...)
	} else {
		err = add(q.frozen)
	}
	if err != nil {
		return badInputs(q.book.Period.Code, q.frozen.ID, err)
	}
	q.before.Finish()
	q.after.Finish()
	return nil
}

func (q *question) answer() (before, after *MemberTrace, err error) {
	was, became := *q.stored, *q.stored
	became.Place, became.Peers = 0, 0
	before, after = q.book.explained(q.before, &was, q.frozen), q.book.explained(q.after, &became, q.asked)
	if err := became.take(after.Trace.Result); err != nil {
		return nil, nil, err
	}
	if !q.book.cut(before) || !q.book.cut(after) {
		return nil, nil, errOrphan("results", q.stored.StaffID)
	}
	return before, after, nil
}

// take makes a result that which an evaluation gave, in segments of its own.
func (r *Result) take(result *scoring.Result) error {
	fits := true
	r.Status, r.Reason, r.Grade, r.Coefficient = string(result.Status), string(result.Reason), result.Grade, result.Coefficient
	r.Base, r.Bonus = scaled(result.Base, &fits), scaled(result.Bonus, &fits)
	r.Deduction, r.Total = scaled(result.Deduction, &fits), scaled(result.Total, &fits)
	r.Segments = slices.Clone(r.Segments)
	for i := range r.Segments {
		r.Segments[i].Items = nil
	}
	for i := range result.Segments {
		r.Segments[result.Segments[i].Index].fill(&result.Segments[i], &fits)
	}
	if !fits {
		return fault.New(fault.Invalid, "runs.too_large", lang.Args{"staff": r.StaffNo})
	}
	return nil
}
