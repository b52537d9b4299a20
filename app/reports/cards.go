package reports

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/steelyard/steelyard/exports"
)

// cards writes a live card per person into the summary, if the people are few enough.
func (r *summary) cards() error {
	if r.people > MaxCardSheets {
		return nil
	}
	for p, err := range r.source.People(r.ctx) {
		if err != nil {
			return err
		}
		if _, err := exports.AddForm(r.book, newCard(r.month.Lang, r.month.cardHeading(), p.view(r.month.Lang))); err != nil {
			return err
		}
	}
	return nil
}

// WriteCards writes R02 as a zip: a workbook per person with the live card, and
// manifest.csv with the SHA-256 of each. Memory does not grow with the people.
func WriteCards(ctx context.Context, w io.Writer, m Month, s Source) error {
	archive := &cardArchive{month: m, zip: zip.NewWriter(w)}
	archive.manifest.WriteString("\ufeff") // so that spreadsheet programs take it for UTF-8
	archive.lines = csv.NewWriter(&archive.manifest)
	if err := archive.lines.Write(strings.Split(say(m.Lang, "r02.manifest"), ",")); err != nil {
		return err
	}
	for p, err := range s.People(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if err := archive.add(p); err != nil {
			return fmt.Errorf("card of %s: %w", p.StaffNo, err)
		}
	}
	return archive.close()
}

type cardArchive struct {
	month    Month
	zip      *zip.Writer
	manifest bytes.Buffer
	lines    *csv.Writer
	file     bytes.Buffer // one card at a time
}

func (a *cardArchive) add(p *Person) error {
	a.file.Reset()
	if err := WriteCard(&a.file, a.month, p); err != nil {
		return err
	}
	name := CardName(a.month, p)
	// The files are compressed already; stored, they are written once and read fast.
	out, err := a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		return err
	}
	sum := sha256.Sum256(a.file.Bytes())
	if _, err := out.Write(a.file.Bytes()); err != nil {
		return err
	}
	return a.lines.Write([]string{name, harmless(p.StaffNo), harmless(p.Name), hex.EncodeToString(sum[:])})
}

func (a *cardArchive) close() error {
	a.lines.Flush()
	if err := a.lines.Error(); err != nil {
		return err
	}
	out, err := a.zip.Create("manifest.csv")
	if err != nil {
		return err
	}
	if _, err := out.Write(a.manifest.Bytes()); err != nil {
		return err
	}
	return a.zip.Close()
}

// harmless keeps a text in a CSV file from being read as a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// WriteCard writes one person's card as a workbook of its own.
func WriteCard(w io.Writer, m Month, p *Person) (err error) {
	title := say(m.Lang, "r02.title", "name", p.Name)
	book, err := exports.New(m.info(title, p.UnitName), words(m.Lang))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	for _, note := range cardNotes {
		book.Note(say(m.Lang, note))
	}
	if _, err := exports.AddForm(book, newCard(m.Lang, m.cardHeading(), p.view(m.Lang))); err != nil {
		return err
	}
	_, err = book.WriteTo(w)
	return err
}

// maxFileName is how many characters a file name has at most.
const maxFileName = 80

// CardName is the file name of a person's card: no spaces, no more than 80 characters.
func CardName(m Month, p *Person) string {
	return fileName(say(m.Lang, "r02.file"), p.StaffNo, p.Name, m.Period, m.RunID)
}

// SummaryName is the file name of the summary.
func SummaryName(m Month) string {
	return fileName(say(m.Lang, "r01.file"), m.Scope, m.Period, m.RunID)
}

func fileName(parts ...string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r), strings.ContainsRune(`/\:*?"<>|`, r):
			return '_'
		}
		return r
	}, strings.Join(parts, "_"))
	const extension = ".xlsx"
	if runes := []rune(clean); len(runes) > maxFileName-len(extension) {
		clean = string(runes[:maxFileName-len(extension)])
	}
	return clean + extension
}
