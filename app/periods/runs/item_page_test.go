package runs_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/rbac"
)

// itemRow is a row with its items as a test looks at them.
type itemRow struct {
	runs.Row
	items []runs.ItemScore
}

// itemRows reads every page of members by items.
func (b *bank) itemRows(actor rbac.Actor, f runs.ItemFilter, sort string, limit int) (rows []itemRow, total int64) {
	b.Helper()
	q := page.Query{Limit: limit, Sort: sort}
	for {
		p, err := b.Runs.ItemPage(b.Context(), actor, month, f, q)
		if err != nil {
			b.Fatal(err)
		}
		for _, row := range p.Rows {
			rows = append(rows, itemRow{row, p.Items(row.Result)})
		}
		if q.Cursor = p.Next; q.Cursor == "" {
			return rows, p.Total
		}
	}
}

// of gives the score of an item, as a text; nothing where there is none.
func (r *itemRow) of(key string) runs.Points {
	for _, item := range r.items {
		if item.Key == key {
			return item.Outcome.Score
		}
	}
	return runs.Points{}
}

func TestMembersByItemsAreTheResultsOfTheRunWithEveryItemOfTheirScorecard(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		stored := map[string]*runs.Result{}
		err := b.Runs.Results(t.Context(), b.actor, month, runs.Latest, runs.Filter{}, nil, func(r *runs.Result) error {
			stored[r.StaffNo] = r
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		rows, total := b.itemRows(b.actor, runs.ItemFilter{}, "", 100)
		if len(rows) != len(stored) || total != int64(len(stored)) {
			t.Fatalf("%d rows of %d, %d results", len(rows), total, len(stored))
		}
		shown := 0
		for _, row := range rows {
			r := stored[row.StaffNo]
			at := slices.IndexFunc(r.Segments, func(s runs.Segment) bool { return s.UnitID == r.UnitID && s.Position == r.Position })
			if len(row.items) != len(r.Segments[at].Items) || row.Total != r.Total {
				t.Fatalf("%s: %d items, the run has %d", row.StaffNo, len(row.items), len(r.Segments[at].Items))
			}
			for i, item := range row.items {
				shown++
				if item.Outcome != r.Segments[at].Items[i] || item.Key == "" || item.Perspective.Zh == "" {
					t.Errorf("%s: the item %s is %+v, the run has %+v", row.StaffNo, item.Key, item.Outcome, r.Segments[at].Items[i])
				}
			}
		}
		if shown == 0 {
			t.Error("no item is shown")
		}
		tellers, total := b.itemRows(b.actor, runs.ItemFilter{Scorecard: "teller", Unit: "B02"}, "-item:accuracy", 3)
		if len(tellers) == 0 || total != int64(len(tellers)) || slices.ContainsFunc(tellers, func(r itemRow) bool { return r.Scorecard != "teller" }) {
			t.Errorf("the tellers of a branch: %d of %d", len(tellers), total)
		}
	})
}

func TestMembersAreOrderedByAnItemAndWhoLacksItComesLast(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		for _, actor := range []rbac.Actor{b.actor, b.somebody("", managing(), "B01"), b.somebody("", managing(), "B0101")} {
			all, total := b.itemRows(actor, runs.ItemFilter{}, "", 200)
			for _, sort := range []string{"item:satisfaction", "item:teamwork", "item:deposits"} {
				rows, again := b.itemRows(actor, runs.ItemFilter{}, "-"+sort, 7)
				value := func(r itemRow) int64 {
					if p := r.of(sort[len("item:"):]); p.Known {
						return p.Scaled
					}
					return -1
				}
				if len(rows) != len(all) || again != total || !slices.IsSortedFunc(rows, func(x, y itemRow) int { return cmp.Compare(value(y), value(x)) }) {
					t.Errorf("by %s: %d of %d, in order: %v", sort, len(rows), total, rows[:min(3, len(rows))])
				}
			}
		}
		for _, sort := range []string{"item:nothing", "rank", "item:"} {
			if _, err := b.Runs.ItemPage(t.Context(), b.actor, month, runs.ItemFilter{}, page.Query{Sort: sort}); fault.KindOf(err) != fault.Malformed {
				t.Errorf("by %s: %v", sort, err)
			}
		}
	})
}

func TestZ05_MembersByItemsTellOfTheScopeAlone(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		who := b.transferred()
		for _, unit := range []string{who.before, who.after} {
			manager, want := b.somebody("", managing(), unit), b.worked(unit)
			for _, sort := range []string{"", "-total", "item:satisfaction", "-item:teamwork"} {
				rows, total := b.itemRows(manager, runs.ItemFilter{}, sort, 5)
				got := make([]string, len(rows))
				for i, row := range rows {
					got[i] = row.StaffNo
					if row.StaffNo == who.no && (row.Status != runs.Partial || row.UnitCode != unit || row.Total.Known || len(row.items) == 0) {
						t.Errorf("the manager of %s sees %+v", unit, row.Result)
					}
				}
				slices.Sort(got)
				if !slices.Equal(got, want) || total != int64(len(want)) {
					t.Errorf("%s by %q: %d of %d, %d are in scope", unit, sort, len(got), total, len(want))
				}
			}
		}
		manager := b.somebody("", managing(), "B01")
		if _, err := b.Runs.ItemPage(t.Context(), manager, month, runs.ItemFilter{Unit: "B02"}, page.Query{}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another branch: %v", err)
		}
		member := b.somebody("100014", belonging(), "B01")
		if _, err := b.Runs.ItemPage(t.Context(), member, month, runs.ItemFilter{}, page.Query{}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a member, of a run that is not published: %v", err)
		}
		b.publish()
		if rows, total := b.itemRows(member, runs.ItemFilter{}, "item:visits", 50); len(rows) != 1 || total != 1 || rows[0].StaffNo != "100014" {
			t.Errorf("a member sees %d rows", len(rows))
		}
	})
}
