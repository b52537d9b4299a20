// Package fault is the one vocabulary of errors: what kind, a stable code, and
// the arguments of its message in both languages. It is turned into an exit
// code, or an HTTP status, in one place each.
package fault

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/lang"
)

// Kind says what sort of thing went wrong.
type Kind int

// The kinds of error.
const (
	Internal        Kind = iota // ours or the machine's
	Invalid                     // the input is wrong
	NotFound                    // there is no such thing, or it is out of scope
	Conflict                    // the state does not allow it
	Forbidden                   // this function is not the caller's
	Unauthenticated             // nobody is signed in
	TooMany                     // a limit is reached
	Malformed                   // the request cannot be read, or asks in a way that is not known
	Gone                        // it was there, and is used up
	TooLarge                    // there is more of it than is taken
	Unavailable                 // what is needed does not answer; later it may
)

// Error is one error in the users' words. Code names the message in package lang.
type Error struct {
	Kind Kind
	Code string
	Args lang.Args
	// Problems are the places that are wrong, all of them.
	Problems []Problem
	// RetryAfter is when it makes sense to try again, for TooMany and Unavailable.
	RetryAfter time.Duration
	// Current is what stands there now, for a Conflict of versions: something
	// that JSON can say and that the caller may see.
	Current any
	// Cause is what lies behind it; it is logged and never shown.
	Cause error
}

// Problem is one fault of an input, with its place and what would be right.
type Problem struct {
	File   string    `json:"file,omitempty"`
	Sheet  string    `json:"sheet,omitempty"`
	Row    int       `json:"row,omitempty"` // as the user counts, from 1; 0 for the whole file
	Column string    `json:"column,omitempty"`
	Path   string    `json:"path,omitempty"` // of a value in a JSON file
	Value  string    `json:"value,omitempty"`
	Code   string    `json:"code"`
	Args   lang.Args `json:"args,omitempty"`
}

// New makes an error of a kind with the code of its message.
func New(kind Kind, code string, args lang.Args) *Error {
	return &Error{Kind: kind, Code: code, Args: args}
}

// Wrap makes an error with the cause that lies behind it.
func Wrap(cause error, kind Kind, code string, args lang.Args) *Error {
	return &Error{Kind: kind, Code: code, Args: args, Cause: cause}
}

// Error gives the English message, its problems and its cause, for logs.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.In(lang.En))
	for i, p := range e.Problems {
		if i == 5 {
			fmt.Fprintf(&b, "; and %d more", len(e.Problems)-i)
			break
		}
		b.WriteString("; ")
		b.WriteString(p.In(lang.En))
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, " (%v)", e.Cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// In gives the message in a language, without problems and cause.
func (e *Error) In(l lang.Language) string { return lang.Say(l, e.Code, e.Args) }

// In gives the problem in a language: its place, what is wrong, the value.
func (p Problem) In(l lang.Language) string {
	var place []string
	if p.File != "" {
		place = append(place, p.File)
	}
	if p.Sheet != "" {
		place = append(place, lang.Say(l, "fault.sheet", lang.Args{"sheet": p.Sheet}))
	}
	if p.Row > 0 {
		place = append(place, lang.Say(l, "fault.row", lang.Args{"row": p.Row}))
	}
	if p.Column != "" {
		place = append(place, lang.Say(l, "fault.column", lang.Args{"column": p.Column}))
	}
	if p.Path != "" {
		place = append(place, p.Path)
	}
	message := lang.Say(l, p.Code, p.Args)
	if p.Value != "" {
		message += lang.Say(l, "fault.value", lang.Args{"value": p.Value})
	}
	if len(place) == 0 {
		return message
	}
	return strings.Join(place, lang.Say(l, "fault.comma", nil)) + ": " + message
}

// As finds the Error in err's chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// KindOf gives the kind of err; what is not an Error is Internal.
func KindOf(err error) Kind {
	if e, ok := As(err); ok {
		return e.Kind
	}
	return Internal
}

var _ = lang.Register(map[string]lang.Text{
	"fault.sheet":  {Zh: "工作表“{sheet}”", En: "sheet {sheet}"},
	"fault.row":    {Zh: "第 {row} 行", En: "row {row}"},
	"fault.column": {Zh: "“{column}”列", En: "column {column}"},
	"fault.comma":  {Zh: "，", En: ", "},
	"fault.value":  {Zh: "（值：“{value}”）", En: " (the value is {value})"},
})
