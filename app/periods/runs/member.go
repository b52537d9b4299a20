package runs

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

// MemberPage is a page of the published results of a member, the latest first,
// each as far as it is in sight.
type MemberPage struct {
	Rows  []MemberRow
	Next  string // the cursor of the next page; empty on the last
	Total int64
}

// MemberRow is a published result of a member with the items of its main segment.
type MemberRow struct {
	Row
	Period *periods.Period
	Items  []ItemScore
	Before *Result // that of the month before; nil where there is none with a total in sight
}

// Change is how much the total rose since the month before, with as many decimals
// as the two totals have; nil where one of them does not exist.
func (r *MemberRow) Change() *string {
	if r.Before == nil || !r.Total.Known {
		return nil
	}
	text := r.Total.Minus(r.Before.Total).Text(max(r.Precision, r.Before.Precision))
	return &text
}

// MemberPage gives a page of what a member was published with. Nothing is told of
// a member of whom nothing is in scope, not even that there is one.
func (s *Service) MemberPage(ctx context.Context, actor rbac.Actor, staffNo string, q page.Query) (*MemberPage, error) {
	if err := access.Require(actor, rbac.ResultRead); err != nil {
		return nil, err
	}
	if q.Sort == "" {
		q.Sort = "-period"
	}
	plan, err := q.Plan("p.id", page.Order{Name: "period", Column: "p.code"})
	if err != nil {
		return nil, err
	}
	var found *MemberPage
	m := &memory{}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		m.tx = tx
		if m.sight, err = sightOf(ctx, tx, actor, rbac.ResultRead, true); err != nil {
			return err
		}
		if err := m.find(ctx, actor.Scope(rbac.ResultRead), staffNo); err != nil {
			return err
		}
		found, err = m.page(ctx, plan)
		return err
	})
	if err == nil && m.staffID != actor.StaffID {
		err = s.trail.Read(ctx, actor, "result.read", "result", staffNo)
	}
	if err != nil {
		return nil, err
	}
	return found, nil
}

// memory is what was published of one member.
type memory struct {
	tx      db.Tx
	sight   *sight
	staffID int64
}

// find looks the member up: one who is or was at a unit in scope, or the actor.
func (m *memory) find(ctx context.Context, scope rbac.Scope, staffNo string) error {
	query := m.tx.NewSelect().TableExpr("staff AS s").Column("s.id").Where("s.staff_no = ?", staffNo)
	if !m.sight.whole {
		query.Where(`(EXISTS (SELECT 1 FROM assignments AS a JOIN units AS u ON u.id = a.unit_id WHERE a.staff_id = s.id AND ?)
			OR s.id IN (?) OR EXISTS (SELECT 1 FROM results AS r JOIN periods AS p ON p.published_run_id = r.run_id WHERE r.staff_id = s.id AND ?))`,
			db.InScope(scope, "u.path", "a.staff_id"), bun.List(listed(m.sight.own)), m.seen())
	}
	err := query.Scan(ctx, &m.staffID)
	if db.IsNoRows(err) {
		return fault.New(fault.NotFound, "runs.no_staff", lang.Args{"staff": staffNo})
	}
	return err
}

// seen is the condition that something of a result (r) of any run is in sight.
func (m *memory) seen() schema.QueryWithArgs {
	if m.sight.whole {
		return bun.SafeQuery("(1 = 1)")
	}
	return bun.SafeQuery(`(r.staff_id IN (?) OR EXISTS (SELECT 1 FROM result_segments AS near
		WHERE near.run_id = r.run_id AND near.staff_id = r.staff_id AND near.unit_id IN (?)))`, bun.List(listed(m.sight.own)), m.sight.unitIDs())
}

func (m *memory) page(ctx context.Context, plan *page.Plan) (*MemberPage, error) {
	found := &MemberPage{Rows: []MemberRow{}}
	var months []*periods.Period
	query := m.tx.NewSelect().Model(&months).ModelTableExpr("periods AS p").ColumnExpr("p.*").
		Join("JOIN results AS r ON r.run_id = p.published_run_id AND r.staff_id = ?", m.staffID).Where("?", m.seen())
	total, err := query.Count(ctx)
	if err != nil {
		return nil, fmt.Errorf("counting results: %w", err)
	}
	found.Total = total
	if err := query.Where("?", plan.Where()).OrderExpr(plan.OrderBy()).Limit(int64(plan.Fetch())).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading periods: %w", err)
	}
	if len(months) > plan.Limit {
		months = months[:plan.Limit]
		last := months[plan.Limit-1]
		found.Next = plan.Next(last.Code, last.ID)
	}
	if len(months) == 0 {
		return found, nil
	}
	results, runIDs, err := m.results(ctx, months)
	if err != nil {
		return nil, err
	}
	if err := m.fill(ctx, found, months, results, runIDs); err != nil {
		return nil, err
	}
	return found, m.compare(ctx, found)
}

