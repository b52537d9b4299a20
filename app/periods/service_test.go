package periods_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

var operator = rbac.Operator("tester")

func clock() time.Time { return time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC) }

// office is a small bank: a branch with a sub-branch, and one scorecard for the
// position rm, with a metric that needs a target, a survey, a rating and a metric
// that may be left out.
type office struct {
	*periods.Service
	t  *testing.T
	db *db.DB
}

const definition = `{"code":"rm","positions":["rm"],"peer_group":"bank","perspectives":[{"key":"p","items":[
	{"key":"deposits","weight":"40","source":"metric","method":{"type":"ratio"}},
	{"key":"extra","weight":"10","source":"metric","missing":"exclude","method":{"type":"direct"}},
	{"key":"voice","weight":"20","source":"survey","survey":{"scale_min":"1","scale_max":"5"},"method":{"type":"direct"}},
	{"key":"team","weight":"20","source":"rating","rating":{"levels":{"1":"0","5":"100"},"roles":[{"role":"manager","weight":"1","required":true},{"role":"peer","weight":"1"}]},"method":{"type":"direct"}},
	{"key":"conduct","weight":"10","source":"events","method":{"type":"deduct","points":{"late":"5"}}}]}]}`

func newOffice(t *testing.T, d *db.DB) *office {
	t.Helper()
	o := &office{Service: periods.NewService(d, clock), t: t, db: d}
	o.exec("INSERT INTO batches (kind, made_by, made_at) VALUES ('masters', 'tester', ?)", clock())
	o.exec(`INSERT INTO units (id, code, name, parent_id, level, path) VALUES
		(1, 'HQ', 'Head office', NULL, 'head_office', '/1/'), (2, 'B1', 'East', 1, 'branch', '/1/2/'), (3, 'B2', 'West', 1, 'branch', '/1/3/')`)
	o.exec(`INSERT INTO staff (id, staff_no, name, hired_on) VALUES (1, '001', 'A', '2020-01-01'), (2, '002', 'B', '2020-01-01'), (3, '003', 'C', '2020-01-01')`)
	o.exec(`INSERT INTO assignments (staff_id, unit_id, position, from_on, state) VALUES
		(1, 2, 'rm', '2020-01-01', 'active'), (2, 3, 'rm', '2020-01-01', 'active'), (3, 3, 'guard', '2020-01-01', 'active')`)
	o.exec("INSERT INTO metrics (id, code, name) VALUES (1, 'deposits', 'Deposits'), (2, 'extra', 'Extra')")
	o.exec("INSERT INTO scorecards (id, code) VALUES (1, 'rm')")
	o.exec(`INSERT INTO scorecard_versions (scorecard_id, number, state, definition, sha256, batch_id)
		SELECT 1, 1, 'published', ?, '', MAX(id) FROM batches`, definition)
	if _, err := o.Create(t.Context(), operator, "2026-10", 5); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) try(query string, args ...any) error {
	return o.db.Write(o.t.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw(query, args...).Exec(ctx)
		return err
	})
}

func (o *office) exec(query string, args ...any) {
	o.t.Helper()
	if err := o.try(query, args...); err != nil {
		o.t.Fatalf("%s: %v", query, err)
	}
}

// fact inserts a fact of the period, as an import does.
func (o *office) fact(table, columns, values string) {
	o.t.Helper()
	o.exec("INSERT INTO batches (kind, period_id, made_by, made_at) VALUES (?, 1, 'tester', ?)", table, clock())
	o.exec("INSERT INTO " + table + " (period_id, batch_id, " + columns + ") SELECT 1, MAX(id), " + values + " FROM batches")
}

