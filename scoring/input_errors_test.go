package scoring_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/scoring"
)

// sound is a case without a fault, on which each test makes one change.
const sound = `{"period_days": 31, "min_days": 5, "scorecards": {"rm": {"code": "rm", "name": {"zh": "计分卡", "en": "Card"}, "positions": ["rm"], "peer_group": "branch",
 "precision": 2, "total_cap": "120", "bonus_cap": "10", "deduction_cap": "20",
 "perspectives": [
  {"key": "financial", "name": "Financial", "items": [
   {"key": "deposits", "name": "Deposits", "metric": "M1", "weight": "20", "source": "metric", "flow": true, "missing": "zero", "method": {"type": "ratio", "direction": "lower", "inverse": "reciprocal", "floor": "1", "cap": "120"}},
   {"key": "visits", "weight": "10", "source": "metric", "missing": "neutral", "neutral": "80", "method": {"type": "steps", "of": "actual", "strict": true, "below": "1", "table": [{"from": "1", "score": "50"}, {"from": "2", "score": "100"}]}},
   {"key": "loans", "weight": "10", "source": "metric", "method": {"type": "interpolate", "points": [{"x": "1", "score": "50"}, {"x": "2", "score": "100"}]}},
   {"key": "churn", "weight": "5", "source": "metric", "method": {"type": "increments", "direction": "lower", "from": "5", "step": "1", "gain": "1", "loss": "2", "whole_steps": true}},
   {"key": "fees", "weight": "5", "source": "metric", "method": {"type": "efficacy", "unsatisfactory": "1", "satisfactory": "2"}},
   {"key": "campaign", "weight": "5", "source": "metric", "method": {"type": "threshold", "op": ">=", "value": "3"}}]},
  {"key": "customer", "items": [
   {"key": "satisfaction", "weight": "15", "source": "survey", "missing": "exclude", "survey": {"scale_min": "1", "scale_max": "5", "min_count": 2, "prior_mean": "4.2", "prior_weight": "10"}, "method": {"type": "direct"}},
   {"key": "compliance", "weight": "5", "source": "events", "method": {"type": "deduct", "points": {"late": "5", "error": "2"}}},
   {"key": "sales", "weight": "5", "source": "metric", "method": {"type": "rank", "best": "100", "worst": "60", "min_peers": 2, "order": "asc"}},
   {"key": "growth", "weight": "10", "source": "metric", "method": {"type": "standard", "of": "growth", "sd": "8"}},
   {"key": "teamwork", "weight": "10", "source": "rating", "rating": {"levels": {"2": "100", "1": "0"}, "roles": [{"role": "manager", "weight": "60", "required": true}, {"role": "peer", "weight": "40", "min": 2, "trim": true}]}, "method": {"type": "direct"}}]}],
 "adjustments": [{"key": "idea", "type": "bonus", "cap": "5"}, {"key": "complaint", "type": "deduction", "cap": "10"}],
 "vetoes": [{"key": "major", "cap": "59.99"}],
 "grades": [{"grade": "A", "min": "90", "coefficient": "1.2"}, {"grade": "B", "min": "75"}, {"grade": "C"}]},
 "other": {"perspectives": [{"key": "p", "items": [{"key": "i", "weight": 100, "source": "metric", "method": {"type": "direct"}}]}],
  "adjustments": [{"key": "elsewhere", "type": "bonus", "cap": "5"}], "vetoes": [{"key": "afar", "cap": "5"}]}},
 "staff": [{"id": "E1", "segments": [
  {"scorecard": "rm", "peer_group": "b1", "days": 20, "inputs": {
   "deposits": {"actual": "12.50", "target": 10}, "satisfaction": {"count": 12, "sum": "54"}, "compliance": {"events": {"late": 2}},
   "teamwork": {"ratings": [{"role": "manager", "rater": "M1", "level": "1"}, {"role": "peer", "rater": "P1", "level": "2"}]}}},
  {"scorecard": "other", "days": 10, "inputs": {"i": {"actual": "7"}}}],
 "adjustments": [{"key": "idea", "points": "3"}], "vetoes": ["major"]}]}`

