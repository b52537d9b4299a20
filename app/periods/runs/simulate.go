package runs

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// examplesMost is how many members a simulation names.
const examplesMost = 500

// Simulation is what another definition of a scorecard would have made of a run.
type Simulation struct {
	Run     *Run
	Members int // whom the scorecard assessed, in the actor's sight
	Changed int // have another total
	Moved   int // have another grade
	Grades  []string
	Moves   []GradeMove
	// Examples are those who change grade first, then by the size of the change.
	Examples []Simulated
}

// GradeMove is how many go from one grade to another; "" is none.
type GradeMove struct {
	Before  string `json:"before"`
	After   string `json:"after"`
	Members int    `json:"members"`
}

// Simulated is one member before and after.
type Simulated struct {
	StaffNo     string  `json:"staff_no"`
	Name        string  `json:"name"`
	Pinyin      string  `json:"pinyin,omitempty"` // as the name is written in Latin letters
	Unit        string  `json:"unit"`
	UnitName    string  `json:"unit_name,omitempty"`
	BeforeTotal *string `json:"before_total"`
	AfterTotal  *string `json:"after_total"`
	BeforeGrade *string `json:"before_grade"`
	AfterGrade  *string `json:"after_grade"`

	of     *Result
	change int64 // of the total, in units of 1/10000
}

func (m *Simulated) moved() bool { return deref(m.BeforeGrade) != deref(m.AfterGrade) }

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// Simulate scores everybody whom a scorecard assessed in the published or last
// run of a period again, from what the run froze, by another definition: the
// draft where none is given. Nothing is kept.
func (s *Service) Simulate(ctx context.Context, actor rbac.Actor, period, code string, definition []byte) (*Simulation, error) {
	if err := access.RequireWhole(actor, rbac.ScorecardManage); err != nil {
		return nil, err
	}
	if err := access.Require(actor, rbac.ResultRead); err != nil {
		return nil, err
	}
	var outcome *Simulation
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		other, err := otherCard(ctx, tx, code, definition)
		if err != nil {
			return err
		}
		book, err := open(ctx, tx, actor, period, Latest)
		if err != nil {
			return err
		}
		simulation := &simulation{book: book, code: code, other: other, found: &Simulation{
			Run: book.Run, Grades: []string{}, Moves: []GradeMove{}, Examples: []Simulated{},
		}}
		outcome = simulation.found
		if book.cards[code] == nil {
			return scorecards.Require(ctx, tx, code)
		}
		return simulation.do(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "result", "period="+period+" simulation="+code)
	return outcome, nil
}

// otherCard reads the definition that is tried, or the draft.
func otherCard(ctx context.Context, tx db.Tx, code string, definition []byte) (*scoring.Scorecard, error) {
	if definition != nil {
		card, wrong := scoring.InspectScorecard(definition)
		if len(wrong) > 0 {
			return nil, scorecards.Invalid(wrong)
		}
		return card, nil
	}
	draft, err := scorecards.Draft(ctx, tx, code)
	if err == nil && draft == nil {
		err = fault.New(fault.NotFound, "scorecard.no_draft_left", lang.Args{"scorecard": code})
	}
	if err != nil {
		return nil, err
	}
	return draft.Card, nil
}

// simulation is one under way.
type simulation struct {
	book  *Book
	code  string
	other *scoring.Scorecard
	found *Simulation
}

func (s *simulation) do(ctx context.Context, tx db.Tx) error {
	stored, err := s.stored(ctx, tx)
	if err != nil || len(stored) == 0 {
		return err
	}
	evaluation, err := s.evaluate(ctx, tx)
	if err != nil {
		return err
	}
	moves, grades := map[[2]string]int{}, map[string]bool{}
	members := make([]Simulated, 0, len(stored))
	for r := range evaluation.Results() {
		before, assessed := stored[r.ID]
		if !assessed {
			continue // a peer, or out of sight
		}
		one := s.compare(before, r)
		members = append(members, one)
		grades[deref(one.BeforeGrade)], grades[deref(one.AfterGrade)] = true, true
		moves[[2]string{deref(one.BeforeGrade), deref(one.AfterGrade)}]++
		if one.change != 0 || (one.BeforeTotal == nil) != (one.AfterTotal == nil) {
			s.found.Changed++
		}
		if one.moved() {
			s.found.Moved++
		}
	}
	s.found.Members = len(members)
	s.grades(grades)
	for _, move := range slices.SortedFunc(maps.Keys(moves), func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(slices.Index(s.found.Grades, a[0]), slices.Index(s.found.Grades, b[0])),
			cmp.Compare(slices.Index(s.found.Grades, a[1]), slices.Index(s.found.Grades, b[1])))
	}) {
		s.found.Moves = append(s.found.Moves, GradeMove{Before: move[0], After: move[1], Members: moves[move]})
	}
	s.examples(members)
	return s.spell(ctx, tx)
}

