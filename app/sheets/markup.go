package sheets

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

type token int

const (
	tokenEnd   token = iota // of the document
	tokenOpen               // a start tag; an empty element gives its tokenClose next
	tokenClose              // an end tag
	tokenText
)

const (
	markupBuffer = 64 << 10
	tokenMost    = 1 << 20 // bytes of one tag, text or comment
	depthMost    = 128
	attrsMost    = 256
)

var (
	errDTD      = errors.New("document type declaration")
	errEncoding = errors.New("not UTF-8")
)

// attribute is one attribute as it stands, entities not resolved.
type attribute struct{ name, value []byte }

// markup scans XML strictly and in one pass: UTF-8 only, no document type
// declaration and so no entities but the five of XML, tags that match, and
// nothing after the root. It allocates per document, not per element, which is
// why it is not encoding/xml. What it gives out is valid until the next call.
//
// Elements outside the namespace of the root have no name, so that readers pass
// over them.
type markup struct {
	source io.Reader
	buffer []byte
	pos    int
	end    int
	done   bool // the source is at its end
	begun  bool

	names  []byte // of the open elements, one after another
	starts []int  // where each of them begins

	prefix    []byte // of the root's namespace
	namespace []byte
	foreign   int // depth from which another namespace has the prefix; 0 for none

	name   []byte // local name of the element of an open or close token
	attrs  []attribute
	text   []byte // of a text token, as it stands
	cdata  bool   // the text is CDATA and has no entities
	closes bool   // the element just opened is empty
	scrap  []byte
}

func newMarkup(source io.Reader) *markup {
	return &markup{source: source, buffer: make([]byte, markupBuffer)}
}

func broken(format string, args ...any) error { return fmt.Errorf("markup: "+format, args...) }

// element gives the local name of the current element; "" for foreign ones.
func (m *markup) element() string { return string(m.name) }

// fill reads more, keeping what is from pos on.
func (m *markup) fill() error {
	if m.done {
		return io.ErrUnexpectedEOF
	}
	if m.pos > 0 {
		copy(m.buffer, m.buffer[m.pos:m.end])
		m.end -= m.pos
		m.pos = 0
	}
	if m.end == len(m.buffer) {
		if m.end >= tokenMost {
			return broken("a token is too long")
		}
		m.buffer = append(m.buffer, make([]byte, len(m.buffer))...)
	}
	n, err := io.ReadAtLeast(m.source, m.buffer[m.end:], 1)
	m.end += n
	if errors.Is(err, io.EOF) {
		m.done = true
		return io.ErrUnexpectedEOF
	}
	return err
}

// find gives the place of the first mark after pos+from, reading on for it.
func (m *markup) find(mark string, from int) (int, error) {
	for {
		if m.pos+from <= m.end {
			if i := bytes.Index(m.buffer[m.pos+from:m.end], []byte(mark)); i >= 0 {
				return m.pos + from + i, nil
			}
			from = max(from, m.end-m.pos-len(mark)+1)
		}
		if err := m.fill(); err != nil {
			return 0, err
		}
	}
}

// begin looks at the first bytes: a byte order mark of UTF-8 may stand there.
func (m *markup) begin() error {
	m.begun = true
	for m.end < 4 {
		if err := m.fill(); err != nil {
			return err
		}
	}
	head := m.buffer[:4]
	switch {
	case bytes.HasPrefix(head, []byte(utf8BOM)):
		m.pos = 3
	case head[0] == 0xFE, head[0] == 0xFF, head[0] == 0, head[1] == 0:
		return errEncoding
	}
	for m.end-m.pos < 2 {
		if err := m.fill(); err != nil {
			return err
		}
	}
	if string(m.buffer[m.pos:m.pos+2]) == "<?" {
		return m.declaration()
	}
	return nil
}

// declaration reads <?xml …?>; any other instruction is left where it is.
func (m *markup) declaration() error {
	end, err := m.find("?>", 2)
	if err != nil {
		return err
	}
	inside := m.buffer[m.pos+2 : end]
	if !bytes.HasPrefix(inside, []byte("xml")) || len(inside) < 4 || !isBlank(inside[3]) {
		return nil
	}
	if err := m.readAttributes(bytes.TrimRight(inside[3:], " \t\r\n")); err != nil {
		return err
	}
	m.pos = end + 2
	for _, a := range m.attrs {
		switch {
		case string(a.name) == "version" && string(a.value) != "1.0":
			return broken("version %q", a.value)
		case string(a.name) == "encoding" && !bytes.EqualFold(a.value, []byte("utf-8")) && !bytes.EqualFold(a.value, []byte("us-ascii")):
			return errEncoding
		}
	}
	return nil
}

// next gives the next token.
func (m *markup) next() (token, error) {
	if m.closes {
		m.closes = false
		m.pop()
		return tokenClose, nil
	}
	if !m.begun {
		if err := m.begin(); err != nil {
			return 0, err
		}
	}
	for {
		if m.pos == m.end {
			if err := m.fill(); err != nil {
				return m.finish(err)
			}
		}
		if m.buffer[m.pos] != '<' {
			t, err := m.readText()
			if t != 0 || err != nil {
				return t, err
			}
			continue
		}
		t, err := m.readTag()
		if t != 0 || err != nil {
			return t, err
		}
	}
}

// finish tells whether the document may end here.
func (m *markup) finish(err error) (token, error) {
	if m.done && m.pos == m.end && len(m.starts) == 0 && m.namespace != nil {
		return tokenEnd, nil
	}
	return 0, err
}

