package sheets

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

const (
	entriesMost   = 5_000
	directoryMost = 1 << 20  // bytes of the zip directory
	ratioMost     = 250      // unpacked to packed; workbooks reach about 60
	ratioFrom     = 4 << 20  // unpacked size from which the ratio counts
	partMost      = 16 << 20 // unpacked size of a part that describes others
)

// archive is the zip file of a workbook, its directory checked.
type archive struct {
	parts map[string]*zip.File // by lower-case name without a leading slash
}

// openArchive reads the zip directory and refuses what no workbook has: before
// anything is unpacked, and before memory is taken for what the file claims.
func openArchive(content io.ReaderAt, size int64, limits Limits) (*archive, error) {
	if err := checkDirectory(content, size); err != nil {
		return nil, err
	}
	reader, err := zip.NewReader(content, size)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "file.archive", detail("directory"))
	}
	if len(reader.File) > entriesMost {
		return nil, refuse("file.archive", detail("entries"))
	}
	a := &archive{parts: make(map[string]*zip.File, len(reader.File))}
	var unpacked uint64
	for _, entry := range reader.File {
		if err := a.add(entry); err != nil {
			return nil, err
		}
		unpacked += min(entry.UncompressedSize64, 1<<40)
		if unpacked > uint64(limits.Unpacked) {
			return nil, refuse("file.unpacked", lang.Args{"limit": limits.Unpacked >> 20})
		}
		if entry.UncompressedSize64 > ratioFrom && entry.UncompressedSize64/ratioMost > entry.CompressedSize64 {
			return nil, refuse("file.bomb", nil)
		}
	}
	return a, checkOverlap(reader.File, size)
}

// detail names in both languages what is wrong with an archive.
func detail(what string) lang.Args { return lang.Args{"detail": archiveDetails[what]} }

var archiveDetails = map[string]lang.Text{
	"directory": {Zh: "目录损坏", En: "broken directory"},
	"entries":   {Zh: "部件过多", En: "too many entries"},
	"zip64":     {Zh: "Zip64", En: "Zip64"},
	"names":     {Zh: "部件名称不合法", En: "illegal entry name"},
	"twice":     {Zh: "部件重名", En: "two entries of one name"},
	"method":    {Zh: "未知压缩方法", En: "unknown compression"},
	"overlap":   {Zh: "部件重叠", En: "overlapping entries"},
	"nested":    {Zh: "嵌套压缩包或程序", En: "an archive or program inside"},
}

// checkDirectory looks at the end of the archive: its directory must end there,
// be of ordinary size, and need no Zip64, which no file within the limits does.
func checkDirectory(content io.ReaderAt, size int64) error {
	const endLength = 22
	tail := make([]byte, min(size, endLength+65535))
	if _, err := content.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return unreadable(err)
	}
	at := strings.LastIndex(string(tail), "PK\x05\x06")
	if at < 0 || len(tail)-at < endLength {
		return refuse("file.archive", detail("directory"))
	}
	end := tail[at:]
	entries := binary.LittleEndian.Uint16(end[10:])
	length := binary.LittleEndian.Uint32(end[12:])
	offset := binary.LittleEndian.Uint32(end[16:])
	comment := binary.LittleEndian.Uint16(end[20:])
	switch {
	case entries == 0xFFFF || length == 0xFFFFFFFF || offset == 0xFFFFFFFF:
		return refuse("file.archive", detail("zip64"))
	case entries > entriesMost || length > directoryMost:
		return refuse("file.archive", detail("entries"))
	case len(end) != endLength+int(comment),
		int64(offset)+int64(length) != size-int64(len(end)),
		binary.LittleEndian.Uint16(end[8:]) != entries:
		return refuse("file.archive", detail("directory"))
	}
	return nil
}

// add checks one entry and takes it in.
func (a *archive) add(entry *zip.File) error {
	name := strings.ToLower(entry.Name)
	if strings.HasSuffix(name, "/") && entry.UncompressedSize64 == 0 {
		return nil
	}
	switch {
	case !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") || !entry.Mode().IsRegular():
		return refuse("file.archive", detail("names"))
	case a.parts[name] != nil:
		return refuse("file.archive", detail("twice"))
	case entry.Flags&0x1 != 0:
		return refuse("file.encrypted", nil)
	case entry.Method != zip.Store && entry.Method != zip.Deflate:
		return refuse("file.archive", detail("method"))
	case nested(name):
		return refuse("file.archive", detail("nested"))
	case activePart(name):
		return refuse("file.active_content", lang.Args{"part": display(entry.Name)})
	}
	a.parts[name] = entry
	return nil
}

func nested(name string) bool {
	for _, extension := range []string{
		".zip", ".7z", ".rar", ".gz", ".tar", ".jar", ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1",
		".xls", ".xlsx", ".xlsm", ".xlsb", ".doc", ".docx", ".docm", ".ppt", ".pptx", ".html", ".htm",
	} {
		if strings.HasSuffix(name, extension) {
			return true
		}
	}
	return false
}

// checkOverlap refuses entries whose data share bytes, as bombs have them.
func checkOverlap(entries []*zip.File, size int64) error {
	type span struct{ from, to int64 }
	spans := make([]span, 0, len(entries))
	for _, entry := range entries {
		from, err := entry.DataOffset()
		if err != nil {
			return fault.Wrap(err, fault.Invalid, "file.archive", detail("directory"))
		}
		if entry.CompressedSize64 > uint64(size) {
			return refuse("file.archive", detail("directory"))
		}
		// Before an entry's data stands its local header, of 30 bytes and the name.
		spans = append(spans, span{from - 30 - int64(len(entry.Name)), from + int64(entry.CompressedSize64)})
	}
	slices.SortFunc(spans, func(a, b span) int { return int(a.from - b.from) })
	for i, s := range spans {
		if s.to > size || i > 0 && s.from < spans[i-1].to {
			return refuse("file.archive", detail("overlap"))
		}
	}
	return nil
}

// has tells whether the archive has a part.
func (a *archive) has(name string) bool { return a.parts[partKey(name)] != nil }

func partKey(name string) string { return strings.ToLower(strings.TrimPrefix(name, "/")) }

// open gives a part's content. It ends with an error if the part is longer or
// shorter than the directory says, or if its checksum differs.
func (a *archive) open(name string) (io.ReadCloser, error) {
	entry := a.parts[partKey(name)]
	if entry == nil {
		return nil, refuse("file.damaged", lang.Args{"part": display(name)})
	}
	content, err := entry.Open()
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "file.damaged", lang.Args{"part": display(name)})
	}
	return content, nil
}
