package scoring_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/steelyard/steelyard/scoring"
	"github.com/steelyard/steelyard/scoring/scoringtest"
)

// oneItem is a case of one scorecard with one item and an actual, target and
// baseline for each member.
func oneItem(precision int, method, figures string) string {
	var staff []string
	for i, line := range strings.Fields(figures) {
		f := strings.Split(line, "/")
		staff = append(staff, fmt.Sprintf(`{"id": "E%d", "segments": [{"scorecard": "s", "days": 30, "inputs": {"i": {"actual": "%s", "target": "%s", "baseline": "%s"}}}]}`, i, f[0], f[1], f[2]))
	}
	return fmt.Sprintf(`{"period_days": 30, "scorecards": {"s": {"precision": %d, "total_cap": "999999999999999", "perspectives": [{"key": "p", "items": [
		{"key": "i", "weight": 100, "source": "metric", "method": %s}]}]}}, "staff": [%s]}`, precision, method, strings.Join(staff, ","))
}

func samePlainly(t *testing.T, c *scoring.Case) []*scoring.Result {
	t.Helper()
	got, want := scoring.EvaluateCase(c), scoringtest.Evaluate(c)
	for i := range want {
		if fixed(got[i]) != fixed(want[i]) {
			t.Fatalf("got  %s\nwant %s", fixed(got[i]), fixed(want[i]))
		}
	}
	return got
}

func TestTheLargestScoresAreExact(t *testing.T) {
	const most = "999999999999999.9999"
	c := readCase(t, []byte(oneItem(4, `{"type": "direct", "cap": "`+most+`"}`, most+"/1/1 "+most+"9/1/1")))
	for _, r := range samePlainly(t, c) {
		if got := r.Segments[0].Items[0].Score.Fixed(4); got != most {
			t.Errorf("got %s", got)
		}
	}
}

func TestAnExactTieOfAZScoreRoundsUpWhateverTheSizeOfTheGroup(t *testing.T) {
	// Of two the z-values are ±1, whatever they are: 75.005 and 64.995 are ties.
	c := readCase(t, []byte(oneItem(2, `{"type": "standard", "of": "growth", "mean": "70", "sd": "5.005"}`, "7/1/3 5/1/7")))
	results := samePlainly(t, c)
	if up, down := results[0].Total.String(), results[1].Total.String(); up != "75.01" || down != "65" {
		t.Errorf("got %s and %s", up, down)
	}
	// A value equal to the mean of 40 is worth exactly 72.5.
	figures := "1/1/3 "
	for i := range 20 {
		figures += fmt.Sprintf("%d/1/3 %d/1/3 ", 2+i, -i)
	}
	c = readCase(t, []byte(oneItem(0, `{"type": "standard", "of": "growth", "mean": "72.5"}`, figures)))
	if got := samePlainly(t, c)[0].Total.String(); got != "73" {
		t.Errorf("got %s", got)
	}
}

func TestAGroupOfVariedFractionsShowsItsMeanAndDeviationShort(t *testing.T) {
	var figures strings.Builder
	for i := range 40 {
		fmt.Fprintf(&figures, "%d/1/%d ", 1000003+i*i, 999983+7*i)
	}
	c := readCase(t, []byte(oneItem(2, `{"type": "standard", "of": "growth"}`, figures.String())))
	samePlainly(t, c)
	e := scoring.NewEvaluation(c.PeriodDays, c.MinDays, c.Scorecards)
	for i := range c.Staff {
		if err := e.Add(&c.Staff[i]); err != nil {
			t.Fatal(err)
		}
	}
	e.Finish()
	peers := e.Explain(&c.Staff[3]).Segments[0].Items[0].Peers
	if peers.N != 40 || peers.SDExact || !peers.Mean.Valid() || len(peers.SD.Fixed(18)) != 20 || peers.SD.Sign() <= 0 {
		t.Errorf("%+v", peers)
	}
}

func TestMembersReadOneAfterTheOtherDoNotMix(t *testing.T) {
	c := readCase(t, []byte(sound))
	reader := scoring.NewMemberReader(c.Scorecards)
	written := scoring.AppendMember(nil, &c.Staff[0], c.Scorecards)
	first, err := reader.Read(written)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Read([]byte(`{"id": "E2"}`)); err == nil || err.Error() != "segments: is needed and not there" {
		t.Error(err)
	}
	if again := scoring.AppendMember(nil, &first, c.Scorecards); string(again) != string(written) {
		t.Errorf("got  %s\nwant %s", again, written)
	}
}

func TestAnItemSaysWhatItNeeds(t *testing.T) {
	card := readCase(t, []byte(sound)).Scorecards["rm"]
	for key, want := range map[string]string{"deposits": "true true false M1", "growth": "true false true growth", "visits": "true false false visits", "teamwork": "false false false teamwork"} {
		index, item := card.Item(key)
		actual, target, baseline := item.Needs()
		if got := fmt.Sprint(actual, target, baseline, " ", item.MetricCode()); got != want || card.Items()[index] != item {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
	}
	if index, item := card.Item("nothing"); index != -1 || item != nil {
		t.Error(index, item)
	}
}

func TestEmptyKeysAndOddTextsAreReported(t *testing.T) {
	checkChanges(t, []change{
		{"an empty level", `"1": "0"`, `"": "0"`, []string{second + `[4].rating.levels[""]: an empty text`}},
		{"an empty event", `"late": 2`, `"": 2`, []string{inputs + `.compliance.events[""]: an empty text`}},
		{"an empty item", `"i": {"actual": "7"}`, `"": {"actual": "7"}`, []string{`staff[0].segments[1].inputs[""]: an empty text`}},
		{"escapes are read", `"id": "E1"`, `"id": "\u5f20\ud83d\ude00\"\\\/\b\f\n\r\t"`, nil},
		{"an escape that is none", `"id": "E1"`, `"id": "\x"`, []string{`case.json: not JSON at line 22, column 21`}},
		{"an escape cut short", `"id": "E1"`, `"id": "\u12"`, []string{`case.json: not JSON at line 22, column 22`}},
		{"a control character after an escape", `"id": "E1"`, "\"id\": \"\\n\x02\"", []string{`case.json: a control character inside a text at line 22, column 22`}},
		{"invalid UTF-8 after an escape", `"id": "E1"`, "\"id\": \"\\n\xff\"", []string{`staff[0].id: not valid UTF-8 text`}},
		{"a key that is not UTF-8", `"id": "E1"`, "\"id\": \"E1\", \"a\xff\": 1", []string{`staff[0]["a�"]: not valid UTF-8 text`}},
		{"a byte order mark", `{"period_days"`, "\ufeff" + `{"period_days"`, nil},
		{"a long value is cut", `"12.50"`, `"` + strings.Repeat("9", 70) + `x"`, []string{inputs + `.deposits.actual: not a decimal: "` + strings.Repeat("9", 60) + `…"`}},
		{"a deep text is read over", `"min_days": 5`, `"min_days": ` + strings.Repeat("[", 64) + `{"]": "\"]"}` + strings.Repeat("]", 64), []string{
			`min_days` + strings.Repeat("[0]", 63) + `: nests deeper than 64`, `min_days: not a whole number: […]`}},
	})
}

func TestAFileThatCannotBeReadIsNamed(t *testing.T) {
	_, err := scoring.ReadCase(iotest.ErrReader(errors.New("gone")), "case.json")
	if err == nil || err.Error() != "case.json: the file cannot be read" {
		t.Error(err)
	}
}
