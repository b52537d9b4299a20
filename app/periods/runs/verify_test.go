package runs_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods/runs"
)

// table is a table that a run fills: its key first among its columns. A column
// of bytes is marked by a star, one of numbers by a number sign.
type table struct {
	name    string
	keys    int
	columns []string
}

var tables = []table{
	{"results", 2, strings.Fields(`#run_id #staff_id staff_no name #unit_id position scorecard peer_group #precision status reason
		#base #bonus #deduction #total grade coefficient #place #peers *result_sha256 *member_sha256`)},
	{"result_segments", 3, strings.Fields(`#run_id #staff_id #segment_no #unit_id position scorecard peer_group #days last_day status #base`)},
	{"result_items", 4, strings.Fields(`#run_id #staff_id #segment_no #item_no status reason #score #contribution`)},
	{"frozen_members", 2, strings.Fields(`#run_id #staff_id input *input_sha256`)},
	{"run_scorecards", 2, strings.Fields(`#run_id code #scorecard_version_id definition sha256`)},
	{"run_units", 2, strings.Fields(`#run_id #unit_id code name level #parent_id`)},
	{"runs", 1, strings.Fields(`#id #number rules #period_days #min_days #last_batch_id #members #done_members digest part_digests
		made_by started_at finished_at`)},
}

// attacker changes one digit at a time of what a run stored, on a database whose guards are gone.
type attacker struct {
	*bank
	random *rand.Rand
}

// read is the expression that gives a column as text.
func (a attacker) read(column string) string {
	name := `"` + strings.TrimLeft(column, "#*") + `"`
	switch {
	case column[0] != '*':
		return "CAST(" + name + " AS TEXT)"
	case a.DB.Engine() == db.SQLite:
		return "hex(" + name + ")"
	}
	return "encode(" + name + ", 'hex')"
}

// literal writes the text of a column's value into a statement.
func (a attacker) literal(column, value string) string {
	quoted := "'" + strings.ReplaceAll(value, "'", "''") + "'"
	switch {
	case column[0] == '#':
		return value
	case column[0] == '*' && a.DB.Engine() == db.SQLite:
		return "x" + quoted
	case column[0] == '*':
		return `'\x` + value + "'"
	}
	return quoted
}

// change is one changed digit, and the statement that takes it back.
type change struct {
	table, column string
	before, after string
	restore       string
}

// strike changes one digit at a random place; where a constraint of the
// database or a value without digits stands in the way it looks for another.
func (a attacker) strike() change {
	a.Helper()
	for {
		t := tables[a.random.IntN(len(tables))]
		column := t.columns[a.random.IntN(len(t.columns))]
		if column == "#id" {
			continue
		}
		row := a.row(t)
		before := row[slices.Index(t.columns, column)]
		places := digits(before)
		if len(places) == 0 {
			continue
		}
		at := places[a.random.IntN(len(places))]
		digit := '0' + byte((int(before[at]-'0')+1+a.random.IntN(9))%10)
		after := before[:at] + string(digit) + before[at+1:]
		if column[0] == '#' && strings.HasPrefix(after, "0") && len(after) > 1 {
			continue
		}
		c := change{table: t.name, column: strings.TrimLeft(column, "#*"), before: before, after: after}
		if a.exec(a.update(t, row, column, after)) != nil {
			continue
		}
		row[slices.Index(t.columns, column)] = after
		c.restore = a.update(t, row, column, before)
		return c
	}
}

func digits(value string) []int {
	var places []int
	for i := range len(value) {
		if value[i] >= '0' && value[i] <= '9' {
			places = append(places, i)
		}
	}
	return places
}