// compare gives each row the result of the month before: those that the page does
// not have are read.
func (m *memory) compare(ctx context.Context, found *MemberPage) error {
	totals, outside := map[string]*Result{}, []string{}
	for i := range found.Rows {
		totals[found.Rows[i].Period.Code] = found.Rows[i].Result
	}
	for i := range found.Rows {
		if before := monthBefore(found.Rows[i].Period); totals[before] == nil {
			outside = append(outside, before)
		}
	}
	var months []*periods.Period
	err := m.tx.NewSelect().Model(&months).ModelTableExpr("periods AS p").ColumnExpr("p.*").
		Join("JOIN results AS r ON r.run_id = p.published_run_id AND r.staff_id = ?", m.staffID).
		Where("?", m.seen()).Where("p.code IN (?)", bun.List(outside)).Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading the months before: %w", err)
	}
	if len(months) > 0 {
		results, _, err := m.results(ctx, months)
		if err != nil {
			return err
		}
		for _, p := range months {
			totals[p.Code] = results[p.PublishedRunID]
		}
	}
	for i := range found.Rows {
		if before := totals[monthBefore(found.Rows[i].Period)]; before != nil && before.Total.Known {
			found.Rows[i].Before = before
		}
	}
	return nil
}

func monthBefore(p *periods.Period) string { return p.FirstDay.AddDays(-1).String()[:len("2006-01")] }

// results reads the results of some periods, by their runs, as far as they are in sight.
func (m *memory) results(ctx context.Context, months []*periods.Period) (map[int64]*Result, []int64, error) {
	ids := make([]int64, len(months))
	for i, p := range months {
		ids[i] = p.PublishedRunID
	}
	results, args := map[int64]*Result{}, []any{bun.List(ids), m.staffID}
	err := m.tx.Each(ctx, `SELECT `+resultColumns+`, run_id FROM results WHERE run_id IN (?) AND staff_id = ?`, args, func(row db.Row) error {
		results[row.Int(runColumn)] = scanResult(row)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("reading results: %w", err)
	}
	if err := readParts(ctx, m.tx, ofMember, args, results); err != nil {
		return nil, nil, err
	}
	for _, r := range results {
		m.sight.cut(r)
	}
	return results, ids, nil
}

// fill makes the rows: with what the runs froze of units and scorecards.
func (m *memory) fill(ctx context.Context, found *MemberPage, months []*periods.Period, results map[int64]*Result, runIDs []int64) error {
	frozen, err := m.cards(ctx, results, runIDs)
	if err != nil {
		return err
	}
	units, at := map[[2]int64][2]string{}, map[int64]bool{}
	for _, r := range results {
		at[r.UnitID] = true
	}
	err = m.tx.Each(ctx, "SELECT run_id, unit_id, code, name FROM run_units WHERE run_id IN (?) AND unit_id IN (?)",
		[]any{bun.List(runIDs), bun.List(listed(at))}, func(row db.Row) error {
			units[[2]int64{row.Int(0), row.Int(1)}] = [2]string{row.Text(2), row.Text(3)}
			return nil
		})
	if err != nil {
		return fmt.Errorf("reading units: %w", err)
	}
	if err := spell(ctx, m.tx, slices.Collect(maps.Values(results))...); err != nil {
		return err
	}
	for _, p := range months {
		r := results[p.PublishedRunID]
		if r == nil {
			return errOrphan("results", m.staffID)
		}
		unit := units[[2]int64{p.PublishedRunID, r.UnitID}]
		found.Rows = append(found.Rows, MemberRow{
			Row: Row{Result: r, UnitCode: unit[0], UnitName: unit[1]}, Period: p, Items: frozen[p.PublishedRunID].scores(r),
		})
	}
	return nil
}

// cards reads the scorecards that the results are shown with, by their runs. One
// that many runs froze alike is read once.
func (m *memory) cards(ctx context.Context, results map[int64]*Result, runIDs []int64) (map[int64]cards, error) {
	frozen, known := map[int64]cards{}, map[string]*card{}
	wanted := map[string]bool{}
	for _, r := range results {
		wanted[r.Scorecard] = true
	}
	codes := make([]string, 0, len(wanted))
	for code := range wanted {
		codes = append(codes, code)
	}
	err := m.tx.Each(ctx, `SELECT run_id, code, definition, sha256, scorecard_version_id FROM run_scorecards WHERE run_id IN (?) AND code IN (?)`,
		[]any{bun.List(runIDs), bun.List(codes)}, func(row db.Row) error {
			code, sum := row.Text(1), row.Text(3)
			if known[code+sum] == nil {
				c, err := readCard(code, row.Text(2))
				if err != nil {
					return err
				}
				known[code+sum] = newCard(Card{Scorecard: c, Code: code, VersionID: row.Int(4), Definition: row.Text(2), SHA256: sum})
			}
			if frozen[row.Int(0)] == nil {
				frozen[row.Int(0)] = cards{}
			}
			frozen[row.Int(0)][code] = known[code+sum]
			return nil
		})
	return frozen, err
}
