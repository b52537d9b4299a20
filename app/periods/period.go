package periods

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// State is where a period stands.
type State string

// The states, in their order.
const (
	Draft      State = "draft"      // scorecards and targets are prepared
	Collecting State = "collecting" // actuals, surveys, events and reviews come in
	Scoring    State = "scoring"    // runs are compared and corrected
	Published  State = "published"  // members see their results; nothing changes but the state
	Closed     State = "closed"     // nothing changes any more
)

// States lists the states in their order.
func States() []State { return []State{Draft, Collecting, Scoring, Published, Closed} }

// Name gives the words of a state.
func (s State) Name() lang.Text {
	text, _ := lang.Lookup("period.state." + string(s))
	return text
}

// Period is one month that is scored.
type Period struct {
	bun.BaseModel `bun:"table:periods"`

	ID             int64     `bun:"id,pk,autoincrement" json:"-"`
	Code           string    `bun:"code" json:"code"` // YYYY-MM
	FirstDay       db.Date   `bun:"first_day" json:"first_day"`
	LastDay        db.Date   `bun:"last_day" json:"last_day"`
	MinDays        int       `bun:"min_days" json:"min_days"` // a segment of fewer days does not count
	State          State     `bun:"state" json:"state"`
	PublishedRunID int64     `bun:"published_run_id,nullzero" json:"-"` // 0 before publishing
	PublishedAt    time.Time `bun:"published_at,nullzero" json:"published_at,omitzero"`
	Version        int64     `bun:"version" json:"version"`
}

// New makes the draft of a month. The code is YYYY-MM; minDays is from 0 to the
// days of the month.
func New(code string, minDays int) (*Period, error) {
	first, err := time.Parse("2006-01", code)
	if err != nil || first.Year() < 1900 {
		return nil, fault.New(fault.Invalid, "period.code", lang.Args{"code": code})
	}
	p := &Period{
		Code: code, FirstDay: db.DateOf(first), LastDay: db.DateOf(first.AddDate(0, 1, -1)),
		MinDays: minDays, State: Draft, Version: 1,
	}
	if minDays < 0 || minDays > p.Days() {
		return nil, fault.New(fault.Invalid, "period.min_days", lang.Args{"days": minDays, "most": p.Days()})
	}
	return p, nil
}

// Days counts the calendar days of the period: period_days of scoring.
func (p *Period) Days() int { return p.FirstDay.DaysUntil(p.LastDay) + 1 }

// Before says whether the state comes before another.
func (s State) Before(other State) bool { return s.order() < other.order() }

func (s State) order() int {
	for i, state := range States() {
		if s == state {
			return i
		}
	}
	return -1
}

// CanImport tells whether facts may change: nil in every state before published,
// otherwise a conflict.
func (p *Period) CanImport() error { return p.unpublished("period.no_import") }

// CanRun tells whether a new run may be made. A run changes nothing that is
// published, so that only a closed period takes none.
func (p *Period) CanRun() error {
	if p.State == Closed {
		return p.refusal("period.no_run")
	}
	return nil
}

func (p *Period) unpublished(code string) error {
	if p.State.Before(Published) {
		return nil
	}
	return p.refusal(code)
}

func (p *Period) refusal(code string) error {
	return fault.New(fault.Conflict, code, lang.Args{"period": p.Code, "state": p.State.Name()})
}

// Open goes from draft to collecting.
func (p *Period) Open() error { return p.step(Draft, Collecting) }

// Score goes from collecting to scoring.
func (p *Period) Score() error { return p.step(Collecting, Scoring) }

// Publish goes from scoring to published with the run that members will see.
func (p *Period) Publish(runID int64, now time.Time) error {
	if err := p.step(Scoring, Published); err != nil {
		return err
	}
	p.PublishedRunID, p.PublishedAt = runID, now
	return nil
}

// Close goes from published to closed.
func (p *Period) Close() error { return p.step(Published, Closed) }

func (p *Period) step(from, to State) error {
	if p.State != from {
		return fault.New(fault.Conflict, "period.wrong_state", lang.Args{
			"period": p.Code, "state": p.State.Name(), "from": from.Name(), "to": to.Name(),
		})
	}
	p.State = to
	return nil
}

// Next gives the state that follows; false for closed.
func (s State) Next() (State, bool) {
	i := s.order() + 1
	if i == 0 || i == len(States()) {
		return "", false
	}
	return States()[i], true
}
