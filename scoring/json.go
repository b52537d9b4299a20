package scoring

import (
	"strconv"
	"strings"
	"unicode"
)

// maxDepth is how deep a file may nest; the outermost object is 1.
const maxDepth = 64

// kind is what a value of a JSON document is.
type kind uint8

const (
	kindBad kind = iota // its fault is reported; nobody looks at it again
	kindObject
	kindList
	kindText
	kindNumber
	kindBool
)

// none is the index of no node.
const none int32 = -1

// node is one value of a document. Its text is a decoded text, or a number as written.
type node struct {
	kind        kind
	key         string // in its object
	text        string
	parent      int32
	position    int32 // in its list
	first, next int32 // child, sibling
}

// document is a parsed file: a tree in one slice, with every fault that was met.
type document struct {
	name   string // the path of the root
	nodes  []node
	errors InputErrors
	faulty map[string]bool // paths with a fault; true where nothing inside can be judged
}

// path says where a node stands: staff[3].segments[0].inputs.deposits.actual.
func (d *document) path(n int32) string {
	if n == 0 {
		return d.name
	}
	var b strings.Builder
	d.writePath(&b, n)
	return b.String()
}

func (d *document) writePath(b *strings.Builder, n int32) {
	if n == 0 {
		return
	}
	at := &d.nodes[n]
	d.writePath(b, at.parent)
	if d.nodes[at.parent].kind == kindList {
		b.WriteByte('[')
		b.WriteString(strconv.Itoa(int(at.position)))
		b.WriteByte(']')
		return
	}
	writeKey(b, at.key)
}

// pathTo says where the field of an object stands, or would stand.
func (d *document) pathTo(n int32, field string) string {
	var b strings.Builder
	d.writePath(&b, n)
	writeKey(&b, field)
	return b.String()
}

// writeKey appends .key, or ["key"] when it has signs that a path itself uses or that do not print.
func writeKey(b *strings.Builder, key string) {
	if !plainKey(key) {
		b.WriteByte('[')
		b.WriteString(strconv.Quote(key))
		b.WriteByte(']')
		return
	}
	if b.Len() > 0 {
		b.WriteByte('.')
	}
	b.WriteString(key)
}

func plainKey(key string) bool {
	for _, r := range key {
		if strings.ContainsRune(`.[]":`, r) || !unicode.IsPrint(r) || r == ' ' || r == unicode.ReplacementChar {
			return false
		}
	}
	return key != ""
}

// fail adds a fault.
func (d *document) fail(path, code string, args map[string]string) {
	d.errors = append(d.errors, InputError{Path: path, Code: code, Args: args})
	if code != "repeated_key" { // the first value of the key is judged nevertheless
		d.mark(path, false)
	}
}

func (d *document) mark(path string, broken bool) {
	if d.faulty == nil {
		d.faulty = map[string]bool{}
	}
	d.faulty[path] = d.faulty[path] || broken
}

// spoil reports a node that cannot be read, and that nobody looks into again.
func (d *document) spoil(n int32, code string) {
	path := d.path(n)
	d.fail(path, code, nil)
	d.mark(path, true)
	d.nodes[n].kind = kindBad
}

// reported says whether a fault stands at the path already, or around it one
// that leaves nothing inside to be judged.
func (d *document) reported(path string) bool {
	if len(d.faulty) == 0 {
		return false
	}
	if _, ok := d.faulty[path]; ok {
		return true
	}
	for i := range len(path) {
		if (path[i] == '.' || path[i] == '[') && d.faulty[path[:i]] {
			return true
		}
	}
	return false
}

// child finds the field of an object, none if it is not there.
func (d *document) child(n int32, field string) int32 {
	for c := d.nodes[n].first; c != none; c = d.nodes[c].next {
		if d.nodes[c].key == field {
			return c
		}
	}
	return none
}

// shown gives a value for a message: a text in quotes, anything else as written, never too long.
func (d *document) shown(n int32) string {
	at := &d.nodes[n]
	switch at.kind {
	case kindObject:
		return "{…}"
	case kindList:
		return "[…]"
	case kindText:
		return shownText(at.text)
	}
	return at.text
}

func shownText(text string) string {
	const longest = 60
	if runes := []rune(text); len(runes) > longest {
		text = string(runes[:longest]) + "…"
	}
	return strconv.Quote(text)
}
