package scoring_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/scoring"
)

var update = flag.Bool("update", false, "write the files of words anew")

// sameFile compares text with a file of testdata.
func sameFile(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(filepath.Join("testdata", name), []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := strings.Split(string(readFile(t, name)), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("%s line %d\ngot  %s\nwant %s", name, i+1, line, want[min(i, len(want)-1)])
		}
	}
}

// explained gives the traces of the case of words: every method, reason and rule.
func explained(t *testing.T) []*scoring.Trace {
	t.Helper()
	c := readCase(t, readFile(t, "words.json"))
	e := scoring.NewEvaluation(c.PeriodDays, c.MinDays, c.Scorecards)
	for i := range c.Staff {
		if err := e.Add(&c.Staff[i]); err != nil {
			t.Fatal(err)
		}
	}
	e.Finish()
	var traces []*scoring.Trace
	for i := range c.Staff {
		traces = append(traces, e.Explain(&c.Staff[i]))
	}
	return traces
}

func TestTracesAreSaidInWordsInBothLanguages(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		var words strings.Builder
		for _, trace := range explained(t) {
			words.WriteString(strings.Join(trace.Lines(lang), "\n") + "\n\n")
		}
		sameFile(t, "words."+lang+".txt", words.String())
	}
}

func TestATraceAsJSONHoldsEveryValueThatWasUsed(t *testing.T) {
	var all []byte
	for _, trace := range explained(t) {
		var indented bytes.Buffer
		if err := json.Indent(&indented, scoring.AppendTrace(nil, trace), "", " "); err != nil {
			t.Fatal(err)
		}
		all = append(append(all, indented.Bytes()...), '\n')
	}
	sameFile(t, "traces.txt", string(all))
}

func TestAScorecardIsPrintedAsATable(t *testing.T) {
	cards, err := scoring.ReadScorecards(bytes.NewReader(readFile(t, "words.json")), "words.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"zh", "en"} {
		sameFile(t, "table."+lang+".txt", cards[0].Table(lang))
	}
}

func TestWhatDoesNotPrintIsNotPrinted(t *testing.T) {
	card := &scoring.Scorecard{Code: "a\u202eb", Perspectives: []scoring.Perspective{{Key: "p\x1b[2J",
		Items: []scoring.Item{{Key: "i\n", Weight: scoring.FromInt(100), Source: scoring.SourceMetric, Method: scoring.Method{Type: scoring.MethodDirect}}}}}}
	if table := card.Table("en"); strings.ContainsAny(table, "\u202e\x1b") || strings.Count(table, "\n") != 7 {
		t.Errorf("%q", table)
	}
}
