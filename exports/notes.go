package exports

import (
	"strconv"
	"strings"
)

// writeNotes fills the second sheet: remarks, then the column dictionary.
func (b *Book) writeNotes() {
	f := &Form{Widths: []float64{20, 22, 12, 62, 30}, Landscape: true}
	f.Put(At{1, 1}, Title, String(b.words.Notes))
	f.Height(1, 26)
	row := b.remarkLines(f, 3)
	f.Put(At{1, row}, Section, String(b.words.Dictionary))
	f.Merge(At{1, row}, At{5, row})
	row++
	for i, heading := range []string{b.words.Sheet, b.words.Column, b.words.Unit, b.words.Meaning, b.words.Source} {
		f.Put(At{i + 1, row}, Header, String(heading))
	}
	for _, e := range b.dictionary {
		row++
		for i, text := range []string{e.sheet, e.header, e.unit, e.meaning, e.source} {
			f.PutWrapped(At{i + 1, row}, Body, String(text))
		}
		f.Height(row, max(lineHeight(e.meaning, 60), lineHeight(e.header, 20), lineHeight(e.source, 28)))
	}
	b.attempt(func() error { return b.writeForm(b.file.GetSheetName(1), f) })
}

func (b *Book) remarkLines(f *Form, row int) int {
	lines := append([]string{}, b.notes...)
	lines = append(lines, b.words.DigestNote)
	if b.longs > 0 {
		lines = append(lines, counted(b.words.LongFigures, b.longs))
	}
	if b.cuts > 0 {
		lines = append(lines, counted(b.words.CutTexts, b.cuts))
	}
	f.Put(At{1, row}, Section, String(b.words.Remarks))
	f.Merge(At{1, row}, At{5, row})
	for i, line := range lines {
		row++
		f.PutWrapped(At{1, row}, Plain, String(strconv.Itoa(i+1)+". "+line))
		f.Merge(At{1, row}, At{5, row})
		f.Height(row, lineHeight(line, 140))
	}
	return row + 2
}

func counted(template string, n int) string {
	return strings.ReplaceAll(template, "{n}", strconv.Itoa(n))
}

// writeHidden adds the sheets that programs read: ids, and the meaning of code words.
func (b *Book) writeHidden() {
	meta := append([]Pair{
		{"schema_version", strconv.Itoa(b.info.SchemaVersion)}, {"run_id", b.info.RunID},
		{"rule_version", b.info.RuleVersion}, {"period", b.info.Period}, {"digest", b.Digest()},
		{"system_version", b.info.SystemVersion},
	}, b.info.Meta...)
	b.hidden("_meta", meta)
	if len(b.codes) > 0 {
		b.hidden(b.words.Codes, append([]Pair{{b.words.Code, b.words.CodeMeaning}}, b.codes...))
	}
}

func (b *Book) hidden(sheet string, pairs []Pair) {
	f := &Form{Widths: []float64{24, 70}}
	for i, p := range pairs {
		f.Put(At{1, i + 1}, Plain, String(p.Name).As(Code))
		f.Put(At{2, i + 1}, Plain, String(p.Value).As(Code))
	}
	b.attempt(func() error {
		name := b.free(sheet)
		if _, err := b.file.NewSheet(name); err != nil {
			return err
		}
		if err := b.writeForm(name, f); err != nil {
			return err
		}
		b.hide(name)
		return nil
	})
}

// hide hides a sheet. excelize's own way reads every sheet back into memory first.
func (b *Book) hide(sheet string) {
	for i, s := range b.file.WorkBook.Sheets.Sheet {
		if s.Name == sheet {
			b.file.WorkBook.Sheets.Sheet[i].State = "hidden"
		}
	}
}
