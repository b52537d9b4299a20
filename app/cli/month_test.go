package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/steelyard/steelyard/app/apptest"
)

// bankFiles are the files of one bank's month, in the order in which the manual gives them.
var bankFiles = []struct {
	kind, file string
	fact       bool
}{
	{"units", "units.xlsx", false}, {"staff", "staff.xlsx", false}, {"assignments", "assignments.xlsx", false},
	{"metrics", "metrics.xlsx", false}, {"scorecards", "scorecards.json", false},
	{"targets", "targets.xlsx", true}, {"actuals", "actuals.xlsx", true}, {"surveys", "surveys.xlsx", true},
	{"events", "events.csv", true}, {"reviews", "reviews.xlsx", true}, {"adjustments", "adjustments.xlsx", true}, {"vetoes", "vetoes.xlsx", true},
}

// bank runs commands on one database and fails the test when one of them does.
type bank struct {
	t   *testing.T
	url string
}

func (b bank) do(args ...string) printed {
	b.t.Helper()
	got := steelyard(b.t, []string{"STEELYARD_DB=" + b.url}, args...)
	if got.code != exitDone {
		b.t.Fatalf("steelyard %s: exit %d\n%s%s", strings.Join(args, " "), got.code, got.stdout, got.stderr)
	}
	return got
}

// load imports the month's files, by command, one by one.
func (b bank) load() {
	b.t.Helper()
	for _, f := range bankFiles {
		if f.kind == "targets" {
			b.do("period", "create", "2026-10", "--min-days", "5")
		}
		b.do("import", f.kind, filepath.Join("testdata", "q-bank", f.file))
	}
}

// fixed are the fields of results that the scoring rules fix.
type fixed struct {
	ID, Status                    string
	Base, Bonus, Deduction, Total *string
	Grade, Coefficient            *string
	Rank, Peers                   *int
	Segments                      []fixedSegment
}

type fixedSegment struct {
	Scorecard string
	Days      int
	Status    string
	Base      *string
	Items     []struct {
		Key, Status         string
		Reason              *string
		Score, Contribution *string
	}
}

func results(t *testing.T, text []byte) []fixed {
	t.Helper()
	var out struct{ Staff []fixed }
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatalf("%v:\n%.300s", err, text)
	}
	return out.Staff
}

func TestAMonthOfFilesGivesTheExpectedResultsOnBothEngines(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "q-bank", "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	want := results(t, text)
	apptest.EachURL(t, func(t *testing.T, url string) {
		b := bank{t, url}
		b.load()
		b.do("run", "2026-10")
		got := results(t, []byte(b.do("results", "2026-10", "--json").stdout))
		if difference := cmp.Diff(want, got); difference != "" {
			t.Errorf("expected (-), got (+):\n%s", difference)
		}
		if len(got) < 100 {
			t.Errorf("only %d members", len(got))
		}
	})
}

func TestImportingEveryFileASecondTimeChangesNothing(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		b := bank{t, url}
		b.load()
		before := b.do("batch", "list", "--json").stdout
		for _, f := range bankFiles {
			var summary struct {
				Batch, New, Changed, Withdrawn int
			}
			text := b.do("import", f.kind, filepath.Join("testdata", "q-bank", f.file), "--json").stdout
			if err := json.Unmarshal([]byte(text), &summary); err != nil {
				t.Fatalf("%v: %s", err, text)
			}
			if summary.Batch != 0 || summary.New+summary.Changed+summary.Withdrawn != 0 {
				t.Errorf("%s: %s", f.file, text)
			}
		}
		if after := b.do("batch", "list", "--json").stdout; after != before {
			t.Errorf("the batches were\n%s\nand are\n%s", before, after)
		}
	})
}

func TestTheCaseOfTheBankScoresAsTheBankDoes(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "q-bank", "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	got := steelyard(t, nil, "score", filepath.Join("testdata", "q-bank", "case.json"))
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.stderr)
	}
	if difference := cmp.Diff(results(t, text), results(t, []byte(got.stdout))); difference != "" {
		t.Errorf("expected (-), got (+):\n%s", difference)
	}
}
