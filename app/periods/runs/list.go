package runs

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// Book is a finished run opened for reading: with its period, scorecards and units.
type Book struct {
	Run    *Run
	Period *periods.Period
	// Cards are the scorecards of the run, by code.
	Cards map[string]*Card
	// Units are the units by id, named and placed as the run froze them.
	Units map[int64]*Unit
	// Members is how many members the scope and the filter let through.
	Members int

	cards   cards
	sight   *sight
	reviews *sight // whose ratings, rater by rater, may be told
}

// Item gives an item of a scorecard by its place among all items, from 0.
func (c *Card) Item(index int) *scoring.Item { return c.items[index] }

// read opens a finished run in a snapshot and gives the ids of the members that
// the scope and the filter let through, in the order of the list.
func (s *Service) read(ctx context.Context, actor rbac.Actor, code string, number int, filter Filter,
	f func(ctx context.Context, tx db.Tx, book *Book, ids []int64) error,
) error {
	if err := access.Require(actor, rbac.ResultRead); err != nil {
		return err
	}
	return s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		book, err := open(ctx, tx, actor, code, number)
		if err != nil {
			return err
		}
		if err := book.narrow(ctx, tx, actor, filter.Also); err != nil {
			return err
		}
		ids, err := order(ctx, tx, book, filter)
		if err != nil {
			return err
		}
		book.Members = len(ids)
		return f(ctx, tx, book, ids)
	})
}

// narrow leaves in sight what another permission of the actor reaches too.
func (b *Book) narrow(ctx context.Context, tx db.Tx, actor rbac.Actor, p rbac.Permission) error {
	if p == "" {
		return nil
	}
	other, err := sightOf(ctx, tx, actor, p, b.Run.Published)
	if err == nil {
		b.sight = b.sight.and(other)
	}
	return err
}

// Tops are the units in sight that have none in sight above them, as the run froze
// them, by code: the root alone for the whole bank.
func (b *Book) Tops() []*Unit {
	var tops []*Unit
	for id, u := range b.Units {
		above := u.ParentID != 0 && (b.sight.whole || b.sight.units[u.ParentID])
		if (b.sight.whole || b.sight.units[id]) && !above {
			tops = append(tops, u)
		}
	}
	slices.SortFunc(tops, func(x, y *Unit) int { return cmp.Compare(x.Code, y.Code) })
	return tops
}

// open opens a finished run as far as an actor sees it.
func open(ctx context.Context, tx db.Tx, actor rbac.Actor, code string, number int) (*Book, error) {
	p, err := periods.Find(ctx, tx, code)
	if err != nil {
		return nil, err
	}
	run, seen, err := look(ctx, tx, actor, p, number)
	if err != nil {
		return nil, err
	}
	book, err := openRun(ctx, tx, p, run)
	if err != nil {
		return nil, err
	}
	book.sight = seen
	book.reviews, err = sightOf(ctx, tx, actor, rbac.ReviewRead, false)
	return book, err
}

func openRun(ctx context.Context, tx db.Tx, p *periods.Period, run *Run) (*Book, error) {
	frozen, err := frozenCards(ctx, tx, run.ID)
	if err != nil {
		return nil, err
	}
	units, err := frozenUnits(ctx, tx, run.ID)
	if err != nil {
		return nil, err
	}
	book := &Book{
		Run: run, Period: p, Cards: map[string]*Card{}, Units: map[int64]*Unit{}, cards: frozen,
		sight: &sight{whole: true}, reviews: &sight{whole: true},
	}
	for code, card := range frozen {
		book.Cards[code] = &card.Card
	}
	for i := range units {
		book.Units[units[i].ID] = &units[i]
	}
	return book, nil
}

// Results hands out the results of a run (Latest for the published or last one)
// one after another, in the order of the filter, as a stream: each is good until
// f returns. Before the first, begin is told what is read; it may be nil.
func (s *Service) Results(ctx context.Context, actor rbac.Actor, code string, number int, filter Filter,
	begin func(*Book) error, f func(*Result) error,
) error {
	err := s.read(ctx, actor, code, number, filter, func(ctx context.Context, tx db.Tx, book *Book, ids []int64) error {
		if begin != nil {
			if err := begin(book); err != nil {
				return err
			}
		}
		return eachResult(ctx, tx, book, ids, f)
	})
	if err == nil {
		s.trail.Listed(ctx, actor, "result", "period="+code+" unit="+filter.Unit)
	}
	return err
}

// listMost is how many runs of a period a list gives at the most: the newest.
const listMost = 1000

// List gives the finished runs of a period of which the actor sees something, the
// newest first. Their members are those that the actor sees.
func (s *Service) List(ctx context.Context, actor rbac.Actor, code string) ([]Run, error) {
	if err := access.Require(actor, rbac.ResultRead); err != nil {
		return nil, err
	}
	list := []Run{}
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := periods.Find(ctx, tx, code)
		if err != nil {
			return err
		}
		err = tx.NewSelect().Model(&list).Where("period_id = ?", p.ID).Where("state = ?", Done).
			OrderExpr("number DESC").Limit(listMost).Scan(ctx)
		if err != nil {
			return err
		}
		for i := range list {
			list[i].Published = list[i].ID == p.PublishedRunID
			list[i].StartedAt, list[i].FinishedAt = list[i].StartedAt.UTC(), list[i].FinishedAt.UTC()
		}
		list, err = inSight(ctx, tx, actor, list)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "run", "period="+code)
	return list, nil
}

// RunPage is List by pages; it gives the cursor of the next page.
func (s *Service) RunPage(ctx context.Context, actor rbac.Actor, code string, q page.Query) ([]Run, string, error) {
	list, err := s.List(ctx, actor, code)
	if err != nil {
		return nil, "", err
	}
	return page.Cut(q, "age", list, func(r Run) string { return fmt.Sprintf("%010d", math.MaxInt32-r.Number) })
}

// inSight leaves the runs of which an actor sees something, with the members that they see.
func inSight(ctx context.Context, tx db.Tx, actor rbac.Actor, list []Run) ([]Run, error) {
	seen := map[bool]*sight{}
	for _, published := range []bool{false, true} {
		s, err := sightOf(ctx, tx, actor, rbac.ResultRead, published)
		if err != nil {
			return nil, err
		}
		seen[published] = s
	}
	list = slices.DeleteFunc(list, func(r Run) bool { return seen[r.Published].nothing() })
	for i := range list {
		s := seen[list[i].Published]
		if s.whole {
			continue
		}
		err := tx.NewSelect().TableExpr("results AS r").ColumnExpr("COUNT(*)").
			Where("r.run_id = ?", list[i].ID).Where("?", s.members(list[i].ID)).Scan(ctx, &list[i].Members)
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}
