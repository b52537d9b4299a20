package sheets

import (
	"bytes"
	"io"
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

// encodingCheck is written a whole text and then tells its encoding and line
// ends. It looks at every byte: a text with one broken character is refused,
// never guessed at.
type encodingCheck struct {
	rest     []byte // a sequence that the last write cut in two
	begun    bool
	marked   bool      // begins with the UTF-8 byte order mark
	lines    lineCount // up to what was last looked at
	invalid  int       // bytes that are no UTF-8
	firstBad int       // line of the first of them
	wide     int       // valid sequences of three and more bytes, as Chinese has them
	gb       gbCheck
}

func (c *encodingCheck) Write(p []byte) (int, error) {
	if !c.begun {
		c.begun = true
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
			c.lines.take(data[0])
			data = data[1:]
			continue
		}
		if !last && !utf8.FullRune(data) {
			return data
		}
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			if c.invalid++; c.invalid == 1 {
				c.firstBad = c.lines.line()
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
	// What is no UTF-8 from the first character on is GB18030 up to its broken byte.
	return 0, refuse("file.encoding", lang.Args{"line": max(c.firstBad, c.gb.brokenAt())})
}

// gbCheck follows the byte structure of GB18030: one, two or four bytes.
type gbCheck struct {
	state    int // bytes of the open sequence so far
	broken   bool
	lines    lineCount
	firstBad int // line of the first broken byte
}

func (g *gbCheck) write(p []byte) {
	for _, b := range p {
		switch {
		case g.state == 0 && b < 0x80:
			g.lines.take(b)
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
			if !g.broken {
				g.broken, g.firstBad = true, g.lines.line()
			}
			g.state = 0
		}
	}
}

func (g *gbCheck) whole() bool { return !g.broken && g.state == 0 }

// brokenAt gives the line of the first broken byte; a sequence that is cut off
// is broken at the end.
func (g *gbCheck) brokenAt() int {
	if g.broken {
		return g.firstBad
	}
	return g.lines.line()
}

// lineCount counts the ends of lines: LF, CRLF, or CR alone, as old Macintoshes wrote.
type lineCount struct {
	feeds, returns int
}

func (l *lineCount) take(b byte) {
	switch b {
	case '\n':
		l.feeds++
	case '\r':
		l.returns++
	}
}

// line is the line reached, from 1.
func (l *lineCount) line() int {
	if l.feeds > 0 {
		return l.feeds + 1
	}
	return l.returns + 1
}

// bareReturns says whether lines end with CR alone.
func (l *lineCount) bareReturns() bool { return l.feeds == 0 && l.returns > 0 }

// returnsAsFeeds hands on a text with CR for the end of a line as one with LF.
type returnsAsFeeds struct{ source io.Reader }

func (r returnsAsFeeds) Read(p []byte) (int, error) {
	n, err := r.source.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
