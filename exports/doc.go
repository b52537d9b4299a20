// Package exports turns columns of T into a workbook on an io.Writer.
//
// A Book is begun with New, takes its sheets one after the other (AddTable for
// rows that stream by, AddForm for laid-out pages, AddParams for named
// parameters) and is finished by WriteTo, which writes the cover, the notes and
// the hidden sheets with what the others have shown: counts, control totals and
// the digest of the data. The same input gives the same bytes.
//
// The package knows no language: every word that a reader sees is handed in.
// Figures are exact decimal text up to the cell; a figure with more than 15
// digits, which no spreadsheet can hold, stays text.
package exports
