package migrations_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/migrations"
)

// month fills one period, published or not, with one row in every guarded table.
func month(t *testing.T, d *db.DB, id int, state string) {
	t.Helper()
	exec(t, d, `INSERT INTO periods (id, code, first_day, last_day, min_days, state) VALUES (%[1]d, '2026-%02[1]d', '2026-10-01', '2026-10-31', 5, 'scoring')`, id)
	exec(t, d, `INSERT INTO runs (id, period_id, number, state, rules, period_days, min_days, last_batch_id, made_by, started_at)
		VALUES (%[1]d, %[1]d, 1, 'done', '1', 31, 5, 1, 'operator', '2026-11-01')`, id)
	for _, statement := range rows {
		exec(t, d, statement, id, 1)
	}
	exec(t, d, `UPDATE periods SET state = '%[2]s', published_run_id = %[1]d WHERE id = %[1]d`, id, state)
}

// rows inserts one row of period and run %[1]d into each guarded table.
var rows = []string{
	`INSERT INTO run_scorecards (run_id, code, scorecard_version_id, definition, sha256) VALUES (%[1]d, 'rm%[2]d', 1, '{}', 'x')`,
	`INSERT INTO run_units (run_id, unit_id, code, name, level) VALUES (%[1]d, %[2]d, 'HQ', 'HQ', 'head_office')`,
	`INSERT INTO frozen_members (run_id, staff_id, input, input_sha256) VALUES (%[1]d, %[2]d, '{}', {bytes})`,
	`INSERT INTO result_segments (run_id, staff_id, segment_no, unit_id, position, scorecard, peer_group, days, last_day, status) VALUES (%[1]d, %[2]d, 0, 1, 'rm', 'rm', 'rm@HQ', 31, '2026-10-31', 'complete')`,
	`INSERT INTO result_items (run_id, staff_id, segment_no, item_no, status) VALUES (%[1]d, %[2]d, 0, 0, 'scored')`,
	`INSERT INTO targets (period_id, staff_id, metric_id, target, batch_id) VALUES (%[1]d, %[2]d, 1, '1', 1)`,
	`INSERT INTO actuals (period_id, staff_id, metric_id, actual, batch_id) VALUES (%[1]d, %[2]d, 1, '1', 1)`,
	`INSERT INTO surveys (period_id, staff_id, item, answers, batch_id) VALUES (%[1]d, %[2]d, 'i', 1, 1)`,
	`INSERT INTO events (period_id, staff_id, event_type, occurrences, batch_id) VALUES (%[1]d, %[2]d, 'e', 1, 1)`,
	`INSERT INTO adjustments (period_id, staff_id, key, points, batch_id) VALUES (%[1]d, %[2]d, 'k', '1', 1)`,
	`INSERT INTO vetoes (period_id, staff_id, key, batch_id) VALUES (%[1]d, %[2]d, 'k', 1)`,
	`INSERT INTO reviews (period_id, staff_id, item, role, rater, level, batch_id) VALUES (%[1]d, %[2]d, 'i', 'manager', 'm', '5', 1)`,
	`INSERT INTO period_waivers (period_id, blocker, reason, made_by, made_at) VALUES (%[1]d, 'b%[2]d', 'r', 'operator', '2026-11-01')`,
}

func exec(t *testing.T, d *db.DB, format string, args ...any) {
	t.Helper()
	if err := attempt(t.Context(), d, format, args...); err != nil {
		t.Fatal(err)
	}
}

func attempt(ctx context.Context, d *db.DB, format string, args ...any) error {
	return d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		statement := format
		if strings.Contains(format, "%") {
			statement = fmt.Sprintf(format, args...)
		}
		noBytes := map[db.Engine]string{db.SQLite: "X''", db.Postgres: "''"}[d.Engine()]
		_, err := tx.ExecContext(ctx, strings.ReplaceAll(statement, "{bytes}", noBytes))
		return err
	})
}

// open makes period 3, to which everything may still be written, with an empty run.
func open(t *testing.T, d *db.DB) {
	t.Helper()
	exec(t, d, `INSERT INTO periods (id, code, first_day, last_day, min_days, state) VALUES (3, '2026-03', '2026-03-01', '2026-03-31', 5, 'draft')`)
	exec(t, d, `INSERT INTO runs (id, period_id, number, state, rules, period_days, min_days, last_batch_id, made_by, started_at)
		VALUES (3, 3, 1, 'done', '1', 31, 5, 1, 'operator', '2026-11-01')`)
}

