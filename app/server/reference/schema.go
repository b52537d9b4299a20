package reference

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// schema is a named schema of the contract.
type schema struct {
	Name, Description string
	Type              kind
	Properties        []property
	Example           string
}

// property is one field of an object, or a parameter.
type property struct {
	Name, In, Description string
	Type                  kind
	Required              bool
	Rules                 []string
	Example               string
}

// kind names a type; of a list, or of a schema that stands elsewhere on the page.
type kind struct {
	List bool
	Name string
	Ref  string // the name of the schema, if it has one
}

func (p *page) schema(name string, of *openapi3.Schema) schema {
	made := schema{Name: name, Description: of.Description, Type: p.kindOf(&openapi3.SchemaRef{Value: of}), Example: example(of)}
	for _, field := range fields(of) {
		made.Properties = append(made.Properties, p.property(field, of.Properties[field], slices.Contains(of.Required, field)))
	}
	return made
}

// fields gives the names of an object's fields, the required ones first, in
// their order, and then the others.
func fields(of *openapi3.Schema) []string {
	names := slices.Clone(of.Required)
	for _, name := range sorted(of.Properties) {
		if !slices.Contains(of.Required, name) {
			names = append(names, name)
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return of.Properties[name] == nil })
}

func (p *page) property(name string, ref *openapi3.SchemaRef, required bool) property {
	made := property{Name: name, Type: p.kindOf(ref), Required: required, Rules: p.rules(ref.Value), Description: ref.Value.Description}
	if ref.Ref != "" {
		made.Rules, made.Description = nil, "" // they stand at the schema
	}
	if ref.Value.Example != nil {
		made.Example = fmt.Sprint(ref.Value.Example)
	}
	return made
}

func (p *page) kindOf(ref *openapi3.SchemaRef) kind {
	const schemas = "#/components/schemas/"
	s := ref.Value
	switch name, named := strings.CutPrefix(ref.Ref, schemas); {
	case named:
		return kind{Name: name, Ref: name}
	case s.Type.Is("array") && s.Items != nil:
		of := p.kindOf(s.Items)
		of.List = true
		return of
	case s.Type == nil || len(*s.Type) == 0:
		return kind{Name: p.Say("type_any")}
	case s.Format != "":
		return kind{Name: p.Say("type_"+(*s.Type)[0]) + " (" + s.Format + ")"}
	default:
		return kind{Name: p.Say("type_" + (*s.Type)[0])}
	}
}

// rules are what a value must keep to, beside its type.
func (p *page) rules(s *openapi3.Schema) []string {
	var rules []string
	add := func(name string, values ...any) {
		rules = append(rules, strings.TrimSpace(p.Say(name)+" "+strings.TrimSuffix(fmt.Sprintln(values...), "\n")))
	}
	if len(s.Enum) > 0 {
		words := make([]string, len(s.Enum))
		for i, value := range s.Enum {
			words[i] = fmt.Sprint(value)
		}
		add("rule_enum", strings.Join(words, ", "))
	}
	bound := func(name string, least uint64, most *uint64) {
		switch {
		case most != nil:
			add(name, fmt.Sprintf("%d–%d", least, *most))
		case least > 0:
			add(name, fmt.Sprintf("≥ %d", least))
		}
	}
	bound("rule_length", s.MinLength, s.MaxLength)
	bound("rule_items", s.MinItems, s.MaxItems)
	if s.Min != nil {
		add("rule_least", *s.Min)
	}
	if s.Max != nil {
		add("rule_most", *s.Max)
	}
	if s.Pattern != "" {
		add("rule_pattern", s.Pattern)
	}
	if s.Default != nil {
		add("rule_default", s.Default)
	}
	if s.Nullable {
		add("rule_null")
	}
	return rules
}

// deepest is how deep an example is shown.
const deepest = 6

// example writes how a value of a schema looks, from the examples of its fields.
func example(s *openapi3.Schema) string {
	text, err := json.MarshalIndent(valueOf(s, 0), "", "  ")
	if err != nil {
		return ""
	}
	return string(text)
}

func valueOf(s *openapi3.Schema, depth int) any {
	switch {
	case s.Example != nil:
		return s.Example
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Type.Is("array") && s.Items != nil && depth < deepest:
		return []any{valueOf(s.Items.Value, depth+1)}
	case s.Type.Is("object") && depth < deepest:
		return object(s, depth)
	case s.Type.Is("integer"), s.Type.Is("number"):
		return 1
	case s.Type.Is("boolean"):
		return true
	case s.Type.Is("array"):
		return []any{}
	case s.Type.Is("string"):
		return "…"
	}
	return map[string]any{}
}

// object gives an object of which json keeps the fields' order.
func object(s *openapi3.Schema, depth int) any {
	var o ordered
	for _, name := range fields(s) {
		o = append(o, field{name, valueOf(s.Properties[name].Value, depth+1)})
	}
	return o
}

type field struct {
	name  string
	value any
}

type ordered []field

// MarshalJSON writes the fields in their order.
func (o ordered) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(f.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(f.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}