// change is one change to the sound case, and every line that it must bring.
type change struct {
	name, from, to string
	lines          []string
}

func faultsOf(t *testing.T, file string) []string {
	t.Helper()
	_, err := scoring.ReadCase(strings.NewReader(file), "case.json")
	if err == nil {
		return nil
	}
	var faults scoring.InputErrors
	if !errors.As(err, &faults) {
		t.Fatalf("not InputErrors: %v", err)
	}
	for _, fault := range faults {
		for _, lang := range []string{"zh", "en"} {
			if line := fault.In(lang); strings.ContainsAny(line, "{}") && !strings.Contains(line, "{…}") {
				t.Errorf("a name is not filled: %s", line)
			}
		}
	}
	return strings.Split(err.Error(), "\n")
}

func checkChanges(t *testing.T, changes []change) {
	t.Helper()
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(sound, c.from) {
				t.Fatalf("%s is not in the sound case", c.from)
			}
			got := faultsOf(t, strings.Replace(sound, c.from, c.to, 1))
			slices.Sort(got)
			slices.Sort(c.lines)
			if !slices.Equal(got, c.lines) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.lines, "\n  "))
			}
		})
	}
}

func TestTheSoundCaseHasNoFault(t *testing.T) {
	if faults := faultsOf(t, sound); faults != nil {
		t.Error(faults)
	}
}

const (
	card     = "scorecards.rm"
	first    = card + ".perspectives[0].items"
	second   = card + ".perspectives[1].items"
	segment  = "staff[0].segments[0]"
	inputs   = segment + ".inputs"
	needed   = ": is needed and not there"
	unknown  = ": no field of this name is known here"
	notThere = ": needs at least one entry"
)

func TestFaultsOfTheFileAreReportedAtTheirPlace(t *testing.T) {
	checkChanges(t, []change{
		{"a text instead of an object", sound, `"x"`, []string{`case.json: not an object: "x"`}},
		{"a list instead of an object", sound, `[]`, []string{`case.json: not an object: […]`}},
		{"an empty file", sound, ``, []string{`case.json: not JSON at line 1, column 1`}},
		{"a file cut short", sound, `{"staff": [`, []string{`case.json: not JSON at line 1, column 12`}},
		{"something after the end", sound, `{"period_days":1,"scorecards":{},"staff":[]} x`, []string{`case.json: something follows the end of the JSON at line 1, column 46`}},
		{"a comma too many", `["major"]`, `["major",]`, []string{`case.json: not JSON at line 27, column 70`}},
		{"a key twice", `"min_days": 5`, `"min_days": 5, "min_days": 6`, []string{`min_days: the key stands twice in this object`}},
		{"a key twice, deep inside", `"target": 10`, `"target": 10, "target": "x"`, []string{inputs + `.deposits.target: the key stands twice in this object`}},
		{"null", `"min_days": 5`, `"min_days": null`, []string{`min_days: null is not a value; leave the field out instead`}},
		{"null in place of an object", `{"type": "direct"}},
   {"key": "compliance"`, `null},
   {"key": "compliance"`, []string{second + `[0].method: null is not a value; leave the field out instead`}},
		{"an unknown field", `"min_days": 5`, `"min_days": 5, "max_days": 9`, []string{`max_days` + unknown}},
		{"an unknown field whose name does not print", `"min_days": 5`, `"min_days": 5, "a.b\n": 9`, []string{`["a.b\n"]` + unknown}},
		{"deeper than 64", `"min_days": 5`, `"min_days": ` + strings.Repeat("[", 64) + strings.Repeat("]", 64), []string{
			`min_days` + strings.Repeat("[0]", 63) + `: nests deeper than 64`, `min_days: not a whole number: […]`}},
		{"64 deep is not too deep", `"min_days": 5`, `"min_days": ` + strings.Repeat("[", 63) + strings.Repeat("]", 63), []string{`min_days: not a whole number: […]`}},
		{"invalid UTF-8", `"id": "E1"`, "\"id\": \"E\xff\"", []string{`staff[0].id: not valid UTF-8 text`}},
		{"half a surrogate", `"id": "E1"`, `"id": "E\ud800"`, []string{`staff[0].id: not valid UTF-8 text`}},
		{"NUL", `"id": "E1"`, `"id": "E\u0000"`, []string{`staff[0].id: a text with a NUL character`}},
		{"a bare control character", `"id": "E1"`, "\"id\": \"E\x01\"", []string{`case.json: a control character inside a text at line 22, column 21`}},
		{"no period_days", `"period_days": 31, `, ``, []string{`period_days` + needed}},
		{"no staff, no scorecards", sound, `{"period_days": 31}`, []string{`scorecards` + needed, `staff` + needed}},
		{"staff that is no list", sound, `{"period_days": 31, "scorecards": {}, "staff": {}}`, []string{`staff: not a list: {…}`}},
		{"NaN", `"12.50"`, `NaN`, []string{`case.json: not JSON at line 24, column 27`}},
		{"NaN as text", `"12.50"`, `"NaN"`, []string{inputs + `.deposits.actual: not a decimal: "NaN"`}},
		{"several at once", `"12.50", "target": 10`, `"12,5", "target": "1e3", "goal": 1`, []string{
			inputs + `.deposits.actual: not a decimal: "12,5"`, inputs + `.deposits.target: not a decimal: "1e3"`, inputs + `.deposits.goal` + unknown}},
	})
}

