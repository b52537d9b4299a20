package runs

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

// PageFilter narrows a page of results; what is left out narrows nothing.
type PageFilter struct {
	Run    int    // its number; Latest for the published or last one
	Unit   string // the code of a unit: it and all below
	Search string // part of the staff number or the name
	Status string
	Grade  string
}

// Page is a page of the results that an actor sees. Their segments, where they
// stand, are without items.
type Page struct {
	Run   *Run
	Rows  []Row
	Next  string // the cursor of the next page; empty on the last
	Total int64  // how many the actor sees of those that the filter lets through

	Scored    int64  // how many of them have a total that the actor sees
	Mean      Points // of those totals
	Precision int    // its decimals
}

// Row is a result with its unit as the run froze it.
type Row struct {
	*Result
	UnitCode, UnitName string

	Change          Points // of the total since the month before, where both are known
	ChangePrecision int
}

// Page gives a page of results, by staff_no, name, total or rank.
func (s *Service) Page(ctx context.Context, actor rbac.Actor, code string, f PageFilter, q page.Query) (*Page, error) {
	if err := access.Require(actor, rbac.ResultRead); err != nil {
		return nil, err
	}
	var found *Page
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := periods.Find(ctx, tx, code)
		if err != nil {
			return err
		}
		run, seen, err := look(ctx, tx, actor, p, f.Run)
		if err != nil {
			return err
		}
		l := &listing{tx: tx, run: run, sight: seen, page: &Page{Run: run, Rows: []Row{}}}
		found = l.page
		if l.plan, err = q.Plan("r.staff_id", seen.orders()...); err != nil {
			return err
		}
		if err := l.read(ctx, f); err != nil {
			return err
		}
		return l.compare(ctx, actor, p)
	})
	if err != nil {
		return nil, err
	}
	s.trail.Listed(ctx, actor, "result", "period="+code+f.text())
	return found, nil
}

// text says the filter, for the audit trail.
func (f PageFilter) text() string {
	var b strings.Builder
	if f.Run != Latest {
		fmt.Fprintf(&b, " run=%d", f.Run)
	}
	for _, part := range [][2]string{{"unit", f.Unit}, {"search", f.Search}, {"status", f.Status}, {"grade", f.Grade}} {
		if part[1] != "" {
			b.WriteString(" " + part[0] + "=" + part[1])
		}
	}
	return b.String()
}

// What a result without a total, or without a place, is sorted as: as the lowest,
// and as the last.
const (
	noTotal = -1
	noPlace = math.MaxInt32
)

// orders are those of a page. What is not told sorts as what is not there.
func (s *sight) orders() []page.Order {
	total, place := fmt.Sprintf("COALESCE(r.total, %d)", noTotal), fmt.Sprintf("COALESCE(r.place, %d)", noPlace)
	if !s.whole {
		total = fmt.Sprintf("CASE WHEN r.told = 1 THEN %s ELSE %d END", total, noTotal)
		place = fmt.Sprintf("CASE WHEN r.told = 1 THEN %s ELSE %d END", place, noPlace)
	}
	return []page.Order{
		{Name: "staff_no", Column: "r.staff_no"}, {Name: "name", Column: "r.name"},
		{Name: "total", Column: "(" + total + ")", Int: true}, {Name: "rank", Column: "(" + place + ")", Int: true},
	}
}

// listing is a page in the making.
type listing struct {
	tx    db.Tx
	run   *Run
	sight *sight
	plan  *page.Plan
	page  *Page
	cards cards
	items bool // the rows are read with their items

	where []string
	args  []any
}

func (l *listing) and(condition string, args ...any) {
	l.where, l.args = append(l.where, condition), append(l.args, args...)
}

