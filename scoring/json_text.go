package scoring

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a quoted text. Its second result is the code of what is wrong with
// the characters of a text that could be read, empty if nothing is.
func (p *parser) text() (string, string) {
	p.pos++
	start, ascii := p.pos, true
	for p.pos < len(p.src) {
		switch c := p.src[p.pos]; {
		case c == '"':
			text := p.src[start:p.pos]
			p.pos++
			if !ascii && !utf8.ValidString(text) {
				return strings.ToValidUTF8(text, "\ufffd"), "not_utf8"
			}
			return text, ""
		case c == '\\':
			return p.escaped(start)
		case c < ' ':
			p.stop("control_character")
			return "", ""
		case c >= utf8.RuneSelf:
			ascii = false
		}
		p.pos++
	}
	p.stop("not_json")
	return "", ""
}

// escaped goes on with a text whose part from start to here has no escapes.
func (p *parser) escaped(start int) (string, string) {
	b, fault := []byte(p.src[start:p.pos]), ""
	for p.pos < len(p.src) {
		c := p.src[p.pos]
		p.pos++
		switch {
		case c == '"':
			text := string(b)
			switch {
			case !utf8.ValidString(text):
				return strings.ToValidUTF8(text, "\ufffd"), "not_utf8"
			case strings.IndexByte(text, 0) >= 0:
				return text, "nul"
			}
			return text, fault
		case c == '\\':
			var half bool
			if b, half = p.escape(b); half {
				fault = "not_utf8"
			}
			if p.failed {
				return "", ""
			}
		case c < ' ':
			p.pos--
			p.stop("control_character")
			return "", ""
		default:
			b = append(b, c)
		}
	}
	p.stop("not_json")
	return "", ""
}

// escape appends the character after a backslash; half says that it is half a pair of surrogates.
func (p *parser) escape(b []byte) (decoded []byte, half bool) {
	if p.pos >= len(p.src) {
		return b, false
	}
	c := p.src[p.pos]
	p.pos++
	if c != 'u' {
		at := strings.IndexByte(`"\/bfnrt`, c)
		if at < 0 {
			p.pos--
			p.stop("not_json")
			return b, false
		}
		return append(b, "\"\\/\b\f\n\r\t"[at]), false
	}
	r := p.hex()
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(b, r), false
	}
	if strings.HasPrefix(p.src[p.pos:], `\u`) {
		mark := p.pos
		p.pos += 2
		if pair := utf16.DecodeRune(r, p.hex()); pair != utf8.RuneError {
			return utf8.AppendRune(b, pair), false
		}
		p.pos = mark
	}
	return append(b, "\ufffd"...), true
}

func (p *parser) hex() rune {
	if p.pos+4 <= len(p.src) {
		if r, err := strconv.ParseUint(p.src[p.pos:p.pos+4], 16, 16); err == nil {
			p.pos += 4
			return rune(r)
		}
	}
	p.stop("not_json")
	return 0
}
