package sheets

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// tagEnd gives the place of the ">" that ends the tag at pos; one inside an
// attribute's quotes does not.
func (m *markup) tagEnd() (int, error) {
	var quote byte
	for i := m.pos + 1; ; {
		for ; i < m.end; i++ {
			switch c := m.buffer[i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return i, nil
			case c == '<':
				return 0, broken("< inside a tag")
			}
		}
		offset := i - m.pos
		if err := m.fill(); err != nil {
			return 0, err
		}
		i = m.pos + offset
	}
}

// nameLength gives the length of the name that s begins with.
func nameLength(s []byte) int {
	for i, c := range s {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c >= utf8.RuneSelf:
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.' || c == ':'):
		default:
			return i
		}
	}
	return len(s)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func allBlank(s []byte) bool {
	for _, c := range s {
		if !isBlank(c) {
			return false
		}
	}
	return true
}

// readAttributes reads the inside of a tag after its name into attrs.
func (m *markup) readAttributes(s []byte) error {
	m.attrs = m.attrs[:0]
	for {
		blanks := 0
		for blanks < len(s) && isBlank(s[blanks]) {
			blanks++
		}
		s = s[blanks:]
		if len(s) == 0 {
			return nil
		}
		if blanks == 0 {
			return broken("attributes without a blank between them")
		}
		var a attribute
		var err error
		if a, s, err = oneAttribute(s); err != nil {
			return err
		}
		for _, other := range m.attrs {
			if bytes.Equal(other.name, a.name) {
				return broken("attribute %.40q twice", a.name)
			}
		}
		if len(m.attrs) == attrsMost {
			return broken("too many attributes")
		}
		m.attrs = append(m.attrs, a)
	}
}

// oneAttribute reads name="value" and gives what follows it.
func oneAttribute(s []byte) (attribute, []byte, error) {
	length := nameLength(s)
	if length == 0 {
		return attribute{}, nil, broken("an attribute without a name")
	}
	a := attribute{name: s[:length]}
	s = bytes.TrimLeft(s[length:], " \t\r\n")
	if len(s) == 0 || s[0] != '=' {
		return a, nil, broken("an attribute without a value")
	}
	s = bytes.TrimLeft(s[1:], " \t\r\n")
	if len(s) == 0 || s[0] != '"' && s[0] != '\'' {
		return a, nil, broken("an attribute without quotes")
	}
	end := bytes.IndexByte(s[1:], s[0])
	if end < 0 {
		return a, nil, broken("an attribute without an end")
	}
	a.value = s[1 : 1+end]
	if bytes.IndexByte(a.value, '<') >= 0 {
		return a, nil, broken("< in an attribute")
	}
	if bytes.IndexByte(a.value, '&') >= 0 {
		if _, err := appendText(nil, a.value); err != nil {
			return a, nil, err
		}
	}
	return a, s[2+end:], checkCharacters(a.value)
}

// attr gives an attribute without a prefix as it stands; nil if there is none.
func (m *markup) attr(name string) []byte {
	for i := range m.attrs {
		if string(m.attrs[i].name) == name {
			return m.attrs[i].value
		}
	}
	return nil
}

// attribute gives an attribute's text, entities resolved.
func (m *markup) attribute(name string) string {
	value := m.attr(name)
	if bytes.IndexByte(value, '&') < 0 {
		return string(value)
	}
	text, _ := appendText(nil, value) // readAttributes has checked it
	return string(text)
}

// checkCharacters refuses what XML does not allow in text, broken entities included.
func checkCharacters(s []byte) error {
	plain := true
	for _, c := range s {
		if c < 0x20 && !isBlank(c) {
			return broken("control character %#x", c)
		}
		plain = plain && c < utf8.RuneSelf
	}
	if !plain && !utf8.Valid(s) {
		return errEncoding
	}
	return nil
}

// appendText appends s with its entities resolved.
func appendText(to, s []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(s, '&')
		if i < 0 {
			return append(to, s...), nil
		}
		to = append(to, s[:i]...)
		s = s[i+1:]
		end := bytes.IndexByte(s[:min(len(s), 12)], ';')
		if end < 0 {
			return nil, broken("an entity without an end")
		}
		r, ok := entity(string(s[:end]))
		if !ok {
			return nil, broken("unknown entity %q", s[:end])
		}
		to = utf8.AppendRune(to, r)
		s = s[end+1:]
	}
}

// entity gives the character of one of XML's five entities or of a number.
func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	legal := n <= utf8.MaxRune && utf8.ValidRune(r) && (r >= 0x20 || r == '\t' || r == '\n' || r == '\r') && r != 0xFFFE && r != 0xFFFF
	return r, err == nil && legal
}

// content gathers the text of the current element, which may have no others
// inside, up to and with its end tag.
func (m *markup) content(to []byte) ([]byte, error) {
	for {
		t, err := m.next()
		if err != nil {
			return to, err
		}
		switch t {
		case tokenEnd, tokenClose:
			return to, nil
		case tokenOpen:
			return to, broken("an element where text belongs")
		case tokenText:
			if m.cdata {
				to = append(to, m.text...)
			} else if to, err = appendText(to, m.text); err != nil {
				return to, err
			}
			if len(to) > tokenMost {
				return to, broken("a text is too long")
			}
		}
	}
}

// skip passes over the rest of the current element.
func (m *markup) skip() error {
	for depth := 1; depth > 0; {
		t, err := m.next()
		if err != nil {
			return err
		}
		switch t {
		case tokenOpen:
			depth++
		case tokenClose:
			depth--
		default: // text, passed over; the end of the document is an error before it
		}
	}
	return nil
}

// children calls visit for every element in the current one; visit reads the
// child to its end.
func (m *markup) children(visit func() error) error {
	for {
		t, err := m.next()
		if err != nil {
			return err
		}
		switch t {
		case tokenOpen:
			if err := visit(); err != nil {
				return err
			}
		case tokenEnd, tokenClose:
			return nil
		case tokenText: // blanks, and what stands where no text belongs
		}
	}
}

// root reads the root's start tag, whose name and namespace must be as given.
func (m *markup) root(name string, namespaces ...string) error {
	if _, err := m.next(); err != nil {
		return err
	}
	if string(m.name) != name {
		return broken("the root is %.40q", m.name)
	}
	for _, namespace := range namespaces {
		if string(m.namespace) == namespace {
			return nil
		}
	}
	return broken("the namespace is %.80q", m.namespace)
}

// finished checks that nothing follows the root, to the last byte of the source.
func (m *markup) finished() error {
	t, err := m.next()
	if err == nil && t != tokenEnd {
		return broken("something follows the root")
	}
	return err
}
