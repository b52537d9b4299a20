package bank

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/scoring"
)

const (
	// Period is the code of the one period.
	Period       = "2026-10"
	outlets      = 100
	staffPerYear = 4000
	firstStaffNo = 1_000_000
)

// StaffNo gives the staff number of the n-th member, from 1.
func StaffNo(n int64) string { return strconv.FormatInt(firstStaffNo+n, 10) }

// LoadMasters fills an empty, migrated database with units, metrics, the
// scorecard, the period and members, and no facts. It writes the tables
// directly: how long imports take is a figure of its own. Ids count from 1.
func LoadMasters(ctx context.Context, d *db.DB, members int64) error {
	return d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		for _, step := range []func(context.Context, db.Tx) error{loadBatch, loadUnits, loadMetrics, loadScorecard, loadPeriod} {
			if err := step(ctx, tx); err != nil {
				return err
			}
		}
		return loadStaff(ctx, tx, members)
	})
}

// Load is LoadMasters with every member's actuals and targets.
func Load(ctx context.Context, d *db.DB, members int64) error {
	if err := LoadMasters(ctx, d, members); err != nil {
		return err
	}
	return d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if d.Engine() == db.Postgres {
			// Rows that are right by their making need no check of each one's staff member.
			if _, err := tx.ExecContext(ctx, "SET LOCAL session_replication_role = replica"); err != nil {
				return err
			}
		}
		return loadFacts(ctx, tx, members)
	})
}

func loadBatch(ctx context.Context, tx db.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO batches (kind, made_by, made_at) VALUES ('bench', 'bench', '2026-11-01 00:00:00+00:00')`)
	return err
}

func loadUnits(ctx context.Context, tx db.Tx) error {
	rows := tx.Bulk(ctx, "units", "code", "name", "parent_id", "level", "path", "version")
	unit := func(code, name string, parent int64, level, path string) error {
		rows.Text(code)
		rows.Text(name)
		db.OptionalInt(rows, parent, parent > 0)
		rows.Text(level)
		rows.Text(path)
		rows.Int(1)
		return rows.Row()
	}
	if err := unit("HQ", "总行", 0, "head_office", "/1/"); err != nil {
		return err
	}
	for i := int64(2); i < outlets+2; i++ {
		if err := unit(fmt.Sprintf("B%03d", i-1), fmt.Sprintf("第%d支行", i-1), 1, "sub_branch", fmt.Sprintf("/1/%d/", i)); err != nil {
			return err
		}
	}
	_, err := rows.Close()
	return err
}

func loadMetrics(ctx context.Context, tx db.Tx) error {
	rows := tx.Bulk(ctx, "metrics", "code", "name", "unit_of_measure", "decimals", "version")
	for _, f := range Figures {
		rows.Text(f.Metric)
		rows.Text(f.Zh)
		rows.Text(f.measure)
		rows.Int(int64(f.decimals))
		rows.Int(1)
		if err := rows.Row(); err != nil {
			return err
		}
	}
	_, err := rows.Close()
	return err
}

// ScorecardJSON is the bench scorecard as a file would have it: twenty items in four perspectives.
func ScorecardJSON() string {
	var b strings.Builder
	b.WriteString(`{"code":"bench","name":{"zh":"基准计分卡","en":"Bench"},"positions":["rm"],"peer_group":"bank","precision":2,"total_cap":"110","perspectives":[`)
	for i, f := range Figures {
		switch {
		case i%5 == 0 && i > 0:
			b.WriteString(`]},`)
		case i > 0:
			b.WriteString(",")
		}
		if i%5 == 0 {
			fmt.Fprintf(&b, `{"key":"p%d","name":{"zh":"维度%d","en":"Perspective %d"},"items":[`, i/5+1, i/5+1, i/5+1)
		}
		fmt.Fprintf(&b, `{"key":%q,"name":{"zh":%q,"en":%q},"weight":"%d","source":"metric","method":%s}`, f.Item, f.Zh, f.En, f.weight, f.MethodJSON)
	}
	b.WriteString(`]}],"grades":[{"grade":"A","min":"90","coefficient":"1.2"},{"grade":"B","min":"80","coefficient":"1.0"},{"grade":"C","min":"70","coefficient":"0.9"},{"grade":"D","coefficient":"0.7"}]}`)
	return b.String()
}

func loadScorecard(ctx context.Context, tx db.Tx) error {
	cards, err := scoring.ReadScorecards(strings.NewReader(ScorecardJSON()), "bench")
	if err != nil {
		return err
	}
	definition := cards[0].JSON()
	sum := sha256.Sum256(definition)
	if _, err := tx.ExecContext(ctx, `INSERT INTO scorecards (code) VALUES (?)`, "bench"); err != nil {
		return err
	}
	rows := tx.Bulk(ctx, "scorecard_versions", "scorecard_id", "number", "state", "definition", "sha256", "batch_id")
	for _, v := range []int64{1, 1} {
		rows.Int(v)
	}
	rows.Text("published")
	rows.Text(string(definition))
	rows.Text(hex.EncodeToString(sum[:]))
	rows.Int(1)
	if err := rows.Row(); err != nil {
		return err
	}
	_, err = rows.Close()
	return err
}

func loadPeriod(ctx context.Context, tx db.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO periods (code, first_day, last_day, min_days, state) VALUES (?, '2026-10-01', '2026-10-31', 5, 'collecting')`, Period)
	return err
}

func loadStaff(ctx context.Context, tx db.Tx, members int64) error {
	staff := tx.Bulk(ctx, "staff", "staff_no", "name", "hired_on", "version")
	for id := int64(1); id <= members; id++ {
		staff.Text(StaffNo(id))
		staff.Text(fmt.Sprintf("员工%d", id))
		staff.Date(hired(id))
		staff.Int(1)
		if err := staff.Row(); err != nil {
			return err
		}
	}
	if _, err := staff.Close(); err != nil {
		return err
	}
	rows := tx.Bulk(ctx, "assignments", "staff_id", "unit_id", "position", "from_on", "state", "version")
	for id := int64(1); id <= members; id++ {
		rows.Int(id)
		rows.Int(2 + id%outlets)
		rows.Text("rm")
		rows.Date(hired(id))
		rows.Text("active")
		rows.Int(1)
		if err := rows.Row(); err != nil {
			return err
		}
	}
	_, err := rows.Close()
	return err
}

func hired(member int64) db.Date { return db.NewDate(2000+int(member/staffPerYear)%25, 3, 1) }

func loadFacts(ctx context.Context, tx db.Tx, members int64) error {
	for _, table := range []struct {
		name, column string
		value        func(Figure, int64) string
	}{{"actuals", "actual", Figure.Actual}, {"targets", "target", Figure.Target}} {
		rows := tx.Bulk(ctx, table.name, "period_id", "staff_id", "metric_id", table.column, "batch_id", "row_no")
		row := int64(1)
		for id := int64(1); id <= members; id++ {
			for i, f := range Figures {
				rows.Int(1)
				rows.Int(id)
				rows.Int(int64(i + 1))
				rows.Text(table.value(f, id))
				rows.Int(1)
				rows.Int(row)
				if err := rows.Row(); err != nil {
					return err
				}
				row++
			}
		}
		if _, err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}
