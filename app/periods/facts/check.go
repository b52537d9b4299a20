package facts

import (
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/scoring"
)

// check is the examination of one row against what the database knows.
type check struct {
	refs     *references
	others   func(staffID int64) bool // whether a row of a member may be taken in
	f        *fact
	member   *member
	problem  func(fault.Problem)
	warnings *warnings
}

// fail reports an error at a column of the row.
func (c *check) fail(column, code string, args lang.Args) {
	c.f.wrong = true
	c.problem(c.f.row.Problem(column, code, args))
}

func (c *check) wrong(p *fault.Problem) {
	c.f.wrong = true
	c.problem(*p)
}

// find gives the id of what a cell names by its code, 0 with a problem.
func (c *check) find(known *imports.Codes[int64], column, code, unknown string) int64 {
	id, problem := known.Find(c.f.row, column, code, unknown)
	if problem != nil {
		c.wrong(problem)
	}
	return id
}

// warn keeps a warning about a column of the row.
func (c *check) warn(column, code, subject string) {
	c.warnings.add(c.f.row.Problem(column, code, nil), subject)
}

// resolve turns the row's codes into what they name, all of them, so that every
// fault of a row is said at once. It gives false for a row that is wrong, here or
// as it was read; a code that could not be read is empty and was reported.
func (c *check) resolve(k *kind) bool {
	c.f.id = identity{position: c.f.position, key: c.f.key}
	c.f.segment = -1
	p := c.refs.periods[c.f.period]
	if p == nil && c.f.period != "" {
		c.fail("period", "period.unknown", lang.Args{"period": c.f.period})
	}
	if c.f.staffNo != "" && len(c.refs.periods) > 0 { // the staff of no period are not known
		c.f.id.staff = c.find(c.refs.staff, "staff_no", c.f.staffNo, "facts.unknown_staff")
		if !c.others(c.f.id.staff) {
			c.fail("staff_no", "import.self_row", nil)
		}
	}
	if !k.member && c.f.unit != "" {
		c.f.id.unit = c.find(c.refs.units, "unit_code", c.f.unit, "facts.unknown_unit")
	}
	if k.metric && c.f.key[0] != "" {
		c.f.id.metric = c.find(c.refs.metrics, "metric_code", c.f.key[0], "facts.unknown_metric")
	}
	if c.f.wrong {
		return false
	}
	c.f.id.period = p.ID
	c.member = c.refs.member(p.ID, c.f.id.staff)
	return true
}

// segment finds the card that the row is for: that of the member's segment which
// its unit and position name. Without an error and a card there is nothing left
// to check: the row is kept, warned of, and no run uses it.
func (c *check) segment(k *kind, column string, has func(*card) bool) *card {
	if c.member == nil || len(c.member.segments) == 0 {
		c.warnings.add(c.f.row.Problem("staff_no", "facts.no_segments", nil), "")
		return nil
	}
	if !c.member.any(has) {
		c.warn(column, "facts.not_scored", c.f.key[0])
		return nil
	}
	if k.everywhere && periods.Everywhere(c.f.id.unit, c.f.id.position) {
		return nil
	}
	at, why := periods.Place(c.member.segments, c.f.id.unit, c.f.id.position)
	if why != periods.Placed {
		c.misplaced(why)
		return nil
	}
	c.f.segment = at
	if card := c.member.cards[at]; has(card) {
		return card
	}
	c.warn(column, "facts.not_scored_there", c.f.key[0])
	return nil
}

func (c *check) misplaced(why periods.Misplacement) {
	args := lang.Args{"units": c.refs.places(c.member)}
	switch {
	case why == periods.NeedsUnit:
		c.fail("unit_code", "facts.needs_unit", args)
	case why == periods.NeedsPosition:
		c.fail("position", "facts.needs_position", args)
	case periods.Stood(c.member.spans, c.f.id.unit, c.f.id.position):
		c.warn("unit_code", "facts.unscored_place", c.f.unit)
	case c.f.unit == "":
		c.fail("position", "facts.no_such_segment", args)
	default:
		c.fail("unit_code", "facts.no_such_segment", args)
	}
}

func (c *check) metric(k *kind) {
	code := c.f.key[0]
	if c.f.percent != nil && !c.refs.percent[c.f.id.metric] {
		c.wrong(c.f.percent)
		return
	}
	c.segment(k, "metric_code", func(card *card) bool { return card.metrics[code] })
	c.f.id.key = [keyParts]string{} // the id says it
}

func (c *check) survey(k *kind) {
	key := c.f.key[0]
	card := c.segment(k, "item", func(card *card) bool { _, ok := card.surveys[key]; return ok })
	if card == nil || c.f.values[0] == "" {
		return
	}
	scale := card.surveys[key]
	count, sum := number(c.f.values[0]), number(c.f.values[1])
	least, most := count.Mul(scale.least), count.Mul(scale.most)
	if sum.Cmp(least) < 0 || sum.Cmp(most) > 0 {
		c.fail("sum", "facts.survey_sum", lang.Args{
			"count": c.f.values[0], "min": scale.least, "max": scale.most, "least": least, "most": most,
		})
	}
}

func (c *check) event(k *kind) {
	kindOf, key := c.f.key[0], c.f.key[1]
	if !c.refs.eventTypes[kindOf] {
		c.fail("event_type", "facts.unknown_event_type", lang.Args{"types": names(c.refs.eventTypes)})
		return
	}
	if key == "" {
		c.segment(k, "event_type", func(card *card) bool { return card.lists(kindOf) })
		return
	}
	card := c.segment(k, "item", func(card *card) bool { return card.events[key] != nil })
	if card != nil && !card.events[key][kindOf] {
		c.fail("event_type", "facts.event_type_of_item", lang.Args{"item": key, "types": names(card.events[key])})
	}
}

func (c *check) review(k *kind) {
	key, role := c.f.key[0], c.f.key[1]
	if lost := c.refs.staff.Lost(c.f.row, "rater", c.f.key[raterPart]); lost != nil {
		c.wrong(lost)
	}
	card := c.segment(k, "item", func(card *card) bool { return card.ratings[key] != nil })
	if card == nil {
		return
	}
	rating := card.ratings[key]
	if !rating.roles[role] {
		c.fail("role", "facts.unknown_role", lang.Args{"item": key, "roles": names(rating.roles)})
	}
	if level := c.f.values[0]; level != "" && !rating.levels[level] {
		c.fail("level", "facts.unknown_level", lang.Args{"item": key, "levels": names(rating.levels)})
	}
}

func (c *check) adjustment(*kind) {
	c.listed("facts.unknown_adjustment", func(card *card) map[string]bool { return card.adjustments })
}

func (c *check) veto(*kind) {
	c.listed("facts.unknown_veto", func(card *card) map[string]bool { return card.vetoes })
}

// listed checks a key that belongs to the member: one of the member's scorecards must list it.
func (c *check) listed(code string, list func(*card) map[string]bool) {
	if c.member == nil || len(c.member.segments) == 0 {
		c.warnings.add(c.f.row.Problem("staff_no", "facts.no_segments", nil), "")
		return
	}
	known := map[string]bool{}
	for _, card := range c.member.cards {
		if list(card)[c.f.key[0]] {
			return
		}
		for key := range list(card) {
			known[key] = true
		}
	}
	c.fail("key", code, lang.Args{"keys": names(known)})
}

// number reads a figure that the reading of the file has found good.
func number(text string) scoring.Number {
	n, _ := scoring.ParseNumber(text) // absent if it is not
	return n
}
