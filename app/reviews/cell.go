package reviews

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// State is where a cell of the grid stands.
type State string

// The states of a cell.
const (
	Draft     State = "draft"     // written, and known to its rater alone
	Submitted State = "submitted" // a fact of the period
	Returned  State = "returned"  // handed back to its rater, with a reason; no fact any more
)

// Words gives the words of a state.
func (s State) Words() lang.Text {
	text, _ := lang.Lookup("review.state." + string(s))
	return text
}

// Cell is what one rater in one role says of one item of a member's segment.
type Cell struct {
	StaffNo      string    `json:"staff_no"`
	Unit         string    `json:"unit"` // code
	Position     string    `json:"position"`
	Item         string    `json:"item"`
	Role         string    `json:"role"`
	Level        string    `json:"level"` // empty: not rated yet
	Comment      string    `json:"comment"`
	State        State     `json:"state"`
	ReturnReason string    `json:"return_reason,omitempty"` // of the last time it was handed back
	ReturnedBy   string    `json:"returned_by,omitempty"`
	Rater        string    `json:"rater,omitempty"` // staff number, or username without one; empty where the reader may not know
	WrittenBy    string    `json:"written_by,omitempty"`
	WrittenAt    time.Time `json:"written_at,omitzero"`
	Version      int64     `json:"version"`
	Names        Names     `json:"-"`

	id              int64
	staffID, unitID int64
	raterID         int64
}

// Names are what a cell is about, as people call it.
type Names struct {
	Member, Unit string
	Item         scoring.Text // in a list; empty where no scorecard in force has it
	Rater        string       // empty where the reader may not know

	MemberPinyin, RaterPinyin string // of their names
}

func (c *Cell) key() cellKey {
	return cellKey{seatKey{c.staffID, c.unitID, c.Position, c.Role}, c.Item}
}

// cellKey tells the cells of one rater apart.
type cellKey struct {
	seatKey
	item string
}

// CellChange is what a rater writes into one cell.
type CellChange struct {
	StaffNo  string
	Unit     string // code
	Position string // may be left out where the member has one segment at the unit
	Item     string
	Role     string
	Level    string // empty: not rated yet
	Comment  string
	Version  int64 // of the cell that the rater has seen, 0 for a new one
}

// The limits of what one request, and one cell, takes.
const (
	CellsMost   = 1000
	commentMost = 2000 // characters
)

// checkText says what is wrong with a comment: too long, or with characters that
// are none to read. Line breaks and tabs are.
func checkText(text string, most int) *fault.Error {
	switch {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unreadable):
		return fault.New(fault.Invalid, "review.text", nil)
	case utf8.RuneCountInString(text) > most:
		return fault.New(fault.Invalid, "review.long", lang.Args{"most": most})
	}
	return nil
}

func unreadable(r rune) bool {
	switch r {
	case '\n', '\t', '\r', '\u200c', '\u200d': // the joiners of scripts and of emoji
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co)
}
