package sheets

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/lang"
)

// sharedStrings are the texts of a workbook that its cells name by number, in
// one piece of memory.
type sharedStrings struct {
	all  string
	ends []uint32
}

func (s *sharedStrings) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	start := uint32(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	return s.all[start:s.ends[i]], true
}

// sharedStrings reads the table of shared strings.
func (a *archive) sharedStrings(part string, limits Limits) (*sharedStrings, error) {
	var all strings.Builder
	var one []byte
	s := &sharedStrings{}
	err := a.readLong(part, "sst", namespacesMain, func(m *markup) error {
		if m.element() != "si" {
			return m.skip()
		}
		if len(s.ends) == limits.Cells {
			return refuse("file.too_many_cells", lang.Args{"limit": limits.Cells})
		}
		var err error
		if one, err = m.richText(one[:0]); err != nil {
			return err
		}
		all.Write(unescape(one))
		s.ends = append(s.ends, uint32(all.Len())) // the unpacked size is far below 4 GiB
		return nil
	})
	s.all = all.String()
	return s, err
}

// richText gathers the text of an si or is element: plain, or in runs of
// different looks. Readings of Chinese and Japanese words are left out.
func (m *markup) richText(to []byte) ([]byte, error) {
	err := m.children(func() error {
		var err error
		switch string(m.name) {
		case "t":
			to, err = m.content(to)
		case "r":
			err = m.children(func() error {
				if string(m.name) != "t" {
					return m.skip()
				}
				to, err = m.content(to)
				return err
			})
		default:
			err = m.skip()
		}
		return err
	})
	return to, err
}

// unescape resolves _xHHHH_, by which workbooks write characters that XML
// cannot hold; it changes text in place.
func unescape(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	out := text[:0]
	for i := 0; i < len(text); {
		unit, ok := escaped(text[i:])
		if !ok {
			out = append(out, text[i])
			i++
			continue
		}
		r := rune(unit)
		i += 7
		if utf16.IsSurrogate(r) {
			low, _ := escaped(text[i:])
			if r = utf16.DecodeRune(r, rune(low)); r != utf8.RuneError {
				i += 7
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

func escaped(s []byte) (uint16, bool) {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(s[2:6]), 16, 16)
	return uint16(unit), err == nil
}