func masters(t *testing.T, d *db.DB) {
	t.Helper()
	exec(t, d, `INSERT INTO batches (id, kind, made_by, made_at) VALUES (1, 'staff', 'operator', '2026-11-01')`)
	exec(t, d, `INSERT INTO units (id, code, name, level, path) VALUES (1, 'HQ', 'HQ', 'head_office', '/1/')`)
	exec(t, d, `INSERT INTO units (id, code, name, parent_id, level, path) VALUES (2, 'B1', 'B1', 1, 'branch', '/1/2/')`)
	exec(t, d, `INSERT INTO staff (id, staff_no, name, hired_on) VALUES (1, '000001', 'A', '2020-01-01'), (2, '000002', 'B', '2020-01-01')`)
	exec(t, d, `INSERT INTO metrics (id, code, name) VALUES (1, 'm', 'm')`)
	exec(t, d, `INSERT INTO scorecards (id, code) VALUES (1, 'rm')`)
	exec(t, d, `INSERT INTO scorecard_versions (id, scorecard_id, number, state, definition, sha256, batch_id) VALUES (1, 1, 1, 'published', '{}', 'x', 1)`)
}

func TestWhatIsPublishedCannotChangeByAnyStatement(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		masters(t, d)
		open(t, d)
		for id, state := range map[int]string{1: "published", 2: "closed"} {
			month(t, d, id, state)
			for _, insert := range rows {
				table, key := guarded(insert)
				for what, statement := range map[string]string{
					"insert": fmt.Sprintf(insert, id, 2),
					"update": fmt.Sprintf("UPDATE %s SET %s = %d WHERE %s = %d", table, key, id, key, id),
					"move":   fmt.Sprintf("UPDATE %s SET %s = 3 WHERE %s = %d", table, key, key, id),
					"delete": fmt.Sprintf("DELETE FROM %s WHERE %s = %d", table, key, id),
				} {
					refused(t, d, state+": "+what+" "+table, statement)
				}
			}
			refused(t, d, state+": back to scoring", fmt.Sprintf("UPDATE periods SET state = 'scoring' WHERE id = %d", id))
			refused(t, d, state+": another run", fmt.Sprintf("UPDATE periods SET published_run_id = 99 WHERE id = %d", id))
			refused(t, d, state+": delete period", fmt.Sprintf("DELETE FROM periods WHERE id = %d", id))
			refused(t, d, state+": change run", fmt.Sprintf("UPDATE runs SET members = 9 WHERE id = %d", id))
			refused(t, d, state+": delete run", fmt.Sprintf("DELETE FROM runs WHERE id = %d", id))
		}
		refused(t, d, "published scorecard version", "UPDATE scorecard_versions SET definition = '{ }' WHERE id = 1")
		refused(t, d, "published scorecard version", "DELETE FROM scorecard_versions WHERE id = 1")
	})
}

func TestAPublishedPeriodCanBeClosedAndGetNewRunsBesideTheOldOne(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		masters(t, d)
		month(t, d, 1, "published")
		exec(t, d, `INSERT INTO runs (id, period_id, number, state, rules, period_days, min_days, last_batch_id, made_by, started_at)
			VALUES (7, 1, 2, 'working', '1', 31, 5, 1, 'operator', '2026-11-01')`)
		for _, insert := range rows[:5] {
			exec(t, d, insert, 7, 1)
		}
		exec(t, d, "UPDATE runs SET state = 'done' WHERE id = 7")
		exec(t, d, "DELETE FROM result_items WHERE run_id = 7")
		exec(t, d, "UPDATE periods SET state = 'closed' WHERE id = 1")
	})
}

func TestAnOpenPeriodTakesEveryChange(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		masters(t, d)
		month(t, d, 1, "published")
		open(t, d)
		for _, insert := range rows[5:] {
			exec(t, d, insert, 3, 1)
			table, key := guarded(insert)
			exec(t, d, "UPDATE %s SET %s = %s WHERE %s = 3", table, key, key, key)
			exec(t, d, "DELETE FROM %s WHERE %s = 3", table, key)
		}
	})
}

func TestTheSchemaGoesDownAndUpAgain(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		if err := migrations.Down(t.Context(), d.Bun()); err != nil {
			t.Fatal(err)
		}
		status, err := migrations.Check(t.Context(), d.Bun())
		if err != nil || status.Applied != 0 {
			t.Fatalf("after going down: %+v, %v", status, err)
		}
		if err := migrations.Up(t.Context(), d.Bun()); err != nil {
			t.Fatal(err)
		}
		masters(t, d)
	})
}

// guarded gives the table of an insert and the column that says what it belongs to.
func guarded(insert string) (table, key string) {
	words := strings.FieldsFunc(insert, func(r rune) bool { return strings.ContainsRune(" (),", r) })
	return words[2], words[3]
}

func refused(t *testing.T, d *db.DB, what, statement string) {
	t.Helper()
	err := attempt(t.Context(), d, "%s", statement)
	if e, ok := fault.As(err); !ok || e.Code != "db.published" {
		t.Errorf("%s: got %v, want the refusal of what is published", what, err)
	}
}
