package facts

import (
	"context"
	"slices"
	"strconv"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

// TargetChange is one target that somebody typed. Unit and position are needed
// where the member has several segments. An empty figure is none; one that is not
// given stays as it is.
type TargetChange struct {
	StaffNo, Unit, Position, Metric string
	Target, Baseline                *string
	Version                         int64 // that was seen
}

// TargetOutcome is what became of one change.
type TargetOutcome struct {
	Saved   *Target
	Problem *fault.Problem
	Current *Target // for an old version: what stands there now
}

// TargetOutcomes are what became of a request.
type TargetOutcomes struct {
	Batch    int64 // 0 where nothing was written
	Outcomes []TargetOutcome
}

// SaveTargets saves the good ones of some targets as one batch, and says of each
// bad one what is wrong. Nobody sets their own. A target that differs from the one
// in force stands beside it, as with a file; that of a member with one segment is
// for the whole period.
func (s *Service) SaveTargets(ctx context.Context, actor rbac.Actor, code string, changes []TargetChange) (*TargetOutcomes, error) {
	if err := access.Require(actor, rbac.TargetImport); err != nil {
		return nil, err
	}
	w := &typing{actor: actor, kind: targets(), out: make([]TargetOutcome, len(changes)), touched: map[typed]bool{}}
	record, err := s.batches.Record(ctx, actor, w.kind.name, func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		found, err := periods.LockOpen(ctx, tx, []string{code})
		if err != nil {
			return err
		}
		p := found[code]
		if p == nil {
			return fault.New(fault.NotFound, "period.unknown", lang.Args{"period": code})
		}
		if err := w.read(ctx, tx, p, changes); err != nil {
			return err
		}
		for i := range changes {
			w.take(i, &changes[i], b.ID)
		}
		b.SetPeriod(p.ID)
		b.About("target.save", "period", code)
		b.Count(0, 0, 0, w.withdrawn)
		if err := w.kind.end(ctx, tx, b.ID, w.end); err != nil {
			return err
		}
		return w.kind.insert(ctx, tx, b, w.insert)
	})
	if err != nil {
		return nil, err
	}
	return &TargetOutcomes{Batch: record.ID, Outcomes: w.out}, nil
}

// typing is one request to save targets.
type typing struct {
	actor     rbac.Actor
	kind      *kind
	sheet     *sheet
	byNo      map[string]*allotted
	may       map[int64]bool // units whose targets the actor sets
	touched   map[typed]bool
	insert    []*fact
	end       []int64
	withdrawn int
	out       []TargetOutcome
}

// typed is what a change is for.
type typed struct {
	staffID int64
	slot
}

func (w *typing) read(ctx context.Context, tx db.Tx, p *periods.Period, changes []TargetChange) error {
	var err error
	if w.sheet, err = openSheet(ctx, tx, p); err != nil {
		return err
	}
	if w.may, err = unitsIn(ctx, tx, db.InScope(w.actor.Scope(rbac.TargetImport), "path", "")); err != nil {
		return err
	}
	w.byNo = map[string]*allotted{}
	var numbers []string
	for i := range changes {
		numbers = append(numbers, changes[i].StaffNo)
	}
	slices.Sort(numbers)
	err = p.EachMemberOf(ctx, tx, rbac.Everything(), slices.Compact(numbers), w.sheet.cards, w.sheet.tree, w.sheet.take)
	if err != nil {
		return err
	}
	for _, m := range w.sheet.members {
		w.byNo[m.staffNo] = m
	}
	return w.sheet.read(ctx, tx, w.sheet.members)
}

