package scoring

import (
	"strings"
)

// InputError is one fault of a file: the path of the value, and what is wrong with it.
type InputError struct {
	Path string
	Code string
	Args map[string]string
}

// Error gives the path and the English message.
func (e InputError) Error() string { return e.In(English) }

// InputErrors are all the faults of an input, in the order of the file.
type InputErrors []InputError

// Error gives one line for each fault, in English.
func (e InputErrors) Error() string {
	lines := make([]string, len(e))
	for i := range e {
		lines[i] = e[i].Error()
	}
	return strings.Join(lines, "\n")
}
