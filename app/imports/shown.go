package imports

import (
	"bytes"
	"encoding/json"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Field is one thing that the history of an entity, or a table of facts, keeps,
// and how people read it.
type Field struct {
	Name  string // for programs
	Title lang.Text
	From  string // its name in the history or the table; Name if left out
	Of    Named  // the value is the id of one of these, and is shown as its code
	Words string // what the codes of the messages begin with that say its values
}

func (f *Field) from() string {
	if f.From != "" {
		return f.From
	}
	return f.Name
}

// Named is what has a code beside its id.
type Named string

// What has codes. OfUnitPath: the ids of the units from the root down ("/1/4/").
const (
	OfUnit     Named = "unit"
	OfStaff    Named = "staff"
	OfMetric   Named = "metric"
	OfPeriod   Named = "period"
	OfUser     Named = "user"
	OfRole     Named = "role"
	OfUnitPath Named = "unit path"
)

// Value is what a field says of one thing; "" where it says nothing.
type Value struct {
	Field *Field
	Text  string
}

// In gives the value in words of a language.
func (v Value) In(l lang.Language) string {
	if v.Field.Words != "" {
		if text, ok := lang.Lookup(v.Field.Words + v.Text); ok {
			return text.In(l)
		}
	}
	return v.Text
}

// Values are an object of texts for programs, in their order.
type Values []Value

// MarshalJSON writes the values by the names of their fields.
func (v Values) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, value := range v {
		if i > 0 {
			b.WriteByte(',')
		}
		text, err := json.Marshal(value.Text)
		if err != nil {
			return nil, err
		}
		b.WriteString(`"` + value.Field.Name + `":`)
		b.Write(text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Did is what became of a thing.
type Did string

// What becomes of things.
const (
	Made    Did = "new"
	Changed Did = "changed"
	Ended   Did = "withdrawn"
)

// Difference is one thing that a batch made, changed or withdrew. What is new has
// no Before, what was withdrawn no After; of what changed both have the same
// fields, those that differ.
type Difference struct {
	Entity string `json:"entity"`
	Did    Did    `json:"did"`
	Row    int    `json:"row,omitempty"` // of the file
	Key    Values `json:"key"`           // what tells it apart, in codes
	Before Values `json:"before,omitempty"`
	After  Values `json:"after,omitempty"`
}

// Title gives the words of what changed.
func (d *Difference) Title() lang.Text {
	text, _ := lang.Lookup("import.entity." + d.Entity)
	return text
}

// differ keeps of both sides what people want to see: of a change, what differs;
// of what is new or withdrawn, what is not blank.
func (d *Difference) differ() {
	switch {
	case d.Before == nil:
		d.Did, d.After = Made, filled(d.After)
	case d.After == nil:
		d.Did, d.Before = Ended, filled(d.Before)
	default:
		d.Did = Changed
		var before, after Values
		for i, was := range d.Before {
			if is := d.After[i]; is.Text != was.Text {
				before, after = append(before, was), append(after, is)
			}
		}
		d.Before, d.After = before, after
	}
}

// filled drops blank values, and paths, which follow from the parent.
func filled(values Values) Values {
	var kept Values
	for _, v := range values {
		if v.Text != "" && v.Field.Of != OfUnitPath {
			kept = append(kept, v)
		}
	}
	return kept
}

// Subject is what is shown of an entity: what tells it apart, and the rest.
type Subject struct {
	Key, Fields []Field
	// Read is what it takes in the whole bank, besides reading batches, to see it; nothing if left out.
	Read rbac.Permission
}

// The fields that several tables have.
func periodField() Field {
	return Field{Name: "period", From: "period_id", Of: OfPeriod, Title: lang.Text{Zh: "考核期", En: "period"}}
}

// StaffField shows the staff number of an id.
func StaffField(from string) Field {
	return Field{Name: "staff_no", From: from, Of: OfStaff, Title: lang.Text{Zh: "工号", En: "staff number"}}
}

// UnitField shows the code of a unit's id.
func UnitField(from string) Field {
	return Field{Name: "unit_code", From: from, Of: OfUnit, Title: lang.Text{Zh: "机构代码", En: "unit"}}
}

// PositionField shows a position.
func PositionField(from string) Field {
	return Field{Name: "position", From: from, Title: lang.Text{Zh: "岗位", En: "position"}}
}
