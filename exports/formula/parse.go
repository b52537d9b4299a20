package formula

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrSyntax says that a formula cannot be read.
var ErrSyntax = errors.New("formula cannot be read")

// Sheet gives the evaluator the values of cells, counted from 1, and of names.
type Sheet interface {
	Value(column, row int) Value
	// Named gives the cell of a name.
	Named(name string) (column, row int, ok bool)
}

// Evaluate works a formula out in doubles. A formula that fails in a
// spreadsheet too ("#DIV/0!") is a Failure and no error.
func Evaluate(formula string, sheet Sheet) (Value, error) {
	p := &parser{text: formula, sheet: sheet}
	v, err := p.comparison()
	if err != nil {
		return Value{}, fmt.Errorf("%w at %d: %s: %w", ErrSyntax, p.at, formula, err)
	}
	if p.skip(); p.at < len(p.text) {
		return Value{}, fmt.Errorf("%w at %d: %s", ErrSyntax, p.at, formula)
	}
	return v.scalar(), nil
}

// area is an operand: one value, or those of a range row by row.
type area struct {
	values []Value
	width  int
}

func one(v Value) area { return area{values: []Value{v}, width: 1} }

// scalar is the value of an operand that stands for one.
func (a area) scalar() Value {
	if len(a.values) != 1 {
		return failure("#VALUE!")
	}
	if a.values[0].Kind == Blank {
		return Value{Kind: Number}
	}
	return a.values[0]
}

type parser struct {
	text  string
	at    int
	sheet Sheet
}

var errUnexpected = errors.New("unexpected sign")

func (p *parser) skip() {
	for p.at < len(p.text) && p.text[p.at] == ' ' {
		p.at++
	}
}

// take consumes the first of the given signs that stands next.
func (p *parser) take(signs ...string) string {
	p.skip()
	for _, s := range signs {
		if strings.HasPrefix(p.text[p.at:], s) {
			p.at += len(s)
			return s
		}
	}
	return ""
}

func (p *parser) comparison() (area, error) {
	left, err := p.sum()
	if err != nil {
		return left, err
	}
	op := p.take("<=", ">=", "<>", "<", ">", "=")
	if op == "" {
		return left, nil
	}
	right, err := p.sum()
	if err != nil {
		return right, err
	}
	return one(relation(op, left.scalar(), right.scalar())), nil
}

func relation(op string, a, b Value) Value {
	if failed, ok := firstFailure(a, b); ok {
		return failed
	}
	order := compare(a, b)
	switch op {
	case "<=":
		return truth(order <= 0)
	case ">=":
		return truth(order >= 0)
	case "<>":
		return truth(order != 0)
	case "<":
		return truth(order < 0)
	case ">":
		return truth(order > 0)
	}
	return truth(order == 0)
}

func (p *parser) sum() (area, error) {
	return p.chain(p.product, "+", "-")
}

func (p *parser) product() (area, error) {
	return p.chain(p.factor, "*", "/")
}

// chain reads operands of one strength from left to right.
func (p *parser) chain(next func() (area, error), signs ...string) (area, error) {
	left, err := next()
	for err == nil {
		op := p.take(signs...)
		if op == "" {
			return left, nil
		}
		var right area
		if right, err = next(); err == nil {
			left = one(operate(op, left.scalar(), right.scalar()))
		}
	}
	return left, err
}

func operate(op string, a, b Value) Value {
	if failed, ok := firstFailure(a, b); ok {
		return failed
	}
	if a.Kind == Text || b.Kind == Text {
		return failure("#VALUE!")
	}
	switch op {
	case "+":
		return number(minus(a.N, -b.N))
	case "-":
		return number(minus(a.N, b.N))
	case "*":
		return number(a.N * b.N)
	}
	if b.N == 0 {
		return failure("#DIV/0!")
	}
	return number(a.N / b.N)
}

func firstFailure(values ...Value) (Value, bool) {
	for _, v := range values {
		if v.Kind == Failure {
			return v, true
		}
	}
	return Value{}, false
}

func (p *parser) factor() (area, error) {
	p.skip()
	if p.at >= len(p.text) {
		return area{}, errUnexpected
	}
	switch c := p.text[p.at]; {
	case c == '-':
		p.at++
		operand, err := p.factor()
		return one(operate("*", number(-1), operand.scalar())), err
	case c == '(':
		p.at++
		inner, err := p.comparison()
		if err == nil && p.take(")") == "" {
			err = errUnexpected
		}
		return inner, err
	case c == '"':
		end := skipQuoted(p.text, p.at)
		inner := strings.ReplaceAll(p.text[p.at+1:end-1], `""`, `"`)
		p.at = end
		return one(Value{Kind: Text, S: inner}), nil
	case isDigit(c) || c == '.':
		return p.literal()
	case isLetter(c) || c == '$':
		return p.word()
	}
	return area{}, errUnexpected
}

func (p *parser) literal() (area, error) {
	end := p.at
	for end < len(p.text) && (isDigit(p.text[end]) || p.text[end] == '.') {
		end++
	}
	n, err := strconv.ParseFloat(p.text[p.at:end], 64)
	p.at = end
	return one(number(n)), err
}

// word reads a function call, a reference, a range or a name.
func (p *parser) word() (area, error) {
	word := p.identifier()
	if p.take("(") != "" {
		return p.call(strings.ToUpper(word))
	}
	column, row, ok := p.resolve(word)
	if !ok {
		return area{}, fmt.Errorf("unknown name %q", word)
	}
	if p.take(":") == "" {
		return one(p.sheet.Value(column, row)), nil
	}
	toColumn, toRow, ok := Reference(p.identifier())
	if !ok {
		return area{}, errUnexpected
	}
	a := area{width: toColumn - column + 1}
	for r := row; r <= toRow; r++ {
		for c := column; c <= toColumn; c++ {
			a.values = append(a.values, p.sheet.Value(c, r))
		}
	}
	return a, nil
}

func (p *parser) identifier() string {
	p.skip()
	end := p.at
	for end < len(p.text) && (isLetter(p.text[end]) || isDigit(p.text[end]) || p.text[end] == '$' || p.text[end] == '.') {
		end++
	}
	word := p.text[p.at:end]
	p.at = end
	return word
}

func (p *parser) resolve(word string) (column, row int, ok bool) {
	if column, row, ok = Reference(word); ok {
		return column, row, true
	}
	return p.sheet.Named(word)
}

// Reference reads a cell's name ("$B$7") as column and row.
func Reference(s string) (column, row int, ok bool) {
	s = strings.ReplaceAll(s, "$", "")
	i := 0
	for ; i < len(s) && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		column = column*26 + int(s[i]-'A') + 1
	}
	if i == 0 || i > 3 || i == len(s) {
		return 0, 0, false
	}
	row, err := strconv.Atoi(s[i:])
	return column, row, err == nil && row > 0
}