// run inserts a run that can be seen, with a result for each member and its status.
func (o *office) run(number int, statuses ...string) {
	o.t.Helper()
	o.exec(`INSERT INTO runs (period_id, number, state, rules, period_days, min_days, last_batch_id, members, made_by, started_at, finished_at)
		SELECT 1, ?, 'done', 'r', 31, 5, MAX(id), ?, 'tester', ?, ? FROM batches`, number, len(statuses), clock(), clock())
	o.exec("INSERT INTO run_scorecards (run_id, code, scorecard_version_id, definition, sha256) SELECT MAX(id), 'rm', 1, ?, '' FROM runs", definition)
	for i, status := range statuses {
		o.exec(`INSERT INTO results (run_id, staff_id, staff_no, name, unit_id, position, scorecard, peer_group, "precision", status, reason, result_sha256, member_sha256)
			SELECT (SELECT MAX(id) FROM runs), id, staff_no, name, ?, 'rm', 'rm', '', 2, ?, 'segment_incomplete', ?, ? FROM staff WHERE id = ?`, i+2, status, []byte{1}, []byte{1}, i+1)
		o.exec(`INSERT INTO result_segments (run_id, staff_id, segment_no, unit_id, position, scorecard, peer_group, days, last_day, status)
			SELECT MAX(id), ?, 1, ?, 'rm', 'rm', '', 31, '2026-10-31', 'complete' FROM runs`, i+1, i+2)
		o.exec("INSERT INTO result_items (run_id, staff_id, segment_no, item_no, status, reason) SELECT MAX(id), ?, 1, 4, 'missing', 'no_ratings' FROM runs", i+1)
	}
}

func (o *office) at(state periods.State) {
	o.t.Helper()
	o.exec("UPDATE periods SET state = ? WHERE code = '2026-10'", string(state))
}

// blockers gives what stands in the way, one text each.
func (o *office) blockers() map[string]int {
	o.t.Helper()
	status, err := o.Show(o.t.Context(), operator, "2026-10")
	if err != nil {
		o.t.Fatal(err)
	}
	found := map[string]int{}
	for _, b := range status.Blockers {
		name := string(b.Code) + " " + b.Subject + " " + b.Unit
		if b.Waived != "" {
			name += " waived"
		}
		found[name] = b.Count
	}
	return found
}

func (o *office) wants(want map[string]int) {
	o.t.Helper()
	got := o.blockers()
	for name, count := range want {
		if got[name] != count {
			o.t.Errorf("%s: got %d, want %d", name, got[name], count)
		}
	}
	for name := range got {
		if want[name] == 0 {
			o.t.Errorf("%s was not expected", name)
		}
	}
}

func (o *office) must(p *periods.Period, err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
	if p.Version < 2 {
		o.t.Error("the version did not count")
	}
}

func (o *office) refuses(kind fault.Kind, err error) *fault.Error {
	o.t.Helper()
	if fault.KindOf(err) != kind {
		o.t.Fatalf("got %v, want kind %d", err, kind)
	}
	refusal, _ := fault.As(err)
	return refusal
}