// row reads a random row of the published run, every column as text.
func (a attacker) row(t table) []string {
	a.Helper()
	of := "run_id"
	if t.name == "runs" {
		of = "id"
	}
	where := ` WHERE ` + of + ` = (SELECT published_run_id FROM periods)`
	var count int
	values := make([]*string, len(t.columns))
	targets := make([]any, len(values))
	expressions := make([]string, len(values))
	for i, column := range t.columns {
		targets[i], expressions[i] = &values[i], a.read(column)
	}
	err := a.DB.Snapshot(a.Context(), func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewRaw(`SELECT COUNT(*) FROM `+t.name+where).Scan(ctx, &count); err != nil {
			return err
		}
		var order []string
		for i := range t.keys {
			order = append(order, fmt.Sprint(i+1))
		}
		return tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT %s FROM %s%s ORDER BY %s LIMIT 1 OFFSET %d`,
			strings.Join(expressions, ", "), t.name, where, strings.Join(order, ", "), a.random.IntN(count))).Scan(targets...)
	})
	if err != nil {
		a.Fatal(err)
	}
	row := make([]string, len(values))
	for i, value := range values {
		if value != nil {
			row[i] = *value
		}
	}
	return row
}

func (a attacker) update(t table, row []string, column, value string) string {
	var where []string
	for i := range t.keys {
		where = append(where, fmt.Sprintf(`"%s" = %s`, strings.TrimLeft(t.columns[i], "#*"), a.literal(t.columns[i], row[i])))
	}
	return fmt.Sprintf(`UPDATE %s SET "%s" = %s WHERE %s`,
		t.name, strings.TrimLeft(column, "#*"), a.literal(column, value), strings.Join(where, " AND "))
}

// dropGuards does what the owner of a database can do.
func (a attacker) dropGuards() {
	a.Helper()
	if a.DB.Engine() == db.Postgres {
		for _, t := range tables {
			a.mustExec(`ALTER TABLE ` + t.name + ` DISABLE TRIGGER USER`)
		}
		return
	}
	var names []string
	err := a.DB.Snapshot(a.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).Scan(ctx, &names)
	})
	if err != nil {
		a.Fatal(err)
	}
	for _, name := range names {
		a.mustExec(`DROP TRIGGER "` + name + `"`)
	}
}

func TestVerifyFindsEachOfAHundredSingleChangedDigits(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		b.publish()
		a := attacker{bank: b, random: rand.New(rand.NewPCG(2026, 10))}
		a.dropGuards()
		for range 100 {
			c := a.strike()
			found := b.differences()
			if !slices.ContainsFunc(found, func(d runs.Difference) bool { return named(d, c) }) {
				t.Errorf("%s.%s: %.60q became %.60q: not found, but %d others", c.table, c.column, c.before, c.after, len(found))
			}
			a.mustExec(c.restore)
		}
		if found := b.differences(); len(found) > 0 {
			t.Errorf("with every digit restored there is a difference: %v", found)
		}
	})
}

// named says whether a difference names the table that was changed. Units and
// positions of segments are vouched for by the digest of the member's result.
func named(d runs.Difference, c change) bool {
	return d.Table == c.table || (c.table == "result_segments" && d.Table == "results")
}

func TestVerifyNamesThePlaceTheStoredAndTheRecomputedFigure(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	b.mustExec(`UPDATE result_items SET score = score + 100 WHERE item_no = 2
		AND staff_id = (SELECT id FROM staff WHERE staff_no = '100014')`)
	found := b.differences()
	if len(found) != 1 {
		t.Fatalf("got %v", found)
	}
	want := "result_items.score, churn, staff number 100014, segment 1, item 2: stored 66.2100, recomputed 66.2000"
	if got := found[0].In("en"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestVerifyFindsRowsThatAreGoneAndRowsThatCameToo(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, statement, table string
		kind                   runs.DifferenceKind
	}{
		{"an item is gone", `DELETE FROM result_items WHERE staff_id = 9 AND item_no = 1`, "result_items", runs.Missing},
		{"an item came too", `INSERT INTO result_items (run_id, staff_id, segment_no, item_no, status) VALUES (1, 9, 1, 99, 'scored')`, "result_items", runs.Extra},
		{"a segment came too", `INSERT INTO result_segments (run_id, staff_id, segment_no, unit_id, position, scorecard, peer_group, days, last_day, status)
			VALUES (1, 9, 8, 1, 'teller', 'teller', '', 3, '2026-10-03', 'short')`, "result_segments", runs.Extra},
		{"a result is gone", `DELETE FROM results WHERE staff_id = 9`, "results", runs.Missing},
		{"items of nobody came too", `INSERT INTO result_items (run_id, staff_id, segment_no, item_no, status) VALUES (1, 99999, 1, 1, 'scored')`, "result_items", runs.Extra},
		{"a frozen input is gone", `DELETE FROM frozen_members WHERE staff_id = 9`, "results", runs.Extra},
	}
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tables := []string{"results", "result_segments", "result_items", "frozen_members"}
			for _, name := range tables {
				b.mustExec(`CREATE TABLE kept_` + name + ` AS SELECT * FROM ` + name)
			}
			b.mustExec(c.statement)
			found := b.differences()
			if !slices.ContainsFunc(found, func(d runs.Difference) bool { return d.Kind == c.kind && d.Table == c.table }) {
				t.Errorf("got %v", found)
			}
			for _, name := range tables {
				b.mustExec(`DELETE FROM ` + name)
				b.mustExec(`INSERT INTO ` + name + ` SELECT * FROM kept_` + name)
				b.mustExec(`DROP TABLE kept_` + name)
			}
		})
	}
}
