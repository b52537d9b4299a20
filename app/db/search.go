package db

import "strings"

// Containing is the pattern, for LIKE with ESCAPE '\', of what contains a text:
// its characters stand for themselves, in small letters.
func Containing(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(text)) + "%"
}
