package scoring

import (
	"strconv"
	"strings"
)

// parser reads one JSON text into a document. What is wrong inside a value that
// can still be read over is reported and read over; a text that is no JSON stops it.
type parser struct {
	*document
	src    string
	pos    int
	failed bool
}

// parse reads src into d, which keeps parts of src. It reports whether src is JSON.
func parse(d *document, src string) bool {
	p := parser{document: d, src: strings.TrimPrefix(src, "\ufeff")}
	d.nodes = d.nodes[:0]
	d.nodes = append(d.nodes, node{parent: none, first: none, next: none})
	p.value(0, 1)
	p.blank()
	if !p.failed && p.pos < len(p.src) {
		p.stop("trailing_data")
	}
	return !p.failed
}

// stop ends the reading with what is wrong at this place of the text.
func (p *parser) stop(code string) {
	if p.failed {
		return
	}
	p.failed = true
	before := p.src[:min(p.pos, len(p.src))]
	line := 1 + strings.Count(before, "\n")
	column := len(before) - strings.LastIndexByte(before, '\n')
	p.fail(p.name, code, map[string]string{"line": strconv.Itoa(line), "column": strconv.Itoa(column)})
}

func (p *parser) blank() {
	for p.pos < len(p.src) {
		switch p.src[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

// next skips blanks and gives the byte there without taking it, 0 at the end.
func (p *parser) next() byte {
	p.blank()
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return 0
}

// take takes c if it is next.
func (p *parser) take(c byte) bool {
	if p.next() == c && p.pos < len(p.src) {
		p.pos++
		return true
	}
	return false
}

// value reads a value into node n.
func (p *parser) value(n int32, depth int) {
	switch c := p.next(); {
	case c == '{' || c == '[':
		if depth > maxDepth {
			p.spoil(n, "too_deep")
			p.skip()
			return
		}
		if c == '{' {
			p.object(n, depth)
			return
		}
		p.list(n, depth)
	case c == '"':
		p.nodes[n].kind = kindText
		text, fault := p.text()
		p.nodes[n].text = text
		if fault != "" {
			p.spoil(n, fault)
		}
	case c == '-' || (c >= '0' && c <= '9'):
		p.number(n)
	default:
		p.word(n)
	}
}

func (p *parser) word(n int32) {
	rest := p.src[p.pos:]
	for _, word := range [...]string{"true", "false", "null"} {
		if !strings.HasPrefix(rest, word) {
			continue
		}
		p.pos += len(word)
		p.nodes[n].text = word
		p.nodes[n].kind = kindBool
		if word == "null" {
			p.spoil(n, "null")
		}
		return
	}
	p.stop("not_json")
}

// number reads a number of the JSON grammar as its text.
func (p *parser) number(n int32) {
	start := p.pos
	if p.src[p.pos] == '-' {
		p.pos++
	}
	whole := p.pos
	ok := p.digits()
	if ok && p.src[whole] == '0' && p.pos > whole+1 {
		ok = false
	}
	if ok && p.pos < len(p.src) && p.src[p.pos] == '.' {
		p.pos++
		ok = p.digits()
	}
	if ok && p.pos < len(p.src) && (p.src[p.pos] == 'e' || p.src[p.pos] == 'E') {
		p.pos++
		if p.pos < len(p.src) && (p.src[p.pos] == '+' || p.src[p.pos] == '-') {
			p.pos++
		}
		ok = p.digits()
	}
	if !ok {
		p.stop("not_json")
		return
	}
	p.nodes[n].kind = kindNumber
	p.nodes[n].text = p.src[start:p.pos]
}

func (p *parser) digits() bool {
	start := p.pos
	for p.pos < len(p.src) && p.src[p.pos] >= '0' && p.src[p.pos] <= '9' {
		p.pos++
	}
	return p.pos > start
}

// add makes the next child of a node.
func (p *parser) add(parent, last int32, key string, position int32) int32 {
	n := int32(len(p.nodes))
	p.nodes = append(p.nodes, node{key: key, parent: parent, position: position, first: none, next: none})
	if last == none {
		p.nodes[parent].first = n
	} else {
		p.nodes[last].next = n
	}
	return n
}

func (p *parser) list(n int32, depth int) {
	p.nodes[n].kind = kindList
	p.pos++
	if p.take(']') {
		return
	}
	last := none
	for position := int32(0); !p.failed; position++ {
		last = p.add(n, last, "", position)
		p.value(last, depth+1)
		if p.take(']') {
			return
		}
		if !p.take(',') {
			p.stop("not_json")
		}
	}
}

func (p *parser) object(n int32, depth int) {
	p.nodes[n].kind = kindObject
	p.pos++
	if p.take('}') {
		return
	}
	last, keys := none, keySet{}
	for !p.failed {
		if p.next() != '"' {
			p.stop("not_json")
			return
		}
		key, fault := p.text()
		if fault != "" {
			p.fail(p.pathTo(n, key), fault, nil)
		}
		if !p.take(':') {
			p.stop("not_json")
			return
		}
		last = p.member(n, last, key, depth, keys.repeated(p.document, n, key))
		if p.take('}') {
			return
		}
		if !p.take(',') {
			p.stop("not_json")
		}
	}
}

// member reads the value of a key. A key that was there already is reported and
// its value left out of the tree.
func (p *parser) member(n, last int32, key string, depth int, repeated bool) int32 {
	if !repeated {
		last = p.add(n, last, key, 0)
		p.value(last, depth+1)
		return last
	}
	p.fail(p.pathTo(n, key), "repeated_key", nil)
	aside := parser{document: &document{name: p.name}, src: p.src, pos: p.pos}
	aside.nodes = append(aside.nodes, node{parent: none, first: none, next: none})
	aside.value(0, depth+1)
	p.pos = aside.pos
	if aside.failed {
		p.failed = true
		p.errors = append(p.errors, aside.errors[len(aside.errors)-1])
	}
	return last
}

// keySet finds repeated keys: by looking through a small object, by a map in a large one.
type keySet struct {
	size int
	seen map[string]bool
}

func (k *keySet) repeated(d *document, n int32, key string) bool {
	const small = 16
	k.size++
	if k.size <= small {
		return d.child(n, key) != none
	}
	if k.seen == nil {
		k.seen = make(map[string]bool, 4*small)
		for c := d.nodes[n].first; c != none; c = d.nodes[c].next {
			k.seen[d.nodes[c].key] = true
		}
	}
	repeated := k.seen[key]
	k.seen[key] = true
	return repeated
}

// skip reads over an object or list without looking into it.
func (p *parser) skip() {
	for depth := 0; p.pos < len(p.src) && !p.failed; {
		switch p.src[p.pos] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			p.text()
			continue
		}
		p.pos++
		if depth == 0 {
			return
		}
	}
	p.stop("not_json")
}
