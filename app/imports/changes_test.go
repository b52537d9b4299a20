package imports_test

import (
	"encoding/json"
	"testing"

	"github.com/steelyard/steelyard/app/imports"
)

// shown checks what a page of a batch says, and whether there is more.
func (b bank) shown(batch int64, page imports.Page, more bool, want ...string) {
	b.Helper()
	_, changes, err := b.imports.Batch(b.Context(), operator(), batch, page)
	if err != nil {
		b.Fatal(err)
	}
	if changes.More != more || len(changes.List) != len(want) {
		b.Errorf("%d changes, more: %v; want %d, more: %v", len(changes.List), changes.More, len(want), more)
	}
	for i := range min(len(want), len(changes.List)) {
		if got, err := json.Marshal(&changes.List[i]); err != nil || string(got) != want[i] {
			b.Errorf("change %d is\n%s, want\n%s (%v)", i, got, want[i], err)
		}
	}
}

const (
	keyOfOne = `"key":{"period":"2026-10","staff_no":"001","metric_code":"m1"}`
	keyOfTwo = `"key":{"period":"2026-10","staff_no":"2","metric_code":"m1"}`
)

func withMetric(b bank) {
	b.exec("INSERT INTO metrics (id, code, name) VALUES (1, 'm1', '一')")
}

func TestABatchOfFactsSaysWhatItChangedFromWhatToWhat(t *testing.T) {
	eachBank(t, func(b bank) {
		withMetric(b)
		b.load("001,10")
		s := b.load("2,20", "001,11.50")
		first := `{"entity":"actual","did":"new","row":2,` + keyOfTwo + `,"after":{"actual":"20"}}`
		second := `{"entity":"actual","did":"changed","row":3,` + keyOfOne + `,"before":{"actual":"10"},"after":{"actual":"11.50"}}`
		b.shown(s.BatchID, imports.Page{}, false, first, second)
		b.shown(s.BatchID, imports.Page{Limit: 1}, true, first)
		b.shown(s.BatchID, imports.Page{Skip: 1, Limit: 1}, false, second)
	})
}

func TestAWithdrawnFactIsShownWithItsValue(t *testing.T) {
	eachBank(t, func(b bank) {
		withMetric(b)
		b.load("001,10")
		b.exec("INSERT INTO batches (id, kind, made_by, made_at) VALUES (90, 'actuals', 'tester', '2026-11-02 00:00:00')")
		b.exec("UPDATE actuals SET ended_batch_id = 90")
		b.shown(90, imports.Page{}, false, `{"entity":"actual","did":"withdrawn",`+keyOfOne+`,"before":{"actual":"10"}}`)
	})
}

func TestAnUndoneBatchOfFactsAndItsUndoingAreShownAsContraries(t *testing.T) {
	eachBank(t, func(b bank) {
		withMetric(b)
		b.load("001,10")
		s := b.load("001,11", "2,20")
		undone, err := b.imports.Undo(b.Context(), operator(), s.BatchID)
		if err != nil {
			b.Fatal(err)
		}
		if undone.New != 0 || undone.Changed != 1 || undone.Withdrawn != 1 {
			b.Errorf("the undoing counts %+v", undone.Counts)
		}
		b.load("001,12")
		b.shown(s.BatchID, imports.Page{}, false,
			`{"entity":"actual","did":"changed","row":2,`+keyOfOne+`,"before":{"actual":"10"},"after":{"actual":"11"}}`,
			`{"entity":"actual","did":"new","row":3,`+keyOfTwo+`,"after":{"actual":"20"}}`)
		b.shown(undone.ID, imports.Page{}, false,
			`{"entity":"actual","did":"changed",`+keyOfOne+`,"before":{"actual":"11"},"after":{"actual":"10"}}`,
			`{"entity":"actual","did":"withdrawn",`+keyOfTwo+`,"before":{"actual":"20"}}`)
	})
}

func TestEveryTableOfFactsCanBeShown(t *testing.T) {
	eachBank(t, func(b bank) {
		for i, table := range imports.FactTables() {
			id := int64(100 + i)
			b.exec("INSERT INTO batches (id, kind, made_by, made_at) VALUES (?, ?, 'tester', '2026-11-02 00:00:00')", id, table)
			b.shown(id, imports.Page{}, false)
		}
		for i, points := range []string{"1", "2"} {
			b.exec("INSERT INTO adjustments (period_id, staff_id, key, points, reason, batch_id, row_no) VALUES (1, 1, 'bonus', ?, 'r', 104, ?)", points, i+2)
		}
		key := `"key":{"period":"2026-10","staff_no":"001","key":"bonus"}`
		b.shown(104, imports.Page{}, false, `{"entity":"adjustment","did":"new","row":2,`+key+`,"after":{"points":"1","reason":"r"}}`,
			`{"entity":"adjustment","did":"new","row":3,`+key+`,"after":{"points":"2","reason":"r"}}`)
	})
}
