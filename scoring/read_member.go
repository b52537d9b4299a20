package scoring

import (
	"strconv"
	"sync"
)

// cardFacts is what members can be held against: a scorecard, and which parts of it were readable.
type cardFacts struct {
	card                      *Scorecard
	items                     []*Item
	keys, adjustments, vetoes bool // the item keys, adjustments and vetoes are all known
}

func factsOf(card *Scorecard) *cardFacts {
	f := &cardFacts{card: card, items: card.Items(), adjustments: true, vetoes: true}
	f.keys = len(f.items) > 0
	for i := range card.Perspectives {
		f.keys = f.keys && len(card.Perspectives[i].Items) > 0
	}
	for _, item := range f.items {
		f.keys = f.keys && item.Key != ""
	}
	for i := range card.Adjustments {
		f.adjustments = f.adjustments && card.Adjustments[i].Key != ""
	}
	for i := range card.Vetoes {
		f.vetoes = f.vetoes && card.Vetoes[i].Key != ""
	}
	return f
}

func (f *cardFacts) listsAdjustment(key string) bool {
	for i := range f.card.Adjustments {
		if f.card.Adjustments[i].Key == key {
			return true
		}
	}
	return !f.adjustments
}

func (f *cardFacts) listsVeto(key string) bool {
	for i := range f.card.Vetoes {
		if f.card.Vetoes[i].Key == key {
			return true
		}
	}
	return !f.vetoes
}

// memberReader reads members. Of a whole case the days of the period are known,
// and that adjustments and vetoes must be listed by the main scorecard.
type memberReader struct {
	reader
	cards               map[string]*cardFacts
	whole               bool
	periodDays, minDays int
	minDaysKnown        bool
}

var memberDocuments = sync.Pool{New: func() any { return new(document) }}

// ReadMember reads one member, an element of a case's staff, as a run freezes it.
// An adjustment or veto may be listed by any of the member's scorecards. The
// scorecards must be valid. Faults are given as InputErrors, with paths inside the element.
func ReadMember(data []byte, cards map[string]*Scorecard) (Member, error) {
	facts := make(map[string]*cardFacts, len(cards))
	for key, card := range cards {
		facts[key] = factsOf(card)
	}
	return readMember(data, facts)
}

// MemberReader reads many members of the same scorecards.
type MemberReader struct{ cards map[string]*cardFacts }

// NewMemberReader prepares valid scorecards for reading members.
func NewMemberReader(cards map[string]*Scorecard) *MemberReader {
	facts := make(map[string]*cardFacts, len(cards))
	for key, card := range cards {
		facts[key] = factsOf(card)
	}
	return &MemberReader{cards: facts}
}

// Read is ReadMember.
func (m *MemberReader) Read(data []byte) (Member, error) { return readMember(data, m.cards) }

func readMember(data []byte, cards map[string]*cardFacts) (Member, error) {
	d := memberDocuments.Get().(*document)
	defer memberDocuments.Put(d)
	*d = document{nodes: d.nodes}
	if !parse(d, string(data)) {
		return Member{}, d.errors
	}
	r := memberReader{reader: reader{d}, cards: cards}
	m := r.member(0)
	if len(d.errors) > 0 {
		return Member{}, d.errors
	}
	return m, nil
}

func (r memberReader) member(n int32) Member {
	var m Member
	if !r.object(n, "id", "segments", "adjustments", "vetoes") {
		return m
	}
	m.ID = r.needText(n, "id")
	if first, given := r.list(n, "segments"); !given {
		r.missing(n, "segments")
	} else if first == none {
		r.report(InputError{Path: r.pathTo(n, "segments"), Code: "needs_one"})
	}
	for c, _ := r.list(n, "segments"); c != none; c = r.nodes[c].next {
		m.Segments = append(m.Segments, r.segment(c))
	}
	for c, _ := r.list(n, "adjustments"); c != none; c = r.nodes[c].next {
		m.Adjustments = append(m.Adjustments, r.entry(c))
	}
	for c, _ := r.list(n, "vetoes"); c != none; c = r.nodes[c].next {
		m.Vetoes = append(m.Vetoes, r.textAt(c))
	}
	r.days(n, &m)
	r.listed(n, &m)
	return m
}

