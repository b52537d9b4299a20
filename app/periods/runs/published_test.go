package runs_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods/runs"
)

func TestAPublishedRunCannotChangeByDirectSQLWhileNewRunsBesideItCan(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		b.publish()
		_, published := b.results(runs.Latest, runs.Filter{})
		statements := []string{
			`UPDATE runs SET digest = 'x' WHERE number = 1`,
			`DELETE FROM runs WHERE number = 1`,
			`UPDATE runs SET state = 'working' WHERE number = 1`,
		}
		for _, t := range tables[:6] {
			statements = append(statements, `UPDATE `+t.name+` SET run_id = run_id WHERE run_id = 1`, `DELETE FROM `+t.name+` WHERE run_id = 1`)
		}
		statements = append(statements,
			`INSERT INTO result_items (run_id, staff_id, segment_no, item_no, status) VALUES (1, 1, 9, 9, 'scored')`,
			`INSERT INTO frozen_members (run_id, staff_id, input, input_sha256) SELECT 1, 99999, input, input_sha256 FROM frozen_members WHERE staff_id = 1`)
		for _, statement := range statements {
			t.Run(statement, func(t *testing.T) {
				(&bank{T: t, App: b.App, actor: b.actor}).wantConflict(b.exec(statement), "db.published")
			})
		}
		if run := b.calculate(); run.Number != 2 {
			t.Errorf("a run beside the published one has number %d", run.Number)
		}
		_, now := b.results(runs.Latest, runs.Filter{})
		for id, text := range published {
			if now[id] != text {
				t.Errorf("%s: the published result became %s", id, now[id])
			}
		}
		if found := b.differences(); len(found) > 0 {
			t.Errorf("the published run does not verify: %v", found)
		}
		if _, err := b.Periods.Close(t.Context(), b.actor, month, 0); err != nil {
			t.Fatal(err)
		}
		_, err := b.Runs.Run(t.Context(), b.actor, month, nil)
		b.wantConflict(err, "period.no_run")
	})
}
