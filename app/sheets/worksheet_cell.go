package sheets

import "github.com/steelyard/steelyard/app/lang"

// readCell reads one cell into row, unless nobody wants its column, and gives
// its column. Its reference must be right of the cell before and in this row;
// damage counts in unwanted columns too.
func (s *worksheet) readCell(row *gridRow, before int) (int, error) {
	column := before + 1
	if ref := s.m.attr("r"); ref != nil {
		number, given, ok := place(ref)
		if !ok || number != row.number || given <= before {
			return 0, &sheetError{what: "cell", place: string(ref)}
		}
		column = given
	}
	if column >= lastColumn {
		return 0, &sheetError{what: "cell"}
	}
	c := cell{}
	var err error
	if c.format, err = s.format(s.m.attr("s")); err != nil {
		return 0, err
	}
	var stored storedCell
	if stored.kind, err = storedKindOf(s.m.attr("t")); err != nil {
		return 0, err
	}
	if err := s.m.children(func() error { return s.readPart(&stored) }); err != nil {
		return 0, err
	}
	wanted := true
	if s.wanted != nil {
		_, wanted = s.wanted.places[column]
	}
	if err := s.value(&c, &stored, wanted); err != nil {
		return 0, err
	}
	switch {
	case c.kind == cellBlank && !c.formula:
	case wanted:
		row.cells = append(row.cells, gridCell{column: column, cell: c})
	default:
		row.extra = true
	}
	return column, nil
}

// format gives what the style of a cell says about its number.
func (s *worksheet) format(style []byte) (numberFormat, error) {
	if len(style) == 0 {
		style = []byte{'0'}
	}
	i, ok := figure(style)
	switch {
	case !ok:
		return 0, &sheetError{what: "style", place: string(style)}
	case i < len(s.book.formats):
		return s.book.formats[i], nil
	case i == 0:
		return formatPlain, nil
	}
	return 0, &sheetError{what: "style", place: string(style)}
}

// storedCell is what stands inside a c element.
type storedCell struct {
	kind    storedKind
	formula bool
	value   bool // there was a v
	inline  bool // there was an is
	text    []byte
}

type storedKind uint8

const (
	storedNumber storedKind = iota
	storedShared
	storedText // the result of a formula
	storedInline
	storedBool
	storedFailed
	storedDate
)

func storedKindOf(t []byte) (storedKind, error) {
	switch string(t) {
	case "", "n":
		return storedNumber, nil
	case "s":
		return storedShared, nil
	case "str":
		return storedText, nil
	case "inlineStr":
		return storedInline, nil
	case "b":
		return storedBool, nil
	case "e":
		return storedFailed, nil
	case "d":
		return storedDate, nil
	}
	return 0, &sheetError{what: "kind", place: string(t)}
}

// readPart reads one child of a cell: value, inline text or formula.
func (s *worksheet) readPart(c *storedCell) error {
	var err error
	switch string(s.m.name) {
	case "v":
		if c.value {
			return broken("two values in a cell")
		}
		c.value = true
		if c.kind == storedInline {
			return s.m.skip()
		}
		s.text, err = s.m.content(s.text[:0])
		c.text = s.text
	case "is":
		if c.inline {
			return broken("two texts in a cell")
		}
		c.inline = true
		if c.kind != storedInline {
			return s.m.skip()
		}
		s.text, err = s.m.richText(s.text[:0])
		c.text = s.text
	case "f":
		if c.formula {
			return broken("two formulas in a cell")
		}
		c.formula = true
		s.formula, err = s.m.content(s.formula[:0])
		if err == nil && asksProgram(s.formula) {
			return refuse("file.active_content", lang.Args{"part": "DDE"})
		}
	default:
		return s.m.skip()
	}
	return err
}

// value turns what is stored into the cell. Text is kept only if it is wanted.
func (s *worksheet) value(c *cell, stored *storedCell, wanted bool) error {
	c.formula = stored.formula
	if stored.kind == storedShared && stored.value {
		i, ok := figure(stored.text)
		text, found := s.book.strings.at(i)
		if !ok || !found {
			return &sheetError{what: "string", place: string(stored.text)}
		}
		c.kind, c.text = cellText, text
		return nil
	}
	if len(stored.text) == 0 {
		if stored.formula && stored.value && stored.kind == storedText {
			c.kind = cellText // a formula whose result is the empty text
		}
		return nil
	}
	switch stored.kind {
	case storedNumber:
		c.kind = cellNumber
	case storedText, storedInline:
		c.kind = cellText
		stored.text = unescape(stored.text)
	case storedBool:
		c.kind = cellBool
	case storedFailed:
		c.kind = cellFailed
	case storedDate:
		c.kind = cellDate
	case storedShared: // without a number, which names no text
		return &sheetError{what: "string"}
	}
	if wanted {
		c.text = string(stored.text)
	}
	return nil
}
