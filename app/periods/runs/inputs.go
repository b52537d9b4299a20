package runs

import (
	"context"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
)

// inputs is what one snapshot says of a period, the facts aside.
type inputs struct {
	period    *periods.Period
	cards     cards
	tree      *people.Tree
	lastBatch int64
	staff     []staff // those with segments, by id
}

// staff is a member of the staff with the segments of the period.
type staff struct {
	id       int64
	no, name string
	segments []periods.Segment
}

// readInputs reads everything but the facts.
func readInputs(ctx context.Context, tx db.Tx, p *periods.Period) (*inputs, error) {
	in := &inputs{period: p}
	err := tx.NewSelect().Table("batches").ColumnExpr("COALESCE(MAX(id), 0)").Scan(ctx, &in.lastBatch)
	if err != nil {
		return nil, err
	}
	published, err := scorecards.Published(ctx, tx)
	if err != nil {
		return nil, err
	}
	metrics, err := scorecards.Metrics(ctx, tx)
	if err != nil {
		return nil, err
	}
	in.cards = link(published, metrics)
	if in.tree, err = people.Units(ctx, tx, rbac.Everything()); err != nil {
		return nil, err
	}
	return in, in.readStaff(ctx, tx, periods.CardsOf(published))
}

func (in *inputs) readStaff(ctx context.Context, tx db.Tx, positions periods.Cards) error {
	groups := map[string]string{} // one string for each group, instead of one a member
	return in.period.EachMember(ctx, tx, rbac.Everything(), positions, in.tree, func(m *periods.Member) error {
		if len(m.Segments) == 0 {
			return nil
		}
		for i := range m.Segments {
			group := m.Segments[i].PeerGroup
			if _, ok := groups[group]; !ok {
				groups[group] = group
			}
			m.Segments[i].PeerGroup = groups[group]
		}
		in.staff = append(in.staff, staff{id: m.ID, no: m.StaffNo, name: m.Name, segments: m.Segments})
		return nil
	})
}
