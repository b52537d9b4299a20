package sheets

import (
	"errors"
	"io"
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// The two namespaces of spreadsheet parts: as everybody writes it, and "strict".
var namespacesMain = []string{
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
	"http://purl.oclc.org/ooxml/spreadsheetml/main",
}

// workbook is what must be known of a workbook before its sheets are read.
type workbook struct {
	archive *archive
	limits  Limits
	date04  bool // days are counted from 1904
	sheets  []sheetEntry
	formats []numberFormat // by cell style
	strings *sharedStrings
}

type sheetEntry struct {
	name   string
	part   string
	hidden bool
	chart  bool // no worksheet, so nothing to read
}

// openWorkbook checks the archive and reads everything but the worksheets.
func openWorkbook(content io.ReaderAt, size int64, limits Limits) (*workbook, error) {
	parts, err := openArchive(content, size, limits)
	if err != nil {
		return nil, err
	}
	if err := parts.checkTypes(); err != nil {
		return nil, err
	}
	if err := parts.checkParts(); err != nil {
		return nil, err
	}
	b := &workbook{archive: parts, limits: limits}
	top, err := parts.relations("")
	if err != nil {
		return nil, err
	}
	main, found := partOf(top, "officeDocument")
	if !found || !parts.has(main) {
		return nil, refuse("file.not_a_workbook", nil)
	}
	return b, b.read(main)
}

func partOf(relations map[string]relation, kind string) (string, bool) {
	for _, r := range relations {
		if r.kind == kind {
			return r.target, true
		}
	}
	return "", false
}

// read reads the workbook part and the parts that all sheets share.
func (b *workbook) read(main string) error {
	relations, err := b.archive.relations(main)
	if err != nil {
		return err
	}
	err = b.archive.read(main, "workbook", namespacesMain, func(m *markup) error {
		switch m.element() {
		case "workbookPr":
			b.date04 = isTrue(m.attr("date1904"))
		case "sheets":
			return m.children(func() error { return b.readSheet(m, relations) })
		}
		return m.skip()
	})
	if err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return damaged(main, errors.New("no sheets"))
	}
	if part, found := partOf(relations, "styles"); found {
		if b.formats, err = b.archive.formats(part); err != nil {
			return err
		}
	}
	b.strings = &sharedStrings{}
	if part, found := partOf(relations, "sharedStrings"); found {
		b.strings, err = b.archive.sharedStrings(part, b.limits)
	}
	return err
}

func (b *workbook) readSheet(m *markup, relations map[string]relation) error {
	if m.element() != "sheet" {
		return m.skip()
	}
	state := m.attribute("state")
	entry := sheetEntry{name: visible(m.attribute("name"), nameShown), hidden: state != "" && state != "visible"}
	for _, a := range m.attrs {
		if strings.HasSuffix(string(a.name), ":id") {
			r, found := relations[string(a.value)]
			if !found || !b.archive.has(r.target) {
				return broken("sheet %q has no part", entry.name)
			}
			entry.part, entry.chart = r.target, r.kind != "worksheet"
		}
	}
	if entry.part == "" {
		return broken("sheet %q has no id", entry.name)
	}
	b.sheets = append(b.sheets, entry)
	return m.skip()
}

func isTrue(value []byte) bool { return string(value) == "1" || string(value) == "true" }

// read reads a part that describes others: visit is called for every element
// below its root and reads that to its end.
func (a *archive) read(part, root string, namespaces []string, visit func(*markup) error) error {
	if entry := a.parts[partKey(part)]; entry != nil && entry.UncompressedSize64 > partMost {
		return refuse("file.unpacked", lang.Args{"limit": partMost >> 20})
	}
	return a.readLong(part, root, namespaces, visit)
}

// readLong is read for parts that may be as long as the limits allow.
func (a *archive) readLong(part, root string, namespaces []string, visit func(*markup) error) error {
	content, err := a.open(part)
	if err != nil {
		return err
	}
	defer closeQuietly(content)
	m := newMarkup(content)
	if err := m.root(root, namespaces...); err != nil {
		return damaged(part, err)
	}
	if err := m.children(func() error { return visit(m) }); err != nil {
		return damaged(part, err)
	}
	return damaged(part, m.finished())
}

// checkProlog reads a part up to its root. Only a document type declaration and
// a foreign encoding count; other damage matters where the part is read.
func (a *archive) checkProlog(part string) error {
	content, err := a.open(part)
	if err != nil {
		return err
	}
	defer closeQuietly(content)
	_, err = newMarkup(content).next()
	if errors.Is(err, errDTD) || errors.Is(err, errEncoding) {
		return damaged(part, err)
	}
	return nil
}

// damaged makes the refusal of a part out of what went wrong in it.
func damaged(part string, err error) error {
	if err == nil {
		return nil
	}
	if refusal, ok := fault.As(err); ok {
		return refusal
	}
	args := lang.Args{"part": display(part)}
	switch {
	case errors.Is(err, errDTD):
		return fault.Wrap(err, fault.Invalid, "file.dtd", args)
	case errors.Is(err, errEncoding):
		return fault.Wrap(err, fault.Invalid, "file.part_encoding", args)
	}
	return fault.Wrap(err, fault.Invalid, "file.damaged", args)
}
