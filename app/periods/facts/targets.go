package facts

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// Service shows the targets of a period and saves those that people type.
type Service struct {
	db      *db.DB
	batches *imports.Service
	trail   *audit.Service
}

// NewService makes the service. What is typed is a batch, like a file.
func NewService(d *db.DB, batches *imports.Service) *Service {
	return &Service{db: d, batches: batches}
}

// Audited has reads of lists put on the audit trail; without it they are not.
func (s *Service) Audited(trail *audit.Service) *Service {
	s.trail = trail
	return s
}

// Target is what a member is to reach of a metric at a unit in a position, with
// the figure that it is held against. A figure that is not there is empty.
type Target struct {
	StaffNo, Name    string
	Pinyin           string // of the name
	Unit, UnitName   string
	Position         string
	Metric           *scorecards.Metric
	Target, Baseline string
	Actual           string
	Version          int64 // the batch that brought it; 0 where there is none
}

// ask is a metric that the scorecard of a segment holds against a target.
type ask struct {
	metric           *scorecards.Metric
	target, baseline bool
}

// sheet is the targets of a period: what the scorecards ask of whom, and what is there.
type sheet struct {
	period  *periods.Period
	tree    *people.Tree
	cards   periods.Cards
	asks    map[string][]ask // by the code of the scorecard
	members []*allotted      // by staff number
	byID    map[int64]*allotted
}

// allotted is a member with those segments that count.
type allotted struct {
	id            int64
	staffNo, name string
	pinyin        string            // of the name
	segments      []periods.Segment // all of them: places are told by them
	given         map[slot]*figures
	everywhere    map[int64]*figures // by the metric
}

// slot is a metric in a segment.
type slot struct {
	segment int
	metric  int64
}

// figures are what is there for a slot.
type figures struct {
	row, batch       int64 // of the target; 0 for none
	unit             int64 // of the row, as it names its place
	position         string
	target, baseline string
	actual           string
	exact, exactly   int8 // how exactly target and actual name their place
}

// openSheet reads a period and what its scorecards ask for.
func openSheet(ctx context.Context, tx db.Tx, p *periods.Period) (*sheet, error) {
	s := &sheet{period: p, asks: map[string][]ask{}, byID: map[int64]*allotted{}}
	published, err := scorecards.Published(ctx, tx)
	if err != nil {
		return nil, err
	}
	metrics, err := scorecards.Metrics(ctx, tx)
	if err != nil {
		return nil, err
	}
	byCode := make(map[string]*scorecards.Metric, len(metrics))
	for _, m := range metrics {
		byCode[m.Code] = m
	}
	for i := range published {
		s.asks[published[i].Code] = asksOf(published[i].Card, byCode)
	}
	s.cards = periods.CardsOf(published)
	s.tree, err = people.Units(ctx, tx, rbac.Everything())
	return s, err
}

// asksOf gives the metrics that a scorecard holds against a target or a baseline, each once.
func asksOf(card *scoring.Scorecard, metrics map[string]*scorecards.Metric) []ask {
	var asks []ask
	for _, item := range card.Items() {
		metric := metrics[item.MetricCode()]
		_, target, baseline := item.Needs()
		if item.Source != scoring.SourceMetric || metric == nil || (!target && !baseline) {
			continue
		}
		if at := slices.IndexFunc(asks, func(a ask) bool { return a.metric == metric }); at >= 0 {
			asks[at].target, asks[at].baseline = asks[at].target || target, asks[at].baseline || baseline
			continue
		}
		asks = append(asks, ask{metric, target, baseline})
	}
	return asks
}

// take keeps a member who is asked for something.
func (s *sheet) take(m *periods.Member) error {
	if len(m.Segments) == 0 {
		return nil
	}
	one := &allotted{id: m.ID, staffNo: m.StaffNo, name: m.Name, pinyin: m.Pinyin, segments: m.Segments}
	s.members = append(s.members, one)
	s.byID[m.ID] = one
	return nil
}

// counts says whether a segment is long enough to count.
func (s *sheet) counts(segment *periods.Segment) bool { return segment.Days >= s.period.MinDays }

