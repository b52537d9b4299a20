package auth

import (
	"strings"
	"unicode"
)

// agentLength is how much of a browser's name is kept, in characters.
const agentLength = 200

// shown makes what a client calls itself fit to be shown: nothing but printable characters, and not many.
func shown(agent string) string {
	printable := strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, agent)
	if runes := []rune(printable); len(runes) > agentLength {
		return string(runes[:agentLength])
	}
	return printable
}
