package periods

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// BlockerCode names a sort of blocker.
type BlockerCode string

// What can stand in the way of a period's next state, by the state it holds up.
const (
	// draft
	NoScorecard    BlockerCode = "scorecard" // members in a position that no scorecard scores; the subject is the position
	MissingTargets BlockerCode = "targets"   // the subject is the item

	// collecting
	MissingActuals BlockerCode = "actuals"  // the subject is the item
	MissingSurveys BlockerCode = "surveys"  // the subject is the item
	MissingReviews BlockerCode = "reviews"  // the subject is the item
	UnplacedFacts  BlockerCode = "unplaced" // facts that fit no segment any more; the subject is their kind

	// scoring
	NoRun       BlockerCode = "no_run"
	OutdatedRun BlockerCode = "outdated_run" // inputs came in after the run
	Incomplete  BlockerCode = "incomplete"   // the subject is the staff number
)

// waivable are the blockers that may be let pass with a reason. A run that is
// missing or outdated is mended by a run.
var waivable = []BlockerCode{NoScorecard, MissingTargets, MissingActuals, MissingSurveys, MissingReviews, UnplacedFacts, Incomplete}

// Words gives the words of a sort of blocker.
func (b BlockerCode) Words() lang.Text {
	text, _ := lang.Lookup("period.blocker." + string(b))
	return text
}

// Blocker is something that stands in the way of the next state at one unit.
type Blocker struct {
	Code     BlockerCode `json:"blocker"`
	Subject  string      `json:"subject,omitempty"`
	Unit     string      `json:"unit,omitempty"` // code
	UnitName string      `json:"unit_name,omitempty"`
	Count    int         `json:"count"` // members, or facts where they are unplaced
	// Reason and Items say why a member is incomplete: a reason of scoring, and the items without a value.
	Reason scoring.Reason `json:"reason,omitempty"`
	Items  []LackingItem  `json:"items,omitempty"`
	Waived string         `json:"waived,omitempty"` // the reason for which it was let pass
}

// LackingItem is an item that has no value, and why.
type LackingItem struct {
	Item   string         `json:"item"`
	Reason scoring.Reason `json:"reason"`
}

// Waiver lets a blocker pass, with a reason.
type Waiver struct {
	bun.BaseModel `bun:"table:period_waivers"`

	ID       int64       `bun:"id,pk,autoincrement" json:"-"`
	PeriodID int64       `bun:"period_id" json:"-"`
	Blocker  BlockerCode `bun:"blocker" json:"blocker"`
	// Subject is the subject of blockers or the code of a unit; empty for all of a sort.
	Subject string    `bun:"subject" json:"subject,omitempty"`
	Reason  string    `bun:"reason" json:"reason"`
	MadeBy  string    `bun:"made_by" json:"made_by"`
	MadeAt  time.Time `bun:"made_at" json:"made_at"`
}

// Covers tells whether the waiver lets a blocker pass.
func (w *Waiver) Covers(b *Blocker) bool {
	return w.Blocker == b.Code && (w.Subject == "" || w.Subject == b.Subject || w.Subject == b.Unit)
}

// reasonMost bounds what somebody writes as a reason.
const reasonMost = 1000

// newWaiver makes a waiver of what stands in the way now.
func newWaiver(p *Period, blockers []Blocker, code BlockerCode, subject, reason string) (*Waiver, error) {
	if !slices.Contains(waivable, code) {
		return nil, fault.New(fault.Invalid, "period.not_waivable", lang.Args{"blocker": string(code), "blockers": codesText(waivable)})
	}
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return nil, fault.New(fault.Invalid, "period.no_reason", nil)
	case !utf8.ValidString(reason) || strings.ContainsFunc(reason, hidden) || utf8.RuneCountInString(reason) > reasonMost:
		return nil, fault.New(fault.Invalid, "period.bad_reason", lang.Args{"most": reasonMost})
	}
	w := &Waiver{PeriodID: p.ID, Blocker: code, Subject: subject, Reason: reason}
	if !slices.ContainsFunc(blockers, func(b Blocker) bool { return w.Covers(&b) }) {
		return nil, fault.New(fault.Invalid, "period.nothing_to_waive", lang.Args{
			"period": p.Code, "blocker": code.Words(), "subject": subjectWords(subject),
		})
	}
	return w, nil
}

// subjectWords gives a subject, or the words for all of a sort.
func subjectWords(subject string) any {
	if subject != "" {
		return subject
	}
	text, _ := lang.Lookup("period.all_subjects")
	return text
}

// problem says the blocker as one of those that an error lists.
func (b *Blocker) problem() fault.Problem {
	if b.Unit == "" {
		return fault.Problem{Code: "period.blocker_alone", Args: lang.Args{"blocker": b.Code.Words()}}
	}
	return fault.Problem{Code: "period.blocker_line", Args: lang.Args{
		"blocker": b.Code.Words(), "subject": b.Subject, "unit": strings.TrimSpace(b.Unit + " " + b.UnitName), "count": b.Count,
	}}
}

func hidden(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }

func codesText(codes []BlockerCode) string {
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = string(code)
	}
	return strings.Join(texts, ", ")
}

// waive marks the blockers that waivers let pass; a waiver of one subject tells more than one of all.
func waive(blockers []Blocker, waivers []Waiver) {
	for i := range blockers {
		for j := range waivers {
			if w := &waivers[j]; w.Covers(&blockers[i]) && (blockers[i].Waived == "" || w.Subject != "") {
				blockers[i].Waived = w.Reason
			}
		}
	}
}

// blocked is the conflict that the blockers are which nobody let pass; nil without any.
func blocked(p *Period, blockers []Blocker) error {
	var problems []fault.Problem
	for i := range blockers {
		if blockers[i].Waived == "" {
			problems = append(problems, blockers[i].problem())
		}
	}
	if len(problems) == 0 {
		return nil
	}
	conflict := fault.New(fault.Conflict, "period.blocked", lang.Args{"period": p.Code, "count": len(problems)})
	conflict.Problems = problems
	return conflict
}

// UnitLine is all blockers of one sort at one unit.
type UnitLine struct {
	Code     BlockerCode
	Unit     string
	UnitName string
	Count    int
	Waived   int    // of the count: let pass
	Subjects string // the first of them, with their counts
}

// subjectsNamed is how many subjects a line names.
const subjectsNamed = 6

// ByUnit adds blockers up, in the order in which sorts and units first appear.
func ByUnit(blockers []Blocker) []UnitLine {
	var lines []UnitLine
	for i := range blockers {
		b := &blockers[i]
		if n := len(lines); n == 0 || lines[n-1].Code != b.Code || lines[n-1].Unit != b.Unit {
			lines = append(lines, UnitLine{Code: b.Code, Unit: b.Unit, UnitName: b.UnitName})
		}
		line := &lines[len(lines)-1]
		line.Count += b.Count
		if b.Waived != "" {
			line.Waived += b.Count
		}
		line.name(b)
	}
	return lines
}

func (l *UnitLine) name(b *Blocker) {
	if b.Subject == "" {
		return
	}
	named := strings.Count(l.Subjects, ", ") + 1
	switch {
	case l.Subjects == "":
		l.Subjects = b.Subject
	case named < subjectsNamed:
		l.Subjects += ", " + b.Subject
	case named == subjectsNamed:
		l.Subjects += ", …"
		return
	default:
		return
	}
	if b.Count > 1 {
		l.Subjects += " " + strconv.Itoa(b.Count)
	}
}
