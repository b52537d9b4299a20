package scoring_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/steelyard/steelyard/scoring"
)

// FuzzReadCase holds the reader against any bytes: it never panics, its errors
// are InputErrors with words in both languages, and what it accepts can be
// evaluated, explained, written and read again to the same results.
func FuzzReadCase(f *testing.F) {
	paths, err := filepath.Glob("testdata/random-0[24].json")
	if err != nil || len(paths) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(sound))
	f.Add([]byte(`{"period_days":1,"scorecards":{},"staff":[]}`))
	f.Add([]byte(`{"period_days":1e9,"scorecards":null,"staff":[[[{}]]],"":"\ud800\u0000"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := scoring.ReadCase(bytes.NewReader(data), "case.json")
		if err != nil {
			var faults scoring.InputErrors
			if !errors.As(err, &faults) || len(faults) == 0 {
				t.Fatalf("not InputErrors: %v", err)
			}
			for _, fault := range faults {
				if fault.In("zh") == fault.Code || fault.In("en") == fault.Code {
					t.Fatalf("no words for %s", fault.Code)
				}
			}
			return
		}
		results := scoring.EvaluateCase(c)
		again, err := scoring.ReadCase(bytes.NewReader(caseJSON(c)), "again.json")
		if err != nil {
			t.Fatalf("not read again: %v", err)
		}
		for i, r := range scoring.EvaluateCase(again) {
			if fixed(r) != fixed(results[i]) {
				t.Fatalf("read again %s, was %s", fixed(r), fixed(results[i]))
			}
		}
		explainAll(t, c, results)
	})
}

func explainAll(t *testing.T, c *scoring.Case, results []*scoring.Result) {
	t.Helper()
	e := scoring.NewEvaluation(c.PeriodDays, c.MinDays, c.Scorecards)
	for i := range c.Staff {
		if err := e.Add(&c.Staff[i]); err != nil {
			t.Fatal(err)
		}
	}
	e.Finish()
	for i := range c.Staff {
		trace := e.Explain(&c.Staff[i])
		if fixed(trace.Result) != fixed(results[i]) {
			t.Fatalf("trace %s, result %s", fixed(trace.Result), fixed(results[i]))
		}
		trace.Lines("zh")
		scoring.AppendTrace(nil, trace)
	}
	for _, card := range c.Scorecards {
		card.Table("zh")
	}
}
