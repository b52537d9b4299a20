package people

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// romanizer spells names in pinyin for search: "陈志" is "chen zhi". What is not
// Chinese stays as it is, in small letters.
type romanizer struct {
	args  pinyin.Args
	known map[rune]string
}

func newRomanizer() *romanizer {
	return &romanizer{args: pinyin.NewArgs(), known: map[rune]string{}}
}

func (r *romanizer) name(name string) string {
	var b strings.Builder
	for _, c := range name {
		syllable := r.syllable(c)
		if syllable == "" {
			b.WriteRune(unicode.ToLower(c))
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(syllable)
	}
	return b.String()
}

func (r *romanizer) syllable(c rune) string {
	if c < 0x2E80 {
		return ""
	}
	syllable, ok := r.known[c]
	if !ok {
		if readings := pinyin.SinglePinyin(c, r.args); len(readings) > 0 {
			syllable = readings[0]
		}
		r.known[c] = syllable
	}
	return syllable
}
