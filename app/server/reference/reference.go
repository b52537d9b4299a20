// Package reference writes the contract as a page that people read: without
// scripts, from what the program carries with it, in both languages.
package reference

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/steelyard/steelyard/app/lang"
)

//go:embed reference.css
var style []byte

//go:embed reference.html
var text string

var pages = template.Must(template.New("reference").Parse(text))

// Style is the page's style sheet.
func Style() []byte { return style }

// Code is a stable code that any operation may answer with.
type Code struct {
	Status int
	Code   string
}

// Write gives the page in a language. The codes are those that every operation may answer with.
func Write(doc *openapi3.T, codes []Code, l lang.Language) ([]byte, error) {
	p := &page{Lang: l, Other: lang.En, Title: doc.Info.Title, Base: doc.Servers[0].URL}
	p.Description = p.words(doc.Info.Extensions, "description", doc.Info.Description)
	if l == lang.En {
		p.Other = lang.Zh
	}
	for _, c := range codes {
		p.Codes = append(p.Codes, p.code(c.Status, c.Code))
	}
	for _, t := range doc.Tags {
		p.Groups = append(p.Groups, group{
			Name: t.Name, Title: p.words(t.Extensions, "name", t.Name), Description: p.words(t.Extensions, "description", t.Description),
			Operations: p.operationsOf(doc, t.Name),
		})
	}
	for _, name := range sorted(doc.Components.Schemas) {
		p.Schemas = append(p.Schemas, p.schema(name, doc.Components.Schemas[name].Value))
	}
	var b bytes.Buffer
	if err := pages.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("writing the reference: %w", err)
	}
	return b.Bytes(), nil
}

// page is what the template shows.
type page struct {
	Lang, Other              lang.Language
	Title, Description, Base string
	Groups                   []group
	Schemas                  []schema
	Codes                    []code
}

// Say gives a message of the page.
func (p *page) Say(name string) string { return lang.Say(p.Lang, "reference."+name, nil) }

type group struct {
	Name, Title, Description string
	Operations               []operation
}

type operation struct {
	ID, Method, Path, Summary, Description string
	Permission                             string // what it needs, in the page's words
	Function                               string // the permission's name, if it needs one
	Parameters                             []property
	Body                                   *content
	Answers                                []answer
	Codes                                  []code
}

type answer struct {
	Status  string
	Content *content
}

// content is a body: what sort, of what schema, and how one looks.
type content struct {
	Kind    string
	Type    kind
	Example string
}

type code struct {
	Status        int
	Code, Message string
}

func (p *page) operationsOf(doc *openapi3.T, tag string) []operation {
	var all []operation
	for _, path := range sorted(doc.Paths.Map()) {
		item := doc.Paths.Value(path)
		operations := item.Operations()
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			if op := operations[method]; op != nil && slices.Contains(op.Tags, tag) {
				all = append(all, p.operation(method, doc.Servers[0].URL+path, op))
			}
		}
	}
	return all
}

func (p *page) operation(method, path string, op *openapi3.Operation) operation {
	o := operation{ID: op.OperationID, Method: method, Path: path, Summary: p.words(op.Extensions, "summary", op.Summary), Description: op.Description}
	switch permission, _ := op.Extensions["x-permission"].(string); permission {
	case "public":
		o.Permission = p.Say("public")
	case "signed-in":
		o.Permission = p.Say("signed_in")
	default:
		o.Permission, o.Function = p.Say("needs"), permission
	}
	for _, parameter := range op.Parameters {
		o.Parameters = append(o.Parameters, p.parameter(parameter.Value))
	}
	if op.RequestBody != nil {
		o.Body = p.content(op.RequestBody.Value.Content)
	}
	for _, status := range sorted(op.Responses.Map()) {
		if status == "default" {
			continue // every operation has the same, said once
		}
		response := op.Responses.Value(status).Value
		o.Answers = append(o.Answers, answer{status, p.content(response.Content)})
	}
	codes, _ := op.Extensions["x-codes"].([]any)
	for _, c := range codes {
		if name, ok := c.(string); ok {
			o.Codes = append(o.Codes, p.code(0, name))
		}
	}
	return o
}

// words gives a text of the contract in the page's language: the contract is
// written in English and says its titles in Chinese beside it.
func (p *page) words(extensions map[string]any, what, english string) string {
	if chinese, ok := extensions["x-"+what+"-zh"].(string); ok && p.Lang == lang.Zh {
		return chinese
	}
	return english
}

// code gives a code with what it says; what it names is left open.
func (p *page) code(status int, name string) code {
	message, ok := lang.Lookup(name)
	if !ok {
		return code{Status: status, Code: name}
	}
	return code{status, name, strings.NewReplacer("{", "⟨", "}", "⟩").Replace(message.In(p.Lang))}
}

func (p *page) content(of openapi3.Content) *content {
	for _, name := range sorted(of) {
		if of[name].Schema == nil {
			continue
		}
		c := &content{Kind: name, Type: p.kindOf(of[name].Schema)}
		if strings.HasSuffix(name, "json") {
			c.Example = example(of[name].Schema.Value)
		}
		return c
	}
	return nil
}

func (p *page) parameter(of *openapi3.Parameter) property {
	made := p.property(of.Name, of.Schema, of.Required)
	made.In = p.Say("in_" + of.In)
	if of.Description != "" {
		made.Description = of.Description
	}
	return made
}

func sorted[V any](of map[string]V) []string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// table is what the templates of tables take.
type table struct {
	P     *page
	Label string
	Rows  any
	In    bool // with the column that not all have
}

// Table, Kind and Content hand the page down to a template with what it shows.
func (p *page) Table(label string, rows any, in bool) table { return table{p, p.Say(label), rows, in} }

// Kind hands a type down.
func (p *page) Kind(of kind) any {
	return struct {
		P *page
		T kind
	}{p, of}
}

// Content hands a body down.
func (p *page) Content(of *content) any {
	return struct {
		P *page
		C *content
	}{p, of}
}
