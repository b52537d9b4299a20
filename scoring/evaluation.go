package scoring

import (
	"strconv"
	"strings"
	"sync"
)

// Evaluation works out a period: Add every member, Finish, then read Results or
// Explain. Of each member it keeps what later steps need, in a few bytes an item.
// Add is for one goroutine; after Finish, Explain may be called from many.
type Evaluation struct {
	periodDays, minDays int
	cards               map[string]*compiledCard
	groups              map[groupKey]*peerGroup
	members             slab[memberState]
	segments            slab[segmentState]
	items               arena[itemState]
	large               []Number // scores that itemState cannot hold
	scratch             ItemTrace
	pending             []pendingValue
	finished            bool
	byID                map[string]int32
	byIDOnce            sync.Once
}

// memberState is what is kept of a member.
type memberState struct {
	id       string
	first    int32 // of its counting segments
	segments int32
	main     int32 // among the counting segments, -1 without one
	why      cause
	rank     int32
	extras   extras
	base     Number
	total    Number
}

// segmentState is what is kept of a counting segment.
type segmentState struct {
	group *peerGroup
	items []itemState
	days  int64
	index int32 // in Member.Segments
}

// itemState is what is kept of an item: why it has no value, or its score in
// units of the last decimal, or where its score or value lies.
type itemState struct {
	units int64
	why   cause
	form  form
}

// form says what the units of an itemState are.
type form uint8

const (
	formUnits form = iota
	formLarge      // an index among the large scores
	formPeers      // an index among the peers' values
)

// pendingValue is a value that joins the peers' once its member is in order.
type pendingValue struct {
	values *[]Number
	item   *itemState
	x      Number
}

// NewEvaluation prepares a period of periodDays, in which segments under minDays
// do not count. The scorecards must be valid.
func NewEvaluation(periodDays, minDays int, cards map[string]*Scorecard) *Evaluation {
	e := &Evaluation{periodDays: periodDays, minDays: minDays, cards: make(map[string]*compiledCard, len(cards)),
		groups: map[groupKey]*peerGroup{}}
	for key, card := range cards {
		e.cards[key] = compile(key, card)
	}
	return e
}

// Add takes a member in; the caller may use m again. Ids are the caller's to
// keep unique. A member that refers to what is not there, or has impossible
// days or counts, is refused with InputErrors and leaves nothing behind. An
// adjustment or veto that the main scorecard does not list makes it incomplete.
func (e *Evaluation) Add(m *Member) error {
	if fault := e.check(m); fault != nil {
		return fault
	}
	segments, large := e.segments.size, len(e.large)
	e.pending = e.pending[:0]
	state := memberState{id: strings.Clone(m.ID), first: int32(segments), main: -1}
	mainIndex := mainSegment(m, e.minDays)
	for i := range m.Segments {
		if m.Segments[i].Days < e.minDays {
			continue
		}
		if fault := e.addSegment(m, i); fault != nil {
			e.segments.cut(segments)
			e.large = e.large[:large]
			return fault
		}
		if i == mainIndex {
			state.main = state.segments
		}
		state.segments++
	}
	state.why = noCountingSegment
	if mainIndex >= 0 {
		state.extras = e.cards[m.Segments[mainIndex].Scorecard].extras(m, nil)
		state.why = state.extras.why
	}
	for _, p := range e.pending {
		p.item.units = int64(len(*p.values))
		*p.values = append(*p.values, p.x)
	}
	e.members.push(state)
	return nil
}

// check refuses what is no member of this period.
func (e *Evaluation) check(m *Member) error {
	days := 0
	for i := range m.Segments {
		s := &m.Segments[i]
		card, path := e.cards[s.Scorecard], at("segments", i)
		switch days += s.Days; {
		case card == nil:
			return fault(path+".scorecard", "unknown_scorecard", shownText(s.Scorecard))
		case s.Days < 1:
			return fault(path+".days", "not_positive", strconv.Itoa(s.Days))
		case len(s.Inputs) != 0 && len(s.Inputs) != len(card.items):
			return fault(path+".inputs", "wrong_count", strconv.Itoa(len(s.Inputs)))
		}
	}
	switch {
	case len(m.Segments) == 0:
		return fault("segments", "needs_one", "")
	case days > e.periodDays:
		return InputErrors{{Path: "segments", Code: "too_many_days",
			Args: map[string]string{"days": strconv.Itoa(days), "period_days": strconv.Itoa(e.periodDays)}}}
	}
	for i := range m.Adjustments {
		if p := m.Adjustments[i].Points; !p.Valid() || p.Sign() < 0 {
			return fault(at("adjustments", i)+".points", "negative", p.String())
		}
	}
	return nil
}

func fault(path, code, value string) error {
	return InputErrors{{Path: path, Code: code, Args: map[string]string{"value": value}}}
}

// addSegment evaluates a counting segment as far as it goes without the peers.
func (e *Evaluation) addSegment(m *Member, index int) error {
	s := &m.Segments[index]
	card := e.cards[s.Scorecard]
	group := e.group(card, s.PeerGroup)
	states := e.items.take(len(card.items))
	e.segments.push(segmentState{group: group, items: states, days: int64(s.Days), index: int32(index)})
	period, days := FromInt(int64(e.periodDays)), FromInt(int64(s.Days))
	t := &e.scratch
	for i := range card.items {
		item, in := &card.items[i], input(s, i)
		t.X, t.Unclamped, t.Roles, t.Events = Number{}, Number{}, t.Roles[:0], t.Events[:0]
		why := item.value(in, period, days, t)
		states[i] = itemState{why: why}
		switch {
		case why >= firstFault:
			return fault(entryPath(at("segments", index)+".inputs", item.Key), faultCodes[why], shownText(item.offending(in, why)))
		case why == valued && item.peer >= 0:
			states[i].form = formPeers
			e.pending = append(e.pending, pendingValue{values: &group.items[item.peer].values, item: &states[i], x: t.X})
		case why == valued:
			item.score(t)
			e.keep(&states[i], t.Score, card.precision)
		}
	}
	return nil
}

// keep puts a score into its state.
func (e *Evaluation) keep(state *itemState, score Number, precision int) {
	if score.den == powers[precision] {
		state.units = score.num
		return
	}
	state.form, state.units = formLarge, int64(len(e.large))
	e.large = append(e.large, score)
}

var noInput Input

// input gives the input of an item; a segment may have none at all.
func input(s *Segment, item int) *Input {
	if item < len(s.Inputs) {
		return &s.Inputs[item]
	}
	return &noInput
}

func (e *Evaluation) group(card *compiledCard, name string) *peerGroup {
	if g := e.groups[groupKey{card, name}]; g != nil {
		return g
	}
	key := groupKey{card, strings.Clone(name)}
	g := newPeerGroup(key)
	e.groups[key] = g
	return g
}

// EvaluateCase gives the results of a case in the order of its staff. It panics
// if the case was not read by ReadCase and has faults that Add refuses.
func EvaluateCase(c *Case) []*Result {
	e := NewEvaluation(c.PeriodDays, c.MinDays, c.Scorecards)
	for i := range c.Staff {
		if err := e.Add(&c.Staff[i]); err != nil {
			panic("scoring: a case that was not validated: " + err.Error())
		}
	}
	results := make([]*Result, 0, len(c.Staff))
	for r := range e.Results() {
		results = append(results, r.clone())
	}
	return results
}
