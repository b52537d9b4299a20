package reports

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/exports"
)

// listKind is how a column's values are written into cells.
type listKind uint8

const (
	asText    listKind = iota
	asCode             // text that never becomes a number
	asFigure           // an exact decimal: a real number
	asCount            // a whole number
	asDay              // a calendar day
	asInstant          // an instant as the bank's clock shows it
	asWord             // one of the words of the API, said in the reader's language
)

// listColumn is a property of a list's rows.
type listColumn struct {
	name  string
	kind  listKind
	path  []string // where it stands in a row, if not under its name; "last" is the last of several
	item  string   // the key of an item whose score it holds
	title string   // its heading, if it has one of its own
	words string   // where the words of asWord begin in the catalogue of messages
}

// heading says what a column is.
func (c listColumn) heading(l lang.Language) string {
	if c.item != "" {
		return cmp.Or(c.title, c.item)
	}
	return lang.Say(l, "export.col."+c.name, nil)
}

// value gives what a row has there; nil for nothing.
func (c listColumn) value(row listRow) any {
	if c.item != "" {
		return row.score(c.item)
	}
	if c.path == nil {
		return row[c.name]
	}
	var at any = map[string]any(row)
	for _, step := range c.path {
		switch v := at.(type) {
		case map[string]any:
			at = v[step]
		case []any:
			if len(v) == 0 {
				return nil
			}
			at = v[len(v)-1]
		}
	}
	return at
}

// cell writes a value. What is not as its column says stays text: nothing is lost or made up.
func (c listColumn) cell(row listRow, l lang.Language, zone *time.Location) exports.Cell {
	v := c.value(row)
	text := plain(v)
	switch c.kind {
	case asFigure:
		if _, err := strconv.ParseFloat(text, 64); err == nil {
			return exports.Number(text).As(exports.DecimalOf(text))
		}
	case asCount:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return exports.Count(n)
		}
	case asDay:
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return exports.Day(day.Date())
		}
	case asInstant:
		if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
			return exports.String(at.In(zone).Format("2006-01-02 15:04:05"))
		}
	case asWord:
		if word, ok := lang.Lookup(c.words + text); ok {
			return exports.String(word.In(l))
		}
	}
	return exports.String(text)
}

// plain is a value as text; structures are in JSON.
func plain(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case json.Number:
		return x.String()
	case bool:
		return strconv.FormatBool(x)
	case []any:
		parts := make([]string, len(x))
		for i := range x {
			parts[i] = plain(x[i])
		}
		return strings.Join(parts, ", ")
	}
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}

func (k listKind) format() exports.Format {
	switch k {
	case asFigure:
		return exports.General
	case asCount:
		return exports.Int
	case asDay:
		return exports.Date
	case asCode:
		return exports.Code
	}
	return exports.Text
}

// width is how many characters a column of a kind needs, beside its heading.
func (c listColumn) width() float64 {
	switch {
	case c.kind == asInstant:
		return 20
	case c.kind == asDay:
		return 12
	case strings.HasSuffix(c.name, "name") || c.name == "reason" || c.name == "detail" || c.name == "file":
		return 22
	case c.name == "before" || c.name == "after" || c.name == "permissions":
		return 40
	}
	return 0
}

func last(property string) []string { return []string{"assignments", "last", property} }

// The columns of the lists, in the order in which an unknown one is told.
var (
	memberColumns = []listColumn{
		{name: "staff_no", kind: asCode}, {name: "name"}, {name: "unit", kind: asCode}, {name: "unit_name"}, {name: "position"},
	}
	resultColumns = append(memberColumns[:5:5],
		listColumn{name: "scorecard", kind: asCode}, listColumn{name: "status", kind: asWord, words: "export.word.status."}, listColumn{name: "reason"},
		listColumn{name: "base", kind: asFigure}, listColumn{name: "bonus", kind: asFigure}, listColumn{name: "deduction", kind: asFigure},
		listColumn{name: "total", kind: asFigure}, listColumn{name: "change", kind: asFigure}, listColumn{name: "grade", kind: asCode}, listColumn{name: "coefficient", kind: asFigure},
		listColumn{name: "rank", kind: asCount}, listColumn{name: "peers", kind: asCount})
	staffColumns = []listColumn{
		{name: "staff_no", kind: asCode}, {name: "name"}, {name: "pinyin"}, {name: "email"}, {name: "hired_on", kind: asDay},
		{name: "unit", kind: asCode, path: last("unit")}, {name: "unit_name", path: last("unit_name")}, {name: "position", path: last("position")},
		{name: "state", kind: asWord, words: "assignment.state.", path: last("state")}, {name: "from", kind: asDay, path: last("from")}, {name: "to", kind: asDay, path: last("to")},
	}
	userColumns = []listColumn{
		{name: "username", kind: asCode}, {name: "staff_no", kind: asCode}, {name: "name"}, {name: "email"},
		{name: "state", kind: asWord, words: "user.state."}, {name: "created_at", kind: asInstant},
	}
	grantColumns = []listColumn{
		{name: "id", kind: asCount}, {name: "username", kind: asCode}, {name: "role", kind: asCode}, {name: "unit", kind: asCode}, {name: "unit_name"},
		{name: "from", kind: asDay}, {name: "until", kind: asDay}, {name: "reason"}, {name: "granted_by", kind: asCode}, {name: "granted_at", kind: asInstant},
		{name: "revoked_by", kind: asCode}, {name: "revoked_at", kind: asInstant},
	}
	auditColumns = []listColumn{
		{name: "id", kind: asCount}, {name: "at", kind: asInstant}, {name: "actor", kind: asCode}, {name: "acting_for", kind: asCode},
		{name: "action", kind: asCode}, {name: "outcome", kind: asWord, words: "export.word.outcome."}, {name: "object", kind: asCode}, {name: "key", kind: asCode},
		{name: "detail"}, {name: "address", kind: asCode}, {name: "session", kind: asCode}, {name: "request_id", kind: asCode}, {name: "before"}, {name: "after"},
	}
	targetColumns = append(memberColumns[:5:5],
		listColumn{name: "metric", kind: asCode}, listColumn{name: "metric_name"}, listColumn{name: "unit_of_measure"},
		listColumn{name: "target", kind: asFigure}, listColumn{name: "baseline", kind: asFigure}, listColumn{name: "actual", kind: asFigure})
	assignmentColumns = []listColumn{
		{name: "staff_no", kind: asCode}, {name: "name"},
		{name: "unit", kind: asCode, path: segment("unit")}, {name: "unit_name", path: segment("unit_name")}, {name: "position", path: segment("position")},
		{name: "from", kind: asDay, path: segment("from")}, {name: "to", kind: asDay, path: segment("to")}, {name: "days", kind: asCount, path: segment("days")},
		{name: "scorecard", kind: asCode, path: segment("scorecard")}, {name: "flags"},
	}
	batchColumns = []listColumn{
		{name: "id", kind: asCount}, {name: "kind", kind: asWord, words: "export.word.kind."}, {name: "period", kind: asCode}, {name: "file"},
		{name: "new", kind: asCount}, {name: "changed", kind: asCount}, {name: "unchanged", kind: asCount}, {name: "withdrawn", kind: asCount}, {name: "wrong", kind: asCount},
		{name: "made_by", kind: asCode}, {name: "made_at", kind: asInstant}, {name: "undoes", kind: asCount}, {name: "undone_by", kind: asCount}, {name: "sha256", kind: asCode},
	}
)

func segment(property string) []string { return []string{"segments", "last", property} }
