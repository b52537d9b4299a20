package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/server/strict"
)

// validatedBody is where the generated server looks for a body that was decoded
// already: it takes its keys as they are, where Go's decoder would fold their case.
const validatedBody = "x-oapi-codegen-validated-body"

// maxProblems are as many as an answer lists.
const maxProblems = 1000

var validation = &openapi3filter.Options{
	MultiError:          true,
	AuthenticationFunc:  openapi3filter.NoopAuthenticationFunc, // that is done before
	SkipSettingDefaults: true,
}

var validationOfUploads = &openapi3filter.Options{
	MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true, ExcludeRequestBody: true,
}

// validate compares a request with its schema. What is wrong with the path makes
// it one that does not exist, with the parameters one that is Malformed, and with
// the body one that is Invalid.
func (s *Server) validate(c *fiber.Ctx, op *operation, query url.Values, body []byte) error {
	path := map[string]string{}
	for name, value := range c.AllParams() {
		text, err := url.PathUnescape(value)
		if err != nil || !readable(text) {
			return fault.New(fault.NotFound, "server.not_found", nil)
		}
		path[name] = text
	}
	request := &http.Request{Method: op.method, URL: &url.URL{Path: c.Path()}, Header: http.Header{}}
	for _, p := range op.route.Operation.Parameters {
		if p.Value.In == openapi3.ParameterInHeader && c.Get(p.Value.Name) != "" {
			request.Header.Set(p.Value.Name, c.Get(p.Value.Name))
		}
	}
	input := &openapi3filter.RequestValidationInput{Request: request, PathParams: path, QueryParams: query, Route: op.route, Options: validation}
	if op.upload {
		input.Options = validationOfUploads
	} else if len(body) > 0 {
		request.Header.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		request.Body = io.NopCloser(bytes.NewReader(body))
		value, err := decode(body)
		if err != nil {
			return err
		}
		if problems := fractions("", value); len(problems) > 0 {
			return &fault.Error{Kind: fault.Invalid, Code: "request.invalid", Problems: problems}
		}
		c.Locals(validatedBody, value)
	}
	if err := openapi3filter.ValidateRequest(c.UserContext(), input); err != nil {
		return mismatch(err)
	}
	return op.spelt(path, query)
}

// whole is the one spelling of a whole number.
var whole = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)

// spelt refuses whole numbers of the path and the query that could be written
// shorter: one thing has one address.
func (o *operation) spelt(path map[string]string, query url.Values) error {
	for _, p := range o.route.Operation.Parameters {
		if p.Value.Schema == nil || !p.Value.Schema.Value.Type.Is(openapi3.TypeInteger) {
			continue
		}
		switch name := p.Value.Name; p.Value.In {
		case openapi3.ParameterInPath:
			if !whole.MatchString(path[name]) {
				return fault.New(fault.NotFound, "server.not_found", nil)
			}
		case openapi3.ParameterInQuery:
			if query.Has(name) && !whole.MatchString(query.Get(name)) {
				return parameterFault(name, "request.format")
			}
		}
	}
	return nil
}

func decode(body []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, fault.Wrap(err, fault.Malformed, "request.json", nil)
	}
	return value, nil
}

// fractions finds the numbers that are not written as whole ones: 1.0 is none. The
// contract has no others; figures are texts.
func fractions(path string, value any) (problems []fault.Problem) {
	switch value := value.(type) {
	case json.Number:
		if strings.Contains(value.String(), ".") {
			return []fault.Problem{{Path: path, Code: "request.type_of", Args: lang.Args{"type": typeNames[openapi3.TypeInteger]}}}
		}
	case []any:
		for i, one := range value {
			problems = append(problems, fractions(strict.Below(path, strconv.Itoa(i)), one)...)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			problems = append(problems, fractions(strict.Below(path, key), value[key])...)
		}
	}
	return problems
}

// mismatch says in the users' words how a request differs from the contract.
func mismatch(err error) error {
	made := &fault.Error{Kind: fault.Invalid, Code: "request.invalid", Cause: err}
	var all openapi3.MultiError
	if !errors.As(err, &all) {
		all = openapi3.MultiError{err}
	}
	for _, one := range all {
		var e *openapi3filter.RequestError
		if !errors.As(one, &e) {
			return err
		}
		switch {
		case e.Parameter == nil:
			made.Problems = append(made.Problems, problemsOf("", e.Err)...)
		case e.Parameter.In == openapi3.ParameterInPath:
			return fault.Wrap(err, fault.NotFound, "server.not_found", nil)
		default:
			made.Kind, made.Code, made.Args = fault.Malformed, "request.parameter", lang.Args{"parameter": e.Parameter.Name}
			made.Problems = append(made.Problems, problemsOf(e.Parameter.Name, e.Err)...)
		}
	}
	made.Problems = made.Problems[:min(len(made.Problems), maxProblems)]
	return made
}

