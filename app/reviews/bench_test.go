package reviews_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/reviews"
)

// block is an outlet of 60 members whose scorecard has 8 rating items, and the
// 480 cells that its manager saves at once.
func block(b *bank) []reviews.CellChange {
	items := []string{}
	for i := range 8 {
		items = append(items, fmt.Sprintf(`{"key": "item%d", "name": "Item %d", "weight": "12.5", "source": "rating",
			"rating": {"levels": {"5": "100", "4": "85", "3": "70", "2": "50", "1": "0"}, "roles": [{"role": "manager", "weight": "100"}]}, "method": {"type": "direct"}}`, i, i))
	}
	b.load("scorecards", "json", `[{"code": "wide", "name": "Wide", "positions": ["wide"], "peer_group": "bank",
		"perspectives": [{"key": "all", "name": "All", "items": [`+strings.Join(items, ",")+`]}], "grades": [{"grade": "A"}]}]`)
	members := []string{"staff_no,name,unit_code,position,hired_on"}
	var cells []reviews.CellChange
	for i := range 60 {
		members = append(members, fmt.Sprintf("w%02d,员工%d,A1,wide,2020-01-01", i, i))
		for j := range 8 {
			cells = append(cells, cell(fmt.Sprintf("w%02d A1 manager item%d 4", i, j), "配合积极，沟通顺畅", 0))
		}
	}
	b.load("staff", "csv", members...)
	return cells
}

func TestABlockOf60Times8IsSavedWhole(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		cells := block(b)
		if out := b.save("boss-a1", cells...); out.Saved != len(cells) {
			t.Errorf("%d are saved of %d", out.Saved, len(cells))
		}
		for i := range cells {
			cells[i].Version, cells[i].Level = 1, "3"
		}
		if out := b.save("boss-a1", cells...); out.Saved != len(cells) || out.Outcomes[479].Saved.Version != 2 {
			t.Errorf("%d are saved of %d", out.Saved, len(cells))
		}
	})
}

// BenchmarkSave compares saving a block with a bare transaction that writes the same rows.
func BenchmarkSave(b *testing.B) {
	for _, engine := range []struct {
		name string
		open func(testing.TB) *db.DB
	}{{"sqlite", apptest.SQLite}, {"postgres", apptest.Postgres}} {
		bank := newBank(b, engine.open(b))
		cells := block(bank)
		actor := bank.as("boss-a1")
		b.Run(engine.name+"/bare", func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				bank.exec("DELETE FROM review_cells")
				b.StartTimer()
				bare(b, bank)
			}
		})
		b.Run(engine.name+"/new", func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				bank.exec("DELETE FROM review_cells")
				b.StartTimer()
				if out, err := bank.reviews.Save(b.Context(), actor, october, cells); err != nil || out.Saved != len(cells) {
					b.Fatalf("%+v %v", out, err)
				}
			}
		})
		b.Run(engine.name+"/changed", func(b *testing.B) {
			bank.exec("DELETE FROM review_cells")
			for n := range b.N + 1 {
				for i := range cells {
					cells[i].Version, cells[i].Level = int64(n), []string{"3", "4"}[n%2]
				}
				if out, err := bank.reviews.Save(b.Context(), actor, october, cells); err != nil || out.Saved != len(cells) {
					b.Fatalf("%+v %v", out, err)
				}
			}
		})
	}
}

// bareCell is a cell as a program without rules would write it.
type bareCell struct {
	PeriodID, StaffID, UnitID            int64
	Position, Item, Role                 string
	RaterID                              int64
	Level, Comment, State, WrittenBy, At string
}

func bare(b *testing.B, bank *bank) {
	b.Helper()
	var rows []bareCell
	for i := range 60 {
		for j := range 8 {
			rows = append(rows, bareCell{1, int64(10 + i), 4, "wide", fmt.Sprintf("item%d", j), "manager", bank.users["boss-a1"], "4", "配合积极，沟通顺畅", "draft", "boss-a1", ""})
		}
	}
	err := bank.db.Write(b.Context(), func(ctx context.Context, tx db.Tx) error {
		bulk := tx.Bulk(ctx, "review_cells", "period_id", "staff_id", "unit_id", "position", "item", "role", "rater_id", "level", "comment", "state", "written_by", "written_at", "version")
		for _, r := range rows {
			bulk.Int(r.PeriodID)
			bulk.Int(r.StaffID)
			bulk.Int(r.UnitID)
			for _, text := range []string{r.Position, r.Item, r.Role} {
				bulk.Text(text)
			}
			bulk.Int(r.RaterID)
			for _, text := range []string{r.Level, r.Comment, r.State, r.WrittenBy} {
				bulk.Text(text)
			}
			bulk.Instant(clock())
			bulk.Int(1)
			if err := bulk.Row(); err != nil {
				return err
			}
		}
		_, err := bulk.Close()
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}
