package exports

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"
)

// formDecorations sets what is more than cells; after the sheet is closed it would be lost.
func (b *Book) formDecorations(sheet string, f *Form) error {
	for _, n := range f.names {
		err := b.file.SetDefinedName(&excelize.DefinedName{
			Name: n.name, RefersTo: fmt.Sprintf("'%s'!%s", sheet, n.at.Fixed()), Scope: sheet,
		})
		if err != nil {
			return fmt.Errorf("name %s: %w", n.name, err)
		}
	}
	if err := b.remarks(sheet, f.remarks); err != nil {
		return err
	}
	for _, draw := range f.charts {
		if err := b.draw(sheet, draw(sheet)); err != nil {
			return err
		}
	}
	if err := b.alarms(sheet, f.alarms); err != nil {
		return err
	}
	for _, at := range slices.SortedFunc(maps.Keys(f.links), compareAt) {
		err := b.file.SetCellHyperLink(sheet, at.String(), fmt.Sprintf("'%s'!A1", f.links[at]), "Location")
		if err != nil {
			return err
		}
	}
	if f.Protected {
		err := b.file.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
			SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
		})
		if err != nil {
			return err
		}
	}
	return b.printSetup(sheet, f.page())
}

func compareAt(a, b At) int {
	return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column))
}

func (f *Form) page() page {
	to := f.PrintTo
	if to == (At{}) {
		to = f.last
	}
	return page{
		landscape: f.Landscape, onePage: f.OnePage, titleRows: f.TitleRows,
		area: "$A$1:" + to.Fixed(),
	}
}

// remarks adds comments; an empty one says that the figure is exact where a formula is not.
func (b *Book) remarks(sheet string, remarks []remark) error {
	for _, r := range remarks {
		text := r.text
		if text == "" {
			text = b.words.ExactFigure
		}
		err := b.file.AddComment(sheet, excelize.Comment{
			Cell: r.at.String(), Author: b.info.SystemVersion, Width: 260, Height: 90,
			Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: b.words.Font, Size: 9}}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) alarms(sheet string, alarms []alarm) error {
	if len(alarms) == 0 {
		return nil
	}
	style, err := b.file.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Color: red, Bold: true}, Fill: solid(paleRed),
	})
	if err != nil {
		return err
	}
	for _, a := range alarms {
		err := b.file.SetConditionalFormat(sheet, a.at.String(), []excelize.ConditionalFormatOptions{
			{Type: "formula", Criteria: a.formula, Format: &style},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
