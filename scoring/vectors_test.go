package scoring_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/scoring"
)

func readCase(t *testing.T, data []byte) *scoring.Case {
	t.Helper()
	c, err := scoring.ReadCase(bytes.NewReader(data), "case.json")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func readFile(t *testing.T, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// output gives the results of a case as they are printed, and read again.
func output(t *testing.T, c *scoring.Case) any {
	t.Helper()
	var printed bytes.Buffer
	if err := scoring.WriteResults(&printed, slices.Values(scoring.EvaluateCase(c))); err != nil {
		t.Fatal(err)
	}
	return parsed(t, printed.Bytes())["staff"]
}

func parsed(t *testing.T, data []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEveryCaseGivesItsExpectedFileFigureForFigure(t *testing.T) {
	paths, err := filepath.Glob("testdata/random-*.expected.json")
	if err != nil || len(paths) != 24 {
		t.Fatalf("%d expected files, %v", len(paths), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".expected.json")
		t.Run(name, func(t *testing.T) {
			want := parsed(t, readFile(t, name+".expected.json"))["staff"]
			compareStaff(t, output(t, readCase(t, readFile(t, name+".json"))), want)
		})
	}
}

func TestTheMonthOfABankGivesItsExpectedFileFigureForFigure(t *testing.T) {
	want := parsed(t, readFile(t, "q-bank", "expected.json"))["staff"].([]any)
	got := output(t, readCase(t, readFile(t, "q-bank", "case.json"))).([]any)
	byID := func(a, b any) int {
		return strings.Compare(a.(map[string]any)["id"].(string), b.(map[string]any)["id"].(string))
	}
	slices.SortFunc(got, byID)
	slices.SortFunc(want, byID)
	compareStaff(t, got, want)
}

func compareStaff(t *testing.T, got, want any) {
	t.Helper()
	if reflect.DeepEqual(got, want) {
		return
	}
	g, w := got.([]any), want.([]any)
	if len(g) != len(w) {
		t.Fatalf("%d results, want %d", len(g), len(w))
	}
	for i := range g {
		if !reflect.DeepEqual(g[i], w[i]) {
			a, _ := json.MarshalIndent(g[i], "", " ")
			b, _ := json.MarshalIndent(w[i], "", " ")
			t.Fatalf("result %d\ngot  %s\nwant %s", i, a, b)
		}
	}
}

func TestEveryPublishedExampleGivesItsScore(t *testing.T) {
	var examples []struct {
		ID    string          `json:"id"`
		Score json.Number     `json:"score"`
		Case  json.RawMessage `json:"case"`
	}
	if err := json.Unmarshal(readFile(t, "published.json"), &examples); err != nil {
		t.Fatal(err)
	}
	hundredth, err := scoring.ParseNumber("0.01")
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range examples {
		t.Run(example.ID, func(t *testing.T) {
			want, err := scoring.ParseNumber(example.Score.String())
			if err != nil {
				t.Fatal(err)
			}
			got := scoring.EvaluateCase(readCase(t, example.Case))[0].Segments[0].Items[0].Score
			if !got.Valid() || got.Sub(want).Abs().Cmp(hundredth) > 0 {
				t.Errorf("score %s, want %s", got, want)
			}
		})
	}
}
