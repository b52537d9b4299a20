package sheets

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/steelyard/steelyard/app/lang"
)

type fileKind int

const (
	kindText fileKind = iota
	kindWorkbook
)

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
)

// activeKinds are file types that can carry macros or are read by macros' hosts.
var activeKinds = map[string]bool{
	".xls": true, ".xlsm": true, ".xlsb": true, ".xltm": true, ".xlt": true,
	".xltx": true, ".xlam": true, ".xla": true, ".xll": true, ".xlm": true, ".et": true, ".ett": true,
}

// foreignMagics are beginnings of files that are no text, whatever they are called.
var foreignMagics = []string{
	"PK\x03\x04", "\xD0\xCF\x11\xE0", "%PDF", "\x7FELF", "MZ", "GIF8", "\x89PNG", "\xFF\xD8\xFF",
	"BM", "{\\rtf", "\x1F\x8B", "7z\xBC\xAF", "Rar!", "SQLite format 3", "<!doctype", "<html", "<svg", "<?xml", "<script",
}

// sniff tells the file's kind by its name and its first bytes, which must agree.
func (f *File) sniff() (fileKind, error) {
	head := make([]byte, 512)
	n, err := f.content.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, unreadable(err)
	}
	head = head[:n]
	extension := strings.ToLower(filepath.Ext(f.Name))
	switch {
	case activeKinds[extension]:
		return 0, refuse("file.active_kind", lang.Args{"extension": extension})
	case extension == ".xlsx" && bytes.HasPrefix(head, oleMagic):
		return 0, refuse("file.encrypted", nil)
	case extension == ".xlsx" && bytes.HasPrefix(head, zipMagic):
		return kindWorkbook, nil
	case extension == ".xlsx":
		return 0, refuse("file.not_a_workbook", nil)
	case extension == ".csv":
		return kindText, sniffText(head)
	case extension == "":
		return 0, refuse("file.no_kind", nil)
	}
	return 0, refuse("file.kind", lang.Args{"extension": extension})
}

func sniffText(head []byte) error {
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(utf8BOM)), " \t\r\n")
	for _, magic := range foreignMagics {
		if hasPrefixFold(start, magic) && !isHeaderText(magic, start) {
			return refuse("file.not_a_text", nil)
		}
	}
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) ||
		bytes.Count(head, []byte{0})*4 > len(head) {
		return refuse("file.utf16", nil)
	}
	return nil
}

// isHeaderText keeps the magics of plain letters from refusing a text that
// happens to begin with them: binary files of these kinds hold NUL bytes.
func isHeaderText(magic string, start []byte) bool {
	return len(magic) == 2 && bytes.IndexByte(start, 0) < 0
}

// hasPrefixFold compares without regard to ASCII capitals, byte by byte: the
// beginning need not be a text.
func hasPrefixFold(s []byte, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if lowerASCII(s[i]) != lowerASCII(prefix[i]) {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