// stored reads the results of everybody whom the scorecard assessed and of whom
// all that counts is in sight, by staff number.
func (s *simulation) stored(ctx context.Context, tx db.Tx) (map[string]*Result, error) {
	stored := map[string]*Result{}
	err := tx.Each(ctx, `SELECT `+resultColumns+` FROM results AS r WHERE r.run_id = ? AND ? AND r.staff_id IN
		(SELECT s.staff_id FROM result_segments AS s WHERE s.run_id = ? AND s.scorecard = ? AND s.status <> 'short')`,
		[]any{s.book.Run.ID, s.book.sight.full(), s.book.Run.ID, s.code}, func(row db.Row) error {
			r := scanResult(row)
			stored[r.StaffNo] = r
			return nil
		})
	return stored, err
}

// evaluate scores the members of the scorecard by the other definition, with
// those of the scorecards beside it that compare people.
func (s *simulation) evaluate(ctx context.Context, tx db.Tx) (*scoring.Evaluation, error) {
	tried := s.book.cards.scoring()
	tried[s.code] = s.other
	evaluation := scoring.NewEvaluation(s.book.Run.PeriodDays, s.book.Run.MinDays, tried)
	reader := scoring.NewMemberReader(s.book.cards.scoring())
	adapted := newAdaptation(s.book, s.code, s.other)
	codes := append(s.book.cards.comparing(), s.code)
	read := 0
	err := tx.Each(ctx, `SELECT f.input FROM frozen_members AS f WHERE f.run_id = ? AND f.staff_id IN
		(SELECT s.staff_id FROM result_segments AS s WHERE s.run_id = ? AND s.scorecard IN (?)) ORDER BY f.staff_id`,
		[]any{s.book.Run.ID, s.book.Run.ID, bun.List(codes)}, func(row db.Row) error {
			m, err := reader.Read(row.Bytes(0))
			if err != nil {
				return fmt.Errorf("reading a frozen input: %w", err)
			}
			read++
			adapted.member(&m)
			return evaluation.Add(&m)
		})
	if err == nil && read == 0 {
		err = fault.New(fault.NotFound, "runs.thawed", lang.Args{"run": s.book.Run.Number})
	}
	if err != nil {
		return nil, err
	}
	evaluation.Finish()
	return evaluation, nil
}

func (s *simulation) compare(before *Result, after *scoring.Result) Simulated {
	one := Simulated{of: before, StaffNo: before.StaffNo, Name: before.Name, BeforeTotal: before.Total.JSON(before.Precision)}
	if unit := s.book.Units[before.UnitID]; unit != nil {
		one.Unit, one.UnitName = unit.Code, unit.Name
	}
	if before.Grade != "" {
		one.BeforeGrade = &before.Grade
	}
	if after.Grade != "" {
		grade := after.Grade
		one.AfterGrade = &grade
	}
	if after.Total.Valid() {
		total := after.Total.Fixed(after.Precision)
		one.AfterTotal = &total
		units, _ := after.Total.Scaled(scale)
		one.change = units - before.Total.Scaled
	} else {
		one.change = -before.Total.Scaled
	}
	return one
}

// grades puts the grades that were given in order, the best first: as the other
// definition has them, with those that it lacks where the frozen one had them.
func (s *simulation) grades(given map[string]bool) {
	order := []string{}
	for i := range s.other.Grades {
		order = append(order, s.other.Grades[i].Grade)
	}
	place := 0
	for i := range s.book.cards[s.code].Grades {
		grade := s.book.cards[s.code].Grades[i].Grade
		if at := slices.Index(order, grade); at >= 0 {
			place = at + 1
			continue
		}
		order = slices.Insert(order, place, grade)
		place++
	}
	for grade := range given { // of another scorecard, the main one of somebody who changed post
		if grade != "" && !slices.Contains(order, grade) {
			order = append(order, grade)
		}
	}
	if given[""] {
		order = append(order, "")
	}
	s.found.Grades = order
}

// spell writes the names of the examples in Latin letters.
func (s *simulation) spell(ctx context.Context, tx db.Tx) error {
	named := make([]*Result, len(s.found.Examples))
	for i := range s.found.Examples {
		named[i] = s.found.Examples[i].of
	}
	err := spell(ctx, tx, named...)
	for i := range s.found.Examples {
		one := &s.found.Examples[i]
		one.Pinyin = people.Written(one.Name, one.of.Pinyin)
	}
	return err
}

func (s *simulation) examples(members []Simulated) {
	size := func(m Simulated) int64 { return max(m.change, -m.change) }
	slices.SortFunc(members, func(a, b Simulated) int {
		if a.moved() != b.moved() {
			if a.moved() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(a.StaffNo, b.StaffNo))
	})
	s.found.Examples = members[:min(len(members), examplesMost)]
}