func TestFaultsOfNumbersAreReportedAtTheirPlace(t *testing.T) {
	actual := inputs + `.deposits.actual: `
	var changes []change
	for value, fault := range map[string]string{
		`"+1"`: `not a decimal: "+1"`, `"1e3"`: `not a decimal: "1e3"`, `1e3`: `not a decimal: 1e3`, `".5"`: `not a decimal: ".5"`, `"5."`: `not a decimal: "5."`,
		`" 5"`: `not a decimal: " 5"`, `"１２"`: `not a decimal: "１２"`, `"-"`: `not a decimal: "-"`, `"--1"`: `not a decimal: "--1"`, `""`: `not a decimal: ""`,
		`true`: `not a decimal: true`, `[]`: `not a decimal: […]`, `"1000000000000000"`: `more than 15 digits before the point: "1000000000000000"`,
		`"1.0000000"`: `more than 6 decimals: "1.0000000"`, `0.1234567`: `more than 6 decimals: 0.1234567`,
	} {
		changes = append(changes, change{value, `"12.50"`, value, []string{actual + fault}})
	}
	for _, value := range []string{`"000000000000000000000999999999999999.999999"`, `"-0"`, `-0.5`, `0`, `"-000.5"`} {
		changes = append(changes, change{value + " is in order", `"12.50"`, value, nil})
	}
	checkChanges(t, append(changes, []change{
		{"a count as text", `"days": 20`, `"days": "20"`, []string{segment + `.days: not a whole number: "20"`}},
		{"a count with a point", `"days": 20`, `"days": 20.0`, []string{segment + `.days: not a whole number: 20.0`}},
		{"a count beyond measure", `"days": 20`, `"days": 99999999999999999999`, []string{segment + `.days: more than 15 digits before the point: 99999999999999999999`}},
		{"period_days of 0", `"period_days": 31`, `"period_days": 0`, []string{`period_days: 0 is below 1`}},
		{"a negative min_days", `"min_days": 5`, `"min_days": -1`, []string{`min_days: -1 is below 0`}},
		{"a precision of 5", `"precision": 2`, `"precision": 5`, []string{card + `.precision: 5 is none of 0, 1, 2, 3, 4`}},
		{"a min of 0", `"min": 2`, `"min": 0`, []string{second + `[4].rating.roles[1].min: 0 is below 1`}},
		{"a min_count of 0", `"min_count": 2`, `"min_count": 0`, []string{second + `[0].survey.min_count: 0 is below 1`}},
		{"a min_peers of 0", `"min_peers": 2`, `"min_peers": 0`, []string{second + `[2].method.min_peers: 0 is below 1`}},
		{"a negative number of events", `"late": 2`, `"late": -2`, []string{inputs + `.compliance.events.late: -2 is below 0`}},
		{"a flag as text", `"flow": true`, `"flow": "true"`, []string{first + `[0].flow: neither true nor false: "true"`}},
	}...))
}

