package scoringtest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/scoring"
	"github.com/steelyard/steelyard/scoring/scoringtest"
)

func TestThePlainRenderingGivesTheExpectedFileOfEveryCase(t *testing.T) {
	files, err := filepath.Glob("../testdata/*.expected.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, expected := range files {
		t.Run(strings.TrimSuffix(filepath.Base(expected), ".expected.json"), func(t *testing.T) {
			in, err := os.ReadFile(strings.Replace(expected, ".expected", "", 1))
			if err != nil {
				t.Fatal(err)
			}
			c, err := scoring.ReadCase(bytes.NewReader(in), "case")
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(expected)
			if err != nil {
				t.Fatal(err)
			}
			var want struct {
				Staff []json.RawMessage `json:"staff"`
			}
			if err := json.Unmarshal(data, &want); err != nil {
				t.Fatal(err)
			}
			got := scoringtest.Evaluate(c)
			for i, r := range got {
				if a, b := compact(t, scoring.AppendResult(nil, r)), compact(t, want.Staff[i]); a != b {
					t.Errorf("staff %d\n got %s\nwant %s", i, a, b)
				}
			}
		})
	}
}

// compact gives JSON with sorted keys and without white space.
func compact(t *testing.T, data []byte) string {
	t.Helper()
	var v any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
