package sheets

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/lang"
)

type encodingKind int

const (
	encodingUTF8 encodingKind = iota
	encodingGB18030
)

const utf8BOM = "\xEF\xBB\xBF"

// encodingCheck is written a whole text and then tells its encoding. It looks at
// every byte: a text with one broken character is refused, never guessed at.
type encodingCheck struct {
	rest     []byte // a sequence that the last write cut in two
	begun    bool
	marked   bool // begins with the UTF-8 byte order mark
	line     int  // of what was last looked at, from 1
	invalid  int  // bytes that are no UTF-8
	firstBad int  // line of the first of them
	wide     int  // valid sequences of three and more bytes, as Chinese has them
	gb       gbCheck
}

func (c *encodingCheck) Write(p []byte) (int, error) {
	if !c.begun {
		c.begun, c.line = true, 1
		c.marked = bytes.HasPrefix(p, []byte(utf8BOM))
	}
	c.gb.write(p)
	data := p
	if len(c.rest) > 0 {
		data = slices.Concat(c.rest, p)
	}
	c.rest = slices.Clone(c.scan(data, false))
	return len(p), nil
}

// scan counts the sequences of data and returns an unfinished one at its end.
func (c *encodingCheck) scan(data []byte, last bool) []byte {
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			if data[0] == '\n' {
				c.line++
			}
			data = data[1:]
			continue
		}
		if !last && !utf8.FullRune(data) {
			return data
		}
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			if c.invalid++; c.invalid == 1 {
				c.firstBad = c.line
			}
		} else if size >= 3 {
			c.wide++
		}
		data = data[size:]
	}
	return nil
}

// verdict gives the encoding. What is valid UTF-8 is UTF-8. What is mostly
// UTF-8 is broken UTF-8, although its bytes may happen to pass for GB18030.
func (c *encodingCheck) verdict() (encodingKind, error) {
	c.scan(c.rest, true)
	switch {
	case c.invalid == 0:
		return encodingUTF8, nil
	case c.marked || c.wide > 2*c.invalid:
		return 0, refuse("file.broken_utf8", lang.Args{"line": c.firstBad})
	case c.gb.whole():
		return encodingGB18030, nil
	}
	return 0, refuse("file.encoding", lang.Args{"line": c.firstBad})
}

// gbCheck follows the byte structure of GB18030: one, two or four bytes.
type gbCheck struct {
	state  int // bytes of the open sequence so far
	broken bool
}

func (g *gbCheck) write(p []byte) {
	for _, b := range p {
		switch {
		case g.state == 0 && b < 0x80:
		case g.state == 0 && b > 0x80 && b < 0xFF:
			g.state = 1
		case g.state == 1 && b >= '0' && b <= '9':
			g.state = 2
		case g.state == 1 && b >= 0x40 && b != 0x7F && b != 0xFF:
			g.state = 0
		case g.state == 2 && b > 0x80 && b < 0xFF:
			g.state = 3
		case g.state == 3 && b >= '0' && b <= '9':
			g.state = 0
		default:
			g.broken, g.state = true, 0
		}
	}
}

func (g *gbCheck) whole() bool { return !g.broken && g.state == 0 }
