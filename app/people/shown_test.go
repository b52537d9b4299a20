package people_test

import "testing"

func TestWhatABatchChangedIsShownInCodesAndNotInIds(t *testing.T) {
	eachBank(t, func(b bank) {
		b.load("units", unitHead, "HQ,总行,,head_office", "B1,东分行,HQ,branch", "B2,西分行,HQ,branch", "S1,一支行,B1,sub_branch")
		first := b.load("units", unitHead, "S2,二支行,S1,部门")
		b.shown(first.BatchID, `{"entity":"unit","did":"new","row":2,"key":{"unit_code":"S2"},"after":{"name":"二支行","parent_code":"S1","level":"department"}}`)
		moved, err := b.people.MoveUnit(b.Context(), operator(), "S1", "B2", 0)
		if err != nil {
			b.Fatal(err)
		}
		b.shown(moved.ID,
			`{"entity":"unit","did":"changed","key":{"unit_code":"S1"},"before":{"parent_code":"B1","line":"HQ/B1/S1"},"after":{"parent_code":"B2","line":"HQ/B2/S1"}}`,
			`{"entity":"unit","did":"changed","key":{"unit_code":"S2"},"before":{"line":"HQ/B1/S1/S2"},"after":{"line":"HQ/B2/S1/S2"}}`)
	})
}

func TestAnUndoneBatchStillSaysWhatItMadeInCodes(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		units := b.load("units", unitHead, "S3,三支行,B2,sub_branch", "D3,三部,S3,department")
		undone, err := b.imports.Undo(b.Context(), operator(), units.BatchID)
		if err != nil {
			b.Fatal(err)
		}
		b.shown(undone.ID, `{"entity":"unit","did":"withdrawn","key":{"unit_code":"S3"},"before":{"name":"三支行","parent_code":"B2","level":"sub_branch"}}`,
			`{"entity":"unit","did":"withdrawn","key":{"unit_code":"D3"},"before":{"name":"三部","parent_code":"S3","level":"department"}}`)
	})
}
