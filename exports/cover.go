package exports

import (
	"strconv"
	"strings"
)

const coverColumns = 4

// writeCover fills the first sheet, last of all.
func (b *Book) writeCover() {
	f := &Form{Widths: []float64{26, 34, 24, 20}, OnePage: true, NoGrid: true}
	f.Put(At{1, 2}, Title, String(b.info.Title))
	f.Merge(At{1, 2}, At{coverColumns, 2})
	f.Height(2, 34)
	f.Put(At{1, 3}, Subtitle, String(b.info.Period+" · "+b.info.Scope))
	f.Merge(At{1, 3}, At{coverColumns, 3})
	row := b.coverFacts(f, 5)
	row = b.coverTotals(f, row+1)
	row = b.coverContents(f, row+1)
	b.coverSignatures(f, row+2)
	b.attempt(func() error { return b.writeForm(b.file.GetSheetName(0), f) })
}

func (b *Book) coverFacts(f *Form, row int) int {
	facts := []Pair{
		{b.words.Period, b.info.Period}, {b.words.Scope, b.info.Scope}, {b.words.Filters, b.info.Filters},
		{b.words.Rows, strconv.Itoa(b.rowCount())},
		{b.words.Run, b.info.RunID}, {b.words.RuleVersion, b.info.RuleVersion}, {b.words.CutOff, b.info.CutOff},
		{b.words.Generated, b.info.GeneratedText}, {b.words.GeneratedBy, b.info.GeneratedBy},
		{b.words.System, b.info.SystemVersion}, {b.words.Digest, b.Digest()},
		{b.words.Confidentiality, b.info.Confidentiality},
	}
	for _, fact := range facts {
		f.Put(At{1, row}, Label, String(fact.Name))
		f.PutWrapped(At{2, row}, Body, String(fact.Value))
		f.Merge(At{2, row}, At{coverColumns, row})
		f.Height(row, lineHeight(fact.Value, 74))
		row++
	}
	return row
}

// lineHeight is high enough for a text wrapped to a width in characters.
func lineHeight(s string, width float64) float64 {
	lines := 0
	for line := range strings.Lines(s) {
		lines += int(TextWidth(line)/width) + 1
	}
	return 6 + 14*float64(max(lines, 1))
}

// rowCount is how many rows the data sheets have together.
func (b *Book) rowCount() int {
	count := 0
	for _, c := range b.contents {
		count += max(c.rows, 0)
	}
	return count
}

func (b *Book) coverTotals(f *Form, row int) int {
	if len(b.controls) == 0 {
		return row - 1
	}
	row = b.heading(f, row, b.words.Totals)
	for _, c := range b.controls {
		f.Put(At{1, row}, Label, String(c.sheet))
		f.Put(At{2, row}, Body, String(c.header))
		f.Put(At{3, row}, Strong, Number(c.sum).As(Decimal(int(c.format.places))))
		row++
	}
	return row
}

func (b *Book) heading(f *Form, row int, text string) int {
	f.Put(At{1, row}, Section, String(text))
	f.Merge(At{1, row}, At{coverColumns, row})
	f.Height(row, 20)
	return row + 1
}

func (b *Book) coverContents(f *Form, row int) int {
	row = b.heading(f, row, b.words.Contents)
	f.Put(At{1, row}, Header, String(b.words.Sheet))
	f.Put(At{2, row}, Header, String(b.words.About))
	f.Merge(At{2, row}, At{3, row})
	f.Put(At{4, row}, Header, String(b.words.Rows))
	for _, c := range append([]content{{sheet: b.file.GetSheetName(1), about: b.words.Dictionary, rows: -1}}, b.contents...) {
		row++
		f.Put(At{1, row}, Link, String(c.sheet))
		f.Link(At{1, row}, c.sheet)
		f.PutWrapped(At{2, row}, Body, String(c.about))
		f.Merge(At{2, row}, At{3, row})
		f.Height(row, lineHeight(c.about, 54))
		count := Blank()
		if c.rows >= 0 {
			count = Count(int64(c.rows)).As(Int)
		}
		f.Put(At{4, row}, Body, count)
	}
	return row
}

func (b *Book) coverSignatures(f *Form, row int) {
	for i, who := range []string{b.words.Prepared, b.words.Reviewed, b.words.Approved} {
		f.Put(At{1, row + i}, Label, String(who))
		f.Put(At{2, row + i}, Body, Blank())
		f.Merge(At{2, row + i}, At{3, row + i})
		f.Put(At{4, row + i}, Label, String(b.words.SignatureAndDate))
		f.Height(row+i, 28)
	}
}
