package scoring

import (
	"io"
	"iter"
)

// JSON gives the scorecard as canonical JSON.
func (s *Scorecard) JSON() []byte { return nil }

// AppendMember appends the canonical JSON of a member.
func AppendMember(dst []byte, m *Member, cards map[string]*Scorecard) []byte { return dst }

// AppendResult appends the fixed fields of a result as JSON.
func AppendResult(dst []byte, r *Result) []byte { return dst }

// WriteResults writes the output object.
func WriteResults(w io.Writer, results iter.Seq[*Result]) error { return nil }

// ResolvedMethod gives the item's method with every default in place.
func (i *Item) ResolvedMethod() Method { return i.Method }

// Table prints the scorecard as a table.
func (s *Scorecard) Table(lang string) string { return "" }

// In gives the path and the message in "zh" or "en".
func (e InputError) In(lang string) string { return e.Path + ": " + e.message(lang) }

func (e InputError) message(lang string) string { return e.Code }