// problemsOf gives every place at which a value breaks its schema.
func problemsOf(name string, err error) []fault.Problem {
	var all openapi3.MultiError
	if errors.As(err, &all) {
		var problems []fault.Problem
		for _, one := range all {
			problems = append(problems, problemsOf(name, one)...)
		}
		return problems
	}
	var e *openapi3.SchemaError
	switch {
	case errors.As(err, &e):
		return []fault.Problem{schemaProblem(name, e)}
	case errors.Is(err, openapi3filter.ErrInvalidRequired):
		return []fault.Problem{{Path: name, Code: "request.required"}}
	case errors.Is(err, openapi3filter.ErrInvalidEmptyValue):
		return []fault.Problem{{Path: name, Code: "request.empty"}}
	}
	return []fault.Problem{{Path: name, Code: "request.type"}}
}

var quoted = regexp.MustCompile(`^property ("(?:[^"\\]|\\.)*") is unsupported$`)

// schemaProblem names the place and the rule that it breaks.
func schemaProblem(name string, e *openapi3.SchemaError) fault.Problem {
	path := e.JSONPointer()
	if name != "" {
		path = append([]string{name}, path...)
	}
	p := fault.Problem{Code: "request.value"}
	switch s := e.Schema; e.SchemaField {
	case "required":
		p.Code = "request.required"
	case "properties":
		p.Code = "request.unknown_field"
		if found := quoted.FindStringSubmatch(e.Reason); found != nil {
			if key, err := strconv.Unquote(found[1]); err == nil {
				path = append(path, key)
			}
		}
	case "type", "nullable":
		p.Code = "request.type"
		if s.Type != nil {
			p.Code, p.Args = "request.type_of", lang.Args{"type": typeName(s)}
		}
	case "enum":
		p.Code, p.Args = "request.enum", lang.Args{"values": values(s.Enum)}
	case "minLength", "maxLength":
		p.Code, p.Args = "request.length", bounds(s.MinLength, s.MaxLength)
	case "minItems", "maxItems":
		p.Code, p.Args = "request.count", bounds(s.MinItems, s.MaxItems)
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		p.Code = "request.range"
	case "pattern", "format":
		p.Code = "request.format"
	case "uniqueItems":
		p.Code = "request.unique"
	}
	for _, key := range path {
		p.Path = strict.Below(p.Path, key)
	}
	return p
}

func bounds(least uint64, most *uint64) lang.Args {
	if most == nil {
		return lang.Args{"min": least, "max": "…"}
	}
	return lang.Args{"min": least, "max": *most}
}

func values(enum []any) string {
	words := make([]string, 0, len(enum))
	for _, value := range enum {
		if word, ok := value.(string); ok {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

func typeName(s *openapi3.Schema) lang.Text {
	for kind, name := range typeNames {
		if s.Type.Is(kind) {
			return name
		}
	}
	return lang.Text{Zh: "其他类型", En: "of another type"}
}

var typeNames = map[string]lang.Text{
	"string":  {Zh: "文字", En: "a text"},
	"integer": {Zh: "整数", En: "a whole number"},
	"number":  {Zh: "数字", En: "a number"},
	"boolean": {Zh: "true 或 false", En: "true or false"},
	"array":   {Zh: "列表", En: "a list"},
	"object":  {Zh: "对象", En: "an object"},
}

var _ = lang.Register(map[string]lang.Text{
	"request.required":      {Zh: "缺少这一项", En: "it is missing"},
	"request.empty":         {Zh: "不能为空", En: "it is empty"},
	"request.unknown_field": {Zh: "没有这个字段", En: "there is no such field"},
	"request.type":          {Zh: "类型不对", En: "it is of the wrong type"},
	"request.type_of":       {Zh: "应为{type}", En: "it must be {type}"},
	"request.enum":          {Zh: "应为以下之一：{values}", En: "it must be one of {values}"},
	"request.length":        {Zh: "长度须为 {min} 至 {max} 个字符", En: "it must have {min} to {max} characters"},
	"request.count":         {Zh: "须有 {min} 至 {max} 项", En: "it must have {min} to {max} entries"},
	"request.range":         {Zh: "超出范围", En: "it is out of range"},
	"request.format":        {Zh: "格式不对", En: "it is not written as it must be"},
	"request.unique":        {Zh: "各项不能重复", En: "its entries must differ"},
	"request.value":         {Zh: "值不对", En: "its value is not allowed"},
})
