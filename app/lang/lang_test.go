package lang_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/lang"
)

func TestAMessageSaysOneAndManyEachInItsWords(t *testing.T) {
	const template = "{rows} wrong {rows:row|rows} ({count} {count:fault|faults})"
	for want, args := range map[string]lang.Args{
		"1 wrong row (2 faults)":      {"rows": 1, "count": 2},
		"0 wrong rows (1 fault)":      {"rows": 0, "count": "1"},
		"1,001 wrong rows (0 faults)": {"rows": "1,001", "count": int64(0)},
	} {
		if got := lang.Fill(lang.En, template, args); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhatIsNoChoiceAndWhatArgumentsSayStaysAsItIs(t *testing.T) {
	for template, want := range map[string]string{
		"{name}":           "{count:a|b}",
		"{other:a|b}":      "{other:a|b}",
		"{count:a}":        "{count:a}",
		"{count:a|b":       "{count:a|b",
		"{count:|s} {name": "s {name",
		"{ {count:y|ies}":  "{ ies",
	} {
		if got := lang.Fill(lang.En, template, lang.Args{"name": "{count:a|b}", "count": 2}); got != want {
			t.Errorf("%q gives %q, want %q", template, got, want)
		}
	}
}
