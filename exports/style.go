package exports

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Look is what a cell is for; its colours and borders follow from it.
type Look uint8

// The looks.
const (
	Body     Look = iota // a row of a table
	Header               // the heading of a column
	Total                // a sum: bold, with a line above
	Title                // the title of a sheet
	Subtitle             // the line below it
	Section              // the heading of a block
	Label                // the name of a figure beside it
	Input                // a figure to be edited: pale yellow, blue
	Given                // a figure taken over as it is
	Computed             // a formula
	Strong               // a result that matters
	Fine                 // small print
	Link                 // leads to another sheet
	Plain                // text without a border
	Headline             // the result at the top of a card
)

const (
	blue      = "#0B5CAD"
	ink       = "#1F1F1F"
	paleBlue  = "#E8F1FB"
	paleGrey  = "#F4F6F8"
	yellow    = "#FFF9DB"
	lineGrey  = "#C9D1D9"
	inputBlue = "#0000C8"
	red       = "#B3261E"
	paleRed   = "#FDECEA"
)

type styleKey struct {
	look   Look
	format Format
	wrap   bool
}

// style gives the file's style for a look and a format, made when first needed.
func (b *Book) style(key styleKey) int {
	if id, ok := b.styles[key]; ok {
		return id
	}
	id, err := b.file.NewStyle(b.styleOf(key))
	if err != nil {
		b.fail(fmt.Errorf("exports: style: %w", err))
		return 0
	}
	b.styles[key] = id
	return id
}

func (b *Book) styleOf(key styleKey) *excelize.Style {
	s := &excelize.Style{
		Font:       &excelize.Font{Family: b.words.Font, Size: 10, Color: ink},
		Alignment:  &excelize.Alignment{Vertical: "center", WrapText: key.wrap},
		Protection: &excelize.Protection{Locked: key.look != Input},
	}
	if key.format.numeric() {
		s.Alignment.Horizontal = "right"
	} else if key.look != Title && key.look != Subtitle && key.look != Section {
		s.Alignment.Horizontal, s.Alignment.Indent = "left", 1
	}
	if code := key.format.code(); code != "General" {
		s.CustomNumFmt = &code
	}
	dress(s, key.look)
	return s
}

func dress(s *excelize.Style, look Look) {
	switch look {
	case Header:
		s.Font.Bold, s.Font.Color = true, "#FFFFFF"
		s.Fill = solid(blue)
		s.Alignment.Horizontal, s.Alignment.WrapText, s.Alignment.Indent = "center", true, 0
		s.Border = box()
	case Total:
		s.Font.Bold = true
		s.Border = box()
		s.Border[top] = excelize.Border{Type: "top", Color: ink, Style: 2}
	case Title:
		s.Font.Bold, s.Font.Size, s.Font.Color = true, 16, blue
	case Subtitle:
		s.Font.Color = "#525252"
	case Section:
		s.Font.Bold, s.Font.Size, s.Font.Color = true, 11, blue
		s.Border = []excelize.Border{{Type: "bottom", Color: blue, Style: 2}}
	case Label:
		s.Font.Color = "#454545"
		s.Fill, s.Border = solid(paleGrey), box()
	case Input:
		s.Font.Color = inputBlue
		s.Fill, s.Border = solid(yellow), box()
	case Strong:
		s.Font.Bold = true
		s.Fill, s.Border = solid(paleBlue), box()
	case Headline:
		s.Font.Bold, s.Font.Size, s.Font.Color = true, 13, blue
		s.Alignment.Horizontal, s.Alignment.Indent = "center", 0
		s.Fill, s.Border = solid(paleBlue), box()
	case Fine:
		s.Font.Size, s.Font.Color = 9, "#525252"
		s.Alignment.Vertical = "top"
	case Link:
		s.Font.Color, s.Font.Underline = blue, "single"
		s.Border = box()
	case Body, Given, Computed:
		s.Border = box()
	case Plain:
	}
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// top is the upper side in box.
const top = 3

// box is a thin grey line on every side.
func box() []excelize.Border {
	sides := make([]excelize.Border, 0, 4)
	for _, side := range []string{"left", "right", "bottom", "top"} {
		sides = append(sides, excelize.Border{Type: side, Color: lineGrey, Style: 1})
	}
	return sides
}
