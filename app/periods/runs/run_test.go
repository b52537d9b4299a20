package runs_test

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/rbac"
)

// member is a result as JSON, with whatever fields there are.
type member = map[string]any

func expectedMembers(t *testing.T) []member {
	t.Helper()
	text, err := os.ReadFile("../../../scoring/testdata/q-bank/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var expected struct{ Staff []member }
	if err := json.Unmarshal(text, &expected); err != nil {
		t.Fatal(err)
	}
	return expected.Staff
}

func TestAMonthOfABankGivesTheExpectedResultsInEveryFixedField(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		run := b.calculate()
		if run.Number != 1 || run.Members != 240 || run.PeriodDays != 31 || run.MinDays != 5 || len(run.Digest) != 64 {
			t.Errorf("got the run %+v", run)
		}
		ids, stored := b.results(runs.Latest, runs.Filter{})
		if !slices.IsSorted(ids) {
			t.Error("the results are not sorted by the bytes of the staff number")
		}
		expected := expectedMembers(t)
		if len(ids) != len(expected) {
			t.Fatalf("got %d results, want %d", len(ids), len(expected))
		}
		for _, want := range expected {
			id := want["id"].(string)
			var got member
			if err := json.Unmarshal([]byte(stored[id]), &got); err != nil {
				t.Fatalf("%s: %v", id, err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s:\n got %v\nwant %v", id, got, want)
			}
		}
		if differences := b.differences(); len(differences) > 0 {
			t.Errorf("a fresh run does not verify: %v", differences)
		}
	})
}

func TestTheSameInputsFreezeToTheSameTexts(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	b.calculate()
	const different = `SELECT COUNT(*) FROM frozen_members a JOIN frozen_members b ON b.staff_id = a.staff_id
		JOIN runs r ON r.id = a.run_id AND r.number = 1 JOIN runs s ON s.id = b.run_id AND s.number = 2 WHERE a.input <> b.input`
	if n := b.value(different); n != "0" {
		t.Errorf("%s members froze differently", n)
	}
}

func TestASecondRunOfAPeriodAtTheSameTimeIsRefused(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		var second error
		_, err := b.Runs.Run(t.Context(), b.actor, month, func(int64, int64) {
			if second == nil {
				_, second = b.Runs.Run(t.Context(), b.actor, month, nil)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		b.wantConflict(second, "runs.busy")
		if list, err := b.Runs.List(t.Context(), b.actor, month); err != nil || len(list) != 1 {
			t.Errorf("got the runs %v, %v", list, err)
		}
	})
}

func TestAnUnfinishedRunIsNeverShownAndSweptAway(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		ctx, stop := context.WithCancel(t.Context())
		_, err := b.Runs.Run(ctx, b.actor, month, func(done, total int64) {
			if done > total/2 {
				stop() // results are being written
			}
		})
		if err == nil {
			t.Fatal("the run was not interrupted")
		}
		const working = `SELECT COUNT(*) FROM runs WHERE state = 'working'`
		if n := b.value(working); n != "1" {
			t.Fatalf("%s unfinished runs, want 1", n)
		}
		list, err := b.Runs.List(t.Context(), b.actor, month)
		if err != nil || len(list) != 1 {
			t.Errorf("the unfinished run is listed: %v, %v", list, err)
		}
		b.sweepSparesWhatIsAtWork(working)
		if err := b.Runs.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"runs", "results", "result_segments", "result_items", "frozen_members", "run_scorecards", "run_units"} {
			column := "run_id"
			if table == "runs" {
				column = "id"
			}
			if n := b.value(`SELECT COUNT(*) FROM ` + table + ` WHERE ` + column + ` NOT IN (SELECT id FROM runs WHERE state = 'done')`); n != "0" {
				t.Errorf("%s rows are left in %s", n, table)
			}
		}
		if run := b.calculate(); run.Number != 2 {
			t.Errorf("the next run has number %d, want 2", run.Number)
		}
	})
}

func (b *bank) sweepSparesWhatIsAtWork(working string) {
	b.Helper()
	p := b.value(`SELECT id FROM periods`)
	if p != "1" {
		b.Fatalf("the period has id %s", p)
	}
	lock, err := b.DB.TryLock(b.Context(), periods.RunLock(1))
	if err != nil {
		b.Fatal(err)
	}
	defer lock.Release()
	if err := b.Runs.Sweep(b.Context()); err != nil {
		b.Fatal(err)
	}
	if n := b.value(working); n != "1" {
		b.Error("a run that another program works on was swept away")
	}
}

func TestTheNextRunSweepsAnUnfinishedOne(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.mustExec(`INSERT INTO runs (period_id, number, state, rules, period_days, min_days, last_batch_id, made_by, started_at)
		VALUES (1, 1, 'working', '1.0', 31, 5, 1, 'nobody', '2026-11-01 00:00:00+00:00')`)
	b.mustExec(`INSERT INTO frozen_members (run_id, staff_id, input, input_sha256) VALUES (1, 1, '{}', x'00')`)
	if run := b.calculate(); run.Number != 1 {
		t.Errorf("got run %d, want 1", run.Number)
	}
	if n := b.value(`SELECT COUNT(*) FROM frozen_members WHERE input = '{}'`); n != "0" {
		t.Errorf("%s frozen members of the unfinished run are left", n)
	}
}

func TestOnlyThePublishedAndTheNewestRunsKeepTheirFrozenInputs(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	b.publish()
	for range 3 {
		b.calculate()
	}
	const kept = `SELECT group_concat(number) FROM (SELECT number FROM runs WHERE EXISTS (SELECT 1 FROM frozen_members WHERE run_id = runs.id) ORDER BY number)`
	if got := b.value(kept); got != "1,3,4" {
		t.Errorf("the runs %s keep their inputs, want 1 (published), 3 and 4", got)
	}
	err := b.Runs.EachTrace(t.Context(), b.actor, month, 2, runs.Filter{}, nil, func(*runs.MemberTrace) error { return nil })
	if e, ok := fault.As(err); !ok || e.Code != "runs.thawed" {
		t.Errorf("explaining a run without frozen inputs: got %v", err)
	}
}

func TestAPeriodWithoutRunsSaysHowToMakeOne(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	for name, number := range map[string]int{"runs.none": runs.Latest, "runs.no_run": 7} {
		err := b.Runs.Results(t.Context(), b.actor, month, number, runs.Filter{}, nil, func(*runs.Result) error { return nil })
		if e, ok := fault.As(err); !ok || e.Kind != fault.NotFound || e.Code != name {
			t.Errorf("run %d: got %v, want %s", number, err, name)
		}
	}
}

func TestWhoMayNotSeeTheWholeBankMayNotRunIt(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	if _, err := b.Runs.Run(t.Context(), rbac.Actor{Name: "somebody"}, month, nil); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("got %v", err)
	}
	b.calculate()
	if _, err := b.Runs.Verify(t.Context(), rbac.Actor{Name: "somebody"}, month, nil, nil); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("got %v", err)
	}
	if list, err := b.Runs.List(t.Context(), rbac.Actor{Name: "somebody"}, month); fault.KindOf(err) != fault.Forbidden || len(list) > 0 {
		t.Errorf("got the runs %v, %v", list, err)
	}
	err := b.Runs.Results(t.Context(), rbac.Actor{Name: "somebody"}, month, runs.Latest, runs.Filter{}, nil, func(r *runs.Result) error {
		t.Errorf("%s is shown", r.StaffNo)
		return nil
	})
	if fault.KindOf(err) != fault.Forbidden {
		t.Errorf("reading the results: %v", err)
	}
}
