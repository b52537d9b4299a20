package seed

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
)

// Table is one file that a bank would hand over: its kind as imports name it, its header and rows.
type Table struct {
	Kind   string
	Header []string
	Rows   [][]string
}

func (t *Table) add(cells ...string) {
	if len(cells) != len(t.Header) {
		panic(fmt.Sprintf("seed: a row of %d cells under %d headers of %s", len(cells), len(t.Header), t.Kind))
	}
	t.Rows = append(t.Rows, cells)
}

// remove takes out the rows that a condition names.
func (t *Table) remove(which func(row []string) bool) { t.Rows = slices.DeleteFunc(t.Rows, which) }

// WriteCSV writes the table as a file in UTF-8.
func (t *Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(t.Header); err != nil {
		return fmt.Errorf("writing %s: %w", t.Kind, err)
	}
	if err := out.WriteAll(t.Rows); err != nil {
		return fmt.Errorf("writing %s: %w", t.Kind, err)
	}
	return nil
}