func TestAMonthGoesItsCourseOnlyWhenNothingStandsInTheWay(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		ctx := t.Context()

		o.wants(map[string]int{"scorecard guard B2": 1, "targets deposits B1": 1, "targets deposits B2": 1})
		_, err := o.Open(ctx, operator, "2026-10", 0)
		if refusal := o.refuses(fault.Conflict, err); len(refusal.Problems) != 3 {
			t.Errorf("got %v", refusal)
		}
		o.fact("targets", "staff_id, metric_id, target", "1, 1, '100'")
		if _, err := o.Waive(ctx, operator, "2026-10", periods.NoScorecard, "guard", "guards are not scored"); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Waive(ctx, operator, "2026-10", periods.MissingTargets, "B2", "a new branch"); err != nil {
			t.Fatal(err)
		}
		o.wants(map[string]int{"scorecard guard B2 waived": 1, "targets deposits B2 waived": 1})
		o.must(o.Open(ctx, operator, "2026-10", 0))

		o.wants(map[string]int{
			"scorecard guard B2 waived": 1, "actuals deposits B1": 1, "actuals deposits B2": 1, "surveys voice B1": 1, "surveys voice B2": 1, "reviews team B1": 1, "reviews team B2": 1,
		})
		for _, member := range []string{"1", "2"} {
			o.fact("actuals", "staff_id, metric_id, actual", member+", 1, '0'")
			o.fact("surveys", "staff_id, item, answers, answers_sum", member+", 'voice', 0, '0'")
			o.fact("reviews", "staff_id, item, role, rater, level", member+", 'team', 'peer', 'P', '5'")
		}
		o.wants(map[string]int{"scorecard guard B2 waived": 1, "reviews team B1": 1, "reviews team B2": 1})
		for _, member := range []string{"1", "2"} {
			o.fact("reviews", "staff_id, item, role, rater, level", member+", 'team', 'manager', 'M', '5'")
		}
		o.wants(map[string]int{"scorecard guard B2 waived": 1})
		o.must(o.Score(ctx, operator, "2026-10", 0))

		o.wants(map[string]int{"no_run  ": 1})
		_, err = o.Waive(ctx, operator, "2026-10", periods.NoRun, "", "no time")
		o.refuses(fault.Invalid, err)
		o.run(1, "complete", "incomplete")
		o.wants(map[string]int{"incomplete 002 B2": 1})
		status, err := o.Show(ctx, operator, "2026-10")
		if want := []periods.LackingItem{{Item: "team", Reason: "no_ratings"}}; err != nil || !slices.Equal(status.Blockers[0].Items, want) {
			t.Errorf("got %+v, %v: an incomplete member is listed with the item and the reason", status.Blockers, err)
		}
		if _, err := o.Waive(ctx, operator, "2026-10", periods.Incomplete, "002", "on sick leave"); err != nil {
			t.Fatal(err)
		}
		o.fact("actuals", "staff_id, metric_id, actual", "1, 2, '1'")
		o.wants(map[string]int{"incomplete 002 B2 waived": 1, "outdated_run  ": 1})
		_, err = o.Publish(ctx, operator, "2026-10", 0, 0)
		o.refuses(fault.Conflict, err)
		o.run(2, "complete", "incomplete")
		_, err = o.Publish(ctx, operator, "2026-10", 0, 1)
		o.refuses(fault.Conflict, err)
		_, err = o.Publish(ctx, operator, "2026-10", 0, 3)
		o.refuses(fault.NotFound, err)
		o.must(o.Publish(ctx, operator, "2026-10", 0, 0))

		status, err = o.Show(ctx, operator, "2026-10")
		if err != nil || status.Run == nil || status.Run.Number != 2 || !status.PublishedAt.Equal(clock()) {
			t.Errorf("got %+v, %v", status, err)
		}
		o.must(o.Close(ctx, operator, "2026-10", 0))
		o.recorded("5 transitions and 3 waivers", "SELECT COUNT(*) FROM batches WHERE kind = 'period' AND period_id = 1 AND made_by = 'tester'", 8)
		o.recorded("5 transitions", "SELECT COUNT(*) FROM history WHERE entity = 'period'", 5)
	})
}

func (o *office) recorded(what, query string, want int) {
	o.t.Helper()
	var got int
	err := o.db.Snapshot(o.t.Context(), func(ctx context.Context, tx db.Tx) error { return tx.NewRaw(query).Scan(ctx, &got) })
	if err != nil || got != want {
		o.t.Errorf("%s should be recorded: %d are, %v", what, got, err)
	}
}