func TestFaultsOfScorecardsAreReportedAtTheirPlace(t *testing.T) {
	checkChanges(t, []change{
		{"weights of 99.99", `"weight": "20"`, `"weight": "19.99"`, []string{card + `: the weights add up to 99.99, not 100`}},
		{"a weight of 0", `"weight": "20"`, `"weight": "0"`, []string{first + `[0].weight: 0 is not above 0`, card + `: the weights add up to 80, not 100`}},
		{"no weight", `"weight": "20", `, ``, []string{first + `[0].weight` + needed}},
		{"no source", `"source": "events", `, ``, []string{second + `[1].source` + needed}},
		{"an unknown source", `"source": "events"`, `"source": "rumour"`, []string{second + `[1].source: "rumour" is none of metric, rating, survey, events`}},
		{"an unknown missing rule", `"missing": "zero"`, `"missing": "skip"`, []string{first + `[0].missing: "skip" is none of require, zero, neutral, exclude`}},
		{"neutral without its rule", `"missing": "zero"`, `"missing": "zero", "neutral": "5"`, []string{first + `[0].neutral: neutral points without missing: neutral`}},
		{"the rule without neutral", `, "neutral": "80"`, ``, []string{first + `[1].neutral` + needed}},
		{"an item key twice", `"key": "visits"`, `"key": "deposits"`, []string{first + `[1].key: "deposits" stands here a second time`}},
		{"an item key twice across perspectives", `"key": "compliance"`, `"key": "deposits"`, []string{
			second + `[1].key: "deposits" stands here a second time`, inputs + `.compliance: the scorecard rm has no item "compliance"`}},
		{"a perspective twice", `"key": "customer"`, `"key": "financial"`, []string{card + `.perspectives[1].key: "financial" stands here a second time`}},
		{"an empty key", `"key": "visits"`, `"key": ""`, []string{first + `[1].key: an empty text`}},
		{"an empty name", `"name": "Deposits"`, `"name": ""`, []string{first + `[0].name: an empty text`}},
		{"a name that lacks a language", `{"zh": "计分卡", "en": "Card"}`, `{"zh": "计分卡"}`, []string{card + `.name.en` + needed}},
		{"no perspective", `"perspectives": [{"key": "p", "items": [{"key": "i", "weight": 100, "source": "metric", "method": {"type": "direct"}}]}]`, `"perspectives": []`, []string{`scorecards.other.perspectives` + notThere}},
		{"no items", `"items": [{"key": "i", "weight": 100, "source": "metric", "method": {"type": "direct"}}]`, `"items": []`, []string{`scorecards.other.perspectives[0].items` + notThere}},
		{"an item that is no object", `{"key": "i", "weight": 100, "source": "metric", "method": {"type": "direct"}}`, `5`, []string{`scorecards.other.perspectives[0].items[0]: not an object: 5`}},
		{"a rating of a metric item", `"flow": true`, `"flow": true, "rating": {}`, []string{first + `[0].rating: an item with the source metric has no such field`}},
		{"flow of a survey", `"missing": "exclude"`, `"missing": "exclude", "flow": false`, []string{second + `[0].flow: an item with the source survey has no such field`}},
		{"no survey", `"survey": {"scale_min": "1", "scale_max": "5", "min_count": 2, "prior_mean": "4.2", "prior_weight": "10"}, `, ``, []string{second + `[0].survey` + needed}},
		{"no roles", `"roles": [{"role": "manager", "weight": "60", "required": true}, {"role": "peer", "weight": "40", "min": 2, "trim": true}]`, `"roles": []`, []string{second + `[4].rating.roles` + notThere}},
		{"no levels", `{"2": "100", "1": "0"}`, `{}`, []string{second + `[4].rating.levels` + notThere}},
		{"negative points of a level", `"1": "0"`, `"1": "-1"`, []string{second + `[4].rating.levels.1: -1 is below 0`}},
		{"a role twice", `"role": "peer", "weight"`, `"role": "manager", "weight"`, []string{
			second + `[4].rating.roles[1].role: "manager" stands here a second time`, inputs + `.teamwork.ratings[1].role: the item lists no role "peer"`}},
		{"a role of no weight", `"weight": "40"`, `"weight": "0"`, []string{second + `[4].rating.roles[1].weight: 0 is not above 0`}},
		{"a scale that does not rise", `"scale_max": "5"`, `"scale_max": "1"`, []string{second + `[0].survey.scale_max: the maximum 1 is not above the minimum 1`}},
		{"a prior_mean alone", `, "prior_weight": "10"`, ``, []string{second + `[0].survey.prior_weight` + needed}},
		{"a prior_weight alone", `"prior_mean": "4.2", `, ``, []string{second + `[0].survey.prior_mean` + needed}},
		{"a prior_mean outside the scale", `"prior_mean": "4.2"`, `"prior_mean": "5.1"`, []string{second + `[0].survey.prior_mean: 5.1 is outside 1 to 5`}},
		{"a prior_weight of 0", `"prior_weight": "10"`, `"prior_weight": "0"`, []string{second + `[0].survey.prior_weight: 0 is not above 0`}},
		{"an adjustment twice", `"key": "complaint", "type"`, `"key": "idea", "type"`, []string{card + `.adjustments[1].key: "idea" stands here a second time`}},
		{"an adjustment of no type", `"type": "deduction"`, `"type": "gift"`, []string{card + `.adjustments[1].type: "gift" is none of bonus, deduction`}},
		{"an adjustment without cap", `"type": "bonus", "cap": "5"`, `"type": "bonus"`, []string{card + `.adjustments[0].cap` + needed}},
		{"a negative cap of an adjustment", `"type": "bonus", "cap": "5"`, `"type": "bonus", "cap": "-5"`, []string{card + `.adjustments[0].cap: -5 is below 0`}},
		{"a negative total cap", `"total_cap": "120"`, `"total_cap": "-1"`, []string{card + `.total_cap: -1 is below 0`}},
		{"a bonus cap finer than the precision", `"bonus_cap": "10"`, `"bonus_cap": "10.001"`, []string{card + `.bonus_cap: 10.001 has more than 2 decimals, the precision of the scorecard`}},
		{"zeros at the end of a cap do not count", `"bonus_cap": "10"`, `"bonus_cap": "10.0000"`, nil},
		{"a veto finer than the precision", `"cap": "59.99"`, `"cap": "59.999"`, []string{card + `.vetoes[0].cap: 59.999 has more than 2 decimals, the precision of the scorecard`}},
		{"a veto twice", `[{"key": "major", "cap": "59.99"}]`, `[{"key": "major", "cap": "59.99"}, {"key": "major", "cap": "1"}]`, []string{card + `.vetoes[1].key: "major" stands here a second time`}},
		{"a grade twice", `"grade": "B"`, `"grade": "A"`, []string{card + `.grades[1].grade: "A" stands here a second time`}},
		{"grades that do not fall", `"min": "75"`, `"min": "90"`, []string{card + `.grades[1].min: 90 does not fall below 90`}},
		{"a last grade with a min", `{"grade": "C"}`, `{"grade": "C", "min": "1"}`, []string{card + `.grades[2].min: the last grade has no min`}},
		{"an earlier grade without one", `, "min": "75"`, ``, []string{card + `.grades[1].min` + needed}},
		{"a coefficient that is no figure", `"coefficient": "1.2"`, `"coefficient": "much"`, []string{card + `.grades[0].coefficient: not a decimal: "much"`}},
		{"a position that is no text", `"positions": ["rm"]`, `"positions": [1]`, []string{card + `.positions[0]: not a text: 1`}},
	})
}
