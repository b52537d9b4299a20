package reviews

import (
	"context"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// batchKind is the kind of the batches that submit and hand back reviews: that of
// the files that bring them, because they bring the same.
const batchKind = "reviews"

// CellKey names cells of the actor's grid.
type CellKey struct {
	StaffNo  string
	Unit     string // code
	Position string // may be left out where the member has one segment at the unit
	Role     string
	Item     string // all that are drafted if empty
}

// Submit hands in what the actor has drafted in a period, or those of it that the
// keys name: all of it, or nothing and an Invalid error that lists what lacks a
// level, or the comment that the highest and the lowest level need. What is
// submitted becomes a fact of the period, in one batch.
func (s *Service) Submit(ctx context.Context, actor rbac.Actor, period string, keys []CellKey) (*Outcomes, error) {
	if len(keys) > CellsMost {
		return nil, fault.New(fault.Invalid, "review.cells", lang.Args{"most": CellsMost})
	}
	out := &Outcomes{}
	_, err := s.batches.Record(ctx, actor, batchKind, func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		sub, err := s.submission(ctx, tx, actor, period)
		if err != nil {
			return err
		}
		if err := sub.choose(keys); err != nil {
			return err
		}
		if err := sub.check(); err != nil {
			return err
		}
		b.About("review.submit", "period", sub.board.period.Code)
		b.SetPeriod(sub.board.period.ID)
		if err := sub.submit(ctx, tx, b); err != nil {
			return err
		}
		for i, c := range sub.after {
			out.Outcomes = append(out.Outcomes, Outcome{Index: i, Saved: c})
		}
		out.Saved = len(sub.after)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// submission is one request to submit cells.
type submission struct {
	board  *board
	rater  *rater
	cells  []*Cell // all that the rater has written
	chosen []*Cell
	after  []*Cell // the chosen ones, as they become
}

func (s *Service) submission(ctx context.Context, tx db.Tx, actor rbac.Actor, period string) (*submission, error) {
	b, err := s.readBoard(ctx, tx, actor, period)
	if err != nil {
		return nil, err
	}
	if err := b.period.open(); err != nil {
		return nil, err
	}
	sub := &submission{board: b}
	if len(b.seats) == 0 {
		return sub, nil
	}
	if sub.rater, err = raterOf(ctx, tx, actor.UserID); err != nil {
		return nil, err
	}
	sub.cells, err = cellsOf(ctx, tx, b.period, actor.UserID)
	return sub, err
}

// choose finds the cells that are to be submitted: those that the keys name, or
// all with something in them.
func (s *submission) choose(keys []CellKey) error {
	chosen := map[int64]bool{}
	barred := false
	if len(keys) == 0 {
		for _, c := range s.cells {
			if c.State == Submitted || c.Level == "" && c.Comment == "" || s.item(c) == nil {
				continue
			}
			if s.board.barred(s.board.byKey[c.key().seatKey]) {
				barred = true
				continue
			}
			chosen[c.id] = true
		}
	}
	var problems []fault.Problem
	for i := range keys {
		if code := s.chooseKey(&keys[i], chosen); code != "" {
			problems = append(problems, fault.Problem{Path: "reviews." + itoa(i), Code: code})
		}
	}
	if len(problems) > 0 {
		return refused(problems)
	}
	for _, c := range s.cells {
		if chosen[c.id] {
			s.chosen = append(s.chosen, c)
		}
	}
	switch {
	case len(s.chosen) == 0 && barred:
		return fault.New(fault.Forbidden, "reviewer.head_office", nil)
	case len(s.chosen) == 0:
		return fault.New(fault.Invalid, "review.nothing", nil)
	}
	return nil
}

// chooseKey adds the cells of one key; it gives the code of what is wrong with it.
func (s *submission) chooseKey(key *CellKey, chosen map[int64]bool) string {
	x := s.board.find(key.StaffNo, key.Unit, key.Position, key.Role)
	if x == nil || (key.Item != "" && x.item(key.Item) == nil) {
		return "review.not_yours"
	}
	if s.board.barred(x) {
		return "reviewer.head_office"
	}
	found := false
	for _, c := range s.cells {
		if c.key().seatKey != x.key() || x.item(c.Item) == nil || (key.Item != "" && key.Item != c.Item) {
			continue
		}
		if c.State == Submitted {
			if key.Item != "" {
				return "review.state"
			}
			continue
		}
		if key.Item == "" && c.Level == "" && c.Comment == "" {
			continue
		}
		found, chosen[c.id] = true, true
	}
	if !found {
		return "review.nothing"
	}
	return ""
}

// item gives the item of a cell that the actor is still to rate, nil if they are not.
func (s *submission) item(c *Cell) *Item {
	if x := s.board.byKey[c.key().seatKey]; x != nil {
		return x.item(c.Item)
	}
	return nil
}

// check finds every chosen cell that cannot be submitted.
func (s *submission) check() error {
	var problems []fault.Problem
	for _, c := range s.chosen {
		item := s.item(c)
		var code string
		switch {
		case c.Level == "" || item.level(c.Level) == nil:
			code = "review.incomplete_cell"
		case item.NeedsComment(c.Level) && strings.TrimSpace(c.Comment) == "":
			code = "review.comment_cell"
		default:
			continue
		}
		problems = append(problems, fault.Problem{
			Path: strings.Join([]string{c.StaffNo, c.Unit, c.Role, c.Item}, "/"), Code: code,
			Args: lang.Args{"staff": c.StaffNo, "unit": c.Unit, "item": c.Item, "level": c.Level},
		})
	}
	return refused(problems)
}

// refused is the error of cells that cannot be submitted; nil without any.
func refused(problems []fault.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	has := func(code string) bool {
		return slices.ContainsFunc(problems, func(p fault.Problem) bool { return p.Code == code })
	}
	f := fault.New(fault.Invalid, "review.incomplete", lang.Args{"count": len(problems)})
	switch {
	case has("review.not_yours"):
		f = fault.New(fault.NotFound, "review.not_yours", nil)
	case has("reviewer.head_office"):
		f = fault.New(fault.Forbidden, "reviewer.head_office", nil)
	case has("review.state"):
		f = fault.New(fault.Conflict, "review.state", nil)
	case !has("review.nothing") && !has("review.incomplete_cell"):
		f = fault.New(fault.Invalid, "review.comment_required", lang.Args{"count": len(problems)})
	}
	f.Problems = problems
	return f
}

func (s *submission) submit(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	for _, c := range s.chosen {
		after := *c
		after.State, after.WrittenBy, after.WrittenAt = Submitted, b.Actor.Name, b.At
		after.Version++
		s.after = append(s.after, &after)
	}
	return changeStates(ctx, tx, b, s.board.period, s.chosen, s.after)
}