func (l *listing) read(ctx context.Context, f PageFilter) error {
	if err := l.filter(ctx, f); err != nil {
		return err
	}
	if err := l.summarise(ctx); err != nil {
		return err
	}
	l.and("?", l.plan.Where())
	query, args := l.query(l.page.Total*fewOf < int64(l.run.Members))
	query = fmt.Sprintf("SELECT %s %s ORDER BY %s LIMIT %d", resultColumns, query, l.plan.OrderBy(), l.plan.Fetch())
	err := l.tx.Each(ctx, query, args, func(row db.Row) error {
		l.page.Rows = append(l.page.Rows, Row{Result: scanResult(row)})
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading results: %w", err)
	}
	more := len(l.page.Rows) > l.plan.Limit
	l.page.Rows = l.page.Rows[:min(len(l.page.Rows), l.plan.Limit)]
	if err := l.cut(ctx); err != nil {
		return err
	}
	if more {
		l.page.Next = l.next()
	}
	return l.units(ctx)
}

// summarise counts the rows of all pages, and gives the mean of their totals.
func (l *listing) summarise(ctx context.Context) error {
	total := "r.total"
	if !l.sight.whole {
		total = "CASE WHEN r.told = 1 THEN r.total END"
	}
	query, args := l.query(false)
	query = fmt.Sprintf(`SELECT COUNT(*), COUNT(%[1]s), CAST(COALESCE(SUM(%[1]s), 0) AS BIGINT), COALESCE(MAX(r."precision"), 0) %[2]s`, total, query)
	var sum int64
	if err := l.tx.QueryRowContext(ctx, query, args...).Scan(&l.page.Total, &l.page.Scored, &sum, &l.page.Precision); err != nil {
		return fmt.Errorf("counting results: %w", err)
	}
	l.page.Mean = meanOf(sum, l.page.Scored, l.page.Precision)
	return nil
}

// fewOf is how many times as many members a run has as somebody sees for their
// rows to be looked up one by one. Of more, the results are walked in their order.
const fewOf = 8

// query is what is selected from, and on which conditions: told says of a result
// whether its totals are. The rows of few are looked up, which a CROSS JOIN has
// SQLite do in its order; otherwise it would walk the whole run.
func (l *listing) query(few bool) (string, []any) {
	conditions := strings.Join(l.where, " AND ")
	if l.sight.whole {
		return "FROM results AS r WHERE " + conditions, l.args
	}
	from, args := "results AS r WHERE r.run_id = ? AND ?", []any{l.sight.full(), l.run.ID, l.sight.members(l.run.ID)}
	if few {
		from = "(?) AS mine CROSS JOIN results AS r WHERE r.run_id = ? AND r.staff_id = mine.staff_id"
		args = []any{l.sight.full(), l.sight.people(l.run.ID), l.run.ID}
	}
	told := "CASE WHEN ? THEN 1 ELSE 0 END AS told"
	if l.items {
		told, args = told+", ? AS shown", slices.Insert(args, 1, any(l.sight.shown()))
	}
	return "FROM (SELECT r.*, " + told + " FROM " + from + ") AS r WHERE " + conditions, append(args, l.args...)
}

// filter is the condition of the rows, of all pages.
func (l *listing) filter(ctx context.Context, f PageFilter) error {
	status, grade := "r.status = ?", "r.grade = ?"
	if !l.sight.whole {
		status, grade = "CASE WHEN r.told = 1 THEN r.status ELSE '"+Partial+"' END = ?", "r.told = 1 AND r.grade = ?"
	}
	l.and("r.run_id = ?", l.run.ID)
	if f.Unit != "" {
		path, err := l.sight.unitPath(ctx, l.tx, f.Unit)
		if err != nil {
			return err
		}
		if under := l.sight.under(path); l.sight.whole {
			l.and("r.unit_id IN (SELECT u.id FROM units AS u WHERE ?)", under)
		} else {
			l.and("EXISTS (SELECT 1 FROM units AS u WHERE u.id = r.unit_id AND ?)", under)
		}
	}
	if f.Status != "" {
		l.and(status, f.Status)
	}
	if f.Grade != "" {
		l.and(grade, f.Grade)
	}
	if f.Search != "" {
		part := db.Containing(f.Search)
		l.and(`(LOWER(r.staff_no) LIKE ? ESCAPE '\' OR LOWER(r.name) LIKE ? ESCAPE '\'
			OR r.staff_id IN (SELECT sound.id FROM staff sound WHERE ?))`, part, part, people.Sounds("sound", f.Search))
	}
	return nil
}

// next is the cursor after the last row.
func (l *listing) next() string {
	last := l.page.Rows[len(l.page.Rows)-1]
	switch l.plan.Sort() {
	case "name":
		return l.plan.Next(last.Name, last.StaffID)
	case "total":
		if last.Total.Known {
			return l.plan.Next(last.Total.Scaled, last.StaffID)
		}
		return l.plan.Next(int64(noTotal), last.StaffID)
	case "rank":
		if last.Place > 0 {
			return l.plan.Next(int64(last.Place), last.StaffID)
		}
		return l.plan.Next(int64(noPlace), last.StaffID)
	}
	if key, ok := strings.CutPrefix(l.plan.Sort(), byItem); ok {
		return l.plan.Next(l.score(last.Result, key), last.StaffID)
	}
	return l.plan.Next(last.StaffNo, last.StaffID)
}

// cut takes out of the rows what is out of sight, which needs their segments.
func (l *listing) cut(ctx context.Context) error {
	if len(l.page.Rows) == 0 || l.sight.whole && !l.items {
		return nil
	}
	results, ids := map[int64]*Result{}, make([]int64, len(l.page.Rows))
	for i := range l.page.Rows {
		ids[i] = l.page.Rows[i].StaffID
		results[ids[i]] = l.page.Rows[i].Result
	}
	read := readSegments
	if l.items {
		read = readParts
	}
	if err := read(ctx, l.tx, ofRun, []any{l.run.ID, bun.List(ids)}, results); err != nil {
		return err
	}
	for _, r := range results {
		l.sight.cut(r)
	}
	return nil
}

// units names the units of the rows, and spells the members.
func (l *listing) units(ctx context.Context) error {
	wanted := map[int64]bool{}
	for i := range l.page.Rows {
		wanted[l.page.Rows[i].UnitID] = true
	}
	type named struct{ code, name string }
	units := map[int64]named{}
	err := l.tx.Each(ctx, "SELECT unit_id, code, name FROM run_units WHERE run_id = ? AND unit_id IN (?)",
		[]any{l.run.ID, bun.List(listed(wanted))}, func(r db.Row) error {
			units[r.Int(0)] = named{r.Text(1), r.Text(2)}
			return nil
		})
	if err != nil {
		return fmt.Errorf("reading units: %w", err)
	}
	results := make([]*Result, len(l.page.Rows))
	for i := range l.page.Rows {
		row := &l.page.Rows[i]
		row.UnitCode, row.UnitName = units[row.UnitID].code, units[row.UnitID].name
		results[i] = row.Result
	}
	return spell(ctx, l.tx, results...)
}
