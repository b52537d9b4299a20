package facts_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
)

// month is the files of a month with the rows that each has.
var month = []struct {
	kind, file string
	rows       int
}{
	{"targets", "targets.xlsx", 733},
	{"actuals", "actuals.xlsx", 1505},
	{"surveys", "surveys.xlsx", 193},
	{"events", "events.csv", 80},
	{"adjustments", "adjustments.xlsx", 20},
	{"vetoes", "vetoes.xlsx", 1},
	{"reviews", "reviews.xlsx", 1104},
}

func TestAMonthOfABankIsImportedAndASecondTimeChangesNothing(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		for _, f := range month {
			s := b.mustImport(f.kind, "testdata/"+f.file)
			if s.New != f.rows || s.Changed+s.Unchanged+s.Withdrawn+s.Wrong != 0 {
				t.Errorf("%s: got %+v", f.kind, s.Counts)
			}
			for _, n := range s.Notices {
				t.Errorf("%s: a warning: %s", f.kind, n.In("en"))
			}
		}
		for _, f := range month {
			s := b.mustImport(f.kind, "testdata/"+f.file)
			if s.Unchanged != f.rows || !s.Nothing() || s.SameAs == 0 {
				t.Errorf("%s, again: got %+v, the same as batch %d", f.kind, s.Counts, s.SameAs)
			}
		}
	})
}
