package sheets

import (
	"strings"
	"unicode"

	"github.com/steelyard/steelyard/app/lang"
)

// Column is a column that a reader of rows knows. In a file it is called by its
// Zh, En, Name or one of its Aliases; capitals, blanks, underscores, asterisks
// and full-width letters make no difference.
type Column struct {
	Name     string // canonical, e.g. "staff_no"
	Zh       string
	En       string
	Aliases  []string
	Required bool // must be in the header
}

// header is the row that names the columns of a table.
type header struct {
	number  int
	columns []Column
	index   map[string]int // canonical name → position in columns
	labels  []string       // by position: as the file's header has it, "" if absent
	places  map[int]int    // column of the sheet, from 0 → position in columns
	unknown []string
}

// needs gives how many fields a line must have to reach the last required column.
func (h *header) needs() int {
	fields := 0
	for place, position := range h.places {
		if h.columns[position].Required {
			fields = max(fields, place+1)
		}
	}
	return fields
}

// headerSearch looks at row after row until one has every required column.
type headerSearch struct {
	columns []Column
	names   map[string]int
	best    *header  // the row that came nearest
	first   []string // the first row with anything in it
}

func newHeaderSearch(columns []Column) *headerSearch {
	s := &headerSearch{columns: columns, names: map[string]int{}}
	for i, column := range columns {
		for _, name := range append([]string{column.Name, column.Zh, column.En}, column.Aliases...) {
			if key := headerKey(name); key != "" {
				s.names[key] = i
			}
		}
	}
	return s
}

// headerKey reduces a header's spelling to what tells columns apart.
func headerKey(label string) string {
	return strings.Map(func(r rune) rune {
		r = narrow(r)
		if unicode.IsSpace(r) || r == '_' || r == '*' || r == '\uFEFF' {
			return -1
		}
		return unicode.ToLower(r)
	}, label)
}

// look tells whether row is the header, and gives it if so. A column that stands in
// the header twice is an error.
func (s *headerSearch) look(row *gridRow) (*header, bool, error) {
	h := &header{
		number: row.number, columns: s.columns, index: map[string]int{},
		labels: make([]string, len(s.columns)), places: map[int]int{},
	}
	for i, column := range s.columns {
		h.index[column.Name] = i
	}
	var twice string
	var texts []string
	for _, c := range row.cells {
		label := strings.TrimSpace(strings.ReplaceAll(c.text, "\n", " "))
		if label == "" {
			continue
		}
		texts = append(texts, label)
		position, known := s.names[headerKey(label)]
		if !known {
			h.unknown = append(h.unknown, display(label))
			continue
		}
		if h.labels[position] != "" {
			twice = label
			continue
		}
		h.labels[position] = label
		h.places[c.column] = position
	}
	return s.judge(h, texts, twice)
}

func (s *headerSearch) judge(h *header, texts []string, twice string) (*header, bool, error) {
	if s.first == nil && len(texts) > 0 {
		s.first = texts
	}
	if len(h.places) > 0 && (s.best == nil || len(h.places) > len(s.best.places)) {
		s.best = h
	}
	if len(h.places) == 0 || len(h.missing()) > 0 {
		return nil, false, nil
	}
	if twice != "" {
		return nil, false, refuse("file.column_twice", lang.Args{"column": display(twice), "row": h.number})
	}
	return h, true, nil
}

func (h *header) missing() []Column {
	var missing []Column
	for i, column := range h.columns {
		if column.Required && h.labels[i] == "" {
			missing = append(missing, column)
		}
	}
	return missing
}

// failure says which columns are missing and what was found instead.
func (s *headerSearch) failure() error {
	if s.first == nil {
		return refuse("file.no_rows", nil)
	}
	nearest, found := &header{columns: s.columns, labels: make([]string, len(s.columns))}, s.first
	if s.best != nil {
		nearest = s.best
		found = append(nearest.found(), nearest.unknown...)
	}
	missing := nearest.missing()
	if len(missing) == 0 { // no column is required, and none was there
		missing = s.columns
	}
	return refuse("file.header_missing", lang.Args{"missing": columnNames(missing), "found": listed(found)})
}

func (h *header) found() []string {
	var found []string
	for _, label := range h.labels {
		if label != "" {
			found = append(found, display(label))
		}
	}
	return found
}

func columnNames(columns []Column) lang.Text {
	var zh, en []string
	for _, column := range columns {
		zh = append(zh, firstOf(column.Zh, column.Name))
		en = append(en, column.Name)
	}
	return lang.Text{Zh: strings.Join(zh, "、"), En: strings.Join(en, ", ")}
}

// listed joins the first of the labels for a message.
func listed(labels []string) string {
	const most = 12
	if len(labels) > most {
		labels = append(labels[:most:most], "…")
	}
	short := make([]string, len(labels))
	for i, label := range labels {
		short[i] = display(label)
	}
	return strings.Join(short, " | ")
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// label gives the column's name as the user's file has it.
func (h *header) label(name string) string {
	i, known := h.index[name]
	if !known {
		return name
	}
	return display(firstOf(h.labels[i], h.columns[i].Zh, name))
}