// D04 and D05: what is no step of the month is a conflict, and nothing changes.
func TestD04EveryTransitionInEveryStateThroughTheService(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		for i, state := range periods.States() {
			code := "2025-0" + string(rune('1'+i))
			if _, err := o.Create(t.Context(), operator, code, 0); err != nil {
				t.Fatal(err)
			}
			o.exec("UPDATE periods SET state = ?, published_run_id = ? WHERE code = ?", string(state), 100+i, code)
			for target, step := range map[periods.State]func() error{
				periods.Collecting: func() error { _, err := o.Open(t.Context(), operator, code, 0); return err },
				periods.Scoring:    func() error { _, err := o.Score(t.Context(), operator, code, 0); return err },
				periods.Published:  func() error { _, err := o.Publish(t.Context(), operator, code, 0, 0); return err },
				periods.Closed:     func() error { _, err := o.Close(t.Context(), operator, code, 0); return err },
			} {
				if next, _ := state.Next(); next == target {
					continue
				}
				if refusal := o.refuses(fault.Conflict, step()); refusal.Code != "period.wrong_state" {
					t.Errorf("%s → %s: %v", state, target, refusal)
				}
			}
			p := o.find(code)
			if p.State != state || p.Version != 1 {
				t.Errorf("%s became %s, version %d", state, p.State, p.Version)
			}
		}
	})
}

func (o *office) find(code string) *periods.Period {
	o.t.Helper()
	var p *periods.Period
	err := o.db.Snapshot(o.t.Context(), func(ctx context.Context, tx db.Tx) (err error) {
		p, err = periods.Find(ctx, tx, code)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

// D04: of two who take the same step at once one does it.
func TestD04OfTwoAtOnceOneMovesThePeriod(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.exec("DELETE FROM assignments")
		var wait sync.WaitGroup
		outcomes := make([]error, 2)
		for i := range outcomes {
			wait.Add(1)
			go func() {
				defer wait.Done()
				_, outcomes[i] = o.Open(t.Context(), operator, "2026-10", 0)
			}()
		}
		wait.Wait()
		if (outcomes[0] == nil) == (outcomes[1] == nil) {
			t.Fatalf("got %v and %v", outcomes[0], outcomes[1])
		}
		o.refuses(fault.Conflict, errors.Join(outcomes...))
		_, err := o.Score(t.Context(), operator, "2026-10", 1)
		if refusal := o.refuses(fault.Conflict, err); refusal.Code != "period.changed" {
			t.Errorf("an old version: got %v", refusal)
		}
	})
}

func TestWhileARunIsAtWorkNothingIsPublished(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.at(periods.Scoring)
		o.run(1, "complete")
		lock, err := d.TryLock(t.Context(), periods.RunLock(o.find("2026-10").ID))
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.Publish(t.Context(), operator, "2026-10", 0, 0)
		if refusal := o.refuses(fault.Conflict, err); refusal.Code != "period.running" {
			t.Errorf("got %v", refusal)
		}
		lock.Release()
		o.must(o.Publish(t.Context(), operator, "2026-10", 0, 0))
	})
}

// D05: what is published cannot change by direct SQL either; the period's own
// transitions and new runs beside it stay possible.
func TestD05WhatIsPublishedCannotChangeByAnyStatement(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		o.fact("actuals", "staff_id, metric_id, actual", "1, 1, '1'")
		o.at(periods.Scoring)
		o.run(1, "complete", "complete")
		o.must(o.Publish(t.Context(), operator, "2026-10", 0, 0))
		for _, statement := range []string{
			"UPDATE results SET total = 1",
			"DELETE FROM results",
			"UPDATE runs SET members = 7",
			"UPDATE actuals SET actual = '2'",
			"UPDATE actuals SET ended_batch_id = 1",
			"DELETE FROM actuals",
			"INSERT INTO vetoes (period_id, staff_id, key, batch_id) VALUES (1, 1, 'x', 1)",
			"INSERT INTO period_waivers (period_id, blocker, reason, made_by, made_at) VALUES (1, 'x', 'x', 'x', '2026-11-01')",
			"UPDATE periods SET state = 'scoring'",
			"UPDATE periods SET min_days = 1",
			"UPDATE periods SET published_run_id = NULL",
			"DELETE FROM periods",
		} {
			o.refuses(fault.Conflict, o.try(statement))
		}
		o.run(2, "complete")
		_, err := o.Waive(t.Context(), operator, "2026-10", periods.Incomplete, "", "late")
		o.refuses(fault.Conflict, err)
		o.must(o.Close(t.Context(), operator, "2026-10", 0))
		o.refuses(fault.Conflict, o.try("UPDATE periods SET state = 'published'"))
	})
}

