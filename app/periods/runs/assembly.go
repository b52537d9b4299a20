package runs

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/scoring"
)

// assembly turns rows of facts into the members of one chunk of staff. Its
// buffers are used again for the next chunk.
type assembly struct {
	in       *inputs
	staff    []staff
	members  []scoring.Member
	segments []scoring.Segment
	cards    []*card // of each segment
	slots    []scoring.Input
	firsts   []int // of each member, the first of their segments
	starts   []int // of each segment, the first of its slots
	exact    []exactness
	events   []eventRow
	words    map[string]string
	cursor   int
}

// exactness says how exactly the facts that filled an input name their place:
// one that names a unit or a position takes the place of one that does not.
type exactness struct{ actual, target int8 }

// exactly is 1 to 4, different for every way of naming a place.
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

// newAssembly makes an assembly for the staff of a snapshot.
func newAssembly(in *inputs) *assembly { return &assembly{in: in, words: map[string]string{}} }

// begin readies the buffers for a chunk of staff.
func (a *assembly) begin(chunk []staff) {
	a.staff, a.cursor = chunk, 0
	a.cards, a.starts, a.firsts = a.cards[:0], a.starts[:0], a.firsts[:0]
	a.events = a.events[:0]
	slots := 0
	for i := range chunk {
		a.firsts = append(a.firsts, len(a.cards))
		for s := range chunk[i].segments {
			card := a.in.cards[chunk[i].segments[s].Scorecard]
			a.cards, a.starts = append(a.cards, card), append(a.starts, slots)
			slots += len(card.items)
		}
	}
	a.slots, a.exact = emptied(a.slots, slots), emptied(a.exact, slots)
	a.segments, a.members = emptied(a.segments, len(a.cards)), emptied(a.members, len(chunk))
	for i := range chunk {
		a.beginMember(i)
	}
}

func (a *assembly) beginMember(i int) {
	first := a.firsts[i]
	for s := range a.staff[i].segments {
		segment, card, start := &a.staff[i].segments[s], a.cards[first+s], a.starts[first+s]
		end := start + len(card.items)
		a.segments[first+s] = scoring.Segment{
			Scorecard: segment.Scorecard, PeerGroup: segment.PeerGroup, Days: segment.Days, Inputs: a.slots[start:end:end],
		}
		for _, item := range card.events {
			a.slots[start+item] = scoring.Input{Given: true, Events: noEvents}
		}
	}
	last := first + len(a.staff[i].segments)
	a.members[i] = scoring.Member{ID: a.staff[i].no, Segments: a.segments[first:last:last]}
}

// noEvents is the input of an events item without an incident: it is never missing.
var noEvents = []scoring.EventCount{}

// emptied gives a slice of n zero values, in the old one's place if that is large enough.
func emptied[T any](old []T, n int) []T {
	if cap(old) < n {
		return make([]T, n)
	}
	old = old[:n]
	clear(old)
	return old
}

// find gives the index of a member in the chunk, -1 for one who has no
// segments. Facts mostly come member by member, in the order of their ids.
func (a *assembly) find(staffID int64) int {
	for step := range 2 {
		if at := a.cursor + step; at < len(a.staff) && a.staff[at].id == staffID {
			a.cursor = at
			return at
		}
	}
	at, found := slices.BinarySearchFunc(a.staff, staffID, func(s staff, id int64) int { return cmp.Compare(s.id, id) })
	if !found {
		return -1
	}
	a.cursor = at
	return at
}

// text gives one string for equal words, so that roles and levels take no memory per fact.
func (a *assembly) text(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := a.words[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(a.words) < maxWords {
		a.words[s] = s
	}
	return s
}

// maxWords bounds how many words are kept: raters are as many as staff.
const maxWords = 10_000

// number reads a figure of a fact; NULL is an absent number.
func number(row db.Row, i int) (scoring.Number, error) {
	if row.Null(i) {
		return scoring.Number{}, nil
	}
	n, err := scoring.ParseNumber(row.Text(i))
	if err != nil {
		return n, fmt.Errorf("a figure of a fact is no decimal: %q: %w", row.Text(i), err)
	}
	return n, nil
}
