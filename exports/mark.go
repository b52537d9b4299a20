package exports

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Mark is a conditional format of a column or range.
type Mark uint8

// The marks.
const (
	NoMark Mark = iota
	Bars        // solid bars of one hue
	Icons       // tick, exclamation mark, cross: symbols and not traffic lights
	Scale       // blue over white to orange
)

const barHue = "#9CC3EA"

// options are the mark's conditional format.
func (m Mark) options() excelize.ConditionalFormatOptions {
	switch m {
	case Icons:
		return excelize.ConditionalFormatOptions{Type: "icon_set", IconStyle: "3Symbols2"}
	case Scale:
		return excelize.ConditionalFormatOptions{
			Type: "3_color_scale", Criteria: "=", MinType: "min", MidType: "percentile", MidValue: "50", MaxType: "max",
			MinColor: "#F2A25C", MidColor: "#FFFFFF", MaxColor: "#6BA5DC",
		}
	}
	return excelize.ConditionalFormatOptions{
		Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: barHue, BarSolid: true,
	}
}

// marked is a range with its mark.
type marked struct {
	ref  string
	mark Mark
}

// marks sets the conditional formats of a sheet that has no others.
func (b *Book) marks(sheet string, ranges []marked) error {
	index, err := b.file.GetSheetIndex(sheet)
	if err != nil {
		return err
	}
	var bars strings.Builder
	for i, r := range ranges {
		err := b.file.SetConditionalFormat(sheet, r.ref, []excelize.ConditionalFormatOptions{r.mark.options()})
		if err != nil {
			return err
		}
		if r.mark == Bars {
			bars.WriteString(solidBar(r.ref, index+1, i))
		}
	}
	if bars.Len() > 0 {
		b.inserts[fmt.Sprintf("xl/worksheets/sheet%d.xml", index+1)] = fmt.Sprintf(solidBars, bars.String())
	}
	return nil
}

// solidBars is the extension of a worksheet that makes its data bars solid. The
// library's stream writer leaves it out, so the archive puts it in.
const solidBars = `<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" ` +
	`uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>%s</x14:conditionalFormattings></ext></extLst>`

// solidBar is the solid form of the rule that the library wrote as the sheet's n-th.
func solidBar(ref string, sheetID, n int) string {
	return fmt.Sprintf(`<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">`+
		`<x14:cfRule type="dataBar" id="{00000000-0000-0000-%04X-%012X}"><x14:dataBar minLength="0" maxLength="100" gradient="0">`+
		`<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="max"/><x14:negativeFillColor rgb="FFF0A8A2"/>`+
		`<x14:axisColor rgb="FF7A8794"/></x14:dataBar></x14:cfRule><xm:sqref>%s</xm:sqref></x14:conditionalFormatting>`,
		sheetID, n, ref)
}
