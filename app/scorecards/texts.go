package scorecards

import (
	"fmt"
	"iter"
	"unicode"

	"github.com/steelyard/steelyard/scoring"
)

// texts gives every text of a card that somebody reads or types, with its path.
func texts(card *scoring.Scorecard) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		more := true
		say := func(text, path string, args ...any) {
			more = more && yield(fmt.Sprintf(path, args...), text)
		}
		name := func(t scoring.Text, path string, args ...any) {
			say(t.Zh, path, args...)
			say(t.En, path, args...)
		}
		say(card.Code, "code")
		name(card.Name, "name")
		for n, position := range card.Positions {
			say(position, "positions[%d]", n)
		}
		for p := range card.Perspectives {
			perspective := &card.Perspectives[p]
			say(perspective.Key, "perspectives[%d].key", p)
			name(perspective.Name, "perspectives[%d].name", p)
			for n := range perspective.Items {
				item := &perspective.Items[n]
				say(item.Key, "perspectives[%d].items[%d].key", p, n)
				name(item.Name, "perspectives[%d].items[%d].name", p, n)
				say(item.Metric, "perspectives[%d].items[%d].metric", p, n)
				for _, text := range rubricTexts(item.Rating) {
					say(text, "perspectives[%d].items[%d].rating", p, n)
				}
			}
		}
		for n, a := range card.Adjustments {
			say(a.Key, "adjustments[%d].key", n)
			name(a.Name, "adjustments[%d].name", n)
		}
		for n, v := range card.Vetoes {
			say(v.Key, "vetoes[%d].key", n)
			name(v.Name, "vetoes[%d].name", n)
		}
		for n, g := range card.Grades {
			say(g.Grade, "grades[%d].grade", n)
		}
	}
}

func rubricTexts(r *scoring.Rubric) []string {
	if r == nil {
		return nil
	}
	var list []string
	for _, level := range r.Levels {
		list = append(list, level.Level)
	}
	for _, role := range r.Roles {
		list = append(list, role.Role)
	}
	return list
}

// hiddenRune gives the first control character, invisible character or one that
// turns the writing direction.
func hiddenRune(text string) (rune, bool) {
	for _, r := range text {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) {
			return r, true
		}
	}
	return 0, false
}