// readText reads up to the next tag. Outside the root there may only be blanks,
// which give no token.
func (m *markup) readText() (token, error) {
	outside := len(m.starts) == 0
	end, err := m.find("<", 0)
	if err != nil {
		if !outside || !m.done || !allBlank(m.buffer[m.pos:m.end]) {
			return 0, err
		}
		end = m.end
	}
	m.text, m.cdata = m.buffer[m.pos:end], false
	m.pos = end
	if outside {
		if !allBlank(m.text) {
			return 0, broken("text outside the root")
		}
		return 0, nil
	}
	if bytes.IndexByte(m.text, '&') >= 0 {
		if m.scrap, err = appendText(m.scrap[:0], m.text); err != nil {
			return 0, err
		}
	}
	return tokenText, checkCharacters(m.text)
}

// readTag reads what begins with "<"; comments and instructions give no token.
func (m *markup) readTag() (token, error) {
	for m.end-m.pos < 2 {
		if err := m.fill(); err != nil {
			return 0, err
		}
	}
	switch m.buffer[m.pos+1] {
	case '/':
		return m.readClose()
	case '?':
		return 0, m.passOver("?>", 2)
	case '!':
		return m.readDeclared()
	}
	return m.readOpen()
}

func (m *markup) passOver(mark string, from int) error {
	end, err := m.find(mark, from)
	if err != nil {
		return err
	}
	inside := m.buffer[m.pos+from : end]
	m.pos = end + len(mark)
	return checkCharacters(inside)
}

// readDeclared reads what begins with "<!": comments and CDATA. All else is, or
// belongs to, a document type declaration.
func (m *markup) readDeclared() (token, error) {
	const open = "<![CDATA["
	for m.end-m.pos < len(open) {
		if err := m.fill(); err != nil {
			return 0, err
		}
	}
	head := m.buffer[m.pos:]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		return 0, m.passOver("-->", 4)
	case !bytes.HasPrefix(head, []byte(open)):
		return 0, errDTD
	case len(m.starts) == 0:
		return 0, broken("text outside the root")
	}
	end, err := m.find("]]>", len(open))
	if err != nil {
		return 0, err
	}
	m.text, m.cdata = m.buffer[m.pos+len(open):end], true
	m.pos = end + 3
	return tokenText, checkCharacters(m.text)
}

func (m *markup) readClose() (token, error) {
	end, err := m.find(">", 2)
	if err != nil {
		return 0, err
	}
	name := bytes.TrimRight(m.buffer[m.pos+2:end], " \t\r\n")
	if len(m.starts) == 0 || !bytes.Equal(name, m.names[m.starts[len(m.starts)-1]:]) {
		return 0, broken("end tag %.40q does not match", name)
	}
	m.pos = end + 1
	m.pop()
	return tokenClose, nil
}

// pop ends the innermost element.
func (m *markup) pop() {
	depth := len(m.starts)
	start := m.starts[depth-1]
	m.scrap = append(m.scrap[:0], m.names[start:]...)
	m.name = m.local(m.scrap)
	m.names, m.starts = m.names[:start], m.starts[:depth-1]
	if m.foreign == depth {
		m.foreign = 0
	}
}

// local gives the part of a name after the root's prefix; nil for other names.
func (m *markup) local(name []byte) []byte {
	if m.foreign > 0 {
		return nil
	}
	colon := bytes.IndexByte(name, ':')
	if len(m.prefix) == 0 {
		if colon >= 0 {
			return nil
		}
		return name
	}
	if colon < 0 || !bytes.Equal(name[:colon], m.prefix) {
		return nil
	}
	return name[colon+1:]
}

func (m *markup) readOpen() (token, error) {
	if len(m.starts) == 0 && m.namespace != nil {
		return 0, broken("a second root")
	}
	if len(m.starts) == depthMost {
		return 0, broken("too deep")
	}
	end, err := m.tagEnd()
	if err != nil {
		return 0, err
	}
	tag := m.buffer[m.pos+1 : end]
	m.pos = end + 1
	if !utf8.Valid(tag) {
		return 0, errEncoding
	}
	if m.closes = len(tag) > 0 && tag[len(tag)-1] == '/'; m.closes {
		tag = tag[:len(tag)-1]
	}
	length := nameLength(tag)
	if length == 0 {
		return 0, broken("a tag without a name")
	}
	if err := m.readAttributes(tag[length:]); err != nil {
		return 0, err
	}
	m.starts = append(m.starts, len(m.names))
	m.names = append(m.names, tag[:length]...)
	m.resolve(tag[:length])
	m.name = m.local(tag[:length])
	return tokenOpen, nil
}

// resolve follows the namespace of the root: what its prefix is bound to.
func (m *markup) resolve(name []byte) {
	if m.namespace == nil {
		m.prefix = nil
		if colon := bytes.IndexByte(name, ':'); colon >= 0 {
			m.prefix = bytes.Clone(name[:colon])
		}
		m.namespace = []byte{}
		if bound, ok := m.binding(); ok {
			m.namespace = bytes.Clone(bound)
		}
		return
	}
	if m.foreign == 0 && len(m.attrs) > 0 {
		if bound, ok := m.binding(); ok && !bytes.Equal(bound, m.namespace) {
			m.foreign = len(m.starts)
		}
	}
}

// binding gives the namespace that this tag binds the root's prefix to.
func (m *markup) binding() ([]byte, bool) {
	for _, a := range m.attrs {
		rest, found := bytes.CutPrefix(a.name, []byte("xmlns"))
		if !found {
			continue
		}
		if len(m.prefix) == 0 && len(rest) == 0 || len(rest) > 1 && rest[0] == ':' && bytes.Equal(rest[1:], m.prefix) {
			return a.value, true
		}
	}
	return nil, false
}
