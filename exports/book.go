package exports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Info is what the cover says about the workbook, in the reader's language.
type Info struct {
	Title           string
	Period          string
	Scope           string
	Filters         string
	RunID           string // also the custom property RunID of the file
	RuleVersion     string
	CutOff          string
	GeneratedAt     time.Time // the instant of the file's own properties, UTC
	GeneratedText   string    // the same as the reader sees it, with its zone
	GeneratedBy     string
	SystemVersion   string
	Confidentiality string
	SchemaVersion   int
	Meta            []Pair // further ids for the hidden sheet
}

// Pair is a name and its value.
type Pair struct{ Name, Value string }

// Book is a workbook in the making.
type Book struct {
	file   *excelize.File
	info   Info
	words  Words
	styles map[styleKey]int
	names  map[string]bool
	digest hash.Hash
	err    error

	contents   []content
	controls   []control
	dictionary []entry
	notes      []string
	codes      []Pair
	longs      int
	cuts       int
	inserts    map[string]string // by part; see solidBars
}

// content is a line of the cover's table of contents.
type content struct {
	sheet, about string
	rows         int
}

// control is a control total of the cover.
type control struct {
	sheet, header string
	sum           string
	format        Format
}

// entry is a line of the column dictionary.
type entry struct{ sheet, header, unit, meaning, source string }

// New begins a workbook. Close it when done, written or not.
func New(info Info, words Words) (*Book, error) {
	b := &Book{
		file: excelize.NewFile(), info: info, words: words,
		styles: map[styleKey]int{}, names: map[string]bool{}, digest: sha256.New(),
		inserts: map[string]string{},
	}
	if err := b.begin(); err != nil {
		return nil, fmt.Errorf("exports: new workbook: %w", err)
	}
	return b, nil
}

// begin makes the first two sheets, which are filled last, so that they stand first.
func (b *Book) begin() error {
	if err := b.file.SetDefaultFont(b.words.Font); err != nil {
		return err
	}
	if err := b.file.SetSheetName("Sheet1", b.free(b.words.Cover)); err != nil {
		return err
	}
	_, err := b.file.NewSheet(b.free(b.words.Notes))
	return err
}

// Close releases the temporary files.
func (b *Book) Close() error { return b.file.Close() }

// Note adds a paragraph to the notes sheet.
func (b *Book) Note(paragraph string) { b.notes = append(b.notes, paragraph) }

// Codes adds code words and their meaning to the hidden dictionary.
func (b *Book) Codes(pairs ...Pair) { b.codes = append(b.codes, pairs...) }

// WriteTo writes the cover and what belongs to the whole, and then the file to w.
func (b *Book) WriteTo(w io.Writer) (int64, error) {
	b.finish()
	if b.err != nil {
		return 0, b.err
	}
	counted := &counter{w: w}
	if err := b.write(counted); err != nil {
		return counted.n, fmt.Errorf("exports: write workbook: %w", err)
	}
	return counted.n, nil
}

func (b *Book) finish() {
	b.writeNotes()
	b.writeCover()
	b.writeHidden()
	b.attempt(b.properties)
}

// Digest is the SHA-256 of the data so far, in hexadecimal.
func (b *Book) Digest() string { return hex.EncodeToString(b.digest.Sum(nil)) }

func (b *Book) properties() error {
	stamp := b.info.GeneratedAt.UTC().Format(time.RFC3339)
	err := b.file.SetDocProps(&excelize.DocProperties{
		Title: b.info.Title, Subject: b.info.Period, Creator: b.info.GeneratedBy,
		LastModifiedBy: b.info.GeneratedBy, Created: stamp, Modified: stamp,
		Keywords: b.info.RunID, Version: b.info.SystemVersion,
	})
	if err != nil {
		return err
	}
	if err := b.file.SetCustomProps(excelize.CustomProperty{Name: "RunID", Value: b.info.RunID}); err != nil {
		return err
	}
	yes := true
	return b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes})
}

// attempt runs a step unless one has failed before.
func (b *Book) attempt(step func() error) {
	if b.err == nil {
		b.fail(step())
	}
}

func (b *Book) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// addTotal notes a control total for the cover.
func (b *Book) addTotal(sheet, header string, sum *big.Int, scale int, f Format) {
	b.controls = append(b.controls, control{sheet: sheet, header: header, sum: decimalText(sum, scale), format: f})
}

// maxSheetName is the length that spreadsheets allow the name of a sheet.
const maxSheetName = 31

// free gives a sheet name that is allowed and not taken yet.
func (b *Book) free(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return '_'
		}
		return r
	}, name)
	candidate := cutRunes(name, maxSheetName)
	for n := 2; b.names[strings.ToLower(candidate)]; n++ {
		suffix := " (" + strconv.Itoa(n) + ")"
		candidate = cutRunes(name, maxSheetName-len(suffix)) + suffix
	}
	b.names[strings.ToLower(candidate)] = true
	return candidate
}

func cutRunes(s string, n int) string {
	for utf8.RuneCountInString(s) > n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
