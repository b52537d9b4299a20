package exports

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// page is how a sheet is printed.
type page struct {
	landscape bool
	onePage   bool
	titleRows int
	area      string // "$A$1:$H$40"
}

// openStream makes a sheet and its stream. What stands before the rows in the
// file is set first: later the library would silently drop it.
func (b *Book) openStream(sheet string, grid bool) (*excelize.StreamWriter, error) {
	yes, zoom := true, 90.0
	if err := b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return nil, err
	}
	if err := b.file.SetSheetView(sheet, 0, &excelize.ViewOptions{ZoomScale: &zoom, ShowGridLines: &grid}); err != nil {
		return nil, err
	}
	return b.file.NewStreamWriter(sheet)
}

// printSetup prepares a sheet for A4 paper, before its stream is closed.
func (b *Book) printSetup(sheet string, p page) error {
	f := b.file
	size, orientation, wide, high := 9, "portrait", 1, 0
	if p.landscape {
		orientation = "landscape"
	}
	if p.onePage {
		high = 1
	}
	err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high,
	})
	if err != nil {
		return err
	}
	if err := b.margins(sheet); err != nil {
		return err
	}
	return b.printNames(sheet, p)
}

func (b *Book) margins(sheet string) error {
	side, edge, head, yes := 0.4, 0.6, 0.3, true
	err := b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &edge, Bottom: &edge, Header: &head, Footer: &head, Horizontally: &yes,
	})
	if err != nil {
		return err
	}
	return b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddHeader: "&C&9 " + printed(b.words.Header), OddFooter: b.footer(),
	})
}

// footer is the run, the rules, the page and the time; a file takes 255 characters of it.
func (b *Book) footer() string {
	parts := []string{printed(b.info.RunID), printed(b.info.RuleVersion), b.words.Page, printed(b.info.GeneratedText)}
	return "&C&8 " + cutRunes(strings.Join(parts, " · "), 240)
}

// printed keeps an ampersand from being read as a code.
func printed(s string) string { return strings.ReplaceAll(s, "&", "&&") }

func (b *Book) printNames(sheet string, p page) error {
	if p.titleRows > 0 {
		err := b.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$%d", sheet, p.titleRows), Scope: sheet,
		})
		if err != nil {
			return err
		}
	}
	return b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("'%s'!%s", sheet, p.area), Scope: sheet,
	})
}
