package exports

// Words are the texts of the shell in the reader's language. All are needed.
type Words struct {
	Font string // the default font

	// Names of sheets.
	Cover, Notes, Codes string

	// Cover.
	Period, Scope, Filters, Rows, Totals, Run, RuleVersion, CutOff string
	Generated, GeneratedBy, System, Digest, Confidentiality        string
	Contents, Sheet, About                                         string
	Prepared, Reviewed, Approved, SignatureAndDate                 string

	// Notes.
	Dictionary, Column, Unit, Meaning, Source, Remarks string
	DigestNote                                         string // how the digest is worked out
	LongFigures                                        string // "{n} figures have more than 15 digits …"
	CutTexts                                           string // "{n} texts are longer than a cell holds …"

	// Tables and parameters.
	Total             string
	Name, Value       string
	Header            string // the header of every printed page
	Page              string // "第 &P 页/共 &N 页"
	Code, CodeMeaning string
	ExactFigure       string // the comment of a cell whose formula doubles cannot reach
}