func TestAWaiverNeedsAReasonAndSomethingThatStandsInTheWay(t *testing.T) {
	t.Parallel()
	o := newOffice(t, apptest.SQLite(t))
	for _, c := range []struct {
		name, subject, reason, code string
		blocker                     periods.BlockerCode
	}{
		{"no reason", "", "  ", "period.no_reason", periods.MissingTargets},
		{"a reason with a hidden character", "", "good\u202edoog", "period.bad_reason", periods.MissingTargets},
		{"another item", "loans", "why", "period.nothing_to_waive", periods.MissingTargets},
		{"a blocker of a later state", "", "why", "period.nothing_to_waive", periods.MissingReviews},
		{"no such blocker", "", "why", "period.not_waivable", "weather"},
	} {
		_, err := o.Waive(t.Context(), operator, "2026-10", c.blocker, c.subject, c.reason)
		if refusal := o.refuses(fault.Invalid, err); refusal.Code != c.code {
			t.Errorf("%s: got %v", c.name, refusal)
		}
	}
	if _, err := o.Waive(t.Context(), operator, "2026-10", periods.MissingTargets, "", "why"); err != nil {
		t.Fatal(err)
	}
	_, err := o.Waive(t.Context(), operator, "2026-10", periods.MissingTargets, "", "why again")
	o.refuses(fault.Conflict, err)
}

func TestAFactThatFitsNoSegmentAnyMoreStandsInTheWay(t *testing.T) {
	t.Parallel()
	o := newOffice(t, apptest.SQLite(t))
	o.fact("actuals", "staff_id, metric_id, actual", "1, 1, '5'")
	o.fact("actuals", "staff_id, metric_id, actual, unit_id", "2, 1, '5', 2")
	o.exec("INSERT INTO assignments (staff_id, unit_id, position, from_on, state) VALUES (1, 3, 'rm', '2026-10-15', 'active')")
	o.at(periods.Collecting)
	got := o.blockers()
	if got["unplaced actuals B2"] != 2 {
		t.Errorf("got %v", got)
	}
}

func TestAPeriodIsCreatedOnceAndListedByMonth(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d)
		_, err := o.Create(t.Context(), operator, "2026-10", 5)
		o.refuses(fault.Conflict, err)
		if _, err := o.Create(t.Context(), operator, "2026-11", 0); err != nil {
			t.Fatal(err)
		}
		list, err := o.List(t.Context(), operator)
		if err != nil || len(list) != 2 || list[0].Code != "2026-11" || list[1].MinDays != 5 {
			t.Errorf("got %+v, %v", list, err)
		}
		_, err = o.Show(t.Context(), operator, "2026-12")
		o.refuses(fault.NotFound, err)
	})
}

func TestWhoMayNothingSeesAndDoesNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t, apptest.SQLite(t))
	nobody := rbac.Actor{Name: "nobody"}
	_, created := o.Create(t.Context(), nobody, "2026-11", 0)
	_, listed := o.List(t.Context(), nobody)
	_, shown := o.Show(t.Context(), nobody, "2026-10")
	_, opened := o.Open(t.Context(), nobody, "2026-10", 0)
	_, published := o.Publish(t.Context(), nobody, "2026-10", 0, 0)
	_, waived := o.Waive(t.Context(), nobody, "2026-10", periods.MissingTargets, "", "why")
	for _, err := range []error{created, listed, shown, opened, published, waived} {
		o.refuses(fault.Forbidden, err)
	}
}