// take checks one change and makes ready what is to be written.
func (w *typing) take(i int, c *TargetChange, batch int64) {
	m, at, a, problem := w.place(c)
	if problem != nil {
		w.refuse(i, "", problem)
		return
	}
	shown := m.shown(at)
	key := typed{m.id, at}
	switch {
	case w.touched[key]:
		w.refuse(i, "", &fault.Problem{Code: "facts.typed_twice"})
		return
	case shown.batch != c.Version:
		w.refuse(i, "", &fault.Problem{Code: "facts.old_version"})
		w.out[i].Current = w.sheet.of(m, at, a)
		return
	}
	values := [valueParts]string{shown.target, shown.baseline}
	for part, text := range []*string{c.Target, c.Baseline} {
		if text == nil {
			continue
		}
		number, wrong := sheets.Typed(*text, a.metric.Percent())
		if wrong != nil {
			w.refuse(i, "."+w.kind.values[part].name, wrong)
			return
		}
		values[part] = number
	}
	w.touched[key] = true
	w.write(m, at, shown, values, batch)
	w.out[i].Saved = w.sheet.of(m, at, a)
}

// place finds what a change is for. Whoever is out of scope is answered like one
// who is not there; of oneself more is said.
func (w *typing) place(c *TargetChange) (*allotted, slot, ask, *fault.Problem) {
	unknown := &fault.Problem{Code: "facts.not_in_scope"}
	m := w.byNo[c.StaffNo]
	if m == nil {
		return nil, slot{}, ask{}, unknown
	}
	if w.actor.StaffID != 0 && m.id == w.actor.StaffID {
		f := access.Refused(rbac.Decision{Step: rbac.StepSeparation, Permission: rbac.TargetImport})
		return nil, slot{}, ask{}, &fault.Problem{Code: f.Code, Args: f.Args}
	}
	var here []int
	for s := range m.segments {
		segment := &m.segments[s]
		unit := w.sheet.tree.ByID(segment.UnitID)
		if w.may[segment.UnitID] && (c.Unit == "" || unit != nil && unit.Code == c.Unit) && (c.Position == "" || segment.Position == c.Position) {
			here = append(here, s)
		}
	}
	switch {
	case len(here) == 0:
		return nil, slot{}, ask{}, unknown
	case len(here) > 1:
		return nil, slot{}, ask{}, &fault.Problem{Code: "facts.name_place"}
	}
	a, ok := w.sheet.asked(&m.segments[here[0]], c.Metric)
	if !ok {
		return nil, slot{}, ask{}, &fault.Problem{Code: "facts.not_asked", Args: lang.Args{"metric": c.Metric}}
	}
	return m, slot{here[0], a.metric.ID}, a, nil
}

func (w *typing) refuse(i int, field string, p *fault.Problem) {
	p.Path = "cells." + strconv.Itoa(i) + field
	w.out[i].Problem = p
}

// write makes ready the row that follows the one in force, and keeps what will
// be in force then. The row for every segment of a member with several is left to
// the others; a place of theirs that is to have nothing gets a row that says so.
func (w *typing) write(m *allotted, at slot, shown figures, values [valueParts]string, batch int64) {
	if values == [valueParts]string{shown.target, shown.baseline} {
		return
	}
	segment, everywhere := &m.segments[at.segment], m.everywhere[at.metric]
	alone := len(m.segments) == 1
	f := &fact{values: values, segment: at.segment, id: identity{period: w.sheet.period.ID, staff: m.id, metric: at.metric}}
	f.follows = shown.row != 0 && (alone || !periods.Everywhere(shown.unit, shown.position))
	switch {
	case f.follows:
		f.id.unit, f.id.position = shown.unit, shown.position
		w.end = append(w.end, shown.row)
	case !alone:
		f.id.unit, f.id.position = segment.UnitID, segment.Position
	}
	none := values == [valueParts]string{} && (everywhere == nil || f.follows && everywhere.row == shown.row)
	became := figures{unit: f.id.unit, position: f.id.position, target: values[0], baseline: values[1], actual: shown.actual, batch: batch, row: -1}
	switch {
	case none && !f.follows:
		return
	case none:
		w.withdrawn++
		became.row, became.batch = 0, 0
	default:
		w.insert = append(w.insert, f)
	}
	if periods.Everywhere(f.id.unit, f.id.position) {
		delete(m.given, at)
		m.everywhere[at.metric] = &became
		return
	}
	m.given[at] = &became
}
