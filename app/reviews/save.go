package reviews

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Outcome is what became of one cell of a request.
type Outcome struct {
	Index   int            `json:"index"` // in the request, from 0
	Saved   *Cell          `json:"saved,omitempty"`
	Problem *fault.Problem `json:"problem,omitempty"`
	Current *Cell          `json:"current,omitempty"` // for an old version: what stands there now, and who wrote it
}

// Outcomes are what became of a request.
type Outcomes struct {
	Saved    int       `json:"saved"`
	Refused  int       `json:"refused"`
	Outcomes []Outcome `json:"outcomes"` // of every cell, in the order of the request
}

// Save writes cells of the actor's own grid: the good ones, all in one transaction,
// and says of each bad one why it was not. A cell that is as it was keeps its
// version. A period that is not collecting is a conflict, and nothing is saved.
func (s *Service) Save(ctx context.Context, actor rbac.Actor, period string, changes []CellChange) (*Outcomes, error) {
	if len(changes) == 0 || len(changes) > CellsMost {
		return nil, fault.New(fault.Invalid, "review.cells", lang.Args{"most": CellsMost})
	}
	saved, err := s.save(ctx, actor, period, changes)
	if db.IsUnique(err) || errors.Is(err, errMoved) { // somebody wrote the same cell meanwhile: now it is there to be seen
		saved, err = s.save(ctx, actor, period, changes)
	}
	return saved, err
}

// errMoved says that a cell changed between its reading and its writing.
var errMoved = errors.New("a review changed meanwhile")

