package exports

import (
	"archive/zip"
	"bufio"
	"cmp"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// ErrTooLarge says that a sheet is larger than the file format allows.
var ErrTooLarge = errors.New("a sheet takes more than 4 GiB")

// archive collects the parts of the file, compressed, in a temporary file, and
// hands them on in the order of their names. The library writes its streamed
// sheets in the order of a map and the whole file into memory; by way of the
// archive the bytes are the same each time, and memory does not grow with rows.
type archive struct {
	spool   *os.File
	out     *bufio.Writer
	at      int64
	parts   []*part
	current *part
	inserts map[string]string // what goes before the end of a worksheet, by part
}

// part is one compressed part and where it lies in the spool.
type part struct {
	archive *archive
	name    string
	offset  int64
	size    uint64
	crc     uint32
	deflate *flate.Writer
	packed  int64
	insert  string
	held    []byte // the end so far, held back while something is to go before it
}

// write saves the workbook to w.
func (b *Book) write(w io.Writer) (err error) {
	spool, err := os.CreateTemp("", "steelyard-export-")
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, spool.Close(), os.Remove(spool.Name()))
	}()
	a := &archive{spool: spool, out: bufio.NewWriterSize(spool, 1<<18), inserts: b.inserts}
	b.file.ZipWriter = func(io.Writer) excelize.ZipWriter { return a }
	if _, err := b.file.WriteToBuffer(); err != nil {
		return err
	}
	return a.copyTo(w)
}

// Create begins a part.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.end(); err != nil {
		return nil, err
	}
	p := &part{archive: a, name: name, offset: a.at, insert: a.inserts[name]}
	deflate, err := flate.NewWriter(spooled{a, p}, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	p.deflate = deflate
	a.parts, a.current = append(a.parts, p), p
	return p, nil
}

// AddFS is not something a workbook needs.
func (a *archive) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close ends the last part.
func (a *archive) Close() error {
	if err := a.end(); err != nil {
		return err
	}
	return a.out.Flush()
}

func (a *archive) end() error {
	p := a.current
	if p == nil {
		return nil
	}
	a.current = nil
	if p.insert != "" {
		if _, err := p.pack([]byte(p.insert + string(p.held))); err != nil {
			return err
		}
	}
	if err := p.deflate.Close(); err != nil {
		return err
	}
	p.deflate = nil
	return nil
}

// Write adds to the part.
func (p *part) Write(data []byte) (int, error) {
	if p.name == contentTypes {
		_, err := p.pack(sortDefaults(data))
		return len(data), err
	}
	if p.insert == "" {
		return p.pack(data)
	}
	p.held = append(p.held, data...)
	if free := len(p.held) - len("</worksheet>"); free > 0 {
		if _, err := p.pack(p.held[:free]); err != nil {
			return 0, err
		}
		p.held = append(p.held[:0], p.held[free:]...)
	}
	return len(data), nil
}

// pack compresses more of the part.
func (p *part) pack(data []byte) (int, error) {
	p.size += uint64(len(data))
	p.crc = crc32.Update(p.crc, crc32.IEEETable, data)
	if p.size > math.MaxUint32 {
		return 0, fmt.Errorf("%s: %w", p.name, ErrTooLarge)
	}
	return p.deflate.Write(data)
}

// contentTypes is the part that readers expect first.
const contentTypes = "[Content_Types].xml"

var defaults = regexp.MustCompile(`(<Default [^>]*></Default>)+`)

// sortDefaults orders the default types, which the library writes in the order of a map.
func sortDefaults(data []byte) []byte {
	return defaults.ReplaceAllFunc(data, func(run []byte) []byte {
		const end = "</Default>"
		parts := strings.SplitAfter(string(run), end)
		slices.Sort(parts)
		return []byte(strings.Join(parts, ""))
	})
}

// spooled counts what goes into the spool.
type spooled struct {
	a *archive
	p *part
}

func (s spooled) Write(data []byte) (int, error) {
	n, err := s.a.out.Write(data)
	s.a.at += int64(n)
	s.p.packed += int64(n)
	return n, err
}

// copyTo writes the zip, its parts by name, the content types first as readers expect.
func (a *archive) copyTo(w io.Writer) error {
	slices.SortFunc(a.parts, func(x, y *part) int {
		if (x.name == contentTypes) != (y.name == contentTypes) {
			if x.name == contentTypes {
				return -1
			}
			return 1
		}
		return cmp.Compare(x.name, y.name)
	})
	z := zip.NewWriter(w)
	for _, p := range a.parts {
		header := &zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CRC32: p.crc,
			CompressedSize64:   uint64(p.packed),
			UncompressedSize64: p.size,
		}
		out, err := z.CreateRaw(header)
		if err != nil {
			return err
		}
		if _, err := io.Copy(out, io.NewSectionReader(a.spool, p.offset, p.packed)); err != nil {
			return err
		}
	}
	return z.Close()
}
