package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

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

// Open finds the run of a request and how many members the actor may see of it.
func (s *Service) Open(ctx context.Context, actor rbac.Actor, r Request) (*Workbook, error) {
	w := &Workbook{service: s, actor: actor, request: r}
	err := s.runs.Results(ctx, actor, r.Period, r.Run, runs.Filter{Unit: r.Unit}, func(b *runs.Book) error {
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
	for _, u := range b.Units {
		if u.Code == r.Unit || (r.Unit == "" && u.ParentID == 0) {
			m.Scope = u.Name
		}
	}
	for _, code := range slices.Sorted(maps.Keys(b.Cards)) {
		m.Scorecards = append(m.Scorecards, b.Cards[code].Scorecard)
		m.ScorecardVersions[code] = b.Cards[code].SHA256[:12]
	}
	return m
}

// runID names a run on paper: R-202610-0001.
func runID(b *runs.Book) string {
	return fmt.Sprintf("R-%s-%04d", strings.ReplaceAll(b.Period.Code, "-", ""), b.Run.Number)
}

// WriteSummary writes R01; see the function of that name.
func (w *Workbook) WriteSummary(ctx context.Context, out io.Writer) error {
	return WriteSummary(ctx, out, w.Month, w)
}

// WriteCards writes R02 of every member as a zip; progress is told how many are written.
func (w *Workbook) WriteCards(ctx context.Context, out io.Writer, progress func(done, total int64)) error {
	return WriteCards(ctx, out, w.Month, told{w, progress, int64(w.Members)})
}

// errStop ends a reading whose reader wants no more.
var errStop = errors.New("stop")

// People gives the members, by unit and staff number.
func (w *Workbook) People(ctx context.Context) iter.Seq2[*Person, error] {
	return func(yield func(*Person, error) bool) {
		var book *runs.Book
		err := w.service.runs.EachTrace(ctx, w.actor, w.request.Period, w.run, runs.Filter{Unit: w.request.Unit, ByUnit: true},
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