func (r memberReader) entry(n int32) Entry {
	var e Entry
	if !r.object(n, "key", "points") {
		return e
	}
	e.Key = r.needText(n, "key")
	if r.child(n, "points") == none {
		r.missing(n, "points")
	}
	if e.Points = r.number(n, "points"); e.Points.Sign() < 0 {
		r.wrong(r.child(n, "points"), "negative")
	}
	return e
}

func (r memberReader) segment(n int32) Segment {
	var s Segment
	if !r.object(n, "scorecard", "peer_group", "days", "inputs") {
		return s
	}
	s.Scorecard, s.PeerGroup = r.needText(n, "scorecard"), r.text(n, "peer_group")
	days, _ := r.needCount(n, "days", 1)
	s.Days = int(days)
	facts := r.cards[s.Scorecard]
	if s.Scorecard != "" && facts == nil {
		r.wrong(r.child(n, "scorecard"), "unknown_scorecard")
	}
	first, _ := r.table(n, "inputs")
	if facts == nil {
		return s
	}
	if first != none {
		s.Inputs = make([]Input, len(facts.items))
	}
	for c := first; c != none; c = r.nodes[c].next {
		key := r.nodes[c].key
		index, item := facts.find(key)
		switch {
		case item != nil:
			s.Inputs[index] = r.input(c, item)
		case facts.keys:
			r.report(InputError{Path: r.path(c), Code: "unknown_item", Args: map[string]string{"value": shownText(key), "scorecard": s.Scorecard}})
		}
	}
	return s
}

func (f *cardFacts) find(key string) (int, *Item) {
	for i, item := range f.items {
		if item.Key == key {
			return i, item
		}
	}
	return -1, nil
}

// days checks that the segments together are not longer than the period.
func (r memberReader) days(n int32, m *Member) {
	total, known := 0, r.periodDays > 0
	for i := range m.Segments {
		known = known && m.Segments[i].Days > 0
		total += m.Segments[i].Days
	}
	if r.whole && known && total > r.periodDays {
		r.report(InputError{Path: r.pathTo(n, "segments"), Code: "too_many_days",
			Args: map[string]string{"days": strconv.Itoa(total), "period_days": strconv.Itoa(r.periodDays)}})
	}
}

// listed checks the keys of adjustments and vetoes.
func (r memberReader) listed(n int32, m *Member) {
	if len(m.Adjustments)+len(m.Vetoes) == 0 {
		return
	}
	cards, known := r.listing(m)
	if !known {
		return
	}
	entry, _ := r.list(n, "adjustments")
	for i := range m.Adjustments {
		if key := m.Adjustments[i].Key; key != "" && !anyLists(cards, key, (*cardFacts).listsAdjustment) {
			r.wrong(r.child(entry, "key"), "adjustment_not_listed")
		}
		entry = r.nodes[entry].next
	}
	entry, _ = r.list(n, "vetoes")
	for _, key := range m.Vetoes {
		if key != "" && !anyLists(cards, key, (*cardFacts).listsVeto) {
			r.wrong(entry, "veto_not_listed")
		}
		entry = r.nodes[entry].next
	}
}

func anyLists(cards []*cardFacts, key string, lists func(*cardFacts, string) bool) bool {
	for _, card := range cards {
		if lists(card, key) {
			return true
		}
	}
	return false
}

// listing gives the scorecards of which one must list the member's adjustments
// and vetoes: the main one of a case, else all of the member's. It is not known
// while a scorecard or the main segment is not.
func (r memberReader) listing(m *Member) (cards []*cardFacts, known bool) {
	all, daysKnown := make([]*cardFacts, len(m.Segments)), r.minDaysKnown
	for i := range m.Segments {
		all[i] = r.cards[m.Segments[i].Scorecard]
		if all[i] == nil {
			return nil, false
		}
		daysKnown = daysKnown && m.Segments[i].Days > 0
	}
	main := mainSegment(m, r.minDays)
	if !r.whole || !daysKnown || main < 0 {
		return all, len(all) > 0
	}
	return all[main : main+1], true
}

// mainSegment gives the index of the counting segment with the most days, the
// later of equals; -1 if none counts.
func mainSegment(m *Member, minDays int) int {
	main := -1
	for i := range m.Segments {
		if m.Segments[i].Days >= minDays && (main < 0 || m.Segments[i].Days >= m.Segments[main].Days) {
			main = i
		}
	}
	return main
}
