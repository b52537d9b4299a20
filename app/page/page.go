// Package page cuts lists into pages: a cursor that carries where the last page
// ended, and orders from a list of those that are allowed.
package page

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// The limits of a page.
const (
	DefaultLimit = 50
	MaxLimit     = 200
)

// Query is what a caller asks of a list.
type Query struct {
	Limit  int    // DefaultLimit if 0; at most MaxLimit
	Cursor string // of the page before; empty for the first
	Sort   string // a name of the list's orders, with "-" before it for the other way round; empty for the first order
}

// Order is one way in which a list may be ordered. Column is trusted SQL that is
// never NULL; Int says that it is a number.
type Order struct {
	Name   string
	Column string
	Int    bool
}

// Plan is a query made ready: its condition and order in SQL. The list's key,
// unique and a number, decides between equals.
type Plan struct {
	Limit int
	order Order
	down  bool
	key   string
	after []any
}

// Plan checks the query against the orders that the list allows, the first being
// the one it has unasked. The key is trusted SQL, unique, and a number.
func (q Query) Plan(key string, allowed ...Order) (*Plan, error) {
	p := &Plan{Limit: q.Limit, key: key, order: allowed[0]}
	if p.Limit == 0 {
		p.Limit = DefaultLimit
	}
	if p.Limit < 1 || p.Limit > MaxLimit {
		return nil, fault.New(fault.Malformed, "page.limit", lang.Args{"max": MaxLimit})
	}
	if q.Sort != "" {
		name, down := strings.CutPrefix(q.Sort, "-")
		at := slices.IndexFunc(allowed, func(o Order) bool { return o.Name == name })
		if at < 0 {
			return nil, fault.New(fault.Malformed, "page.sort", lang.Args{"sort": q.Sort, "allowed": names(allowed)})
		}
		p.order, p.down = allowed[at], down
	}
	if q.Cursor != "" {
		if err := p.resume(q.Cursor); err != nil {
			return nil, fault.Wrap(err, fault.Malformed, "page.cursor", nil)
		}
	}
	return p, nil
}

func names(allowed []Order) string {
	all := make([]string, len(allowed))
	for i, o := range allowed {
		all[i] = o.Name
	}
	return strings.Join(all, ", ")
}

// mark is what a cursor holds.
type mark struct {
	Sort  string `json:"s"`
	Value any    `json:"v"`
	Key   any    `json:"k"`
}

func (p *Plan) sort() string {
	if p.down {
		return "-" + p.order.Name
	}
	return p.order.Name
}

func (p *Plan) resume(cursor string) error {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return err
	}
	var m mark
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return err
	}
	if m.Sort != p.sort() {
		return fmt.Errorf("the cursor is of the order %q", m.Sort)
	}
	value, err := typed(m.Value, p.order.Int)
	if err != nil {
		return err
	}
	key, err := typed(m.Key, true)
	if err != nil {
		return err
	}
	p.after = []any{value, value, key}
	return nil
}

// typed gives a value of a cursor as what its column holds.
func typed(v any, isInt bool) (any, error) {
	switch x := v.(type) {
	case json.Number:
		if isInt {
			return x.Int64()
		}
	case string:
		if !isInt && !strings.ContainsRune(x, 0) {
			return x, nil
		}
	}
	return nil, fmt.Errorf("a cursor with the value %v", v)
}

// Where is the condition that the rows of this page fulfil.
func (p *Plan) Where() schema.QueryWithArgs {
	if p.after == nil {
		return bun.SafeQuery("(1 = 1)")
	}
	than := ">"
	if p.down {
		than = "<"
	}
	return bun.SafeQuery(fmt.Sprintf("(%[1]s %[2]s ? OR (%[1]s = ? AND %[3]s > ?))", p.order.Column, than, p.key), p.after...)
}

// OrderBy is the order in SQL.
func (p *Plan) OrderBy() string {
	way := "ASC"
	if p.down {
		way = "DESC"
	}
	return p.order.Column + " " + way + ", " + p.key + " ASC"
}

// Fetch is how many rows to ask for: one more than the page holds says that there is another page.
func (p *Plan) Fetch() int { return p.Limit + 1 }

// Sort is the name of the order that the page is in, without its direction.
func (p *Plan) Sort() string { return p.order.Name }

// Next is the cursor after a row with a value of the order's column (a string or
// an int64) and a key.
func (p *Plan) Next(value any, key int64) string {
	text, err := json.Marshal(mark{p.sort(), value, key})
	if err != nil {
		panic(err) // strings and numbers can be written
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

var _ = lang.Register(map[string]lang.Text{
	"page.limit":  {Zh: "每页条数须为 1 至 {max}", En: "a page has 1 to {max} entries"},
	"page.sort":   {Zh: "不能按“{sort}”排序；可用：{allowed}", En: "this list cannot be sorted by {sort}; it can by {allowed}"},
	"page.cursor": {Zh: "分页游标无效；请从第一页开始", En: "the cursor is not one of this list; start again at its first page"},
})
