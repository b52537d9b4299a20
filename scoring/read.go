package scoring

import (
	"strconv"
	"strings"
)

// reader takes values out of a document. Every fault is reported once, at its
// path; what could not be read is given as absent, and nobody complains of it again.
type reader struct{ *document }

// report adds faults, each unless its path is faulty already.
func (r reader) report(faults ...InputError) {
	for _, fault := range faults {
		if !r.reported(fault.Path) {
			r.fail(fault.Path, fault.Code, fault.Args)
		}
	}
}

// wrong reports a fault of a node, with its value.
func (r reader) wrong(n int32, code string) {
	r.report(InputError{Path: r.path(n), Code: code, Args: map[string]string{"value": r.shown(n)}})
}

// missing reports that an object lacks a field that it needs.
func (r reader) missing(n int32, field string) {
	path := r.pathTo(n, field)
	r.report(InputError{Path: path, Code: "missing"})
	r.mark(path, true)
}

// unreadable reports a node of the wrong kind, whose inside is then left alone.
func (r reader) unreadable(n int32, code string) {
	if r.nodes[n].kind == kindBad {
		return
	}
	r.wrong(n, code)
	r.mark(r.path(n), true)
	r.nodes[n].kind = kindBad
}

// object reports whether n is an object, and the fields of it that are not among those known.
func (r reader) object(n int32, fields ...string) bool {
	if r.nodes[n].kind != kindObject {
		r.unreadable(n, "not_an_object")
		return false
	}
	for c := r.nodes[n].first; c != none; c = r.nodes[c].next {
		if !contains(fields, r.nodes[c].key) {
			r.report(InputError{Path: r.path(c), Code: "unknown_field"})
		}
	}
	return true
}

func contains(list []string, s string) bool {
	for i := range list {
		if list[i] == s {
			return true
		}
	}
	return false
}

// table gives the first entry of a field that is an object with keys of the
// file's own choice, none if there is none or it is empty; given says whether it is there at all.
func (r reader) table(n int32, field string) (first int32, given bool) {
	c := r.child(n, field)
	if c == none {
		return none, false
	}
	if r.nodes[c].kind != kindObject {
		r.unreadable(c, "not_an_object")
		return none, true
	}
	for entry := r.nodes[c].first; entry != none; entry = r.nodes[entry].next {
		if r.nodes[entry].key == "" {
			r.wrongKey(entry)
		}
	}
	return r.nodes[c].first, true
}

func (r reader) wrongKey(n int32) {
	r.report(InputError{Path: r.path(n), Code: "empty_text"})
}

// list gives the first element of a field that is a list, none if there is none or it is empty.
func (r reader) list(n int32, field string) (first int32, given bool) {
	c := r.child(n, field)
	if c == none {
		return none, false
	}
	if r.nodes[c].kind != kindList {
		r.unreadable(c, "not_a_list")
		return none, true
	}
	return r.nodes[c].first, true
}

// text gives a field that is a text, empty if it is left out.
func (r reader) text(n int32, field string) string {
	c := r.child(n, field)
	if c == none {
		return ""
	}
	return r.textAt(c)
}

func (r reader) textAt(n int32) string {
	switch at := &r.nodes[n]; {
	case at.kind == kindBad:
	case at.kind != kindText:
		r.wrong(n, "not_a_text")
	case at.text == "":
		r.wrong(n, "empty_text")
	default:
		return at.text
	}
	return ""
}

// needText gives a field that is a text and must be there.
func (r reader) needText(n int32, field string) string {
	if r.child(n, field) == none {
		r.missing(n, field)
	}
	return r.text(n, field)
}

// number gives a field that is a figure, absent if it is left out.
func (r reader) number(n int32, field string) Number {
	c := r.child(n, field)
	if c == none {
		return Number{}
	}
	return r.numberAt(c)
}

func (r reader) numberAt(n int32) Number {
	at := &r.nodes[n]
	switch at.kind {
	case kindBad:
	case kindText, kindNumber:
		number, code := parseNumber(at.text)
		if code == "" {
			return number
		}
		r.wrong(n, code)
	default:
		r.wrong(n, "not_a_decimal")
	}
	return Number{}
}

// count gives a field that is a whole number of at least least; ok is false if
// it is left out or wrong.
func (r reader) count(n int32, field string, least int64) (count int64, ok bool) {
	c := r.child(n, field)
	if c == none {
		return 0, false
	}
	return r.countAt(c, least)
}

func (r reader) countAt(n int32, least int64) (int64, bool) {
	at := &r.nodes[n]
	if at.kind == kindBad {
		return 0, false
	}
	whole := strings.TrimPrefix(at.text, "-")
	if at.kind != kindNumber || !allDigits(whole) {
		r.wrong(n, "not_an_integer")
		return 0, false
	}
	count, err := strconv.ParseInt(at.text, 10, 64)
	switch {
	case err != nil || len(whole) > maxWhole:
		r.wrong(n, "too_many_digits")
		return 0, false
	case count < least:
		r.report(InputError{Path: r.path(n), Code: "too_small",
			Args: map[string]string{"value": at.text, "least": strconv.FormatInt(least, 10)}})
		return 0, false
	}
	return count, true
}

// needCount gives a field that is a whole number and must be there.
func (r reader) needCount(n int32, field string, least int64) (int64, bool) {
	if r.child(n, field) == none {
		r.missing(n, field)
	}
	return r.count(n, field, least)
}

// flag gives a field that is true or false; false if it is left out.
func (r reader) flag(n int32, field string) bool {
	c := r.child(n, field)
	if c == none || r.nodes[c].kind == kindBad {
		return false
	}
	if r.nodes[c].kind != kindBool {
		r.wrong(c, "not_true_or_false")
		return false
	}
	return r.nodes[c].text == "true"
}

// name gives a field that is a text, or {"zh","en"}.
func (r reader) name(n int32, field string) Text {
	c := r.child(n, field)
	if c == none || r.nodes[c].kind == kindBad {
		return Text{}
	}
	if r.nodes[c].kind != kindObject {
		text := r.textAt(c)
		return Text{Zh: text, En: text}
	}
	r.object(c, Chinese, English)
	return Text{Zh: r.needText(c, Chinese), En: r.needText(c, English)}
}
