package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const smallCase = `{"period_days": 31, "scorecards": {"rm": {"perspectives": [{"key": "financial", "items": [
  {"key": "deposits", "weight": "100", "source": "metric", "method": {"type": "ratio", "cap": "120"}}]}]}},
 "staff": [{"id": "E001", "segments": [{"scorecard": "rm", "days": 31, "inputs": {"deposits": {"actual": "ACTUAL", "target": "100"}}}]}]}`

func TestScorePrintsOneJSONObject(t *testing.T) {
	got := steelyard(t, nil, "score", write(t, strings.Replace(smallCase, "ACTUAL", "113.04", 1)))
	var out struct {
		Staff []struct{ ID, Total string }
	}
	if err := json.Unmarshal([]byte(got.stdout), &out); err != nil {
		t.Fatalf("%v: %q %q", err, got.stdout, got.stderr)
	}
	if got.code != exitDone || len(out.Staff) != 1 || out.Staff[0].ID != "E001" || out.Staff[0].Total != "100.00" {
		t.Errorf("exit %d, %+v", got.code, out)
	}
}

func TestATraceStandsBesideTheFixedFields(t *testing.T) {
	path := write(t, strings.Replace(smallCase, "ACTUAL", "90", 1))
	got := steelyard(t, nil, "score", path, "--trace", "--lang", "zh")
	var out struct {
		Staff []struct {
			Total string
			Trace struct {
				Segments []struct {
					Items []struct{ Score string }
				}
			}
			Words []string
		}
	}
	if err := json.Unmarshal([]byte(got.stdout), &out); err != nil {
		t.Fatalf("%v: %q %q", err, got.stdout, got.stderr)
	}
	staff := out.Staff[0]
	if staff.Total != "90.00" || !strings.Contains(strings.Join(staff.Words, "\n"), "90") || staff.Trace.Segments[0].Items[0].Score != "90" {
		t.Errorf("got %+v", out)
	}
}

func TestInputErrorsAreAllSaidAndNothingIsPrinted(t *testing.T) {
	path := write(t, strings.Replace(smallCase, "ACTUAL", "12,5", 1))
	got := steelyard(t, nil, "score", path)
	if got.code != exitWrong || got.stdout != "" || !strings.HasPrefix(got.stderr, "staff[0].segments[0].inputs.deposits.actual: ") {
		t.Errorf("exit %d, %q %q", got.code, got.stdout, got.stderr)
	}
}

func TestAFileThatIsNotThereIsNamed(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing.json")
	for _, args := range [][]string{{"score", missing}, {"scorecard", "lint", missing}, {"scorecard", "show", missing}} {
		if got := steelyard(t, nil, args...); got.code != exitWrong || got.stderr != missing+": there is no such file\n" {
			t.Errorf("%v: exit %d, %q", args, got.code, got.stderr)
		}
	}
	if got := steelyard(t, nil, "score", t.TempDir()); got.code != exitWrong || !strings.HasSuffix(got.stderr, "this is a folder, not a file\n") {
		t.Errorf("a folder: exit %d, %q", got.code, got.stderr)
	}
}

const smallCards = `[{"code": "rm", "name": {"zh": "客户经理", "en": "Relationship manager"}, "positions": ["rm"], "peer_group": "unit", "perspectives": [
  {"key": "financial", "name": {"zh": "财务", "en": "Financial"}, "items": [
  {"key": "deposits", "name": {"zh": "存款", "en": "Deposits"}, "weight": "WEIGHT", "source": "metric", "method": {"type": "ratio"}}]}]}]`

func TestLintReportsEveryFaultOfAFileOfScorecards(t *testing.T) {
	fine := write(t, strings.Replace(smallCards, "WEIGHT", "100", 1))
	if got := steelyard(t, nil, "scorecard", "lint", fine); got.code != exitDone || got.stdout != "no faults: 1 scorecards, 1 items\n" {
		t.Errorf("exit %d, %q %q", got.code, got.stdout, got.stderr)
	}
	wrong := write(t, strings.Replace(smallCards, "WEIGHT", "99.99", 1))
	if got := steelyard(t, nil, "scorecard", "lint", wrong); got.code != exitWrong || !strings.Contains(got.stderr, "99.99") {
		t.Errorf("exit %d, %q %q", got.code, got.stdout, got.stderr)
	}
	for name, text := range map[string]string{
		"a character that nobody sees":   strings.Replace(smallCards, "Relationship manager", "Relationship\u202e manager", 1),
		"a list without its positions":   strings.Replace(smallCards, `"positions": ["rm"], `, "", 1),
		"a list without its peer groups": strings.Replace(smallCards, `"peer_group": "unit", `, "", 1),
	} {
		got := steelyard(t, nil, "scorecard", "lint", write(t, strings.Replace(text, "WEIGHT", "100", 1)), "--lang", "en")
		if got.code != exitWrong || !strings.Contains(got.stderr, "1 fault\n") {
			t.Errorf("%s: exit %d, %q %q", name, got.code, got.stdout, got.stderr)
		}
	}
	got := steelyard(t, nil, "scorecard", "lint", wrong, "--json")
	var out struct {
		Faults []struct{ Path, Code, Message string }
	}
	if err := json.Unmarshal([]byte(got.stdout), &out); err != nil || got.code != exitWrong || len(out.Faults) != 1 {
		t.Errorf("exit %d, %v: %q", got.code, err, got.stdout)
	}
}

func TestShowPrintsScorecardsForPeople(t *testing.T) {
	path := write(t, strings.Replace(smallCards, "WEIGHT", "100", 1))
	if got := steelyard(t, nil, "scorecard", "show", path, "--lang", "zh"); got.code != exitDone || !strings.Contains(got.stdout, "存款") {
		t.Errorf("exit %d, %q %q", got.code, got.stdout, got.stderr)
	}
	if got := steelyard(t, nil, "scorecard", "show", path, "--code", "teller"); got.code != exitWrong || got.stderr != "the file has no scorecard teller\n" {
		t.Errorf("exit %d, %q %q", got.code, got.stdout, got.stderr)
	}
}
