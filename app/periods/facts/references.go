package facts

import (
	"context"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
)

// references is what rows of a file refer to, read once for the file.
type references struct {
	periods    map[string]*periods.Period // by code: those that the file names
	staff      *imports.Codes[int64]      // those that the file names
	units      *imports.Codes[int64]
	metrics    *imports.Codes[int64]
	percent    map[int64]bool // metrics whose unit of measure is %
	eventTypes map[string]bool
	tree       *people.Tree
	members    map[listed]*member
}

// member is what a period knows of a member that the file names.
type member struct {
	spans    []people.Span
	segments []periods.Segment
	cards    []*card // of the segments
}

func (r *references) member(periodID, staffID int64) *member {
	return r.members[listed{periodID, staffID}]
}

// any tells whether one of the member's scorecards has what a row is for.
func (m *member) any(has func(*card) bool) bool {
	for _, card := range m.cards {
		if has(card) {
			return true
		}
	}
	return false
}

// place gives the segment of a unit and position, -1 for none.
func (m *member) place(unitID int64, position string) int {
	at, _ := periods.Place(m.segments, unitID, position)
	return at
}

// places names a member's segments for a message.
func (r *references) places(m *member) string {
	var places []string
	for i := range m.segments {
		s := &m.segments[i]
		if unit := r.tree.ByID(s.UnitID); unit != nil {
			places = append(places, unit.Code+" "+s.Position)
		}
	}
	return strings.Join(places, ", ")
}

// load reads what the facts of a file refer to.
func load(ctx context.Context, tx db.Tx, k *kind, found map[string]*periods.Period, facts []*fact) (*references, error) {
	r := &references{
		periods: found, staff: imports.NewCodes[int64](0), units: imports.NewCodes[int64](0), metrics: imports.NewCodes[int64](0),
		percent: map[int64]bool{}, eventTypes: map[string]bool{}, members: map[listed]*member{},
	}
	var err error
	if r.tree, err = people.Units(ctx, tx, rbac.Everything()); err != nil {
		return nil, err
	}
	for _, unit := range r.tree.All() {
		r.units.Add(unit.Code, unit.ID)
	}
	if k.metric {
		if err := r.loadMetrics(ctx, tx); err != nil {
			return nil, err
		}
	}
	return r, r.loadMembers(ctx, tx, k, facts)
}

func (r *references) loadMetrics(ctx context.Context, tx db.Tx) error {
	metrics, err := scorecards.Metrics(ctx, tx)
	for _, m := range metrics {
		r.metrics.Add(m.Code, m.ID)
		r.percent[m.ID] = m.Percent()
	}
	return err
}

// loadMembers reads the members that the file names, with their segments in
// every period that it names.
func (r *references) loadMembers(ctx context.Context, tx db.Tx, k *kind, facts []*fact) error {
	published, err := scorecards.Published(ctx, tx)
	if err != nil {
		return err
	}
	cards := make(map[string]*card, len(published))
	for i := range published {
		c := newCard(published[i].Card)
		cards[published[i].Code] = c
		for _, types := range c.events {
			for eventType := range types {
				r.eventTypes[eventType] = true
			}
		}
	}
	wanted := wantedStaff(k, facts)
	byPosition := periods.CardsOf(published)
	for _, p := range r.periods {
		err := p.EachMember(ctx, tx, rbac.Everything(), byPosition, r.tree, func(m *periods.Member) error {
			r.addMember(p.ID, m, cards, wanted)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// wantedStaff are the staff numbers that a file names, as cells have them, raters included.
func wantedStaff(k *kind, facts []*fact) map[string]bool {
	wanted := make(map[string]bool)
	for _, f := range facts {
		wanted[f.staffNo] = true
		if k.rated {
			wanted[f.key[raterPart]] = true
		}
	}
	return wanted
}

func (r *references) addMember(periodID int64, m *periods.Member, cards map[string]*card, wanted map[string]bool) {
	bare := strings.TrimLeft(m.StaffNo, "0")
	if !wanted[m.StaffNo] && !wanted[bare] {
		return
	}
	r.staff.Add(m.StaffNo, m.ID)
	known := &member{spans: m.Spans, segments: m.Segments}
	for i := range m.Segments {
		known.cards = append(known.cards, cards[m.Segments[i].Scorecard])
	}
	r.members[listed{periodID, m.ID}] = known
}