func (s *Service) save(ctx context.Context, actor rbac.Actor, period string, changes []CellChange) (*Outcomes, error) {
	w := &writing{at: db.Now(s.clock), out: Outcomes{Outcomes: make([]Outcome, len(changes))}}
	err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if w.board, err = s.readBoard(ctx, tx, actor, period); err != nil {
			return err
		}
		if err := w.board.period.open(); err != nil {
			return err
		}
		if err := w.read(ctx, tx); err != nil {
			return err
		}
		for i := range changes {
			w.take(i, &changes[i])
		}
		if err := w.write(ctx, tx); err != nil {
			return err
		}
		return w.record(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	return &w.out, nil
}

// writing is one request to save cells.
type writing struct {
	board   *board
	rater   *rater
	at      time.Time
	cells   map[cellKey]*Cell // that the rater has written so far
	touched map[cellKey]bool
	insert  []*Cell
	update  []*Cell
	changes []recorded
	out     Outcomes
}

func (w *writing) read(ctx context.Context, tx db.Tx) error {
	w.cells, w.touched, w.rater = map[cellKey]*Cell{}, map[cellKey]bool{}, &rater{}
	if w.board.actor.UserID == 0 {
		return nil
	}
	var err error
	if w.rater, err = raterOf(ctx, tx, w.board.actor.UserID); err != nil {
		return err
	}
	written, err := cellsOf(ctx, tx, w.board.period, w.board.actor.UserID)
	for _, c := range written {
		w.cells[c.key()] = c
	}
	return err
}

// take checks one cell and makes ready what is to be written.
func (w *writing) take(i int, change *CellChange) {
	w.out.Outcomes[i].Index = i
	if f := change.check(); f != nil {
		w.refuse(i, f.Code, f.Args)
		return
	}
	x, item := w.board.place(change.StaffNo, change.Unit, change.Position, change.Role, change.Item)
	if item == nil {
		f := w.notTheirs(change)
		w.refuse(i, f.Code, f.Args)
		return
	}
	key := cellKey{x.key(), item.Key}
	before := w.cells[key]
	switch {
	case w.board.barred(x):
		w.refuse(i, "reviewer.head_office", nil)
	case w.touched[key]:
		w.refuse(i, "review.twice", nil)
	case before != nil && before.Version != change.Version, before == nil && change.Version != 0:
		w.refuse(i, "review.version", nil)
		w.out.Outcomes[i].Current = before
	case before != nil && before.State == Submitted:
		w.refuse(i, "review.state", nil)
		w.out.Outcomes[i].Current = before
	case change.Level != "" && item.level(change.Level) == nil:
		w.refuse(i, "review.level", lang.Args{"item": item.Key, "levels": levelsOf(item)})
	default:
		w.touched[key] = true
		w.keep(i, x, before, change)
	}
}

// check says what can be wrong with the words of a cell alone.
func (c *CellChange) check() *fault.Error {
	for _, text := range []string{c.StaffNo, c.Unit, c.Position, c.Item, c.Role, c.Level} {
		if f := checkText(text, nameMost); f != nil {
			return f
		}
	}
	return checkText(c.Comment, commentMost)
}

// notTheirs is the reason why the actor has no such cell: the same whether it is
// somebody else's or nobody's. Only of oneself more is said.
func (w *writing) notTheirs(change *CellChange) *fault.Error {
	if w.rater.StaffID != 0 && change.Role != RoleSelf && change.StaffNo == w.rater.No {
		return access.Refused(rbac.Decision{Step: rbac.StepSeparation, Permission: permissionOf(change.Role)})
	}
	return fault.New(fault.NotFound, "review.not_yours", nil)
}

func (w *writing) refuse(i int, code string, args lang.Args) {
	w.out.Refused++
	w.out.Outcomes[i].Problem = &fault.Problem{Path: "cells." + itoa(i), Code: code, Args: args}
}

func (w *writing) keep(i int, x *seat, before *Cell, change *CellChange) {
	w.out.Saved++
	if before != nil && before.Level == change.Level && before.Comment == change.Comment {
		w.out.Outcomes[i].Saved = before
		return
	}
	cell := &Cell{
		StaffNo: x.staffNo, Unit: x.unit, Position: x.segment.Position, Item: change.Item, Role: x.role, State: Draft,
		Rater: w.rater.No, raterID: w.rater.UserID, staffID: x.staffID, unitID: x.unitID,
	}
	if before != nil {
		*cell = *before
	}
	cell.Level, cell.Comment = change.Level, change.Comment
	cell.WrittenBy, cell.WrittenAt = w.board.actor.Name, w.at
	cell.Version++
	if before == nil {
		w.insert = append(w.insert, cell)
	} else {
		w.update = append(w.update, cell)
	}
	w.out.Outcomes[i].Saved = cell
	w.changes = append(w.changes, record(before, cell))
}

func (w *writing) write(ctx context.Context, tx db.Tx) error {
	if len(w.insert) > 0 {
		if err := insertCells(ctx, tx, w.board.period, w.insert); err != nil {
			return err
		}
	}
	if len(w.update) > 0 {
		done, err := updateCells(ctx, tx, w.update)
		if err != nil {
			return err
		}
		if len(done) < len(w.update) {
			return errMoved
		}
	}
	return nil
}

// recorded is what the audit trail has of a cell.
type recorded struct {
	Staff    string `json:"staff"`
	Unit     string `json:"unit"`
	Position string `json:"position"`
	Item     string `json:"item"`
	Role     string `json:"role"`
	Version  int64  `json:"version"`
	Before   *said  `json:"before,omitempty"`
	After    said   `json:"after"`
}

type said struct {
	Level   string `json:"level"`
	Comment string `json:"comment,omitempty"`
}

func record(before, after *Cell) recorded {
	r := recorded{
		Staff: after.StaffNo, Unit: after.Unit, Position: after.Position, Item: after.Item, Role: after.Role,
		Version: after.Version, After: said{after.Level, after.Comment},
	}
	if before != nil {
		r.Before = &said{before.Level, before.Comment}
	}
	return r
}

// record puts the request on the audit trail: once, and not at all where nothing changed and nothing was refused.
func (w *writing) record(ctx context.Context, tx db.Tx) error {
	if len(w.changes) == 0 && w.out.Refused == 0 {
		return nil
	}
	refused := map[string]int{}
	for i := range w.out.Outcomes {
		if p := w.out.Outcomes[i].Problem; p != nil {
			refused[p.Code]++
		}
	}
	entry := audit.Entry{Action: "review.save", Object: "period", Key: w.board.period.Code, After: struct {
		Saved   int            `json:"saved"`
		Refused map[string]int `json:"refused,omitempty"`
		Cells   []recorded     `json:"cells,omitempty"`
	}{w.out.Saved, refused, w.changes}}
	if w.out.Saved == 0 {
		entry.Outcome, entry.Detail = audit.Refused, strings.Join(slices.Sorted(maps.Keys(refused)), " ")
	}
	return audit.Write(ctx, tx, w.at, w.board.actor, entry)
}

// place gives the seat and the item of a cell, no item where the actor has none such.
func (b *board) place(staffNo, unit, position, role, item string) (*seat, *Item) {
	x := b.find(staffNo, unit, position, role)
	if x == nil {
		return nil, nil
	}
	return x, x.item(item)
}

// levelsOf names the levels of an item, for a message.
func levelsOf(item *Item) string {
	text := ""
	for i := range item.Levels {
		if i > 0 {
			text += ", "
		}
		text += item.Levels[i].Level
	}
	return text
}
