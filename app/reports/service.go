package reports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/rbac"
)

// Service writes the workbooks of finished runs.
type Service struct {
	runs    *runs.Service
	clock   func() time.Time
	version string
	trail   *audit.Service
	lists   func() ListAPI
	reacher Reacher
}

// Audited has exports put on the audit trail; without it they are not.
func (s *Service) Audited(trail *audit.Service) *Service {
	s.trail = trail
	return s
}

// NewService makes the service. The workbooks name the version of the program that wrote them.
func NewService(r *runs.Service, clock func() time.Time, version string) *Service {
	return &Service{runs: r, clock: clock, version: version}
}

// Request says which workbook is wanted.
type Request struct {
	Period string
	Run    int    // its number; runs.Latest for the published or last one
	Unit   string // code of a unit, for it and all below; empty for everybody in scope
	Lang   lang.Language
	Zone   *time.Location // the bank's, in which instants are shown; UTC if left out
}

// Workbook is a run opened for writing its workbooks: R01, and R02 for each member.
type Workbook struct {
	Month   Month
	Members int

	service *Service
	actor   rbac.Actor
	request Request
	run     int // its number, so that a run that is made meanwhile changes nothing
}

// Open finds the run of a request and how many members the actor may export of
// it: those whose results they see where they may also export.
func (s *Service) Open(ctx context.Context, actor rbac.Actor, r Request) (*Workbook, error) {
	if err := access.Require(actor, rbac.ExportRun); err != nil {
		return nil, err
	}
	w := &Workbook{service: s, actor: actor, request: r}
	err := s.runs.Results(ctx, actor, r.Period, r.Run, r.filter(), func(b *runs.Book) error {
		w.run, w.Members = b.Run.Number, b.Members
		w.Month = s.month(actor, r, b)
		return errOpened
	}, nil)
	if err != nil && !errors.Is(err, errOpened) {
		return nil, err
	}
	if w.Members == 0 {
		return nil, fault.New(fault.NotFound, "reports.nobody", lang.Args{"period": r.Period})
	}
	return w, nil
}

// errOpened ends a reading of results before the first.
var errOpened = errors.New("opened")

func (s *Service) month(actor rbac.Actor, r Request, b *runs.Book) Month {
	m := Month{
		Lang: r.Lang, Period: b.Period.Code, RunID: runID(b), RuleVersion: b.Run.Rules, CutOff: b.Run.StartedAt,
		GeneratedAt: s.clock(), Zone: r.Zone, GeneratedBy: actor.Name, SystemVersion: s.version,
		PeriodDays: b.Run.PeriodDays, MinDays: b.Run.MinDays, ScorecardVersions: map[string]string{},
	}
	m.Scope = scopeName(r, b)
	for _, code := range slices.Sorted(maps.Keys(b.Cards)) {
		m.Scorecards = append(m.Scorecards, b.Cards[code].Scorecard)
		m.ScorecardVersions[code] = b.Cards[code].SHA256[:12]
	}
	return m
}

// filter lets through what the request asks for, in the order of the sheets.
func (r Request) filter() runs.Filter {
	return runs.Filter{Unit: r.Unit, ByUnit: true, Also: rbac.ExportRun}
}

// scopeNamed is how many units the scope of a workbook names.
const scopeNamed = 3

// scopeName says whose results a workbook has: those of a unit, of the units at
// the top of what the actor sees, or their own.
func scopeName(r Request, b *runs.Book) string {
	var names []string
	for _, u := range b.Tops() {
		names = append(names, u.Name)
	}
	for _, u := range b.Units {
		if u.Code == r.Unit {
			return u.Name
		}
	}
	switch {
	case len(names) == 0:
		return say(r.Lang, "own_scope")
	case len(names) > scopeNamed:
		names = append(names[:scopeNamed], "…")
	}
	return strings.Join(names, say(r.Lang, "comma"))
}

// runID names a run on paper: R-202610-0001.
func runID(b *runs.Book) string {
	return fmt.Sprintf("R-%s-%04d", strings.ReplaceAll(b.Period.Code, "-", ""), b.Run.Number)
}

// WriteSummary writes R01, and puts on record that it did; see the function of that name.
func (w *Workbook) WriteSummary(ctx context.Context, out io.Writer) error {
	return w.recorded(ctx, "summary", out, func(out io.Writer) error { return WriteSummary(ctx, out, w.Month, w) })
}

// WriteCards writes R02 of every member as a zip, and puts on record that it did;
// progress is told how many are written.
func (w *Workbook) WriteCards(ctx context.Context, out io.Writer, progress func(done, total int64)) error {
	return w.recorded(ctx, "cards", out, func(out io.Writer) error {
		return WriteCards(ctx, out, w.Month, told{w, progress, int64(w.Members)})
	})
}

// recorded writes a file and puts the export on record: what of, how many members,
// and the SHA-256 of the file. A file whose export cannot be recorded is not to be kept.
func (w *Workbook) recorded(ctx context.Context, what string, out io.Writer, write func(io.Writer) error) error {
	sum := sha256.New()
	if err := write(io.MultiWriter(out, sum)); err != nil {
		return err
	}
	return w.service.trail.Record(ctx, w.actor, audit.Entry{
		Action: "export.run", Object: "export", Key: w.request.Period + "/" + strconv.Itoa(w.run),
		After: map[string]any{
			"what": what, "unit": w.request.Unit, "scope": w.Month.Scope, "members": w.Members, "sha256": hex.EncodeToString(sum.Sum(nil)),
		},
	})
}

// errStop ends a reading whose reader wants no more.
var errStop = errors.New("stop")

// People gives the members, by unit and staff number.
func (w *Workbook) People(ctx context.Context) iter.Seq2[*Person, error] {
	return func(yield func(*Person, error) bool) {
		var book *runs.Book
		err := w.service.runs.EachTrace(ctx, w.actor, w.request.Period, w.run, w.request.filter(),
			func(b *runs.Book) error {
				book = b
				return nil
			}, func(m *runs.MemberTrace) error {
				if !yield(personOf(book, m), nil) {
					return errStop
				}
				return nil
			})
		if err != nil && !errors.Is(err, errStop) {
			yield(nil, err)
		}
	}
}

func personOf(book *runs.Book, m *runs.MemberTrace) *Person {
	p := &Person{StaffNo: m.StaffNo, Name: m.Name, Position: m.Position, Trace: m.Trace}
	if m.Unit != nil {
		p.UnitCode, p.UnitName = m.Unit.Code, m.Unit.Name
	}
	for i := range m.Segments {
		place := Place{Position: m.Segments[i].Position}
		if u := book.Units[m.Segments[i].UnitID]; u != nil {
			place.Unit = u.Name
		}
		p.Places = append(p.Places, place)
	}
	return p
}

// told is a source that tells how far it has come.
type told struct {
	Source
	progress func(done, total int64)
	total    int64
}

// People gives the members of the source.
func (c told) People(ctx context.Context) iter.Seq2[*Person, error] {
	return func(yield func(*Person, error) bool) {
		var done int64
		for p, err := range c.Source.People(ctx) {
			if !yield(p, err) {
				return
			}
			if done++; c.progress != nil {
				c.progress(done, c.total)
			}
		}
	}
}

var _ = lang.Register(map[string]lang.Text{
	"reports.nobody": {Zh: "{period} 的计分结果中没有可导出的员工；请检查机构代码", En: "there is no member to export in the results of {period}; check the unit's code"},
})