// asked gives what the scorecard of a segment asks of a metric.
func (s *sheet) asked(segment *periods.Segment, metric string) (ask, bool) {
	asks := s.asks[segment.Scorecard]
	at := slices.IndexFunc(asks, func(a ask) bool { return a.metric.Code == metric })
	if at < 0 || !s.counts(segment) {
		return ask{}, false
	}
	return asks[at], true
}

// readMost is how many members are named in one query; of more, everything is read.
const readMost = 2000

// read reads the figures in force of some members.
func (s *sheet) read(ctx context.Context, tx db.Tx, members []*allotted) error {
	where, args := "", []any{s.period.ID}
	if len(members) <= readMost {
		ids := make([]int64, 0, len(members)+1)
		for _, m := range members {
			ids = append(ids, m.id)
		}
		where, args = " AND staff_id IN (?)", append(args, bun.List(append(ids, 0)))
	}
	for _, m := range members {
		m.given, m.everywhere = map[slot]*figures{}, map[int64]*figures{}
	}
	err := tx.Each(ctx, `SELECT staff_id, unit_id, position, metric_id, target, baseline, id, batch_id FROM targets
		WHERE period_id = ? AND ended_batch_id IS NULL`+where, args, func(r db.Row) error {
		if m := s.byID[r.Int(0)]; m != nil && m.given != nil {
			m.target(r)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading targets: %w", err)
	}
	err = tx.Each(ctx, `SELECT staff_id, unit_id, position, metric_id, actual FROM actuals
		WHERE period_id = ? AND ended_batch_id IS NULL`+where, args, func(r db.Row) error {
		if m := s.byID[r.Int(0)]; m != nil && m.given != nil {
			m.actual(r)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading actuals: %w", err)
	}
	return nil
}

// exactly is larger for a row that names its place more exactly.
func exactly(unitID int64, position string) int8 {
	e := int8(1)
	if unitID != 0 {
		e += 2
	}
	if position != "" {
		e++
	}
	return e
}

func (m *allotted) target(r db.Row) {
	unit, position, metric := r.Int(1), r.Text(2), r.Int(3)
	row := figures{row: r.Int(6), batch: r.Int(7), unit: unit, position: position, target: r.Text(4), baseline: r.Text(5), exact: exactly(unit, position)}
	if periods.Everywhere(unit, position) {
		m.everywhere[metric] = &row
		return
	}
	at, why := periods.Place(m.segments, unit, position)
	if why != periods.Placed {
		return
	}
	f := m.slot(slot{at, metric})
	if row.exact >= f.exact {
		row.actual, row.exactly = f.actual, f.exactly
		*f = row
	}
}

func (m *allotted) actual(r db.Row) {
	unit, position := r.Int(1), r.Text(2)
	at, why := periods.Place(m.segments, unit, position)
	if why != periods.Placed {
		return
	}
	if f := m.slot(slot{at, r.Int(3)}); exactly(unit, position) >= f.exactly {
		f.actual, f.exactly = r.Text(4), exactly(unit, position)
	}
}

func (m *allotted) slot(at slot) *figures {
	if m.given[at] == nil {
		m.given[at] = &figures{}
	}
	return m.given[at]
}

// shown gives what serves a slot: the target for its place, or the one for every place.
func (m *allotted) shown(at slot) figures {
	var shown figures
	if f := m.given[at]; f != nil {
		shown = *f
	}
	if all := m.everywhere[at.metric]; shown.row == 0 && all != nil {
		actual := shown.actual
		shown = *all
		shown.actual = actual
	}
	return shown
}

// of gives the target of a slot as people see it.
func (s *sheet) of(m *allotted, at slot, a ask) *Target {
	segment, shown := &m.segments[at.segment], m.shown(at)
	t := &Target{
		StaffNo: m.staffNo, Name: m.name, Pinyin: m.pinyin, Position: segment.Position, Metric: a.metric,
		Target: shown.target, Baseline: shown.baseline, Actual: shown.actual, Version: shown.batch,
	}
	if unit := s.tree.ByID(segment.UnitID); unit != nil {
		t.Unit, t.UnitName = unit.Code, unit.Name
	}
	return t
}

// lacks says whether something that is asked for is not there.
func (a ask) lacks(f figures) bool {
	return (a.target && f.target == "") || (a.baseline && f.baseline == "")
}
