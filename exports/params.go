package exports

import "github.com/xuri/excelize/v2"

// Parameter is a named figure or text of the sheet of parameters.
type Parameter struct {
	Name    string // the name that formulas use; may be left out
	Label   string
	Value   Cell
	Meaning string
}

// Group is a block of parameters under one heading.
type Group struct {
	Heading    string
	Parameters []Parameter
}

// AddParams writes the sheet of parameters, each with a name that holds in the whole file.
func AddParams(b *Book, sheet, title, about string, groups []Group) error {
	f := &Form{
		Sheet: sheet, About: about, Widths: []float64{34, 30, 44, 24},
		TitleRows: 2, Frozen: 2,
	}
	f.Put(At{1, 1}, Title, String(title))
	f.Height(1, 26)
	for i, heading := range []string{b.words.Name, b.words.Value, b.words.Meaning, b.words.Code} {
		f.Put(At{i + 1, 2}, Header, String(heading))
	}
	row := 2
	var names []formName
	for _, g := range groups {
		row++
		f.Put(At{1, row}, Section, String(g.Heading))
		f.Merge(At{1, row}, At{4, row})
		for _, p := range g.Parameters {
			row++
			f.PutWrapped(At{1, row}, Label, String(p.Label))
			f.PutWrapped(At{2, row}, Given, p.Value)
			f.PutWrapped(At{3, row}, Body, String(p.Meaning))
			f.Put(At{4, row}, Body, String(p.Name))
			if p.Name != "" {
				names = append(names, formName{p.Name, At{2, row}})
			}
		}
	}
	name, err := AddForm(b, f)
	if err != nil {
		return err
	}
	for _, n := range names {
		b.attempt(func() error {
			return b.file.SetDefinedName(&excelize.DefinedName{Name: n.name, RefersTo: "'" + name + "'!" + n.at.Fixed()})
		})
	}
	return b.err
}
