package sheets

import (
	"path"
	"strings"

	"github.com/steelyard/steelyard/app/lang"
)

// activePart tells by its name whether a part is, or belongs to, content that acts.
func activePart(name string) bool {
	for _, mark := range []string{
		"vbaproject", "vbadata", "externallinks/", "embeddings/", "activex/", "macrosheets/", "dialogsheets/",
		"oleobject", "querytables/", "webextensions/", "customui/", "model/item.data",
	} {
		if strings.Contains(name, mark) {
			return true
		}
	}
	return path.Base(name) == "connections.xml"
}

// activeType tells whether a content type or relationship type is one of content that acts.
func activeType(kind string) bool {
	kind = strings.ToLower(kind)
	for _, mark := range []string{
		"macro", "vbaproject", "activex", "oleobject", "externallink", "connections", "dialogsheet",
		"querytable", "attachedtemplate", "binary", "webextension", "relationships/package", "/control", "extensibility",
	} {
		if strings.Contains(kind, mark) {
			return true
		}
	}
	return false
}

const (
	namespaceTypes     = "http://schemas.openxmlformats.org/package/2006/content-types"
	namespaceRelations = "http://schemas.openxmlformats.org/package/2006/relationships"
	mainTypeEnd        = ".sheet.main+xml"
)

// checkTypes reads [Content_Types].xml: the workbook must be an ordinary one, and
// no part may be declared as content that acts, whatever it is called.
func (a *archive) checkTypes() error {
	const part = "[Content_Types].xml"
	if !a.has(part) {
		return refuse("file.not_a_workbook", nil)
	}
	ordinary := false
	err := a.read(part, "Types", []string{namespaceTypes}, func(m *markup) error {
		kind := m.attribute("ContentType")
		switch m.element() {
		case "Override":
			ordinary = ordinary || strings.HasSuffix(kind, mainTypeEnd)
			if activeType(kind) {
				return refuse("file.active_content", lang.Args{"part": display(m.attribute("PartName"))})
			}
		case "Default":
			extension := m.attribute("Extension")
			ordinary = ordinary || strings.HasSuffix(kind, mainTypeEnd)
			if activeType(kind) && a.hasExtension(extension) {
				return refuse("file.active_content", lang.Args{"part": display("*." + extension)})
			}
		}
		return m.skip()
	})
	if err == nil && !ordinary {
		return refuse("file.not_a_workbook", nil)
	}
	return err
}

func (a *archive) hasExtension(extension string) bool {
	for name := range a.parts {
		if strings.HasSuffix(name, "."+strings.ToLower(extension)) {
			return true
		}
	}
	return false
}

// relation is one line of a .rels part.
type relation struct {
	kind   string // the last word of its type
	target string // name of the part, from the root of the archive
}

// relations reads the relationships of a part ("" for the package) by their id.
// Whatever points out of the file, hyperlinks aside, is content that acts.
func (a *archive) relations(of string) (map[string]relation, error) {
	folder, base := path.Split(of)
	part := folder + "_rels/" + base + ".rels"
	all := map[string]relation{}
	if !a.has(part) {
		return all, nil
	}
	err := a.read(part, "Relationships", []string{namespaceRelations}, func(m *markup) error {
		if m.element() == "Relationship" {
			kind, target := m.attribute("Type"), m.attribute("Target")
			external := m.attribute("TargetMode") == "External"
			if activeType(kind) || external && path.Base(kind) != "hyperlink" {
				return refuse("file.active_content", lang.Args{"part": display(path.Base(kind))})
			}
			if !external {
				if !strings.HasPrefix(target, "/") {
					target = path.Join("/", folder, target)
				}
				all[m.attribute("Id")] = relation{kind: path.Base(kind), target: strings.TrimPrefix(path.Clean(target), "/")}
			}
		}
		return m.skip()
	})
	return all, err
}

// checkParts looks at every XML part for a document type declaration or another
// encoding, also in those that are never read, and at all relationships.
func (a *archive) checkParts() error {
	for name, entry := range a.parts {
		if owner, ok := relationsOf(name); ok {
			if _, err := a.relations(owner); err != nil {
				return err
			}
			continue
		}
		if strings.HasSuffix(name, ".xml") {
			if err := a.checkProlog(entry.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// relationsOf gives the part that a .rels part belongs to.
func relationsOf(name string) (string, bool) {
	folder, base := path.Split(name)
	parent, isRelations := strings.CutSuffix(folder, "_rels/")
	owner, isRels := strings.CutSuffix(base, ".rels")
	return parent + owner, isRelations && isRels
}

// asksProgram tells whether a formula asks another program for its value, as
// cmd|'/c calc'!A1 does: no operator is written "|", so outside of quotes it is
// the mark of dynamic data exchange.
func asksProgram(formula []byte) bool {
	var quote byte
	for _, c := range formula {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '|':
			return true
		}
	}
	return false
}
